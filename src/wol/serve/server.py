"""uvicorn as the preview needs it: it waits without ticking, drops clients that send nothing, and ends at once with lines open."""

from __future__ import annotations

import asyncio
import contextlib
import socket
from collections.abc import Callable, Iterator, Sequence
from typing import Any

import uvicorn
from h11 import IDLE
from uvicorn.protocols.http.h11_impl import H11Protocol

from wol.serve import descriptors
from wol.serve.guards import LONGEST_HEADERS

HEADERS_WITHIN = 10.0
"""Seconds in which the headers of a request must have come."""

TOO_MANY = (
    b"HTTP/1.1 503 Service Unavailable\r\ncontent-type: text/plain; charset=utf-8\r\nretry-after: 1\r\n"
    b"content-length: 52\r\nconnection: close\r\n\r\nThere are too many connections; close some windows.\n"
)
"""What a client gets for whom no file descriptor is left."""

GRACE = 1
"""Seconds that are left to responses under way when the server ends."""


class ConnectionLimit:
    """How many connections a server takes; `crowded` is called when the first is refused."""

    def __init__(self, capacity: int, crowded: Callable[[int], None]) -> None:
        self.capacity = capacity
        self._crowded = crowded
        self._is_told = False

    def refused(self) -> None:
        if not self._is_told:
            self._is_told = True
            self._crowded(self.capacity)


class Connection(H11Protocol):
    """A connection that is closed if a request is begun and not sent on: many such would use up the files that a process may open."""

    limit: ConnectionLimit
    """How many connections there may be at one time; those above are told so, and closed."""

    _late: asyncio.TimerHandle | None = None
    _is_refused = False

    def connection_made(self, transport: Any) -> None:
        super().connection_made(transport)
        if len(self.connections) > self.limit.capacity:
            self._is_refused = True
            self.limit.refused()
            transport.write(TOO_MANY)
            transport.close()
            return
        self._expect()

    def data_received(self, data: bytes) -> None:
        if self._is_refused:
            return
        super().data_received(data)
        if self.conn.their_state is not IDLE:
            self._forget()
        elif self._late is None:
            self._expect()

    def connection_lost(self, exc: Exception | None) -> None:
        self._forget()
        super().connection_lost(exc)

    def _expect(self) -> None:
        self._late = self.loop.call_later(HEADERS_WITHIN, self.transport.close)

    def _forget(self) -> None:
        if self._late is not None:
            self._late.cancel()
            self._late = None


class Server(uvicorn.Server):
    """Serves an application at open sockets until `stop` is called; signals are somebody else's business."""

    def __init__(self, app: Any, crowded: Callable[[int], None] = lambda capacity: None) -> None:
        super().__init__(
            uvicorn.Config(
                app,
                http=type("LimitedConnection", (Connection,), {"limit": ConnectionLimit(descriptors.capacity(), crowded)}),
                backlog=descriptors.AT_ONCE,
                loop="asyncio",
                ws="none",
                lifespan="off",
                log_config=None,
                log_level="critical",
                access_log=False,
                proxy_headers=False,
                server_header=False,
                date_header=False,
                timeout_keep_alive=60,
                timeout_graceful_shutdown=GRACE,
                h11_max_incomplete_event_size=LONGEST_HEADERS,
            )
        )
        self._stopped = asyncio.Event()

    async def run_at(self, sockets: Sequence[socket.socket]) -> None:
        """Serve until `stop` is called, and then until all is closed."""
        await self.serve(sockets=list(sockets))

    def stop(self) -> None:
        """Take no more requests, and end."""
        self.should_exit = True
        self._stopped.set()

    async def main_loop(self) -> None:
        await self._stopped.wait()

    @contextlib.contextmanager
    def capture_signals(self) -> Iterator[None]:
        yield
