"""A plugin of narrow targets: each shows one fact only, so that it goes stale if that fact alone is forgotten.

Templates in `probes/` ask one name of the theme API; targets in `raw/` ask one column, table or field, as plugins and views may.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from html import escape
from typing import Any, BinaryIO

import msgspec
from markdown_it import MarkdownIt
from markdown_it.rules_inline import StateInline

from harness.tale import TALE
from wol.api import Config, EntryData, Feature, FilledPart, Input, Made, Name, SiteInput, Step, Syntax, Target, Views, begins_with, hook
from wol.engine.steps import fine_tables
from wol.features import registry
from wol.features.taxonomies.views import TaxonomyView, TermView
from wol.model.item import COLUMNS
from wol.render.feature_names import names_of
from wol.render.names import names
from wol.render.page_view import PageView
from wol.render.recorder import View
from wol.render.site_view import AuthorView, NavView, SiteView

PLUGIN = "harness.probes"

FINE = fine_tables(registry.declared())
"""Tables in which a field of a value is a dependency of its own."""

KEPT = "content/files/data.csv"
"""A file that is always there, whose bytes a target reads."""

FIGURES = tuple(f"{folder}/x.figures" for folder in ("files", "posts/trip", "posts/old", "drafts", "notes", "notes/deep"))
CLIPS = ("files/a.clip", "posts/trip/b.clip", "posts/old/c.clip")
"""Files that the plugin reads itself, which may be there or not."""

IDS = (
    *("posts-a", "posts-b", "posts-c", "posts-2026-09-04-d", "posts-2025-12-31-e", "posts-f", "posts-g", "posts-trip"),
    *("drafts-idea", "notes-one", "notes-two", "notes-four", "about", "talks-first"),
)
KEYS = (
    *("posts/a.md", "posts/b.md", "posts/c.md", "posts/2026-09-04-d.md", "posts/2025-12-31-e.md", "posts/f.md", "posts/g.md"),
    *("posts/trip/index.md", "posts/old/index.md", "drafts/idea.md", "notes/one.md", "notes/two.md", "notes/four.md", "about.md"),
    *("talks/first.md", "_index.md", "talks/_index.md", "notes/_index.md", "tags/red/_index.md", "made.md"),
)
FILES = (
    "posts/trip/photo.jpg",
    "posts/loose.jpg",
    "posts/far.jpg",
    "2026/10/trip/photo.jpg",
    "img/logo.png",
    "robots.txt",
    ".well-known/x",
)
TERMS = ("tags/red", "tags/blue", "tags/cpp", "tags/c", "categories/trips", "rows/first-steps", "rows/last-steps")

SERIES = ("the-long-way", "short-ways")

PARTS = ("posts/a.md", "posts/b.md", "posts/2025-12-31-e.md", "posts/g.md")

BOOK = ("title", "author", "isbn", "url", "year", "read", "rating")

TAXONOMIES = ("tags", "categories", "rows")

FACTS = ("tale.turn", "tale.heard", "tale.proof", "tale.track", "enclosures.audio", "enclosures.video", "reading_list.book")
"""Facts of fields that a feature declares, one for each way in which they are stored."""

TABLES: dict[str, tuple[str, ...]] = {
    **dict.fromkeys((*COLUMNS, *FACTS), KEYS),
    **dict.fromkeys(("state", "listed", "feed_ids", "permanent", "item_terms", "neighbours", "shelf", "mentioned", "enclosures"), KEYS),
    **dict.fromkeys(("marks.link", "marks.mention", "backlinks", "now.as_of", "now.due"), KEYS),
    "lists": ("posts", "notes", "pages", "items"),
    "ids": (*IDS, "posts-a-renamed", "about-renamed"),
    "urls": ("/about/", "/notes/one/", "/notes/two/", "/notes/four/", "/2026/10/a/", "/2026/10/trip/", "/talks/first/", "/set/about/"),
    "sections": ("/", "/talks/", "/notes/", "/posts/", "/tags/", "/tags/red/", "/archive/", "/2026/"),
    "paths": (*KEYS, *FILES),
    **dict.fromkeys(("attachments", "static", "static_files"), FILES),
    **dict.fromkeys(("assets", "asset_files"), ("style.css", "mark.svg", "code.css", "icon.svg")),
    **dict.fromkeys(("taxonomies", *(f"taxonomies.{name}" for name in ("name", "label", "singular", "url", "terms"))), TAXONOMIES),
    **dict.fromkeys(("terms", *(f"terms.{name}" for name in ("name", "title", "url", "count", "description", "items"))), TERMS),
    "feeds": ("/", "/notes/", "/tags/red/", "/rows/first-steps/"),
    "years": ("", "archive"),
    "sitemap": ("1",),
    "note_channels": ("/notes/",),
    "term_channels": ("/tags/red/", "/tags/blue/", "/series/first-steps/"),
    "profile": ("",),
    "published": ("/about/", "/notes/one/", "/2026/10/b/", "/2026/10/trip/", "/tags/red/", "/tags/cpp/", "/2026/09/", "/no/such/1/"),
    "places": ("/", "/about/", "/tags/red/", "/2026/10/a/", "/files/data.csv", "/page/1/"),
    "figures": FIGURES,
    "clips": CLIPS,
    "series": SERIES,
    "series_list": ("",),
    "series_parts": PARTS,
    **{f"series.{name}": SERIES for name in ("name", "url", "count", "items")},
    **{f"series_parts.{name}": PARTS for name in ("series", "part", "previous", "next")},
    **dict.fromkeys(("reading_books", *(f"reading_books.{name}" for name in BOOK)), KEYS),
    "reading_list": ("",),
    "reading_channels": ("/reading/",),
    "media": ("posts/tone.wav",),
    "template": ("post.html", "note.html", "parts/deep.html", "absent.html"),
    "option": ("tone", "font", "accent"),
    "translation": ("de", "fa"),
}
"""Every column and table, and the fields that are dependencies of their own, with the keys that its target asks for."""


def _each(text: str, ids: Iterable[str] = IDS) -> str:
    asked = ", ".join(f'"{i}"' for i in ids)
    return f"{{% for i in [{asked}] %}}{{% set p = site.by_id(i) %}}{{{{ i }}}}: {{% if p %}}{text}{{% endif %}}\n{{% endfor %}}"


def _paths(items: str) -> str:
    return f"{{% for p in {items} %}}{{{{ p.path }}}} {{% endfor %}}"


_JOINED = ("authors", "tags", "categories", "headings", "toc", "syndication", "terms", "taxonomies", "years", "nav", "me", "feeds")
_BOOK = "{{% with b = {book} %}}{{{{ [b.title, b.author, b.isbn, b.url, b.year, b.read, b.rating]|join(',') if b }}}}{{% endwith %}}"
_OF_PAGES = {
    "terms()": '{{ p.terms("rows")|join(",") }}',
    "previous": "{{ p.previous.path if p.previous }}",
    "next": "{{ p.next.path if p.next }}",
    "extra": "{{ p.extra.mood }}",
    "series": "{% set s = p.series %}{{ s.name ~ s.part ~ (s.next.path if s.next) ~ (s.previous.path if s.previous) if s }}",
    "book": _BOOK.format(book="p.book"),
    "tags": "{% for t in p.tags %}{{ t.slug }} {% endfor %}",
    "categories": "{% for t in p.categories %}{{ t.name }} {% endfor %}",
    "backlinks": "{% for b in p.backlinks %}{{ b.page.title }} {{ b.sentence }} {{ b.url }} {% endfor %}",
    "authors": "{% for a in p.authors %}{{ a.name }} {{ a.url }} {{ a.of_site }}{% endfor %}",
}
_OF_SITE = {
    "posts": _paths("site.posts"),
    "notes": _paths("site.notes"),
    "pages": _paths("site.pages"),
    "by_id(wanted)": _each("here"),
    "terms()": '{{ site.terms("categories")|length }}',
    "author": "{{ site.author.of_site }}",
    "extra": "{{ site.extra.note }}",
    "theme": "{{ site.theme.tone }}",
    "years": "{% for y in site.years %}{{ y.year }} {{ y.url }} {{ y.count }} {% for m in y.months %}{{ m.month }} {% endfor %}{% endfor %}",
    "nav": "{% for n in site.nav %}{{ n.text }} {{ n.url }} {% endfor %}",
    "taxonomies": "{{ site.taxonomies|length }}",
    "reading_list": f"{{% for one in site.reading_list %}}{_BOOK.format(book='one')} {{{{ one.page.path }}}} {{% endfor %}}",
    "series": "{% for s in site.series %}{{ s.url }} {{ s.count }} {{ s.items|length }} {% endfor %}",
}
_OF_TERMS = {
    "items": _paths("t.items"),
    "taxonomy": "{{ t.taxonomy.name }}",
    "feeds": "{% for f in t.feeds %}{{ f.url }}{{ f.title }} {% endfor %}",
}


def _names(view: type[View], sort: str) -> Iterator[tuple[str, str]]:
    """Give the names of a view with those that features add."""
    yield from names(view)
    yield from ((name.key + ("()" if name.name.takes_arguments else ""), "") for name in names_of(registry.declared(), sort))


def _texts() -> dict[str, str]:
    """Give the probes: one for each name that the views of pages, the site, terms, taxonomies and the author have."""
    made: dict[str, str] = {}
    for name, _ in _names(PageView, "page"):
        made[f"page-{name.partition('(')[0]}"] = _each(_OF_PAGES.get(name) or _shown("p", name))
    for one in IDS[:3] + IDS[7:10]:
        made[f"content-{one}"] = _each("{{ p.content }}", [one])
        made[f"summary-{one}"] = _each("{{ p.summary }}", [one])
    for name, _ in _names(SiteView, "site"):
        made[f"site-{name.partition('(')[0]}"] = _OF_SITE.get(name) or _shown("site", name)
    for name, _ in _names(TermView, "term"):
        shown = _OF_TERMS.get(name) or _shown("t", name)
        made[f"term-{name}"] = (
            f'{{% for t in site.terms("tags") %}}{shown}; {{% endfor %}}{{% for t in site.terms("rows") %}}{shown}; {{% endfor %}}'
        )
    for name, _ in names(TaxonomyView):
        made[f"taxonomy-{name}"] = f"{{% for x in site.taxonomies %}}{_shown('x', name)}; {{% endfor %}}"
    for name, _ in names(AuthorView):
        made[f"author-{name}"] = _shown("site.author", name)
    made["fragment"] = '{{ fragment("parts/side.html") }}'
    made["asset"] = '{{ "style.css"|asset }}{{ "mark.svg"|asset }}'
    made["translated"] = '{% set p = site.by_id("posts-b") %}{{ "Hello"|t }}'
    made["filters"] = '{{ "about.md"|url }} {{ "img/logo.png"|url }} {{ "/set/about/"|absolute }} {{ "*x*"|markdown }}'
    made["helper"] = _each("{{ shelf(p) }}")
    made["feeds"] = "{% for f in feeds %}{{ f.url }} {{ f.title }}{% endfor %}"
    made["build"] = "{{ build.preview }} {{ build.base_path }} {{ url }} {{ heading }}"
    return made


def _shown(of: str, name: str) -> str:
    return f"{{{{ {of}.{name}|join(',') }}}}" if name in _JOINED else f"{{{{ {of}.{name} }}}}"


TEXTS = _texts()
PROBES = {f"themes/mine/templates/probes/{name}.html": text for name, text in TEXTS.items()}
"""The templates, as files of the site."""

assert {"text", "url"} == {name for name, _ in names(NavView)}, "the probe of the navigation shows all names of an entry"


def _sources(config: Config) -> Mapping[str, str]:
    return {"made.md": f"---\ntitle: Made {config.extra.get('made', 'so')}\n---\nMade of [about](/about/).\n"}


def figures(key: str, data: bytes) -> list[int]:
    """Parse numbers, each on a line."""
    return [int(line) for line in data.split()]


def beginning(key: str, file: BinaryIO) -> str:
    """Look at the beginning of a file."""
    return file.read(4).decode()


_MENTION = re.compile("@([a-z0-9-]+)")


@begins_with("@")
def mention(state: StateInline, silent: bool) -> bool:
    """Take `@id`, which is a mark of the text and a part of it."""
    found = _MENTION.match(state.src, state.pos)
    if found is None:
        return False
    if not silent:
        token = state.push("part", "", 0)
        token.content = found[0]
        token.meta = {"part": ("mention", {"id": found[1]}), "mark": ("mention", (found[1],))}
    state.pos = found.end()
    return True


def rules(md: MarkdownIt) -> None:
    """Add the rule."""
    md.inline.ruler.before("link", "mention", mention)


def mentioned(views: Views, part: FilledPart) -> str:
    """Show the title of what is mentioned."""
    key = views.value("ids", part.args["id"])
    return f"<i>{escape(str(views.value('title', str(key)) if key else part.text))}</i>"


def _fill(site: SiteInput) -> Made:
    """`shelf`: a table that the plugin declares."""
    listed, part = site.table("listed"), site.column("tale.turn")
    return Made({"shelf": {key: [words > 20, listed[key], part.get(key)] for key, words in site.column("words").items()}})


def _plan(site: SiteInput) -> Made:
    return Made(targets=tuple(_targets(site)))


def _targets(site: SiteInput) -> Iterable[Target]:
    for name in TEXTS if site.config.theme.use[-1] == "mine" else ():
        yield Target(path=f"probes/{name}.txt", kind="probe", template=f"probes/{name}.html")
    for name in TABLES:
        yield Target(path=f"raw/{name}.txt", kind="raw", args={"table": name})
    yield Target(path="raw/file.txt", kind="raw-file")
    for key in site.table("figures"):
        yield Target(path=f"raw/{key}.txt", kind="raw-figures", args={"key": key})


def _probe(views: Views, target: Target) -> bytes:
    return views.render([target.template], {})


def _raw(views: Views, target: Target) -> bytes:
    name = target.args["table"]
    table, _, field = name.partition(".")

    def value(key: str) -> object:
        return views.field(table, key, field) if field and table in FINE else views.value(name, key)

    return b"".join(b"%s %s\n" % (key.encode(), msgspec.json.encode(value(key))) for key in TABLES[name])


def _file(views: Views, target: Target) -> bytes:
    return views.source(KEPT)


def _figures(views: Views, target: Target) -> bytes:
    return msgspec.json.encode(views.value("figures", target.args["key"]))


def _shelf(views: Views, page: Any) -> Any:
    """Give where a page stands on the shelf."""
    return views.value("shelf", page.path)


def _entry(views: Views, key: str) -> EntryData | None:
    part = views.value("tale.turn", key)
    return EntryData(comments=f"/about/?part={part}") if part else None


PROBES_FEATURE = Feature(
    name="probes",
    inputs={
        "figures": Input("*.figures", figures),
        "clips": Input(("files/*.clip", "posts/**/*.clip"), "harness.probes:beginning", public=True, whole=False),
    },
    steps=(
        Step(name="shelf", make=_fill, provides=("shelf",), columns=frozenset({"words", "tale.turn"}), needs=frozenset({"listed"})),
        Step(name="targets", make=_plan, needs=frozenset({"figures"}), plans=True),
    ),
    kinds={"probe": _probe, "raw": _raw, "raw-file": _file, "raw-figures": _figures},
    context={"shelf": Name(_shelf, "Where a page stands on the shelf.", takes_arguments=True)},
    slots={"end": ("parts/probe.html",)},
    theme="harness:plugin_theme/one",
    entry=_entry,
    sources=_sources,
)
"""The targets of all probes, a table of its own that it declares, and a theme with what it shows in a slot."""


def _list_mentions(site: SiteInput) -> Made:
    """`mentioned`: key to what the text mentions, each with its sentence."""
    marks = site.column("marks.mention")
    return Made({"mentioned": {key: [[*mark.args, mark.sentence] for mark in found] for key, found in marks.items()}})


MENTIONS = Feature(
    name="mentions",
    marks=("mention",),
    syntax=Syntax("harness.probes:rules", {"mention": mentioned}),
    steps=(Step(name="mentioned", make=_list_mentions, provides=("mentioned",), columns=frozenset({"marks.mention"})),),
)
"""Markdown syntax, its marks, and a table of them."""


@hook
def wol_features(config: Config) -> list[Feature]:
    """Give the features, of which one only declares fields; the settings can change one of these, and the theme."""
    tale = TALE
    if config.extra.get("tale") == "in words":
        in_words = (
            msgspec.structs.replace(one, type="text", minimum=None, maximum=None) if one.name == "turn" else one for one in TALE.fields
        )
        tale = msgspec.structs.replace(TALE, fields=tuple(in_words))
    theme = f"harness:plugin_theme/{config.extra.get('theme', 'one')}"
    return [msgspec.structs.replace(PROBES_FEATURE, theme=theme), MENTIONS, tale]
