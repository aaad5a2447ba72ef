"""Highlighting of code by Pygments: classes only, so that pages can be light or dark."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cached_property
from typing import TYPE_CHECKING

from markdown_it.common.utils import escapeHtml, unescapeAll

from wol.errors import did_you_mean

if TYPE_CHECKING:
    from pygments.formatters.html import HtmlFormatter
    from pygments.lexer import Lexer

PLAIN = frozenset({"", "text", "plain", "plaintext", "txt", "none", "nohighlight", "no-highlight", "output", "raw"})
"""Names that say that code has no language."""

ALSO = {"jsonc": "json", "json5": "json", "vue": "html", "svelte": "html", "dotenv": "bash", "mdx": "markdown", "shellscript": "bash"}
"""Languages that Pygments does not know, and those that are near enough."""

LONGEST = 500_000
"""Characters of code above which it stays plain: it would take seconds, and nobody reads it."""

_REMEMBERED = 4_000
_BRACED = re.compile(r"\{\s*[.=]?([^\s,}]+)")
_WORD = re.compile(r"[^\s{,:]+")


def language_of(info: str) -> str:
    """Give the language that the words after a fence name: `python title="a.py"`, `{r, echo=FALSE}` (knitr), `{.sh}` (Pandoc)."""
    info = unescapeAll(info).strip()
    found = _BRACED.match(info)
    name = found[1] if found else ""
    if found is None and (word := _WORD.match(info)) is not None:
        name = word[0]
    return "" if "=" in name else name


Highlighted = tuple[str, str, str]
"""A language, code of it, and the HTML that it became."""


class Highlighter:
    """Highlights code, and remembers what it has highlighted: blogs repeat their snippets, and who edits a text leaves most of its code alone.

    `used` has what was highlighted since it was last emptied.
    """

    def __init__(self) -> None:
        self.used: dict[tuple[str, str], str] = {}
        self._lexers: dict[str, Lexer | None] = {}
        self._suggestions: dict[str, str] = {}
        self._done: dict[tuple[str, str], str] = {}

    def highlight(self, code: str, language: str) -> str | None:
        """Give code as HTML with classes, or None for a language that Pygments does not know."""
        name = language.lower()
        name = ALSO.get(name, name)
        if name in PLAIN or len(code) > LONGEST:
            return escapeHtml(code)
        html = self._done.get((name, code))
        if html is None:
            lexer = self._lexer(name)
            if lexer is None:
                return None
            html = self._highlight(code, lexer) if code else ""
            if len(self._done) >= _REMEMBERED:
                self._done.clear()
            self._done[name, code] = html
        self.used[name, code] = html
        return html

    def remember(self, known: Iterable[Highlighted]) -> None:
        """Take over what was highlighted in an earlier run by the same code."""
        self._done.update({(name, code): html for name, code, html in known})

    def suggest(self, language: str) -> str:
        """Give "did you mean …?" for a language that Pygments does not know."""
        if language not in self._suggestions:
            from pygments.lexers import get_all_lexers

            known = [alias for lexer in get_all_lexers(plugins=False) for alias in lexer[1]]
            self._suggestions[language] = did_you_mean(language.lower(), known)
        return self._suggestions[language]

    def _lexer(self, name: str) -> Lexer | None:
        if name not in self._lexers:
            from pygments.lexers import get_lexer_by_name
            from pygments.util import ClassNotFound

            try:
                self._lexers[name] = get_lexer_by_name(name, stripnl=False)
            except ClassNotFound:
                self._lexers[name] = None
        return self._lexers[name]

    def _highlight(self, code: str, lexer: Lexer) -> str:
        from pygments import highlight

        try:
            html = highlight(code, lexer, self._formatter)
        except Exception:  # a lexer may fail on any text; the code is what counts
            return escapeHtml(code)
        return html if code.endswith("\n") else html.removesuffix("\n")

    @cached_property
    def _formatter(self) -> HtmlFormatter[str]:
        """The formatter; to make it takes as long as to highlight ten lines."""
        from pygments.formatters.html import HtmlFormatter

        return HtmlFormatter(nowrap=True)
