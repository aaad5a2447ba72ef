"""The hub: listens to builds, decides what is shown now, and notifies the browsers that show it."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable, Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from wol import clock, paths
from wol.media import is_part_of_pages
from wol.serve import request_path
from wol.serve.clients import BACKLOG, Client, event
from wol.serve.overlay_data import overlay_data
from wol.serve.page_assets import PageAssets
from wol.serve.preview import Preview
from wol.serve.request_path import Asked, Found, Missing, Moved
from wol.serve.viewed_pages import ViewedPageTracker
from wol.watch.messages import BuildCrashed, BuildFailed, BuildSucceeded

FIRST = 10.0
"""Seconds for which a request waits for a page that the very first build may make."""

AGAIN = 0.5
"""Seconds for which it waits while that build finds out whether the page of last time is still right."""

LATER = 2.0
"""Seconds for which it waits if a later build is under way and may make the page."""

NOTHING = "none"
"""The tag of a page that is no file: wol's own words."""


class Window(NamedTuple):
    """What a window shows: its path, the tag of its page or nothing, and the edition of its styles and images."""

    path: str
    tag: str = ""
    since: int | None = None


class Hub:
    """The state of a preview. It is a listener (`wol.watch.listener`), so all is done in the loop's own thread and nothing waits but requests."""

    def __init__(self, root: Path, preview: Preview, editor: str, base: str, want: Callable[[Sequence[str]], None]) -> None:
        self.preview = preview
        self.parts = PageAssets()
        self.editor = editor
        self.base = base
        self.errors: Sequence[Mapping[str, Any]] = ()
        self.warnings: Sequence[Mapping[str, Any]] = ()
        self._root = str(root)
        self._viewed_pages = ViewedPageTracker(want)
        self._clients: set[Client] = set()
        self._is_first, self._is_building, self._is_closed = True, True, False
        self._news = asyncio.Event()

    # What builds do.

    def building(self, causes: Sequence[str]) -> None:
        self._is_building = True
        self._viewed_pages.tell()

    def progress(self, stage: str, done: int, total: int) -> None:
        """Nothing: a browser shows the pages that are ready."""

    def rendered(self, staged: Mapping[str, str]) -> None:
        self.preview.show_ahead(staged)
        self._changed(staged)
        self._wake()

    def built(self, built: BuildSucceeded) -> None:
        if self._is_first:
            self.preview.reload(Path(built.output))
        else:
            self.preview.committed(built.written, built.removed)
        self.base = paths.base_path(built.base_url)
        self._ended(overlay_data(built.findings, self._root, self.editor))
        parts = [request_path.url_path(path, self.base) for path in (*built.written, *built.removed) if is_part_of_pages(path)]
        if parts:
            self.parts.changed(parts)
            self._tell("files", {"paths": parts, "edition": self.parts.edition})

    def failed(self, failed: BuildFailed) -> None:
        self.preview.drop_ahead()
        self._ended(overlay_data(failed.findings, self._root, self.editor))

    def broken(self, defect: BuildCrashed) -> None:
        self.preview.drop_ahead()
        self._ended([_defect(defect.sentence)])

    def noticed(self, sentence: str) -> None:
        """Nothing: the terminal says it."""

    def _ended(self, found: Sequence[Mapping[str, Any]]) -> None:
        """A build is over: tell what is another page now, what is wrong, and that nothing is any more."""
        self._is_first, self._is_building = False, False
        had = self.errors
        self.errors = tuple(one for one in found if one["severity"] == "error")
        self.warnings = tuple(one for one in found if one["severity"] == "warning")
        self._changed()
        if self.errors or had:
            self._tell(*self._state())
        self._tell("warnings", self.warnings)
        self._wake()

    # What requests ask.

    @property
    def is_unbuilt(self) -> bool:
        """Return whether there is no site to be shown, not even one of last time."""
        return self.preview.is_empty

    async def find(self, asked: Asked) -> Found | Moved | Missing:
        """Find what answers; waits, within bounds, for a build that is under way if that may make it."""
        began = clock.elapsed()
        while True:
            found = request_path.find(asked, self.base, self.preview)
            if self._is_first or (isinstance(found, Found) and found.path.endswith(".html")):
                self._viewed_pages.requested(asked.outputs)
            left = began + self._patience(found) - clock.elapsed()
            if left <= 0:
                return found
            await self._hear(left)

    def _patience(self, found: Found | Moved | Missing) -> float:
        if self._is_closed or (isinstance(found, Found) and self.preview.is_ahead(found.path)):
            return 0
        if self._is_first:
            return FIRST if isinstance(found, Missing) else AGAIN
        return LATER if self._is_building and isinstance(found, Missing) else 0

    async def _hear(self, seconds: float) -> None:
        """Wait until a build has told something."""
        try:
            await asyncio.wait_for(self._news.wait(), seconds)
        except TimeoutError:
            return

    def _wake(self) -> None:
        self._news.set()
        self._news = asyncio.Event()

    # What browsers are told.

    async def events(self, path: str, tag: str, since: int | None = None) -> AsyncIterator[bytes]:
        """Return the events for a tab that shows a page: `path` as the browser has it, `tag` from the script's element, or nothing for the page as it is.

        `since` is the edition (`Parts`) of the styles and images that it shows: what changed after that it is told now.
        """
        asked = request_path.read(path.encode("utf-8", "replace"), self.base)
        client = Client(asked if isinstance(asked, Asked) else None, tag)
        client.tag = tag or self._tag(client)
        self._clients.add(client)
        self._viewed_pages.open(self._open())
        client.tell(event(*self._state()))
        client.tell(event("warnings", self.warnings))
        if not self._is_first:
            self._compare(client)
        if since is not None and (missed := self.parts.since(since)):
            client.tell(event("files", {"paths": missed, "edition": self.parts.edition}))
        try:
            async for one in client.events():
                yield one
        finally:
            self._clients.discard(client)
            self._viewed_pages.open(self._open())

    async def events_of(self, views: Sequence[Window]) -> AsyncIterator[bytes]:
        """Return the events for the windows of one browser on one line; with several, each event says by its `id` for which it is, counted from 0."""
        if len(views) == 1:
            async for one in self.events(*views[0]):
                yield one
            return
        queue: asyncio.Queue[bytes | None] = asyncio.Queue(BACKLOG)

        async def listen(number: int, view: Window) -> None:
            async for one in self.events(*view):
                await queue.put(b"id: %d\n%b" % (number, one) if one.startswith(b"event:") else one)
            await queue.put(None)

        listening = [asyncio.create_task(listen(number, view)) for number, view in enumerate(views)]
        try:
            while (told := await queue.get()) is not None:
                yield told
        finally:
            for task in listening:
                task.cancel()
            await asyncio.gather(*listening, return_exceptions=True)

    def close(self) -> None:
        """End all lines, and let nobody wait any more."""
        self._is_closed = True
        for client in self._clients:
            client.leave()
        self._wake()

    def _state(self) -> tuple[str, Any]:
        return ("errors", self.errors) if self.errors else ("fine", {})

    def _tell(self, name: str, value: Any) -> None:
        if self._clients:
            encoded = event(name, value)
            for client in self._clients:
                client.tell(encoded)

    def _changed(self, among: Mapping[str, str] | None = None) -> None:
        """Notify the tabs whose page has changed; `among`: only these files may have."""
        for client in self._clients:
            if among is None or (client.asked is not None and not among.keys().isdisjoint(client.asked.outputs)):
                self._compare(client)

    def _compare(self, client: Client) -> None:
        tag = self._tag(client)
        if tag != client.tag:
            client.tag = tag
            client.tell(event("changed", {"tag": tag}))

    def _tag(self, client: Client) -> str:
        """Name the state of what a tab shows now: the file of its path, or the page for what is missing."""
        outputs = client.asked.outputs if client.asked is not None else ()
        found = next((path for path in outputs if path in self.preview), paths.NOT_FOUND)
        return self.preview.tag(found) or NOTHING

    def _open(self) -> list[str]:
        return [path for client in self._clients if client.asked is not None for path in client.asked.outputs[-1:]]


def _defect(sentence: str) -> dict[str, Any]:
    nothing = dict.fromkeys(("path", "line", "column", "caret", "open"))
    return {
        **nothing,
        "code": "defect",
        "severity": "error",
        "message": sentence,
        "hint": "this is a defect of wol, not of your site; the terminal says more",
        "notes": [],
        "excerpt": "",
    }
