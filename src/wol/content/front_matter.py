"""Cutting a source into front matter and text, so that no word of either is lost.

Rules: the authoring format, section 1. The packages that parse are imported when the first block is read.
"""

from __future__ import annotations

import re

import msgspec

from wol.content.field_table import is_field_name
from wol.content.raw import MAX_BYTES, Block, Form, Raw
from wol.content.source_text import decode
from wol.errors import Diagnostic, diagnostic

__all__ = ["Block", "Raw", "split"]

_OPENING = re.compile(r"(?:[ \t]*+\n)*+(---|\+\+\+)[ \t]*(?:\n|\Z)")
_LINES = re.compile(r"(?:[ \t]*+\n)*+(?=(?:title|date):)", re.IGNORECASE)
_JSON = re.compile(r"(?:[ \t]*+\n)*+(?=\{\s*\")")
_YAML_CLOSING = re.compile(r"\n(?:---|\.\.\.)[ \t]*$", re.MULTILINE)
_TOML_CLOSING = re.compile(r"\n\+\+\+[ \t]*$", re.MULTILINE)
_BLANK = re.compile(r"[ \t]*(?:\n|\Z)")
_BLANK_LINE = re.compile(r"^[ \t]*$", re.MULTILINE)
_KEY = re.compile(r"\s*([\w-]+):(?:\s|\Z)")

_RULE = "if the first line is a rule, put an empty line after it"
_STARS = "if the first line is a rule, write it as `***`"
_UNCLOSED = "The front matter that begins here is not closed"
_TOO_LARGE = "The front matter is over 256 kB"


def split(data: bytes, path: str) -> Block:
    """Cut the bytes of a source, whose path from the site's root is `path`.

    Never raises for what a writer may have typed: see `Block.diagnostics` (`source-encoding`, `control-characters`, and the codes of front
    matter). Where the front matter is wrong, what follows it is still given as the text; where it has no end, no text is.
    """
    text, found = decode(data, path)
    if any(d.code == "source-encoding" for d in found):
        return Block(path, "none", {}, "", 1, found)
    opening = _OPENING.match(text)
    if opening is not None:
        return (_yaml if opening[1] == "---" else _toml)(text, opening, path, found)
    json = _JSON.match(text)
    if json is not None and _begins_with_object(text, json.end()):
        message = "The text begins with JSON; Hugo's front matter in that form is not read, and it is not published as text"
        hint = "write the fields as `key: value` lines between two lines `---`; if it is text, put two lines `---` above it"
        return _refused("none", path, found, "front-matter-syntax", message, text.count("\n", 0, json.end()) + 1, hint=hint)
    lines = _LINES.match(text)
    if lines is not None:
        return _key_value_lines(text, lines.end(), path, found)
    return Block(path, "none", {}, text, 1, found)


def _yaml(text: str, opening: re.Match[str], path: str, found: tuple[Diagnostic, ...]) -> Block:
    from wol.content.handlers import YamlHandler

    begin, inside = opening.span(1)[0], opening.end()
    first_line = text.count("\n", 0, begin) + 1
    closing = _YAML_CLOSING.search(text, inside - 1)
    blank = _BLANK.match(text, inside) is not None
    may_be_rule = blank and not _begins_with_field(text, inside)
    if closing is None:
        if may_be_rule:
            return Block(path, "none", {}, text, 1, found)
        hint = f"close it with a line `---`; {_STARS if blank else _RULE}"
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
        return _refused("yaml", path, found, "front-matter-not-mapping", message, first_line + 1, body, body_line)
    errors = [msgspec.structs.replace(d, hint=f"{d.hint}; {_STARS if blank else _RULE}") for d in handler.diagnostics]
    return Block(path, "yaml", {}, body, body_line, (*found, *errors))


def _begins_with_field(text: str, at: int) -> bool:
    """Tell whether the first words are `name:` of a field: then a slip in YAML must not publish the front matter as text."""
    key = _KEY.match(text, at)
    return key is not None and is_field_name(key[1])


def _begins_with_object(text: str, at: int) -> bool:
    """Tell whether a JSON object stands there, on lines of its own, with a field of ours in it: `"draft": true` must not become text."""
    from json import JSONDecoder

    try:
        value, end = JSONDecoder().raw_decode(text, at)
    except (ValueError, RecursionError):
        return False
    return _BLANK.match(text, end) is not None and any(is_field_name(key) for key in value)


def _toml(text: str, opening: re.Match[str], path: str, found: tuple[Diagnostic, ...]) -> Block:
    from wol.content.handlers import TomlHandler

    begin = opening.span(1)[0]
    first_line = text.count("\n", 0, begin) + 1
    closing = _TOML_CLOSING.search(text, opening.end() - 1)
    if closing is None:
        hint = "close it with a line `+++`; if it is text, put two lines `---` above it"
        return _refused("toml", path, found, "front-matter-unclosed", _UNCLOSED, first_line, hint=hint)
    block = text[begin : closing.end()]
    body, body_line = text[closing.end() + 1 :], first_line + block.count("\n") + 1
    if _is_too_large(block):
        return _refused("toml", path, found, "front-matter-too-large", _TOO_LARGE, first_line, body, body_line)
    handler = TomlHandler(path, first_line)
    values = handler.read(block)
    return Block(path, "toml", values, body, body_line, (*found, *handler.diagnostics))


def _key_value_lines(text: str, begin: int, path: str, found: tuple[Diagnostic, ...]) -> Block:
    from wol.content.handlers import LinesHandler

    first_line = text.count("\n", 0, begin) + 1
    blank = _BLANK_LINE.search(text, begin)
    end = len(text) if blank is None else blank.start()
    block = text[begin:end].rstrip("\n")
    body = "" if blank is None else text[blank.end() + 1 :]
    body_line = first_line + block.count("\n") + 2
    if _is_too_large(block):
        return _refused("lines", path, found, "front-matter-too-large", _TOO_LARGE, first_line, body, body_line)
    handler = LinesHandler(path, first_line)
    values = handler.read(block)
    return Block(path, "lines", values, body, body_line, (*found, *handler.diagnostics))


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
