"""Random edits of a site: texts, settings, templates, files; each edit is plain data, so that a failing run can be replayed and shortened."""

from __future__ import annotations

import random
from collections.abc import Mapping
from dataclasses import dataclass, field

Edit = tuple[str, ...]
"""`write path text`, `remove path`, `rename old new`, `tamper number how`, `state number how`, `foreign path`, `jobs number`, `later days`."""

SOURCES = [
    "posts/a.md",
    "posts/b.md",
    "posts/2026-10-03-c.md",
    "posts/2026-09-04-d.md",
    "posts/2025-12-31-e.md",
    "posts/trip/index.md",
    "posts/trip/more.md",
    "posts/old/index.md",
    "drafts/idea.md",
    "posts/f.private.md",
    "notes/one.md",
    "notes/two.md",
    "notes/deep/three.md",
    "about.md",
    "talks/first.md",
    "talks/second.md",
    "README.md",
]
LISTS = [
    "_index.md",
    "posts/_index.md",
    "notes/_index.md",
    "talks/_index.md",
    "archive/_index.md",
    "2026/_index.md",
    "tags/_index.md",
    "tags/red/_index.md",
    "tags/c-plus-plus/_index.md",
]
DEFAULTS = ["_defaults.toml", "posts/_defaults.toml", "notes/_defaults.toml"]
ATTACHMENTS = [
    "posts/trip/photo.jpg",
    "posts/trip/deep/plan.pdf",
    "posts/old/photo.jpg",
    "posts/loose.jpg",
    "files/paper.pdf",
    "notes/sketch.png",
    "posts/Loose.JPG",
]
STATIC = ["static/robots-more.txt", "static/.well-known/x", "static/img/logo.png", "static/about/extra.txt"]
TAGS = ["red", "Red", "blue", "C++", "C", "c", "日本", "two words", "two-words", "a/b"]

TEMPLATES: dict[str, tuple[str, ...]] = {
    "base.html": (
        '<!doctype html><html lang="{{ site.language }}"><title>{{ heading }}</title>{% block content %}{% endblock %}</html>',
        '<!doctype html><title>{{ heading }} - {{ site.title }}</title>{% block content %}{% endblock %}{% include "parts/narrow.html" %}',
        '{% extends "!default/base.html" %}',
    ),
    "post.html": (
        '{% extends "base.html" %}{% block content %}{{ page.title_html }}{{ page.content }}{% endblock %}',
        '{% extends "base.html" %}{% block content %}{{ page.title }}{% for t in page.tags %}{{ t.name }}{{ t.url | url }}{% endfor %}{{ page.words }}{% endblock %}',
        '{% extends "base.html" %}{% block content %}{% if page.previous %}{{ page.previous.title }}{{ page.previous.description }}{% endif %}{% if page.next %}{{ page.next.url | url }}{% endif %}{% endblock %}',
        '{% extends "base.html" %}{% block content %}{{ page.summary }}{{ page.date | isodate if page.date }}{{ page.toc }}{% endblock %}',
        '{% extends "base.html" %}{% block content %}{% set other = site.by_id("notes-one") %}{{ other.title if other }}{{ other.content if other }}{% endblock %}',
        '{% extends "!default/post.html" %}{% block after_content %}{{ page.minutes }}{% endblock %}',
    ),
    "note.html": (
        '{% extends "base.html" %}{% block content %}{{ page.content }}{% endblock %}',
        '{% extends "base.html" %}{% block content %}{% for p in site.posts %}{{ p.title }}{% endfor %}{% endblock %}',
        '{% extends "base.html" %}{% block content %}{% for t in site.terms("tags") %}{{ t.name }}{{ t.count }}{% endfor %}{% endblock %}',
    ),
    "page.html": (
        '{% extends "base.html" %}{% block content %}{{ page.title }}{{ page.updated | isodate if page.updated }}{{ page.content }}{% endblock %}',
        '{% extends "base.html" %}{% block content %}{{ site.nav | length }}{{ page.headings | length }}{% endblock %}',
        '{% extends "base.html" %}{% block content %}{% set other = site.by_id("about") or site.by_id("notes-one") %}{{ other.url if other }}{% endblock %}',
    ),
    "home.html": (
        '{% extends "base.html" %}{% block content %}{{ page.content if page }}{% for p in posts %}{{ p.title }}{% endfor %}{{ pager.number }}{% endblock %}',
        '{% extends "base.html" %}{% block content %}{% for p in posts %}{{ p.abstract }}{{ p.summary }}{% endfor %}{% endblock %}',
        '{% extends "base.html" %}{% block content %}{{ site.posts | length }}{{ (site.posts | first).title if site.posts }}{% endblock %}',
    ),
    "term.html": (
        '{% extends "base.html" %}{% block content %}{{ term.name }}{{ term.count }}{% for p in posts %}{{ p.url | url }}{% endfor %}{% endblock %}',
        '{% extends "base.html" %}{% block content %}{{ term.description }}{{ page.content if page }}{% endblock %}',
    ),
    "archive.html": (
        '{% extends "base.html" %}{% block content %}{% for p in posts %}{{ p.date | date("%Y") if p.date }}{% endfor %}{% endblock %}',
    ),
    "parts/narrow.html": ("<p>{{ site.description }}</p>", "<p>{{ site.extra.note }}</p>"),
    "callouts/note.html": ("<aside>{{ callout.title }}{{ callout.content }}</aside>",),
}

SETTINGS: dict[str, tuple[str, ...]] = {
    "site.title": ('"A Site"', '"Another"'),
    "site.base_url": ('"https://example.org"', '"https://example.org/blog"'),
    "site.description": ('""', '"About things"'),
    "site.timezone": ('"UTC"', '"America/New_York"'),
    "site.language": ('"en"', '"fa"'),
    "site.author.name": ('""', '"Ann"'),
    "content.page_size": ("10", "2", "3"),
    "content.pages": ('"stable"', '"newest"'),
    "content.ignore": ("[]", '["notes/two.md"]', '["*.pdf"]'),
    "content.permalinks.post": ('"/:year/:month/:slug/"', '"/:slug.html"', '"/:category/:year/:slug/"'),
    "content.permalinks.year": ('"/:year/"', '"/in/:year/"'),
    "content.kinds.note": ('["notes"]', '["notes", "talks"]'),
    "feeds.items": ("20", "2"),
    "feeds.content": ('"full"', '"summary"'),
    "feeds.formats": ('["rss", "atom", "json"]', '["atom"]'),
    "feeds.kinds": ('["post"]', '["post", "note"]'),
    "markdown.smart_quotes": ("false", "true"),
    "markdown.html": ("true", "false"),
    "markdown.toc_levels": ("[2, 3]", "[2]"),
    "theme.use": ('["mine"]', '["default"]'),
    "theme.footer": ('""', '"*Footer*"'),
    "theme.nav": (
        "[]",
        '[{text = "About", to = "/about/"}]',
        '[{text = "Archive", to = "/archive/"}, {text = "Old", to = "https://example.com/"}]',
    ),
    "links.broken": ('"warning"', '"ignore"'),
    "redirects": ("{}", '{"/away/" = "/about/"}', '{"/away/" = "https://example.com/"}'),
    "features.feeds": ("true", "false"),
    "features.archives": ("true", "false"),
    "extra.note": ('"one"', '"two"'),
    "code.light": ('"friendly"', '"tango"'),
}

SENTENCES = (
    "Plain words, and *some* with `code`.",
    "## A part\n\nText below it.",
    "## A part {#named}\n\nMore text.",
    '```python\nprint("x")\n```',
    "> [!note] Take care\n> of this.",
    "A claim.[^1]\n\n[^1]: Its proof.",
    "<!--more-->",
    '"Quotes" -- and dashes.',
    "<b>raw</b> <div>html</div>",
    "- [ ] a task\n- [x] done",
    "| a | b |\n|---|---|\n| 1 | 2 |",
)


KINDS = {
    "text": 26,
    "body": 14,
    "list": 7,
    "defaults": 3,
    "remove": 9,
    "rename": 7,
    "attachment": 6,
    "static": 3,
    "setting": 14,
    "template": 10,
    "tamper": 5,
    "state": 3,
    "foreign": 1,
    "jobs": 2,
    "later": 3,
    "mistake": 3,
}
"""Sorts of edits, each with how often it is chosen."""

MISTAKES = (
    "---\ntitle: [\n---\n",
    "<!-- never closed\n",
    "---\ndarft: yes\n---\n",
    "---\nslug: about\nurl: /about/\n---\n",
    "---\ndate: soon\n---\n",
    "%%x%%\n",
)


@dataclass(slots=True)
class World:
    """The inputs of a site: path to text. `settings` has the number of the value of each setting that was changed."""

    files: dict[str, str] = field(default_factory=dict)
    settings: dict[str, int] = field(default_factory=dict)

    def toml(self) -> str:
        """Write the settings as site.toml, one dotted key a line."""
        chosen = {name: values[self.settings.get(name, 0)] for name, values in SETTINGS.items()}
        return "".join(f"{name} = {value}\n" for name, value in chosen.items())


def start(rng: random.Random) -> World:
    """Give a site to begin with: a dozen items and a theme of narrow templates."""
    world = World()
    for path in rng.sample(SOURCES, 11):
        world.files[f"content/{path}"] = source(rng, path)
    for path in rng.sample(ATTACHMENTS, 3):
        world.files[f"content/{path}"] = f"bytes {rng.random()}"
    for name, variants in TEMPLATES.items():
        if name not in ("parts/narrow.html", "callouts/note.html") and rng.random() < 0.6:
            world.files[f"themes/mine/templates/{name}"] = rng.choice(variants)
    world.files["themes/mine/templates/parts/narrow.html"] = TEMPLATES["parts/narrow.html"][0]
    world.files["site.toml"] = world.toml()
    return world


def source(rng: random.Random, path: str) -> str:
    """Give a random text for a source of that path."""
    lines = []
    number = SOURCES.index(path) if path in SOURCES else 99
    if rng.random() < 0.8:
        lines.append(f"title: {rng.choice(['Alpha', 'Beta', 'Gamma *bold*', 'Title of ' + path.replace('/', ' ')])}")
    if (path.startswith(("posts", "drafts")) and rng.random() < 0.85) or rng.random() < 0.15:
        lines.append(f"date: 2026-{rng.choice(['09', '10', '11', '12'])}-{rng.randint(1, 9):02}")
    if rng.random() < 0.6:
        lines.append(f"tags: [{', '.join(rng.sample(TAGS, rng.randint(1, 3)))}]")
    optional = {
        "categories: [trips]": 0.15,
        "description: About it": 0.2,
        "summary: In *short*": 0.15,
        "updated: 2026-11-30": 0.15,
        f"aliases: [/from/{number}/, Other name]": 0.1,
        f"image: {rng.choice(['photo.jpg', '/posts/loose.jpg', '/img/logo.png'])}": 0.1,
        f"expires: 2026-12-{rng.randint(1, 28):02}": 0.08,
        "toc: yes": 0.1,
        "feed: no": 0.1,
        "unlisted: yes": 0.08,
        "draft: yes": 0.1,
        "private: yes": 0.05,
        "gone: because": 0.05,
        "link: https://example.com/x": 0.05,
        "authors: [Bob]": 0.1,
        "lang: de": 0.05,
        "licence: CC-BY-4.0": 0.05,
        "template: note": 0.05,
    }
    lines += [
        line for line, chance in optional.items() if rng.random() < chance and not (line == "draft: yes" and path.startswith("drafts"))
    ]
    if rng.random() < 0.5 or path == "notes/one.md":
        lines.append(f"id: {path.rpartition('.')[0].replace('/', '-').replace('.', '-').lower()}")
    front = "---\n" + "\n".join(lines) + "\n---\n" if lines else ""
    return front + body(rng)


def body(rng: random.Random) -> str:
    """Give a random text with links to what is there, may come, or never will."""
    parts = [f"Word{rng.randint(1, 99)} begins."]
    sentences = rng.sample(SENTENCES, 4)
    for sentence in sentences[: rng.randint(0, 4)]:
        to = rng.choice(
            ["/" + s for s in SOURCES]
            + ["/" + a for a in ATTACHMENTS]
            + 4 * ["/about/", "/tags/red/", "/notes/one/"]
            + ["/nowhere.md", "photo.jpg", "deep/plan.pdf", "/img/logo.png", "#a-part"]
        )
        anchor = rng.choice(["", "", "#a-part", "#named"]) if "." in to else ""
        parts.append(
            rng.choice(
                [
                    sentence,
                    sentence,
                    sentence,
                    f"See [this]({to}{anchor}).",
                    f"See [this]({to}{anchor}) and ![an image]({to})",
                    f'<a href="{to}">raw</a>',
                    f'![alt]({to} "A caption")',
                ]
            )
        )
    return "\n\n".join(parts) + "\n"


def edit(rng: random.Random, world: World) -> Edit:
    """Choose the next edit."""
    kind = rng.choices(list(KINDS), list(KINDS.values()))[0]
    here = sorted(p for p in world.files if p != "site.toml")
    texts = [p for p in here if p.endswith(".md")]
    if kind == "mistake" and rng.random() < 0.2:
        return ("write", f"themes/mine/templates/{rng.choice(sorted(TEMPLATES))}", "{{ page.titel }}{% if %}")
    if kind == "mistake":
        path = rng.choice(texts or ["content/about.md"])
        return ("write", path, rng.choice(MISTAKES) + world.files.get(path, ""))
    if kind == "text":
        path = rng.choice(SOURCES)
        return ("write", f"content/{path}", source(rng, path))
    if kind == "body" and texts:
        path = rng.choice(texts)
        front, mark, _ = world.files[path].rpartition("\n---\n")
        return ("write", path, front + mark + body(rng))
    if kind == "list":
        return (
            "write",
            f"content/{rng.choice(LISTS)}",
            rng.choice(["", "---\ntitle: A list\n---\n", "---\ndraft: yes\n---\n", "---\ndescription: Of things\n---\n"]) + body(rng),
        )
    if kind == "defaults":
        return (
            "write",
            f"content/{rng.choice(DEFAULTS)}",
            rng.choice(["", 'tags = ["red", "blue"]\n', "draft = true\n", 'lang = "fr"\n', 'authors = ["Eve"]\ntoc = true\n']),
        )
    if kind == "remove" and len(here) > 6:
        return ("remove", rng.choice(here))
    if kind == "rename" and texts:
        old = rng.choice(texts)
        new = f"content/{rng.choice(SOURCES)}"
        return ("rename", old, new)
    if kind == "attachment":
        return ("write", f"content/{rng.choice(ATTACHMENTS)}", f"bytes {rng.random()}")
    if kind == "static":
        return ("write", rng.choice(STATIC), f"bytes {rng.random()}")
    if kind == "setting":
        name = rng.choice(sorted(SETTINGS))
        return ("setting", name, str(rng.randrange(len(SETTINGS[name]))))
    if kind == "template":
        name = rng.choice(sorted(TEMPLATES))
        path = f"themes/mine/templates/{name}"
        return ("remove", path) if path in world.files and rng.random() < 0.35 else ("write", path, rng.choice(TEMPLATES[name]))
    if kind == "tamper":
        return ("tamper", str(rng.randrange(1000)), rng.choice(["change", "delete", "empty", "same size"]))
    if kind == "state":
        return ("state", str(rng.randrange(1000)), rng.choice(["truncate", "garbage", "delete", "empty"]))
    if kind == "foreign":
        return ("foreign", rng.choice(["CNAME", ".git/HEAD", "mine/by-hand.txt", "2026/by-hand.txt", "assets/by-hand.css"]))
    if kind == "jobs":
        return ("jobs", rng.choice(["1", "2"]))
    return ("later", str(rng.choice([1, 5, 10])))


def apply(world: World, change: Edit) -> Mapping[str, str | None]:
    """Carry out an edit on the inputs and give what it changed: path to text, None for what is gone."""
    match change:
        case ("write", path, text):
            changed: dict[str, str | None] = {path: text}
        case ("remove", path):
            changed = {path: None} if path in world.files else {}
        case ("rename", old, new):
            changed = {old: None, new: world.files[old]} if old in world.files and old != new else {}
        case ("setting", name, number):
            world.settings[name] = int(number)
            changed = {"site.toml": world.toml()}
        case _:
            changed = {}
    for place, there in changed.items():
        if there is None:
            del world.files[place]
        else:
            world.files[place] = there
    return changed
