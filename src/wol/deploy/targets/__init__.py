"""The kinds of targets that wol has, each in a module of its own, and how one is made of its settings."""

from __future__ import annotations

import importlib
from collections.abc import Callable, Mapping

from wol.deploy.deploy_target import DeployTarget, TargetContext
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

MakeTarget = Callable[[TargetContext], DeployTarget]


def target_of(context: TargetContext, of_plugins: Callable[[], Mapping[str, MakeTarget]]) -> DeployTarget:
    """Make a target; `of_plugins` gives the types that plugins add. Raises WolError (deploy-target) for a type that nobody has."""
    sort = context.settings.type
    if sort in KINDS:
        made: DeployTarget = getattr(importlib.import_module(f"wol.deploy.targets.{sort}"), KINDS[sort])(context)
        return made
    others = of_plugins()
    if sort not in others:
        message = f"`[deploy.{context.name}]` has the type `{sort}`, which neither wol nor a plugin of this site knows"
        raise WolError(diagnostic("deploy-target", message, "site.toml", hint=did_you_mean(sort, [*KINDS, *others])))
    return others[sort](context)
