"""Secrets come from the environment, go to nobody but the tool that needs them, and are in no message."""

from __future__ import annotations

import os
import re

from wol.deploy.target import Place
from wol.errors import WolError, diagnostic

_IN_ADDRESS = re.compile(r"(?<=://)[^/@\s]+(?=@)")
_TELLING = re.compile(r"TOKEN|SECRET|PASSW|PASSPHRASE|CREDENTIAL|AUTH|API_?KEY|ACCESS_?KEY|PRIVATE_?KEY")
HIDDEN = "***"
LENGTH = 8
"""Shorter values of variables are not looked for: they would be words of any text."""


def secret(place: Place, key: str, usual: str = "") -> str:
    """Give what the variable holds that a setting names, or the usual one; raises WolError (deploy-secret) if it is not set."""
    name = getattr(place.settings, key) or usual
    found = os.environ.get(name, "")
    if not found.strip():
        how = f"which `{key}` in `[deploy.{place.name}]` names" if name != usual else f"which `[deploy.{place.name}]` needs"
        message = f"The variable `{name}`, {how}, is not set"
        raise WolError(diagnostic("deploy-secret", message))
    return found


def scrubbed(text: str, *secrets: str) -> str:
    """Give a text without these secrets, without what variables hold whose names tell of one, and without users and passwords in addresses."""
    told = (value for name, value in os.environ.items() if len(value) >= LENGTH and _TELLING.search(name.upper()))
    for one in sorted({*filter(None, secrets), *told}, key=len, reverse=True):
        text = text.replace(one, HIDDEN)
    return _IN_ADDRESS.sub(HIDDEN, text)
