"""Browsers that keep a line open, to be told of changes by server-sent events (WHATWG HTML, 9.2)."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from typing import Any

import msgspec

from wol.serve.request_path import Asked

RETRY = b"retry: 500\n\n"
"""Milliseconds after which a browser calls again when the line has ended."""

QUIET = 25.0
"""Seconds after which something is sent all the same, so that a line that is dead is noticed."""

BACKLOG = 64
"""Messages that wait for a browser at most. One that takes none of them is left: it calls again, and learns what is the case then."""


class Client:
    """One tab: the page that it shows (None for a path that can be none), and the tag of the page that it was told of last."""

    def __init__(self, asked: Asked | None, tag: str) -> None:
        self.asked = asked
        self.tag = tag
        self._waiting: asyncio.Queue[bytes | None] = asyncio.Queue()

    def tell(self, event: bytes) -> None:
        """Send an event."""
        if self._waiting.qsize() < BACKLOG:
            self._waiting.put_nowait(event)
        else:
            self.leave()

    def leave(self) -> None:
        """End the line after what was sent."""
        self._waiting.put_nowait(None)

    async def events(self) -> AsyncIterator[bytes]:
        """Return what goes over the line, until it ends."""
        yield RETRY
        while True:
            try:
                event = await asyncio.wait_for(self._waiting.get(), QUIET)
            except TimeoutError:
                event = b":\n\n"
            if event is None:
                return
            yield event


def event(name: str, value: Any) -> bytes:
    """Encode an event; JSON has no line breaks in it."""
    return b"event: %b\ndata: %b\n\n" % (name.encode("ascii"), msgspec.json.encode(value))
