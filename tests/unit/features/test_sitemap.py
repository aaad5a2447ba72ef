"""The sitemap has what may be found and nothing else; robots.txt says where it is."""

from __future__ import annotations

from typing import Any
from urllib.robotparser import RobotFileParser

import pytest
from lxml import etree

from harness.items import at, item
from harness.planned import Planned, make
from harness.settings import settings
from wol.features.sitemap import entries as sitemap
from wol.model.item import Moment
from wol.model.site import Visibility

NAMESPACE = "{http://www.sitemaps.org/schemas/sitemap/0.9}"


def entries(planned: Planned, path: str = "sitemap.xml") -> dict[str, str | None]:
    """Give the URLs of a sitemap with their dates."""
    root = etree.fromstring(planned.render(path))
    assert root.tag == f"{NAMESPACE}urlset"
    found = [(url.findtext(f"{NAMESPACE}loc") or "", url.findtext(f"{NAMESPACE}lastmod")) for url in root]
    assert len(found) == len(dict(found))
    return dict(found)


def paths(planned: Planned) -> list[str]:
    return [url.removeprefix("https://example.org/blog") for url in entries(planned)]


def test_items_and_lists() -> None:
    """Published items with their last change, and the fronts of lists."""
    found = entries(
        make(
            item("posts/a.md", date="2026-01-01", updated="2026-02-03 10:00", terms={"tags": ("x & y",)}),
            item("notes/n.md"),
            item("guides/_index.md"),
            *(item(f"posts/p{n:02}.md", date=f"2026-01-{n:02}") for n in range(2, 31)),
        )
    )
    assert found["https://example.org/blog/2026/01/a/"] == "2026-02-03T10:00:00+00:00"
    assert found["https://example.org/blog/2026/01/p02/"] == "2026-01-02"
    assert found["https://example.org/blog/notes/n/"] is None
    lists = ["/", "/archive/", "/2026/", "/2026/01/", "/notes/", "/tags/", "/tags/x-and-y/", "/guides/"]
    assert {f"https://example.org/blog{url}" for url in lists} <= found.keys()
    assert not any("/page/" in url for url in found)


STATES: dict[str, dict[str, object]] = {
    "draft": {"draft": True},
    "scheduled": {"date": "2027-01-01"},
    "expired": {"expires": "2026-02-01"},
    "unlisted": {"unlisted": True},
    "private": {"private": True},
    "gone": {"gone": True},
    "with an original elsewhere": {"canonical": "https://first.example/a"},
}


@pytest.mark.parametrize("why", STATES)
@pytest.mark.parametrize("visibility", [Visibility(), Visibility("drafts", drafts=True, future=True)])
def test_what_is_left_out(why: str, visibility: Visibility) -> None:
    """In no profile is anything in it that a release would not have there."""
    planned = make(item("posts/a.md", **{"date": "2026-01-01", "aliases": ("/old/",), **STATES[why]}), visibility=visibility)
    assert not any(path.endswith(("/a/", "/old/")) for path in paths(planned))


def test_every_address_is_a_page() -> None:
    """Nothing is promised that the build does not write."""
    planned = make(
        item("_index.md"),
        item("posts/a.md", date="2026-01-01", terms={"tags": ("日本", "C++")}),
        item("x.md", url="/x y&z.html"),
        item("notes/n.md"),
    )
    for url, _ in planned.tables["sitemap"]["1"]:
        assert (f"{url[1:]}index.html" if url.endswith("/") else url[1:]) in planned.targets
    assert "/x%20y&z.html" in paths(planned)
    assert "/tags/%E6%97%A5%E6%9C%AC/" in paths(planned)


def test_date_of_the_home_page() -> None:
    """The front's text has a date of its own, if one was written."""
    assert entries(make(item("_index.md", updated="2026-03-01")))["https://example.org/blog/"] == "2026-03-01"


@pytest.mark.parametrize(
    ("moment", "shown"),
    [
        (at("2026-01-01"), "2026-01-01"),
        (at("2026-01-01T10:00:00+05:30"), "2026-01-01T10:00:00+05:30"),
        (at("1840-01-01 10:00", "Europe/London"), "1840-01-01"),
    ],
)
def test_dates(moment: Moment, shown: str) -> None:
    """W3C dates: a day, or a time with an offset that has no seconds."""
    assert entries(make(item("x.md", date=moment)))["https://example.org/blog/x/"] == shown


@pytest.mark.parametrize("limit", ["MAX_URLS", "MAX_BYTES"])
def test_more_than_one_file_holds(limit: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Above either limit there is an index, and the parts have every URL once."""
    whole = entries(make(*(item(f"p{n}.md") for n in range(20))))
    monkeypatch.setattr(sitemap, limit, {"MAX_URLS": 7, "MAX_BYTES": 800}[limit])
    planned = make(*(item(f"p{n}.md") for n in range(20)))
    index = etree.fromstring(planned.render("sitemap.xml"))
    assert index.tag == f"{NAMESPACE}sitemapindex"
    parts = [(part.findtext(f"{NAMESPACE}loc") or "").removeprefix("https://example.org/blog/") for part in index]
    assert len(parts) > 1
    found: dict[str, Any] = {}
    for part in parts:
        assert len(planned.render(part)) <= 1200
        found |= entries(planned, part)
    assert found == whole


def test_real_limit() -> None:
    """50,000 addresses are one file, one more makes two."""
    entries = [[f"/{n}/", ""] for n in range(50_001)]
    assert [len(part) for part in sitemap._parts([(url, date) for url, date in entries[:-1]], 30)] == [50_000]
    assert [len(part) for part in sitemap._parts([(url, date) for url, date in entries], 30)] == [50_000, 1]


def test_robots() -> None:
    """Everything may be read; no path is named, since that would tell of it."""
    planned = make(item("secret.md", unlisted=True))
    text = planned.render("robots.txt").decode()
    parser = RobotFileParser()
    parser.parse(text.splitlines())
    assert parser.can_fetch("AnyBot", "https://example.org/blog/secret/")
    assert parser.site_maps() == ["https://example.org/blog/sitemap.xml"]
    assert "secret" not in text


def test_robots_without_sitemap() -> None:
    """It does not lead to a file that is not there."""
    assert b"itemap" not in make(config=settings(features={"sitemap": False})).render("robots.txt")


def test_own_files_win() -> None:
    """A robots.txt or 404.html in `static/` takes the place of ours; any other file of ours collides."""
    planned = make(static={"robots.txt": "static/robots.txt", "404.html": "static/404.html", "feed.xml": "static/feed.xml"})
    assert planned.targets["robots.txt"].kind == planned.targets["404.html"].kind == "static"
    assert [d.code for d in planned.collisions] == ["url-collision"]
    assert "`static/feed.xml`" in planned.collisions[0].message
    assert "the feature `feeds`" in planned.collisions[0].message


def test_not_found() -> None:
    """One page of its own template."""
    planned = make()
    views = planned.views()
    planned.render("404.html", views)
    assert (views.templates, views.context) == (["404.html"], {"heading": "Page not found"})
