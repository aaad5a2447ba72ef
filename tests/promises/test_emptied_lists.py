"""A published list that loses its last post is no error: its page says so, its feeds stay valid and empty, and the next release records it."""

from __future__ import annotations

import json
from collections.abc import Callable
from xml.etree import ElementTree

import pytest

from harness.site import CONFIG, NOW, Site, differences, tree
from wol.content.ledger_text import parse
from wol.features.registry import load
from wol.ledger.record import publication, record
from wol.model.ledger import PATH, standing

POST = "---\ntitle: {0}\ndate: {1}\n{2}---\nText of {0}.\n"
ATOM = "{http://www.w3.org/2005/Atom}"
FEEDS = '[feeds]\nformats = ["rss", "atom", "json"]\n'


@pytest.fixture
def here(site: Callable[..., Site]) -> Site:
    """A blog that was published: one post has a tag, a year and a month of its own."""
    made = site(
        {
            "content/posts/a.md": POST.format("A", "2026-11-20", "tags: [Common]\n"),
            "content/posts/b.md": POST.format("B", "2025-03-02", "tags: [NetIKX, Common]\n"),
        },
        CONFIG + FEEDS,
    )
    publish(made)
    return made


def publish(here: Site) -> list[str]:
    """Build and record; return the new lines, without their times."""
    here.build(jobs=1)
    lines = record(publication(here.request(jobs=1), load), load)
    return [f"{line.event} {line.kind} {line.url}" for line in lines]


def warnings(here: Site) -> list[str]:
    """Build; return what a writer is told."""
    return [f"{d.code}: {d.message}" for d in here.build().diagnostics]


def recorded(here: Site, url: str) -> str:
    return standing(parse((here.root / PATH).read_bytes()).lines)[url].event


def feeds(here: Site, folder: str) -> dict[str, tuple[str, int]]:
    """Return the id and the number of entries of each feed in a folder."""
    rss = ElementTree.fromstring(here.read(f"{folder}/feed.xml"))
    atom = ElementTree.fromstring(here.read(f"{folder}/atom.xml"))
    data = json.loads(here.read(f"{folder}/feed.json"))
    return {
        "rss": (str(rss.findtext("channel/link")), len(list(rss.iter("item")))),
        "atom": (str(atom.findtext(f"{ATOM}id")), len(atom.findall(f"{ATOM}entry"))),
        "json": (data["feed_url"], len(data["items"])),
    }


def test_another_tag(here: Site) -> None:
    """One warning for the tag, none for its feeds: they keep their ids, and its page says that it is gone; the next release puts it on record."""
    before = feeds(here, "tags/netikx")
    here.write("content/posts/b.md", POST.format("B", "2025-03-02", "tags: [Common]\n"))
    assert warnings(here) == ["list-emptied: The tag `netikx` has no posts any more; its page says so, and its feeds stay valid but empty"]
    assert feeds(here, "tags/netikx") == {name: (own, 0) for name, (own, _) in before.items()}
    page = here.read("tags/netikx/index.html")
    assert "There are no posts here any more." in page
    assert 'content="noindex"' in page
    assert "/tags/netikx/" not in here.read("sitemap.xml") + here.read("tags/index.html")
    assert publish(here) == ["gone list /tags/netikx/"]
    assert warnings(here) == []
    assert publish(here) == []
    assert "There are no posts here any more." in here.read("tags/netikx/index.html")
    assert {number for _, number in feeds(here, "tags/netikx").values()} == {0}


def test_the_last_post_of_a_year(here: Site) -> None:
    """The lists that go with a post are told apart from the post itself, which alone is an error."""
    here.remove("content/posts/b.md")
    assert sorted((d.severity, d.code) for d in here.errors()) == [("error", "url-vanished"), *[("warning", "list-emptied")] * 3]
    assert here.run("gone", "/2025/03/b/").code == 0
    assert [line.split(": ", 1)[1] for line in warnings(here)] == [
        "Nothing is listed at `/2025/` any more; its page says so",
        "Nothing is listed at `/2025/03/` any more; its page says so",
        "The tag `netikx` has no posts any more; its page says so, and its feeds stay valid but empty",
    ]
    assert set(publish(here)) == {"gone item /2025/03/b/", "gone list /2025/", "gone list /2025/03/", "gone list /tags/netikx/"}
    assert warnings(here) == []


def test_withdrawn_with_its_feeds(here: Site) -> None:
    """The command of the hint finishes the job in one run."""
    here.write("content/posts/b.md", POST.format("B", "2025-03-02", "tags: [Common]\n"))
    (found,) = here.build().diagnostics
    assert "`wol gone /tags/netikx/`" in found.hint
    assert here.run("gone", "/tags/netikx/").code == 0
    assert warnings(here) == []
    assert not (here.output / "tags/netikx/feed.xml").exists()
    assert "There are no posts here any more." in here.read("tags/netikx/index.html")
    assert publish(here) == []


def test_a_tag_that_comes_back(here: Site) -> None:
    """Its list is live again, and its feeds have the ids that they had."""
    before = feeds(here, "tags/netikx")
    here.write("content/posts/b.md", POST.format("B", "2025-03-02", ""))
    publish(here)
    here.write("content/posts/b.md", POST.format("B", "2025-03-02", "tags: [netikx]\n"))
    assert publish(here) == ["live list /tags/netikx/"]
    assert feeds(here, "tags/netikx") == before
    assert recorded(here, "/tags/netikx/") == "live"


def test_a_name_of_the_settings(here: Site) -> None:
    """A term that the settings name keeps that name in its empty feeds."""
    here.write("site.toml", CONFIG + FEEDS + '[taxonomies.tags.slugs]\n"NetIKX" = "netikx"\n')
    here.write("content/posts/b.md", POST.format("B", "2025-03-02", ""))
    here.build()
    assert json.loads(here.read("tags/netikx/feed.json"))["title"].endswith(": NetIKX")


def test_a_redirect_takes_the_place(here: Site) -> None:
    """Where the settings lead from the list to another, nothing is gone, and nothing is told."""
    here.write("content/posts/b.md", POST.format("B", "2025-03-02", "tags: [Common]\n"))
    here.write("site.toml", CONFIG + FEEDS + '[redirects]\n"/tags/netikx/" = "/tags/common/"\n')
    assert warnings(here) == []
    assert "There are no posts here" not in here.read("tags/netikx/index.html")


def test_older_pages_go_without_a_word(site: Callable[..., Site]) -> None:
    """A list that is shorter than it was has fewer pages; the others say that they are gone."""
    files = {f"content/posts/p{n}.md": POST.format(f"P{n}", f"2026-11-{n:02}", "") for n in range(1, 10)}
    here = site(files, CONFIG + "[content]\npage_size = 2\n")
    here.build()
    record(publication(here.request(), load), load)
    pages = {path.parent.name for path in here.output.glob("page/*/index.html")}
    assert len(pages) == 3
    for n in (1, 2):
        here.write(f"content/posts/p{n}.md", POST.format(f"P{n}", f"2026-11-{n:02}", "feed: no\nunlisted: yes\n"))
    assert warnings(here) == []
    assert "There are no posts here" in here.read("page/3/index.html")


def test_many_at_once(here: Site) -> None:
    """Who moves a whole taxonomy is told of twelve lists, and of how many more there are."""
    for n in range(40):
        here.write(f"content/posts/t{n}.md", POST.format(f"T{n}", "2026-11-01", f"tags: [t{n}]\n"))
    publish(here)
    here.write("site.toml", CONFIG + FEEDS + "[taxonomies.tags]\nfeeds = false\n")
    for n in range(40):
        here.write(f"content/posts/t{n}.md", POST.format(f"T{n}", "2026-11-01", ""))
    found = [d for d in here.errors() if d.code == "list-emptied"]
    assert len(found) == 13
    assert found[-1].message.startswith("28 more published lists")


def test_switched_off(here: Site) -> None:
    """Without the feature a list that goes is told with the command that withdraws it."""
    here.write("site.toml", CONFIG + FEEDS + "[features]\nemptied_lists = false\n")
    here.write("content/posts/b.md", POST.format("B", "2025-03-02", ""))
    (found,) = here.build().diagnostics
    assert (found.code, found.severity) == ("url-vanished", "warning")


def test_the_last_look(here: Site) -> None:
    """`wol list --changed` says what the next release withdraws: the list, and not the feeds, which stay."""
    here.write("content/posts/b.md", POST.format("B", "2025-03-02", "tags: [Common]\n"))
    shown = here.run("list", "--changed").stdout
    assert "/tags/netikx/" in shown
    assert "nothing is listed there any more" in shown
    assert "feed.xml" not in shown
    publish(here)
    assert "/tags/netikx/" not in here.run("list", "--changed").stdout


@pytest.mark.parametrize(("way", "output"), [({}, "public"), ({"drafts": True}, ".wol/drafts"), ({"preview": True}, ".wol/preview")])
def test_incremental_is_clean(here: Site, site: Callable[..., Site], way: dict[str, bool], output: str) -> None:
    """Emptied and filled again, in every profile: the bytes are those of a clean build."""
    here.build(at=NOW, **way)
    for fields in ("", "tags: [NetIKX]\n", "tags: [Other]\n"):
        here.write("content/posts/b.md", POST.format("B", "2025-03-02", fields))
        here.build(at=NOW, **way)
        fresh = site({}, "")
        for path in ("site.toml", PATH, "content/posts/a.md", "content/posts/b.md"):
            fresh.write(path, (here.root / path).read_bytes())
        fresh.build(at=NOW, **way)
        assert not (told := differences(tree(fresh.root / output), tree(here.root / output))), told
        assert (here.root / output / "tags/netikx/index.html").exists()
