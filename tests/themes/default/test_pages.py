"""What readers, search engines and readers of microformats find on the pages of the default theme."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from itertools import pairwise
from typing import Any

import mf2py
import pytest
from selectolax.lexbor import LexborHTMLParser

from harness.site import Site

LONG = "2026/11/long/index.html"
HOSTILE = "2026/08/hostile/index.html"


def tree(html: str) -> LexborHTMLParser:
    return LexborHTMLParser(html)


def text(html: str, selector: str) -> str:
    node = tree(html).css_first(selector)
    assert node is not None, selector
    return " ".join(node.text().split())


def attribute(html: str, selector: str, name: str) -> str:
    node = tree(html).css_first(selector)
    assert node is not None, selector
    return node.attributes[name] or ""


def ld(html: str) -> Any:
    node = tree(html).css_first('script[type="application/ld+json"]')
    return None if node is None else json.loads(node.text())


def formats(html: str, kind: str) -> list[Any]:
    found = mf2py.parse(doc=html, url="https://example.org/blog/", html_parser="html.parser")["items"]
    return [item for item in found if kind in item["type"]]


def test_every_page_has_one_heading_one_main_and_a_way_past_the_header(pages: dict[str, str]) -> None:
    """Landmarks: a reader who listens finds the text at once."""
    assert len(pages) > 25
    for path, html in pages.items():
        page = tree(html)
        assert [len(page.css(tag)) for tag in ("h1", "main", "body > header", "body > footer", "title")] == [1] * 5, path
        assert attribute(html, "a.skip", "href") == "#main", path
        assert page.css_first("main#main") is not None, path


def test_headings_never_skip_a_level(pages: dict[str, str]) -> None:
    """An outline has no holes."""
    for path, html in pages.items():
        levels = [int((node.tag or "")[1:]) for node in tree(html).css("h1, h2, h3, h4, h5, h6")]
        assert levels[0] == 1, path
        assert all(after <= before + 1 for before, after in pairwise(levels)), path


def test_navigations_can_be_told_apart(pages: dict[str, str]) -> None:
    """Each `nav` and `aside` has a name, and no two of a page the same."""
    for path, html in pages.items():
        names = [node.attributes.get("aria-label") for node in tree(html).css("nav, body aside.author")]
        assert all(names), path
        assert len(names) == len(set(names)), path


def test_the_text_of_an_item_is_in_one_place(pages: dict[str, str]) -> None:
    """One element of class `e-content`, on items and on lists that have a text of their own."""
    for path in (LONG, "about/index.html", "notes/asking/index.html", "guides/index.html"):
        assert len(tree(pages[path]).css(".e-content")) == 1, path
    assert "First words." in text(pages[LONG], ".e-content")
    assert tree(pages["index.html"]).css_first(".e-content") is None


def test_a_post_says_what_it_is(pages: dict[str, str]) -> None:
    """An h-entry with all that a reader of microformats may ask for."""
    (entry,) = formats(pages[LONG], "h-entry")
    found = entry["properties"]
    assert found["name"] == ["Personal Learning Networks"]
    assert found["url"] == found["uid"] == ["https://example.org/blog/2026/11/long/"]
    assert found["published"] == ["2026-11-10"]
    assert found["updated"] == ["2026-11-12"]
    assert sorted(found["category"]) == ["LIKE", "networks", "pkm"]
    assert found["syndication"] == ["https://social.example/1"]
    assert found["author"][0]["properties"] == {"name": ["Virginia Henry"], "url": ["https://example.org/blog/"]}
    assert "First words." in found["content"][0]["value"]


def test_lists_are_feeds(pages: dict[str, str]) -> None:
    """The home page is an h-feed of h-entries with their names, days and summaries."""
    (feed,) = formats(pages["index.html"], "h-feed")
    assert feed["properties"]["name"] == ["Making Knowledge Work"]
    assert feed["properties"]["author"][0]["properties"]["name"] == ["Virginia Henry"]
    first = feed["children"][0]["properties"]
    assert first["name"] == ["Personal Learning Networks"]
    assert first["summary"] == ["First words."]
    assert first["published"] == ["2026-11-10"]
    assert first["url"] == ["https://example.org/blog/2026/11/long/"]


def test_a_note_without_a_title_is_called_as_its_file(pages: dict[str, str]) -> None:
    """On its page, in the browser's bar, for others and in lists."""
    html = pages["notes/thought/index.html"]
    assert text(html, "h1") == "thought"
    assert text(html, "title") == "thought · Making Knowledge Work"
    assert attribute(html, 'meta[property="og:title"]', "content") == "thought"
    (entry,) = formats(html, "h-entry")
    assert entry["properties"]["name"] == ["thought"]
    assert 'href="/blog/notes/thought/">thought</a>' in pages["notes/index.html"]


def test_a_link_post_leads_elsewhere_and_has_a_permalink_here(pages: dict[str, str]) -> None:
    """On its own page and in lists."""
    assert attribute(pages["2026/09/link/index.html"], "h1 a", "href") == "https://elsewhere.example/text"
    assert attribute(pages["2026/09/link/index.html"], "a.u-url", "href") == "/blog/2026/09/link/"
    card = pages["2026/09/index.html"]
    assert attribute(card, "h2 a.outward", "href") == "https://elsewhere.example/text"
    assert attribute(card, "h2 a.sign", "href") == "/blog/2026/09/link/"
    assert attribute(card, "h2 a.sign", "aria-label") == "Permalink: Elsewhere"


def test_previous_is_older_and_next_is_newer(pages: dict[str, str]) -> None:
    """As on every blog."""
    html = pages["2026/10/short/index.html"]
    assert attribute(html, "nav.near a[rel=prev]", "href") == "/blog/2026/09/link/"
    assert attribute(html, "nav.near a[rel=next]", "href") == "/blog/2026/11/long/"


def test_long_texts_have_a_table_of_contents(pages: dict[str, str]) -> None:
    """Nested as the headings are; short ones have none."""
    entries = [a.text() for a in tree(pages[LONG]).css("nav.toc > ol > li > a")]
    assert entries == ["Part 1", "Part 2", "Part 3", "Part 4"]
    assert text(pages[LONG], "nav.toc ol ol a") == "Deeper"
    assert attribute(pages[LONG], "nav.toc a", "href") == "#part-1"
    assert tree(pages["2026/10/short/index.html"]).css_first("nav.toc") is None


def test_the_head_tells_others_what_the_page_is(pages: dict[str, str]) -> None:
    """Canonical, description, Open Graph, feeds, licence, profiles."""
    html = pages[LONG]
    assert attribute(html, "link[rel=canonical]", "href") == "https://example.org/blog/2026/11/long/"
    assert attribute(html, "meta[name=description]", "content") == "First words."
    assert attribute(html, "meta[property='og:type']", "content") == "article"
    assert attribute(html, "meta[property='og:title']", "content") == "Personal Learning Networks"
    assert attribute(html, "link[rel=license]", "href") == "https://creativecommons.org/licenses/by/4.0/"
    assert attribute(html, "link[rel=me]", "href") == "https://social.example/@virginia"
    assert [a.attributes["href"] for a in tree(html).css("link[rel=alternate]")] == [
        f"/blog/{f}" for f in ("feed.xml", "atom.xml", "feed.json")
    ]
    assert attribute(pages["2026/10/short/index.html"], "link[rel=license]", "href") == "https://spdx.org/licenses/MIT.html"
    assert attribute(pages["page/1/index.html"], "link[rel=canonical]", "href") == "https://example.org/blog/page/1/"


def test_a_term_names_its_own_feeds_too(pages: dict[str, str]) -> None:
    """Readers can follow one category alone."""
    found = [a.attributes["href"] for a in tree(pages["categories/like/index.html"]).css("link[rel=alternate]")]
    assert "/blog/categories/like/feed.xml" in found
    assert len(found) == len(set(found)) == 6


def test_search_engines_get_a_post_as_data(pages: dict[str, str]) -> None:
    """JSON-LD of a BlogPosting; pages and notes have none."""
    data = ld(pages[LONG])
    assert data["@type"] == "BlogPosting"
    assert data["headline"] == "Personal Learning Networks"
    assert data["url"] == "https://example.org/blog/2026/11/long/"
    assert (data["datePublished"], data["dateModified"]) == ("2026-11-10", "2026-11-12")
    assert data["author"] == [{"@type": "Person", "name": "Virginia Henry", "url": "https://example.org/blog/"}]
    assert data["license"] == "https://creativecommons.org/licenses/by/4.0/"
    assert ld(pages["about/index.html"]) is None


def test_hostile_titles_break_out_of_nothing(pages: dict[str, str]) -> None:
    """A title with tags, quotes and `]]>` is text in the title, the heading, Open Graph and JSON-LD."""
    title = '</title><script>alert(1)</script> " & ]]>'
    html = pages[HOSTILE]
    assert text(html, "h1") == title
    assert text(html, "title") == f"{title} · Making Knowledge Work"
    assert attribute(html, "meta[property='og:title']", "content") == title
    assert ld(html)["headline"] == title
    assert ld(html)["description"] == "</script><script>x"
    for page in pages.values():
        assert "<script>" not in page


@pytest.mark.parametrize("path", ["2025/01/hidden/index.html", "2025/01/gone/index.html", "404.html", "me/index.html"])
def test_what_search_engines_should_pass_by_says_so(blog: Site, path: str) -> None:
    """Unlisted items, tombstones, the error page and redirects."""
    assert attribute(blog.read(path), "meta[name=robots]", "content") == "noindex"


def test_what_is_published_may_be_found(pages: dict[str, str]) -> None:
    """`noindex` stands on no other page."""
    marked = {path for path, html in pages.items() if "noindex" in html}
    assert marked == {"2025/01/hidden/index.html", "2025/01/gone/index.html", "404.html"}


def test_a_tombstone_has_the_reason_and_no_words_of_what_is_gone(pages: dict[str, str]) -> None:
    """Neither title nor text, in the head neither."""
    html = pages["2025/01/gone/index.html"]
    assert "The author asked for it." in text(html, "main")
    assert "Withdrawn" not in html
    assert "Forgotten" not in html


def test_a_redirect_keeps_the_fragment_and_works_without_scripts(blog: Site) -> None:
    """The script adds it; the refresh and the link are for everybody else."""
    html = blog.read("me/index.html")
    assert 'location.replace("/blog/about/" + location.hash)' in html
    assert '<noscript><meta http-equiv="refresh" content="0; url=/blog/about/"></noscript>' in html
    assert attribute(html, "link[rel=canonical]", "href") == "https://example.org/blog/about/"
    assert attribute(html, "main a", "href") == "/blog/about/"


def test_a_redirect_that_has_a_fragment_keeps_its_own(site: Callable[..., Site]) -> None:
    """Two fragments would be none."""
    settings = '[site]\ntitle = "S"\nbase_url = "https://example.org"\n[redirects]\n"/old/" = "/about/#more"\n'
    found = site({"content/about.md": "# About\n\n## More\n"}, settings)
    found.build(jobs=1)
    assert 'location.replace("/about/#more")' in found.read("old/index.html")


def test_every_link_of_the_frame_carries_the_path_of_the_site(pages: dict[str, str]) -> None:
    """Style sheets, navigation, terms and neighbours work in a sub-folder."""
    for path, html in pages.items():
        found = tree(html).css("link[href], a[href], img[src], script[src]")
        local = [u for n in found if (u := n.attributes.get("href") or n.attributes.get("src") or "").startswith("/")]
        assert local, path
        assert [u for u in local if not u.startswith("/blog/")] == [], path


def test_nothing_is_fetched_from_other_hosts(pages: dict[str, str]) -> None:
    """No script, style, font or picture; the links that a browser follows only when told to are another matter."""
    for path, html in pages.items():
        loads = [n.attributes.get("href") or "" for n in tree(html).css("link[rel=stylesheet], link[rel=icon], link[rel=preload]")]
        loads += [n.attributes.get("src") or "" for n in tree(html).css("[src]")]
        assert loads, path
        assert [u for u in loads if not u.startswith("/blog/")] == [], path


def test_languages_and_directions(pages: dict[str, str]) -> None:
    """A page has those of its text; in a list of another language they stand at title and excerpt."""
    html = pages["2024/05/arabic/index.html"]
    assert (attribute(html, "html", "lang"), attribute(html, "html", "dir")) == ("ar", "rtl")
    assert attribute(html, "body > header", "lang") == "en"
    card = pages["2024/05/index.html"]
    assert (attribute(card, "html", "lang"), attribute(card, "html", "dir")) == ("en", "ltr")
    assert (attribute(card, ".entry h2", "lang"), attribute(card, ".entry h2", "dir")) == ("ar", "rtl")


def test_the_author_box_is_under_the_authors_own_posts(pages: dict[str, str]) -> None:
    """Not under those of guests, nor under pages and notes."""
    shown = {path for path, html in pages.items() if 'class="author h-card"' in html}
    assert LONG in shown
    assert not shown & {"2026/10/short/index.html", "about/index.html", "notes/asking/index.html"}


def test_archives_link_to_years_and_years_to_months(pages: dict[str, str]) -> None:
    """Newest first, and with the name of the month."""
    assert [a.attributes["href"] for a in tree(pages["archive/index.html"]).css("main h2 a")] == ["/blog/2026/", "/blog/2024/"]
    months = tree(pages["2026/index.html"]).css("main h2")
    assert [" ".join(h.text().split()) for h in months] == ["November 1", "October 1", "September 1", "August 1"]
    assert text(pages["2026/08/index.html"], "h1") == "August 2026"


def test_a_folder_lists_what_lies_below(pages: dict[str, str]) -> None:
    """With the text of its `_index.md` above."""
    html = pages["guides/index.html"]
    assert text(html, ".e-content") == "How things are done."
    assert attribute(html, "ul.titles a", "href") == "/blog/guides/one/"


def test_older_pages_say_which_they_are(pages: dict[str, str]) -> None:
    """In the heading and in the title; each links onward."""
    assert text(pages["page/1/index.html"], "h1") == "Older posts, page 1"
    assert text(pages["page/1/index.html"], "title") == "Making Knowledge Work, page 1"
    assert attribute(pages["index.html"], "nav.pager a", "href") == "/blog/page/1/"


@pytest.mark.parametrize(
    ("options", "expected"),
    [
        ("{}", '<html lang="en" dir="ltr">'),
        ('{accent = "#7a3e9d"}', '<html lang="en" dir="ltr" class="tinted" style="--tint: #7a3e9d">'),
        ('{font = "sans"}', '<html lang="en" dir="ltr" class="sans">'),
        ('{accent = "teal", font = "sans"}', '<html lang="en" dir="ltr" class="tinted sans" style="--tint: teal">'),
    ],
)
def test_options_change_the_look(made: Callable[[str], Site], options: str, expected: str) -> None:
    """As attributes of `html`, and nothing where they are as they come."""
    assert expected in made(f"[theme]\noptions = {options}\n").read("index.html")


def test_an_accent_is_a_colour_and_nothing_else(site: Callable[..., Site]) -> None:
    """It stands in a style attribute, so a text with a semicolon is refused."""
    settings = '[site]\ntitle = "S"\nbase_url = "https://example.org"\n[theme]\noptions = {accent = "red; background: blue"}\n'
    found = site({"content/about.md": "Text.\n"}, settings)
    assert found.codes() == {"theme-option"}


def test_dates_are_written_as_the_option_says(made: Callable[[str], Site]) -> None:
    """Everywhere."""
    found = made('[theme]\noptions = {date_format = "%B %-d, %Y"}\n')
    assert text(found.read("index.html"), "time") == text(found.read("2026/11/a/index.html"), "time") == "November 10, 2026"


def test_a_bare_site_is_whole(site: Callable[..., Site]) -> None:
    """Without author, description, posts or navigation nothing stands empty."""
    found = site({"content/about.md": "Text.\n"})
    found.build(jobs=1)
    html = found.read("index.html")
    assert "Nothing has been published here yet." in text(html, "main")
    assert tree(html).css_first("body > header nav") is None
    assert not re.search(r"<(p|ul|nav|div)[^>]*>\s*</\1>", html)


RIBBONS = {
    "draft: yes": "Draft: readers see nothing of this page",
    "publish: 2027-05-01": "Scheduled: readers see nothing of this page yet",
    "expires: 2026-11-20": "Expired: readers see nothing of this page any more",
    "gone: yes": "Gone: readers see this notice in place of the page",
    "unlisted: yes": "Unlisted: only readers who have the link see this page",
}


@pytest.mark.parametrize("line", RIBBONS)
def test_what_readers_do_not_see_wears_a_ribbon_in_previews_only(site: Callable[..., Site], line: str) -> None:
    """Its writer should not take it for published."""
    found = site({"content/posts/2026-11-10-a.md": f"---\ntitle: A\n{line}\n---\nText.\n", "content/about.md": "Text.\n"})
    found.build(jobs=1, preview=True, drafts=True, future=True)
    page = "2026/11/a/index.html"
    html = (found.root / ".wol/preview" / page).read_text("utf-8")
    assert text(html, "p.ribbon") == RIBBONS[line]
    assert attribute(html, "meta[name=robots]", "content") == "noindex"
    for other in ("index.html", "about/index.html"):
        html = (found.root / ".wol/preview" / other).read_text("utf-8")
        assert attribute(html, "meta[name=robots]", "content") == "noindex"
        assert tree(html).css_first("p.ribbon") is None
    found.build(jobs=1)
    assert not (found.output / page).exists() or tree(found.read(page)).css_first("p.ribbon") is None


def test_a_translation_reaches_every_word(site: Callable[..., Site]) -> None:
    """A theme's `translations/de.toml` turns the frame of German pages."""
    found = site(
        {
            "content/posts/2026-11-10-a.md": "---\ntitle: A\nlang: de\n---\nText.\n",
            "themes/mine/translations/de.toml": '"Filed under" = "Abgelegt unter"\n"min read" = "Min. Lesezeit"\nNovember = "Nebelung"\n',
        },
        '[site]\ntitle = "S"\nbase_url = "https://example.org"\n[theme]\nuse = ["mine"]\n',
    )
    found.build(jobs=1)
    assert "10 Nebelung 2026" in text(found.read("2026/11/a/index.html"), ".facts")
    assert "1 Min. Lesezeit" in text(found.read("2026/11/a/index.html"), ".facts")
    assert "10 November 2026" in text(found.read("index.html"), ".entry")


def test_lists_of_a_preview_mark_what_readers_do_not_see(site: Callable[..., Site]) -> None:
    """Drafts and scheduled posts, in cards and in lists of titles; a release has no marks, also not of what it shows."""
    post = "---\ntitle: {}\ndate: {}\n{}---\nWords.\n"
    here = site(
        {
            "content/posts/a.md": post.format("Shown", "2026-10-01", ""),
            "content/posts/b.md": post.format("Hidden", "2026-10-02", "draft: yes\n"),
            "content/posts/c.md": post.format("Later", "2027-01-01", ""),
        }
    )
    here.build(preview=True, drafts=True, future=True)
    for path in ("index.html", "archive/index.html"):
        page = (here.root / ".wol/preview" / path).read_text("utf-8")
        marks = re.findall(r"<mark>(\w+)</mark>", page)
        assert sorted(marks) == ["Draft", "Scheduled"], path
    here.build()
    assert not [path for path, data in here.files().items() if b"<mark>" in data]
