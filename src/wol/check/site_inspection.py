"""All that the rules of a check read: the last build, and the facts of its files."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence, Set
from functools import cached_property

from wol import paths
from wol.check.address_parser import AddressParser
from wol.check.built_site import BuiltSite
from wol.check.file_facts import Style
from wol.check.link_graph import LinkGraph, link_graph
from wol.engine.cache_files import CorruptCacheError
from wol.errors import WolError, diagnostic
from wol.leaks.leak import Leak
from wol.model.config import Config
from wol.model.inspection import FeedFacts, PageFacts
from wol.model.item import Summary
from wol.model.site import Table
from wol.model.target import Target


class SiteInspection:
    """The published files of a site, with what was read in them; what plugins may know of it is `wol.model.inspection.Inspection`."""

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

    @property
    def config(self) -> Config:
        return self.built.config

    @property
    def now(self) -> int:
        return self.built.now

    @property
    def targets(self) -> Mapping[str, Target]:
        return self.built.targets

    @property
    def items(self) -> Mapping[str, Summary]:
        return self.built.items

    @property
    def listed(self) -> frozenset[str]:
        return self.built.listed

    @property
    def linked(self) -> Set[str]:
        return self.links.linked

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
        if target is None or target.role != "item" or self.built.states.get(target.subject) == "gone":
            return None
        return self.built.items.get(target.subject)

    def is_rendered(self, path: str) -> bool:
        """Return whether a page was rendered by a template to be read: neither a copy nor a redirect."""
        target = self.target(path)
        return target is not None and target.role not in ("copy", "redirect")

    def find(self, place: str) -> str:
        """Return the output path that a server finds at a URL path (decoded), whoever wrote the file; empty if there is none."""
        for path in (paths.output_path(place), place.strip("/") + "/index.html"):
            if path in self.built.outputs:
                return "" if self.built.damage.get(path) == "missing" else path
        path = paths.output_path(place)
        is_there = "\0" not in path and ".." not in path.split("/") and os.path.isfile(self.built.output / path)
        return path if is_there else ""

    def follow(self, address: str, page: str = "") -> str:
        """Return the output path to which an address on a page leads; empty if it leads out of the site, or there is no such file."""
        facts = self.pages.get(page)
        parsed = self.addresses.read(paths.url_path(page) if page else "/", address, facts.base if facts is not None else "")
        return self.find(parsed.place) if parsed.sort == "inside" else ""

    def artifact(self, path: str) -> bytes | None:
        """Return the bytes of a file as it was built; None if there is none at that path, or it was modified since."""
        if path not in self.built.outputs or path in self.built.damage:
            return None
        try:
            return (self.built.output / path).read_bytes()
        except OSError:
            return None

    def table(self, name: str) -> Table:
        """Return a table of the last build; empty if there is none. Raises WolError (check-no-build) if it is damaged."""
        try:
            table = self.built.state.table(name)
            return table.whole() if table is not None else {}
        except (CorruptCacheError, ValueError):
            raise WolError(diagnostic("check-no-build", "What wol knew of the last build is damaged")) from None
