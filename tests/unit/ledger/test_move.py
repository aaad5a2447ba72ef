"""`wol mv`: addresses, ids and references outlast a renaming, and no other byte changes."""

from __future__ import annotations

import json
from collections.abc import Mapping

import pytest

from harness.site import Site, tree

Tree = Mapping[str, bytes]


def content(here: Site) -> dict[str, str]:
    """Give the texts of the content folder."""
    return {path: data.decode() for path, data in tree(here.root / "content").items()}


def changes(before: Mapping[str, str], after: Mapping[str, str]) -> dict[str, list[str]]:
    """Give for each file the lines that are new in it."""
    found = {}
    for path, text in after.items():
        old = before.get(path, "").splitlines()
        if text != before.get(path):
            found[path] = [line for line in text.splitlines() if line not in old]
    return found


def ids(here: Site) -> dict[str, str]:
    """Give the ids in the feeds of posts and of notes by title."""
    files = [here.output / name for name in ("feed.json", "notes/feed.json")]
    entries = [entry for file in files if file.exists() for entry in json.loads(file.read_bytes())["items"]]
    return {entry.get("title", ""): entry["id"] for entry in entries}


def moved(here: Site, *words: str) -> str:
    """Move something, and see that the site builds without a word, with the ids that it had; gives what was said."""
    before = ids(here)
    ran = here.run("mv", *words)
    assert (ran.code, ran.stderr) == (0, "")
    built = here.run("build", "--strict")
    assert (built.code, built.stderr) == (0, ""), built.stderr
    after = ids(here)
    assert {title: after[title] for title in before if title in after} == {title: one for title, one in before.items() if title in after}
    assert len(after) >= len(before)
    return ran.stdout


def test_a_file(blog: Site) -> None:
    """The old URL becomes an alias, the present id a `guid`; references from everywhere follow, examples in code do not."""
    before = content(blog)
    said = moved(blog, "content/posts/a.md", "content/posts/c.md")
    after = content(blog)
    assert "posts/a.md" not in after
    assert after["posts/c.md"] == before["posts/a.md"].replace(
        "date: 2026-10-01\n", 'date: 2026-10-01\naliases: [/2026/10/a/]\nguid: "https://example.org/2026/10/a/"\n'
    )
    del before["posts/a.md"], after["posts/c.md"]
    assert changes(before, after) == {
        "posts/b.md": ["Back to [a]( <c.md> 'A') or [a].", "[a]: /posts/c.md"],
        "posts/2026-10-05-dated.md": ["<a href='c.md'>a</a> [a](c.md?x)"],
        "posts/trip/index.md": ["![m](map.png) and [more](more.md) and [a](../c.md)."],
        "drafts/idea.md": ["See [a](../posts/c.md)."],
        "about.md": ["See [a](/2026/10/a/), [a](posts/c.md)."],
    }
    assert "/2026/10/a/ leads on to /2026/10/c/" in said
    assert "/2026/10/c/" in blog.read("2026/10/a/index.html")


def test_another_folder(blog: Site) -> None:
    """References of the text itself are written for its new place."""
    assert "`content/notes/deep/a.md` is a note there" in moved(blog, "posts/a.md", "notes/deep/")
    text = content(blog)["notes/deep/a.md"]
    assert "[b](../../posts/b.md#part)" in text
    assert "![p](../../posts/pictures/p.png)" in text
    assert "`[b](b.md)`" in text
    assert "[trip](../../posts/trip/index.md)" in text


def test_a_bundle(blog: Site) -> None:
    """A folder goes with all that is in it; its inner references stay, and every text in it keeps its old URL."""
    before = content(blog)
    moved(blog, "/2026/10/trip/", "posts/way")
    after = content(blog)
    assert {path for path in after if "/way/" in path} == {"posts/way/index.md", "posts/way/more.md", "posts/way/map.png"}
    assert not any("/trip/" in path for path in after)
    assert "aliases: [/2026/10/trip/]" in after["posts/way/index.md"]
    assert after["posts/way/more.md"] == before["posts/trip/more.md"]
    assert "[trip](way/index.md)" in after["posts/a.md"]
    moved(blog, "posts/way/index.md", "notes/2026-way/index.md")
    assert "[more](more.md) and [a](../../posts/a.md)" in content(blog)["notes/2026-way/index.md"]


def test_a_file_becomes_a_bundle_and_back(blog: Site) -> None:
    """The URL stays, so there is nothing to record."""
    before = content(blog)["posts/b.md"]
    moved(blog, "posts/b.md", "posts/b/index.md")
    assert "aliases" not in content(blog)["posts/b/index.md"]
    moved(blog, "posts/b/index.md", "posts/b.md")
    assert content(blog)["posts/b.md"].partition("image")[0] == before.partition("image")[0]
    assert blog.run("mv", "posts/trip/index.md", "posts/trip.md").code == 1


def test_dates_and_pinned_addresses(blog: Site) -> None:
    """A date that only the file's name gave is written down; a text with a `url` of its own needs no alias."""
    moved(blog, "posts/2026-10-05-dated.md", "posts/dated.md")
    assert content(blog)["posts/dated.md"].startswith('+++\ntitle = "D"\ndate = 2026-10-05\n+++\n')
    moved(blog, "about.md", "who/me.md")
    assert content(blog)["who/me.md"].startswith("Title: About\nUrl: /me/\n\n")


def test_there_and_back(blog: Site) -> None:
    """A text that comes home has its old URL again, and those of its journey lead there."""
    moved(blog, "posts/a.md", "posts/c.md")
    moved(blog, "posts/c.md", "notes/c.md")
    moved(blog, "/2026/10/c/", "posts/a.md")
    assert "aliases: [/notes/c/, /2026/10/c/, /2026/10/a/]" in content(blog)["posts/a.md"]


def test_drafts_need_no_alias(blog: Site) -> None:
    """What nobody has seen leaves no trace."""
    moved(blog, "drafts/idea.md", "posts/2026-10-07-idea.md")
    assert content(blog)["posts/2026-10-07-idea.md"] == "See [a](../posts/a.md).\n"


def test_after_the_fact(blog: Site) -> None:
    """A file that was renamed by hand gets its old place by the command that the error names; twice is nothing to do."""
    before = ids(blog)
    (blog.root / "content/posts/a.md").rename(blog.root / "content/posts/c.md")
    told = blog.run("build").stderr
    assert "wol mv /2026/10/a/ FILE" in told
    moved_text = blog.run("mv", "/2026/10/a/", "posts/c.md")
    assert moved_text.code == 0
    assert blog.run("build").code == 0
    assert ids(blog) == before
    assert "Nothing to do" in blog.run("mv", "/2026/10/a/", "posts/c.md").stdout
    assert blog.run("mv", "posts/a.md", "posts/c.md").code == 0
    assert "[a]( <c.md> 'A')" in content(blog)["posts/b.md"]


def test_references_that_are_only_told(blog: Site) -> None:
    """With `--no-links` texts stay, and each reference is told with its line; so are settings."""
    blog.write("site.toml", (blog.root / "site.toml").read_text("utf-8") + '[theme]\nnav = [{text = "B", to = "posts/b.md"}]\n')
    before = content(blog)
    said = blog.run("mv", "posts/b.md", "posts/c.md", "--no-links").stdout
    assert "content/posts/a.md:7: the reference `b.md#part` should be `c.md#part` now" in said
    assert "site.toml: `posts/b.md` in `[theme] nav` should be `posts/c.md` now" in said
    assert content(blog)["posts/a.md"] == before["posts/a.md"]


def test_dry_run(blog: Site) -> None:
    """A plan changes nothing, and names what it would change."""
    before = tree(blog.root / "content")
    said = blog.run("mv", "posts/a.md", "posts/c.md", "--dry-run").stdout
    assert "Would rename content/posts/a.md to content/posts/c.md." in said
    assert "Would edit content/posts/b.md." in said
    assert tree(blog.root / "content") == before


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (("posts/x.md", "posts/y.md"), "There is no `posts/x.md`"),
        (("/2026/10/x/", "posts/y.md"), "did you mean `/2026/10/"),
        (("posts/a.md", "posts/b.md"), "is there already"),
        (("posts/a.md", "posts/a.md"), "has that name already"),
        (("posts/trip", "posts/trip/deep"), "into itself"),
        (("posts/a.md", "../a.md"), "is not in `content/`"),
        (("posts/a.md", "posts/con.md"), "slug-invalid"),
        (("posts/a.md", "log/2026-10-01.md"), "reserved"),
        (("posts/pictures", "pictures"), ""),
    ],
)
def test_what_cannot_be(blog: Site, words: tuple[str, str], says: str) -> None:
    """Each mistake is told with a way out, and nothing changes; a folder of pictures is no text, but its references follow."""
    before = tree(blog.root / "content")
    ran = blog.run("mv", *words)
    if not says:
        assert ran.code == 0
        assert "![p](../pictures/p.png)" in content(blog)["posts/a.md"]
        assert "image: ../pictures/p.png" in content(blog)["posts/b.md"]
        return
    assert ran.code == 1
    assert says in ran.stderr
    assert "hint:" in ran.stderr
    assert tree(blog.root / "content") == before


def test_texts_with_errors(blog: Site) -> None:
    """A text that cannot be read hides its references, which is told; one that is to be moved itself is refused."""
    blog.write("content/broken.md", "---\ntitle: [\n---\nSee [a](posts/a.md).\n")
    assert "References in content/broken.md were not looked for" in blog.run("mv", "posts/a.md", "posts/c.md").stdout
    assert "error[front-matter-syntax]" in blog.run("mv", "broken.md", "posts/d.md").stderr


def test_two_places_of_one_url(blog: Site) -> None:
    """A name by which two texts would be at one URL is refused."""
    blog.write("content/posts/c.md", "---\ntitle: C\ndate: 2026-10-08\nslug: d\n---\nC\n")
    assert "error[url-collision]" in blog.run("mv", "posts/a.md", "posts/d.md").stderr


def test_permissions_and_line_ends_stay(blog: Site) -> None:
    """A file for few stays one, and CRLF stays CRLF."""
    place = blog.root / "content/posts/a.md"
    place.write_bytes(place.read_bytes().replace(b"\n", b"\r\n"))
    place.chmod(0o600)
    assert blog.run("mv", "posts/a.md", "notes/c.md").code == 0
    new = blog.root / "content/notes/c.md"
    assert new.stat().st_mode & 0o777 == 0o600
    assert b"\n" not in new.read_bytes().replace(b"\r\n", b"")
