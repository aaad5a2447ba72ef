"""Sounds and films of posts: each way of writing them, in every format of feeds and on the page."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import feedparser
import pytest

from harness import recordings
from harness.site import CONFIG, Site, differences, tree

MP3 = recordings.mp3(400)
FILM = recordings.mp4(b"isom", recordings.box(b"moov", recordings.mvhd(1000, 90_500), recordings.track(b"vide", 1280, 720)))
FRAME = 1152 / 44_100

FILES: dict[str, bytes] = {
    "content/posts/a.mp3": MP3,
    "content/sounds/LOUD.MP3": MP3,
    "content/sounds/ärger é.mp3": MP3,
    "content/films/f.mp4": FILM,
    "content/posts/odd.wma": b"odd",
    "content/posts/lies.mp3": FILM,
    "content/posts/cut.mp3": b"",
    "static/loose.mp3": MP3,
}

Row = tuple[str, str, int, float | None] | None

KNOWN: dict[str, tuple[str, Row]] = {
    "a file beside it": ("audio: a.mp3", ("/posts/a.mp3", "audio/mpeg", len(MP3), 10)),
    "a map": ("audio: {src: a.mp3}", ("/posts/a.mp3", "audio/mpeg", len(MP3), 10)),
    "upper case": ("AUDIO: ../sounds/LOUD.MP3", ("/sounds/LOUD.MP3", "audio/mpeg", len(MP3), 10)),
    "from the root": ("audio: /sounds/LOUD.MP3", ("/sounds/LOUD.MP3", "audio/mpeg", len(MP3), 10)),
    "spaces and letters": ("audio: ../sounds/ärger é.mp3", ("/sounds/%C3%A4rger%20%C3%A9.mp3", "audio/mpeg", len(MP3), 10)),
    "percent-encoded": ("audio: ../sounds/%C3%A4rger%20%C3%A9.mp3", ("/sounds/%C3%A4rger%20%C3%A9.mp3", "audio/mpeg", len(MP3), 10)),
    "a film": ("video: ../films/f.mp4", ("/films/f.mp4", "video/mp4", len(FILM), 90)),
    "by its content, whatever its name": ("video: lies.mp3", ("/posts/lies.mp3", "video/mp4", len(FILM), 90)),
    "a type of its own": ("audio: {src: a.mp3, type: Audio/MP3}", ("/posts/a.mp3", "audio/mp3", len(MP3), 10)),
    "a duration of its own": ('audio: {src: a.mp3, duration: "1:02:30"}', ("/posts/a.mp3", "audio/mpeg", len(MP3), 3750)),
    "the file knows its length better": ("audio: {src: a.mp3, length: 3}", ("/posts/a.mp3", "audio/mpeg", len(MP3), 10)),
    "a URL": (
        "audio: {src: 'https://cdn.example/x.m4a?a=1&b=2', length: 77, duration: 90}",
        ("https://cdn.example/x.m4a?a=1&b=2", "audio/mp4", 77, 90),
    ),
    "a URL with a type": (
        "audio: {src: https://cdn.example/x, length: 7, type: audio/ogg}",
        ("https://cdn.example/x", "audio/ogg", 7, None),
    ),
    "other spellings": ("audio: {url: https://cdn.example/x.mp3, size: 7}", ("https://cdn.example/x.mp3", "audio/mpeg", 7, None)),
    "an empty file": ("audio: cut.mp3", ("/posts/cut.mp3", "audio/mpeg", 0, None)),
    "one of another ending": ("audio: {src: odd.wma, type: audio/x-ms-wma, length: 3}", ("/posts/odd.wma", "audio/x-ms-wma", 3, None)),
    "a file of static": ("audio: {src: /loose.mp3, length: 9}", ("/loose.mp3", "audio/mpeg", 9, None)),
    "nothing": ("title: Nothing", None),
    "an empty field": ("audio:", None),
    "one that is not there": ("audio: missing.mp3", None),
    "a page": ("audio: /about/", None),
}


def made(site: Callable[..., Site], header: str, settings: str = "", draft: str = "") -> Site:
    texts = {"content/posts/p.md": f"---\ndate: 2026-01-01\n{header}\n{draft}---\nText.\n", "content/about.md": "About.\n"}
    return site({**texts, **FILES}, CONFIG + settings)


def fed(here: Site) -> dict[str, list[tuple[Any, ...]]]:
    """Return what each feed has as enclosures of its first entry: URL, type and length."""
    found: dict[str, list[tuple[Any, ...]]] = {}
    for name in ("feed.xml", "atom.xml"):
        feed = feedparser.parse(here.read(name))
        assert not feed.bozo
        found[name] = [(one.href, one.type, int(one.get("length", 0))) for one in feed.entries[0].enclosures]
    item = json.loads(here.read("feed.json"))["items"][0]
    found["feed.json"] = [
        (one["url"], one["mime_type"], one.get("size_in_bytes", 0), one.get("duration_in_seconds")) for one in item.get("attachments", ())
    ]
    return found


@pytest.mark.parametrize("name", KNOWN)
def test_each_way_of_writing_it(site: Callable[..., Site], name: str) -> None:
    """All three feeds have its URL, type and length, JSON Feed its duration too; the file is published."""
    header, row = KNOWN[name]
    here = made(site, header)
    here.build()
    found = fed(here)
    if row is None:
        assert not any(found.values())
        return
    path, *rest = row
    url = path if path.startswith("https:") else "https://example.org" + path
    assert found["feed.xml"] == found["atom.xml"] == [(url, *rest[:2])]
    assert found["feed.json"] == [(url, *rest)]


PROBLEMS: dict[str, tuple[str, str, str]] = {
    "a URL without a length": (
        "audio: https://cdn.example/x.mp3",
        "The length of `https://cdn.example/x.mp3` is not known; wol opens no connection to ask for it",
        "audio: {src: https://cdn.example/x.mp3, length: 5650889}",
    ),
    "a file that wol cannot read": (
        "audio: odd.wma",
        "The type of `odd.wma` is not known",
        "audio: {src: odd.wma, type: audio/mpeg, length: 5650889}",
    ),
    "a URL without a type": (
        "video: {src: https://cdn.example/x, length: 5}",
        "The type of `https://cdn.example/x` is not known",
        "type: video/mp4",
    ),
    "a type of something else": (
        "audio: {src: a.mp3, type: text/html}",
        "The type `text/html` of `audio` is not that of a sound",
        "type: audio/mpeg",
    ),
    "a type that is none": ("audio: {src: a.mp3, type: mp3}", "The type `mp3` of `audio` is not", "type: audio/mpeg"),
    "a duration in words": ("audio: {src: a.mp3, duration: an hour}", "The duration `an hour` of `audio` cannot be read", "`1:30`"),
    "seconds beyond the minute": ('audio: {src: a.mp3, duration: "1:75"}', "The duration `1:75` of `audio` cannot be read", "`1:30`"),
    "a negative duration": ("audio: {src: a.mp3, duration: -3}", "The duration `-3` of `audio` cannot be read", "`1:30`"),
    "a file of static": ("audio: /loose.mp3", "The length of `/loose.mp3` is not known, since wol reads", "length: 5650889"),
    "a page": ("audio: /about/", "The type of `/about/` is not known", "type: audio/mpeg"),
}


@pytest.mark.parametrize("name", PROBLEMS)
def test_what_is_missing_is_told_once(site: Callable[..., Site], name: str) -> None:
    """One warning for one cause, with what to write."""
    header, message, hint = PROBLEMS[name]
    found = [one for one in made(site, header).build().diagnostics if one.code == "enclosure-incomplete"]
    assert len(found) == 1
    assert found[0].message.startswith(message)
    assert hint in found[0].hint


def test_a_missing_file_is_a_broken_link(site: Callable[..., Site]) -> None:
    """It is told as any reference is, and by nothing else."""
    assert [one.code for one in made(site, "audio: missing.mp3").build().diagnostics] == ["link-broken"]


def test_the_page_has_a_player(site: Callable[..., Site]) -> None:
    """`page.enclosure` has all that a player needs, and nothing where there is none."""
    shown = (
        "{% set e = page.enclosure %}{{ [e.url, e.type, e.length, e.duration, e.kind, e.time, e.iso_duration]|join(' ') if e else 'none' }}"
    )
    here = made(site, 'audio: {src: a.mp3, duration: "1:02:30"}', '[theme]\nuse = ["mine"]\n')
    here.write("themes/mine/templates/post.html", shown)
    here.write("themes/mine/templates/page.html", shown)
    here.build()
    assert here.read("2026/01/p/index.html").strip() == f"/posts/a.mp3 audio/mpeg {len(MP3)} 3750 audio 1:02:30 PT3750S"
    assert here.read("about/index.html").strip() == "none"
    here.write("site.toml", (here.root / "site.toml").read_text() + "[features]\nenclosures = false\n")
    here.build()
    assert here.read("2026/01/p/index.html").strip() == "none"


@pytest.mark.parametrize("jobs", [1, 2])
def test_builds_follow_the_file(site: Callable[..., Site], jobs: int) -> None:
    """Whatever happens to the file, the field or its post, the feeds and the page are as a clean build makes them."""
    here = made(site, "audio: a.mp3")
    here.build(jobs=jobs)
    text = here.root / "content/posts/p.md"
    before = text.read_text()
    steps: list[Callable[[], object]] = [
        lambda: (here.root / "content/posts/a.mp3").write_bytes(recordings.mp3(900)),
        lambda: (here.root / "content/posts/a.mp3").unlink(),
        lambda: (here.root / "content/posts/a.mp3").write_bytes(FILM),
        lambda: text.write_text(before.replace("audio: a.mp3", "audio: {src: a.mp3, duration: 5}")),
        lambda: text.write_text(before.replace("audio: a.mp3", "video: ../films/f.mp4")),
        lambda: text.write_text(before.replace("---\nText", "draft: yes\n---\nText")),
        lambda: text.write_text(before),
    ]
    for number, step in enumerate(steps):
        step()
        here.build(jobs=jobs)
        clean = here.copy(here.root.parent / f"clean{number}")
        clean.build(clean=True)
        assert differences(tree(here.output), tree(clean.output)) == "", number


def test_media_of_a_draft_are_not_published(site: Callable[..., Site]) -> None:
    """Neither the file nor its name is in the output."""
    here = made(site, "audio: ../sounds/LOUD.MP3", draft="draft: yes\n")
    here.build()
    assert not [path for path in tree(here.output) if "LOUD" in path]
    assert "LOUD" not in "".join(here.read(name) for name in ("feed.xml", "atom.xml", "feed.json"))


def test_hostile_names_stay_names(site: Callable[..., Site]) -> None:
    """Whatever stands in a URL, feeds stay well-formed and the player has no attribute of the writer's."""
    here = made(site, """audio: {src: 'https://cdn.example/"><script>x</script>&.mp3', length: 3}""")
    here.build()
    assert here.read("2026/01/p/index.html").count("<audio") == 1
    assert "<script>x" not in here.read("2026/01/p/index.html")
    assert len(fed(here)["feed.xml"]) == 1
