"""One visit to an address of another site: HEAD, then GET where a host does not answer that; bounded in time, redirects and size.

Only `http` and `https`, and only to public addresses: a page of another site must not be able to send this program into the writer's own network.
"""

from __future__ import annotations

import asyncio
import socket
from collections.abc import Awaitable, Callable, Sequence
from urllib.parse import urljoin, urlsplit

import httpx2

import wol
from wol import clock
from wol.check.address_parser import is_local
from wol.check.external.answers import Answer, State

REDIRECTS = 5
TIMEOUT = 10.0
"""Seconds for each step of a request."""

PATIENCE = 30.0
"""Seconds for a whole visit, with all redirects."""

REFUSALS = frozenset({401, 402, 403, 405, 406, 407, 418, 423, 425, 429, 451, 503, 999})
"""Answers by which hosts keep programs away; they say nothing of the page."""

_HEADERS = {"User-Agent": f"wol/{wol.__version__} (link check)", "Accept": "text/html,*/*;q=0.5"}

Resolve = Callable[[str], Awaitable[Sequence[str]]]
"""Gives the IP addresses of a host; raises OSError."""


async def resolve(host: str) -> Sequence[str]:
    """Ask the system for the addresses of a host."""
    found = await asyncio.get_running_loop().getaddrinfo(host, None, type=socket.SOCK_STREAM)
    return [str(address[4][0]) for address in found]


class Visitor:
    """Visits addresses by HTTP. `transport` and `resolve` are the way there, which tests replace."""

    def __init__(self, transport: httpx2.AsyncBaseTransport | None = None, resolve: Resolve = resolve) -> None:
        self._transport = transport
        self._resolve = resolve
        self._client: httpx2.AsyncClient | None = None

    async def __aenter__(self) -> Visitor:
        self._client = httpx2.AsyncClient(transport=self._transport, timeout=TIMEOUT, follow_redirects=False, headers=_HEADERS)
        return self

    async def __aexit__(self, *_: object) -> None:
        if self._client is not None:
            await self._client.aclose()
            self._client = None

    async def visit(self, url: str) -> Answer:
        """Request an address and return the result; never raises for what another host does."""
        try:
            async with asyncio.timeout(PATIENCE):
                state, what = await self._visit(url)
        except (TimeoutError, httpx2.TimeoutException):
            state, what = "unsure", "the host does not answer in time"
        except (httpx2.HTTPError, httpx2.InvalidURL, OSError, ValueError) as error:
            state, what = "unsure", f"there is no connection: {error or type(error).__name__}"
        return Answer(state, clock.now(), what)

    async def _visit(self, url: str) -> tuple[State, str]:
        status = 0
        for method in ("HEAD", "GET"):
            status, what = await self._ask(method, url)
            if what:
                return "broken", what
            if status < 400:
                return "good", ""
        if status in REFUSALS:
            return "refused", ""
        return ("unsure" if status >= 500 else "broken"), f"the host answers {status}"

    async def _ask(self, method: str, url: str) -> tuple[int, str]:
        """Request with one method and follow redirects; returns the status, or why no further step is made. The body is never read."""
        assert self._client is not None
        for _ in range(REDIRECTS + 1):
            parts = urlsplit(url)
            if parts.scheme not in ("http", "https") or not parts.hostname:
                return 0, f"it leads on to `{url}`, which is no web address"
            if is_local(parts.hostname) or all(map(is_local, await self._resolve(parts.hostname))):
                return 0, f"it leads to `{parts.hostname}`, which is no public host"
            async with self._client.stream(method, url) as response:
                status, onward = response.status_code, response.headers.get("Location")
            if status not in (301, 302, 303, 307, 308) or not onward:
                return status, ""
            url = urljoin(url, onward)
        return 0, f"it leads on more than {REDIRECTS} times"
