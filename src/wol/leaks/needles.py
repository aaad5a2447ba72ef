"""What is looked for: the words and phrases of unpublished items."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set

import msgspec

from wol.leaks.text import counts, folded, output_words, runs

SHORTEST_PHRASE = 4
"""Characters in the shortest title or address that counts."""


class HiddenWords(msgspec.Struct, frozen=True, array_like=True):
    """The words of one unpublished item, and its phrases: title, slug, address. `identity` is a digest of all that they come from."""

    identity: str
    words: tuple[str, ...]
    phrases: tuple[str, ...]

    @classmethod
    def of(cls, identity: str, phrases: Sequence[str], text: str) -> HiddenWords:
        """Take the words from the text of an item (with front matter and path), and its phrases as typed."""
        plain = dict.fromkeys(" ".join(folded(typed).split()) for typed in phrases if len(typed) >= SHORTEST_PHRASE)
        words = {word for word in output_words(folded(text)) if counts(word)}
        words.update(phrase for phrase in plain if is_word(phrase))
        return cls(identity, tuple(sorted(words)), tuple(phrase for phrase in plain if not is_word(phrase) and runs(phrase)))


def is_word(needle: str) -> bool:
    """Whether what is looked for is one word, and no phrase."""
    return counts(needle) and runs(needle) == [needle]


class Needles(msgspec.Struct, frozen=True, array_like=True):
    """What must not be in any artifact: words, and phrases by one of their runs of letters: one that is looked for itself, else the longest, of an address that of its last part."""

    words: frozenset[str] = frozenset()
    phrases: Mapping[str, tuple[str, ...]] = {}

    @classmethod
    def of(cls, words: Iterable[str], phrases: Iterable[str]) -> Needles:
        anchored: defaultdict[str, list[str]] = defaultdict(list)
        rare = frozenset(words)
        for phrase in dict.fromkeys(phrases):
            folder = phrase.rstrip("/").rpartition("/")[0] if phrase[0] == "/" else ""
            anchored[max(runs(phrase), key=lambda run: (run in rare, run not in folder, len(run)))].append(phrase)
        return cls(rare, {anchor: tuple(sorted(found)) for anchor, found in sorted(anchored.items())})

    @classmethod
    def of_all(cls, hidden: Iterable[HiddenWords]) -> Needles:
        """Combine those of all unpublished items."""
        items = list(hidden)
        return cls.of({word for item in items for word in item.words}, (phrase for item in items for phrase in item.phrases))

    @classmethod
    def told_apart(cls, needles: Iterable[str]) -> Needles:
        """Tell words from phrases."""
        words: list[str] = []
        phrases: list[str] = []
        for needle in needles:
            (words if is_word(needle) else phrases).append(needle)
        return cls.of(words, phrases)

    def __bool__(self) -> bool:
        return bool(self.words or self.phrases)

    def __iter__(self) -> Iterator[str]:
        yield from self.words
        for phrases in self.phrases.values():
            yield from phrases

    def without(self, known: Set[str]) -> Needles:
        """Return those that are not in a set."""
        return self.among(set(self) - known) if known else self

    def among(self, wanted: Set[str]) -> Needles:
        """Return those that are in a set."""
        return Needles.of(self.words & wanted, (phrase for found in self.phrases.values() for phrase in found if phrase in wanted))
