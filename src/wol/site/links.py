"""Following every reference of the items that have a page: what is missing, withheld, or lacks the heading that was meant.

What an item's links find depends on the item's own links and URL, and on what they may lead to; so an item is followed again only if one of these is
another than before.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Container, Iterable, Iterator, Mapping
from itertools import chain
from urllib.parse import quote, unquote, urljoin

import msgspec

from wol import local_paths, paths
from wol.errors import Diagnostic, diagnostic, did_you_mean, near
from wol.model.config import Config
from wol.model.item import Link, Summary
from wol.model.site import Table
from wol.model.source import MARKDOWN
from wol.site.arrange import Arranged

WITHHELD = {
    "private": "is private",
    "gone": "was withdrawn",
    "draft": "is a draft",
    "expired": "has expired",
    "scheduled": "is scheduled for later",
}
"""Why a state is not linked to, for a sentence."""

COLUMNS = frozenset({"url", "section", "anchors"})
"""The summary columns of other items on which an item's links depend."""

TABLES = frozenset({"paths", "urls", "state"})
"""The core tables on which they depend."""

_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:|//")
_QUERY = re.compile(r"[?#]")
_PLAIN = re.compile(r"((?:\.\./)*)((?:\w[\w.~-]*/)*(?:\w[\w.~-]*)?)", re.ASCII)
"""Relative references that need no library: steps up, then names of plain signs."""
_HOST = "https://host"
"""Any host: without one, the standard library goes above the root where browsers stop."""
_TOP = "top"
_GUESSES = 50
"""Broken links of a site that get a suggestion: each costs a comparison with every name of a folder."""
_MANY = 2000


class Problem(msgspec.Struct, frozen=True, array_like=True):
    """A link that leads nowhere; `wanted` is the path for which something near may be suggested."""

    diagnostic: Diagnostic
    wanted: str = ""


class Surroundings(msgspec.Struct, frozen=True):
    """What links of a site may lead to.

    `paths` and `urls` are the core tables; `attachments` are all files of the content folder that are no texts; `planned` has the URL path of
    every file of the output, decoded (`/a/`, `/feed.xml`).
    """

    config: Config
    arranged: Arranged
    summaries: Mapping[str, Summary]
    paths: Table
    urls: Table
    attachments: Mapping[str, str]
    planned: Container[str]

    def known(self) -> Iterator[str]:
        """Give every path that a writer may have meant."""
        return chain(self.arranged.states, self.paths, self.arranged.hidden, self.attachments)


class LinkCheck:
    """Follows the links of one item after the other."""

    def __init__(self, around: Surroundings) -> None:
        self._folder = around.config.content.folder
        self._around = around
        unlinked = (around.summaries[key] for key in around.arranged.states if key not in around.paths)
        self._unlinked = {summary.url: summary.key for summary in unlinked if not summary.section}
        """Tombstones, and expired items that only their author sees."""

    def problems(self, key: str, links: Iterable[Link]) -> list[Problem]:
        """Give what is wrong with the links of an item."""
        return [problem for link in links if (problem := self._problem(key, link)) is not None]

    def _problem(self, key: str, link: Link) -> Problem | None:
        around = self._around
        found = around.paths.get(link.path)
        if found is not None:
            target = found[1] if found[0] == "item" else None
        elif link.url:
            target = around.urls.get(link.url) or around.urls.get(link.url + "/")
            if target is None and (link.url in self._unlinked or link.url + "/" in self._unlinked or not leads(around.planned, link.url)):
                return self._missing(key, link)
        elif link.path:
            url = beside(around.summaries[key].url, link)
            target = around.urls.get(url)
            if target is None and not leads(around.planned, url):
                return self._missing(key, link)
        else:
            target = key
        if target is not None and link.fragment and link.use == "link":
            return self._anchor(key, link, target)
        return None

    def _withheld(self, link: Link) -> str:
        """Give the key of the item that a link means but to which none leads, by its path or by its URL."""
        arranged = self._around.arranged
        for key in (link.path, f"{link.path}/index.md", f"{link.path}/_index.md"):
            if key in arranged.hidden or (key in arranged.states and key not in self._around.paths):
                return key
        for place in (link.url, link.url + "/"):
            if place in self._unlinked:
                return self._unlinked[place]
            if place in arranged.hidden_urls:
                return arranged.hidden_urls[place]
        return ""

    def _missing(self, key: str, link: Link) -> Problem:
        path, line = f"{self._folder}/{key}", link.line
        what = "image" if link.use == "image" else "link"
        meant = self._withheld(link)
        if meant:
            state = self._around.arranged.hidden.get(meant) or self._around.arranged.states[meant]
            message = f"The link to `{link.raw}` leads to `{self._folder}/{meant}`, which {WITHHELD[state]}"
            hint = "" if state in ("draft", "scheduled") else "remove the link"
            return Problem(diagnostic("link-unpublished", message, path, line, hint=hint))
        if link.path in self._around.attachments:
            message = f"The {what} `{link.raw}` is a file of an item that this build does not publish"
            return Problem(diagnostic("link-unpublished", message, path, line))
        if local_paths.is_home(link.raw, link.use):
            message = local_paths.message("The image" if what == "image" else "The link to", link.raw)
            return Problem(diagnostic(local_paths.CODE, message, path, line, hint=local_paths.hint(link.raw)))
        if what == "image":
            return Problem(diagnostic("image-missing", f"The image `{link.raw}` is not there", path, line), link.path)
        return Problem(diagnostic("link-broken", f"The link to `{link.raw}` leads nowhere", path, line), link.path)

    def _anchor(self, key: str, link: Link, target: str) -> Problem | None:
        anchors = self._around.summaries[target].anchors
        if link.fragment in anchors or link.fragment == _TOP or link.fragment.startswith(":~:"):
            return None
        message = f"The link to `{link.raw}` leads to a heading `{link.fragment}`, which `{self._folder}/{target}` does not have"
        hint = did_you_mean(link.fragment, anchors)
        return Problem(diagnostic("link-anchor", message, f"{self._folder}/{key}", link.line, hint=hint))


def suggested(problems: Iterable[Problem], known: Iterable[str]) -> Iterator[Diagnostic]:
    """Give the findings of all problems; the first of those that lack a suggestion get one, of all paths that are known."""
    nearest = _Nearest(known)
    for problem in dict.fromkeys(problems):
        hint = nearest.of(problem.wanted) if problem.wanted else ""
        yield msgspec.structs.replace(problem.diagnostic, hint=hint) if hint else problem.diagnostic


class _Nearest:
    """Suggests a file of the same folder, or one of the same name elsewhere."""

    def __init__(self, known: Iterable[str]) -> None:
        self._known = known
        self._near: dict[str, list[str]] | None = None
        """Every file by its folder, with a slash, and by its name; made when a link is broken."""
        self._guesses = _GUESSES

    def of(self, wanted: str) -> str:
        if self._near is None:
            self._near = defaultdict(list)
            for known in self._known:
                self._near[paths.fold(paths.folder(known)) + "/"].append(known)
                self._near[paths.fold(known.rpartition("/")[2])].append(known)
        folded, name = paths.fold(wanted), wanted.rpartition("/")[2]
        is_text = name.endswith(MARKDOWN)
        near_by = self._near.get(paths.fold(paths.folder(wanted)) + "/", [])
        beside = {known.rpartition("/")[2]: known for known in near_by if "." not in name or known.endswith(MARKDOWN) == is_text}
        same = next((known for known in beside.values() if paths.fold(known) == folded), None)
        if same is not None:
            return f"did you mean `{same}`? Upper and lower case count"
        self._guesses -= 1
        close = near(name, beside) if self._guesses >= 0 and len(beside) <= _MANY else ()
        found = beside[close[0]] if close else min(self._near.get(paths.fold(name), []), default="")
        return f"did you mean `{found}`?" if found else ""


def beside(url: str, link: Link) -> str:
    """Give the URL path that a relative reference has for a browser on the page at `url`: `../other-post/`."""
    typed = _QUERY.split(link.raw, maxsplit=1)[0]
    plain = _PLAIN.fullmatch(typed)
    if not plain or not typed:
        return unquote(urljoin(_HOST + quote(url), typed).removeprefix(_HOST))
    folder = url
    for _ in range(1 + len(plain[1]) // len("../")):
        folder = folder.rpartition("/")[0]
    return f"{folder}/{plain[2]}"


def path_of(typed: str) -> str | None:
    """Give the path of a reference of the settings; None for one that leads out of the site."""
    if _SCHEME.match(typed) or typed.startswith("#"):
        return None
    return _QUERY.split(typed, maxsplit=1)[0]


def leads(planned: Container[str], url: str) -> bool:
    """Whether a URL path is one of those that are planned, as a server would find it."""
    return url in planned or url + "/" in planned or (url.endswith("/index.html") and url.removesuffix("index.html") in planned)
