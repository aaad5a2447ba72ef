"""The sources of a site with what is known of their URLs and ids: what commands need that edit them."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property
from pathlib import Path
from urllib.parse import unquote, urlsplit

from wol import paths
from wol.content.urls import typed_path
from wol.engine.listing import Sources, sources
from wol.engine.planned_site import planned_site
from wol.engine.prepare import LoadFeatures
from wol.engine.request import BuildRequest
from wol.errors import Diagnostic, WolError, near
from wol.ledger.record import standing_of
from wol.model.item import Summary
from wol.model.ledger import Ledger
from wol.model.site import State
from wol.model.target import Target
from wol.site.feed_ids import feed_id
from wol.site.published import ASKED_BY_LEDGER
from wol.site.states import state

VISIBLE = ("published", "unlisted")
"""States in which an item has a page with its text, and an id in feeds."""


class Overview:
    """All items, hidden ones too, and the ledger. Raises WolError (ledger-line) where that cannot be read."""

    def __init__(self, root: Path, load_features: LoadFeatures) -> None:
        self.root = root
        self._load_features = load_features
        self.sources: Sources = sources(BuildRequest(root), load_features)
        self.summaries: Mapping[str, Summary] = self.sources.summaries
        self.config = self.sources.setup.written
        self.folder = self.config.content.folder
        self.held: Ledger = standing_of(root)
        self.by_url = {summary.url: key for key, summary in sorted(self.summaries.items(), reverse=True)}
        self.aliases = {alias: key for key, summary in sorted(self.summaries.items(), reverse=True) for alias in summary.aliases}

    @cached_property
    def feed_ids(self) -> Mapping[str, str]:
        """The id in feeds that each item would have in a release, if it were in one."""
        base_url = self.config.site.base_url
        held = {url: {"kind": found.kind, "feed_id": found.feed_id, "is_due": found.event == "live"} for url, found in self.held.items()}
        return {key: feed_id(s.guid, s.id, s.url, s.aliases, base_url, held) for key, s in self.summaries.items()}

    @cached_property
    def targets(self) -> Mapping[str, Target]:
        """What a release would plan now, by URL path, whatever the ledger asks of it; nothing where the site is in error."""
        try:
            return self.planned()
        except WolError:
            return {}

    def planned(self) -> Mapping[str, Target]:
        """Plan a release, whatever the ledger asks of it; raises WolError with the errors of the site."""
        with planned_site(BuildRequest(self.root), self._load_features, tolerated=ASKED_BY_LEDGER) as site:
            return {paths.url_path(path): target for path, target in site.targets.items()}

    def state(self, key: str) -> State:
        """Return the state of an item now."""
        return state(self.summaries[key], self.sources.setup.now)

    def was_published(self, key: str) -> bool:
        """Return whether readers may know the URL of an item: it is there now, or the ledger has it."""
        url = self.summaries[key].url
        return self.state(key) in (*VISIBLE, "gone", "expired") or (url in self.held and self.held[url].event == "live")

    def errors(self, key: str) -> tuple[Diagnostic, ...]:
        """Return the errors of one source."""
        path = f"{self.folder}/{key}"
        return tuple(d for d in self.sources.diagnostics if d.severity == "error" and d.span is not None and d.span.path == path)

    def refuse_errors(self, key: str) -> None:
        """Raise WolError for a source that could not be read."""
        if key not in self.summaries and (found := self.errors(key)):
            raise WolError(found)

    def url(self, typed: str) -> str:
        """Read a URL path, or a whole address of this site; returns nothing for what is neither."""
        base = urlsplit(self.config.site.base_url)
        parts = urlsplit(typed)
        if parts.scheme in ("http", "https"):
            path = unquote(parts.path)
            prefix = unquote(base.path).rstrip("/")
            if parts.netloc != base.netloc or not path.startswith(f"{prefix}/"):
                return ""
            typed = path[len(prefix) :]
        if not typed.startswith("/"):
            return ""
        path, problem = typed_path(typed, page=False)
        return "" if problem else path

    def suggestion(self, typed: str) -> str:
        """Return the sentence "did you mean …?" for a URL or path that is not there, or nothing."""
        known = {*self.by_url, *self.held, *(f"{self.folder}/{key}" for key in self.summaries)}
        found = near(typed, known) or near(f"{self.folder}/{typed}", known)
        return f"did you mean `{found[0]}`?" if found else "`wol list` shows every item with its file and URL"
