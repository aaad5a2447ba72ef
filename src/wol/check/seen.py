"""All that the rules of a check read: the last build, and the facts of its files."""

from __future__ import annotations

import os
from collections.abc import Mapping
from functools import cached_property

from wol import paths
from wol.check.addresses import Addresses
from wol.check.built import Built
from wol.check.canaries import Hit
from wol.check.feed import Feed
from wol.check.following import Followed, follow
from wol.check.looking import Style
from wol.check.page import Page
from wol.model.item import Summary
from wol.model.target import Target


class Seen:
    """The site as it lies in the output."""

    def __init__(
        self,
        built: Built,
        pages: Mapping[str, Page],
        feeds: Mapping[str, Feed],
        styles: Mapping[str, Style],
        hits: tuple[Hit, ...],
        exposed: Mapping[str, str] = {},
    ) -> None:
        self.built = built
        self.pages = pages
        self.feeds = feeds
        self.styles = styles
        self.hits = hits
        self.exposed = exposed
        self.addresses = Addresses(built.config.site.base_url)

    @cached_property
    def followed(self) -> Followed:
        """Where all addresses of pages, style sheets and feeds lead."""
        return follow(self)

    def target(self, path: str) -> Target | None:
        """Give what was planned at an output path."""
        return self.built.targets.get(path)

    def item(self, path: str) -> Summary | None:
        """Give the item whose own page an output path is."""
        target = self.target(path)
        if target is None or target.kind not in ("item", "section"):
            return None
        return self.built.items.get(target.subject)

    def is_rendered(self, path: str) -> bool:
        """Whether a page was made by a template for readers to stay on: neither copied nor a redirect."""
        target = self.target(path)
        return target is not None and target.kind not in ("static", "copy", "redirect")

    def find(self, place: str) -> str:
        """Give the output path that a server finds at a URL path (decoded), whoever wrote the file; nothing where there is none."""
        for path in (paths.output_path(place), place.strip("/") + "/index.html"):
            if path in self.built.outputs:
                return "" if self.built.damage.get(path) == "missing" else path
        path = paths.output_path(place)
        is_there = "\0" not in path and ".." not in path.split("/") and os.path.isfile(self.built.output / path)
        return path if is_there else ""
