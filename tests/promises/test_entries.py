"""What features add to the entries of feeds: in all formats, and as fresh as what it is made of."""

from __future__ import annotations

import json
from collections.abc import Callable

import feedparser
import pytest

from harness.site import CONFIG, Site, differences, tree
from wol.errors import WolError

PLUGIN = """
from wol.api import Enclosure, EntryData, Feature, Field, Origin, hook


def entry(views, key):
    tape = views.value("tapes.tape", key)
    if not tape:
        return None
    return EntryData(
        enclosures=(Enclosure(url=f"/tapes/{tape}", type="audio/mpeg", length=12, duration=61.6), Enclosure(url="https://x.example/é.ogg", type="audio/ogg")),
        comments="/talk/",
        source=Origin(url="https://old.example/feed.xml", title="Old & <new>"),
    )


@hook
def wol_features(config):
    return [Feature(name="tapes", fields=(Field("tape", "text", "A tape."),), entry=entry)]
"""


def text(tape: str) -> str:
    return f"---\ndate: 2026-01-01\n{tape}---\nText.\n"


def made(site: Callable[..., Site], name: str, settings: str = "", plugin: str = PLUGIN) -> Site:
    texts = {"content/posts/a.md": text("tape: one.mp3\n"), "content/posts/b.md": text(""), f"{name}.py": plugin}
    return site(texts, CONFIG + settings + f'[build]\nplugins = ["{name}"]\n')


def test_entries_have_it_in_all_formats(site: Callable[..., Site]) -> None:
    """RSS has one enclosure and the rest as links; Atom and JSON Feed have all."""
    here = made(site, "tapes_all")
    here.build()
    rss = feedparser.parse(here.read("feed.xml"))
    first, second = rss.entries
    assert not rss.bozo
    assert [(one.href.rpartition("/")[2], one.type, one.get("length")) for one in first.enclosures] == [
        ("one.mp3", "audio/mpeg", "12"),
        ("%C3%A9.ogg", "audio/ogg", None),
    ]
    assert here.read("feed.xml").count("<enclosure ") == 1
    assert first.comments.endswith("/talk/")
    assert (first.source.title, first.source.href) == ("Old & <new>", "https://old.example/feed.xml")
    assert not second.enclosures
    assert "comments" not in second
    atom = feedparser.parse(here.read("atom.xml")).entries[0]
    assert [(link.rel, link.href.rpartition("/")[2]) for link in atom.links] == [
        ("alternate", ""),
        ("enclosure", "one.mp3"),
        ("enclosure", "%C3%A9.ogg"),
        ("replies", ""),
    ]
    assert (atom.source.title, atom.source.id) == ("Old & <new>", "https://old.example/feed.xml")
    item, other = json.loads(here.read("feed.json"))["items"]
    assert [one["url"].rpartition("/")[2] for one in item["attachments"]] == ["one.mp3", "%C3%A9.ogg"]
    assert item["attachments"][0] | {"url": ""} == {"url": "", "mime_type": "audio/mpeg", "size_in_bytes": 12, "duration_in_seconds": 62}
    assert item["_comments"]["url"].endswith("/talk/")
    assert item["_source"]["title"] == "Old & <new>"
    assert not {"attachments", "_comments", "_source"} & other.keys()


def test_entries_follow_what_they_are_made_of(site: Callable[..., Site]) -> None:
    """A changed field and a switch that is turned reach the feeds, as a clean build does."""
    here = made(site, "tapes_follow")
    here.build()
    steps: tuple[Callable[[], object], ...] = (
        lambda: here.write("content/posts/a.md", text("tape: two.mp3\n")),
        lambda: here.write("content/posts/b.md", text("tape: three.mp3\n")),
        lambda: here.write("site.toml", (here.root / "site.toml").read_text() + "[features]\ntapes = false\n"),
    )
    for step in steps:
        step()
        here.build()
        clean = here.copy(here.root.parent / "clean")
        clean.build(clean=True)
        assert differences(tree(here.output), tree(clean.output)) == ""
        clean.root.rename(here.root.parent / f"clean{id(step)}")
    assert "enclosure" not in here.read("feed.xml")


@pytest.mark.parametrize(
    ("returned", "message"),
    [
        ("'a'", "where an `EntryData` belongs"),
        ("EntryData(enclosures=('a.mp3',))", "`enclosures` is not a tuple of `Enclosure`"),
        ("EntryData(enclosures=(Enclosure(url='', type='audio/mpeg'),))", "needs a text as `url`"),
        ("EntryData(enclosures=(Enclosure(url='/a', type='audio/mpeg', length=-1),))", "is not a number of at least 0"),
        ("EntryData(comments=5)", "`comments` is not a text"),
        ("EntryData(source='x')", "`source` is not an `Origin`"),
        ("1 / 0", "division by zero"),
    ],
)
def test_wrong_data_names_plugin_and_item(site: Callable[..., Site], returned: str, message: str) -> None:
    """The message says whose fault it is, and at which item."""
    name = f"tapes_{abs(hash(returned))}"
    plugin = PLUGIN.replace("if not tape:\n        return None", f"if not tape:\n        return {returned}")
    with pytest.raises(WolError) as raised:
        made(site, name, plugin=plugin).build()
    assert "The plugin `tapes` failed to add to the entry of this item in feeds" in str(raised.value)
    assert message in str(raised.value)
    assert "content/posts/b.md" in str(raised.value)
