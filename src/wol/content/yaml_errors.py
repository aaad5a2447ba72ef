"""What libyaml's problems mean to somebody who writes `key: value` lines."""

from __future__ import annotations

import re
from typing import NamedTuple

import yaml

from wol.content.yaml_cuts import quoted
from wol.errors import Diagnostic, diagnostic
from wol.fixes import Hint, Replace, SetLine

_HASH = re.compile(r"(?<=[\s,\[{])#[^\s,\]}][^,\]}]*(?=[,\]}])")
"""An element of a list in brackets, or a value of a map, that begins with `#`."""

_QUOTE = "put the value in quotes"


class _Told(NamedTuple):
    message: str
    hint: str
    line: int
    column: int


def explain(error: yaml.YAMLError, text: str, path: str, first_line: int) -> Diagnostic:
    """Give E `front-matter-syntax` for an error of the parser: what is wrong, where, and the way out.

    `text` is what was parsed, `first_line` the line of the file at which it begins. Both of PyYAML's parsers are understood.
    """
    problem_mark = getattr(error, "problem_mark", None)
    context_mark = getattr(error, "context_mark", None)
    mark = problem_mark or context_mark
    if mark is None:
        told = _Told("The front matter is not YAML", "mend it", 0, 0)
    else:
        begin = context_mark or mark
        problem, context = getattr(error, "problem", None) or "", getattr(error, "context", None) or ""
        told = _tell(problem, context, (mark.line, mark.column), (begin.line, begin.column), text.split("\n"))
    return diagnostic("front-matter-syntax", told.message, path, first_line + told.line, told.column + 1, hint=told.hint)


def _tell(problem: str, context: str, at: tuple[int, int], begin: tuple[int, int], lines: list[str]) -> _Told:
    line, column = at
    row = lines[line] if line < len(lines) else ""
    sign = row[column : column + 1]
    if "mapping values are not allowed" in problem:
        return _second_colon(row, line, column)
    if sign == "\t" or "tab character" in problem:
        return _Told("The line is indented with a tab", Hint("indent with spaces", Replace("\t", "  ")), *at)
    if sign and ("cannot start any token" in problem or "node content" in problem or "mapping keys are not allowed" in problem):
        return _Told(f"A value cannot begin with `{sign}`", _in_quotes(row), *at)
    if "flow node" in context:
        opening = _last_bracket(lines)
        row = lines[opening[0]] if lines else ""
        cut = _HASH.search(row)
        if cut is not None:
            message = "YAML takes what follows ` #` here for a comment, so the list or map is not closed"
            typed = _HASH.sub(lambda match: f'"{match[0].rstrip()}"', row).strip()
            return _Told(message, Hint(f"put it in quotes: `{typed}`", SetLine(typed)), opening[0], cut.start())
        return _Told("A list or map that begins here is not closed", "close it with `]` or `}`", *opening)
    if context.endswith(("an alias", "an anchor", "a tag", "a block scalar")):
        return _Told(f"A value cannot begin with `{lines[begin[0]][begin[1] : begin[1] + 1]}`", _in_quotes(lines[begin[0]]), *begin)
    if "flow sequence" in context:
        return _Told(
            "The list that begins here is not closed", "close it with `]`; texts with `[`, `]`, `,` or ` #` stand in quotes", *begin
        )
    if "flow mapping" in context:
        return _Told("The map that begins here is not closed", "close it with `}`; a text that begins with `{` stands in quotes", *begin)
    if "unexpected end of stream" in problem:
        return _Told("The quotation mark that opens here is never closed", "close it", *begin)
    if "escape" in problem or "hexa" in problem or "hexdecimal" in problem:
        return _Told("An unknown escape with `\\` in double quotes", "write `\\\\` for a backslash, or use single quotes", *at)
    if "could not find expected ':'" in problem:
        return _Told("The line is not `key: value`", "mend it, or close the front matter above it with `---`", *begin)
    if "entries are not allowed" in problem:
        return _Told(
            "A list cannot begin on the line of its key", "begin it on the next line; a text that begins with `- ` stands in quotes", *at
        )
    if row[:column].rstrip().endswith(("'", '"')):
        return _Told("Text follows the closing quotation mark", "in single quotes write `''` for an apostrophe, or use double quotes", *at)
    if "expected key" in problem or "expected <block end>" in problem:
        return _Told("The line does not fit those above: it is not `key: value`, or indented otherwise", "mend it", *at)
    if "'-' indicator" in problem:
        return _Told("The line does not begin with `-`, as the list above does", "mend it", *at)
    return _Told(f"The front matter is not YAML: {problem}", "mend it", *at)


def _last_bracket(lines: list[str]) -> tuple[int, int]:
    line = max((number for number, row in enumerate(lines) if "[" in row or "{" in row), default=0)
    return line, max(lines[line].rfind("["), lines[line].rfind("{"), 0)


def _in_quotes(row: str) -> Hint:
    """Return the hint to put a value in quotes, with the line as it is then, if the value is all that follows its key."""
    key, colon, value = row.strip().partition(": ")
    if not colon or not value.strip() or value.strip()[0] in "'\"[{":
        return Hint(_QUOTE)
    line = f"{key}: {quoted(value.strip())}"
    return Hint(f"{_QUOTE}: `{line}`", SetLine(line))


def _second_colon(row: str, line: int, column: int) -> _Told:
    if re.search(r":\s", row[:column]):
        return _Told("The value holds `: `, which begins a new value in YAML", _in_quotes(row), line, column)
    if row[:1].isspace():
        return _Told("The line is indented as if it belonged to the value above", f"take the indentation away, or {_QUOTE}", line, column)
    return _Told("The line is not `key: value`", "mend it", line, column)
