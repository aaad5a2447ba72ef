"""Following every reference of the items that have a page: what is missing, withheld, or lacks the heading that was meant.

What an item's links find depends on the item's own links and URL, and on what they may lead to; so an item is followed again only if one of these is
another than before.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from itertools import chain

import msgspec

from wol import local_paths, paths
from wol.config.allowance import allows
from wol.content.markdown.rules.near_links import NEAR_LINK
from wol.errors import Diagnostic, diagnostic, did_you_mean, shown
from wol.fixes import Hint, Replace
from wol.model.config import Config
from wol.model.item import Link, Summary
from wol.model.site import Table
from wol.model.step import PLACES
from wol.site.arrange import Arranged
from wol.site.resolve import Destination, TableLookup, beside, has_anchor, is_folder, is_planned, resolve

WITHHELD = {
    "private": "is private",
    "gone": "was withdrawn",
    "draft": "is a draft",
    "expired": "has expired",
    "scheduled": "is scheduled for later",
}
"""Why a state is not linked to, for a sentence."""

_WEBSITE = re.compile(r"www\.[\w-]+\.|(?:[\w-]+\.)+(?:com|org|net|edu|gov|io|dev|app|eu|info|de|fr|nl|co\.uk)(?:[/?#:]|\Z)", re.IGNORECASE)
_FORMS: Sequence[tuple[re.Pattern[str], Callable[[str], str], str]] = (
    (re.compile(r"[^/?#]*\\"), lambda typed: typed.replace("\\", "/"), "a path has `/`, on Windows too: write"),
    (re.compile(r"[\w.+-]+@[\w-]+\.[\w.-]+\Z"), lambda typed: f"mailto:{typed}", "if it is an email address, write"),
    (_WEBSITE, lambda typed: f"https://{typed}", "if it is a website, write"),
)
"""Forms of addresses that are none of a site, with what was meant and why."""

COLUMNS = frozenset({"url", "section", "anchors"})
"""The summary columns of other items on which an item's links depend."""

TABLES = frozenset({"paths", "urls", "state", PLACES})
"""The core tables on which they depend."""


class LinkProblem(msgspec.Struct, frozen=True, array_like=True):
    """A link that leads nowhere; `wanted` is the path for which something near may be suggested, `raw` what was typed, in a source of the folder `folder`."""

    diagnostic: Diagnostic
    wanted: str = ""
    raw: str = ""
    folder: str = ""


class Surroundings(msgspec.Struct, frozen=True, dict=True):
    """What links of a site may lead to.

    `paths` and `urls` are the core tables; `attachments` are all files of the content folder that are no texts; `planned` has the URL path of
    every file of the output, decoded (`/a/`, `/feed.xml`), and `places` is the table of their roles. `private` has the files that a feature reads and nobody publishes, with the feature's name.
    """

    config: Config
    arranged: Arranged
    summaries: Mapping[str, Summary]
    paths: Table
    urls: Table
    attachments: Mapping[str, str]
    planned: Collection[str]
    places: Table
    private: Mapping[str, str] = {}
    settings: Callable[[], str] = lambda: ""
    """Gives the text of `site.toml`."""
    references_in: Callable[[str], Sequence[Link]] = lambda text: ()
    """Gives the references in a small text of the settings, in Markdown."""

    def known(self) -> Iterator[str]:
        """Return every path that a writer may have meant: content paths, and URL paths, which begin with `/`."""
        return chain(self.arranged.states, self.paths, self.arranged.hidden, self.attachments, self.planned)

    @cached_property
    def folders(self) -> frozenset[str]:
        """The folders below the content folder that hold texts or files which may be published."""
        found: set[str] = set()
        for path in chain(self.arranged.states, self.attachments):
            while (path := paths.folder(path)) and path not in found:
                found.add(path)
        return frozenset(found)

    @cached_property
    def lookup(self) -> SiteLookup:
        """Looks up all of the site, for checks."""
        return SiteLookup(self)

    @cached_property
    def base(self) -> str:
        """The path of `base_url`, decoded."""
        return paths.base_path(self.config.site.base_url)

    def state_of(self, key: str) -> str:
        """Return the state of an item that is not linked to; empty for an attachment."""
        state: str | None = self.arranged.hidden.get(key) or self.arranged.states.get(key)
        return state or ""


class SiteLookup(TableLookup):
    """Looks up what is planned and what is withheld besides the tables (`wol.site.resolve.ReferenceLookup`)."""

    def __init__(self, around: Surroundings) -> None:
        super().__init__(around.paths, around.urls)
        self._around = around
        unlinked = (around.summaries[key] for key in around.arranged.states if key not in around.paths)
        self._unlinked = {summary.url: summary.key for summary in unlinked if not summary.section}
        """Tombstones, and expired items that only their author sees."""

    def is_output(self, url: str) -> bool:
        return not self._unlinked_at(url) and is_planned(self._around.planned, url)

    def is_list(self, url: str) -> bool:
        place = self._around.places.get(url)
        return place is not None and place["role"] == "list"

    def withheld(self, path: str, url: str) -> str:
        around, arranged = self._around, self._around.arranged
        for key in (path, f"{path}/index.md", f"{path}/_index.md"):
            if key in arranged.hidden or (key in arranged.states and key not in around.paths):
                return key
        key = self._unlinked_at(url) if url else ""
        if key:
            return key
        for place in _forms(url):
            if place in arranged.hidden_urls:
                return arranged.hidden_urls[place]
        return path if path in around.attachments else ""

    def _unlinked_at(self, url: str) -> str:
        return next((self._unlinked[place] for place in _forms(url) if place in self._unlinked), "")


def _forms(url: str) -> Sequence[str]:
    """Give the URL paths that a server takes for one."""
    return (url, f"{url}/") if url else ()


class LinkCheck:
    """Follows the links of one item after the other."""

    def __init__(self, around: Surroundings) -> None:
        self._folder = around.config.content.folder
        self._around = around

    def problems(self, key: str, links: Iterable[Link]) -> list[LinkProblem]:
        """Give what is wrong with the links of an item; of what only looks like a link or like an image, the first alone."""
        url = self._around.summaries[key].url
        found = []
        near: set[str] = set()
        for link in links:
            problem = self._problem(key, url, link)
            if problem is not None and not (problem.diagnostic.code == NEAR_LINK and link.use in near):
                found.append(problem)
                near.update([link.use] if link.typed else [])
        return found

    def _problem(self, key: str, url: str, link: Link) -> LinkProblem | None:
        around = self._around
        destination = resolve(link, around.lookup, key, url, around.base)
        if destination.reason != "unpublished" and self._is_unlisted_folder(link):
            return self._unlisted_folder(key, link)
        if destination.reason:
            return self._missing(key, url, link, destination)
        if destination.key and link.fragment and link.use == "link" and not has_anchor(link, around.summaries[destination.key].anchors):
            return self._anchor(key, link, destination.key)
        return None

    def _missing(self, key: str, url: str, link: Link, destination: Destination) -> LinkProblem | None:
        path, line = f"{self._folder}/{key}", link.line
        what = "image" if link.use == "image" else "link"
        state = self._around.state_of(destination.key)
        if state:
            message = f"The link to `{link.raw}` leads to `{self._folder}/{destination.key}`, which {WITHHELD[state]}"
            hint = "" if state in ("draft", "scheduled") else "remove the link"
            return LinkProblem(diagnostic("link-unpublished", message, path, line, hint=hint))
        if destination.reason == "unpublished":
            message = f"The {what} `{link.raw}` is a file of an item that this build does not publish"
            return LinkProblem(diagnostic("link-unpublished", message, path, line))
        if link.path in self._around.private:
            message = (
                f"The {what} `{link.raw}` is a file that only the feature `{self._around.private[link.path]}` reads; it is not published"
            )
            hint = "remove the link, or put a copy of the file into `static/` and link to that"
            return LinkProblem(diagnostic("link-unpublished", message, path, line, hint=hint))
        if local_paths.is_home(link.raw, link.use):
            message = local_paths.message("The image" if what == "image" else "The link to", link.raw)
            return LinkProblem(diagnostic(local_paths.CODE, message, path, line, hint=local_paths.hint(link.raw)))
        if link.typed:
            return self._near(key, link)
        if self._is_allowed(link, url):
            return None
        typed = link.raw.replace("%5C", "\\")
        hint = _meant(typed)
        if what == "image":
            found = diagnostic("image-missing", f"The image `{typed}` is not there", path, line, hint=hint)
        else:
            found = diagnostic("link-broken", f"The link to `{typed}` leads nowhere", path, line, hint=hint)
        return LinkProblem(found, "" if hint else link.path or "/", link.raw, paths.folder(key))

    def _is_unlisted_folder(self, link: Link) -> bool:
        """Whether a link names a folder of the content folder that has neither a list nor a page, whatever a browser makes of it."""
        around = self._around
        if link.use != "link" or not is_folder(link.raw) or link.path not in around.folders:
            return False
        return link.path not in around.paths and not around.lookup.is_list(f"/{link.path}/")

    def _unlisted_folder(self, key: str, link: Link) -> LinkProblem:
        message = f"The link to `{link.raw}` leads to the folder `{self._folder}/{link.path}`, which has no list"
        hint = "link to a text in it or to a list, such as `/archive/`, or give the folder a page by an `_index.md`"
        return LinkProblem(diagnostic("link-broken", message, f"{self._folder}/{key}", link.line, hint=hint))

    def _is_allowed(self, link: Link, url: str) -> bool:
        """Whether `[check] allow` names where a link leads: a part of the domain that wol does not build."""
        place = link.url or beside(url, link.raw)
        return any(allows(entry, "link-broken", (place, link.raw)) for entry in self._around.config.check.allow)

    def _near(self, key: str, link: Link) -> LinkProblem:
        """Report a link or an image with a space in its address for which there is no file."""
        what = "an image" if link.use == "image" else "a link"
        message = f"`{shown(link.typed)}` looks like {what} but is shown as text: there is no `{self._folder}/{link.path}`"
        found = diagnostic(NEAR_LINK, message, f"{self._folder}/{key}", link.line, hint="correct its address, or write `\\[` if it is text")
        return LinkProblem(found, link.path, link.raw, paths.folder(key))

    def _anchor(self, key: str, link: Link, target: str) -> LinkProblem:
        message = f"The link to `{link.raw}` leads to a heading `{link.fragment}`, which `{self._folder}/{target}` does not have"
        hint = did_you_mean(link.fragment, self._around.summaries[target].anchors)
        return LinkProblem(diagnostic("link-anchor", message, f"{self._folder}/{key}", link.line, hint=hint))


def _meant(typed: str) -> str:
    """Return the hint for an address that is no path of the site in its form already."""
    for form, meant, what in _FORMS:
        if form.match(typed):
            right = meant(typed)
            return Hint(f"{what} `{right}`", Replace(typed, right))
    return ""
