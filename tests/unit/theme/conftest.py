"""Themes in memory, with options."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import pytest

from harness import themes as in_memory
from harness.settings import settings as made
from wol.model.config import ThemeConfig
from wol.theme.closure import Closures
from wol.theme.find import Theme


@pytest.fixture
def load() -> Callable[..., Theme]:
    """Load themes: name to files, the first theme first; `options` as in site.toml, whose text is `settings`."""

    def make(
        themes: Mapping[str, in_memory.Files],
        options: Mapping[str, Any] = {},
        settings: str = "",
        known: Closures | None = None,
        read: Callable[[str], bytes] | None = None,
    ) -> Theme:
        config = made(theme=ThemeConfig(options=dict(options)))
        return in_memory.load(themes, config, read, settings=settings, known=known)

    return make
