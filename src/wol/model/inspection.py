"""What rules of `wol check` read, and what they return: the facts of the published files, and findings."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Protocol

import msgspec

from wol.errors import Severity, Span
from wol.model.config import Config
from wol.model.item import Summary
from wol.model.site import Table
from wol.model.target import Target


class Finding(msgspec.Struct, frozen=True):
    """What a rule of `wol check` reports.

    `page` is the output path of the page on which it shows, if any; `typed` is the address or text there by which the line of the source is looked up; `span` is
    the position, where the rule knows it. `names` are further names by which `[check] allow` may mean it, such as a host. `severity` counts for a code of a
    plugin's own; each of wol's codes has its severity.
    """

    code: str
    message: str
    page: str = ""
    typed: str = ""
    span: Span | None = None
    names: tuple[str, ...] = ()
    hint: str = ""
    notes: tuple[str, ...] = ()
    severity: Severity = "warning"


class PageFacts(msgspec.Struct, frozen=True, array_like=True):
    """Facts of a page. All addresses are as typed, each once, in the order of the page.

    `links` are those that a reader follows, `related` those of `<link>` that name other pages, `files` what a browser loads, each with its
    sort. `levels` are the headings: level and the beginning of the text. `bare` are pictures without `alt`. None means that it is absent.
    """

    path: str
    links: tuple[str, ...] = ()
    related: tuple[str, ...] = ()
    files: tuple[tuple[str, str], ...] = ()
    anchors: tuple[str, ...] = ()
    doubled: tuple[str, ...] = ()
    """Ids that occur twice."""
    titles: tuple[str, ...] = ()
    lang: str | None = None
    levels: tuple[tuple[int, str], ...] = ()
    bare: tuple[str, ...] = ()
    description: str | None = None
    robots: str = ""
    canonical: str = ""
    base: str = ""
    """The address of `<base>`, from which relative ones are read."""


class FeedFacts(msgspec.Struct, frozen=True, array_like=True):
    """Facts of a feed: `entries` are pairs of id and address, `links` all addresses in it; `problem` says why it cannot be read: it is …"""

    path: str
    entries: tuple[tuple[str, str], ...] = ()
    links: tuple[str, ...] = ()
    problem: str = ""


class Inspection(Protocol):
    """The published files of a site as they were last built, with the facts of each. Paths are output paths, such as `posts/a/index.html`."""

    @property
    def config(self) -> Config:
        """The settings of the site."""
        ...

    @property
    def now(self) -> int:
        """The instant for which the site was built, in microseconds since 1970 UTC."""
        ...

    @property
    def targets(self) -> Mapping[str, Target]:
        """What was planned, by output path: `role` and `subject` say what each is."""
        ...

    @property
    def pages(self) -> Mapping[str, PageFacts]:
        """The facts of each HTML file."""
        ...

    @property
    def feeds(self) -> Mapping[str, FeedFacts]:
        """The facts of each feed."""
        ...

    @property
    def items(self) -> Mapping[str, Summary]:
        """The items that the site shows, by key; none that is unpublished."""
        ...

    @property
    def listed(self) -> Collection[str]:
        """The keys of the items that are meant for lists."""
        ...

    @property
    def linked(self) -> Collection[str]:
        """The files to which a different page links."""
        ...

    def item(self, path: str) -> Summary | None:
        """Return the item whose own page is at a path; None for tombstones and all else."""
        ...

    def is_rendered(self, path: str) -> bool:
        """Return whether a page is to be read: neither a copy of a file nor a redirect."""
        ...

    def follow(self, address: str, page: str = "") -> str:
        """Return the output path to which an address on a page leads; empty if it leads out of the site, or there is no such file."""
        ...

    def artifact(self, path: str) -> bytes | None:
        """Return the bytes of a file as it was built; None if the site has none at that path, or it was modified since."""
        ...

    def table(self, name: str) -> Table:
        """Return a table of the last build; empty if no feature makes it."""
        ...
