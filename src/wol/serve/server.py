"""uvicorn as the preview needs it: it waits without ticking, drops clients that send nothing, and ends at once with lines open."""

from __future__ import annotations

import asyncio
import contextlib
import socket
from collections.abc import Iterator, Sequence
from typing import Any

import uvicorn
from h11 import IDLE
from uvicorn.protocols.http.h11_impl import H11Protocol

from wol.serve.guards import LONGEST_HEADERS

HEADERS_WITHIN = 10.0
"""Seconds in which the headers of a request must have come."""

GRACE = 1
"""Seconds that are left to responses under way when the server ends."""


class Connection(H11Protocol):
    """A connection that is closed if a request is begun and not sent on: many such would use up the files that a process may open."""

    _late: asyncio.TimerHandle | None = None

    def connection_made(self, transport: Any) -> None:
        super().connection_made(transport)
        self._expect()

    def data_received(self, data: bytes) -> None:
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

    def __init__(self, app: Any) -> None:
        super().__init__(
            uvicorn.Config(
                app,
                http=Connection,
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
