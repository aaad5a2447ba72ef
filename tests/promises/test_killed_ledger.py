"""Commands that edit sources and the ledger, killed between any two steps: no line and no word is lost, and the same command completes them."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from harness.cases import cases
from harness.failing_writes import Killed, faults
from harness.site import Site, tree
from wol.content.ledger_text import parse
from wol.model.ledger import PATH, standing

pytestmark = pytest.mark.slow

POST = "---\ntitle: {0}\ndate: 2026-10-0{1}\n{2}---\nText of {0}.\n"
FILES: dict[str, str | bytes] = {
    "content/posts/a.md": POST.format("A", 1, "") + "\nSee [b](b.md#part), ![p](pictures/p.png), `[b](b.md)` and [trip](trip/index.md).\n",
    "content/posts/b.md": POST.format("B", 2, "id: b\nimage: pictures/p.png\n")
    + "\n## Part\n\nBack to [a]( <a.md> 'A') or [a].\n\n[a]: /posts/a.md\n",
    "content/posts/pictures/p.png": b"p",
    "content/posts/trip/index.md": POST.format("Trip", 4, "") + "\n![m](map.png) and [more](more.md) and [a](../a.md).\n",
    "content/posts/trip/more.md": "---\ndate: 2026-10-06\n---\nMore, back to [the trip](index.md).\n",
    "content/posts/trip/map.png": b"m",
    "content/drafts/idea.md": "See [a](../posts/a.md).\n",
    "content/about.md": "Title: About\nUrl: /me/\n\nSee [a](/2026/10/a/), [a](posts/a.md).\n",
}


@pytest.fixture
def published(site: Callable[..., Site]) -> Site:
    """A small blog that was built and recorded."""
    made = site(FILES)
    assert made.run("build").code == 0
    assert made.run("record").code == 0
    return made


def killed(here: Site, at: int, to: Path, *words: str) -> tuple[Site, bool]:
    """Copy a site, and run a command in the copy that is killed before its change number `at` of the disk; returns the copy, and whether it was killed."""
    copy = here.copy(to)
    with faults(at, "kill"):
        try:
            assert copy.run(*words).code == 0
        except Killed:
            return copy, True
    return copy, False


def test_a_recording(published: Site, tmp_path: Path) -> None:
    """The ledger is as it was or as it is to be; the next recording completes it."""
    before = (published.root / PATH).read_bytes()
    published.write("content/more.md", "# More\n")
    assert published.run("build").code == 0
    lines = set()
    with cases() as case:
        for at in range(1, 100):
            here, was_killed = killed(published, at, tmp_path / f"at{at}", "record")
            with case(at):
                data = (here.root / PATH).read_bytes()
                assert data.startswith(before)
                assert parse(data).diagnostics == ()
                lines.add(len(parse(data).lines) - len(parse(before).lines))
                assert here.run("build").code == 0
                assert here.run("record").code == 0
                found = parse((here.root / PATH).read_bytes())
                assert standing(found.lines)["/more/"].event == "live"
                assert [place.name for place in (here.root / "ledger").iterdir()] == ["published.tsv"]
            if not was_killed:
                break
    assert lines == {0, 1}
    assert at > 3


def ids(here: Site) -> dict[str, str]:
    """Return the ids in the feeds of posts and of notes by title."""
    files = [here.output / name for name in ("feed.json", "notes/feed.json")]
    entries = [entry for file in files if file.exists() for entry in json.loads(file.read_bytes())["items"]]
    return {entry.get("title", ""): entry["id"] for entry in entries}


def test_a_move(published: Site, tmp_path: Path) -> None:
    """No word is lost; the same command again does the rest, and every id stays."""
    before = ids(published)
    words = {path: set(data.decode().split()) for path, data in published.files("content").items() if path.endswith(".md")}
    moved = set()
    with cases() as case:
        for at in range(1, 200):
            here, was_killed = killed(published, at, tmp_path / f"at{at}", "mv", "posts/a.md", "notes/c.md")
            with case(at):
                moved.add((here.root / "content/notes/c.md").exists())
                assert here.run("build").code == 0
                if (here.root / "content/posts/a.md").exists():
                    assert here.run("mv", "posts/a.md", "notes/c.md").code == 0
                built = here.run("build", "--strict")
                assert built.code == 0, built.stderr
                assert ids(here) == {title: before[title] for title in ids(here)}
                after = tree(here.root / "content")
                assert not any(path.endswith(".tmp") for path in after)
                for path, said in words.items():
                    place = "notes/c.md" if path == "posts/a.md" else path
                    assert {word for word in said if ".md" not in word and ".png" not in word} <= set(after[place].decode().split())
            if not was_killed:
                break
    assert moved == {False, True}
    assert at > 20
