"""A build's findings and its pages agree on what a reference leads to: what it says nothing of works in a browser, and the other way round."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from html import unescape
from urllib.parse import unquote, urljoin, urlsplit

import pytest

from harness.site import Site, differences, tree

ORIGIN = "https://example.org"
CONFIG = """\
[site]
title = "A Site"
base_url = "https://example.org{base}"
[content.static]
"/" = "static"
[redirects]
"/elsewhere/" = "/about/"
"""
SOURCES = {
    "content/about.md": "---\ntitle: About\naliases: [/info/]\n---\n## Who\n",
    "content/my notes.md": "Notes.",
    "content/posts/b.md": "---\ntitle: B\ndate: 2026-11-20\n---\n## Part\n",
    "content/posts/draft.md": "---\ntitle: Draft\ndate: 2026-11-20\ndraft: true\n---\nDraft.",
    "content/posts/gone.md": "---\ntitle: Gone\ndate: 2026-11-20\ngone: true\n---\n",
    "content/posts/trip/index.md": "---\ntitle: Trip\ndate: 2026-11-20\nurl: /journeys/trip/\n---\n![A map](map.jpg)\n",
    "content/posts/trip/map.jpg": b"\xff\xd8\xff\xd9",
    "content/talks/_index.md": "---\ntitle: Talks\nurl: /speaking/\n---\nTalks.",
    "content/cv.pdf": b"%PDF-1.4",
    "content/my cv.pdf": b"%PDF-1.4",
    "static/files/plan.pdf": b"%PDF-1.4",
}
GOOD = (
    *("b.md", "b.md#part", "./b.md", "/posts/b.md", "/posts/b.md#part", "../about.md", "../my%20notes.md", "../about.md#who"),
    *("../../11/b/", "../b/", "../b", "../b/#part", "../b#part", "../../../about/", "/about/", "/about", "/about/#who", "/about#who"),
    *(
        "trip/",
        "trip/index.md",
        "/posts/trip/",
        "/journeys/trip/",
        "trip/map.jpg",
        "/posts/trip/map.jpg",
        "../talks/",
        "/talks/",
        "/speaking",
    ),
    *("/files/plan.pdf", "/info/", "/info", "/elsewhere/", "/archive/", "/feed.xml", "../cv.pdf", "/cv.pdf", "/"),
)
BAD = (
    *("c.md", "/posts/c.md", "draft.md", "gone.md", "b.md#nope", "/about/#nope", "/about#nope", "../b/#nope", "../b#nope"),
    *(
        "/2026/11/draft/",
        "../draft/",
        "../draft",
        "../gone/",
        "../gone",
        "/2026/11/gone/",
        "/2026/11/gone",
        "../nowhere/",
        "/nowhere/",
        "x.pdf",
    ),
)
NAV_GOOD = (
    *("about.md", "./about.md", "/about.md", "about.md#who", "my%20notes.md", "/posts/b.md", "about/", "/about/", "/about", "posts/trip/"),
    *(
        "posts/trip/map.jpg",
        "/posts/trip/map.jpg",
        "archive/",
        "/archive/",
        "feed.xml",
        "files/plan.pdf",
        "talks/",
        "/talks/",
        "talks/_index.md",
    ),
    *("cv.pdf#page=2", "my%20cv.pdf", "/cv.pdf?v=2", "info/"),
)
NAV_BAD = (
    *("c.md", "/c.md", "posts/draft.md", "./posts/draft.md", "posts/draft.md#x", "posts/gone.md", "/2026/11/gone/", "2026/11/draft/"),
    *("/2026/11/draft/#x", "/2026/11/draft", "nowhere/", "/nowhere/", "x.pdf"),
)


def works(here: Site, href: str, page: str, base: str) -> bool:
    """Whether a link on a page leads a browser to a file of the site that is no tombstone, and to a place in it."""
    parts = urlsplit(urljoin(f"{ORIGIN}{base}{page}", href))
    path = unquote(parts.path)
    if not path.startswith(f"{base}/"):
        return False
    file = here.output / path[len(base) + 1 :]
    file = file / "index.html" if file.is_dir() else file
    if not file.is_file():
        return False
    text = file.read_bytes().decode("utf-8", "replace")
    return 'content="0; url=' in text or (
        "withdrawn" not in text and (f'id="{parts.fragment}"' in text or not text.startswith("<!") or not parts.fragment)
    )


@pytest.mark.parametrize("base", ["", "/blog"])
def test_links_of_a_text(site: Callable[..., Site], base: str) -> None:
    """Sources, URL paths as a browser reads them, files, aliases, lists, drafts and tombstones, with and without a last slash."""
    links = (*GOOD, *BAD, *((f"{base}/archive/", f"{base}/about/", f"{base}/about") if base else ()), *((f"{base}/nope/",) if base else ()))
    text = "---\ntitle: A\ndate: 2026-11-19\n---\n" + "\n".join(f"[link{n}x](<{raw}>)\n" for n, raw in enumerate(links))
    here = site({**SOURCES, "content/posts/a.md": text}, CONFIG.replace("{base}", base))
    report = here.build()
    told = {d.span.line for d in report.diagnostics if d.span is not None and d.span.path == "content/posts/a.md"}
    page = next(here.output.glob("**/a/index.html"))
    html, url = page.read_text(), f"/{page.parent.relative_to(here.output)}/"
    wrong = []
    for number, raw in enumerate(links):
        found = re.search(rf'<a href="([^"]*)"[^>]*>link{number}x</a>', html)
        shown = found is not None and works(here, unescape(found[1]), url, base)
        silent = 5 + 2 * number not in told
        if not shown == silent == (raw not in BAD and raw != f"{base}/nope/"):
            wrong.append(f"{raw}: {'works' if shown else 'does not work'} as {found[1] if found else None}, told: {not silent}")
    assert wrong == []


@pytest.mark.parametrize("base", ["", "/blog"])
def test_the_navigation(site: Callable[..., Site], base: str) -> None:
    """What `[theme] nav` names is read like a reference of a text that is at the root."""
    entries = (*NAV_GOOD, *NAV_BAD, *((f"{base}/archive/",) if base else ()))
    rows = ", ".join(f'{{text = "entry{n}x", to = "{to}"}}' for n, to in enumerate(entries))
    here = site(SOURCES, CONFIG.replace("{base}", base) + f"[theme]\nnav = [{rows}]\n")
    report = here.build()
    told = " ".join(d.message for d in report.diagnostics)
    html = (here.output / "about/index.html").read_text()
    assert list(_wrong(here, entries, html, told, base)) == []


def _wrong(here: Site, entries: tuple[str, ...], html: str, told: str, base: str) -> Iterator[str]:
    for number, to in enumerate(entries):
        found = re.search(rf'<a[^>]*? href="([^"]*)"[^>]*>entry{number}x</a>', html)
        shown = found is not None and works(here, unescape(found[1]), "/about/", base)
        silent = f"`entry{number}x` in" not in told
        if not shown == silent == (to not in NAV_BAD):
            yield f"{to}: {'works' if shown else 'does not work'} as {found[1] if found else None}, told: {not silent}"


def test_redirects_may_lead_to_the_page_of_a_withdrawn_item(site: Callable[..., Site]) -> None:
    """Its readers learn there that it is withdrawn; a draft has no page."""
    redirects = '[redirects]\n"/one/" = "/2026/11/gone/"\n"/two/" = "/2026/11/draft/"\n"/three/" = "/nowhere/"\n"/four/" = "/about/#who"\n'
    here = site(SOURCES, CONFIG.replace("{base}", "").partition("[redirects]")[0] + redirects)
    told = [(d.code, d.message) for d in here.build().diagnostics]
    assert told == [
        ("link-unpublished", "`/two/` in `[redirects]` leads to `/2026/11/draft/`, which is a draft"),
        ("link-broken", "`/three/` in `[redirects]` leads to `/nowhere/`, which is not there"),
    ]


def test_what_appears_and_vanishes(site: Callable[..., Site]) -> None:
    """Pages and findings follow the sources that references name, in any spelling: as from nothing after each edit."""
    config = CONFIG.replace("{base}", "/blog")
    rows = ", ".join(f'{{text = "entry{n}x", to = "{to}"}}' for n, to in enumerate((*NAV_GOOD, *NAV_BAD)))
    settings = f"{config}[theme]\nnav = [{rows}]\n"
    links = "---\ntitle: A\ndate: 2026-11-19\nlink: ../b/\n---\n" + "\n".join(f"[x](<{raw}>)\n" for raw in (*GOOD, *BAD, "/blog/b"))
    files = {**SOURCES, "content/posts/a.md": links}
    here = site(files, settings)
    here.build()
    edits: tuple[tuple[str, str | None], ...] = (
        ("content/about.md", None),
        ("content/posts/b.md", "---\ntitle: B\ndate: 2026-11-20\nurl: /blog/b/\n---\n## Part\n"),
        ("content/posts/gone.md", "---\ntitle: Gone\ndate: 2026-11-20\n---\n"),
        ("content/about.md", "---\ntitle: About\ngone: true\n---\n"),
        ("content/posts/draft.md", "---\ntitle: Draft\ndate: 2026-11-20\n---\n"),
        ("content/talks/_index.md", None),
        ("content/my cv.pdf", None),
        ("static/files/plan.pdf", None),
        ("content/nowhere.md", "Somewhere."),
    )
    for path, text in edits:
        if text is None:
            here.remove(path)
        else:
            here.write(path, text)
        files = {name: data for name, data in files.items() if name != path} | ({path: text} if text is not None else {})
        clean = site(files, settings)
        assert here.build().diagnostics == clean.build().diagnostics, path
        assert differences(tree(here.output), tree(clean.output)) == "", path
