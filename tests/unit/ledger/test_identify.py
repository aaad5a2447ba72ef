"""`wol id`: ids and present ids in feeds get into sources, and nothing else changes."""

from __future__ import annotations

import json
from pathlib import Path

import msgspec
import pytest

from harness.blogs import copied
from harness.site import CONFIG, Site, tree
from wol.content.front_matter import split
from wol.features.registry import load
from wol.ledger.overview import VISIBLE, Overview
from wol.model.item import Link, Summary


def feed(here: Site) -> dict[str, str]:
    """Give the ids of the feed by URL."""
    return {entry["url"]: entry["id"] for entry in json.loads(here.read("feed.json"))["items"]}


def test_what_would_be_written(blog: Site) -> None:
    """Without `--write` nothing changes."""
    before = tree(blog.root / "content")
    ran = blog.run("id")
    assert ran.code == 0
    assert "content/posts/a.md: id, guid: https://example.org/2026/10/a/" in ran.stdout
    assert "content/drafts/idea.md: id\n" in ran.stdout
    assert tree(blog.root / "content") == before


def test_ids_stay_whatever_comes(blog: Site) -> None:
    """Who has written ids may rename and move everything, and change the address of the site, ledger or none."""
    before = feed(blog)
    assert blog.run("id", "--write").code == 0
    assert blog.run("build").code == 0
    assert feed(blog) == before
    assert "All texts have ids" in blog.run("id").stdout
    written = tree(blog.root / "content")
    assert blog.run("id", "--write").code == 0
    assert tree(blog.root / "content") == written
    blog.remove("ledger")
    blog.write("site.toml", CONFIG.replace("example.org", "example.net"))
    (blog.root / "content/posts/a.md").rename(blog.root / "content/posts/other.md")
    assert blog.run("build").code == 0
    assert sorted(feed(blog).values()) == sorted(before.values())


def test_paths(blog: Site) -> None:
    """Only the texts of given files and folders are written; one that is elsewhere is refused."""
    before = tree(blog.root / "content")
    assert blog.run("id", "--write", "content/posts/trip", "content/about.md").code == 0
    after = tree(blog.root / "content")
    assert {path for path in after if after[path] != before[path]} == {"posts/trip/index.md", "posts/trip/more.md", "about.md"}
    assert blog.run("id", "site.toml").code == 2


def test_forms_that_are_not_edited(blog: Site) -> None:
    """The others are written all the same; each that is left has its line told."""
    blog.write("content/flow.md", "---\n{title: Flow}\n---\nText\n")
    ran = blog.run("id", "--write")
    assert ran.code == 1
    assert "content/flow.md: error[front-matter-by-hand]" in ran.stderr
    assert "id" in split((blog.root / "content/posts/a.md").read_bytes(), "x").values


def bare(summary: Summary) -> Summary:
    """Give a summary without its ids, and without lines, which those push down."""

    def flat(links: tuple[Link, ...]) -> tuple[Link, ...]:
        return tuple(msgspec.structs.replace(link, line=0) for link in links)

    image = msgspec.structs.replace(summary.image_link, line=0) if summary.image_link else None
    links, excerpt = flat(summary.links), flat(summary.excerpt_links)
    return msgspec.structs.replace(summary, id="", guid="", lines={}, links=links, excerpt_links=excerpt, image_link=image)


@pytest.mark.corpora
@pytest.mark.parametrize("name", [pytest.param("18f", marks=pytest.mark.long), "mehdix", "scientific-python-blog"])
def test_real_blogs(corpora: Path, name: str, tmp_path: Path) -> None:
    """All texts of the real blogs get ids; they are otherwise as they were, to the last byte and as they are read, with their ids in feeds."""
    here = copied(corpora, name, tmp_path / "blog")
    before, files = Overview(here.root, load), tree(here.root)
    assert here.run("id", "--write", "-q").code == 0
    after = Overview(here.root, load)
    assert {key: bare(summary) for key, summary in after.summaries.items()} == {key: bare(s) for key, s in before.summaries.items()}
    assert all(summary.id for summary in after.summaries.values())
    public = [key for key in before.summaries if before.state(key) in VISIBLE]
    assert len(public) > 40
    assert {key: after.summaries[key].guid for key in public} == {key: before.feed_ids[key] for key in public}
    for path, data in tree(here.root).items():
        if data != files.get(path) and not path.startswith(".wol/"):
            rows = iter(data.splitlines(keepends=True))
            assert all(row in rows for row in files[path].splitlines(keepends=True)), path
