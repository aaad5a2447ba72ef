"""A hundred slips of a writer in the first month: what was done, with which command it shows, and what is done about it as the hint says."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

PNG = b"\x89PNG\r\n\x1a\n"

CONFIG = """\
[site]
title = "Out loud"
base_url = "https://example.org"
language = "en-GB"
timezone = "Europe/London"

[site.author]
name = "Maya"

[theme]
nav = [
  {text = "About", to = "about.md"},
  {text = "Archive", to = "/archive/"},
]

[deploy.live]
type = "folder"
path = "../www"
"""

BASE: Mapping[str, str | bytes] = {
    "site.toml": CONFIG,
    "content/posts/first.md": "---\ntitle: The first walk\ndate: 2025-11-02\nid: first-walk\ntags: [Walking, Sea]\n---\nAlong the [shore](second.md).\n\n## By the sea\n\nIt was cold.\n",
    "content/posts/second.md": "---\ntitle: The second walk\ndate: 2025-11-09\nid: second-walk\ntags: [Walking]\n---\nInland, with a map: ![The map](map.png)\n",
    "content/posts/map.png": PNG,
    "content/posts/trip/index.md": "---\ntitle: A trip\ndate: 2025-11-16\nid: trip\ntags: [Walking]\n---\n![The view](view.png)\n",
    "content/posts/trip/view.png": PNG + b"v",
    "content/notes/idea.md": "---\ntitle: An idea\n---\nTo be thought through.\n",
    "content/about.md": "---\ntitle: About\n---\nI walk.\n",
    "static/img/logo.png": PNG + b"l",
}  # fmt: skip

Edit = str | bytes | None | tuple[str, str]
"""The new text of a file; None: it goes; a pair: the first text in it becomes the second."""


@dataclass(frozen=True)
class Slip:
    """What a writer does, the command that tells of it, and what the hint says to do: edits, commands, or nothing where the finding carries its fix."""

    name: str
    edits: Mapping[str, Edit] = field(default_factory=dict)
    run: tuple[str, ...] = ("build",)
    then: Mapping[str, Edit] = field(default_factory=dict)
    commands: tuple[tuple[str, ...], ...] = ()
    renames: Mapping[str, str] = field(default_factory=dict)
    good: tuple[str, ...] | None = None
    """The command that is good afterwards; None: the same."""


def post(front: str, text: str = "Text.", mark: str = "---") -> str:
    """Write a post with a date and a title of its own, unless the front matter has them."""
    head = "" if "title" in front.casefold() else "title: A new walk\n"
    head += "" if "date" in front.casefold() else "date: 2025-11-20\n"
    return f"{mark}\n{head}{front}{mark}\n{text}\n"


NEW = "content/posts/new.md"


def front(name: str, typed: str, then: Mapping[str, Edit] | None = None, **more: object) -> Slip:
    """A slip in the front matter of a new post."""
    return Slip(name, {NEW: post(typed)}, then=then or {}, **more)  # type: ignore[arg-type]


def text(name: str, typed: str, then: Mapping[str, Edit] | None = None, **more: object) -> Slip:
    """A slip in the text of a new post."""
    return Slip(name, {NEW: post("", typed)}, then=then or {}, **more)  # type: ignore[arg-type]


def setting(name: str, old: str, new: str, then: Mapping[str, Edit] | None = None) -> Slip:
    """A slip in `site.toml`."""
    return Slip(name, {"site.toml": (old, new)}, then=then or {})


def line(name: str, typed: str, then: Mapping[str, Edit] | None = None) -> Slip:
    """A line or table too much at the end of `site.toml`."""
    return Slip(name, {"site.toml": CONFIG + "\n" + typed}, then=then or {})


INIT_AND_NEW = (
    Slip("init with an empty title", run=("init", "fresh", "--title", ""), good=("init", "fresh", "--title", "Mine")),
    Slip("init with a zone that is none", run=("init", "fresh", "--timezone", "GMT+1"), good=("init", "fresh", "--timezone", "Europe/London")),
    Slip("init with a bare host", run=("init", "fresh", "--base-url", "example.org"), good=("init", "fresh", "--base-url", "https://example.org")),
    Slip("init where a site is", run=("init", "."), good=("init", "fresh")),
    Slip("a command that is almost one", run=("biuld",), good=("build",)),
    Slip("an option that is almost one", run=("build", "--draft"), good=("build", "--drafts")),
    Slip("new without a title", run=("new",), good=("new", "A new walk")),
    Slip("new of a kind that is almost one", run=("new", "pots", "A new walk"), good=("new", "post", "A new walk")),
    Slip("new with a day that is none", run=("new", "A new walk", "--date", "2025-02-30"), good=("new", "A new walk", "--date", "2025-02-28")),
    Slip("new with a title of signs alone", run=("new", "🎉🎉"), good=("new", "Hooray 🎉🎉")),
)  # fmt: skip

SETTINGS = (
    setting("a key that is almost one", "title =", "tilte ="),
    setting("a table that is almost one", "[theme]", "[themes]"),
    setting("a name in place of a title", "title =", "name ="),
    setting("no quotes", '"Out loud"', "Out loud"),
    setting("curly quotes", '"Out loud"', "“Out loud”"),
    setting("an address without a scheme", "https://example.org", "example.org"),
    setting("an address that is local", "https://example.org", "https://exam ple.org", {"site.toml": ("https://exam ple.org", "https://example.org")}),
    setting("a zone that is misspelt", "Europe/London", "Europe/Lodnon"),
    setting("a zone of hours", "Europe/London", "GMT+1"),
    setting("a language in words", "en-GB", "English", {"site.toml": ("English", "en")}),
    setting("a nav entry that is nowhere", "about.md", "abuot.md"),
    setting("a nav entry with url for to", 'to = "about.md"', 'url = "about.md"'),
    setting("a nav entry over lines", '{text = "About", to', '{text = "About",\n   to'),
    setting("no comma between nav entries", '"about.md"},', '"about.md"}', {"site.toml": ('"about.md"}', '"about.md"},')}),
    setting("a list that is not closed", "]\n\n[deploy", "\n[deploy", {"site.toml": ("\n[deploy", "]\n\n[deploy")}),
    line("an option of the theme among its settings", "[theme.options]\nacent = \"green\"\n"),
    line("yes for true", "[markdown]\nemoji = yes\n"),
    line("a number as a text", "[content]\npage_size = \"10\"\n"),
    line("a feature that is almost one", "[features]\nhighlihgt = true\n"),
    line("a format that is almost one", "[feeds]\nformats = [\"rss\", \"atm\"]\n"),
    line("a pattern with a token that is none", "[content.permalinks]\npost = \"/:yaer/:slug/\"\n"),
    line("a redirect to nowhere", "[redirects]\n\"/old/\" = \"/abuot/\"\n"),
    line("a theme that is not there", "[features]\nseries = true\n\n[theme.slots]\nednd = []\n", {"site.toml": ("ednd", "end")}),
    line("a table twice", "[theme]\nfooter = \"Hi\"\n", {"site.toml": CONFIG.replace("nav =", 'footer = "Hi"\nnav =')}),
    line("a footer that leads nowhere", "[markdown]\nemoji = true\n[links]\nbroken = \"eror\"\n"),
)  # fmt: skip

FRONT_MATTER = (
    front("a colon in the title", "title: Walking: a start\n"),
    front("a hash in a value", "title: Walk #3 is done\n"),
    front("a field that is almost one", "darft: yes\n"),
    front("a day that is none", "date: 2025-02-30\n", {NEW: ("2025-02-30", "2025-11-20")}),
    front("a date in words", "date: last Tuesday\n", {NEW: ("last Tuesday", "2025-11-20")}),
    front("a date with slashes", "date: 20/11/2025\n"),
    front("a date with dots that may be two", "date: 2.11.2025\n", {NEW: ("2.11.2025", "2025-11-02")}),
    front("a state of WordPress", "status: darft\n"),
    front("a state of Obsidian", "publish: flase\n"),
    front("public of another generator", "public: false\n"),
    front("hidden of another generator", "hidden: true\n"),
    front("a password", "password: secret\n"),
    front("draft without a value", "draft:\n", {NEW: ("draft:\n", "draft: true\n")}),
    front("draft with a question", "draft: maybe\n", {NEW: ("maybe", "true")}),
    front("a slug with slashes", "slug: walks/new\n"),
    front("an id with signs", "id: My Walk!\n"),
    front("the id of another", "id: first-walk\n"),
    front("an alias that is taken", "aliases: [/about/]\n", {NEW: ("aliases: [/about/]\n", "")}),
    front("a tag of signs alone", "tags: [🎉]\n"),
    front("a tag in two spellings", "tags: [walking]\n"),
    front("a template that is not there", "template: essay\n", {NEW: ("template: essay\n", "")}),
    front("a key twice", "title: One\ntitle: Two\n", {NEW: ("title: Two\n", "")}),
    front("a tab", "author:\n\tname: Ada\n", {NEW: ("\t", "  ")}),
    front("a kind that is almost one", "kind: pots\n"),
    front("a post in a language in words", "lang: English\n", {NEW: ("English", "en")}),
    front("a picture that is not there", "image: mpa.png\n"),
    Slip("no end of the front matter", {NEW: "---\ntitle: A\ndate: 2025-11-20\n\nText.\n"}, then={NEW: ("2025-11-20\n\n", "2025-11-20\n---\n\n")}),
    Slip("a long dash for the fence", {NEW: "—\ntitle: A\ndate: 2025-11-20\n—\nText.\n"}, then={NEW: post("title: A\n")}),
    Slip("front matter below the title", {NEW: "# A\n\ndraft: true\n\nText.\n"}, then={NEW: post("title: A\ndraft: true\n")}),
    Slip("TOML between dashes", {NEW: '---\ntitle = "A"\ndate = 2025-11-20\n---\nText.\n'}, then={NEW: post('title = "A"\ndate = 2025-11-20\n', mark="+++")}),
)  # fmt: skip

TEXTS = (
    text("a picture one folder up", "![x](view.png)"),
    text("a picture by its path from the top", "![x](content/posts/map.png)"),
    text("a picture of static", "![x](../../static/img/logo.png)"),
    text("a picture in capitals", "![x](Map.PNG)"),
    text("a picture on the own computer", "![x](/Users/maya/Pictures/map.png)", {NEW: ("/Users/maya/Pictures/map.png", "map.png")}),
    text("a picture of Windows", "![x](C:\\\\Users\\\\maya\\\\map.png)", {NEW: ("C:\\\\Users\\\\maya\\\\map.png", "map.png")}),
    text("a picture without words", "![](map.png)", {NEW: ("![]", "![The map]")}),
    text("a link that is almost one", "[x](frist.md)"),
    text("a link without its folder", "[x](about.md)"),
    text("a heading that is almost one", "[x](first.md#by-the-see)"),
    text("a link to a draft", "[x](../drafts/c.md)", {NEW: ("[x](../drafts/c.md)", "x")}),
    text("a footnote that is not there", "So it is.[^proof]", {NEW: ("So it is.[^proof]", "So it is.[^proof]\n\n[^proof]: It is.")}),
    text("a comment that is not closed", "A.\n\n<!-- hidden\n\nB.", {NEW: ("hidden", "hidden -->")}),
    text("a tag that is not closed", "A <b>bold walk.", {NEW: ("walk.", "walk.</b>")}),
    text("a callout that is almost one", "> [!notee]\n> Text."),
    text("a language that is almost one", "```pyhton\nx = 1\n```"),
    text("a template of another generator", "{{< figure src=\"map.png\" >}}", {NEW: ("{{< figure src=\"map.png\" >}}", "![x](map.png)")}),
    text("a merge that was left", "<<<<<<< HEAD\nA\n=======\nB\n>>>>>>> other", {NEW: ("<<<<<<< HEAD\nA\n=======\nB\n>>>>>>> other", "A")}),
)  # fmt: skip

FILES = (
    Slip("a text file", {"content/posts/new.md.txt": post("")}),
    Slip("a post beside the content", {"new.md": post("")}),
    Slip("a folder in capitals", {"content/Notes/b.md": "B.\n"}, then={"content/Notes": None, "content/notes/b.md": "B.\n"}),
    Slip("a folder that is almost drafts", {"content/draft/b.md": post("title: B\n")}),
    Slip("a name that is almost private", {"content/posts/b.privat.md": post("title: B\n")}),
    Slip("defaults with a capital", {"content/posts/_Defaults.toml": "lang = \"fr\"\n"}),
    Slip("a copy of a synchronising program", {"content/posts/first (Conflicted copy 2025-11-20).md": "---\ntitle: The first walk\ndate: 2025-11-02\n---\nAlong.\n"}, then={"content/posts/first (Conflicted copy 2025-11-20).md": None}),
    Slip("a copy of a post", {"content/posts/a-third.md": "---\ntitle: A third walk\ndate: 2025-11-23\nid: first-walk\n---\nAlong.\n"}),
    Slip("a copy of a post by its program", {"content/posts/first copy.md": "---\ntitle: The first walk\ndate: 2025-11-02\nid: first-walk\n---\nAlong.\n"}, then={"content/posts/first copy.md": None, "content/posts/third.md": "---\ntitle: A third walk\ndate: 2025-11-02\n---\nAlong.\n"}),
    Slip("a document of an office program", {"content/posts/b.docx": b"PK\x03\x04"}, then={"content/posts/b.docx": None}),
    Slip("two posts of one title", {"content/posts/2025-11-20-a.md": "---\ntitle: A\nslug: a\n---\nA.\n", "content/posts/2025-11-21-a.md": "---\ntitle: A\nslug: a\n---\nA.\n"}),
    Slip("Latin-1", {NEW: post("title: Walk\n").encode() + "Café\n".encode("latin-1")}, then={NEW: post("title: Walk\n", "Café")}),
)  # fmt: skip

PUBLISHED = (
    Slip("a published post is deleted", {"content/posts/second.md": None, "content/posts/first.md": ("[shore](second.md)", "shore")}),
    Slip("a published post is renamed", {"content/posts/second.md": None, "content/posts/third.md": BASE["content/posts/second.md"], "content/posts/first.md": ("second.md", "third.md")}),
    Slip("a published post is a draft", {"content/posts/trip/index.md": ("title:", "draft: yes\ntitle:")}),
    Slip("a published post has another id", {"content/posts/first.md": ("id: first-walk", "id: walk-one")}),
    Slip("a published post has the wrong year", {"content/posts/first.md": ("2025-11-02", "2024-11-02")}, then={"content/posts/first.md": ("2024-11-02", "2025-11-02")}),
    Slip("feeds are switched off", {"site.toml": CONFIG + "\n[features]\nfeeds = false\n"}, commands=(("gone", "--missing"),)),
    Slip("a format of feeds is left out", {"site.toml": CONFIG + '\n[feeds]\nformats = ["rss", "atom"]\n'}, commands=(("gone", "--missing"),)),
    Slip("the last post of a tag has another", {"content/posts/first.md": ("[Walking, Sea]", "[Walking]")}, commands=(("gone", "/tags/sea/"),)),
    Slip("a withdrawn post is restored", {"content/gone/2025-11-third.md": "---\nurl: /2025/11/third/\ngone: true\n---\n", "content/posts/third.md": "---\ntitle: A third walk\ndate: 2025-11-23\n---\nAlong.\n"}, then={"content/gone/2025-11-third.md": None}),
    Slip("serve at a port that is none", run=("serve", "--port", "99999"), good=("build",)),
    Slip("serve with an option that is almost one", run=("serve", "--opne"), good=("build",)),
    Slip("serve at an address that is not here", run=("serve", "--host", "192.0.2.7", "--port", "0"), good=("build",)),
    Slip("gone of what never was", run=("gone", "/2025/11/thrid/"), good=("gone", "/2025/11/third-walk/", "--help")),
    Slip("gone of a tag that has posts", run=("gone", "/tags/walking/"), good=("tag", "Walking", "Walks")),
    Slip("a tag that is almost one", run=("tag", "Wlaking", "Walks"), good=("tag", "Walking", "Walks")),
    Slip("mv to a name that is taken", run=("mv", "content/posts/first.md", "content/posts/second.md"), good=("mv", "content/posts/first.md", "content/posts/one.md")),
    Slip("mv of what is not there", run=("mv", "content/posts/frist.md", "content/posts/one.md"), good=("mv", "content/posts/first.md", "content/posts/one.md")),
    Slip("deploy of what is not built", {"content/posts/first.md": ("cold", "warm")}, run=("deploy", "--yes"), commands=(("build",),)),
    Slip("deploy to a target that is almost one", run=("deploy", "lvie", "--yes"), good=("deploy", "live", "--yes")),
    Slip("deploy with drafts", run=("deploy", "--yes"), commands=(("build",),), edits={NEW: post("draft: yes\n")}),
    Slip("check before a build", {"content/posts/first.md": ("cold", "warm")}, run=("check",), commands=(("build",),)),
    Slip("rollback without a release", run=("rollback",), good=("build",)),
)  # fmt: skip

SLIPS = (*INIT_AND_NEW, *SETTINGS, *FRONT_MATTER, *TEXTS, *FILES, *PUBLISHED)
"""All of them, in the order in which one meets them."""
