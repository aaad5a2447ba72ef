"""The inputs of one small site that uses every feature, as data that random edits change: texts field by field, settings, templates, files."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from pathlib import PurePosixPath

from harness.probes import CLIPS, FIGURES, IDS, KEPT, PLUGIN, PROBES
from harness.templates import ASSETS, TEMPLATES, THEME

Fields = dict[str, str]


@dataclass(frozen=True, slots=True)
class Text:
    """A source: fields of the front matter as YAML writes them, and the blocks of its body."""

    fields: Fields
    blocks: tuple[str, ...]

    def written(self) -> str:
        """Give the text of the file."""
        lines = "".join(f"{name}: {value}\n" for name, value in self.fields.items())
        return (f"---\n{lines}---\n" if lines else "") + "\n\n".join(self.blocks) + "\n"


def named(path: str) -> str:
    """Give what a source is called in values that must differ from source to source: `posts-a`."""
    place = PurePosixPath(path)
    return str(place.parent if place.stem == "index" else place.with_suffix("")).replace("/", "-").replace("_", "").lower()


TONE = "posts/tone.wav"
"""A sound of half a second, whose bytes are all ASCII."""

FIELDS: dict[str, tuple[str | None, ...]] = {
    "title": ('"{n}"', '"*{n}*"', '"{n} again"', None),
    "slug": (None, "{n}-moved"),
    "url": (None, None, "/set/{n}/"),
    "date": ("2026-10-03", "2026-10-04 10:30", "2026-09-20", "2025-12-31 23:30 -0500", "2026-12-03", None),
    "updated": (None, "2026-11-29", "2026-11-30T10:00:00Z"),
    "publish": (None, "2026-08-01", "2026-12-03"),
    "expires": (None, "2026-12-02", "2027-01-01", "2026-11-20"),
    "tags": (None, "[red]", "[red, blue]", "[blue, C++]", "[C, 日本]", "[Red, blue]"),
    "categories": (None, "[trips]", "[work, trips]"),
    "rows": (None, "[first steps]", "[last steps]"),
    "series": (None, "The long way", "[the Long-way]", "Short ways"),
    "description": (None, '"About {n}."', '"More about {n}."'),
    "summary": (None, '"In *short* {n}."', '"See [it](/about/) {n}."', '"See [it](/notes/one/) {n}."', '"<b>raw</b> {n}"'),
    "image": (None, "photo.jpg", "/posts/loose.jpg", "/posts/far.jpg", "https://example.com/x.png"),
    "image_alt": (None, '"A view of {n}"', '"A wall"'),
    "canonical": (None, "https://example.com/{n}", "https://example.net/{n}"),
    "link": (None, "https://example.com/l", "/about/", "../about.md", "one.md"),
    "syndication": (None, "[https://social.example/{n}]", "[https://other.example/{n}]"),
    "toc": (None, "yes", "no"),
    "feed": (None, "no"),
    "licence": (None, "CC-BY-4.0", "MIT"),
    "lang": (None, "de", "fa"),
    "authors": (None, "[Bob]", "[{{name: Eve, url: https://eve.example/}}]"),
    "aliases": (None, "[/from/{n}/]", "[/from/{n}/, /old/{n}.html, Name of {n}]", "[Name of {n}]"),
    "template": (None, "plain", "aside"),
    "unlisted": (None, "yes"),
    "draft": (None, None, "yes"),
    "private": (None, None, None, "yes"),
    "gone": (None, None, "because of {n}", "yes"),
    "guid": (None, "tag:{n}", "https://example.org/{n}"),
    "id": ("{n}", "{n}", None, "{n}-renamed"),
    "kind": (None, None, "note", "page", "post"),
    "mood": (None, "calm", "wild"),
    "part": (None, "1", "2"),
    "turn": (None, "1", "2"),
    "as_of": (None, "2026-09-02", "2026-11-01", "2026-10-03 10:30"),
    "book": (
        None,
        '"About {n}"',
        '{{title: "Of {n}", author: Ann, read: 2026-11-01, rating: 4, url: /posts/loose.jpg}}',
        '{{title: "Of {n}", author: [Ann, Bob], read: 2026-11-01, rating: 4, url: /posts/far.jpg}}',
        '{{title: "Of {n}", author: Ann, read: 2026-09-02, rating: 5, year: 1999, isbn: 0306406152, url: https://example.com/{n}}}',
        '{{title: "Of {n}", author: Ann, read: 2026-09-02, rating: 2, year: 2001, isbn: 0306406153}}',
    ),
    "heard": (None, "2026-11-01", "2026-11-01 10:30"),
    "proof": (None, "/posts/loose.jpg", "https://example.com/{n}"),
    "audio": (
        None,
        f"/{TONE}",
        f"{{{{src: /{TONE}, duration: 7}}}}",
        "{{src: https://example.com/{n}.mp3, length: 3}}",
        "{{src: https://example.com/{n}.mp3, length: 4}}",
    ),
    "video": (
        None,
        "{{src: https://example.com/{n}.mp4, length: 3}}",
        "{{src: https://example.com/{n}.mp4, length: 4}}",
        "{{src: https://example.com/{n}.webm, length: 4, duration: 7}}",
    ),
    "track": (
        None,
        "/posts/far.jpg",
        "{{src: https://example.com/{n}.mp3, length: 3}}",
        "{{src: https://example.com/{n}.mp3, recorded: 2026-11-01}}",
    ),
}
"""Every field with its values, of which an edit takes another than there is; `{n}` is the name of the source, None is absent."""

START: dict[str, Fields] = {
    "posts/a.md": {
        "title": '"posts-a"',
        "audio": f"/{TONE}",
        "date": "2026-10-03",
        "tags": "[red, blue]",
        "categories": "[trips]",
        "image": "/posts/loose.jpg",
        "turn": "1",
        "series": "The long way",
        "part": "2",
        "proof": "/posts/loose.jpg",
    },
    "posts/b.md": {
        "title": '"posts-b"',
        "date": "2026-10-04 10:30",
        "tags": "[red]",
        "rows": "[first steps]",
        "series": "The long way",
        "part": "2",
        "lang": "de",
    },
    "posts/c.md": {"date": "2026-12-03", "publish": "2026-12-03", "tags": "[blue, C++]", "authors": "[Bob]"},
    "posts/2026-09-04-d.md": {"aliases": "[/from/posts-2026-09-04-d/]", "categories": "[work, trips]", "licence": "MIT"},
    "posts/2025-12-31-e.md": {"summary": '"In *short*."', "expires": "2026-12-02", "rows": "[last steps]", "series": "The long way"},
    "posts/f.md": {
        "date": "2026-09-20",
        "unlisted": "yes",
        "expires": "2027-01-01",
        "description": '"About f."',
        "link": "https://example.com/l",
        "video": "{src: https://example.com/f.mp4, length: 3}",
    },
    "posts/trip/index.md": {"title": '"A trip"', "date": "2026-10-04", "image": "photo.jpg", "tags": "[C, 日本]", "guid": "tag:trip"},
    "posts/old/index.md": {"date": "2026-09-21", "gone": "because"},
    "drafts/idea.md": {"date": "2026-11-01", "tags": "[red]"},
    "notes/one.md": {
        "date": "2026-11-02",
        "expires": "2027-01-01",
        "tags": "[blue]",
        "book": '{title: "Of notes-one", author: Ann, read: 2026-11-01, rating: 4, url: /posts/loose.jpg}',
    },
    "notes/two.md": {"draft": "yes", "book": '"About notes-two"'},
    "notes/deep/three.md": {"expires": "2026-11-20"},
    "about.md": {"title": '"About"', "toc": "yes", "as_of": "2026-09-02", "heard": "2026-11-01", "track": "/posts/far.jpg"},
    "talks/first.md": {"template": "plain", "mood": "calm", "expires": "2027-01-01"},
    "talks/second.md": {"private": "yes"},
    "_index.md": {"title": '"Welcome"'},
    "talks/_index.md": {"title": '"Talks"'},
    "notes/_index.md": {"title": '"Garden"'},
    "archive/_index.md": {},
    "tags/red/_index.md": {"description": '"Red things."'},
}
"""The sources of the site, each with the fields that it begins with. Texts of single items have an id besides."""

LATER = (
    "posts/g.md",
    "posts/trip/more.md",
    "notes/four.md",
    "tags/_index.md",
    "2026/_index.md",
    "posts/_index.md",
    "series/_index.md",
    "reading/_index.md",
)
"""Sources that may come."""

ITEMS = (*START, *LATER)

BLOCKS = (
    "Plain words, and *some* with `code`.",
    "Other words <!-- a comment -->altogether, more of them.",
    "## A part\n\nText below it.",
    "## A part {#named}\n\nMore text.\n\n## Another *part*",
    '```python\nprint("x")\n```',
    "> [!note] Take care\n> of [this](/about/).",
    "A claim.[^1]\n\n[^1]: Its proof.",
    "<!--more-->",
    '"Quotes" -- and dashes.',
    "<b>raw</b> <div>html</div>",
    "| a | b |\n|---|---|\n| 1 | 2 |",
    "See [one](/notes/one/) and [the tag](/tags/red/).",
    "See [about](/about/) here.",
    "See [a](/posts/a.md) and [g](/posts/g.md#a-part).",
    "See [four](/notes/four/), which may come.",
    "See [b](/posts/b.md) and [c](/posts/c.md#named).",
    "See [a file](/img/logo.png) and ![another](/posts/loose.jpg).",
    '![A picture](photo.jpg "With words")',
    '<a href="/notes/two.md">raw</a> and [far](/posts/far.jpg)',
    "Nowhere: [gone](/nowhere.md).",
    "Now see [about](/about/) here, everyone.",
    "Says @posts-a of @notes-one, or so.",
    "Said @posts-a of @notes-one, or so. And @about.",
)

MENTIONS = (*BLOCKS[-2:], "Now says @about, and @notes-one.", "Says @notes-one of @posts-a, or so.")
"""Blocks of texts with marks of a plugin, and with parts that it renders."""

SPEAKERS = ("posts/a.md", "posts/b.md", "notes/one.md", "about.md", "talks/first.md")
"""Texts that all may read while nobody edits them."""

MENTIONED = {"posts/a.md": "@posts-a", "notes/one.md": "@notes-one", "about.md": "@about"}
"""The sources that they name, each with its mark."""
"""Blocks of texts: links to what is there, what may come or go, and what never will be."""

FILES: dict[str, str] = {
    "content/posts/trip/photo.jpg": "a photo",
    "content/posts/trip/deep/plan.pdf": "a plan",
    "content/posts/loose.jpg": "a loose picture",
    "static/img/logo.png": "a logo",
    "static/.well-known/x": "x",
    "content/notes/_defaults.toml": 'licence = "CC0-1.0"\n',
}
"""Files that are no texts, of which each may go."""

LATER_FILES = (
    "content/notes/other.rst",
    "content/posts/far.jpg",
    "content/posts/old/photo.jpg",
    "static/notes/four/index.html",
    "static/robots.txt",
    "content/_defaults.toml",
    "content/posts/_defaults.toml",
    "themes/mine/translations/de.toml",
    "themes/mine/assets/code.css",
)
"""Files that may come."""

INPUTS = {f"content/{TONE}": "RIFF\x7f\0\0\0WAVEfmt \x10\0\0\0\1\0\1\0\x64\0\0\0\x64\0\0\0\1\0\x08\0data\x32\0\0\0" + 50 * "a"}
INPUTS |= {f"content/{key}": f"{number}\n7\n" for number, key in enumerate(FIGURES)} | {f"content/{key}": f"{key[-6:]} x" for key in CLIPS}
"""Files that the plugin of the probes reads itself, of which each may go."""

TICKING = ("about.md", "notes/one.md", "posts/a.md")
"""Texts that may be written again with as many bytes and the same time."""

LINK, PIPE = b"-> ", b"| "
"""What the bytes begin with of what is a link to the rest of them, or a named pipe."""

LARGE = 20_000
"""Bytes of the largest source, while the machine runs."""

LINKS = {
    "static/linked.txt": ("left/kept.txt", "right/kept.txt"),
    "content/posts/linked.jpg": ("left/kept.jpg", "right/kept.jpg"),
    "static/same": ("left", "right"),
}
"""Links, and where they may lead."""

AIMS = {
    f"{top}/{side}/kept.{ending}": f"on the {side:5}"
    for top, ending in (("static", "txt"), ("content/posts", "jpg"))
    for side in ("left", "right")
}
"""The files to which links lead, which nobody edits or removes."""

REFUSED = {
    "content/posts/a\tb.md": "Text.\n",
    "content/notes/\udcff.md": "Text.\n",
    "static/img/\x1b.png": "a picture",
    "content/posts/hosts.md": "-> /etc/hosts",
    "static/up.txt": "-> /etc/hosts",
    "content/notes/lost.md": "-> nowhere.md",
    "themes/mine/templates/lost.html": "-> nowhere.html",
    "content/notes/pipe.md": "| ",
    "content/notes/large.md": "word " * LARGE,
}
"""Files that no scan or plan lets through."""

LONG = (
    "url: /" + "long/" * 40 + "x" * 300 + "/",
    "slug: " + "y" * 260,
    "aliases: [/old/" + "z" * 256 + "/]",
    "url: /" + "w" * 251 + ".html",
    "url: /" + "deep/" * 840,
)
"""Fields that make names and paths which no file system holds."""

CLOSED = ("content/posts/a.md", "content/notes", "themes/mine/templates", "static/img", "content/notes/_defaults.toml", "content/about.md")
"""What may be closed to its reader."""

LEDGER = "ledger/published.tsv"

PUBLISHED = {
    "about.md": "/about/",
    "notes/one.md": "/notes/one/",
    "posts/b.md": "/2026/10/b/",
    "posts/f.md": "/2026/09/f/",
    "posts/trip/index.md": "/2026/10/trip/",
    "talks/first.md": "/talks/first/",
}
"""Texts whose URLs the ledger may hold, as they are while nobody edits them."""

LISTS = ("/tags/red/", "/tags/cpp/", "/tags/absent/", "/rows/last-steps/", "/2026/09/", "/2025/", "/notes/page/1/")
"""Lists that the ledger may hold, with their feeds."""

MISTAKES = (
    "---\ntitle: [\n---\n",
    "---\ndarft: yes\n---\n",
    "---\nslug: about\nurl: /about/\n---\n",
    "---\ndate: soon\n---\n",
    "---\nturn: two\n---\n",
)

SETTINGS: dict[str, tuple[str, ...]] = {
    "site.title": ('"A Site"', '"Another"'),
    "site.base_url": ('"https://example.org/blog"', '"https://example.org"'),
    "site.description": ('"Of things"', '"About things"'),
    "site.timezone": ('"UTC"', '"America/New_York"'),
    "site.language": ('"en"', '"fa"'),
    "site.licence": ('""', '"CC0-1.0"'),
    "site.image": ('""', '"posts/loose.jpg"', '"posts/far.jpg"'),
    "site.author": ('{name = "Ann", bio = "A *writer*."}', '{name = "Bob", url = "https://bob.example/"}', "{}"),
    "content.page_size": ("3", "2", "10"),
    "content.pages": ('"stable"', '"newest"'),
    "content.ignore": ("[]", '["notes/one.md"]', '["*.pdf"]'),
    "content.permalinks": ("{}", '{post = "/:slug.html"}', '{post = "/:category/:year/:slug/", year = "/in/:year/"}'),
    "content.kinds": ("{}", '{note = ["talks"]}'),
    "taxonomies.tags.label": ('"Tags"', '"Topics"'),
    "taxonomies.tags.singular": ('""', '"Topic"'),
    "taxonomies.tags.path": ('"tags"', '"topics"'),
    "taxonomies.tags.feeds": ("true", "false"),
    "taxonomies.tags.slugs": ('{"C++" = "cpp"}', '{"C++" = "cxx"}'),
    "taxonomies.tags.terms": (
        "{}",
        '{red = {title = "Crimson", description = "*Warm*"}}',
        '{red = {title = "Crimson", description = "Cold"}, blue = {title = "Azure"}}',
    ),
    "taxonomies.categories.label": ('"Categories"', '"Sorts"'),
    "taxonomies.categories.path": ('"categories"', '"sorts"'),
    "taxonomies.rows.singular": ('""', '"Row"'),
    "taxonomies.rows.terms": (
        '{"first steps" = {title = "First"}, "last steps" = {title = "Last"}}',
        '{"first steps" = {title = "The first", description = "*Slow*"}}',
    ),
    "feeds.items": ("5", "2"),
    "feeds.content": ('"full"', '"summary"'),
    "feeds.formats": ('["rss", "atom", "json"]', '["atom"]'),
    "feeds.kinds": ('["post"]', '["post", "note"]'),
    "markdown.smart_quotes": ("false", "true"),
    "markdown.html": ("true", "false"),
    "markdown.toc_levels": ("[2, 3]", "[3]"),
    "theme.use": ('["mine"]', '["other", "mine"]', '["default"]'),
    "theme.footer": ('"*Footer*"', '"Another"'),
    "theme.slots": ("{}", "{end = []}", '{end = ["backlinks", "probes"]}', '{end = ["probes", "backlinks"]}'),
    "theme.options": ("{}", '{tone = "high"}', '{font = "sans"}'),
    "theme.nav": (
        '[{text = "About", to = "about.md"}, {text = "Logo", to = "img/logo.png"}]',
        '[{text = "Far", to = "posts/far.jpg"}, {text = "Away", to = "https://example.com/"}]',
    ),
    "links.broken": ('"warning"', '"ignore"'),
    "redirects": ('{"/away/" = "/about/"}', '{"/away/" = "https://example.com/", "/far/" = "/away/"}'),
    "build.plugins": (f'["{PLUGIN}"]',),
    "features": (
        "{}",
        "{feeds = false}",
        "{archives = false}",
        "{taxonomies = false}",
        "{series = false}",
        "{home = false}",
        "{notes = false}",
        "{tale = false}",
        "{mentions = false}",
        "{backlinks = false}",
        "{now = false}",
        "{reading_list = false}",
    ),
    "check.allow": ('[{code = "leak-found", path = "public/raw/*", reason = "They print whatever there is."}]',),
    "code.light": ('"friendly"', '"tango"'),
    "deploy.live": ('{type = "folder", path = "../www", public = false}',),
    "extra": ('{note = "one"}', '{note = "two"}', '{made = "otherwise"}', '{tale = "in words"}', '{theme = "two"}'),
}
"""Every setting with its values; the first is the one to begin with."""


@dataclass(slots=True)
class World:
    """All inputs of the site."""

    texts: dict[str, Text] = field(default_factory=dict)
    files: dict[str, str] = field(default_factory=dict)
    settings: dict[str, int] = field(default_factory=dict)
    liar: bool = False
    """Whether a plugin is switched on that reads what it does not declare."""
    dated: frozenset[str] = frozenset()
    """Files that keep their times when they are written again with as many bytes, as `touch -r` leaves them."""
    closed: frozenset[str] = frozenset()
    """Files and folders that may not be read."""

    @classmethod
    def start(cls) -> World:
        """Give the site to begin with."""
        links = {path: f"-> {aims[0]}" for path, aims in LINKS.items()}
        files = {
            **FILES,
            **INPUTS,
            **THEME,
            **ASSETS,
            **PROBES,
            **AIMS,
            **links,
            KEPT: "kept",
            LEDGER: "2026-09-01T00:00:00Z\tlive\t/tags/absent/\t-\tlist\n",
        }
        files |= {f"themes/mine/templates/{name}": variants[0] for name, variants in TEMPLATES.items()}
        return cls({path: first_text(path) for path in START}, files)

    def copy(self) -> World:
        """Give a copy that can be edited."""
        return replace(self, texts=dict(self.texts), files=dict(self.files), settings=dict(self.settings))

    def tree(self) -> dict[str, bytes]:
        """Give every file of the site: path to bytes."""
        made = {f"content/{path}": text.written() for path, text in self.texts.items()}
        return {path: text.encode() for path, text in sorted({**self.files, **made, "site.toml": self.toml()}.items())}

    def toml(self) -> str:
        """Write the settings as site.toml, one dotted key a line."""
        chosen = {name: values[self.settings.get(name, 0)] for name, values in SETTINGS.items()}
        if self.liar:
            chosen["build.plugins"] = f'["{PLUGIN}", "harness.liar"]'
        return "".join(f"{name} = {value}\n" for name, value in chosen.items())


SPREAD = (
    *("updated", "publish", "description", "summary", "image", "image_alt", "canonical", "link", "syndication", "toc", "licence"),
    *("lang", "authors", "aliases", "guid", "mood"),
)
"""Fields that change no state, of which each third text begins with one."""


def first_text(path: str) -> Text:
    """Give the text that a source begins with."""
    number = ITEMS.index(path)
    fields = dict(START.get(path, {"date": "2026-09-09", "tags": "[red]"} if "_index" not in path else {}))
    if "_index" not in path:
        fields["id"] = named(path)
    for place, name in enumerate(SPREAD):
        if (number + place) % 3 == 0 and name not in fields:
            fields[name] = next(value for value in FIELDS[name] if value is not None).format(n=named(path))
    return Text(fields, (f"Words of {named(path)}.", BLOCKS[number % len(BLOCKS)], BLOCKS[(7 * number + 11) % len(BLOCKS)]))


assert set(IDS) <= {named(path) for path in ITEMS}, "the probes ask for items that may be there"
