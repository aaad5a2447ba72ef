"""`_defaults.toml`: front matter fields for a folder and all below it."""

from __future__ import annotations

from wol.content.raw import MAX_BYTES, Defaults, Raw
from wol.content.source_text import decode
from wol.content.value_readers import is_absent, switch
from wol.errors import Diagnostic, diagnostic
from wol.model.field_table import FIELD_BY_NAME, ONE_FILE_ONLY, normal

__all__ = ["Defaults", "read_defaults"]

_FORBIDDEN = {normal(name): own for own in ONE_FILE_ONLY for name in (own, *(FIELD_BY_NAME[own].also if own in FIELD_BY_NAME else ()))}


def read_defaults(data: bytes, path: str) -> tuple[Defaults, tuple[Diagnostic, ...]]:
    """Read a `_defaults.toml`, whose path from the site's root is `path`.

    Fields that only a single file can have are E `defaults-field` and left out; what the others are worth is told by `read_fields`,
    which knows the settings. Other errors: `source-encoding`, `front-matter-syntax`, `front-matter-duplicate`, `front-matter-too-large`.
    """
    text, found = decode(data, path)
    if any(d.code == "source-encoding" for d in found):
        return Defaults(path, {}), found
    if len(data) > MAX_BYTES:
        return Defaults(path, {}), (*found, diagnostic("front-matter-too-large", "The defaults are over 256 kB", path))
    from wol.content import toml_text

    values, errors = toml_text.load(text, path, 1)
    kept: dict[str, Raw] = {}
    refused: list[Diagnostic] = []
    for key, raw in (values or {}).items():
        own = _FORBIDDEN.get(normal(key))
        if own is None or is_absent(raw) or _is_something_else(key, raw):
            kept[key] = raw
        else:
            refused.append(diagnostic("defaults-field", f"`{key}` can only stand in a single file", path, raw.key_line, raw.key_column))
    return Defaults(path, kept), (*found, *errors, *refused)


def _is_something_else(key: str, raw: Raw) -> bool:
    """Tell whether another spelling is not that field here: `published = false` is a state, `permalink` with `:` is foreign."""
    name = normal(key)
    if name == "published":
        return switch(raw) is not None
    return name == "permalink" and isinstance(raw.value, str) and ":" in raw.value
