"""`/sitemap.xml` (sitemaps.org 0.9): the published items and the lists."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping

from wol import paths
from wol.model.feature import Feature, SiteInput, Views
from wol.model.item import Moment
from wol.model.target import Target, Value
from wol.site.states import in_feeds

MAX_URLS = 50_000
MAX_BYTES = 50_000_000
"""Limits of one file (sitemaps.org: 50,000 URLs, 52,428,800 bytes); above either there is an index of several."""

_OFFSET = re.compile(r"(?:Z|[+-]\d\d:\d\d)\Z")
_HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n'
_NAMESPACE = 'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"'
_ENTRY = len("<url><loc></loc><lastmod>2026-11-20T09:15:02.123456+00:00</lastmod></url>\n")


class Sitemap(Feature):
    """One file, or an index and parts.

    Left out: what is not listed or not published (drafts and scheduled items in no profile), items whose original is elsewhere (`canonical`), the
    older pages of lists, redirects and tombstones. The table `sitemap` has what each file holds: number to list of [URL, lastmod or empty].
    """

    name = "sitemap"
    columns = frozenset({"url", "date", "updated", "canonical"})
    needs = ("state", "listed", "taxonomies", "terms", "years", "note_list", "sitemap")
    provides = ("sitemap",)

    def tables(self, site: SiteInput) -> Mapping[str, Mapping[str, Value]]:
        entries = {**dict.fromkeys(_lists(site), ""), **dict(_items(site))}
        parts = _parts(sorted(entries.items()), len(site.config.site.base_url))
        return {"sitemap": {str(number): part for number, part in enumerate(parts, start=1)}}

    def targets(self, site: SiteInput) -> Iterable[Target]:
        numbers = list(site.table("sitemap"))
        if len(numbers) == 1:
            yield Target(path="sitemap.xml", kind="sitemap", args={"part": "1"})
            return
        names = {number: f"sitemap-{number}.xml" for number in numbers}
        yield Target(path="sitemap.xml", kind="sitemap-index", args={"parts": list(names.values())})
        for number, name in names.items():
            yield Target(path=name, kind="sitemap", args={"part": number})

    @property
    def kinds(self) -> Mapping[str, Callable[[Views, Target], bytes]]:
        return {"sitemap": _sitemap, "sitemap-index": _index}


def _items(site: SiteInput) -> Iterator[tuple[str, str]]:
    """Give URL and date of last change of each item that belongs into a sitemap."""
    state, listed = site.table("state"), site.table("listed")
    date, updated, canonical = site.column("date"), site.column("updated"), site.column("canonical")
    for key, url in site.column("url").items():
        if in_feeds(state[key]) and listed.get(key) and not canonical[key]:
            yield url, _lastmod(updated[key] or date[key])


def _lists(site: SiteInput) -> Iterator[str]:
    features = site.config.features
    if features.get("home", True):
        yield "/"
    years = site.table("years")
    if years:
        yield years["archive"]
        for year in years[""]:
            yield year["url"]
            yield from (month["url"] for month in year["months"])
    notes = site.table("note_list")
    if notes:
        yield notes["url"]
    if features.get("taxonomies", True):
        terms = site.table("terms")
        for name, taxonomy in site.table("taxonomies").items():
            if taxonomy["terms"]:
                yield taxonomy["url"]
                yield from (terms[f"{name}/{slug}"]["url"] for slug in taxonomy["terms"])


def _lastmod(moment: Moment | None) -> str:
    """Give a date as W3C has it: a day, or a time whose offset has no seconds (those of before 1900 may)."""
    if moment is None:
        return ""
    return moment.local[:10] if moment.day_only or not _OFFSET.search(moment.local) else moment.local


def _parts(entries: list[tuple[str, str]], base: int) -> Iterator[list[list[str]]]:
    """Cut entries into what one file may hold; `base` is the length of what each URL begins with."""
    from html import escape

    part: list[list[str]] = []
    size = 0
    for url, lastmod in entries:
        length = base + len(escape(paths.encode(url), quote=False)) + _ENTRY
        if part and (len(part) == MAX_URLS or size + length > MAX_BYTES):
            yield part
            part, size = [], 0
        part.append([url, lastmod])
        size += length
    yield part


def _sitemap(views: Views, target: Target) -> bytes:
    from html import escape

    lines = [_HEAD, f"<urlset {_NAMESPACE}>\n"]
    for url, lastmod in views.value("sitemap", target.args["part"]) or ():
        date = f"<lastmod>{lastmod}</lastmod>" if lastmod else ""
        lines.append(f"<url><loc>{escape(views.absolute(url), quote=False)}</loc>{date}</url>\n")
    return "".join((*lines, "</urlset>\n")).encode("utf-8")


def _index(views: Views, target: Target) -> bytes:
    from html import escape

    parts = "".join(f"<sitemap><loc>{escape(views.absolute(f'/{name}'), quote=False)}</loc></sitemap>\n" for name in target.args["parts"])
    return f"{_HEAD}<sitemapindex {_NAMESPACE}>\n{parts}</sitemapindex>\n".encode()


feature = Sitemap()
