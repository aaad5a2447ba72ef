"""`wol list --changed`: what the next release would publish, change and withdraw, from the sources as they are, before anything is built."""

from __future__ import annotations

import json
from collections.abc import Callable

import pytest

from harness.deploys import LIVE, build, deploy
from harness.site import CONFIG, Site

pytestmark = pytest.mark.slow

ON_RECORD = LIVE.replace("public = false\n", "")


def post(title: str, more: str = "", text: str = "Text.") -> str:
    return f"---\ntitle: {title}\ndate: 2026-11-18\n{more}---\n{text}\n"


FILES = {
    **{f"content/posts/{name}.md": post(name.title(), "tags: [all]\n") for name in "abcdefghij"},
    "content/about.md": "---\ntitle: About\n---\nAbout.\n",
    "content/posts/later.md": "---\ntitle: Later\ndate: 2099-01-01\n---\nLater.\n",
    "content/posts/sooner.md": "---\ntitle: Sooner\ndate: 2098-01-01\n---\nSooner.\n",
    "content/posts/idea.md": post("Idea", "draft: true\n"),
    "content/posts/hidden.md": post("Hidden", "unlisted: true\n"),
    "content/posts/bundle/index.md": post("Bundle"),
    "content/posts/bundle/photo.txt": "photo",
    "static/assets/report.abcdef12.pdf": "report",
    "static/page.html": "<p>x</p>",
}


def looked(here: Site) -> set[tuple[str, str, str]]:
    """Give what the command lists of items and files: change, URL and why, or where it was."""
    ran = here.run("list", "--changed", "--format", "json")
    assert ran.code == 0, ran.stderr
    rows = json.loads(ran.stdout)
    return {(row["change"], row["url"], row["was"] or row["why"]) for row in rows if row["kind"] not in ("list", "feed")}


SCHEDULED = {("scheduled", "/2099/01/later/", ""), ("scheduled", "/2098/01/sooner/", "")}


@pytest.fixture(params=["ledger", "no ledger"])
def published(request: pytest.FixtureRequest, site: Callable[..., Site]) -> Site:
    """A site that was deployed, with and without a ledger."""
    here = site(FILES, CONFIG + (ON_RECORD if request.param == "ledger" else LIVE))
    build(here)
    deploy(here)
    return here


def test_before_the_first_deploy(site: Callable[..., Site]) -> None:
    """Everything is new, and it is said why; nothing is built, and nothing is written but the records of what was read."""
    here = site(FILES, CONFIG + ON_RECORD)
    before = here.files(".")
    ran = here.run("list", "--changed")
    assert "wol knows of no deploy" in ran.stderr
    assert len([line for line in ran.stdout.splitlines() if line.startswith("new\t\tpost")]) == 12
    assert {path: data for path, data in here.files(".").items() if not path.startswith(".wol/")} == before
    assert "\tIdea\t" not in ran.stdout


def test_nothing_has_changed(published: Site) -> None:
    """After a deploy there is nothing to see but what is scheduled, the next one first."""
    assert looked(published) == SCHEDULED
    assert [line.split("\t")[3] for line in published.run("list", "--changed").stdout.splitlines()] == ["Sooner", "Later"]


def test_what_would_change(published: Site) -> None:
    """New, moved, and withdrawn in every way; changed, where the ledger knows the texts; nothing is built for it."""
    here, before = published, published.files()
    here.write("content/posts/a.md", post("A", "draft: true\ntags: [all]\n"))
    here.write("content/posts/b.md", post("B", "private: true\n"))
    here.write("content/posts/c.md", post("C", "expires: 2026-11-19\n"))
    here.write("content/posts/d.md", post("D", "gone: true\n"))
    here.write("content/posts/e.md", "---\ntitle: E\ndate: 2097-01-01\nurl: /2026/11/e/\n---\nText.\n")
    here.remove("content/posts/f.md")
    here.write("content/posts/g.md", post("G", "tags: [all]\n", "Another text."))
    here.write("content/posts/h.md", post("A better title", "tags: [all]\n"))
    here.write("content/posts/i.md", post("I", "url: /moved/\naliases: [/2026/11/i/]\n"))
    here.write("content/posts/idea.md", post("Idea"))
    here.write("content/posts/quiet.md", post("Quiet", "unlisted: true\n"))
    here.remove("content/posts/bundle/photo.txt")
    here.write("content/posts/bundle/other.txt", "other")
    here.remove("static/assets/report.abcdef12.pdf")
    here.remove("static/page.html")
    here.write("static/new.pdf", "new")
    found = looked(here)
    changed = {("changed", "/2026/11/g/", ""), ("changed", "/2026/11/h/", "")}
    assert found - changed == SCHEDULED | {
        ("withdrawn", "/2026/11/a/", "it is a draft now"),
        ("withdrawn", "/2026/11/b/", "it is private now"),
        ("withdrawn", "/2026/11/c/", "it has expired"),
        ("withdrawn", "/2026/11/d/", "it is withdrawn: its page says so"),
        ("withdrawn", "/2026/11/e/", "it is scheduled now"),
        ("scheduled", "/2026/11/e/", ""),
        ("withdrawn", "/2026/11/f/", "nothing is there any more"),
        ("moved", "/moved/", "/2026/11/i/"),
        ("new", "/2026/11/idea/", ""),
        ("new", "/2026/11/quiet/", ""),
        ("withdrawn", "/2026/11/bundle/photo.txt", "nothing is there any more"),
        ("new", "/2026/11/bundle/other.txt", ""),
        ("withdrawn", "/assets/report.abcdef12.pdf", "nothing is there any more"),
        ("withdrawn", "/page.html", "nothing is there any more"),
        ("new", "/new.pdf", ""),
    }
    assert (found & changed) == (changed if (here.root / "ledger").exists() else set())
    assert here.files() == before


def test_an_edit_is_seen_until_it_is_deployed(site: Callable[..., Site]) -> None:
    """A build is no deploy; the deploy puts the text on record, for unlisted posts too, and an edit that is undone is none."""
    here = site(FILES, CONFIG + ON_RECORD)
    build(here)
    deploy(here)
    here.write("content/posts/a.md", post("A", "tags: [all]\n", "Edited."))
    here.write("content/posts/hidden.md", post("Hidden", "unlisted: true\n", "Edited."))
    edited = SCHEDULED | {("changed", "/2026/11/a/", ""), ("changed", "/2026/11/hidden/", "")}
    assert looked(here) == edited
    build(here)
    assert looked(here) == edited
    deploy(here)
    assert looked(here) == SCHEDULED
    here.write("content/posts/a.md", post("A", "tags: [all]\n"))
    assert ("changed", "/2026/11/a/", "") in looked(here)
    here.write("content/posts/a.md", post("A", "tags: [all]\n", "Edited."))
    assert looked(here) == SCHEDULED


def test_without_any_caches(site: Callable[..., Site]) -> None:
    """The ledger is enough: another machine, or a lost `.wol/`, sees the same of what is on record."""
    here = site({path: text for path, text in FILES.items() if path.endswith(".md")}, CONFIG + ON_RECORD)
    build(here)
    deploy(here)
    here.write("content/posts/a.md", post("A", "draft: true\ntags: [all]\n"))
    before = looked(here)
    here.remove(".wol")
    here.remove("public")
    assert looked(here) == before


def test_errors_are_told(site: Callable[..., Site]) -> None:
    """Where a build would stop, so does the look, with the same words; but not at a URL that vanishes, which is what it shows."""
    here = site({"content/about.md": "About.", "content/posts/a.md": "---\ndate: never\n---\n"}, CONFIG)
    ran = here.run("list", "--changed")
    assert ran.code == 1
    assert "content/posts/a.md" in ran.stderr
    assert here.run("list", "--changed", "--why").code == 2
