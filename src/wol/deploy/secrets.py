"""Secrets come from the environment, go to nobody but the tool that needs them, and are in no message."""

from __future__ import annotations

import os
import re

from wol.deploy.deploy_target import TargetContext
from wol.errors import WolError, diagnostic

_IN_ADDRESS = re.compile(r"(?<=://)[^/@\s]+(?=@)")
_TELLING = re.compile(r"TOKEN|SECRET|PASSW|PASSPHRASE|CREDENTIAL|AUTH|API_?KEY|ACCESS_?KEY|PRIVATE_?KEY")
HIDDEN = "***"
LENGTH = 8
"""Shorter values of variables are not looked for: they would be words of any text."""


def secret(context: TargetContext, key: str, usual: str = "") -> str:
    """Return what the variable holds that a setting names, or the usual one; raises WolError (deploy-secret) if it is not set."""
    name = getattr(context.settings, key) or usual
    found = os.environ.get(name, "")
    if not found.strip():
        how = f"which `{key}` in `[deploy.{context.name}]` names" if name != usual else f"which `[deploy.{context.name}]` needs"
        message = f"The variable `{name}`, {how}, is not set"
        raise WolError(diagnostic("deploy-secret", message))
    return found


def scrubbed(text: str, *secrets: str) -> str:
    """Return a text without these secrets, without what variables hold whose names tell of one, and without users and passwords in addresses."""
    values = (value for name, value in os.environ.items() if len(value) >= LENGTH and _TELLING.search(name.upper()))
    for one in sorted({*filter(None, secrets), *values}, key=len, reverse=True):
        text = text.replace(one, HIDDEN)
    return _IN_ADDRESS.sub(HIDDEN, text)
