"""Files that a plugin reads itself: as tables of values, in step with the files, and published only if the plugin says so."""

from __future__ import annotations

import json
import os
from collections.abc import Callable
from itertools import count
from pathlib import Path
from typing import Any

import pytest

from harness import drivers, rates
from harness.cases import cases
from harness.rates import INPUTS, PARSED, PLUGIN
from harness.site import CONFIG, NOW, Site, differences, tree
from wol.api import Input
from wol.engine import input_tables
from wol.engine.jobs import execute
from wol.engine.protocol import feature_inputs

SETTINGS = f'{CONFIG}\n[build]\nplugins = ["{PLUGIN}"]\n'

FILES: dict[str, str | bytes] = {
    "content/data/euro.toml": "rate = 1\n",
    "content/data/pound.toml": "rate = 2\n",
    "content/data/deep/yen.toml": "this = is not TOML",
    "content/data/_defaults.toml": "",
    "content/data/_draft.toml": "this = is not TOML",
    "content/data/euro.toml~": "this = is not TOML",
    "content/posts/a.md": "---\ndate: 2026-11-01\n---\nWords.\n",
    "content/posts/talk/index.md": "---\ndate: 2026-11-02\n---\n[Listen](talk.mp3).\n",
    "content/posts/talk/talk.mp3": "ID3 sound",
    "content/posts/talk/numbers.json": "[1, 2]",
    "content/posts/secret/index.md": "---\nprivate: true\n---\nHush.\n",
    "content/posts/secret/numbers.json": '["hushword"]',
    "content/posts/secret/deep/hush.mp3": "hushword",
    "content/posts/late/index.md": "---\ndate: 2026-12-24\n---\nSoon.\n",
    "content/posts/late/numbers.json": "[24]",
    "content/drafts/numbers.json": '["draft"]',
    "content/drafts/idea.mp3": "draft",
    "content/_hidden/numbers.json": '["burrow"]',
    "content/.hidden/numbers.json": '["burrow"]',
    "content/loose.ogg": "Oggs",
}

SiteOf = Callable[..., Site]


@pytest.fixture
def here(site: SiteOf) -> Site:
    """A site with the plugin, built."""
    made = site(FILES, SETTINGS)
    made.build()
    PARSED.clear()
    return made


def shown(site: Site, path: str) -> Any:
    """Give what the plugin wrote."""
    return json.loads(site.read(path))


def as_clean(site: Site, folder: Path, **options: Any) -> None:
    """See that the output is what a build from nothing makes."""
    clean = Site(folder, {}, SETTINGS)
    for path, data in tree(site.root, without=("public", ".wol")).items():
        clean.write(path, data)
    clean.build(**options)
    told = differences(clean.files(), site.files())
    assert not told, told


def test_what_is_given_and_what_is_published(here: Site) -> None:
    """A pattern means what it means in `.gitignore`; of what is hidden nothing is given, and only a public input is published."""
    assert shown(here, "data/euro.toml.txt") == {"rate": 1}
    assert shown(here, "numbers.txt") == {"posts/talk/numbers.json": [1, 2]}
    assert shown(here, "sounds.txt") == {key: [key, head] for key, head in (("loose.ogg", "Oggs"), ("posts/talk/talk.mp3", "ID3 "))}
    assert {path for path in here.files() if path.endswith((".toml", ".json", ".mp3", ".ogg"))} == {"2026/11/talk/talk.mp3", "feed.json"}
    everything = b"".join(here.files().values())
    assert not any(word in everything for word in (b"hushword", b"burrow", b'"draft"', b"not TOML"))


def test_drafts_and_what_is_scheduled(site: SiteOf) -> None:
    """Where drafts or scheduled posts are shown, so are their inputs; and what is due comes by itself."""
    made = site(FILES, SETTINGS)
    made.run("build", "--at", "2026-12-01", "--drafts", "--future", "--output", "drafts")
    assert json.loads((made.root / "drafts/numbers.txt").read_text()).keys() == {
        "posts/talk/numbers.json",
        "posts/late/numbers.json",
        "drafts/numbers.json",
    }
    made.run("build", "--at", "2026-12-01")
    assert "posts/late/numbers.json" not in shown(made, "numbers.txt")
    made.run("build", "--at", "2026-12-25")
    assert shown(made, "numbers.txt")["posts/late/numbers.json"] == [24]


READERS: tuple[tuple[str, dict[str, str | bytes | None], set[str], set[str]], ...] = (
    ("nothing", {}, set(), set()),
    ("an edit", {"content/data/euro.toml": "rate = 3\n"}, {"data/euro.toml"}, {"data/euro.toml.txt"}),
    ("an edit that changes no value", {"content/data/euro.toml": "rate = 1 # euro\n"}, {"data/euro.toml"}, set()),
    ("a new file", {"content/data/yen.toml": "rate = 9\n"}, {"data/yen.toml"}, {"data/yen.toml.txt"}),
    ("a file less", {"content/data/euro.toml": None}, set(), set()),
    (
        "another name",
        {"content/data/euro.toml": None, "content/data/eur.toml": "rate = 1\n"},
        {"data/eur.toml"},
        {"data/eur.toml.txt"},
    ),
    ("an edit in a bundle", {"content/posts/talk/numbers.json": "[3]"}, {"posts/talk/numbers.json"}, {"numbers.txt"}),
    ("an edit of what is hidden", {"content/posts/secret/numbers.json": "[4]"}, {"posts/secret/numbers.json"}, set()),
    ("a bundle that is hidden", {"content/posts/talk/index.md": "---\nprivate: true\n---\n"}, set(), {"numbers.txt", "sounds.txt"}),
    ("a bundle that is withdrawn", {"content/posts/talk/index.md": "---\ngone: true\n---\n"}, set(), {"numbers.txt", "sounds.txt"}),
    ("a bundle that is shown", {"content/posts/secret/index.md": "---\ndate: 2026-10-01\n---\n"}, set(), {"numbers.txt", "sounds.txt"}),
    ("a bundle that is no more", {"content/posts/secret/index.md": None}, set(), {"numbers.txt", "sounds.txt"}),
    ("a sound that begins otherwise", {"content/loose.ogg": "Other"}, {"loose.ogg"}, {"sounds.txt"}),
    ("a sound that begins alike", {"content/loose.ogg": "Oggs and more"}, {"loose.ogg"}, set()),
    ("a text", {"content/posts/a.md": "---\ndate: 2026-11-01\n---\nOther words.\n"}, set(), set()),
)


def test_an_edit_wakes_its_readers_alone(site: SiteOf, tmp_path: Path) -> None:
    """Only what changed is parsed again, only what reads it is rendered, and all is as a build from nothing makes it."""
    numbers = count()
    with cases() as case:
        for name, edits, parsed, rendered in READERS:
            with case(name):
                made = site(FILES, SETTINGS)
                made.build()
                PARSED.clear()
                for path, data in edits.items():
                    made.remove(path) if data is None else made.write(path, data)
                report = made.build()
                assert set(PARSED) == parsed
                assert {o.path for o in report.outcomes if o.path.endswith(".txt")} == rendered
                as_clean(made, tmp_path / f"clean{next(numbers)}")
                PARSED.clear()
                assert not made.build().outcomes
                assert not PARSED


def test_an_edit_that_leaves_no_trace(here: Site, tmp_path: Path) -> None:
    """A file with as many bytes and the time that it had is seen to be another all the same."""
    place = here.root / "content/data/euro.toml"
    time = place.stat().st_mtime_ns
    place.write_bytes(b"rate = 7\n")
    os.utime(place, ns=(time, time))
    here.build()
    assert shown(here, "data/euro.toml.txt") == {"rate": 7}
    as_clean(here, tmp_path / "clean")


@pytest.mark.parametrize("method", ["fork", "spawn"])
def test_in_several_processes(site: SiteOf, monkeypatch: pytest.MonkeyPatch, method: str, tmp_path: Path) -> None:
    """Two processes give what one gives, errors too."""
    monkeypatch.setattr(execute, "start_method", lambda: method)
    monkeypatch.setattr(input_tables, "BATCH", 5)
    many = {f"content/data/{n}.toml": f"rate = {n}\n" for n in range(12)}
    made = site({**FILES, **many}, SETTINGS)
    made.build(jobs=2)
    assert shown(made, "data/11.toml.txt") == {"rate": 11}
    as_clean(made, tmp_path / "clean", jobs=1)
    for number in (3, 9):
        made.write(f"content/data/{number}.toml", "rate = \n")
    assert [(d.code, str(d.span)) for d in made.errors(jobs=2)] == [("input-invalid", f"content/data/{n}.toml:1:8") for n in (3, 9)]
    assert made.errors(jobs=2) == made.errors(jobs=1)


def test_a_feature_that_is_switched_off(here: Site, tmp_path: Path) -> None:
    """Its files are attachments again, and as they were when it is switched on."""
    here.write("site.toml", f"{SETTINGS}\n[features]\nrates = false\n")
    here.build()
    assert "numbers.txt" not in here.files()
    assert "2026/11/talk/numbers.json" in here.files()
    here.write("site.toml", SETTINGS)
    here.build()
    assert "2026/11/talk/numbers.json" not in here.files()
    as_clean(here, tmp_path / "clean")


def test_a_session_that_lives_long(site: SiteOf, tmp_path: Path) -> None:
    """A watched site has each edit of an input at once, beside edits of the pages that somebody looks at."""
    made = site(FILES, SETTINGS)
    build = drivers.long_lived()
    preview = drivers.Options(NOW, profile="preview")
    assert not build(made.root, preview).errors
    for number in range(3):
        made.write("content/data/euro.toml", f"rate = {number + 3}\n")
        made.write("content/posts/a.md", f"---\ndate: 2026-11-01\n---\nWords {number}.\n")
        done = build(made.root, preview)
        assert {"data/euro.toml.txt"} == {path for path, *_ in done.outcomes if path.endswith(".txt")}
        assert json.loads((made.root / ".wol/preview/data/euro.toml.txt").read_text()) == {"rate": number + 3}
        made.write("content/data/euro.toml", "rate =\n")
        assert len(build(made.root, preview).errors) == 1
    made.remove("content/data/euro.toml")
    assert "data/euro.toml.txt" in build(made.root, preview).removed


def test_a_lost_state(here: Site, tmp_path: Path) -> None:
    """Without its caches, or by `wol build --clean`, a build parses everything anew."""
    here.build(clean=True)
    assert "data/euro.toml" in PARSED
    (here.root / ".wol/state/release/state").write_bytes(b"garbage")
    here.build()
    as_clean(here, tmp_path / "clean")


def test_a_new_parser(here: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where settings choose another function or another pattern, all values are made anew though no file has changed."""
    monkeypatch.setattr(rates, "INPUTS", {**INPUTS, "rates": Input("data/*.toml", rates.raw)})
    here.write("site.toml", f"{SETTINGS}[extra]\nparser = 2\n")
    here.build()
    assert shown(here, "data/euro.toml.txt") == "rate = 1\n"
    here.write("site.toml", f"{SETTINGS}[extra]\nparser = 3\n")
    monkeypatch.setattr(rates, "INPUTS", {**INPUTS, "rates": Input(("data/p*.toml", "*.none"), rates.raw)})
    here.build()
    assert "data/euro.toml.txt" not in here.files()
    assert shown(here, "data/pound.toml.txt") == "rate = 2\n"


def test_a_large_file_is_not_held_in_memory(here: Site) -> None:
    """Of a sound as long as a film, neither the scan nor the plugin holds more than a piece."""
    import tracemalloc

    with open(here.root / "content/large.ogg", "wb") as file:
        file.truncate(96_000_000)
    tracemalloc.start()
    try:
        here.build()
        assert tracemalloc.get_traced_memory()[1] < 32_000_000
    finally:
        tracemalloc.stop()
    assert shown(here, "sounds.txt")["large.ogg"] == ["large.ogg", "\0\0\0\0"]


def test_a_link_to_what_is_not_published(here: Site) -> None:
    """A link to a private input says what that is; a copy in `static/` mends it, and so does the end of the input."""
    here.write("content/posts/a.md", "---\ndate: 2026-11-01\n---\n[Rates](/data/euro.toml) and ![Rates](/data/none.toml).\n")
    found = {d.code: d for d in here.build().diagnostics}
    assert set(found) == {"link-unpublished", "image-missing"}
    assert "only the feature `rates` reads" in found["link-unpublished"].message
    here.write("content/data/none.toml", "rate = 0\n")
    assert {d.code for d in here.build().diagnostics} == {"link-unpublished"}
    here.write("static/data/euro.toml", "rate = 1\n")
    here.write("static/data/none.toml", "rate = 0\n")
    assert not here.build().diagnostics


def test_a_move(here: Site, tmp_path: Path) -> None:
    """A bundle that is moved takes its inputs along."""
    assert here.run("mv", "content/posts/talk", "content/posts/speech").code == 0
    here.build()
    assert shown(here, "numbers.txt") == {"posts/speech/numbers.json": [1, 2]}
    as_clean(here, tmp_path / "clean")


def test_nothing_is_parsed_where_nothing_is_declared(site: SiteOf, monkeypatch: pytest.MonkeyPatch) -> None:
    """Without an input no job is run and nothing is kept."""
    monkeypatch.setattr(input_tables, "parse_batch", None)
    made = site({path: data for path, data in FILES.items() if "yen" not in path}, CONFIG + "[features]\nenclosures = false\n")
    made.build()
    assert b"inputs parsed" not in (made.root / ".wol/state/release/state").read_bytes()


def test_files_that_change_meanwhile(here: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    """A file that is another than the scan saw, or gone, stops the build."""
    parse_batch = feature_inputs.parse_batch

    def meddled(context: Any, tasks: Any) -> Any:
        here.write("content/data/euro.toml", "rate = 8\n")
        here.write("content/loose.ogg", "Other sound")
        here.remove("content/data/pound.toml")
        return parse_batch(context, tasks)

    here.write("content/data/euro.toml", "rate = 3\n")
    here.write("content/data/pound.toml", "rate = 4\n")
    here.write("content/loose.ogg", "Ogg")
    monkeypatch.setattr(input_tables, "parse_batch", meddled)
    assert [(d.code, str(d.span)) for d in here.errors()] == [
        ("source-changed", f"content/{path}") for path in ("data/euro.toml", "data/pound.toml", "loose.ogg")
    ]


def test_two_features_and_one_file(site: SiteOf, monkeypatch: pytest.MonkeyPatch) -> None:
    """Both get it; it is published only if both say so."""
    monkeypatch.setattr(rates, "INPUTS", {**INPUTS, "rates": Input("*.mp3", rates.raw)})
    made = site(FILES, SETTINGS)
    made.build()
    assert shown(made, "posts/talk/talk.mp3.txt") == "ID3 sound"
    assert "posts/talk/talk.mp3" in shown(made, "sounds.txt")
    assert "2026/11/talk/talk.mp3" not in made.files()
