"""Recording: what is written down after a release, and what never is."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Callable

import pytest

from harness.site import CONFIG, Site
from wol.cli.scaffold import MERGED
from wol.content.ledger_text import parse
from wol.model.ledger import PATH, Standing, standing

POST = "---\ntitle: {0}\ndate: 2026-10-0{1}\n{2}---\nText of {0}.\n"


def held(here: Site) -> dict[str, Standing]:
    """Give what the ledger of a site holds."""
    parsed = parse((here.root / PATH).read_bytes())
    assert parsed.diagnostics == ()
    return standing(parsed.lines)


def rows(here: Site) -> list[str]:
    """Give the lines of the ledger, without their times."""
    return [row.partition("\t")[2] for row in (here.root / PATH).read_text("utf-8").splitlines()[1:]]


def published(here: Site) -> str:
    """Build and record; gives what was said."""
    assert here.run("build").code == 0
    ran = here.run("record")
    assert (ran.code, ran.stderr) == (0, "")
    return ran.stdout


@pytest.fixture
def here(site: Callable[..., Site]) -> Site:
    """A small site in git."""
    made = site(
        {
            "content/posts/a.md": POST.format("A", 1, "tags: [x]\n"),
            "content/posts/b.md": POST.format("B", 2, "id: b\n"),
            "content/posts/hidden.md": POST.format("Hidden", 3, "draft: yes\ntags: [secret]\n"),
            "content/posts/mine.private.md": POST.format("Mine", 4, ""),
            "content/posts/quiet.md": POST.format("Quiet", 5, "unlisted: yes\n"),
            "content/posts/left.md": POST.format("Left", 6, "gone: yes\naliases: [/from/left/]\n"),
            "content/about.md": "# About\n",
            "static/robots.txt": "User-agent: *\n",
        }
    )
    (made.root / ".git").mkdir()
    return made


def test_what_is_recorded(here: Site) -> None:
    """Items with id and digest, feeds and lists, unlisted items too; nothing hidden, no alias, asset or tombstone of what was never there."""
    said = published(here)
    assert "merge=union" in said
    found = held(here)
    items = {url: line.feed_id for url, line in found.items() if line.kind == "item"}
    assert items == {
        "/2026/10/a/": "https://example.org/2026/10/a/",
        "/2026/10/b/": items["/2026/10/b/"],
        "/2026/10/quiet/": "https://example.org/2026/10/quiet/",
        "/about/": "https://example.org/about/",
    }
    assert items["/2026/10/b/"].startswith("urn:uuid:")
    assert all(len(line.text) == 16 for line in found.values() if line.kind == "item")
    assert {url for url, line in found.items() if line.kind == "feed"} == {
        f"{folder}{name}" for folder in ("/", "/tags/x/") for name in ("feed.xml", "atom.xml", "feed.json")
    }
    assert {url for url, line in found.items() if line.kind == "list"} == {"/", "/2026/", "/2026/10/", "/archive/", "/tags/", "/tags/x/"}
    text = (here.root / PATH).read_text("utf-8")
    assert "Text of" not in text
    assert not {"hidden", "mine", "secret", "left"} & set(text.replace("/", " ").split())


def test_nothing_new(here: Site) -> None:
    """A second recording writes nothing, with or without a build between; the new ledger alone makes no release outdated."""
    published(here)
    before = (here.root / PATH).read_bytes()
    assert here.run("record").stdout.startswith("Nothing is new")
    assert "nothing to do" in here.run("build").stdout
    assert here.run("record", "--dry-run").stdout.startswith("Nothing is new")
    assert (here.root / PATH).read_bytes() == before


def test_only_what_is_new(here: Site) -> None:
    """An edited text, a new one and a tombstone each add a line; what stood there stays, byte for byte."""
    published(here)
    before, known = (here.root / PATH).read_bytes(), rows(here)
    here.write("content/posts/a.md", POST.format("A", 1, "tags: [x]\n") + "More.\n")
    here.write("content/about.md", "---\ngone: because\n---\n# About\n")
    here.write("content/more.md", "# More\n")
    assert here.run("build").code == 0
    planned = here.run("record", "--dry-run").stdout
    assert (here.root / PATH).read_bytes() == before
    assert "3 URLs (2 live, 1 gone)" in here.run("record").stdout
    assert (here.root / PATH).read_bytes().startswith(before)
    fresh = rows(here)[len(known) :]
    assert [row.split("\t")[:2] for row in fresh] == [["live", "/2026/10/a/"], ["gone", "/about/"], ["live", "/more/"]]
    assert len(planned.splitlines()) == 3


def test_what_has_expired_may_go(here: Site) -> None:
    """What went by its own date is recorded as gone, so that its source may be removed afterwards."""
    published(here)
    here.write("content/posts/b.md", POST.format("B", 2, "id: b\nexpires: 2026-10-09\n"))
    published(here)
    assert held(here)["/2026/10/b/"].event == "gone"
    here.remove("content/posts/b.md")
    assert here.run("build").code == 0


def test_a_moved_text(here: Site) -> None:
    """The old place stays on record as long as something leads on from it."""
    published(here)
    here.write("content/posts/c.md", POST.format("A", 1, "tags: [x]\naliases: [/2026/10/a/]\n"))
    here.remove("content/posts/a.md")
    published(here)
    found = held(here)
    assert found["/2026/10/c/"].feed_id == found["/2026/10/a/"].feed_id == "https://example.org/2026/10/a/"
    here.write("content/posts/c.md", POST.format("A", 1, "tags: [x]\n"))
    assert "error[url-vanished]" in here.run("build").stderr


def test_another_output(here: Site) -> None:
    """A release that was built elsewhere is recorded from there."""
    assert here.run("build", "--output", "../www", "--base-url", "https://example.net").code == 0
    assert "error[ledger-outdated]" in here.run("record").stderr
    assert here.run("record", "--output", "../www", "--base-url", "https://example.net").code == 0
    assert held(here)["/about/"].feed_id == "https://example.org/about/"


def test_a_ledger_with_errors_is_left_alone(here: Site) -> None:
    """A line that cannot be read stops the recording, with its place."""
    assert here.run("build").code == 0
    here.write(PATH, "# wol ledger 1.\nlive\n")
    assert here.run("record").code == 1
    assert (here.root / PATH).read_text("utf-8") == "# wol ledger 1.\nlive\n"


def test_two_at_once(here: Site) -> None:
    """Of two recordings at once each line is written once; the second may find that the ledger has changed since the build, and stop."""
    assert here.run("build").code == 0
    runs = [here.process("record") for _ in range(2)]
    said = [process.communicate(timeout=60)[1] for process in runs]
    assert 0 in [process.returncode for process in runs]
    assert all("error[ledger-outdated]" in words for words in said if words)
    assert len(rows(here)) == len(set(rows(here))) == len(held(here))


def test_site_of_settings(site: Callable[..., Site]) -> None:
    """A path in `base_url` is not part of URLs on record; a permalink has it."""
    made = site({"content/about.md": "# About\n"}, CONFIG.replace("example.org", "example.org/blog"))
    published(made)
    assert held(made)["/about/"].feed_id == "https://example.org/blog/about/"


@pytest.mark.skipif(shutil.which("git") is None, reason="git is not here")
def test_branches_that_both_publish(here: Site) -> None:
    """Two branches that both recorded are joined by git itself, and both are known then."""

    def git(*words: str) -> None:
        subprocess.run(
            ["git", "-c", "user.name=a", "-c", "user.email=a@example.org", *words], cwd=here.root, check=True, capture_output=True
        )

    shutil.rmtree(here.root / ".git")
    here.write(".gitattributes", MERGED)
    here.write(".gitignore", "/public/\n/.wol/\n")
    published(here)
    for words in (("init", "-q", "-b", "main"), ("add", "."), ("commit", "-qm", "one"), ("checkout", "-qb", "other")):
        git(*words)
    for branch, name in (("other", "more"), ("main", "else")):
        git("checkout", "-q", branch)
        here.write(f"content/{name}.md", f"# {name}\n")
        published(here)
        git("add", ".")
        git("commit", "-qm", name)
    git("merge", "-q", "--no-edit", "other")
    assert {"/more/", "/else/"} <= set(held(here))
    assert here.run("build").code == 0
    assert here.run("record").stdout.startswith("Nothing is new")
