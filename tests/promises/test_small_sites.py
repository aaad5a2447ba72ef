"""Sites of next to nothing, and sites that are published below a path: whole, with feeds that readers take and links that lead somewhere."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from urllib.parse import unquote

import feedparser
import lxml.html
import pytest

from harness.site import CONFIG, Site

SMALL: dict[str, dict[str, str | bytes]] = {
    "nothing": {"content/.keep": ""},
    "only a page": {"content/about.md": "# About\n"},
    "only a draft": {"content/drafts/a.md": "Text.\n"},
    "an empty file": {"content/posts/2026-11-01-a.md": ""},
    "only front matter": {"content/posts/a.md": "---\ntitle: A\ndate: 2026-11-01\n---\n"},
    "only a title": {"content/posts/2026-11-01-a.md": "# A\n"},
    "only a picture": {"content/posts/2026-11-01-a.md": "![a](b.jpg)\n", "content/posts/b.jpg": b""},
    "only an undated post": {"content/posts/a.md": "Text.\n"},
    "only a note": {"content/notes/a.md": "Text.\n"},
    "only blank lines": {"content/posts/2026-11-01-a.md": "\n\n \t\n"},
    "only a comment": {"content/posts/2026-11-01-a.md": "<!-- nothing to see -->\n"},
}


@pytest.mark.parametrize("what", SMALL)
def test_small_sites(site: Callable[..., Site], what: str) -> None:
    """A site of nothing or of next to nothing builds, with feeds that readers take."""
    here = site(SMALL[what])
    here.build()
    assert here.build().rendered == 0
    for path in ("feed.xml", "atom.xml"):
        assert feedparser.parse(here.files()[path]).bozo == 0
    json.loads(here.read("feed.json"))
    lxml.html.document_fromstring(here.read("index.html"))
    assert b"<urlset" in here.files()["sitemap.xml"]


@pytest.mark.parametrize(
    "base",
    ["https://example.org", "https://example.org/", "https://example.org/blog", "https://example.org/a/b/", "http://localhost:8000/x"],
)
def test_links_under_any_base(site: Callable[..., Site], base: str) -> None:
    """Wherever the site is published, every link and file that a page names is there, and feeds hold absolute URLs."""
    files: dict[str, str | bytes] = {
        f"content/posts/2026-10-{n:02}-p{n}.md": '---\ntags: [C++, 日本]\n---\n[x](2026-10-01-p1.md#part) ![y](y.jpg) <img src="y.jpg" alt="">\n\n## Part\n'
        for n in range(1, 25)
    }
    files |= {"content/posts/y.jpg": b"y", "content/notes/été.md": "# Été\n\n[about](../about.md)\n", "content/about.md": "# About\n"}
    here = site(
        files,
        CONFIG.replace("https://example.org", base)
        + '[redirects]\n"/old/" = "/about/"\n[theme]\nnav = [{text = "About", to = "about.md"}]\n',
    )
    here.build()
    prefix = "/" + base.partition("://")[2].partition("/")[2].strip("/")
    prefix = prefix.rstrip("/")
    there = here.files()
    host = base.rstrip("/")
    for path, data in there.items():
        if path.endswith(".html"):
            for element in lxml.html.document_fromstring(data.decode()).iter():
                for name in ("href", "src"):
                    link = element.get(name)
                    if link is None or (link.startswith(("http:", "https:", "mailto:", "data:", "#")) and not link.startswith(host)):
                        continue
                    target = (
                        unquote(link.removeprefix(host) if link.startswith(host) else link.removeprefix(prefix))
                        .partition("#")[0]
                        .partition("?")[0]
                    )
                    assert link.startswith((host, f"{prefix}/")), (path, link)
                    target = target.lstrip("/")
                    assert (target + "index.html" if not target or target.endswith("/") else target) in there, (path, link)
    for entry in json.loads(there["feed.json"])["items"]:
        assert entry["url"].startswith(f"{host}/")
        for link in re.findall(r'(?:href|src)="([^"]*)"', entry["content_html"]):
            assert link.startswith((f"{host}/", "#")), link
