"""Titles, pictures and lists as readers expect them of real texts."""

from __future__ import annotations

import json
import re
from collections.abc import Callable

from harness.cases import cases
from harness.site import CONFIG, Site

NAMES = {
    "notes/on-asking.md": "on asking",
    "notes/On asking - part one.md": "On asking - part one",
    "notes/well-known fact.md": "well-known fact",
    "notes/snake_case.md": "snake case",
    "notes/2026-11-20-dated.md": "dated",
    "about-us.md": "about us",
}
"""Sources without a title, and what they are called."""


def read(site: Site, path: str) -> str:
    return (site.root / "public" / path).read_text("utf-8")


def test_titles_agree(site: Callable[..., Site]) -> None:
    """The page, the browser's bar, `og:title` and lists call a text by the same name."""
    here = site({f"content/{path}": "Words of a text.\n" for path in NAMES} | {"content/notes/_index.md": "# Notes\n"})
    here.build()
    listed = read(here, "notes/index.html")
    with cases() as case:
        for path, title in NAMES.items():
            with case(path):
                page = next(text for name in here.files() if name.endswith("index.html") and f">{title}</h1>" in (text := read(here, name)))
                assert f"<title>{title} · A Site</title>" in page
                assert f'<meta property="og:title" content="{title}">' in page
                assert not path.startswith("notes/") or f">{title}</a></h2>" in listed


def test_only_one_heading_of_level_1_is_the_title(site: Callable[..., Site]) -> None:
    here = site({"content/one.md": "# Called so\n\nText.\n", "content/two-parts.md": "# First\n\nText.\n\n# Second\n\nText.\n"})
    here.build()
    assert "<title>Called so · A Site</title>" in read(here, "one/index.html")
    text = read(here, "two-parts/index.html")
    assert "<title>two parts · A Site</title>" in text
    assert '<h1 id="first">First</h1>' in text
    assert '<h1 id="second">Second</h1>' in text


POST = "---\ntitle: {}\ndate: 2026-10-0{}\n{}---\n{}\n"
PICTURES = {
    "![x](a.png)\n\nText": 0,
    "[![x](a.png)](https://example.org)\n\nText": 0,
    '![x](a.png "Caption")\n\nText': 0,
    '<img src="a.png" alt="x">\n\nText': 0,
    '<figure><img alt="x" src="a.png"></figure>\n\nText': 0,
    "<!-- a comment -->\n\n![x](a.png)": 0,
    "Text ![x](a.png)": 1,
    "Text\n\n![x](a.png)": 1,
    "![x](b.png)\n\nText": 1,
    "Text": 1,
    "": 1,
    "- ![x](a.png)": 1,
}
"""Texts of a post whose picture is `a.png`, and how often it is shown above them."""


def test_a_picture_is_not_shown_twice(site: Callable[..., Site]) -> None:
    files = {f"content/posts/p{n}.md": POST.format("P", 1, "image: a.png\n", text) for n, text in enumerate(PICTURES)}
    here = site({**files, "content/posts/a.png": b"x", "content/posts/b.png": b"y"})
    here.build()
    with cases() as case:
        for n, (text, shown) in enumerate(PICTURES.items()):
            with case(text):
                page = read(here, f"2026/10/p{n}/index.html")
                assert page.count('<img class="lead"') == shown
                assert '<meta property="og:image"' in page


def test_a_link_post_without_a_text_shows_its_summary(site: Callable[..., Site]) -> None:
    here = site({"content/posts/l.md": POST.format("L", 1, 'link: https://example.com/\nsummary: "Why *it* matters."\n', "")})
    here.build()
    assert "<p>Why <em>it</em> matters.</p>" in read(here, "2026/10/l/index.html")


def test_a_site_without_posts_shows_its_notes(site: Callable[..., Site]) -> None:
    """At home, and each list is linked from every page; the first post takes the place of the notes."""
    here = site({"content/notes/n.md": "# A note\n\nText.\n", "content/about.md": "# About\n"})
    here.build()
    assert ">A note</a></h2>" in read(here, "index.html")
    assert '<a href="/notes/">Notes</a>' in read(here, "about/index.html")
    here.write("content/posts/p.md", POST.format("A post", 1, "", "Text."))
    here.build()
    assert ">A note</a></h2>" not in read(here, "index.html")
    assert ">A post</a></h2>" in read(here, "index.html")


def test_lists_are_linked_to(site: Callable[..., Site]) -> None:
    """`wol check` finds none that only its address leads to; with a footer of one's own, it names them."""
    files = {
        "content/posts/p.md": POST.format("P", 1, "tags: [x]\ncategories: [y]\nseries: S\n", "Text."),
        "content/notes/n.md": "---\ntitle: N\nbook: A book\n---\nText.\n",
    }
    here = site(files)
    here.build()
    assert "No other page links to this list" not in here.run("check").stderr + here.run("check").stdout
    there = site({**files, "themes/mine/templates/parts/footer.html": "<footer></footer>"}, CONFIG + '[theme]\nuse = ["mine"]\n')
    there.build()
    told = there.run("check")
    pages = set(re.findall(r"on the page `([^`]*)`", told.stderr + told.stdout))
    assert {"/archive/", "/notes/", "/reading/"} <= pages


def test_documents_without_what_they_could_have(site: Callable[..., Site]) -> None:
    """A post without author or text: JSON-LD names no author, Atom has no empty content, JSON Feed has one of its two."""
    here = site(
        {"content/posts/p.md": POST.format("P", 1, "summary: Short.\n", ""), "content/posts/q.md": POST.format("Q", 2, "", "Text.")}
    )
    here.build()
    page = read(here, "2026/10/p/index.html")
    data = json.loads(page.partition('<script type="application/ld+json">')[2].partition("</script>")[0])
    assert "author" not in data
    atom = read(here, "atom.xml")
    assert '<content type="html"/>' not in atom
    assert atom.count("<content") == 1
    entries = json.loads(read(here, "feed.json"))["items"]
    assert [sorted(name for name in entry if name.startswith("content")) for entry in entries] == [["content_html"], ["content_text"]]
