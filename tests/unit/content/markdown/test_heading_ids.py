"""Anchors of headings as GitHub and kramdown make them: 500 headings, with the anchors that those tools gave them (`fixtures/headings`)."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from harness.cases import cases
from wol.content.markdown.reader import Reader

FOLDER = Path(__file__).parents[3] / "fixtures" / "headings"
TEXTS: list[list[str]] = json.loads((FOLDER / "headings.json").read_text("utf-8"))


@pytest.mark.parametrize("style", ["github", "kramdown"])
def test_as_the_tool_has_them(reader: Callable[..., Reader], style: str) -> None:
    expected: list[list[str]] = json.loads((FOLDER / f"{style}.json").read_text("utf-8"))
    assert sum(map(len, TEXTS)) == 500
    with cases() as case:
        for headings, ids in zip(TEXTS, expected, strict=True):
            text = reader(heading_ids=style).read("".join(f"## {heading}\n\n" for heading in headings), key="a.md", title="T")
            for heading, found, right in zip(headings, text.body.headings, ids, strict=True):
                with case(heading):
                    assert found.anchor == right


def test_what_was_given_wins(reader: Callable[..., Reader]) -> None:
    text = reader(heading_ids="github").read("## A b {#own}\n\n## A b\n\n## A b", key="a.md", title="T")
    assert [heading.anchor for heading in text.body.headings] == ["own", "a-b", "a-b-1"]
