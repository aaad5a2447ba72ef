"""Slugs: the names of items, terms and headings as they stand in URLs, in any script (authoring format, section 4)."""

from __future__ import annotations

import re
import unicodedata

from wol import paths

MAX_BYTES = 200
"""Longest slug in bytes of UTF-8: a file name has room for 255."""

MAX_TITLE = 60
"""Longest slug that is made of a title, in characters."""

RESERVED = frozenset({"con", "prn", "aux", "nul", *(f"{port}{n}" for port in ("com", "lpt") for n in "0123456789¹²³")})
"""Names that some systems keep for devices, also before an extension (`nul.txt`)."""

_PLAIN = re.compile(r"[a-z0-9_]+(?:-[a-z0-9_]+)*")
_WORDS = re.compile(r"[a-z0-9_]+")
_HYPHENS = re.compile(r"-{2,}")
_ALIKE = re.compile(r"[-_\s]+")
_APOSTROPHES = {ord(sign): None for sign in "'\u2018\u2019\u02bc\uff07"}
_JOINERS = "\u200c\u200d"
_EMOJI_MARKS = "\ufe0e\ufe0f\u20e3"

_LETTER, _DIGIT, _PLUS, _OTHER = range(4)


def slug(text: str) -> str:
    """Make a slug of a text: `C++` is `c-plus-plus`, `.net` is `dot-net`, `日本` stays.

    The result may be empty (a text of emoji only), too long or reserved: `slug_problem` tells. A slug is its own slug.
    """
    if _PLAIN.fullmatch(text):
        return text
    if text.isascii() and not ("+" in text or "#" in text or "&" in text or "." in text):
        return "-".join(_WORDS.findall(text.lower().replace("'", "")))
    text = unicodedata.normalize("NFC", text.translate(_APOSTROPHES).strip())
    text = unicodedata.normalize("NFC", text.lower())
    return _HYPHENS.sub("-", "".join(_pieces(text))).strip("-")


def _pieces(text: str) -> list[str]:
    """Give what each character becomes, `-` for all that does not belong into a slug."""
    pieces: list[str] = []
    before = _OTHER
    for place, sign in enumerate(text):
        piece = "-"
        kind = _OTHER
        if sign.isalpha():
            piece, kind = sign, _LETTER
        elif sign.isalnum():
            piece, kind = sign, _DIGIT
        elif sign == "_":
            piece = sign
        elif sign == "+":
            kind = _PLUS
            if before != _OTHER:
                piece = "-plus-"
        elif sign == "#":
            if before == _LETTER:
                piece = "-sharp-"
        elif sign == "&":
            piece = "-and-"
        elif sign == ".":
            if place == 0:
                piece = "dot-"
            elif before in (_LETTER, _DIGIT) and text[place + 1 : place + 2].isalnum():
                piece = sign
        elif sign in _JOINERS:
            if before == _LETTER and text[place + 1 : place + 2].isalpha():
                piece, kind = sign, _LETTER
        elif before in (_LETTER, _DIGIT) and sign not in _EMOJI_MARKS and unicodedata.category(sign)[0] == "M":
            piece, kind = sign, before
        pieces.append(piece)
        before = kind
    return pieces


def slug_problem(typed: str, made: str) -> str:
    """Say what is wrong with a slug, `made` of what was `typed`: a sentence, or nothing where it is good."""
    if "/" in typed or "\\" in typed:
        return f"The slug `{typed}` holds a slash"
    if typed.strip() in (".", ".."):
        return f"The slug `{typed.strip()}` is a name that systems keep"
    if not made:
        return f"The slug made of `{typed}` is empty" if typed.strip() else "The slug is empty"
    if made.partition(".")[0] in RESERVED:
        return f"The slug `{made}` is a name that systems keep"
    if len(made.encode("utf-8", "surrogatepass")) > MAX_BYTES:
        return f"The slug `{made[:40]}…` is longer than {MAX_BYTES} bytes"
    return ""


def heading_slug(text: str) -> str:
    """Give the anchor of a heading: the slug of its text, `section` where that is empty."""
    return slug(text) or "section"


def title_slug(title: str) -> str:
    """Give the slug of a title for a new file, cut at a `-` to at most 60 characters."""
    made = slug(title)
    if len(made) <= MAX_TITLE:
        return made
    head, _, _ = made[: MAX_TITLE + 1].rpartition("-")
    return head or made[:MAX_TITLE]


def term_key(name: str) -> str:
    """Give the form by which names of terms are one term: NFC, case folded, with `-`, `_` and spaces alike."""
    return _ALIKE.sub(" ", paths.fold(name))
