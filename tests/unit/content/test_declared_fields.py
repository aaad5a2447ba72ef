"""Front matter fields that features declare: each type in each form, and what the writer of a wrong value sees."""

from __future__ import annotations

import pickle
from typing import Any

import msgspec
import pytest

from harness.tale import FIELDS, TALE
from wol.content.markdown.reader import Reader
from wol.content.raw import Defaults, Raw
from wol.content.read import Reading, read_source
from wol.content.settings import ReadSettings, read_settings
from wol.engine.protocol.feature_declarations import site_fields
from wol.errors import Diagnostic
from wol.model.config import Config, SiteConfig
from wol.model.field import Declared, Field
from wol.model.item import Link, Moment, Summary

CONFIG = Config(site=SiteConfig(title="A", base_url="https://example.org"))
WITH = read_settings(CONFIG, (), site_fields([TALE], CONFIG).declared)
WITHOUT = read_settings(CONFIG, (), (), site_fields([TALE.switched_off()], CONFIG).absent_names)
READER = Reader(WITH)
FENCES = {"yaml": "---\n{}\n---\n", "toml": "+++\n{}\n+++\n", "json": "---json\n{}\n---\n", "lines": "{}\n\n"}
DAY = Moment(1767312000000000, "2026-01-02T00:00:00+00:00", True)
TIME = Moment(1767349800000000, "2026-01-02T10:30:00+00:00", False)


def read(header: str, form: str = "yaml", settings: ReadSettings = WITH, *defaults: Defaults) -> Reading:
    return read_source("posts/a.md", f"{FENCES[form].format(header)}Text.\n".encode(), defaults, settings, READER)


def summary(header: str, form: str = "yaml", settings: ReadSettings = WITH, *defaults: Defaults) -> Summary:
    found = read(header, form, settings, *defaults)
    assert not found.diagnostics
    assert not found.items[0].diagnostics
    return found.items[0].summary


def facts(header: str, form: str = "yaml", settings: ReadSettings = WITH, *defaults: Defaults) -> dict[str, Any]:
    stored = summary(header, form, settings, *defaults)
    back = msgspec.msgpack.decode(msgspec.msgpack.encode(stored), type=Summary)
    assert back == stored, "facts keep their types on disk"
    return {name.removeprefix("tale."): back.fact(name) for name in back.facts}


def told(found: Diagnostic) -> tuple[str, str, str, str]:
    place = str(found.span).removeprefix("content/posts/a.md:")
    return place, found.code, found.message, found.hint


def link(raw: str, path: str, url: str = "") -> Link:
    return Link("link", raw, path, url)


@pytest.mark.parametrize(
    ("form", "header", "expected"),
    [
        ("yaml", "turn: 3", {"turn": 3}),
        ("yaml", "turn: '3'", {"turn": 3}),
        ("yaml", "Turn: 03", {"turn": 3}),
        ("yaml", "chapter: 3", {"turn": 3}),
        ("yaml", "depth: -11000", {"depth": -11000}),
        ("yaml", "told: 'at  home'", {"told": "at  home"}),
        ("yaml", "told: 1984", {"told": "1984"}),
        ("yaml", "voice: in between", {"voice": "in between"}),
        ("yaml", "finished: yes", {"finished": True}),
        ("yaml", "Finished: OFF", {"finished": False}),
        ("yaml", "heard: 2026-01-02", {"heard": DAY}),
        ("yaml", "first-heard: 2026-01-02 10:30", {"heard": TIME}),
        ("yaml", "players: [Ann, Bob]", {"players": ("Ann", "Bob")}),
        ("yaml", "players:\n- Ann\n- 7", {"players": ("Ann", "7")}),
        ("yaml", "players: Ann", {"players": ("Ann",)}),
        ("yaml", "tones: [dark, bright]", {"tones": ("dark", "bright")}),
        ("yaml", "proof: letter.pdf", {"proof": link("letter.pdf", "posts/letter.pdf")}),
        ("yaml", "proof: ../about.md", {"proof": link("../about.md", "about.md")}),
        ("yaml", "proof: /about/", {"proof": link("/about/", "about", "/about/")}),
        ("yaml", "proof: https://example.net/a", {"proof": "https://example.net/a"}),
        ("yaml", "track: a b.mp3", {"track": {"src": link("a b.mp3", "posts/a b.mp3")}}),
        ("yaml", "track: https://example.net/a.mp3", {"track": {"src": "https://example.net/a.mp3"}}),
        (
            "yaml",
            "recording:\n  SRC: a.mp3\n  length: 12\n  strong: no\n  recorded: 2026-01-02\n  speakers: [Ann]\n  type: audio/mpeg",
            {
                "track": {
                    "src": link("a.mp3", "posts/a.mp3"),
                    "length": 12,
                    "explicit": False,
                    "recorded": DAY,
                    "speakers": ("Ann",),
                    "type": "audio/mpeg",
                }
            },
        ),
        ("yaml", "place: {town: Rome, year: -40}", {"place": {"town": "Rome", "year": -40}}),
        ("yaml", "turn:\nplayers: []\ntrack: {}\nplace: {town: }\nheard: ~\nproof: ''", {}),
        ("toml", "turn = 3\ntold = 5\nfinished = false\nheard = 2026-01-02", {"turn": 3, "told": "5", "finished": False, "heard": DAY}),
        ("toml", "heard = 2026-01-02T10:30:00Z\nplayers = ['Ann', 'Bob']", {"heard": TIME, "players": ("Ann", "Bob")}),
        (
            "toml",
            "proof = 'a.pdf'\nvoice = 'low'\n[place]\nyear = 7",
            {"proof": link("a.pdf", "posts/a.pdf"), "voice": "low", "place": {"year": 7}},
        ),
        (
            "toml",
            "[track]\nsrc = 'a.mp3'\nlength = 3\nrecorded = 2026-01-02",
            {"track": {"src": link("a.mp3", "posts/a.mp3"), "length": 3, "recorded": DAY}},
        ),
        ("json", '{"turn": 3, "finished": true, "players": ["Ann"], "told": null}', {"turn": 3, "finished": True, "players": ("Ann",)}),
        ("json", '{"track": {"src": "a.mp3", "length": 3}}', {"track": {"src": link("a.mp3", "posts/a.mp3"), "length": 3}}),
        ("lines", "Title: A\nTurn: 3\nFinished: yes\nHeard: 2026-01-02", {"turn": 3, "finished": True, "heard": DAY}),
        (
            "lines",
            "Title: A\nPlayers: Ann, Bob,\nTones: dark\nTrack: a.mp3",
            {"players": ("Ann", "Bob"), "tones": ("dark",), "track": {"src": link("a.mp3", "posts/a.mp3")}},
        ),
    ],
)
def test_values(form: str, header: str, expected: dict[str, Any]) -> None:
    """Each type in each form of front matter."""
    assert facts(header, form) == expected


NUMBER = "`{}` must be a whole number from 1 to 99, not {}"
TRACK = "`track` must be a file, a page or a URL, or a map with `src`, `length`, `type`, `explicit`, `recorded` and `speakers`, not {}"
KIND = "write {}"
DATE = "write it as `2026-11-20` or `2026-11-20 14:05`"
SLIP = 'did you mean `{}`? If not, move it to `extra`, or set `[content] misspelt = "warning"` while moving a blog'


@pytest.mark.parametrize(
    ("form", "header", "place", "code", "message", "hint"),
    [
        ("yaml", "turn: two", "2:7", "front-matter-type", NUMBER.format("turn", "`two`"), "write a number such as `1`"),
        ("yaml", "title: A\nTurn: 0", "3:7", "front-matter-type", NUMBER.format("Turn", "`0`"), "write a number such as `1`"),
        ("yaml", "turn: 100", "2:7", "front-matter-type", NUMBER.format("turn", "`100`"), "write a number such as `1`"),
        ("yaml", "turn: 2.5", "2:7", "front-matter-type", NUMBER.format("turn", "`2.5`"), "write a number such as `1`"),
        ("yaml", "turn: [1, 2]", "2:7", "front-matter-type", NUMBER.format("turn", "a list"), "write a number such as `1`"),
        ("yaml", f"turn: {2**63}", "2:7", "front-matter-type", NUMBER.format("turn", f"`{2**63}`"), "write a number such as `1`"),
        ("yaml", "turn: \u0663", "2:7", "front-matter-type", NUMBER.format("turn", "`\u0663`"), "write a number such as `1`"),
        ("toml", "turn = true", "2:8", "front-matter-type", NUMBER.format("turn", "`true`"), "write a number such as `1`"),
        ("toml", "turn = 2026-01-02", "2:8", "front-matter-type", NUMBER.format("turn", "the date `2026-01-02`"), "write a number such as `1`"),
        ("json", '{"turn": 2.0}', "2:10", "front-matter-type", NUMBER.format("turn", "`2.0`"), "write a number such as `1`"),
        ("lines", "Title: A\nTurn: two", "2:7", "front-matter-type", NUMBER.format("Turn", "`two`"), "write a number such as `1`"),
        ("yaml", "depth: 3", "2:8", "front-matter-type", "`depth` must be a whole number of at most 0, not `3`", "write a number such as `0`"),
        ("yaml", "told: [a]", "2:7", "front-matter-type", "`told` must be a text, not a list", KIND),
        ("toml", "told = true", "2:8", "front-matter-type", "`told` must be a text, not `true`", KIND),
        ("yaml", "voice: lo", "2:8", "front-matter-type", "`voice` must be `low`, `high` or `in between`, not `lo`", "did you mean `low`?"),
        ("yaml", "voice: loud", "2:8", "front-matter-type", "`voice` must be `low`, `high` or `in between`, not `loud`", "write `low`, `high` or `in between`"),
        ("yaml", "finished: maybe", "2:11", "front-matter-type", "`finished` must be `yes` or `no`, not `maybe`", KIND),
        ("toml", "finished = 1", "2:12", "front-matter-type", "`finished` must be `yes` or `no`, not `1`", KIND),
        ("yaml", "heard: yesterday", "2:8", "date-invalid", "`yesterday` is not a date that wol can read", DATE),
        ("yaml", "heard: 2026-02-30", "2:8", "date-invalid", "There is no such day as `2026-02-30`", DATE),
        ("yaml", "heard: [2026-01-02]", "2:8", "front-matter-type", "`heard` must be a date such as `2026-11-20` or `2026-11-20 14:05`, not a list", KIND),
        ("yaml", "players: {a: b}", "2:10", "front-matter-type", "`players` must be a list of texts, not a map", KIND),
        ("yaml", "players:\n- a\n- {b: c}", "4:3", "front-matter-type", "`players` must be a list of texts, not a list with a map in it", KIND),
        ("yaml", "tones: [bright, drak]", "2:17", "front-matter-type", "`tones` must be a list of `bright` or `dark`, not `drak`", "did you mean `dark`?"),
        ("yaml", "proof: [a]", "2:8", "front-matter-type", "`proof` must be a file, a page or a URL, not a list", KIND),
        ("yaml", "proof: mailto:a@example.org", "2:8", "front-matter-type", "`proof` must be a file, a page or a URL, not `mailto:a@example.org`", KIND),
        ("yaml", "proof: file:///home/ann/a.txt", "2:8", "link-local", "The `proof` `file:///home/ann/a.txt` is only on your computer", "copy `a.txt` next to this file and write `a.txt`"),
        ("yaml", "track: [a]", "2:8", "front-matter-type", TRACK.format("a list"), KIND),
        ("yaml", "track: {length: 3}", "2:8", "front-matter-type", "`track` has no `src`", "add `src`: a file, a page or a URL"),
        ("yaml", "track: {src: a.mp3, length: -1}", "2:29", "front-matter-type", "`track.length` must be a whole number of at least 0, not `-1`", "write a number such as `0`"),
        ("yaml", "track:\n  src: a.mp3\n  recorded: 2026-02-30", "4:13", "date-invalid", "There is no such day as `2026-02-30`", DATE),
        ("yaml", "track: {src: a.mp3, lenght: 3}", "2:21", "front-matter-misspelt", "`track.lenght` is almost `track.length`", SLIP.format("length")),
        ("toml", "[track]\nsrc = 'a.mp3'\nexplicit = 'maybe'", "4:12", "front-matter-type", "`track.explicit` must be `yes` or `no`, not `maybe`", KIND),
        ("yaml", "track: {src: 'file:///a.mp3'}", "2:14", "link-local", "The `track.src` `file:///a.mp3` is only on your computer", "copy `a.mp3` next to this file and write `a.mp3`"),
        ("yaml", "place: here", "2:8", "front-matter-type", "`place` must be a map with `town` and `year`, not `here`", KIND),
        ("yaml", "place: {year: old}", "2:15", "front-matter-type", "`place.year` must be a whole number, not `old`", "write a number such as `1`"),
        ("yaml", "trun: 2", "2:1", "front-matter-misspelt", "`trun` is almost `turn`", SLIP.format("turn")),
        ("yaml", "finishd: yes", "2:1", "front-matter-misspelt", "`finishd` is almost `finished`", SLIP.format("finished")),
        ("yaml", "chapter: 3\nturn: 4", "3:1", "front-matter-conflict", "`chapter` on line 2 and `turn` on line 3 give the field `turn` two values", "keep one of the two"),
    ],
)  # fmt: skip
def test_wrong_values(form: str, header: str, place: str, code: str, message: str, hint: str) -> None:
    """Each has its line and column, one sentence and one way out, and the source gives no item."""
    found = read(header, form)
    kind = message.partition(" must be ")[2].rpartition(", not ")[0]
    assert [told(one) for one in found.diagnostics] == [(place, code, message, hint.replace(KIND, f"write {kind}"))]
    assert not found.items


def test_a_reference_counts_among_the_links() -> None:
    """So it is checked, and what it names is published."""
    stored = summary("proof: letter.pdf\ntrack: {src: a.mp3}")
    assert [(one.path, one.line) for one in stored.links] == [("posts/letter.pdf", 2), ("posts/a.mp3", 3)]
    assert [one.raw for one in summary("proof: ../../letter.pdf").links] == ["../../letter.pdf"]


@pytest.mark.parametrize(("header", "extra"), [("chapter: three", {"chapter": "three"}), ("recording: {src: a.mp3, length: x}", {"recording": {"src": "a.mp3", "length": "x"}}), ("track: {src: a.mp3, mood: wild}", {"track": {"mood": "wild"}}), ("mood: wild", {"mood": "wild"})])  # fmt: skip
def test_what_stays_foreign(header: str, extra: dict[str, Any]) -> None:
    """Other spellings whose value does not fit, and keys that no field has."""
    assert summary(header).extra == extra


def test_a_field_of_a_feature_is_not_extra() -> None:
    """What is read as a field is not among the foreign keys; with the feature off it is nothing else, and never misspelt."""
    header = "turn: 3\nplayers: [Ann]\ntrack: {src: a.mp3, length: x}\nchapter: 3\nmood: calm"
    assert summary(header.replace("length: x", "length: 3")).extra == {"mood": "calm"}
    off = summary(header, settings=WITHOUT)
    assert off.facts == {}
    assert off.links == ()
    assert off.extra == {"turn": 3, "players": ["Ann"], "track": {"src": "a.mp3", "length": "x"}, "chapter": 3, "mood": "calm"}


def test_defaults_hold_fields_of_features_too() -> None:
    """A reference of a `_defaults.toml` leads from its folder, and `wol list --why` says where it comes from."""
    above = Defaults("content/_defaults.toml", {"proof": Raw("a.pdf", 1, 9), "turn": Raw(7, 2, 8)})
    found = summary("turn: 3", "yaml", WITH, above)
    assert {name: found.fact(name) for name in found.facts} == {"tale.turn": 3, "tale.proof": link("a.pdf", "a.pdf")}
    assert found.origins["proof"] == "_defaults.toml"


def test_meanings_may_name_fields_of_features() -> None:
    """`[content.fields]` gives a foreign key the meaning of a field; of a feature that is off, none."""
    meaning = {"episode": "turn"}
    assert facts("episode: 3", settings=msgspec.structs.replace(WITH, fields=meaning)) == {"turn": 3}
    assert summary("episode: 3", settings=msgspec.structs.replace(WITHOUT, fields=meaning)).extra == {"episode": 3}
    assert summary("turn: 3", settings=msgspec.structs.replace(WITH, fields={"turn": "foreign"})).extra == {"turn": 3}


def test_a_change_of_the_declared_fields_is_other_reading() -> None:
    """Whatever is declared is part of what reading depends on, and can be sent to other processes."""
    declared = WITH.declared
    kinds = [WITH, WITHOUT, read_settings(CONFIG), msgspec.structs.replace(WITH, declared=declared[1:])]
    for change in ({"minimum": 2}, {"type": "text"}, {"also": ()}):
        changed = msgspec.structs.replace(declared[0], field=msgspec.structs.replace(FIELDS[0], **change))
        kinds.append(msgspec.structs.replace(WITH, declared=(changed, *declared[1:])))
    assert len({one.digest for one in kinds}) == len(kinds)
    assert pickle.loads(pickle.dumps(WITH)) == WITH


SINGLE = read_settings(
    CONFIG, (), tuple(Declared("x", field) for field in (Field("one", "list", "A.", maximum=1), Field("two", "list", "B.", maximum=2)))
)


@pytest.mark.parametrize(
    ("form", "header", "expected"),
    [
        ("yaml", "one: A, B", {"one": ("A, B",)}),
        ("yaml", "one: [A]", {"one": ("A",)}),
        ("yaml", "one: [7]", {"one": ("7",)}),
        ("yaml", "one: ['', A]", {"one": ("A",)}),
        ("yaml", "one:\n- A", {"one": ("A",)}),
        ("yaml", "one: []", {}),
        ("yaml", "two: [A, B]", {"two": ("A", "B")}),
        ("toml", "one = ['A']", {"one": ("A",)}),
        ("toml", "one = 'A'", {"one": ("A",)}),
        ("json", '{"one": ["A"]}', {"one": ("A",)}),
        ("lines", "Title: T\nOne: A, B", {"one": ("A, B",)}),
        ("lines", "Title: T\nTwo: A, B", {"two": ("A", "B")}),
    ],
)
def test_lists_of_few(form: str, header: str, expected: dict[str, Any]) -> None:
    """A list may be limited; one of a single text is written as that text or as a list of it, and is not cut at commas."""
    found = summary(header, form, SINGLE)
    assert {name.removeprefix("x."): found.fact(name) for name in found.facts} == expected


@pytest.mark.parametrize(
    ("header", "message", "hint"),
    [
        ("one: [A, B]", "`one` must be a single text, not a list", "keep 1 of them"),
        ("one:\n- A\n- B\n- C", "`one` must be a single text, not a list", "keep 1 of them"),
        ("two: [A, B, C]", "`two` must be a list of texts, 2 at most, not a list", "keep 2 of them"),
        ("one: {a: b}", "`one` must be a single text, not a map", ""),
    ],
)
def test_lists_of_too_many(header: str, message: str, hint: str) -> None:
    """More than the limit is an error, at the field."""
    (found,) = read(header, "yaml", SINGLE).diagnostics
    assert (found.code, found.message) == ("front-matter-type", message)
    assert found.hint.startswith(hint)


def test_lines_of_declared_fields() -> None:
    """Steps can say in which line a field is that a feature declares."""
    assert summary("title: A\none: B", "yaml", SINGLE).lines == {"one": 3}
