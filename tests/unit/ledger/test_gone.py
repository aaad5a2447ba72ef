"""`wol gone`: what was published is withdrawn, and says so."""

from __future__ import annotations

import pytest

from harness.site import Site, tree
from wol.content.ledger_text import parse
from wol.model.ledger import PATH, standing


def event(here: Site, url: str) -> str:
    """Give what stands of a URL."""
    return standing(parse((here.root / PATH).read_bytes()).lines)[url].event


@pytest.mark.parametrize("typed", ["/2026/10/b/", "https://example.org/2026/10/b/", "content/posts/b.md", "posts/b.md"])
def test_an_item(blog: Site, typed: str) -> None:
    """The source gets `gone` and keeps every other byte; its page is a tombstone then, and the next recording knows it."""
    before = (blog.root / "content/posts/b.md").read_text("utf-8")
    ran = blog.run("gone", typed, "--reason", "It was wrong")
    assert (ran.code, ran.stdout) == (0, "content/posts/b.md: got `gone`.\n")
    after = (blog.root / "content/posts/b.md").read_text("utf-8")
    assert after == before.replace("p.png\n---", 'p.png\ngone: "It was wrong"\n---')
    assert blog.run("build").code == 0
    assert "It was wrong" in blog.read("2026/10/b/index.html")
    assert "Back to" not in blog.read("2026/10/b/index.html")
    assert blog.run("record").code == 0
    assert event(blog, "/2026/10/b/") == "gone"
    assert "withdrawn before" in blog.run("gone", typed).stdout
    blog.remove("content/posts/b.md")
    assert blog.run("build").code == 0


def test_a_bundle(blog: Site) -> None:
    """A bundle is meant by its folder, too."""
    assert blog.run("gone", "posts/trip").code == 0
    assert "gone: true" in (blog.root / "content/posts/trip/index.md").read_text("utf-8")


@pytest.mark.parametrize("reason", ["", "It was wrong: quite"])
def test_an_item_without_a_source(blog: Site, reason: str) -> None:
    """Where the file is gone already, a source comes that is nothing but its tombstone."""
    blog.remove("content/posts/b.md")
    told = blog.run("build").stderr
    assert "wol gone /2026/10/b/" in told
    planned = blog.run("gone", "/2026/10/b/", "--reason", reason, "--dry-run").stdout
    assert planned == "content/gone/2026-10-b.md: would be its tombstone.\n"
    assert blog.run("gone", "/2026/10/b/", "--reason", reason).code == 0
    shown = f'"{reason}"' if reason else "true"
    assert (blog.root / "content/gone/2026-10-b.md").read_text("utf-8") == f"---\nurl: /2026/10/b/\ngone: {shown}\n---\n"
    assert blog.run("build").code == 0
    assert reason in blog.read("2026/10/b/index.html")


def test_feeds_and_lists(blog: Site) -> None:
    """A list goes with its feeds; the ledger takes note, and the build lets them go."""
    blog.write("content/posts/tagged.md", "---\ntitle: T\ndate: 2026-10-09\ntags: [x]\n---\nT\n")
    assert blog.run("build").code == 0
    assert blog.run("record").code == 0
    blog.write("content/posts/tagged.md", "---\ntitle: T\ndate: 2026-10-09\n---\nT\n")
    assert blog.run("build").code == 0
    before = (blog.root / PATH).read_bytes()
    said = blog.run("gone", "/tags/x/", "--dry-run").stdout
    assert (blog.root / PATH).read_bytes() == before
    assert blog.run("gone", "/tags/x/").stdout.splitlines() == [f"{PATH}: has `{url}` as gone." for url in (
        "/tags/x/", "/tags/x/atom.xml", "/tags/x/feed.json", "/tags/x/feed.xml")]  # fmt: skip
    assert len(said.splitlines()) == 4
    assert (blog.root / PATH).read_bytes().startswith(before)
    assert "/tags/x/" not in blog.run("build").stderr
    assert "withdrawn before" in blog.run("gone", "/tags/x/").stdout


def test_a_list_that_has_posts(blog: Site) -> None:
    """What the next build would make again is not withdrawn: neither a list, nor a feed."""
    blog.write("content/posts/tagged.md", "---\ntitle: T\ndate: 2026-10-09\ntags: [x]\n---\nT\n")
    assert blog.run("build").code == 0
    assert blog.run("record").code == 0
    before = (blog.root / PATH).read_bytes()
    for url in ("/tags/x/", "/tags/x/feed.xml", "/2026/10/", "/archive/"):
        ran = blog.run("gone", url)
        assert (ran.code, "has posts" in ran.stderr) == (1, True), ran.stderr
    assert (blog.root / PATH).read_bytes() == before


def test_what_is_not_withdrawn(blog: Site) -> None:
    """An old place that leads on, and what never was, are told; nothing changes."""
    assert blog.run("mv", "posts/a.md", "posts/c.md").code == 0
    before = tree(blog.root / "content")
    ran = blog.run("gone", "/2026/10/a/")
    assert "leads on to `/2026/10/c/`" in ran.stderr
    assert "did you mean" in blog.run("gone", "/2026/10/cc/").stderr
    assert blog.run("gone", "https://example.net/2026/10/c/").code == 1
    assert tree(blog.root / "content") == before
