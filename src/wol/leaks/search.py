"""The search of one artifact: a quick look, which rules out nearly all of them, and an exact one at the rest."""

from __future__ import annotations

import re
from collections.abc import Iterable

from wol.leaks.needles import Needles
from wol.leaks.text import INLINE, folded, output_words

HEAD = 8192
"""Bytes by which a picture, sound or other binary file is told from text, as git does."""

HARMLESS = 16_000_000
"""Bytes of harmless lines that are remembered: the pages of a site have many lines in common."""

LONGEST_HOST = 270
"""Characters in the longest host name, with its port and what is before it."""

_HOST = re.compile(r"//[\w.:@\[\]-]+\Z")
_PIECE = re.compile(r"\w+")
_SPELLED_OTHERWISE = frozenset(" '")
"""Characters of phrases that typography or line breaks change: those phrases are left to the exact look."""

_INSIDE = re.compile(r"[\w/%.-]")
_LOWER = bytes(c | 32 if 65 <= c <= 90 else c if 97 <= c <= 122 else 32 for c in range(256))
"""Turns ASCII text into words in lower case, with spaces between them."""

_PIECES = bytes(c | 32 if 65 <= c <= 90 else c if 97 <= c <= 122 or 48 <= c <= 57 or c == 95 else 32 for c in range(256))
"""The same for words that have digits and underscores too."""

_TYPOGRAPHY = tuple(char.encode() for char in "\u2019\u2018\u201c\u201d\u2013\u2014\u2026\u00a0\u00b7\u2190\u2192\u00a9")
_NAME = rb"/?(?:abbr|a|bdi|b|cite|code|del|em|font|ins|i|kbd|mark|q|small|span|strong|sub|sup|s|u|var|wbr)"
_TAG = _NAME + rb"(?:\s[^<>]*)?/?>"
_JOINT = re.compile(rb"<(?<=[A-Za-z\x80-\xff;]<)(?:!--|" + _TAG + rb"(?:<(?:!--|" + _TAG + rb"))*(?=[A-Za-z\x80-\xff&]))", re.IGNORECASE)
_LESS = rb"&(?:amp;)*lt;"
_ESCAPED_TAG = _NAME + rb"(?:\s(?:(?!&(?:amp;)*[lg]t;).)*)?/?&(?:amp;)*gt;"
_ESCAPED = (
    rb"&(?<=[A-Za-z\x80-\xff;]&)(?:amp;)*lt;(?:!--|"
    + _ESCAPED_TAG
    + rb"(?:"
    + _LESS
    + rb"(?:!--|"
    + _ESCAPED_TAG
    + rb"))*(?=[A-Za-z\x80-\xff&]))"
)
"""Tags between letters, as they are and escaped: they may be in the middle of a word."""

_ODD = {
    b"%": re.compile(rb"%[0-9A-Fa-f]{2}"),
    b"&": re.compile(_ESCAPED + rb"|&(?:amp;)*(?!(?:lt|gt|amp|quot|#3[49]|#x2[27]);)#?\w", re.IGNORECASE),
    b"\\": re.compile(rb'\\[^"/n]'),
}
"""Escapes that may be in the middle of a word, by the character that they begin with."""


class Search:
    """Looks for needles in artifacts, one after the other; it remembers lines that have none."""

    def __init__(self, needles: Needles) -> None:
        self.needles = needles
        self._keys = {word.encode() for word in (*needles.words, *needles.phrases) if word.isascii()}
        self._words = {word.encode() for word in needles.words}
        self._parts = {anchor: [(phrase, _parts(phrase)) for phrase in found] for anchor, found in needles.phrases.items()}
        self._harmless: set[bytes] = set()
        self._strange: dict[bytes, str] = {}
        self._bytes = 0

    def __reduce__(self) -> tuple[type[Search], tuple[Needles]]:
        return Search, (self.needles,)

    def found(self, path: str, data: bytes) -> tuple[str, ...]:
        """Return the needles that are in an artifact or its name."""
        if b"\0" in data[:HEAD]:
            data = b""
        whole = b"%s\n/%s" % (data, path.encode())
        return self._exact(whole.decode("utf-8", "replace")) if self._may_have(whole) else ()

    def _may_have(self, data: bytes) -> bool:
        """Rule out most artifacts: false only if nothing is in them."""
        harmless = self._harmless
        lines = [line for line in data.split(b"\n") if line not in harmless]
        text = b"\n".join(lines)
        closed = [line for line in lines if line.rfind(b"<") <= line.rfind(b">")]
        plain = [line if line.isascii() else _plain(line) for line in lines] if not text.isascii() else lines
        odd = [line for line in plain if not line.isascii()] if plain is not lines else []
        ascii_text = b"\n".join(plain) if plain is not lines else text
        odd += _escaped(ascii_text)
        strange = _joined(folded(b"\n".join(odd).decode("utf-8", "replace"))) if odd else ""
        broken = _matching(_JOINT, text) if len(closed) == len(lines) and b"<!--" not in text else [data] if _JOINT.search(data) else []
        if broken:
            strange += "\n" + _joined(folded(b"\n".join(broken).decode("utf-8", "replace")))
        if self._is_suspect(ascii_text, strange, data):
            return True
        if self._bytes < HARMLESS:
            self._bytes += len(text)
            harmless.update(closed)
            if strange:
                self._strange.update(dict.fromkeys({*odd, *broken}.intersection(closed), strange))
        return False

    def _is_suspect(self, text: bytes, strange: str, data: bytes) -> bool:
        """Return whether there may be a needle in lines, or in what is `strange` in them: what has escapes or tags within words, folded."""
        if b"\\n" in text:
            text = text.replace(b"\\n", b" ")
        keys = self._keys.intersection(text.translate(_LOWER).split())
        if not keys.isdisjoint(self._words):
            return True
        anchors = {key.decode() for key in keys}
        if strange:
            found = output_words(strange)
            if not found.isdisjoint(self.needles.words):
                return True
            anchors.update(anchor for anchor in self.needles.phrases if anchor in strange)
        return bool(anchors) and self._may_stand(anchors, strange, data)

    def _may_stand(self, anchors: Iterable[str], strange: str, data: bytes) -> bool:
        """Return whether all words of a phrase are in an artifact."""
        words = set(data.translate(_PIECES).split())
        if b"\\n" in data:
            words.update(data.replace(b"\\n", b" ").translate(_PIECES).split())
        known = self._strange
        more = "\n".join((strange, *{known[line] for line in data.split(b"\n") if line in known})) if known else strange
        likely = [
            phrase
            for anchor in anchors
            for phrase, parts in self._parts.get(anchor, ())
            if all(part in words or part.decode() in more for part in parts)
        ]
        if not all(phrase.isascii() and _SPELLED_OTHERWISE.isdisjoint(phrase) for phrase in likely) or not likely:
            return bool(likely)
        lower = data.lower().replace(b"\\/", b"/")
        spelled = folded(b"\n".join(line for line in lower.split(b"\n") if not line.isascii()).decode("utf-8", "replace"))
        return any(phrase.encode() in lower or phrase in spelled or phrase in more for phrase in likely)

    def _exact(self, text: str) -> tuple[str, ...]:
        plain = folded(text)
        words = output_words(plain)
        found = sorted(words & self.needles.words)
        wanted = [phrase for anchor, some in self.needles.phrases.items() if anchor in plain or anchor in words for phrase in some]
        if wanted:
            spaced = " ".join(plain.split())
            joined = INLINE.sub("", spaced) if "<" in spaced else ""
            found += [phrase for phrase in wanted if _stands(phrase, spaced) or _stands(phrase, joined)]
        return tuple(found)


def _parts(phrase: str) -> list[bytes]:
    """Return what is in every text that has a phrase: its words and numbers, those that are ASCII."""
    return [part.encode() for part in _PIECE.findall(phrase) if part.isascii()]


def _plain(text: bytes) -> bytes:
    """Replace the most common characters of typography, so that most texts are ASCII."""
    for char in _TYPOGRAPHY:
        text = text.replace(char, b" ")
    return text


def _escaped(text: bytes) -> list[bytes]:
    """Return the lines with escapes that may be in the middle of a word."""
    return [line for char, form in _ODD.items() if char in text for line in _matching(form, text)]


def _matching(form: re.Pattern[bytes], text: bytes) -> list[bytes]:
    """Return the lines in which a pattern begins to match."""
    found: list[bytes] = []
    at = form.search(text)
    while at is not None:
        begin, end = text.rfind(b"\n", 0, at.start()) + 1, text.find(b"\n", at.start())
        if end < 0:
            found.append(text[begin:])
            break
        found.append(text[begin:end])
        at = form.search(text, end)
    return found


def _joined(plain: str) -> str:
    """Return a folded text, followed by itself without the tags that may be in words."""
    return f"{plain}\n{INLINE.sub('', plain)}" if "<" in plain else plain


def _stands(phrase: str, text: str) -> bool:
    """Whether a phrase is in a text by itself: not as part of a longer word or address."""
    at = text.find(phrase)
    while at >= 0:
        end = at + len(phrase)
        before, after = text[max(0, at - LONGEST_HOST) : at], text[end : end + 1]
        begins = not (before and _INSIDE.match(before[-1])) or (phrase[0] == "/" and _HOST.search(before))
        if begins and not (after and _INSIDE.match(after)):
            return True
        at = text.find(phrase, at + 1)
    return False
