"""The ids of the page around a text are kept from what is in it."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

from harness.cases import cases
from wol.content.markdown.page_anchors import OF_THE_THEME
from wol.content.markdown.parts import as_typed
from wol.content.markdown.reader import Text

THEME = Path(__file__).parents[4] / "themes/default/templates"
NOTES = "\n\nOne[^1], two[^1], three[^2].\n\n[^1]: A note.\n[^2]: Another.\n"

IDS = {
    "## Main": ["main-2"],
    "## Linked from": ["linked-from-2"],
    "## Main\n\n## Main": ["main-2", "main-3"],
    '<div id="main">x</div>': ["main-2"],
    '<a name="main"></a>x': ["main-2"],
    "## Point {#main}": ["main-2"],
    "Text. {#main}": ["main-2"],
    '## Main\n\n<p id="main">x</p>': ["main-3", "main-2"],
    "## fn-1": ["fn-1"],
    f"## fn-1{NOTES}": ["fn-1-2"],
    f"## fn-3{NOTES}": ["fn-3"],
    f"## fnref-1{NOTES}": ["fnref-1-3"],
    f'<p id="fnref-1-2">x</p>{NOTES}': ["fnref-1-2-2"],
    f"## Point {{#fn-2}}{NOTES}": ["fn-2-2"],
}


def test_ids(read: Callable[..., Text]) -> None:
    with cases() as case:
        for text, ids in IDS.items():
            with case(text):
                html = as_typed((made := read(text, title="T")).body.parts, made.links).partition('<div class="footnotes"')[0]
                found = [anchor for anchor in re.findall(r'(?:id|name)="([^"]+)"', html) if f'id="{anchor}"><a href="#fn-' not in html]
                assert found == ids
                every = re.findall(r'id="([^"]+)"', as_typed(made.body.parts, made.links))
                assert len(every) == len(set(every))


def test_what_was_given_is_reported(read: Callable[..., Text]) -> None:
    """An id that the writer gave gets another with a warning; that of a heading's words silently."""
    assert [(one.code, one.span.line if one.span else 0) for one in read("## A\n\n## Point {#main}").diagnostics] == [("anchor-taken", 3)]
    assert read("## Main").diagnostics == ()


def test_the_ids_of_the_theme_are_known() -> None:
    found = {anchor for path in THEME.rglob("*.html") for anchor in re.findall(r'\bid="([^"{]+)"', path.read_text("utf-8"))}
    assert found == OF_THE_THEME
