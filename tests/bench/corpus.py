"""Posts to measure with: about 600 words each, with headings, lists, quotes, tables, code, links and tags; one seed, always the same bytes."""

from __future__ import annotations

import bisect
import itertools
import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

_WORDS = """
    the of and a to in is that it for on with as at by this we you from or one all not but what can when your how there each which
    their will other about many then them these some her would make like into time has look more write go see number way could people
    my than first water been called who oil its now find long down day did get come made may part over new sound take only little work
    know place years live back give most very after things our just name good sentence man think say great where help through much
    before line right too means old any same tell boy follow want show also around form three small set put end does another well large
    must big even such because turn here why ask went men read need land different home move try kind hand picture again change off play
    spell air away animal house point page letter mother answer found study still learn should world garden notebook margin draft reader
    theme parser cache branch commit server table window letterpress harbour lantern meadow orchard quarry ribbon saddle timber valley
    willow anchor bellows candle drawer engine feather granite hammer island jacket kettle ladder mirror needle pepper quilt rafter
    sailor thicket umber velvet weaver yarrow zephyr
"""
WORDS = tuple(_WORDS.split())
TAGS = tuple(f"{stem}{ending}" for ending in ("", "-notes", "-craft", "-log") for stem in WORDS[WORDS.index("garden") :])
START, END = datetime(2004, 3, 1, 8), datetime(2025, 3, 1, 8)
MEAN, SPREAD = 6.05, 0.6
"""Of the logarithm of the number of words: with what stands in every post it comes to about 600 in the mean."""

CODE = (
    "```python\nclass {Name}:\n    size: int = {number}\n\n    def {name}(self, {other}: list[str]) -> dict[str, int]:\n"
    '        """Count what is in {other}."""\n        found = {{word: len(word) for word in {other} if word}}\n'
    '        print(f"{{len(found)}} of {{self.size}}")\n        return found\n```',
    "```js\nexport async function {name}({other}, limit = {number}) {{\n  const seen = new Set();\n  for (const one of {other}) {{\n"
    "    // each of them once\n    if (seen.size < limit) seen.add(`${{one}}`);\n  }}\n  return [...seen].map((x) => x.trim());\n}}\n```",
    '```bash\nset -eu\nfor {name} in "$HOME"/{other}/*.txt; do\n  [ -e "${name}" ] || continue\n'
    '  sort "${name}" | uniq -c | head -n {number} # the commonest\ndone\n```',
)


@dataclass(frozen=True)
class Post:
    """One post as it is written."""

    slug: str
    title: str
    date: datetime
    tags: tuple[str, ...]
    description: str
    body: str

    @property
    def file(self) -> str:
        """Its path from the site's folder."""
        return f"content/posts/{self.date:%Y-%m-%d}-{self.slug}.md"

    @property
    def page(self) -> str:
        """The path of its page from the output folder."""
        return f"posts/{self.slug}/index.html"

    @property
    def text(self) -> str:
        """Its front matter and body."""
        tags = "".join(f"  - {tag}\n" for tag in self.tags)
        head = f'title: "{self.title}"\ndate: {self.date:%Y-%m-%dT%H:%M:%SZ}\ntags:\n{tags}description: "{self.description}"\n'
        return f"---\n{head}---\n\n{self.body}"


def posts(count: int, seed: int = 1) -> list[Post]:
    """Make so many posts, the oldest first."""
    writer = Writer(random.Random(seed))
    step = (END - START) / count
    heads = [writer.head(number, START + number * step) for number in range(count)]
    return [replace(head, body=writer.body(heads)) for head in heads]


def write(folder: Path, made: Sequence[Post]) -> None:
    """Write posts into a site."""
    (folder / "content" / "posts").mkdir(parents=True, exist_ok=True)
    for post in made:
        (folder / post.file).write_text(post.text, encoding="utf-8")


class Writer:
    """Draws words, titles, tags and blocks from one source of chance; few words and tags are frequent and most are rare."""

    def __init__(self, chance: random.Random) -> None:
        self.chance = chance
        self._words = list(itertools.accumulate((n + 1) ** -0.7 for n in range(len(WORDS))))
        self._tags = list(itertools.accumulate(1 / (n + 1) for n in range(len(TAGS))))

    def head(self, number: int, date: datetime) -> Post:
        """Make all of a post but its text."""
        title = self.words(self.chance.randint(3, 6)).capitalize()
        tags: dict[str, None] = {}
        while len(tags) < 3:
            tags[TAGS[bisect.bisect(self._tags, self.chance.random() * self._tags[-1])]] = None
        slug = f"{title.lower().replace(' ', '-')}-{number}"
        return Post(slug, title, date.replace(microsecond=0), tuple(tags), self.sentence(marks=False), "")

    def body(self, others: Sequence[Post]) -> str:
        """Make a text that links to two others."""
        wanted = min(3000, max(80, self.chance.lognormvariate(MEAN, SPREAD)))
        extras = list(self._extras(others))
        self.chance.shuffle(extras)
        blocks = [self.paragraph()]
        while extras or sum(len(block.split()) for block in blocks) < wanted:
            if self.chance.random() < 0.3:
                blocks.append(f"{self.chance.choice(('##', '##', '###'))} {self.words(4).capitalize()}")
            blocks.append(extras.pop() if extras and self.chance.random() < 0.6 else self.paragraph())
        return "\n\n".join(blocks) + "\n"

    def _extras(self, others: Sequence[Post]) -> Iterator[str]:
        mark = self.chance.choice(("-", "1."))
        yield "\n".join(f"{mark} {self.sentence()}" for _ in range(self.chance.randint(3, 6)))
        yield "> " + self.paragraph().replace("\n", "\n> ")
        for _ in range(2):
            other = self.chance.choice(others)
            yield f"More of this is in [{other.title}]({Path(other.file).name}), {self.words(6)}."
        if self.chance.random() < 0.25:
            rows = (f"| {self.word()} | {self.chance.randint(1, 999)} | {self.words(3)} |\n" for _ in range(self.chance.randint(3, 8)))
            yield "| What | Many | Why |\n| --- | ---: | --- |\n" + "".join(rows).rstrip()
        if self.chance.random() < 0.3:
            name, second = self.chance.sample(WORDS[-40:], 2)
            number = self.chance.randint(2, 99)
            yield self.chance.choice(CODE).format(name=name, Name=name.capitalize(), other=second, number=number)

    def word(self) -> str:
        """Draw a word."""
        return WORDS[bisect.bisect(self._words, self.chance.random() * self._words[-1])]

    def words(self, count: int) -> str:
        """Draw some words."""
        return " ".join(self.word() for _ in range(count))

    def sentence(self, *, marks: bool = True) -> str:
        """Make a sentence, with emphasis, code and links if it may have marks."""
        parts = []
        for _ in range(self.chance.randint(6, 20)):
            word, drawn = self.word(), self.chance.random() if marks else 1
            if drawn < 0.02:
                word = f"*{word}*"
            elif drawn < 0.035:
                word = f"**{word} {self.word()}**"
            elif drawn < 0.055:
                word = f"`{word}_{self.word()}`"
            elif drawn < 0.063:
                word = f"[{word} {self.word()}](https://example.org/{word}/)"
            parts.append(word)
        text = " ".join(parts)
        return text[0].upper() + text[1:] + self.chance.choice(".....?!")

    def paragraph(self) -> str:
        """Make a paragraph of a few sentences, a sentence or two on a line."""
        return "\n".join(self.sentence() for _ in range(self.chance.randint(2, 5)))
