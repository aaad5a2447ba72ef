"""What a sitemap has: the published items and the lists, in as many parts as the limits of one file want.

Left out: what is not listed or not published (drafts and scheduled items in no profile), items whose original is elsewhere (`canonical`), the
older pages of lists, redirects and tombstones.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from wol import paths
from wol.model.item import Moment
from wol.model.step import PLACES, Made, SiteInput
from wol.site.states import in_feeds

MAX_URLS = 50_000
MAX_BYTES = 50_000_000
"""Limits of one file (sitemaps.org: 50,000 URLs, 52,428,800 bytes); above either there is an index of several."""

_OFFSET = re.compile(r"(?:Z|[+-]\d\d:\d\d)\Z")
_ENTRY = len("<url><loc></loc><lastmod>2026-11-20T09:15:02.123456+00:00</lastmod></url>\n")


def make(site: SiteInput) -> Made:
    """`sitemap`: what each file holds: number to list of [URL, lastmod or empty]."""
    parts = _parts(sorted(_entries(site)), len(site.config.site.base_url))
    return Made({"sitemap": {str(number): part for number, part in enumerate(parts, start=1)}})


def _entries(site: SiteInput) -> Iterator[tuple[str, str]]:
    """Give URL and date of last change of each list, and of each item that belongs into a sitemap."""
    state, listed = site.table("state"), site.table("listed")
    date, updated, canonical = site.column("date"), site.column("updated"), site.column("canonical")
    for url, place in site.table(PLACES).items():
        key = place["subject"]
        is_public = key in state and in_feeds(state[key]) and listed.get(key) and not canonical[key]
        if place["role"] == "list" or (place["role"] == "item" and is_public):
            yield url, _lastmod(updated[key] or date[key]) if is_public else ""


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
