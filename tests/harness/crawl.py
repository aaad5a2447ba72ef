"""A small crawler: what the HTML files of an output refer to, and what they can be referred to by."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote, urljoin, urlsplit

_REFERENCES = {"href", "src", "poster"}


@dataclass(slots=True)
class Page:
    """One HTML file: the URL path by which it is reached, its ids, what it refers to, its title and its text."""

    url: str
    ids: list[str] = field(default_factory=list)
    references: list[str] = field(default_factory=list)
    title: str = ""
    text: str = ""


class _Reader(HTMLParser):
    def __init__(self, page: Page) -> None:
        super().__init__()
        self.page = page
        self.within: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.within.append(tag)
        for name, value in attrs:
            if name == "id" and value is not None:
                self.page.ids.append(value)
            elif name in _REFERENCES and value is not None:
                self.page.references.append(value)
            elif name == "srcset" and value is not None:
                self.page.references += [part.split()[0] for part in value.split(",")]

    def handle_endtag(self, tag: str) -> None:
        while self.within and self.within.pop() != tag:
            pass

    def handle_data(self, data: str) -> None:
        if "title" in self.within:
            self.page.title += data
        elif not {"script", "style"} & set(self.within):
            self.page.text += data


def crawl(output: Path) -> dict[str, Page]:
    """Read every HTML file of an output, by its path there."""
    pages = {}
    for file in sorted(output.rglob("*.html")):
        path = file.relative_to(output).as_posix()
        page = Page("/" + path.removesuffix("index.html"))
        _Reader(page).feed(file.read_text("utf-8"))
        pages[path] = page
    return pages


def broken(output: Path, pages: Mapping[str, Page], base_url: str) -> Iterator[str]:
    """Report each internal reference without a file, or without an element of its id."""
    here = urlsplit(base_url)
    for page in pages.values():
        for reference in page.references:
            there = urlsplit(urljoin(f"{here.scheme}://{here.netloc}{page.url}", reference))
            if (there.scheme, there.netloc) != (here.scheme, here.netloc):
                continue
            path = unquote(there.path).removeprefix(here.path).lstrip("/")
            path += "index.html" if not path or path.endswith("/") else ""
            if not (output / path).is_file():
                yield f"{page.url}: {reference}: there is no such file"
            elif there.fragment and unquote(there.fragment) not in pages[path].ids:
                yield f"{page.url}: {reference}: there is no such place on that page"
