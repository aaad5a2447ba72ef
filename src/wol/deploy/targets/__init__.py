"""The kinds of targets that wol has, each in a module of its own, and how one is made of its settings."""

from __future__ import annotations

import importlib
from collections.abc import Callable, Mapping

from wol.deploy.target import Place, Target
from wol.errors import WolError, diagnostic, did_you_mean

KINDS: Mapping[str, str] = {
    "folder": "FolderTarget",
    "git": "GitTarget",
    "rsync": "RsyncTarget",
    "sftp": "SftpTarget",
    "s3": "S3Target",
    "netlify": "NetlifyTarget",
    "command": "CommandTarget",
}
"""Name of each type, which is that of its module too, and its class."""

MakeTarget = Callable[[Place], Target]


def target_of(place: Place, of_plugins: Callable[[], Mapping[str, MakeTarget]]) -> Target:
    """Make a target; `of_plugins` gives the types that plugins add. Raises WolError (deploy-target) for a type that nobody has."""
    sort = place.settings.type
    if sort in KINDS:
        made: Target = getattr(importlib.import_module(f"wol.deploy.targets.{sort}"), KINDS[sort])(place)
        return made
    others = of_plugins()
    if sort not in others:
        message = f"`[deploy.{place.name}]` has the type `{sort}`, which neither wol nor a plugin of this site knows"
        raise WolError(diagnostic("deploy-target", message, "site.toml", hint=did_you_mean(sort, [*KINDS, *others])))
    return others[sort](place)
