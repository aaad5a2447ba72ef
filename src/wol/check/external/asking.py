"""Asking for many addresses: few hosts at a time, each host one request after the other with a pause between."""

from __future__ import annotations

import asyncio
from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from pathlib import Path
from typing import Protocol

from wol import clock
from wol.check.address_parser import host_of
from wol.check.external import answers
from wol.check.external.answers import Answer, holds

AT_ONCE = 16
"""Hosts that are asked at the same time."""

PAUSE = 1.0
"""Seconds between two requests to one host."""


class Visits(Protocol):
    """Who asks: opens what it needs, returns an answer for each address, and closes it again."""

    async def __aenter__(self) -> Visits: ...
    async def __aexit__(self, *_: object) -> None: ...
    async def visit(self, url: str) -> Answer:
        """Request one address; never raises for what another host does."""
        ...


def ask(cache: Path, urls: Collection[str], visits: Visits, pause: float = PAUSE) -> Mapping[str, str]:
    """Return the addresses that seem to be broken, each with what is wrong: from what is known, else by asking. What was learnt is kept, also when stopped."""
    known = answers.load(cache)
    now = clock.now()
    wanted = [url for url in urls if not holds(known.get(url), now)]
    try:
        if wanted:
            asyncio.run(_visit_all(wanted, visits, known, pause))
    finally:
        answers.save(cache, known, urls)
    return {url: _said(known[url], now) for url in urls if url in known and known[url].state in ("broken", "unsure")}


def _said(answer: Answer, now: int) -> str:
    hours = (now - answer.at) // (answers.DAY // 24)
    return f"{answer.what} (seen {hours} hour{'s' if hours > 1 else ''} ago)" if hours > 0 else answer.what


async def _visit_all(urls: Sequence[str], visits: Visits, known: dict[str, Answer], pause: float) -> None:
    by_host: defaultdict[str, list[str]] = defaultdict(list)
    for url in urls:
        by_host[host_of(url)].append(url)
    free = asyncio.Semaphore(AT_ONCE)

    async def of_host(own: Sequence[str]) -> None:
        async with free:
            for number, url in enumerate(own):
                if number:
                    await asyncio.sleep(pause)
                known[url] = await visits.visit(url)

    async with visits:
        await asyncio.gather(*(of_host(own) for own in by_host.values()))
