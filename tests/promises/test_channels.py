"""Channels: lists and events of any feature have feeds, which follow what the feature gives."""

from __future__ import annotations

import json
from collections.abc import Callable

import feedparser
import pytest

from harness.site import CONFIG, Site, differences, tree
from wol.engine.protocol import declared_types
from wol.errors import WolError
from wol.model.feature import Feature
from wol.model.feed import Channel
from wol.model.step import Step

PLUGIN = """
from wol.api import Channel, Event, Feature, Field, Made, Step, hook


def plan(site):
    book, date = site.column("reading.volume"), site.column("date")
    heard = tuple(
        Event(id=f"tag:{key}", url=f"/{key}/", title=f"Read {text}", date=date[key], html=f"<p>{text}</p>", item=key)
        for key, text in book.items()
        if date[key]
    )
    return Made({"reading": {"/reading/": Channel(title="Reading", items=tuple(book)), "/read/": Channel(title="Read", events=heard)}})


@hook
def wol_features(config):
    step = Step(name="list", make=plan, provides=("reading",), columns=frozenset({"reading.volume", "date"}))
    return [Feature(name="reading", fields=(Field("volume", "text", "A book."),), steps=(step,), channels=("reading",))]
"""


def text(day: int, book: str, more: str = "") -> str:
    return f"---\ndate: 2026-01-{day:02}\nvolume: {book}\n{more}---\nText of {book}.\n"


def made(site: Callable[..., Site], name: str, settings: str = "", plugin: str = PLUGIN) -> Site:
    texts = {
        "content/notes/a.md": text(1, "One"),
        "content/notes/b.md": text(2, "Two & <Three>"),
        "content/posts/kept-out.md": text(3, "Four", "feed: no\n"),
        "content/posts/draft.md": text(4, "Canary", "draft: yes\n"),
        f"{name}.py": plugin,
    }
    return site(texts, CONFIG + settings + f'[build]\nplugins = ["{name}"]\n')


def test_items_of_a_channel_are_in_all_formats(site: Callable[..., Site]) -> None:
    """The list has a feed of each format in its folder, with what may be in feeds, newest first."""
    here = made(site, "reading_items")
    here.build()
    for name in ("feed.xml", "atom.xml"):
        feed = feedparser.parse((here.output / "reading" / name).read_bytes())
        assert not feed.bozo
        assert feed.feed.title.endswith(": Reading")
        assert [entry.link.rpartition("/notes/")[2] for entry in feed.entries] == ["b/", "a/"]
    feed = json.loads(here.read("reading/feed.json"))
    assert [one["url"].rpartition("/notes/")[2] for one in feed["items"]] == ["b/", "a/"]


def test_events_of_a_channel_are_one_atom_feed(site: Callable[..., Site]) -> None:
    """It is beside the list; events of items that are hidden are in none."""
    here = made(site, "reading_events")
    output = here.root / here.build(drafts=True).output
    feed = feedparser.parse((output / "read.xml").read_bytes())
    assert not feed.bozo
    assert not (output / "read").exists()
    assert feed.feed.title.endswith(": Read")
    assert [(entry.id, entry.title) for entry in feed.entries] == [
        ("tag:posts/kept-out.md", "Read Four"),
        ("tag:notes/b.md", "Read Two & <Three>"),
        ("tag:notes/a.md", "Read One"),
    ]
    assert feed.feed.links[0].href.endswith("/read.xml")
    assert "Canary" not in (output / "read.xml").read_text("utf-8")


def test_channels_follow_what_they_are_made_of(site: Callable[..., Site]) -> None:
    """Whatever changes in a text, its feeds are as a clean build makes them."""
    here = made(site, "reading_follow")
    here.build()
    here.write("content/notes/a.md", text(5, "One again"))
    assert {"reading/feed.xml", "read.xml", "notes/feed.xml"} <= {outcome.path for outcome in here.build().outcomes}
    here.write("content/posts/draft.md", text(4, "Now shown"))
    here.build()
    assert "Now shown" in here.read("read.xml")
    here.remove("content/notes/b.md")
    here.build()
    clean = here.copy(here.root.parent / "clean")
    clean.build(clean=True)
    assert differences(tree(here.output), tree(clean.output)) == ""


def test_without_feeds_channels_are_nothing(site: Callable[..., Site]) -> None:
    """Neither with no formats nor with the feature off is there a file of feeds."""
    for name, settings in (("reading_formats", "[feeds]\nformats = []\n"), ("reading_off", "[features]\nfeeds = false\n")):
        here = made(site, name, settings)
        here.build()
        assert not [path for path in tree(here.output) if path.endswith((".json", "feed.xml", "atom.xml", "read.xml"))]


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ('"/reading/": Channel(', '"/notes/": Channel(', "The features `notes` and `reading` both give feeds to the list `/notes/`"),
        ('"/reading/": Channel(', '"reading": Channel(', "gives feeds to `reading`, which is not the URL path of a list"),
        ('Channel(title="Reading", items=tuple(book))', '{"items": []}', "gives the list `/reading/` no `Channel` in the table `reading`"),
        ("items=tuple(book)", "items=(1, 2)", "gives the list `/reading/` no `Channel` in the table `reading`"),
        ('channels=("reading",)', 'channels=("readings",)', "names the table `readings`, which none of its steps provides"),
        ('channels=("reading",)', 'channels="reading"', "where several names belong"),
    ],
)
def test_wrong_channels_are_named(site: Callable[..., Site], old: str, new: str, message: str) -> None:
    """The message names the feature and what is wrong with its channel."""
    assert old in PLUGIN
    name = f"reading_{abs(hash((old, new)))}"
    with pytest.raises(WolError) as raised:
        made(site, name, plugin=PLUGIN.replace(old, new)).build()
    assert message in str(raised.value)


def test_a_channel_without_a_step_is_refused() -> None:
    """Only a table that a step of the feature provides can be one of channels."""
    step = Step(name="list", make=dict, provides=("one",))
    declared_types.feature(Feature(name="x", steps=(step,), channels=("one",)))
    with pytest.raises(TypeError, match="none of its steps provides"):
        declared_types.feature(Feature(name="x", steps=(step,), channels=("two",)))
    assert Channel(title="x").items == ()
