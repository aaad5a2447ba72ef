"""The word test: no word of three real blogs is lost, doubled or moved between the source and its page.

Words are found without wol's parser or any other of Markdown (`harness.words`). The words of each page must be those of its source, in their
order, each as often as it was written.
"""

from __future__ import annotations

import difflib
import random
import re
from collections import Counter
from collections.abc import Callable

import lxml.html
import pytest

from harness.blogs import Blog
from harness.shown import Shown, classes, content_of, shown
from harness.sources import Text
from harness.words import reduce

pytestmark = [pytest.mark.corpora, pytest.mark.slow]

ADDED = ("footnote-ref", "footnote-back")
"""CSS classes of what wol adds to a text: marks of footnotes and links back."""

IGNORED: dict[str, dict[str, int]] = {
    "18f": {
        "HTML tags": 2789,
        "attributes": 4,
        "comments": 16,
        "first headings that are the title": 2,
        "footnote marks": 9,
        "link destinations": 3779,
        "link titles": 22,
        "numbers of lists": 337,
        "reference definitions": 64,
        "reference labels": 64,
        "scripts and styles": 12,
        "words after a code fence": 86,
    },
    "mehdix": {
        "HTML tags": 150,
        "footnote marks": 36,
        "lines of attributes": 78,
        "link destinations": 212,
        "link titles": 2,
        "numbers of lists": 85,
        "reference definitions": 325,
        "reference labels": 94,
        "scripts and styles": 4,
        "words after a code fence": 72,
    },
    "scientific-python-blog": {
        "HTML tags": 304,
        "comments": 24,
        "first headings that are the title": 1,
        "footnote marks": 10,
        "link destinations": 889,
        "numbers of lists": 156,
        "reference definitions": 43,
        "reference labels": 14,
        "words after a code fence": 210,
    },
}
"""What of the sources is no word of the text, by name, with how often it is set aside. A change here is a change of what the test sees."""

each = pytest.mark.parametrize("name", IGNORED)


def lost(text: Text, page: Shown) -> list[str]:
    """Tell how the words of a page differ from those of its source; empty if they are the same."""
    source = reduce(text.body, text.fields.get("title") or "")
    told = _compare(source.words, page.words)
    given = Counter(tuple(words) for words in source.notes.values())
    there = Counter(tuple(words) for words in page.notes)
    if given != there:
        told += [f"the footnote `{' '.join(note)[:200]}` is lost" for note in given - there] + [
            f"the footnote `{' '.join(note)[:200]}` is new" for note in there - given
        ]
    return told


def _compare(given: list[str], there: list[str]) -> list[str]:
    if given == there:
        return []
    told = []
    for what, a, b, c, d in difflib.SequenceMatcher(None, given, there, autojunk=False).get_opcodes():
        if what != "equal":
            told.append(
                f"after `{' '.join(given[max(0, a - 5) : a])}`: written `{' '.join(given[a:b])[:300]}`, shown `{' '.join(there[c:d])[:300]}`"
            )
    return told


def page_of(here: Blog, text: Text) -> str:
    """Read the page of a source."""
    return here.site.read(f"{here.url(text)}index.html".lstrip("/"))


@each
def test_no_word_is_lost(blog: Callable[[str], Blog], name: str) -> None:
    """The words of every page are the words of its source."""
    here = blog(name)
    told = {text.key: found for text in here.texts if (found := lost(text, shown(page_of(here, text), ADDED)))}
    assert not told, "\n".join(f"{key}\n  " + "\n  ".join(found[:6]) for key, found in told.items())


@each
def test_what_is_set_aside(blog: Callable[[str], Blog], name: str) -> None:
    """What the word test does not look at is this, and no more."""
    ignored: Counter[str] = Counter()
    words = 0
    for text in blog(name).texts:
        found = reduce(text.body, text.fields.get("title") or "")
        ignored += found.ignored
        words += len(found.words) + sum(map(len, found.notes.values()))
    assert dict(ignored) == IGNORED[name]
    assert words > {"18f": 528_000, "mehdix": 97_000, "scientific-python-blog": 107_000}[name]


@each
@pytest.mark.parametrize("seed", range(12))
def test_a_word_that_is_taken_away_is_missed(blog: Callable[[str], Blog], name: str, seed: int) -> None:
    """Take one word from a page, anywhere in its text, and the word test fails."""
    rng = random.Random(seed)
    here = blog(name)
    while True:
        text = rng.choice(here.texts)
        document = lxml.html.document_fromstring(page_of(here, text))
        content = content_of(document)
        places = [(node, part) for node in content.iter() for part in ("text", "tail") if _has_words(node, part, content)]
        if places:
            break
    node, part = rng.choice(places)
    words = list(re.finditer(r"[^\W_]+", getattr(node, part)))
    chosen = rng.choice(words)
    old = getattr(node, part)
    setattr(node, part, old[: chosen.start()] + old[chosen.end() :])
    changed = lxml.html.tostring(document, encoding="unicode")
    assert lost(text, shown(changed, ADDED)), (text.key, chosen[0])


def _has_words(node: lxml.html.HtmlElement, part: str, content: lxml.html.HtmlElement) -> bool:
    """Whether a piece of text has words that a reader sees and that wol did not add."""
    text = getattr(node, part)
    if not isinstance(node.tag, str) or not text or not re.search(r"[^\W_]", text) or (part == "tail" and node is content):
        return False
    around = [node, *node.iterancestors()] if part == "text" else list(node.iterancestors())
    return not any(e.tag in ("script", "style") or set(ADDED) & classes(e) for e in around)
