"""Renaming a term in the front matter of a source, byte for byte: all else stays as its writer typed it."""

from __future__ import annotations

import re
from typing import NamedTuple

from wol.content.amend import LINE, QUOTED, WORDS, ByHandError, quoted_text, shown_text
from wol.content.fields import FieldSettings, own_terms
from wol.content.front_matter import split
from wol.content.raw import Block, Form, Raw, to_plain
from wol.content.value_readers import terms
from wol.model.slugs import term_key

_PLAIN_WORDS = re.compile(r"[^\W\d_][\w-]*(?: [\w-]+)*")


class _Token(NamedTuple):
    """A text of the front matter where it is typed: line and columns, from 0."""

    line: int
    start: int
    end: int


def rename_term(data: bytes, path: str, taxonomy: str, key: str, new: str, settings: FieldSettings) -> bytes:
    """Return the bytes of a source with a term, given by its `term_key`, renamed in its own front matter; a source that has both names keeps one.

    Nothing changes where the front matter does not have the term. Raises ByHandError where it is typed in a way that is not edited safely.
    """
    block = split(data, path)
    raw = own_terms(block, taxonomy, settings)
    if raw is None or (names := terms(raw, settings.taxonomies.get(taxonomy, "comma"))) is None or key not in map(term_key, names):
        return data
    has_both = term_key(new) != key and term_key(new) in map(term_key, names)
    replaced = "" if has_both else new
    wanted = tuple(dict.fromkeys(name for name in (replaced if term_key(name) == key else name for name in names) if name))
    lines = LINE.findall(data.decode("utf-8"))
    if isinstance(raw.value, list):
        _edit_list(lines, block.form, raw.value, key, replaced)
    else:
        _edit_text(lines, block.form, raw, key, replaced, settings.taxonomies.get(taxonomy, "comma"))
    done = "".join(lines).encode("utf-8")
    _verify(block, split(done, path), taxonomy, wanted, settings)
    return done


def _edit_list(lines: list[str], form: Form, raws: list[Raw], key: str, new: str) -> None:
    """Edit a list, from its end to its beginning, so that places stay right; without a new name all entries of the term go, else all but the first."""
    own = [raw for raw in raws if isinstance(raw.value, str) and _is_of(raw.value, key)]
    for number, raw in reversed(tuple(enumerate(own))):
        token = _token(lines, raw)
        line = lines[token.line]
        if number or not new:
            _remove(lines, token)
        else:
            lines[token.line] = f"{line[: token.start]}{_typed(form, line[token.start : token.end], new)}{line[token.end :]}"


def _is_of(typed: str, key: str) -> bool:
    return term_key(typed.strip().removeprefix("#").strip()) == key


def _remove(lines: list[str], token: _Token) -> None:
    """Remove an entry: the whole line of one with a dash, else it and the comma that follows or precedes it."""
    line = lines[token.line]
    before, after = line[: token.start], line[token.end :]
    if re.fullmatch(r"\s*-\s+", before) and re.fullmatch(r"\s*(?:#.*)?\s*", after):
        del lines[token.line]
    elif found := re.match(r"[ \t]*,[ \t]*", after):
        lines[token.line] = before + after[found.end() :]
    elif found := re.search(r"[ \t]*,[ \t]*\Z", before):
        lines[token.line] = before[: found.start()] + after
    else:
        raise ByHandError


def _edit_text(lines: list[str], form: Form, raw: Raw, key: str, new: str, cut: str) -> None:
    """Edit a text that holds several names; an empty `new` removes the old one."""
    token = _token(lines, raw)
    line = lines[token.line]
    typed = line[token.start : token.end]
    if "\\" in typed or "''" in typed[1:-1] or set(new) & set("\"',\\"):
        raise ByHandError
    quote = typed[0] if typed[:1] in "\"'" and len(typed) > 1 else ""
    inner = typed[len(quote) : len(typed) - len(quote)]
    pieces = re.split(r"([,\s]+)" if cut == "space" else r"(\s*,\s*)", inner)
    own = [place for place in range(0, len(pieces), 2) if _is_of(pieces[place], key)]
    for place in reversed(own):
        if place == own[0] and new:
            pieces[place] = new
        else:
            del pieces[max(0, place - 1) : place + 1 + (place == 0)]
    text = "".join(pieces)
    if not quote and form == "yaml" and not re.fullmatch(r"[^\W_][\w ,-]*", text):
        raise ByHandError
    lines[token.line] = f"{line[: token.start]}{quote}{text}{quote}{line[token.end :]}"


def _token(lines: list[str], raw: Raw) -> _Token:
    """Find a text where reading has found it; raises ByHandError for one that goes over several lines or is a number or date."""
    if not isinstance(raw.value, str) or not 0 < raw.line <= len(lines):
        raise ByHandError
    line, start = lines[raw.line - 1], raw.column - 1
    quoted = QUOTED.match(line, start)
    typed = quoted[0] if quoted is not None and not raw.plain else raw.value
    if not typed or not line.startswith(typed, start):
        raise ByHandError
    return _Token(raw.line - 1, start, start + len(typed))


def _typed(form: Form, before: str, new: str) -> str:
    """Return a name as it is typed where another was: in the same quotes, if that is possible."""
    if before.startswith("'") and not set("'\\") & set(new) and new.isprintable():
        return f"'{new}'"
    if before.startswith('"'):
        return quoted_text(new)
    if before[:1] != "'" and form == "yaml" and _PLAIN_WORDS.fullmatch(new) and new.lower() not in WORDS:
        return new
    return shown_text(form, new)


def _verify(before: Block, after: Block, taxonomy: str, wanted: tuple[str, ...], settings: FieldSettings) -> None:
    """See that the terms are the wanted ones, and that nothing else is different; raises ByHandError."""
    raw, old = own_terms(after, taxonomy, settings), own_terms(before, taxonomy, settings)
    if raw is None or old is None or any(found.severity == "error" for found in after.diagnostics) or after.body != before.body:
        raise ByHandError
    if terms(raw, settings.taxonomies.get(taxonomy, "comma")) != wanted:
        raise ByHandError
    rest = ({key: to_plain(value) for key, value in one.values.items() if value is not own} for one, own in ((before, old), (after, raw)))
    if next(rest) != next(rest):
        raise ByHandError
