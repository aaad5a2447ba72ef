"""What excuses a word of an unpublished item: that a public text has it too, in any form that a build may give it."""

from __future__ import annotations

import re
from collections.abc import Iterator

from wol.leaks.needles import Needles
from wol.leaks.text import ESCAPED, INLINE, folded, words_of

FEW = 24
"""Words that are looked for one by one; more are looked up among all words of a text."""

WITNESSES = 3
"""Public texts that are remembered for a word, so that an edit of one seldom leaves it without."""

_LOWER = bytes(c | 32 if 65 <= c <= 90 else c if 97 <= c <= 122 else 32 for c in range(256))
_APOSTROPHES = str.maketrans("", "", "'")
_MARKUP = str.maketrans("", "", "*_`~=\\")
_NO_WORD = re.compile(r"[\W_]+")


class Witnesses:
    """Looks for common words in public texts, one after the other, and for each word only until enough of them have it."""

    def __init__(self, needles: Needles) -> None:
        self._needles = needles
        self._seen: dict[bytes, int] = {}
        self._keys = {word.encode() for word in needles.words if word.isascii()}

    def __reduce__(self) -> tuple[type[Witnesses], tuple[Needles]]:
        return Witnesses, (self._needles,)

    def of(self, data: bytes) -> tuple[str, ...]:
        """Return the words that a text has as they are; other forms of them are left to `excused`."""
        found = self._keys.intersection(data.translate(_LOWER).split())
        for word in found:
            times = self._seen[word] = self._seen.get(word, 0) + 1
            if times == WITNESSES:
                self._keys.discard(word)
        return tuple(sorted(word.decode() for word in found))


def excused(needles: Needles, text: str) -> frozenset[str]:
    """Return the words and phrases that a public text has."""
    plain = folded(text)
    found: set[str] = set()
    left = set(needles.words)
    for form in _forms(plain) if left else ():
        if len(left) <= FEW and not any(word in form for word in left):
            continue
        known = left & words_of(form)
        found |= known
        left -= known
        if not left:
            break
    if any(part in plain for part in needles.phrases) or any(part in joined for part in needles.phrases for joined in _forms(plain)):
        spaced, bare = " ".join(plain.split()), _bare(plain)
        for phrases in needles.phrases.values():
            found.update(phrase for phrase in phrases if phrase in spaced or (phrase[0] != "/" and _bare(phrase) in bare))
    found.update(phrase for phrases in needles.phrases.values() for phrase in phrases if phrase[0] == "/" and _may_lead_to(phrase, plain))
    return frozenset(found)


def _forms(plain: str) -> Iterator[str]:
    """Return a public text as it is, then without escapes, apostrophes, tags and markup."""
    yield plain
    if "\\" in plain:
        yield ESCAPED.sub(" ", plain)
    if "'" in plain:
        yield plain.translate(_APOSTROPHES)
    if "<" in plain:
        yield INLINE.sub("", plain)
    yield plain.translate(_MARKUP)


def _may_lead_to(address: str, plain: str) -> bool:
    """Return whether a text has the last part of an address as part of a path: a relative link, or one below `base_url`, is published as the address."""
    last = address.rstrip("/").rpartition("/")[2]
    if not last or last not in plain:
        return False
    part = re.escape(last)
    return re.search(rf"/{part}(?![\w-])|(?<![\w-]){part}/", plain) is not None


def _bare(plain: str) -> str:
    """Return the words of a folded text with a hyphen before, between and after them, as slugs have them."""
    return f"-{_NO_WORD.sub('-', plain.translate(_APOSTROPHES)).strip('-')}-"
