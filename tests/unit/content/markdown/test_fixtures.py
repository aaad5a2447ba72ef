"""The dialect by example: each file in `fixtures/markdown` is a list of title, source, and expected HTML with diagnostics.

A line `!` after the HTML is a diagnostic: line, code and message. References stand as typed.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NamedTuple

from harness.cases import cases
from wol.content.markdown.parts import as_typed
from wol.content.markdown.reader import Reader

FOLDER = Path(__file__).parents[3] / "fixtures" / "markdown"


class Example(NamedTuple):
    name: str
    switches: dict[str, bool]
    source: str
    expected: str


def examples() -> Iterator[Example]:
    for file in sorted(FOLDER.glob("*.md")):
        lines = file.read_text(encoding="utf-8").split("\n")
        switches: dict[str, bool] = {}
        if lines[0].startswith("switches: "):
            switches = {name: value == "true" for name, value in (word.split("=") for word in lines.pop(0).split()[1:])}
        dots = [number for number, line in enumerate(lines) if line == "."]
        assert len(dots) % 3 == 0, f"{file.name}: a case has three lines with a dot"
        for first, second, third in zip(dots[::3], dots[1::3], dots[2::3], strict=True):
            source = "\n".join([*lines[first + 1 : second], ""])
            expected = "\n".join([*lines[second + 1 : third], ""]) if third > second + 1 else ""
            yield Example(f"{file.stem}: {lines[first - 1]}", switches, source, expected)


def test_examples(reader: Callable[..., Reader]) -> None:
    """Source gives the expected HTML and diagnostics."""
    with cases() as case:
        for name, switches, source, expected in examples():
            with case(name):
                text = reader(**switches).read(source, key="posts/a.md", first_line=1, title="")
                html = as_typed(text.body.parts, text.links)
                if html and not html.endswith("\n"):
                    html += "\n"
                findings = "".join(f"! {d.span.line if d.span else 0} {d.code}: {d.message}\n" for d in text.diagnostics)
                assert html + findings == expected


def test_there_are_examples() -> None:
    """No file is empty or skipped."""
    assert len(list(examples())) > 150
