"""Fixtures for reading Markdown: a reader under real settings, made once for each set of switches."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from typing import Any

import pytest

from harness.settings import settings
from wol.content.markdown.reader import Reader, Text
from wol.content.settings import read_settings
from wol.model.config import MarkdownConfig


@cache
def make_reader(switches: MarkdownConfig, callouts: tuple[str, ...] = (), language: str = "en") -> Reader:
    return Reader(read_settings(settings(site={"language": language}, markdown=switches), callouts))


@pytest.fixture(scope="session")
def reader() -> Callable[..., Reader]:
    """Give `reader(html=False)`: a reader with switches; `own` are callouts of the theme."""

    def give(*, own: tuple[str, ...] = (), language: str = "en", **switches: Any) -> Reader:
        return make_reader(MarkdownConfig(**switches), own, language)

    return give


@pytest.fixture(scope="session")
def read(reader: Callable[..., Reader]) -> Callable[..., Text]:
    """Give `read(text)`: what the dialect as it is by default makes of `content/posts/a.md`."""

    def give(
        text: str, *, key: str = "posts/a.md", first_line: int = 1, title: str | None = "", language: str = "", **switches: Any
    ) -> Text:
        return reader(**switches).read(text, key=key, first_line=first_line, title=title, language=language)

    return give
