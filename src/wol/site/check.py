"""What the writer should know about the site as a whole: links that lead nowhere, ids that stand twice, posts without a date."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Container, Iterable, Iterator
from urllib.parse import quote, unquote, urljoin

import msgspec

from wol import paths
from wol.errors import Diagnostic, diagnostic, did_you_mean, near
from wol.model.config import Config
from wol.model.item import Link, Summary
from wol.model.source import MARKDOWN
from wol.site.assemble import Assembled, SiteFiles

_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:|//")
_QUERY = re.compile(r"[?#]")
_TOP = "top"
_GUESSES = 50
_MANY = 2000
_STATES = {
    "private": "is private",
    "gone": "was withdrawn",
    "draft": "is a draft",
    "expired": "has expired",
    "scheduled": "is scheduled for later",
}


def check_site(config: Config, site: Assembled, files: SiteFiles, planned: Container[str]) -> tuple[Diagnostic, ...]:
    """Check the assembled site. `planned` has the URL path of every file of the output, decoded (`/a/`, `/feed.xml`)."""
    broken: list[Diagnostic] = []
    if config.links.broken != "ignore":
        broken = [*_Links(config, site, files, planned).check(), *_settings(config, site, planned)]
    if config.links.broken == "error":
        broken = [msgspec.structs.replace(found, severity="error") for found in broken]
    return (*dict.fromkeys(broken), *_ids(config, site), *_undated(config, site))


class _Links:
    """Follows every reference of the items that have a page."""

    def __init__(self, config: Config, site: Assembled, files: SiteFiles, planned: Container[str]) -> None:
        self._folder = config.content.folder
        self._site = site
        self._paths = site.tables["paths"]
        self._urls = site.tables["urls"]
        self._states = site.tables["state"]
        self._files = files
        self._planned = planned
        self._unlinked = {s.url: s.key for s in site.summaries.values() if s.key not in self._paths and not s.section}
        """Tombstones, and expired items that only their author sees."""
        self._near: dict[str, list[str]] | None = None
        """Every file by its folder, with a slash, and by its name; made when a link is broken."""
        self._guesses = _GUESSES

    def check(self) -> Iterator[Diagnostic]:
        for key in sorted(self._site.summaries):
            summary = self._site.summaries[key]
            for link in summary.links:
                problem = self._problem(summary, link)
                if problem is not None:
                    yield problem

    def _problem(self, summary: Summary, link: Link) -> Diagnostic | None:
        found = self._paths.get(link.path)
        if found is not None:
            target = found[1] if found[0] == "item" else None
        elif link.url:
            target = self._urls.get(link.url) or self._urls.get(link.url + "/")
            if target is None and (link.url in self._unlinked or link.url + "/" in self._unlinked or not leads(self._planned, link.url)):
                return self._missing(summary, link)
        elif link.path:
            url = _beside(summary.url, link)
            target = self._urls.get(url)
            if target is None and not leads(self._planned, url):
                return self._missing(summary, link)
        else:
            target = summary.key
        if target is not None and link.fragment and link.use == "link":
            return self._anchor(summary, link, self._site.summaries[target])
        return None

    def _withheld(self, link: Link) -> str:
        """Give the key of the item that a link means but to which none leads, by its path or by its URL."""
        for key in (link.path, f"{link.path}/index.md", f"{link.path}/_index.md"):
            if key in self._site.hidden or (key in self._states and key not in self._paths):
                return key
        for place in (link.url, link.url + "/"):
            if place in self._unlinked:
                return self._unlinked[place]
            if place in self._site.hidden_urls:
                return self._site.hidden_urls[place]
        return ""

    def _missing(self, summary: Summary, link: Link) -> Diagnostic:
        path, line = f"{self._folder}/{summary.key}", link.line
        what = "image" if link.use == "image" else "link"
        key = self._withheld(link)
        if key:
            state = self._site.hidden.get(key) or self._states[key]
            message = f"The link to `{link.raw}` leads to `{self._folder}/{key}`, which {_STATES[state]}"
            hint = "" if state in ("draft", "scheduled") else "remove the link"
            return diagnostic("link-unpublished", message, path, line, hint=hint)
        if link.path in self._files.attachments:
            message = f"The {what} `{link.raw}` is a file of an item that this build does not publish"
            return diagnostic("link-unpublished", message, path, line)
        hint = self._nearest(link.path) if link.path else ""
        if what == "image":
            return diagnostic("image-missing", f"The image `{link.raw}` is not there", path, line, hint=hint)
        return diagnostic("link-broken", f"The link to `{link.raw}` leads nowhere", path, line, hint=hint)

    def _anchor(self, summary: Summary, link: Link, target: Summary) -> Diagnostic | None:
        if link.fragment in target.anchors or link.fragment == _TOP or link.fragment.startswith(":~:"):
            return None
        message = f"The link to `{link.raw}` leads to a heading `{link.fragment}`, which `{self._folder}/{target.key}` does not have"
        return diagnostic(
            "link-anchor", message, f"{self._folder}/{summary.key}", link.line, hint=did_you_mean(link.fragment, target.anchors)
        )

    def _nearest(self, wanted: str) -> str:
        """Suggest a file of the same folder, or one of the same name elsewhere."""
        if self._near is None:
            self._near = defaultdict(list)
            for known in {**self._site.summaries, **self._paths, **self._site.hidden, **self._files.attachments}:
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


def _beside(url: str, link: Link) -> str:
    """Give the URL path that a relative reference has for a browser on the page at `url`: `../other-post/`."""
    return unquote(urljoin(quote(url), _QUERY.split(link.raw, maxsplit=1)[0]))


def leads(planned: Container[str], url: str) -> bool:
    """Whether a URL path is one of those that are planned, as a server would find it."""
    return url in planned or url + "/" in planned or (url.endswith("/index.html") and url.removesuffix("index.html") in planned)


def _settings(config: Config, site: Assembled, planned: Container[str]) -> Iterator[Diagnostic]:
    """Follow what `site.toml` refers to."""
    known = site.tables["paths"]

    def found(typed: str) -> bool:
        if _SCHEME.match(typed) or typed.startswith("#"):
            return True
        path = _QUERY.split(typed, maxsplit=1)[0]
        return path.lstrip("/") in known or leads(planned, "/" + path.lstrip("/"))

    for entry in config.theme.nav:
        if not found(entry.to):
            yield _setting("link-broken", site, f"`{entry.text}` in `[theme] nav` leads to `{entry.to}`", entry.to)
    for source, target in config.redirects.items():
        if not found(target):
            yield _setting("link-broken", site, f"`{source}` in `[redirects]` leads to `{target}`", target)
    for name, typed in (("[site] image", config.site.image), ("[site.author] photo", config.site.author.photo)):
        if typed and not found(typed):
            yield _setting("image-missing", site, f"`{name}` is `{typed}`", typed)


def _setting(code: str, site: Assembled, message: str, typed: str) -> Diagnostic:
    key = typed.lstrip("/") if typed.lstrip("/") in site.hidden else site.hidden_urls.get(typed, "")
    if key:
        return diagnostic("link-unpublished", f"{message}, which {_STATES[site.hidden[key]]}", "site.toml")
    return diagnostic(code, f"{message}, which is not there", "site.toml")


def _ids(config: Config, site: Assembled) -> Iterator[Diagnostic]:
    """Find ids and feed ids that two items have."""
    folder = config.content.folder
    by_id: dict[str, list[Summary]] = defaultdict(list)
    by_feed_id: dict[str, list[Summary]] = defaultdict(list)
    feed_ids = site.tables["feed_ids"]
    for key, summary in site.summaries.items():
        if summary.id:
            by_id[summary.id].append(summary)
        if key in feed_ids:
            by_feed_id[feed_ids[key]].append(summary)
    for name, first, other in _pairs(by_id):
        message = f"`{folder}/{first.key}` and `{folder}/{other.key}` have one id, `{name}`"
        yield diagnostic("id-duplicate", message, f"{folder}/{other.key}", other.lines.get("id", 0))
    for name, first, other in _pairs(by_feed_id):
        if first.guid or other.guid:
            message = f"`{folder}/{first.key}` and `{folder}/{other.key}` have one id in feeds, `{name}`"
            yield diagnostic("guid-duplicate", message, f"{folder}/{other.key}", other.lines.get("guid", 0))


def _pairs(groups: dict[str, list[Summary]]) -> Iterable[tuple[str, Summary, Summary]]:
    """Give each item but the first, by path, of every group with the first of it."""
    for name, group in sorted(groups.items()):
        if len(group) > 1:
            first, *others = sorted(group, key=lambda summary: summary.key)
            for other in others:
                yield name, first, other


def _undated(config: Config, site: Assembled) -> Iterator[Diagnostic]:
    """Find posts in lists that have no date."""
    for key in site.tables["lists"]["posts"]:
        if site.summaries[key].date is None:
            yield diagnostic(
                "post-undated", "The post has no date: it comes last in lists and stays out of feeds", f"{config.content.folder}/{key}"
            )
