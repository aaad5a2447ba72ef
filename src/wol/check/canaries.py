"""Words by which a leak is known: those of unpublished items that stand in nothing that is published.

A word of a draft is no sign of a leak if any public source, template or setting has it too: then it may have come from there. So what is common gives no false alarm, and
what is left was nowhere to be had but in the unpublished item.
"""

from __future__ import annotations

import html
import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from urllib.parse import unquote

import msgspec

SHORTEST = 5
"""Letters of the shortest word that counts; three in texts that are not ASCII, where a sign may be a syllable or a word."""

DEEP = 3
"""Escapes inside escapes that are undone: a feed holds HTML in XML."""

FEW_KEYS = 40
"""Words that are looked for one after the other; more are looked up among all words of a text."""

FEW = 3
"""Words of a leak that are named."""

_LETTERS = "a-z\u00c0-\u1fff\u2c00-\u2dff\u3040-\ud7ff\uf900-\ufdff\ufe70-\uffdc\U00010000-\U0010ffff"
_WORD = re.compile(f"[{_LETTERS}]{{3,}}")
_LONG_WORD = re.compile(f"[{_LETTERS}]{{{SHORTEST},}}")
_ANY_WORD = re.compile(f"[{_LETTERS}]+")
_ESCAPED = re.compile(r"\\[abfnrtv]")
_JSON = re.compile(r"(?:\\u[0-9a-fA-F]{4})+")
_APOSTROPHES = str.maketrans("", "", "'")
_MARKUP = str.maketrans("", "", "*_`~=\\")
_ALIKE = {
    **dict.fromkeys(map(ord, "\u00ad\u200b\u200c\u200d\u2060\ufeff")),
    **dict.fromkeys(map(ord, "\u2018\u2019\u02bc\uff07"), "'"),
    **dict.fromkeys(map(ord, "\u201c\u201d\u201e\u00ab\u00bb"), '"'),
    **dict.fromkeys(map(ord, "\u2010\u2011\u2012\u2013\u2014"), "-"),
    0x2026: "...",
}
"""Characters that nobody sees, and those that typography puts in the place of others."""
_INLINE = re.compile(
    r"</?(?:a|abbr|b|bdi|cite|code|del|em|font|i|ins|kbd|mark|q|s|small|span|strong|sub|sup|u|var|wbr)(?:\s[^<>]*)?/?>|<!--.*?-->",
    re.DOTALL,
)
_NO_WORD = re.compile(r"[\W_]+")
LONGEST_HOST = 270
"""Characters of the longest name of a host, with its port and what is before it."""

_HOST = re.compile(r"//[\w.:@\[\]-]+\Z")
_INSIDE = re.compile(r"[\w/%.-]")


class Item(msgspec.Struct, frozen=True, array_like=True):
    """What is known of an unpublished item: its key, whole phrases (title, slug, address), and its text with the front matter."""

    key: str
    phrases: tuple[str, ...]
    text: str


class Hit(msgspec.Struct, frozen=True, array_like=True):
    """A file of the output in which something of an unpublished item stands."""

    path: str
    key: str
    what: tuple[str, ...]


class Canaries(msgspec.Struct, frozen=True):
    """What must be in no file: word to keys of items, and phrases by one of their words."""

    words: Mapping[str, tuple[str, ...]] = {}
    phrases: Mapping[str, tuple[tuple[str, str], ...]] = {}

    def __bool__(self) -> bool:
        return bool(self.words or self.phrases)

    def hits(self, path: str, text: str) -> Iterator[Hit]:
        """Find the items of which something stands in a text (or in its name)."""
        plain = folded(f"{text}\n/{path}")
        if "<" in plain and len(joined := _INLINE.sub("", plain)) != len(plain):
            plain = f"{plain}\n{joined}"  # a word may be broken up by tags, or stand in one
        found = self.found(plain)
        if not found:
            return
        by_key: defaultdict[str, list[str]] = defaultdict(list)
        spaced = " ".join(plain.split())
        for word in sorted(found & self.phrases.keys()):
            for phrase, key in self.phrases[word]:
                if _stands(phrase, spaced):
                    by_key[key].append(phrase)
        for word in sorted(found & self.words.keys()):
            for key in self.words[word]:
                by_key[key].append(word)
        for key, what in by_key.items():
            yield Hit(path, key, tuple(what))

    def found(self, plain: str) -> set[str]:
        """Give the words, of those and of phrases, that stand in a folded text."""
        short = {word for word in self.phrases if len(word) < SHORTEST and word in plain}
        if len(self.words) + len(self.phrases) <= FEW_KEYS and not any(word in plain for word in (*self.words, *self.phrases)):
            return short
        return {*short, *(words_of(plain) & (self.words.keys() | self.phrases.keys()))}

    def without(self, words: Set[str], phrases: Set[str]) -> Canaries:
        """Give what is left when some are known to be public."""
        left: defaultdict[str, list[tuple[str, str]]] = defaultdict(list)
        for word, pairs in self.phrases.items():
            for phrase, key in pairs:
                if phrase not in phrases:
                    left[word].append((phrase, key))
        return Canaries(
            {word: keys for word, keys in self.words.items() if word not in words}, {word: tuple(pairs) for word, pairs in left.items()}
        )


def of_items(items: Iterable[Item]) -> Canaries:
    """Give all words and phrases of unpublished items, common ones too."""
    words: defaultdict[str, list[str]] = defaultdict(list)
    phrases: defaultdict[str, list[tuple[str, str]]] = defaultdict(list)
    for item in items:
        for word in words_of(folded(item.text)):
            if len(word) >= SHORTEST or not word.isascii():
                words[word].append(item.key)
        for typed in item.phrases:
            phrase = " ".join(folded(typed).split())
            longest = max(_ANY_WORD.findall(phrase), key=len, default="")
            if longest:
                phrases[longest].append((phrase, item.key))
    return Canaries({word: tuple(keys) for word, keys in words.items()}, {word: tuple(pairs) for word, pairs in phrases.items()})


def public(canaries: Canaries, texts: Sequence[str]) -> tuple[frozenset[str], frozenset[str]]:
    """Give the words and phrases that stand in public texts, in any form that a build may give them."""
    words: set[str] = set()
    phrases: set[str] = set()
    for text in texts:
        plain = folded(text)
        found = words_of(plain)
        if "\\" in plain:
            found |= words_of(_ESCAPED.sub(" ", plain))
        for joined in (plain.translate(_APOSTROPHES), _INLINE.sub("", plain), plain.translate(_MARKUP)):
            if len(joined) != len(plain):
                found |= words_of(joined)
        words |= found & canaries.words.keys()
        keys = [word for word in canaries.phrases if word in (found if len(word) >= SHORTEST else plain)]
        if keys:
            spaced, bare = " ".join(plain.split()), _bare(plain)
            phrases.update(
                phrase
                for word in keys
                for phrase, _ in canaries.phrases[word]
                if phrase in spaced or (phrase[0] != "/" and _bare(phrase) in bare)
            )
    return frozenset(words), frozenset(phrases)


def _bare(plain: str) -> str:
    """Give the words of a folded text with a hyphen before, between and after them, as slugs have them."""
    return f"-{_NO_WORD.sub('-', plain.translate(_APOSTROPHES)).strip('-')}-"


def certain(hits: Iterable[Hit], texts: Iterable[str]) -> Iterator[Hit]:
    """Give the hits of which something is left when all that stands in `texts` is taken out."""
    plain = " ".join(folded("\n".join(texts)).split())
    words = set(_WORD.findall(plain))
    for hit in hits:
        left = tuple(what for what in hit.what if (what not in words if what.isalpha() else what not in plain))
        if left:
            yield Hit(hit.path, hit.key, left)


def folded(text: str) -> str:
    """Give a text in one case and one spelling: without escapes (of URLs, HTML in HTML, JSON), what nobody sees, and typography."""
    for _ in range(DEEP):
        before = text
        if "%" in text:
            text = unquote(text, errors="ignore")
        if "&" in text:
            text = html.unescape(text)
        if "\\u" in text:
            text = _JSON.sub(_unescaped, text)
        if text == before:
            break
    if not text.isascii():
        text = unicodedata.normalize("NFC", text.translate(_ALIKE))
    return text.replace("\\/", "/").casefold()


def _unescaped(found: re.Match[str]) -> str:
    units = bytes.fromhex(found[0].replace("\\u", ""))
    return units.decode("utf-16-be", "ignore")


def words_of(plain: str) -> set[str]:
    """Give the words of a folded text that are long enough to tell something."""
    return set((_LONG_WORD if plain.isascii() else _WORD).findall(plain))


def _stands(phrase: str, text: str) -> bool:
    """Whether a phrase stands in a text by itself: not as a part of a longer word or address."""
    at = text.find(phrase)
    while at >= 0:
        end = at + len(phrase)
        before, after = text[max(0, at - LONGEST_HOST) : at], text[end : end + 1]
        begins = not (before and _INSIDE.match(before[-1])) or (phrase[0] == "/" and _HOST.search(before))
        if begins and not (after and _INSIDE.match(after)):
            return True
        at = text.find(phrase, at + 1)
    return False
