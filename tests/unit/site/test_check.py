"""What the writer is told of the site as a whole."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from harness.assembled import SiteFiles, assemble, check_site
from wol.errors import Diagnostic
from wol.model.config import Config, LinksConfig, NavEntry, ThemeConfig
from wol.model.item import Link, Moment, Summary
from wol.model.site import Visibility

NOW = 1_000_000_000
FILES = ("posts/p.jpg", "posts/trip/q.jpg")
PLANNED = {"/", "/a/", "/b/", "/gone/", "/feed.xml", "/archive/", "/notes/", "/img/logo.svg", "/posts/trip/q.jpg"}


@pytest.fixture
def check(config: Callable[..., Config], item: Callable[..., Summary]) -> Callable[..., tuple[Diagnostic, ...]]:
    """Check a site in which `posts/a.md` has the given links, beside items of every state."""

    def run(*links: Link, settings: Config | None = None, visibility: Visibility | None = None) -> tuple[Diagnostic, ...]:
        settings = settings or config()
        items = [
            item("posts/a.md", links=links, anchors=("intro", "end")),
            item("posts/b.md", anchors=("part",)),
            item("posts/draft.md", draft=True),
            item("posts/later.md", date=-60),
            item("posts/over.md", expires=Moment(NOW, "")),
            item("posts/own.md", private=True),
            item("posts/gone.md", gone=True),
            item("posts/trip/index.md", url="/trip/", bundle="posts/trip", draft=True),
            item("notes/_index.md", kind="page", url="/notes/", section="/notes/"),
        ]
        files = SiteFiles(dict.fromkeys(FILES, "d"))
        return check_site(settings, assemble(settings, items, visibility or Visibility(), NOW, files), files, PLANNED)

    return run


def relative(raw: str, fragment: str = "", use: str = "link") -> Link:
    """A link as the reader gives it: from the item's folder."""
    return Link(use, raw, f"posts/{raw}", fragment=fragment, line=7)


def absolute(url: str, fragment: str = "") -> Link:
    """A link from the root, which may mean a source or a URL."""
    return Link("link", url, url.strip("/"), url, fragment=fragment, line=7)


@pytest.mark.parametrize(
    "link",
    [
        relative("b.md"),
        relative("b.md", "part"),
        relative("b.md", "top"),
        relative("b.md", ":~:text=x"),
        relative("p.jpg", use="image"),
        Link("link", "#intro", fragment="intro", line=7),
        Link("link", "../notes/", "notes", line=7),
        Link("link", "../b/?x=1#part", "b", fragment="part", line=7),
        absolute("/posts/b.md", "part"),
        absolute("/b/"),
        absolute("/b", "part"),
        absolute("/"),
        absolute("/feed.xml"),
        absolute("/archive/index.html"),
        absolute("/img/logo.svg"),
        absolute("/notes/"),
        absolute("/archive/", "x"),
        Link("link", "../../archive/", line=7),
    ],
)
def test_links_that_lead_somewhere(check: Callable[..., tuple[Diagnostic, ...]], link: Link) -> None:
    """Sources, files, headings, lists and static files, however they are written; nothing is said of them."""
    assert check(link) == ()


@pytest.mark.parametrize(
    ("link", "code", "message", "hint"),
    [
        (relative("c.md"), "link-broken", "`c.md` leads nowhere", ""),
        (relative("B.md"), "link-broken", "`B.md` leads nowhere", "did you mean `b.md`? Upper and lower case count"),
        (relative("daft.md"), "link-broken", "`daft.md`", "did you mean `draft.md`?"),
        (relative("x.jpg", use="image"), "image-missing", "`x.jpg` is not there", "did you mean `p.jpg`?"),
        (relative("P.JPG", use="image"), "image-missing", "`P.JPG`", "did you mean `p.jpg`? Upper and lower case count"),
        (relative("x.mp4", use="file"), "link-broken", "`x.mp4`", ""),
        (relative("draft"), "link-broken", "`draft`", "did you mean `draft.md`?"),
        (Link("link", "../Notes", "Notes", line=7), "link-broken", "`../Notes`", "did you mean `../notes`? Upper and lower case count"),
        (Link("image", "../p.jpg", "p.jpg", line=7), "image-missing", "`../p.jpg`", "did you mean `p.jpg`?"),
        (absolute("/nowhere/"), "link-broken", "`/nowhere/`", ""),
        (absolute("/posts/nowhere.md"), "link-broken", "`/posts/nowhere.md`", ""),
        (relative("b.md", "prat"), "link-anchor", "a heading `prat`, which `content/posts/b.md` does not have", "did you mean `part`?"),
        (
            Link("link", "#outro", fragment="outro", line=7),
            "link-anchor",
            "which `content/posts/a.md` does not have",
            "did you mean `intro`?",
        ),
        (Link("link", "../../out.md", "out.md", line=7), "link-broken", "`../../out.md` leads nowhere", ""),
        (relative("draft.md"), "link-unpublished", "`content/posts/draft.md`, which is a draft", ""),
        (relative("later.md"), "link-unpublished", "which is scheduled for later", ""),
        (relative("over.md"), "link-unpublished", "which has expired", ""),
        (relative("own.md"), "link-unpublished", "which is private", ""),
        (relative("gone.md"), "link-unpublished", "which was withdrawn", "remove the link"),
        (absolute("/posts/draft.md"), "link-unpublished", "which is a draft", ""),
        (absolute("/draft/"), "link-unpublished", "which is a draft", ""),
        (absolute("/gone/"), "link-unpublished", "which was withdrawn", ""),
        (relative("trip"), "link-unpublished", "`content/posts/trip/index.md`, which is a draft", ""),
        (relative("trip/q.jpg", use="image"), "link-unpublished", "a file of an item that this build does not publish", ""),
    ],
)
def test_links_that_lead_nowhere(check: Callable[..., tuple[Diagnostic, ...]], link: Link, code: str, message: str, hint: str) -> None:
    """Each with the line, what is wrong, and what was meant."""
    (found,) = check(link)
    assert (found.code, found.severity, str(found.span)) == (code, "warning", "content/posts/a.md:7")
    assert message in found.message
    assert hint in found.hint


def test_a_draft_of_the_home_page_is_not_what_a_broken_link_means(config: Callable[..., Config], item: Callable[..., Summary]) -> None:
    """A relative link that leads nowhere is broken, whatever is withheld at the root."""
    items = [item("posts/a.md", links=(relative("c.md"),)), item("index.md", url="/", draft=True)]
    site = assemble(config(), items, Visibility(), NOW, SiteFiles())
    assert [d.code for d in check_site(config(), site, SiteFiles(), {"/a/"})] == ["link-broken"]


def test_one_finding_for_one_link(check: Callable[..., tuple[Diagnostic, ...]]) -> None:
    """A link that stands in the excerpt and in the text is told once."""
    assert len(check(relative("c.md"), relative("c.md"))) == 1


def test_drafts_are_there_in_their_profile(check: Callable[..., tuple[Diagnostic, ...]]) -> None:
    """With --drafts a link to a draft is fine, one to a scheduled item is not."""
    found = check(relative("draft.md"), relative("later.md"), relative("over.md"), visibility=Visibility("drafts", drafts=True))
    assert [d.code for d in found] == ["link-unpublished", "link-unpublished"]
    assert "scheduled" in found[0].message
    assert "expired" in found[1].message


def test_the_setting_decides(check: Callable[..., tuple[Diagnostic, ...]], config: Callable[..., Config]) -> None:
    """`[links] broken` makes it an error, or nothing."""
    links = (relative("c.md"), relative("draft.md"), relative("b.md", "x"), relative("x.jpg", use="image"))
    assert [d.severity for d in check(*links, settings=config(links=LinksConfig(broken="error")))] == ["error"] * 4
    assert check(*links, settings=config(links=LinksConfig(broken="ignore"))) == ()


def test_what_the_settings_refer_to(check: Callable[..., tuple[Diagnostic, ...]], config: Callable[..., Config]) -> None:
    """Navigation, redirects and pictures of `site.toml` are followed too."""
    nav = [
        ("Good", "posts/b.md"),
        ("Good", "/archive/"),
        ("Good", "https://example.org/"),
        ("Bad", "abuot.md"),
        ("Draft", "posts/draft.md"),
    ]
    settings = config(
        site={"image": "none.png"},
        theme=ThemeConfig(nav=tuple(NavEntry(text=text, to=to) for text, to in nav)),
        redirects={"/old/": "/b/#part", "/older/": "/nowhere/", "/far/": "https://example.org/"},
    )
    found = check(settings=settings)
    assert [(d.code, str(d.span)) for d in found] == [
        ("link-broken", "site.toml"),
        ("link-unpublished", "site.toml"),
        ("link-broken", "site.toml"),
        ("image-missing", "site.toml"),
    ]
    assert "`Bad` in `[theme] nav` leads to `abuot.md`, which is not there" in found[0].message


def test_one_id_for_two_items(config: Callable[..., Config], item: Callable[..., Summary]) -> None:
    """A copied file keeps its id: the second by path is told, with its line. Hidden items do not count."""
    items = [
        item("b.md", id="k1", lines={"id": 3}),
        item("a.md", id="k1"),
        item("c.md", id="k1", draft=True),
        item("d.md", gone=True, id="k1"),
    ]
    site = assemble(config(), items, Visibility(), NOW, SiteFiles())
    (found,) = site.diagnostics
    assert (found.code, found.severity, str(found.span)) == ("id-duplicate", "error", "content/b.md:3")
    assert found.message == "`content/b.md` has the same id as `content/a.md`, `k1`"


def test_one_feed_id_for_two_items(config: Callable[..., Config], item: Callable[..., Summary]) -> None:
    """Equal guids, also where one is the permalink of another."""
    items = [
        item("a.md", guid="x"),
        item("b.md", guid="x", lines={"guid": 4}),
        item("c.md"),
        item("d.md", guid="https://example.org/blog/c/"),
    ]
    site = assemble(config(), items, Visibility(), NOW, SiteFiles())
    assert [(d.code, str(d.span)) for d in site.diagnostics] == [("guid-duplicate", "content/d.md"), ("guid-duplicate", "content/b.md:4")]


def test_posts_without_a_date(config: Callable[..., Config], item: Callable[..., Summary]) -> None:
    """Only posts that stand in lists; notes and pages need none."""
    items = [
        item("a.md", date=None),
        item("n.md", kind="note", date=None),
        item("u.md", date=None, unlisted=True),
        item("d.md", date=None, draft=True),
    ]
    site = assemble(config(), items, Visibility(), NOW, SiteFiles())
    assert [(d.code, str(d.span)) for d in site.diagnostics] == [("post-undated", "content/a.md")]
