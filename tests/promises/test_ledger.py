"""Published URLs and ids in feeds never change by accident: a release is held against the ledger."""

from __future__ import annotations

from collections.abc import Callable
from xml.etree import ElementTree

import pytest

from harness.site import CONFIG, NOW, Site, instant
from wol.content.ledger_text import appended
from wol.model.ledger import Event, Lasting, Line

LEDGER = "ledger/published.tsv"
POST = "---\ntitle: {0}\ndate: 2026-11-20\n{1}---\nText of {0}.\n"


def line(url: str, feed_id: str = "", kind: Lasting = "item", *, event: Event = "live", time: str = "2026-11-21T00:00:00Z") -> Line:
    """Make a line of the ledger."""
    return Line(time, event, url, feed_id, kind)


def publish(here: Site, *lines: Line) -> None:
    """Add lines to the ledger of a site."""
    place = here.root / LEDGER
    here.write(LEDGER, appended(place.read_bytes() if place.exists() else b"", lines))


def post(name: str, **fields: str) -> str:
    """Write a post."""
    return POST.format(name, "".join(f"{field}: {value}\n" for field, value in fields.items()))


def guids(here: Site) -> dict[str, tuple[str, str]]:
    """Give of each entry of the feed its id and whether that is its permalink, by title."""
    channel = ElementTree.fromstring(here.read("feed.xml"))
    found = {}
    for entry in channel.iter("item"):
        guid = entry.find("guid")
        assert guid is not None
        found[str(entry.findtext("title"))] = (str(guid.text), str(guid.get("isPermaLink")))
    return found


def test_without_a_ledger_nothing_is_asked(site: Callable[..., Site]) -> None:
    """A site that was never put on record builds as before, whatever vanishes."""
    here = site({"content/posts/a.md": post("a"), "content/posts/b.md": post("b")})
    here.build()
    here.remove("content/posts/a.md")
    assert here.build().diagnostics == ()


def test_the_order_of_feed_ids(site: Callable[..., Site]) -> None:
    """`guid`, then `id`, then what was published at the URL or an alias, then the permalink, which alone is marked as one."""
    here = site(
        {
            "content/posts/a.md": post("a", guid="tag:a", id="a"),
            "content/posts/b.md": post("b", id="b"),
            "content/posts/c.md": post("c"),
            "content/posts/d.md": post("d", aliases="[/nowhere/, /2025/d/]"),
            "content/posts/e.md": post("e"),
        }
    )
    publish(here, line("/2026/11/c/", "https://old.example/c/"), line("/2025/d/", "https://example.org/2025/d/"))
    publish(here, line("/2026/11/e/", "https://example.org/2026/11/e/"))
    here.build()
    found = guids(here)
    assert found["b"][0].startswith("urn:uuid:")
    assert found == {
        "a": ("tag:a", "false"),
        "b": (found["b"][0], "false"),
        "c": ("https://old.example/c/", "false"),
        "d": ("https://example.org/2025/d/", "false"),
        "e": ("https://example.org/2026/11/e/", "true"),
    }


def test_the_ledger_wakes_what_shows_ids(site: Callable[..., Site]) -> None:
    """A new line renders the feeds of that item and nothing else; the same lines in another order render nothing."""
    here = site({"content/posts/a.md": post("a", tags="[x]"), "content/posts/b.md": post("b")})
    here.build()
    publish(here, line("/2026/11/a/", "tag:a"), line("/2026/11/b/", "https://example.org/2026/11/b/"))
    feeds = {"feed.xml", "atom.xml", "feed.json"}
    assert {o.path for o in here.build().outcomes} == feeds | {f"tags/x/{name}" for name in feeds}
    header, *rows = (here.root / LEDGER).read_text("utf-8").splitlines()
    here.write(LEDGER, "\n".join([header, *reversed(rows), rows[0]]) + "\n")
    assert here.build().outcomes == ()
    here.remove(LEDGER)
    here.build()
    assert guids(here)["a"] == ("https://example.org/2026/11/a/", "true")


def test_a_changed_domain_changes_no_id(site: Callable[..., Site]) -> None:
    """Who moves to another domain is not new to any reader."""
    here = site({"content/posts/a.md": post("a")})
    publish(here, line("/2026/11/a/", "https://example.org/2026/11/a/"))
    here.write("site.toml", CONFIG.replace("example.org", "example.net"))
    here.build()
    assert guids(here) == {"a": ("https://example.org/2026/11/a/", "false")}


@pytest.mark.parametrize(
    ("fields", "way_out"),
    [({"id": "new"}, "add to its front matter"), ({"guid": "tag:new"}, "change the `guid` to")],
)
def test_an_id_that_would_change(site: Callable[..., Site], fields: dict[str, str], way_out: str) -> None:
    """Another id than at that URL is an error with the line to write; what is written then builds. Drafts are free."""
    here = site({"content/posts/a.md": post("a")})
    publish(here, line("/2026/11/a/", "https://example.org/2026/11/a/"))
    here.build()
    here.write("content/posts/a.md", post("a", **fields))
    (found,) = here.errors()
    assert (found.code, found.span and found.span.line) == ("feed-id-changed", 4)
    assert found.hint == f'{way_out} `guid: "https://example.org/2026/11/a/"`'
    here.build(drafts=True)
    here.write("content/posts/a.md", post("a", **fields | {"guid": '"https://example.org/2026/11/a/"'}))
    here.build()


def test_a_text_that_moved_by_hand_keeps_its_id(site: Callable[..., Site]) -> None:
    """An alias carries the id along; an id that is given at the same time is an error too. Two texts that became one are not."""
    here = site({"content/posts/new.md": post("a", aliases="[/2026/11/a/]", id="a")})
    publish(here, line("/2026/11/a/", "tag:a"), line("/2026/11/b/", "tag:b"))
    assert here.codes() == {"feed-id-changed", "url-vanished"}
    here.write("content/posts/new.md", post("a", aliases="[/2026/11/b/, /2026/11/a/]", guid="tag:a"))
    here.build()


def test_a_url_may_go_to_another_text(site: Callable[..., Site]) -> None:
    """Where the text that was there has kept its id at another URL, no reader is misled."""
    here = site({"content/posts/a.md": post("a", id="new"), "content/posts/moved.md": post("moved", guid="tag:a")})
    publish(here, line("/2026/11/a/", "tag:a"))
    here.build()


def test_two_texts_with_one_published_id(site: Callable[..., Site]) -> None:
    """An id that one text took along and another finds at its URL is told."""
    here = site({"content/posts/a.md": post("a"), "content/posts/moved.md": post("moved")})
    publish(here, line("/2026/11/a/", "tag:a"), line("/2026/11/moved/", "tag:a"))
    assert here.codes() == {"guid-duplicate"}


VANISHED: dict[str, tuple[dict[str, str], str, bool]] = {
    "nothing is there": ({}, "", True),
    "an alias leads on": ({"content/posts/b.md": post("b", aliases="[/2026/11/a/]")}, "", False),
    "a redirect leads on": ({}, '[redirects]\n"/2026/11/a/" = "/"\n', False),
    "a tombstone": ({"content/posts/a.md": post("a", gone="yes")}, "", False),
    "it has expired": ({"content/posts/a.md": post("a", expires="2026-11-25")}, "", False),
    "it moved and has expired": ({"content/posts/b.md": post("b", expires="2026-11-25", aliases="/2026/11/a/")}, "", False),
    "a draft": ({"content/posts/a.md": post("a", draft="yes")}, "", True),
    "private": ({"content/posts/a.md": post("a", private="yes")}, "", True),
    "for later": ({"content/posts/a.md": post("a", publish="2026-12-24")}, "", True),
    "unlisted": ({"content/posts/a.md": post("a", unlisted="yes")}, "", False),
    "another slug": ({"content/posts/a.md": post("a", slug="b")}, "", True),
    "other capitals": ({"content/posts/a.md": post("a", url="/2026/11/A/")}, "", True),
    "a static file": ({"static/2026/11/a/index.html": "A"}, "", False),
}


@pytest.mark.parametrize("case", VANISHED)
def test_a_url_that_vanishes(site: Callable[..., Site], case: str) -> None:
    """A published item must be there, lead on, be withdrawn or have been meant to end; a release that loses it is refused, drafts are not."""
    files, settings, refused = VANISHED[case]
    here = site({"content/posts/other.md": post("other"), **files}, CONFIG + settings)
    publish(here, line("/2026/11/a/"))
    assert here.codes() == ({"url-vanished"} if refused else set())
    here.build(drafts=True)
    publish(here, line("/2026/11/a/", event="gone", time="2026-11-22T00:00:00Z"))
    assert here.codes() == set()


def test_feeds_and_lists(site: Callable[..., Site]) -> None:
    """A feed that is no longer made is an error, a list without posts a warning."""
    here = site({"content/posts/a.md": post("a", tags="[x]"), "content/posts/b.md": post("b")})
    publish(here, line("/tags/x/feed.xml", kind="feed"), line("/tags/x/", kind="list"), line("/offers/a.pdf", kind="file"))
    publish(here, line("/offers/a.pdf", kind="file", event="gone", time="2026-11-22T00:00:00Z"))
    here.build()
    here.write("content/posts/a.md", post("a"))
    here.write("site.toml", CONFIG + "[feeds]\nformats = []\n")
    assert sorted((d.severity, d.message) for d in here.errors()) == [
        ("error", "This build no longer makes the feed `/tags/x/feed.xml`, which was published"),
        ("warning", "The tag `x` has no posts any more; its page says so"),
    ]
    here.write("site.toml", CONFIG + '[redirects]\n"/tags/x/feed.xml" = "/feed.xml"\n"/tags/x/" = "/tags/"\n')
    assert here.codes() == set()


def test_a_build_that_looks_back(site: Callable[..., Site]) -> None:
    """What was published later than the build's moment is not asked for; the passing of that moment is noticed."""
    here = site({"content/posts/b.md": post("b")})
    publish(here, line("/2026/11/a/", time="2026-12-24T00:00:00Z"))
    report = here.build()
    assert (report.diagnostics, report.next_change) == ((), None)
    assert here.build(at=instant("2026-12-23T23:59")).diagnostics == ()
    assert here.codes(at=instant("2026-12-24")) == {"url-vanished"}
    assert here.codes(at=NOW) == set()


def test_many_that_vanish_at_once(site: Callable[..., Site]) -> None:
    """Who changes a pattern is not flooded."""
    here = site({"content/posts/b.md": post("b")})
    publish(here, *(line(f"/old/{number}/") for number in range(400)))
    found = here.errors()
    assert len(found) < 20
    assert "more URLs" in found[-1].message
