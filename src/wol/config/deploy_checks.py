"""Targets of `wol deploy` in the settings: which keys a type has and needs, and that no secret stands there."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any
from urllib.parse import urlsplit

from wol.config.data import table, value
from wol.config.locate import Path
from wol.config.problems import Problem, header, listed
from wol.errors import did_you_mean
from wol.fixes import AddSetting, Hint

KEYS: Mapping[str, tuple[str, ...]] = {
    "folder": ("path",),
    "git": ("repository", "branch", "nojekyll", "token"),
    "rsync": ("host", "port", "path"),
    "sftp": ("host", "port", "path"),
    "s3": ("bucket", "prefix", "region", "endpoint", "access_key", "secret_key"),
    "netlify": ("site", "token", "api"),
    "command": ("command",),
}
"""The types that wol has, with the keys of each besides those of all."""

COMMON = ("type", "keep", "public", "timeout", "options")
"""Keys of every type; `options` are for those of plugins alone."""

_NEEDED: Mapping[str, Mapping[str, str | list[str]]] = {
    "folder": {"path": "/srv/my-site"},
    "rsync": {"host": "me@example.org", "path": "/srv/my-site"},
    "sftp": {"host": "me@example.org", "path": "/srv/my-site"},
    "s3": {"bucket": "my-site"},
    "netlify": {"site": "0d3a9d2f-ef94-4380-93df-27ee400e2048"},
    "command": {"command": ["rsync", "-a", "{folder}/", "/srv/my-site/"]},
}
"""What a type cannot do without, with examples."""

_SECRETS = ("token", "access_key", "secret_key")
"""Keys that hold the name of a variable."""

_ENDPOINT = re.compile(r"https://[^/]|http://(?:localhost|127\.\d+\.\d+\.\d+|\[::1\])(?=[:/]|$)")
_HOST = re.compile(r"(?!-)[\w.@-]+")
_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]*")
_VARIABLE = re.compile(r"[A-Z_][A-Z0-9_]*")
_KEY_ID = re.compile(r"A[KS]IA[A-Z0-9]{16}")


def deploy_problems(data: Mapping[str, Any]) -> Iterator[Problem]:
    """Find targets that cannot be: their names, types, keys, and secrets that are written out."""
    has_plugins = bool(value(data, "build", "plugins", sort=list))
    for name, settings in table(data, "deploy").items():
        where = ("deploy", name)
        if not _NAME.fullmatch(name):
            yield Problem(where, f"`{name}` cannot be the name of a target", "use letters, digits, `-` and `_`", at="key")
        if not isinstance(settings, dict):
            continue
        sort = value(settings, "type")
        if sort in KEYS:
            yield from _keys(where, sort, settings)
        elif sort is not None and not has_plugins:
            hint = did_you_mean(sort, KEYS) or f"types are {listed(KEYS)}"
            yield Problem((*where, "type"), f"There is no type `{sort}` of targets", hint)
        yield from _secrets(where, settings)


def _keys(where: Path, sort: str, settings: Mapping[str, Any]) -> Iterator[Problem]:
    """Find keys of other types, which would do nothing, and needed ones that are absent."""
    for key in settings:
        owners = [other for other, keys in KEYS.items() if key in keys]
        if owners and sort not in owners:
            message = f"`{key}` is a setting of the type {listed(owners)}, and `{header(where)}` has the type `{sort}`"
            yield Problem((*where, key), message, "remove it, or correct the type", "config-unknown", "key")
        elif key == "options":
            message = f"The type `{sort}` has no `options`"
            yield Problem((*where, key), message, "they are for types of plugins; remove the key", "config-unknown", "key")
    for key, example in _NEEDED.get(sort, {}).items():
        if not settings.get(key):
            shown = str(example).replace("'", '"') if isinstance(example, list) else f'"{example}"'
            yield Problem(
                (*where, key),
                f"`{header(where)}` lacks `{key}`",
                Hint(f"add `{key} = {shown}`", AddSetting(header(where)[1:-1], f"{key} = {shown}")),
                "config-required",
                "key",
            )
    host = value(settings, "host")
    if host and not _HOST.fullmatch(host):
        message = f"`{host}` in `{header(where)}` is not a name that ssh takes"
        yield Problem(
            (*where, "host"), message, 'write `host = "me@example.org"`, or a name of `~/.ssh/config`; `port` is a key of its own'
        )
    for owner, key, example in (("s3", "endpoint", "https://s3.example.org"), ("netlify", "api", "https://api.example.org/api/v1")):
        address = value(settings, key)
        if sort == owner and address and not _ENDPOINT.match(address):
            message = f"`{key}` in `{header(where)}` is not an address that begins with `https://`"
            yield Problem((*where, key), message, f'write the whole address: `{key} = "{example}"`')


def _secrets(where: Path, settings: Mapping[str, Any]) -> Iterator[Problem]:
    """Refuse what is, or looks like, a secret: `site.toml` is committed and read by many."""
    for key in _SECRETS:
        typed = value(settings, key)
        if typed and (not _VARIABLE.fullmatch(typed) or _KEY_ID.fullmatch(typed)):
            message = f"`{key}` in `{header(where)}` is not the name of a variable"
            hint = f'put the secret into a variable of the environment, and its name here: `{key} = "DEPLOY_{key.upper()}"`'
            yield Problem((*where, key), message, hint)
    for key, typed in settings.items():
        if isinstance(typed, str) and has_password(typed):
            message = f"`{key}` in `{header(where)}` has a password in it, which everybody who sees `site.toml` could use"
            yield Problem((*where, key), message, "take it out; name a variable in `token`, or leave it to the tool's own store")


def has_password(address: str) -> bool:
    """Return whether an address has a user with a password, or a token in the place of a user."""
    try:
        parts = urlsplit(address)
        return bool(parts.password) or (parts.scheme in ("http", "https") and bool(parts.username))
    except ValueError:
        return False
