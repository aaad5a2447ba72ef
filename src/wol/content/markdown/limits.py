"""Limits of a text: what goes beyond them is an error with a name, never silent loss or an endless build."""

from __future__ import annotations

from markdown_it.token import Token

from wol.content.markdown.findings import Findings

NESTING = 200
"""Levels of blocks: a quote is one, a list with its item two."""

HTML_NESTING = 400
"""Levels of elements of raw HTML, without those whose end may be left out: browsers nest no more than 512, and put what is deeper elsewhere."""

INLINE_NESTING = 20
"""Levels of brackets inside brackets; what is deeper stays text, so nothing is lost."""

CELLS = 100_000
"""Cells of all tables of a text."""

GROWTH = 50
"""How many times larger than its source the HTML may be."""

SMALL = 2_000
"""A source below this many characters counts as one of this size: `# a` may well grow fiftyfold."""


class TextRefusedError(Exception):
    """A limit was reached, and going on would cost too much: the diagnostic is among the findings."""


def check_nesting(tokens: list[Token], findings: Findings) -> None:
    """Report blocks at the level below which the parser looks at nothing, so that nothing is lost in silence."""
    for token in tokens:
        if token.level >= NESTING - 1 and token.nesting == 1 and token.type != "paragraph_open" and token.type != "heading_open":
            refuse_nesting(findings, findings.line(token))


def refuse_nesting(findings: Findings, line: int) -> None:
    """Report that a text is nested too deep, and stop reading it."""
    findings.report("markdown-nesting", f"The text is nested over {NESTING} levels deep", line)
    raise TextRefusedError


def refuse_html_nesting(findings: Findings, line: int) -> None:
    """Report that raw HTML is nested too deep, and stop reading the text."""
    hint = "close the tags that are open; the first of them are likely to lack their end"
    findings.report("markdown-nesting", f"HTML tags are nested over {HTML_NESTING} levels deep", line, hint)
    raise TextRefusedError


def count_cells(findings: Findings, cells: int, line: int) -> None:
    """Add to the cells of a text's tables, and stop reading it if there are too many."""
    findings.cells += cells
    if findings.cells > CELLS:
        findings.report("markdown-too-large", f"The tables of this text have over {CELLS:,} cells", line)
        raise TextRefusedError


def largest(source: str) -> int:
    """Give how many characters of HTML a source may become."""
    return GROWTH * max(len(source), SMALL)


def refuse_growth(findings: Findings) -> None:
    """Report that the HTML of a text is out of proportion, and stop making it."""
    message = f"The HTML of this text is over {GROWTH} times as large as its source"
    findings.report("markdown-too-large", message, findings.first_line, "link to a long address fewer times, or fill the cells of tables")
    raise TextRefusedError
