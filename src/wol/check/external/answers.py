"""What is known of addresses of other sites, kept between checks."""

from __future__ import annotations

import contextlib
from collections.abc import Collection, Mapping
from pathlib import Path
from typing import Literal

import msgspec

from wol.clock import MICROSECONDS
from wol.engine import cache_files

FILE = "links"
MAGIC = b"wol links 1\n"
DAY = 24 * 60 * 60 * MICROSECONDS

AGES = {"good": 14 * DAY, "refused": 14 * DAY, "broken": DAY // 2, "unsure": DAY // 24}
"""How long an answer holds, in microseconds: what is broken is looked at again half a day later, a failure of the moment after an hour."""

State = Literal["good", "refused", "broken", "unsure"]


class Answer(msgspec.Struct, frozen=True, array_like=True):
    """What became of a visit.

    `good`: the page is there. `refused`: the host does not speak to programs (401, 403, 429 and the like), which says nothing of the page. `broken`: it
    is not there. `unsure`: no answer, or one of an ill host. `at` is when, in microseconds; `what` is the rest of a sentence.
    """

    state: State
    at: int
    what: str = ""


def load(cache: Path) -> dict[str, Answer]:
    """Return what is known; nothing where the file is absent or of another version."""
    return cache_files.load(cache / FILE, MAGIC, dict[str, Answer]) or {}


def save(cache: Path, answers: Mapping[str, Answer], linked: Collection[str]) -> None:
    """Keep what is known of the addresses that the site still links to."""
    with contextlib.suppress(OSError):
        cache_files.save(cache / FILE, MAGIC, {url: answers[url] for url in linked if url in answers})


def holds(answer: Answer | None, now: int) -> bool:
    """Return whether an answer is young enough to be believed."""
    return answer is not None and 0 <= now - answer.at < AGES[answer.state]
