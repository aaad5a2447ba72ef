"""`wol check` on the real blogs: it finds every broken reference that another reader finds in their pages, and no other."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urljoin, urlsplit

import pytest
from lxml import html

from harness.blogs import Blog
from wol import paths
from wol.check import findings
from wol.check.built_site import built_site
from wol.check.run import inspect
from wol.features import registry

pytestmark = [pytest.mark.corpora, pytest.mark.slow]

NAMES = ("18f", "mehdix", "scientific-python-blog")
CODES = frozenset({"check-link", "check-anchor", "check-file"})
TOLD = frozenset({"link-broken", "link-anchor", "image-missing"})
LOADED = frozenset({"href", "src", "data", "poster", "style"})


def references(data: bytes) -> Iterator[str]:
    """Give what a page refers to, as libxml2 reads it."""
    tree: Any = html.document_fromstring(data, parser=html.HTMLParser(encoding="utf-8"))
    for _, name, link, _ in tree.iterlinks():
        if name in LOADED or name is None:
            yield link
    for element in tree.iter("img", "source"):
        yield from (part.split()[0] for part in (element.get("srcset") or "").split(",") if part.strip())
    for element in tree.iter("meta"):
        if element.get("property") == "og:image":
            yield element.get("content")


def anchors(data: bytes) -> set[str]:
    """Give the places of a page, as libxml2 reads it."""
    tree: Any = html.document_fromstring(data, parser=html.HTMLParser(encoding="utf-8"))
    return {*tree.xpath("//@id"), *tree.xpath("//a/@name"), "", "top"}


def broken(blog: Blog) -> set[tuple[str, str]]:
    """Give each reference of a page to its own site that leads to no file, or to no place of a page: page and reference."""
    output, site = blog.site.output, urlsplit(blog.base)
    pages = {file.relative_to(output).as_posix(): file.read_bytes() for file in output.rglob("*.html")}
    there: dict[str, set[str]] = {}
    found = set()
    for path, data in pages.items():
        here = "/" + path.removesuffix("index.html")
        for reference in references(data):
            url = urlsplit(urljoin(f"{site.scheme}://{site.netloc}{here}", reference.strip()))
            if url.netloc != site.netloc or url.scheme not in ("http", "https"):
                continue
            target = unquote(url.path).lstrip("/")
            file = next((f for f in (target, f"{target.rstrip('/')}/index.html".lstrip("/")) if Path(output, f).is_file()), "")
            if file in pages and url.fragment and file not in there:
                there[file] = anchors(pages[file])
            if not file or (file in there and unquote(url.fragment) not in there[file]):
                found.add((here, reference.strip()))
    return found


@pytest.mark.parametrize("name", [pytest.param("18f", marks=pytest.mark.long), *NAMES[1:]])
def test_what_is_broken_is_found_at_its_line_and_nothing_else(blog: Callable[[str], Blog], name: str) -> None:
    """Two readers of HTML, two ways to follow: one set of broken references. Each is told of once, in the text in which it is typed."""
    here = blog(name)
    with built_site(here.site.root, registry.load) as built:
        ours = {(paths.url_path(one.page), one.typed.strip()) for one in inspect(built).links.broken if one.page.endswith(".html")}
    assert len(ours) > 40
    assert ours == broken(here)
    places: set[tuple[str, int, str]] = set()
    for one in findings(here.site.root, registry.load):
        if one.code in CODES | TOLD and one.span is not None:
            typed = one.message.split("`")[1]
            place = (one.span.path, one.span.line, typed)
            assert one.code in TOLD or place not in places, "the build told of it"
            places.add(place)
            assert not one.span.path.startswith(("<", "public/")), "all are typed in texts"
            if one.code in CODES:
                line = (here.site.root / one.span.path).read_text("utf-8").splitlines()[one.span.line - 1]
                assert unquote(typed) in unquote(line), one
    assert {path for path, _, _ in places} >= sources(here, {page for page, _ in ours})


def sources(blog: Blog, pages: set[str]) -> set[str]:
    """Give the texts of which pages with something broken are the own pages."""
    content = "src" if blog.name == "mehdix" else "content"
    return {f"{content}/{text.key}" for text in blog.texts if blog.url(text) in pages}
