"""Cutting a source into front matter and text, so that no word of either is lost.

Rules: the authoring format, section 1. The packages that parse are imported when the first block is read.
"""

from __future__ import annotations

import re
from typing import Literal

import msgspec

from wol.content.openings import Before, examine, examine_breaks
from wol.content.raw import MAX_BYTES, Block, Form, Raw
from wol.content.source_text import decode
from wol.content.visibility import FOREIGN
from wol.errors import Diagnostic, diagnostic
from wol.model.field_table import is_field_name, normal

__all__ = ["Block", "Raw", "split"]

_OPENING = re.compile(r"(?:[ \t]*+\n)*+(?:---[ \t]*(?P<form>json|ya?ml|toml)?|(?P<plus>\+\+\+))[ \t]*(?:\n|\Z)", re.IGNORECASE)
_LINES = re.compile(r"(?:[ \t]*+\n)*+(?P<key>\w[\w-]{0,63}):")
_BRACE = re.compile(r"(?:[ \t]*+\n)*+[ \t]*+(?=\{(?!\{|[:%#.]))")
_LOOSE_KEY = re.compile(r"""[{,]\s*["'\u2018\u201c]?([\w-]+)["'\u2019\u201d]?\s*:""")
_YAML_CLOSING = re.compile(r"\n(?:---|\.\.\.)[ \t]*$", re.MULTILINE)
_TOML_CLOSING = re.compile(r"\n\+\+\+[ \t]*$", re.MULTILINE)
_DASHES_CLOSING = re.compile(r"\n---[ \t]*$", re.MULTILINE)
_BLANK = re.compile(r"[ \t]*(?:\n|\Z)")
_BLANK_LINE = re.compile(r"^[ \t]*$", re.MULTILINE)
_KEY = re.compile(r"\s*([\w-]+):(?:\s|\Z)")

_KEYS = re.compile(r"^([\w-]+):", re.MULTILINE)

_TEXT = "put two lines `---` above it"
_RULE = "if the first line is a rule, put an empty line after it"
_STARS = "if the first line is a rule, write it as `***`"
_BOTH = "if it is text, put two lines `---` above it and write its first line as `***`"
_UNCLOSED = "The front matter that begins here is not closed"
_TOML = re.compile(r"^[\w.-]+[ \t]*=[ \t]*\S", re.MULTILINE)
_TOO_LARGE = "The front matter is over 256 kB"


def split(data: bytes, path: str) -> Block:
    """Cut the bytes of a source, whose path from the site's root is `path`.

    Never raises for what a writer may have typed: see `Block.diagnostics` (`source-encoding`, `control-characters`, and the codes of front
    matter). Where the front matter is wrong, what follows it is still given as the text; where it has no end, no text is.
    """
    text, found = decode(data, path)
    if any(d.code == "source-encoding" for d in found):
        return Block(path, "none", {}, "", 1, found)
    block = _recognised(text, path, found)
    if any(d.severity == "error" for d in block.diagnostics):
        return block
    typed = data.decode("utf-8") if found else text
    if block.form == "none":
        unread = examine(typed, path, 1, Before.NOTHING)
    else:
        before = Before.LINES if block.form == "lines" else Before.FIELDS if block.values else Before.EMPTY
        unread = examine(block.body, path, block.body_line, before)
        if not typed.isascii() or found:
            unread = examine_breaks(typed[: len(typed) - len(block.body)], path) or unread
    return block if unread is None else msgspec.structs.replace(block, diagnostics=(*block.diagnostics, unread))


def _recognised(text: str, path: str, found: tuple[Diagnostic, ...]) -> Block:
    """Cut a text at the end of the front matter that is in one of the forms of the format."""
    opening = _OPENING.match(text)
    if opening is not None:
        form = (opening["form"] or "").lower()
        if opening["plus"] or form == "toml":
            return _toml_or_json(text, opening, path, found, "toml")
        return _toml_or_json(text, opening, path, found, "json") if form == "json" else _yaml(text, opening, path, found)
    brace = _BRACE.match(text)
    if brace is not None and (block := _object(text, brace.end(), path, found)) is not None:
        return block
    lines = _LINES.match(text)
    if lines is not None and is_field_name(lines["key"]) and (block := _key_value_lines(text, lines, path, found)) is not None:
        return block
    return Block(path, "none", {}, text, 1, found)


def _yaml(text: str, opening: re.Match[str], path: str, found: tuple[Diagnostic, ...]) -> Block:
    from wol.content.handlers import YamlHandler

    begin, inside = _begin(opening), opening.end()
    first_line = text.count("\n", 0, begin) + 1
    closing = _YAML_CLOSING.search(text, inside - 1)
    blank = _BLANK.match(text, inside) is not None and not opening["form"]
    may_be_rule = blank and not _begins_with_field(text, inside)
    if closing is None:
        if may_be_rule:
            return Block(path, "none", {}, text, 1, found)
        hint = f"close it with a line `---`; {_as_text(text, opening)}"
        return _refused("yaml", path, found, "front-matter-unclosed", _UNCLOSED, first_line, hint=hint)
    block = text[begin : closing.end()]
    body, body_line = text[closing.end() + 1 :], first_line + block.count("\n") + 1
    if _is_too_large(block):
        if may_be_rule and _KEY.match(text, inside) is None:
            return Block(path, "none", {}, text, 1, found)
        return _refused("yaml", path, found, "front-matter-too-large", _TOO_LARGE, first_line, body, body_line)
    handler = YamlHandler(path, first_line)
    values = handler.read(block)
    is_heading = handler.root == "empty" and may_be_rule and bool(text[inside : closing.start()].strip())
    if handler.root in ("mapping", "empty") and not is_heading:
        return Block(path, "yaml", values, body, body_line, (*found, *handler.diagnostics))
    if may_be_rule:
        return Block(path, "none", {}, text, 1, found)
    if handler.root == "other":
        message = "What stands between the first two `---` is not `key: value` lines"
        way = "these lines are TOML: put them between two lines `+++`" if _TOML.search(block) else "write `key: value` lines"
        hint = f"{way}; {_as_text(text, opening)}"
        return _refused("yaml", path, found, "front-matter-not-mapping", message, first_line + 1, body, body_line, hint=hint)
    way = _as_text(text, opening)
    errors = [msgspec.structs.replace(d, hint=f"{d.hint}; {way}") for d in handler.diagnostics]
    return Block(path, "yaml", {}, body, body_line, (*found, *errors))


def _as_text(text: str, opening: re.Match[str]) -> str:
    """Say how a text whose first line `---` is a rule stays text: the least change behind which nothing seems to be front matter."""
    rest = text[opening.end() :]
    is_free = not opening["form"] and _BLANK.match(rest) is None and not _begins_with_field(rest, 0)
    if is_free and examine(f"---\n\n{rest}", "", 1, Before.NOTHING) is None:
        return _RULE
    return _STARS if examine(f"***\n{rest}", "", 1, Before.NOTHING) is None else _BOTH


def _begins_with_field(text: str, at: int) -> bool:
    """Tell whether the first words are `name:` of a field: then a slip in YAML must not publish the front matter as text."""
    key = _KEY.match(text, at)
    return key is not None and is_field_name(key[1])


def _toml_or_json(text: str, opening: re.Match[str], path: str, found: tuple[Diagnostic, ...], form: Literal["toml", "json"]) -> Block:
    from wol.content.handlers import JsonHandler, TomlHandler

    begin = _begin(opening)
    first_line = text.count("\n", 0, begin) + 1
    closing = (_TOML_CLOSING if opening["plus"] else _DASHES_CLOSING).search(text, opening.end() - 1)
    if closing is None:
        hint = f"close it with a line `{opening['plus'] or '---'}`; {_BOTH}"
        return _refused(form, path, found, "front-matter-unclosed", _UNCLOSED, first_line, hint=hint)
    block = text[begin : closing.end()]
    body, body_line = text[closing.end() + 1 :], first_line + block.count("\n") + 1
    if _is_too_large(block):
        return _refused(form, path, found, "front-matter-too-large", _TOO_LARGE, first_line, body, body_line)
    handler = (TomlHandler if form == "toml" else JsonHandler)(path, first_line)
    values = handler.read(block)
    return Block(path, form, values, body, body_line, (*found, *handler.diagnostics))


def _object(text: str, begin: int, path: str, found: tuple[Diagnostic, ...]) -> Block | None:
    """Read a JSON object that stands alone on its lines; None: it is text, since no field is in it, or more follows it on its last line."""
    from wol.content import json_text

    loaded = json_text.load(text, begin, path, 1)
    if loaded.values is None:
        if not _names_field(text, begin, loaded.keys):
            return None
        errors = [msgspec.structs.replace(d, hint=_either(d.hint, f"if it is text, {_TEXT}")) for d in loaded.diagnostics]
        return Block(path, "json", {}, "", 1, (*found, *errors))
    end = _BLANK.match(text, loaded.end)
    if end is None or not any(is_field_name(key) or normal(key) in FOREIGN for key in loaded.keys):
        return None
    body_line = text.count("\n", 0, loaded.end) + 2
    return Block(path, "json", loaded.values, text[end.end() :], body_line, (*found, *loaded.diagnostics))


def _names_field(text: str, begin: int, keys: tuple[str, ...]) -> bool:
    """Tell whether what is no JSON was meant as front matter: a field in it, and quotes around its key, or more than one key on lines of its own.

    `{title: x}` on a line is a word of a template or a song book.
    """
    if any(map(is_field_name, keys)):
        return True
    blank = _BLANK_LINE.search(text, begin)
    block = text[begin : min(len(text) if blank is None else blank.start(), begin + MAX_BYTES)]
    loose = _LOOSE_KEY.findall(block.partition("}")[0])
    return any(map(is_field_name, loose)) and (
        len(loose) > 1 or _BLANK.match(text, begin + 1) is not None or block[1:].lstrip()[:1] in "\"'\u2018\u201c"
    )


def _key_value_lines(text: str, opening: re.Match[str], path: str, found: tuple[Diagnostic, ...]) -> Block | None:
    """Read lines `Key: value` without fences; None: they are text.

    With `Title` or `Date` first they are front matter, with an error for a line that is none; with another field first they must be
    nothing else, and one of them `Title` or `Date`.
    """
    from wol.content.handlers import LinesHandler, is_lines

    begin = opening.start("key")
    first_line = text.count("\n", 0, begin) + 1
    blank = _BLANK_LINE.search(text, begin)
    end = len(text) if blank is None else blank.start()
    block = text[begin:end].rstrip("\n")
    body = "" if blank is None else text[blank.end() + 1 :]
    body_line = first_line + block.count("\n") + 2
    if not _is_title_or_date(opening["key"]) and not (is_lines(block) and any(map(_is_title_or_date, _KEYS.findall(block)))):
        return None
    if _is_too_large(block):
        return _refused("lines", path, found, "front-matter-too-large", _TOO_LARGE, first_line, body, body_line)
    handler = LinesHandler(path, first_line)
    values = handler.read(block)
    return Block(path, "lines", values, body, body_line, (*found, *handler.diagnostics))


def _is_title_or_date(key: str) -> bool:
    return normal(key) in ("title", "date")


def _begin(opening: re.Match[str]) -> int:
    """Give the offset of the fence itself, behind the blank lines before it."""
    return opening.end() - len(opening[0].lstrip(" \t\n"))


def _either(fix: str, text: str) -> str:
    return f"{fix}; {text}" if fix else text


def _is_too_large(block: str) -> bool:
    return len(block) > MAX_BYTES // 4 and len(block.encode("utf-8")) > MAX_BYTES


def _refused(
    form: Form,
    path: str,
    found: tuple[Diagnostic, ...],
    code: str,
    message: str,
    line: int,
    body: str = "",
    body_line: int = 1,
    *,
    hint: str = "",
) -> Block:
    return Block(path, form, {}, body, body_line, (*found, diagnostic(code, message, path, line, 1, hint=hint)))
