"""The table of backlinks: which listed items link to each item, by the marks of their texts."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import Any

from wol import paths
from wol.model.item import Link
from wol.model.mark import Mark
from wol.model.step import Made, SiteInput
from wol.site.resolve import TableLookup, resolve

_INDEX = "/index.html"
_REST = re.compile("[?#]")


def make(site: SiteInput) -> Made:
    """`backlinks`: key to a list of [key of the source, sentence, anchor], newest source first, then by path.

    Only listed items are sources, so nothing of a draft, private, unlisted, scheduled, expired or withdrawn item is in it. A source with several
    links to one item is there once, with its first sentence.
    """
    marks, url = site.column("marks.link"), site.column("url")
    targets = LinkTargets(site)
    backlinks: defaultdict[str, list[tuple[str, str, str]]] = defaultdict(list)
    for source, is_listed in site.table("listed").items():
        if is_listed and source in marks:
            for target, mark in targets.first_marks(marks[source], source, url[source]).items():
                backlinks[target].append((source, mark.sentence, mark.anchor))
    return Made({"backlinks": backlinks})


class LinkTargets(TableLookup):
    """Finds the items that links lead to, through redirects too; each address is resolved once, unless it depends on the page that it is on."""

    def __init__(self, site: SiteInput) -> None:
        urls = site.table("urls")
        super().__init__(site.table("paths"), urls)
        self._urls = urls
        self._base = paths.base_path(site.config.site.base_url)
        self._redirects = _redirects(site, urls) if site.config.features.get("redirects", True) else {}
        self._known: dict[tuple[str, ...], str] = {}

    def first_marks(self, marks: Iterable[Mark], source: str, url: str) -> dict[str, Mark]:
        """Return the other items that an item at a URL path links to, each with the first mark that has a sentence, or with the first of all."""
        known = self._known
        first: dict[str, Mark] = {}
        for mark in marks:
            target = known.get(mark.args)
            if target is None:
                target = self._resolve(mark.args, source, url)
            if target not in first or (mark.sentence and not first[target].sentence):
                first[target] = mark
        first.pop("", None)
        first.pop(source, None)
        return first

    def _resolve(self, address: tuple[str, ...], source: str, url: str) -> str:
        """Return the key of the item that an address leads to; empty if it is not an item."""
        link = Link.to(address)
        key: str = resolve(link, self, source, url, self._base).key
        if link.url or self.path(link.path) is not None:
            self._known[address] = key
        return key

    def item(self, url: str) -> str | None:
        key = self._urls.get(url)
        if key is None and url.endswith(_INDEX):
            key = self._urls.get(url.removesuffix("index.html"))
        return self._redirects.get(_place(url)) if key is None else key


def _redirects(site: SiteInput, urls: Mapping[str, Any]) -> dict[str, str]:
    """Return the items that aliases and `[redirects]` lead to."""
    url = site.column("url")
    redirects: dict[str, str] = {}
    for key, aliases in site.column("aliases").items():
        if aliases and urls.get(url[key]) == key:
            redirects.update(dict.fromkeys(map(_place, aliases), key))
    onward = {_place(start): _REST.split(to, maxsplit=1)[0] for start, to in site.config.redirects.items()}
    for start, to in onward.items():
        for _ in onward:
            to = onward.get(_place(to), to)
        target = urls.get(to) or urls.get(f"{to}/") or redirects.get(_place(to))
        if target:
            redirects.setdefault(start, target)
    return redirects


def _place(url: str) -> str:
    """Return what the spellings of a URL path have in common: `/a`, `/a/` and `/a/index.html`."""
    return (url.removesuffix("index.html") if url.endswith(_INDEX) else url).strip("/")
