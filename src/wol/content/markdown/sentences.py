"""The sentences of a block of text: where they end, in the scripts and languages that texts are written in."""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from collections.abc import Iterator, Sequence

from wol.content.markdown.rules.headings import squeeze

LONGEST = 300
"""Characters of a sentence as it is quoted; of a longer one only what stands around the quoted place."""

MANY = 200
"""Places in one text above which less is shown around each: of a list of a thousand links nobody needs the neighbours."""

BLOCK = "\n"
"""Stands between blocks of one text, where every sentence ends; no block has it inside."""

_WIDE = "。！？｡︒﹗﹖．"
"""Signs that end a sentence without a space behind them."""

_CLOSING = "\"'“”‘’»›)\\]}」』）】》〉〕"
_OPENING = "\"'“”„‘‚«»‹›([{「『（【《〈〔¿¡*_–—-"
_END = re.compile(rf"([.!?…‽⁇⁈⁉։؟۔।॥።፧།༎။។᠃᠉⳹{_WIDE}{BLOCK}]+)([{_CLOSING}]*(?:[ \u00a0\u202f]»(?=\s|$))?)(\s*)")
_WORD = 32
"""Characters before a full stop among which its word is looked for."""
_INITIALS = re.compile(r"(?:[^\W\d_]{1,2}\.)+[^\W\d_]{1,2}")
_QUOTED_ON = ("と", "って", "という", "。", "、", "，")
"""What goes on with a sentence behind a quotation that ends like one."""


def _words(text: str) -> list[str]:
    return text.split()


_ABBREVIATIONS = frozenset(
    _words(
        "mr mrs ms mx dr prof rev hon gen col capt cpt lt sgt cmdr sen gov pres messrs st ste fr hr frl mme mlle mm me mgr dott sig "
        "avv ing sra srta dña ud uds lic dhr mevr mw drs ir vs cf viz ie eg approx dept bzw ggf evtl vgl bspw zb dh inkl exkl mind "
        "zzgl abzgl sog gem dipl mag env ex ej resp tzn tzv např mj ul np tj itp pol prov"
    )
)
"""Words that never end a sentence with their full stop."""

_BEFORE_NUMBERS = frozenset(_words("no nr nos p pp s str vol fig figs ch chap sec art cap pag pág tab abb bd kap abs ca c jg hft eq §"))
"""Words that have a full stop before a number."""

_MAY_END = frozenset(
    _words(
        "etc usw usf al inc ltd co corp jr sr bros jan feb mar apr jun jul aug sep sept oct okt nov dec dez mon tue tues wed thu thur fri sat sun"
    )
)
"""Words whose full stop ends a sentence only where a capital follows."""

_ORDINALS = frozenset(_words("de da nb nn no fi et hu cs sk sl hr sr bs lv is fo tr lb als gsw"))
"""Languages in which a number with a full stop is an ordinal."""


class Sentences:
    """The sentences of one text, found in one pass when the first is asked for.

    No sentence ends inside one of the `whole` ranges (links), which are in order and do not overlap, nor at the signs of the `opaque` ones (code).
    """

    def __init__(
        self, text: str, whole: Sequence[tuple[int, int]] = (), opaque: Sequence[tuple[int, int]] = (), language: str = ""
    ) -> None:
        self._text = text
        self._ordinals = language.partition("-")[0].lower() in _ORDINALS
        self._starts = [0, *self._breaks(_masked(text, opaque), whole)]
        self._known: dict[int, str] = {}
        """The sentences that were asked for; empty for long ones."""
        self._window = (0, -1, "")
        self._longest = LONGEST if len(whole) <= MANY else LONGEST // 3

    def around(self, start: int, end: int) -> str:
        """Return the sentence that a range is in, as one line; of a very long one what stands around the range, with `…` where it is cut."""
        number = bisect_right(self._starts, start) - 1
        first = self._starts[number]
        last = self._starts[number + 1] if number + 1 < len(self._starts) else len(self._text)
        known = self._known.get(number)
        if known is None:
            known = squeeze(self._text[first:last]) if last - first <= 2 * LONGEST else ""
            self._known[number] = known = known if len(known) <= self._longest else ""
        if known:
            return known
        if not (self._window[0] <= start and end <= self._window[1]):
            left, right = window(self._text, first, last, start, end, self._longest)
            self._window = (left, right, _cut(self._text, first, last, left, right))
        return self._window[2]

    def _breaks(self, text: str, whole: Sequence[tuple[int, int]]) -> Iterator[int]:
        begins = [start for start, _ in whole]
        sentence = 0
        for found in _END.finditer(text):
            signs, _, space = found.groups()
            is_block = BLOCK in signs or BLOCK in space
            is_wide = signs[-1] in _WIDE
            if not (space or is_wide or is_block):
                continue
            place = found.end(2)
            inside = bisect_right(begins, place) - 1
            if inside >= 0 and begins[inside] < place < whole[inside][1]:
                continue
            if is_block or (_ends_wide(text, found) if is_wide else self._ends(text, found, sentence)):
                sentence = found.end()
                yield sentence

    def _ends(self, text: str, found: re.Match[str], sentence: int) -> bool:
        """Tell whether a sentence ends at signs that may also belong to a word."""
        following = text[found.end() : found.end() + 4].lstrip(_OPENING)[:1]
        if following.islower():
            return False
        if found[1] != ".":
            return True
        before = text[max(sentence, found.start() - _WORD) : found.start()]
        words = before.split()
        word = words[-1].lstrip(_OPENING) if words and not before[-1].isspace() else ""
        plain = word.lower()
        if (
            plain in _ABBREVIATIONS
            or _INITIALS.fullmatch(word)
            or (len(word) == 1 and _is_initial(word, text[found.end() : found.end() + 2]))
        ):
            return False
        if plain in _BEFORE_NUMBERS:
            return not following.isdigit()
        if plain in _MAY_END:
            return following.isupper()
        if word.isdigit():
            return not (self._ordinals and len(word) <= 2) and sentence + len(before) - len(before.lstrip()) + len(word) < found.start()
        return True


def _is_initial(letter: str, following: str) -> bool:
    """Tell whether a letter with a full stop is a name's (J. Tolkien), or the first of an abbreviation (z. B.)."""
    return letter != "I" if letter.isupper() else letter.islower() and following[1:] == "."


def window(text: str, first: int, last: int, start: int, end: int, longest: int = LONGEST) -> tuple[int, int]:
    """Return what to show of a long range, `longest` characters around a part of it, cut between words where there are any."""
    end = min(end, start + longest)
    left = max(first, start - (longest - (end - start)) // 2)
    right = min(last, left + longest)
    left = max(first, min(left, right - longest))
    if left > first and not text[left - 1].isspace():
        space = next((place for place in range(left, start) if text[place].isspace()), -1)
        left = space + 1 if space >= 0 else left
        while left < start and _joins(text[left]):
            left += 1
    if right < last and not text[right].isspace():
        space = next((place for place in range(right, end, -1) if text[place - 1].isspace()), -1)
        right = space if space >= 0 else right
        while right > end and _joins(text[right]):
            right -= 1
    return left, right


def shortened(text: str) -> str:
    """Return a text as one line, of a long one its beginning."""
    line = squeeze(text[: 4 * LONGEST].replace(BLOCK, " ")) if len(text) > 4 * LONGEST else squeeze(text.replace(BLOCK, " "))
    if len(line) <= LONGEST:
        return line
    return _cut(line, 0, len(line), *window(line, 0, len(line), 0, 0))


def _ends_wide(text: str, found: re.Match[str]) -> bool:
    """Tell whether a sentence ends at a full stop of Chinese or Japanese: not where a quotation ends that the sentence goes on with."""
    following = text[found.end() : found.end() + 3]
    if found[1][-1] == "．":
        return not following[:1].isdigit()
    return not (found[2] and following.startswith(_QUOTED_ON))


def _cut(text: str, first: int, last: int, left: int, right: int) -> str:
    return (
        ("…" if left > first else "")
        + squeeze(text[left:right])
        + ("…" if right < last and (right + _WORD < last or text[right:last].strip()) else "")
    )


def _masked(text: str, opaque: Sequence[tuple[int, int]]) -> str:
    """Put letters for what is opaque, so that its signs end nothing."""
    if not opaque:
        return text
    out: list[str] = []
    at = 0
    for start, end in opaque:
        out += (text[at:start], "x" * (end - start))
        at = end
    return "".join((*out, text[at:]))


def _joins(sign: str) -> bool:
    """Tell whether a character belongs to the one before it."""
    return sign == "\u200d" or unicodedata.category(sign)[0] == "M"
