"""Files in the output that are no part of the site: pages of an earlier build, after `.wol/` was lost, among what others put there."""

from __future__ import annotations

import shutil
from collections.abc import Callable

import pytest

from harness.deploys import LIVE, build, deploy, seen
from harness.site import CONFIG, Site

POST = "---\ntitle: {0}\ndate: 2026-11-18\ntags: [{1}]\naliases: [/old-{1}/]\n---\nText.\n"
SITE = {
    "content/posts/one.md": POST.format("One", "one"),
    "content/posts/two.md": POST.format("Two", "two"),
    "content/posts/bundle/index.md": POST.format("Bundle", "bundle"),
    "content/posts/bundle/plan.pdf": "plan",
    "static/secret.txt": "secret",
}
GONE = ("2026/11/two/index.html", "old-two/index.html", "tags/two/feed.xml", "2026/11/bundle/plan.pdf", "secret.txt")
OTHERS = {"CNAME": b"example.org", ".well-known/acme": b"x", ".git/config": b"[core]"}


@pytest.fixture
def lost(site: Callable[..., Site]) -> Site:
    """A site whose records are gone, with files of others in the output, and without what was withdrawn since."""
    here = site(SITE, CONFIG + LIVE)
    build(here)
    for path, data in OTHERS.items():
        here.write(f"public/{path}", data)
    shutil.rmtree(here.root / ".wol")
    for path in ("content/posts/two.md", "content/posts/bundle", "static/secret.txt"):
        here.remove(path)
    return here


def named(here: Site, *words: str) -> set[str]:
    """Give the files that a command warns of."""
    ran = here.run(*words, "-v")
    assert ran.code == 0, ran.stdout + ran.stderr
    text = ran.stdout + ran.stderr
    return {path for path in (*GONE, *OTHERS) if f"`public/{path}` is not part of the site" in text}


def test_a_lost_list_of_what_wol_wrote(lost: Site) -> None:
    """The way that the hints tell: `--adopt` names what is left over, the check too, and one command removes it; no working copy is touched."""
    refused = lost.run("build")
    assert (refused.code, "error[output-foreign]" in refused.stderr, "--adopt" in refused.stderr) == (1, True, True)
    assert lost.run("clean", "--foreign").code == 1, "without a list nothing is removed"
    expected = {*GONE, "CNAME", ".well-known/acme"}
    assert named(lost, "build", "--adopt") == expected
    assert named(lost, "build", "--adopt") == expected, "told again where there is nothing to do"
    assert named(lost, "build") == set(), "a usual build has nothing to say about them"
    assert named(lost, "check") == expected
    told = lost.run("clean", "--foreign").stdout
    assert all(f"public/{path}\n" in told for path in expected)
    assert {path for path in lost.files() if path in (*GONE, *OTHERS)} == {".git/config"}
    assert named(lost, "check") == set()
    assert "wol wrote all that is there" in lost.run("clean", "--foreign").stdout
    build(lost)


def test_nothing_of_it_is_deployed(lost: Site) -> None:
    """The plan says how many files there are that wol did not write; readers see none of them."""
    assert lost.run("build", "--adopt", "--quiet").code == 0
    told = deploy(lost).stdout
    assert "in public/ that wol did not write, not published" in told
    assert ".git" not in told
    assert not {*GONE, *OTHERS} & seen(lost).keys()


def test_strict_takes_it_for_an_error_before_anything_is_written(lost: Site) -> None:
    """As with any warning: the output stays as it was."""
    before = lost.files()
    ran = lost.run("build", "--adopt", "--strict")
    assert (ran.code, "error[output-leftover]" in ran.stderr) == (1, True)
    assert lost.files() == before


def test_a_file_may_be_allowed(lost: Site) -> None:
    """Whoever keeps a file there on purpose says so in `[check] allow`."""
    settings = (lost.root / "site.toml").read_text()
    lost.write("site.toml", settings + '[[check.allow]]\ncode = "output-leftover"\npath = "CNAME"\nreason = "Pages reads it."\n')
    assert lost.run("build", "--adopt", "--quiet").code == 0
    assert named(lost, "check") == {*GONE, ".well-known/acme"}


def test_links_in_the_output_are_removed_and_not_followed(site: Callable[..., Site]) -> None:
    """A link that somebody made goes; what it leads to stays."""
    here = site(SITE, CONFIG)
    build(here)
    outside = here.root.parent / "outside"
    outside.mkdir()
    (outside / "mine.txt").write_text("mine")
    (here.output / "folder").symlink_to(outside)
    (here.output / "file.txt").symlink_to(outside / "mine.txt")
    before = {path for path in here.files() if not path.startswith(("folder", "file.txt"))}
    assert "Removed 2 files" in here.run("clean", "--foreign").stdout
    assert here.files().keys() == before
    assert (outside / "mine.txt").read_text() == "mine"
