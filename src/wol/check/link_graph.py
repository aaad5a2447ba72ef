"""Following every address of the output: what leads nowhere, which page is linked to, and what leads out of the site."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from wol import paths
from wol.check.address_parser import ParsedAddress
from wol.model.inspection import FeedFacts, Finding, PageFacts

if TYPE_CHECKING:
    from wol.check.file_facts import Style
    from wol.check.site_inspection import SiteInspection

_TOP = "top"
_TEXT = ":~:"


class Outside(msgspec.Struct, frozen=True):
    """An address on a page that leads out of the site, or only works on one computer; `sort` is `link` or what a browser loads there."""

    page: str
    sort: str
    typed: str
    url: str


class LinkGraph(msgspec.Struct):
    """Where addresses lead. `linked` are the output paths to which another page links; `used` are loaded files, each with the page and what is typed there."""

    broken: list[Finding] = []
    linked: set[str] = set()
    used: dict[str, tuple[str, str]] = {}
    outside: list[Outside] = []
    local: list[Outside] = []


def link_graph(inspection: SiteInspection) -> LinkGraph:
    """Follow the addresses of all pages, then those of style sheets, then those of feeds that stand on no page."""
    walk = _LinkWalk(inspection)
    for page in inspection.pages.values():
        walk.page(page)
    for style in inspection.styles.values():
        walk.style(style)
    for feed in inspection.feeds.values():
        walk.feed(feed)
    return walk.done


class _LinkWalk:
    def __init__(self, inspection: SiteInspection) -> None:
        self.done = LinkGraph([], set(), {}, [], [])
        self._inspection = inspection
        self._found: dict[str, str] = {}
        self._anchors: dict[str, frozenset[str]] = {}
        self._nowhere: set[str] = set()
        self._here = ""

    def page(self, page: PageFacts) -> None:
        self._here = paths.url_path(page.path)
        target = self._inspection.target(page.path)
        is_way = target is None or target.role != "redirect"
        for typed in page.links:
            found = self._link(page, typed)
            if found and found != page.path and is_way:
                self.done.linked.add(found)
        for typed in page.related:
            self._link(page, typed, "relation")
        for sort, typed in page.files:
            self._file(page, sort, typed)

    def style(self, style: Style) -> None:
        self._here = paths.url_path(style.path)
        for typed in style.links:
            self._file(PageFacts(style.path), "file", typed)

    def feed(self, feed: FeedFacts) -> None:
        """Follow the addresses of a feed; what leads nowhere from a page too is told there."""
        self._here = paths.url_path(feed.path)
        for typed in feed.links:
            address = self._inspection.addresses.read(self._here, typed)
            if address.sort == "inside" and address.place not in self._nowhere and not self._at(address.place):
                self._nowhere.add(address.place)
                self.done.broken.append(
                    Finding("check-link", f"The link to `{typed}` leads nowhere", feed.path, typed, names=(address.place,))
                )
            elif address.sort == "local":
                self._elsewhere(PageFacts(feed.path), typed, address, "link")

    def _link(self, page: PageFacts, typed: str, sort: str = "link") -> str:
        """Follow a link; returns the output path to which it leads, if any."""
        address = self._inspection.addresses.read(self._here, typed, page.base)
        if address.sort == "inside":
            found = self._at(address.place)
            if not found:
                self._tell(page, typed, address, "check-link", f"The link to `{typed}` leads nowhere")
            elif address.fragment:
                self._anchor(page, typed, address, found)
            return found
        if address.sort == "beside" and self._at(address.place):
            right = self._inspection.addresses.path + address.place
            message = f"The link to `{typed}` lacks the path of `base_url`, `{self._inspection.addresses.path}`"
            self.done.broken.append(Finding("check-link", message, page.path, typed, hint=f"write `{right}`"))
        else:
            self._elsewhere(page, typed, address, sort)
        return ""

    def _file(self, page: PageFacts, sort: str, typed: str) -> None:
        """Follow what a browser loads."""
        if not typed.strip():
            if sort not in ("frame", "object"):
                self.done.broken.append(Finding("check-file", f"The address of {_article(sort)} is empty", page.path))
            return
        address = self._inspection.addresses.read(self._here, typed, page.base)
        if address.sort == "inside" and sort != "connection":
            found = self._at(address.place)
            if found:
                self.done.used.setdefault(found, (page.path, typed))
            else:
                self._tell(page, typed, address, "check-file", f"The {sort} `{typed}` is not there")
        elif address.sort == "beside" and self._at(address.place):
            right = self._inspection.addresses.path + address.place
            message = f"The {sort} `{typed}` lacks the path of `base_url`, `{self._inspection.addresses.path}`"
            self.done.broken.append(Finding("check-file", message, page.path, typed, hint=f"write `{right}`"))
        else:
            self._elsewhere(page, typed, address, sort)

    def _elsewhere(self, page: PageFacts, typed: str, address: ParsedAddress, sort: str) -> None:
        if address.sort in ("outside", "local"):
            found = self.done.outside if address.sort == "outside" else self.done.local
            found.append(Outside(page.path, sort, typed, address.place))

    def _tell(self, page: PageFacts, typed: str, address: ParsedAddress, code: str, message: str) -> None:
        self._nowhere.add(address.place)
        self.done.broken.append(Finding(code, message, page.path, typed, names=(address.place,)))

    def _at(self, place: str) -> str:
        path = self._found.get(place)
        if path is None:
            path = self._found[place] = self._inspection.find(place)
        return path

    def _anchor(self, page: PageFacts, typed: str, address: ParsedAddress, path: str) -> None:
        """Check the fragment of a link against the anchors of its page; a redirect passes it on."""
        target = self._inspection.target(path)
        if target is not None and target.role == "redirect":
            to = target.args.get("to")
            onward = self._inspection.addresses.read("/", to) if isinstance(to, str) and to else None
            path = self._at(onward.place) if onward is not None and onward.sort == "inside" else ""
        target_page = self._inspection.pages.get(path)
        if target_page is None or address.fragment == _TOP or address.fragment.startswith(_TEXT):
            return
        if path not in self._anchors:
            self._anchors[path] = frozenset(target_page.anchors)
        if address.fragment not in self._anchors[path]:
            message = f"The link to `{typed}` leads to a place `{address.fragment}`, which that page does not have"
            self.done.broken.append(Finding("check-anchor", message, page.path, typed))


def _article(sort: str) -> str:
    return f"an {sort}" if sort[0] in "aeiou" else f"a {sort}"
