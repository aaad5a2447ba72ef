"""The settings that the preview itself needs, read leniently: it must run while a writer is fixing `site.toml`."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import msgspec

from wol import paths
from wol.config.data import value
from wol.config.load import base_url, read
from wol.config.syntax import decode
from wol.errors import WolError
from wol.model.config import ServeConfig


class PreviewSettings(msgspec.Struct, frozen=True):
    """The port to begin with, the editor, the path under which the site lies (decoded, without a slash at its end), and whether frames of others may show it."""

    port: int = ServeConfig().port
    editor: str = ""
    base_path: str = ""
    frames: bool = False

    @classmethod
    def of(cls, root: Path, before: PreviewSettings | None = None) -> PreviewSettings:
        """Read the settings of a site; what cannot be read is as `before`. Errors are the build's business, which names them all."""
        usual = before or cls()
        try:
            data = tomllib.loads(decode(read(root)))
        except (WolError, ValueError, RecursionError):
            return usual
        port, editor = value(data, "serve", "port", sort=int), value(data, "serve", "editor")
        is_port = port is not None and not isinstance(port, bool) and 0 <= port < 2**16
        frames = value(data, "serve", "frames", sort=bool) is True
        return cls(port if is_port else usual.port, editor or "", _base_path(data, usual.base_path), frames)


def _base_path(data: dict[str, Any], usual: str) -> str:
    typed = value(data, "site", "base_url")
    try:
        return paths.base_path(base_url(typed.strip())) if typed else usual
    except ValueError:
        return usual
