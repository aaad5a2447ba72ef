"""Themes in memory."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pytest

from wol import digest
from wol.model.config import Config, SiteConfig, ThemeConfig
from wol.model.source import Source
from wol.theme.closure import Closures
from wol.theme.find import Theme, load_theme
from wol.theme.folders import ThemeFolder


@pytest.fixture
def load() -> Callable[..., Theme]:
    """Load themes: name to files, the first theme first; `options` as in site.toml, whose text is `settings`."""

    def make(
        themes: Mapping[str, Mapping[str, str | bytes]],
        options: Mapping[str, Any] = {},
        settings: str = "",
        known: Closures | None = None,
        read: Callable[[str], bytes] | None = None,
    ) -> Theme:
        data: dict[str, bytes] = {"site.toml": settings.encode()}
        scanned: dict[str, dict[str, Source]] = {}
        folders = []
        for name, files in themes.items():
            label = name if name.startswith("<") else f"themes/{name}"
            folders.append(ThemeFolder(name, Path(label), label))
            scanned[name] = {}
            for path, text in files.items():
                content = text.encode() if isinstance(text, str) else text
                data[f"{label}/{path}"] = content
                scanned[name][path] = Source(f"{label}/{path}", path, len(content), 0, digest.of_bytes(content))
        config = Config(site=SiteConfig(title="T", base_url="https://example.org"), theme=ThemeConfig(options=dict(options)))
        return load_theme(config, folders, scanned, read or data.__getitem__, known)

    return make
