"""All that the rules of a check read: the last build, and the facts of its files."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from functools import cached_property

from wol import paths
from wol.check.address_parser import AddressParser
from wol.check.built_site import BuiltSite
from wol.check.feed_facts import FeedFacts
from wol.check.file_facts import Style
from wol.check.link_graph import LinkGraph, link_graph
from wol.check.page_facts import PageFacts
from wol.leaks.leak import Leak
from wol.model.item import Summary
from wol.model.target import Target


class Inspection:
    """The published files of a site, with what was read in them."""

    def __init__(
        self,
        built: BuiltSite,
        pages: Mapping[str, PageFacts],
        feeds: Mapping[str, FeedFacts],
        styles: Mapping[str, Style],
        leaks: Sequence[Leak],
        exposed: Mapping[str, str] = {},
    ) -> None:
        self.built = built
        self.pages = pages
        self.feeds = feeds
        self.styles = styles
        self.leaks = leaks
        self.exposed = exposed
        self.addresses = AddressParser(built.config.site.base_url)

    @cached_property
    def links(self) -> LinkGraph:
        """The targets of all addresses in pages, style sheets and feeds."""
        return link_graph(self)

    def target(self, path: str) -> Target | None:
        """Return the target that was planned at an output path."""
        return self.built.targets.get(path)

    def item(self, path: str) -> Summary | None:
        """Return the item whose own page is at an output path."""
        target = self.target(path)
        if target is None or target.kind not in ("item", "section"):
            return None
        return self.built.items.get(target.subject)

    def is_rendered(self, path: str) -> bool:
        """Return whether a page was rendered by a template to be read: neither a copy nor a redirect."""
        target = self.target(path)
        return target is not None and target.kind not in ("static", "copy", "redirect")

    def find(self, place: str) -> str:
        """Return the output path that a server finds at a URL path (decoded), whoever wrote the file; empty if there is none."""
        for path in (paths.output_path(place), place.strip("/") + "/index.html"):
            if path in self.built.outputs:
                return "" if self.built.damage.get(path) == "missing" else path
        path = paths.output_path(place)
        is_there = "\0" not in path and ".." not in path.split("/") and os.path.isfile(self.built.output / path)
        return path if is_there else ""
