"""The files of a sitemap: one, or an index and parts."""

from __future__ import annotations

from collections.abc import Iterator
from html import escape

from wol.model.step import Made, SiteInput
from wol.model.target import Target
from wol.model.view_protocol import Views

_HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n'
_NAMESPACE = 'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"'


def plan(site: SiteInput) -> Made:
    """Plan one file, or an index and its parts."""
    return Made(targets=tuple(_targets(site)))


def _targets(site: SiteInput) -> Iterator[Target]:
    numbers = list(site.table("sitemap"))
    if len(numbers) == 1:
        yield Target(path="sitemap.xml", kind="sitemap", args={"part": "1"}, role="crawler")
        return
    names = {number: f"sitemap-{number}.xml" for number in numbers}
    yield Target(path="sitemap.xml", kind="sitemap-index", args={"parts": list(names.values())}, role="crawler")
    for number, name in names.items():
        yield Target(path=name, kind="sitemap", args={"part": number}, role="crawler")


def render(views: Views, target: Target) -> bytes:
    lines = [_HEAD, f"<urlset {_NAMESPACE}>\n"]
    for url, lastmod in views.value("sitemap", target.args["part"]) or ():
        date = f"<lastmod>{lastmod}</lastmod>" if lastmod else ""
        lines.append(f"<url><loc>{escape(views.absolute(url), quote=False)}</loc>{date}</url>\n")
    return "".join((*lines, "</urlset>\n")).encode("utf-8")


def render_index(views: Views, target: Target) -> bytes:
    parts = "".join(f"<sitemap><loc>{escape(views.absolute(f'/{name}'), quote=False)}</loc></sitemap>\n" for name in target.args["parts"])
    return f"{_HEAD}<sitemapindex {_NAMESPACE}>\n{parts}</sitemapindex>\n".encode()
