"""What a target is, not what it is called, decides how it is checked and published: files of plugins are treated as wol's own are."""

from __future__ import annotations

import json
from collections.abc import Callable
from itertools import count

from harness.cases import cases
from harness.site import CONFIG, Site
from wol import digest
from wol.config.load import parse
from wol.deploy import websub
from wol.deploy.deploy_plan import stages
from wol.deploy.release_build import release_build
from wol.features import registry

PLUGIN = """\
from wol.api import Feature, File, Made, Step, Target, hook

BODIES = {bodies!r}


def plan(site):
    return Made(targets=tuple(Target(path=path, kind="shelf", role=role, subject=subject, args={{"digest": {digest!r}}}) for path, (role, subject, _) in BODIES.items()))


def render(views, target):
    return BODIES[target.path][2].encode()


@hook
def wol_features(config):
    return [Feature(name="shelf", steps=(Step(name="files", make=plan, plans=True),), kinds={{"shelf": render}})]
"""
RSS = "<rss><channel><item><guid>1</guid><link>https://example.org/2026/11/a/</link></item></channel></rss>"
PAGE = '<!DOCTYPE html><html lang="en"><head><title>X</title><meta name="description" content="X"></head><body><h1>X</h1>{}</body></html>'
POST = {"content/posts/a.md": "---\ntitle: A\ndate: 2026-11-01\n---\nText."}
NUMBERS = count()
Bodies = dict[str, tuple[str, str, str]]


def with_files(site: Callable[..., Site], bodies: Bodies, more: str = "") -> Site:
    """Build a site with a plugin, a module of a name of its own, that makes files: path to role, subject and text."""
    name = f"shelf_files_{next(NUMBERS)}"
    here = site({f"{name}.py": PLUGIN.format(bodies=bodies, digest=""), **POST}, f'{CONFIG}{more}[build]\nplugins = ["{name}"]\n')
    assert here.run("build").code == 0
    return here


def checked(here: Site) -> list[tuple[str, str, str]]:
    """Return what `wol check` reports: code, path and message."""
    return [(one["code"], one["path"], one["message"]) for one in json.loads(here.run("check", "--format", "json").stdout)["diagnostics"]]


FEEDS: Bodies = {
    "podcast.rss": ("feed", "", RSS),
    "events/all": ("feed", "", RSS),
    "feeds/feed.json": ("", "", "{}"),
    "shop/feed.xml": ("", "", "<shop/>"),
    "shop/sitemap.xml": ("file", "", "<map/>"),
    "llms.txt": ("crawler", "", "All pages."),
}


def test_feeds_are_pinged_and_come_last(site: Callable[..., Site]) -> None:
    """A hub is told of what is a feed, and a deploy sends feeds and files for crawlers after all pages, whatever they are called."""
    here = with_files(site, FEEDS)
    contents = release_build(here.root, registry.load).contents
    own = {"feed.xml", "atom.xml", "feed.json"}
    assert contents.feeds == own | {"podcast.rss", "events/all"}
    assert contents.late == contents.feeds | {"sitemap.xml", "robots.txt", "llms.txt"}
    assert contents.with_added({"x.txt": b""}).late == contents.late
    assert frozenset(stages(contents.files, (), contents.late)[-1]) == contents.late
    config = parse((CONFIG + '[feeds]\nhub = "https://hub.example/"\n').encode())
    feeds = {path: contents.files[path].digest for path in contents.feeds}
    told = [one.about for one in websub.notifications(config, feeds, frozenset(contents.files))]
    assert told == [f"https://example.org/{path}" for path in sorted(contents.feeds)]
    assert websub.notifications(config, feeds, frozenset({"shop/feed.xml"})) == []


def test_feeds_are_checked(site: Callable[..., Site]) -> None:
    """What is said to be a feed must be one, under any name; what is not said to be one is not held to it."""
    wrong = {
        "a.rss": ("<rss>", "It is not well-formed: "),
        "b": ("{", "It is not well-formed: "),
        "c.txt": ("<html/>", "It is neither RSS, Atom nor JSON Feed"),
        "d.json": ("{}", "It is neither RSS, Atom nor JSON Feed"),
        "e.bin": ("", "It is not well-formed: "),
        "f.rss": (RSS.replace("<guid>1</guid>", ""), "1 entry has no id"),
        "g": ('{"version": "https://jsonfeed.org/version/1.1", "items": [{"url": "/a/"}]}', "1 entry has no id"),
        "h.rss": (RSS.replace("https://example.org", ""), "The address `/2026/11/a/` is not absolute"),
        "i.rss": (RSS.replace("<guid>1", "<guid>2"), "readers would see it twice"),
        "j.rss": (RSS.replace("https://example.org/2026/11/a/", "https://example.org/nope/"), "leads nowhere"),
    }
    here = with_files(site, {path: ("feed", "", text) for path, (text, _) in wrong.items()} | FEEDS)
    found = checked(here)
    with cases() as case:
        for path, (_, words) in wrong.items():
            with case(path):
                assert any(
                    words in message for code, place, message in found if place == f"public/{path}" and code in ("check-feed", "check-link")
                )
        for path in FEEDS:
            with case(path):
                assert not [one for one in found if one[1] == f"public/{path}" and "see it twice" not in one[2]]


def test_pages_of_items_are_checked(site: Callable[..., Site]) -> None:
    """The page of an item that a plugin makes is one: it is an orphan if nothing leads to it, and has its place in the sitemap."""
    page = PAGE.format("Text.")
    found = checked(with_files(site, {"print/a/index.html": ("item", "posts/a.md", page), "print/b/index.html": ("", "", page)}))
    assert {(code, path) for code, path, _ in found if code in ("check-orphan", "check-sitemap-lacks")} == {
        ("check-orphan", "content/posts/a.md")
    }


def test_redirects_of_plugins(site: Callable[..., Site]) -> None:
    """A redirect links to nothing by itself, and a link through one of unknown end is not held to its anchors."""
    bodies = {
        "old/index.html": ("redirect", "", PAGE.format('<a href="/alone/">X</a>')),
        "start/index.html": ("list", "", PAGE.format('<a href="/old/#part">X</a><a href="/2026/11/a/#nope">X</a>')),
    }
    found = checked(with_files(site, bodies))
    assert [message for code, _, message in found if code == "check-anchor"] == [
        "The link to `/2026/11/a/#nope` leads to a place `nope`, which that page does not have"
    ]


def test_a_copy_is_a_file(site: Callable[..., Site]) -> None:
    """What is said to be a copy is not searched for words of drafts, so it must be the copy of a file."""
    name = f"shelf_files_{next(NUMBERS)}"
    text = PLUGIN.format(bodies={"x.txt": ("copy", "", "Text.")}, digest=digest.of_bytes(b"Text."))
    here = site({f"{name}.py": text, **POST}, f'{CONFIG}[build]\nplugins = ["{name}"]\n')
    (one,) = here.errors()
    assert (one.code, one.message) == ("plugin-failed", "The plugin `shelf` plans `x.txt` as a copy, but makes its bytes itself")
    here.write("content/notes.txt", "Text.")
    other = f"{name}_file"
    here.write(
        f"{other}.py", text.replace("return BODIES[target.path][2].encode()", 'return File("content/notes.txt", target.args["digest"])')
    )
    here.write("site.toml", (here.root / "site.toml").read_text("utf-8").replace(name, other))
    here.build()
    assert here.read("x.txt") == "Text."
