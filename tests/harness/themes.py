"""Themes in memory, for tests of templates and of what themes are made of."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from wol import digest
from wol.model.config import Config
from wol.model.feature import Feature
from wol.model.source import Source
from wol.theme.closure import Closures
from wol.theme.find import Theme, load_theme
from wol.theme.folders import ThemeFolder

Files = Mapping[str, str | bytes]


def theme_files(themes: Mapping[str, Files]) -> dict[str, bytes]:
    """Return the files of themes by their paths in the site: name to files, whose paths are from the theme's folder."""
    return {f"{label(name)}/{path}": data(text) for name, files in themes.items() for path, text in files.items()}


def load(
    themes: Mapping[str, Files],
    config: Config,
    read: Callable[[str], bytes] | None = None,
    *,
    settings: str = "",
    known: Closures | None = None,
    features: Sequence[Feature] = (),
) -> Theme:
    """Load themes, the first one first; `settings` is the text of site.toml, and `read` replaces the reading of files."""
    files = {"site.toml": settings.encode(), **theme_files(themes)}
    folders = [ThemeFolder(name, Path(label(name)), label(name)) for name in themes]
    scanned = {
        name: {path: Source(f"{label(name)}/{path}", path, len(data(text)), 0, digest.of_bytes(data(text))) for path, text in given.items()}
        for name, given in themes.items()
    }
    return load_theme(config, folders, scanned, read or files.__getitem__, known, features)


def label(name: str) -> str:
    """Return the folder of a theme in a site; `<default>` is in none."""
    return name if name.startswith("<") else f"themes/{name}"


def data(text: str | bytes) -> bytes:
    """Return the bytes of a file."""
    return text.encode() if isinstance(text, str) else text
