"""Kind, states by place, dates, slugs, URLs and aliases, from front matter and path together."""

from __future__ import annotations

import pytest

from harness.settings import settings as made
from wol.content.defaults import read_defaults
from wol.content.fields import read_fields
from wol.content.front_matter import split
from wol.content.identity import Identity, identify
from wol.content.kinds import naming
from wol.content.settings import read_settings
from wol.model.config import ContentConfig, TaxonomyConfig

Content = dict[str, object]


def who(key: str, front_matter: str = "", defaults: dict[str, str] | None = None, **content: object) -> Identity:
    """Identify a source; `defaults` are the texts of `_defaults.toml` files by path, nearest first, `content` the settings of `[content]`."""
    taxonomies = {"categories": TaxonomyConfig(slugs={"Art & Craft": "art"}), "tags": TaxonomyConfig()}
    settings = read_settings(made(site={"timezone": "Europe/London"}, content=ContentConfig(**content), taxonomies=taxonomies))  # type: ignore[arg-type]  # keywords of the table
    block = split(f"---\n{front_matter}\n---\n".encode(), f"content/{key}")
    above = [read_defaults(text.encode(), f"content/{path}")[0] for path, text in (defaults or {}).items()]
    fields = read_fields(block, above, settings)
    assert not fields.diagnostics
    return identify(key, fields, naming(key, settings), settings)


def problems(found: Identity) -> list[tuple[str, str]]:
    return [(d.code, str(d.span)) for d in found.diagnostics]


@pytest.mark.parametrize(
    ("key", "front_matter", "url"),
    [
        ("posts/2026-11-20-other-post.md", "", "/2026/11/other-post/"),
        ("posts/other.md", "date: 2026-01-02", "/2026/01/other/"),
        ("posts/2026-11-20-other.md", "date: 2025-01-02", "/2025/01/other/"),
        ("posts/other.md", "date: 2026-12-31 23:30 -0500", "/2026/12/other/"),
        ("posts/2026/11/deep.md", "date: 2026-11-20", "/2026/11/deep/"),
        ("posts/undated.md", "", "/undated/"),
        ("posts/2026-11-20-x.md", "slug: Other Name", "/2026/11/other-name/"),
        ("posts/2026-11-20-trip/index.md", "", "/2026/11/trip/"),
        ("notes/on-asking.md", "", "/notes/on-asking/"),
        ("notes/deep/on-asking.md", "", "/notes/on-asking/"),
        ("notes/2026-11-20-on-asking.md", "", "/notes/on-asking/"),
        ("about.md", "", "/about/"),
        ("about.md", "slug: me", "/me/"),
        ("about/index.md", "", "/about/"),
        ("Über Uns/Das Team.md", "", "/über-uns/das-team/"),
        ("README.md", "", "/readme/"),
        ("posts/README.md", "", "/posts/readme/"),
        ("_index.md", "", "/"),
        ("index.md", "", "/"),
        ("notes/_index.md", "", "/notes/"),
        ("tags/c-plus-plus/_index.md", "", "/tags/c-plus-plus/"),
        ("tags/C++/_index.md", "", "/tags/c-plus-plus/"),
        ("posts/a.md", "kind: note", "/notes/a/"),
        ("posts/a.md", "kind: Page", "/posts/a/"),
        ("posts/a.md", "url: /somewhere/else.html", "/somewhere/else.html"),
        ("posts/a.md", "permalink: /old/place/", "/old/place/"),
        ("notes/_index.md", "url: /garden/", "/garden/"),
    ],
)
def test_urls(key: str, front_matter: str, url: str) -> None:
    """The default patterns, and what the front matter changes."""
    found = who(key, front_matter)
    assert (found.url, problems(found)) == (url, [])


@pytest.mark.parametrize(
    ("key", "pattern", "front_matter", "url"),
    [
        ("posts/a.md", "/:category/:slug/", "categories: [Art & Craft, Other]", "/art/a/"),
        ("posts/a.md", "/:category/:slug/", "categories: C++", "/c-plus-plus/a/"),
        ("posts/a.md", "/:category/:slug/", "", "/a/"),
        ("posts/travel/far/a.md", "/blog/:path/", "", "/blog/travel/far/a/"),
        ("posts/travel/trip/index.md", "/:path.html", "", "/travel/trip.html"),
        ("posts/a.md", "/:id/", "id: k7", "/k7/"),
        ("posts/2026-01-02-a.md", "/:year-:month-:day/:slug.html", "", "/2026-01-02/a.html"),
        ("drafts/a.md", "/:path/", "", "/a/"),
        ("garden/a.md", "/:path/", "kind: post", "/garden/a/"),
    ],
)
def test_patterns(key: str, pattern: str, front_matter: str, url: str) -> None:
    """`:path` has the folders below the kind's own, `:category` the slug of `site.toml`."""
    assert who(key, front_matter, permalinks={"post": pattern}).url == url


def test_patterns_of_pages_leave_folder_pages_alone() -> None:
    """`_index.md` is always at its folder's URL."""
    permalinks = {"page": "/:path.html"}
    assert [who(key, permalinks=permalinks).url for key in ("about.md", "notes/_index.md", "_index.md")] == ["/about.html", "/notes/", "/"]


@pytest.mark.parametrize(
    ("key", "private", "draft"),
    [("drafts/a.md", False, True), ("a.private.md", True, False), ("posts/a.md", False, False)],
)
def test_places_decide_states(key: str, private: bool, draft: bool) -> None:
    """Without any field."""
    found = who(key)
    assert (found.private, found.draft) == (private, draft)


@pytest.mark.parametrize(
    ("key", "front_matter", "expected"),
    [
        ("drafts/a.md", "draft: no", [("front-matter-conflict", "content/drafts/a.md:2:8")]),
        ("posts/drafts/a.md", "status: published", [("front-matter-conflict", "content/posts/drafts/a.md:2:9")]),
        ("a.private.md", "private: false", [("front-matter-conflict", "content/a.private.md:2:10")]),
        ("posts/x.history/a.md", "private: no", [("front-matter-conflict", "content/posts/x.history/a.md:2:10")]),
        ("drafts/a.md", "draft: yes", []),
        ("a.private.md", "private: yes\ndraft: no", []),
        ("posts/a.md", "draft: no\nprivate: no", []),
    ],
)
def test_no_field_undoes_a_place(key: str, front_matter: str, expected: list[tuple[str, str]]) -> None:
    """What says that it is public, in a place that keeps it back, is an error: one of the two is wrong."""
    assert problems(who(key, front_matter)) == expected


def test_defaults_do_not_undo_a_place() -> None:
    """`draft = false` for a whole folder is no contradiction to a drafts folder in it; the place still wins."""
    found = who("posts/drafts/a.md", defaults={"posts/_defaults.toml": "draft = false"})
    assert found.draft
    assert not found.diagnostics


def test_kind_of_the_nearest_defaults() -> None:
    """A kind of `_defaults.toml` is for the texts of the folder, not for its `_index.md`."""
    defaults = {"garden/deep/_defaults.toml": 'kind = "post"', "garden/_defaults.toml": 'kind = "note"'}
    assert who("garden/deep/a.md", defaults=defaults).kind == "post"
    assert who("garden/a.md", defaults={"garden/_defaults.toml": 'kind = "note"'}).kind == "note"
    assert who("garden/README.md", defaults={"garden/_defaults.toml": 'kind = "note"'}).kind == "note"
    assert who("garden/_index.md", defaults={"garden/_defaults.toml": 'kind = "note"'}).kind == "page"
    assert who("garden/a.md", "kind: page", defaults=defaults).kind == "page"


def test_a_wrong_kind_of_the_defaults_is_told_there() -> None:
    """With the place in the `_defaults.toml`."""
    found = who("garden/a.md", defaults={"garden/_defaults.toml": 'kind = "nite"'})
    assert problems(found) == [("kind-unknown", "content/garden/_defaults.toml:1:8")]
    assert found.diagnostics[0].hint == "did you mean `note`?"


@pytest.mark.parametrize(
    ("key", "front_matter", "code", "place", "message"),
    [
        ("people/ada.md", "", "name-reserved", "content/people/ada.md", "The folder `people/` makes the text a `person`"),
        ("log/2026/2026-11-20.md", "", "name-reserved", "content/log/2026/2026-11-20.md", "`log`"),
        ("posts/a.md", "kind: clip", "name-reserved", "content/posts/a.md:2:7", "The kind `clip` is reserved"),
        ("posts/a.md", "kind: artical", "kind-unknown", "content/posts/a.md:2:7", "There is no kind `artical`"),
        (
            "posts/2026-13-45-x.md",
            "",
            "date-invalid",
            "content/posts/2026-13-45-x.md",
            "There is no such day as `2026-13-45`, with which the file name begins",
        ),
        ("posts/0999-01-01-x.md", "", "date-invalid", "content/posts/0999-01-01-x.md", "0999"),
        ("posts/😀.md", "", "slug-invalid", "content/posts/😀.md", "The file name `😀` makes no slug"),
        ("posts/con.md", "", "slug-invalid", "content/posts/con.md", "a name that systems keep"),
        ("posts/a.md", 'slug: "../x"', "slug-invalid", "content/posts/a.md:2:7", "holds a slash"),
        ("posts/a.md", 'slug: "C:\\\\x"', "slug-invalid", "content/posts/a.md:2:7", "holds a slash"),
        ("posts/a.md", "slug: ..", "slug-invalid", "content/posts/a.md:2:7", "a name that systems keep"),
        ("posts/a.md", "slug: NUL", "slug-invalid", "content/posts/a.md:2:7", "a name that systems keep"),
        ("posts/a.md", "slug: 🎉", "slug-invalid", "content/posts/a.md:2:7", "is empty"),
        ("posts/a.md", f"slug: {'x' * 300}", "slug-invalid", "content/posts/a.md:2:7", "longer than 200 bytes"),
        ("🎉/about.md", "", "slug-invalid", "content/🎉/about.md", "The folder `🎉` makes no slug"),
        ("🎉/_index.md", "", "slug-invalid", "content/🎉/_index.md", "The folder `🎉` makes no slug"),
        ("posts/a.md", "url: /../../etc/", "url-invalid", "content/posts/a.md:2:6", "`..`"),
        ("posts/a.md", "url: https://evil.example/", "url-invalid", "content/posts/a.md:2:6", "a whole address"),
        ("posts/a.md", "url: /feed.xml", "url-invalid", "content/posts/a.md:2:6", "neither `/` nor `.html`"),
        ("posts/a.md", "aliases: [/ok/, /a/../b/]", "url-invalid", "content/posts/a.md:2:10", "The alias `/a/../b/`"),
    ],
)
def test_errors(key: str, front_matter: str, code: str, place: str, message: str) -> None:
    """Each once, with its place."""
    (problem,) = who(key, front_matter).diagnostics
    assert (problem.code, problem.severity, str(problem.span)) == (code, "error", place)
    assert message in problem.message


@pytest.mark.parametrize(
    ("key", "front_matter", "url"),
    [
        ("posts/2026-13-45-x.md", "date: 2026-01-02", "/2026/01/x/"),
        ("posts/😀.md", "url: /smile/", "/smile/"),
        ("posts/😀.md", "slug: smile", "/smile/"),
        ("🎉/about.md", "url: /party/", "/party/"),
        ("people/ada.md", "kind: page", "/people/ada/"),
        ("posts/%2e%2e%2fx.md", "", "/2e-2e-2fx/"),
    ],
)
def test_ways_out(key: str, front_matter: str, url: str) -> None:
    """What the hints say works, and what only looks dangerous is harmless."""
    found = who(key, front_matter)
    assert (found.url, problems(found)) == (url, [])


def test_all_errors_at_once() -> None:
    """Not only the first."""
    found = who("drafts/a.md", "draft: no\nkind: clip\nslug: a/b\nurl: //x/\naliases: [/a//b/]")
    assert [d.code for d in found.diagnostics] == ["name-reserved", "front-matter-conflict", "slug-invalid", "url-invalid", "url-invalid"]


def test_aliases_are_places() -> None:
    """Each place once, in a clean form, and never the item's own."""
    found = who("posts/a.md", "aliases: [/old, /old/, /OLD/index.html, old/page.php, /a/, /caf%C3%A9/]")
    assert found.aliases == ("/old/", "/old/page.php", "/café/")


def test_dates_of_names_are_days_of_the_zone() -> None:
    """00:00 of that day in the site's zone."""
    found = who("posts/2026-7-1-x.md")
    assert found.date is not None
    assert (found.date.local, found.date.day_only) == ("2026-07-01T00:00:00+01:00", True)


def test_where_values_come_from() -> None:
    """For `wol list --why`."""
    assert who("posts/2026-11-20-trip/index.md").origins == {
        "kind": "folder `posts/`",
        "date": "folder name",
        "slug": "folder name",
        "url": "pattern `/:year/:month/:slug/`",
    }
    assert who("drafts/a.md", "date: 2026-01-02\nslug: b\nurl: /c/").origins == {
        "kind": "folder `drafts/`",
        "draft": "the folder `drafts/`",
    }
