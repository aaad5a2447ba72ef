"""The log of notifications after deploys: `ledger/sent.tsv`, which is committed, so that nothing is told twice, from whatever machine.

One event a line, tab-separated: when, `due` or `sent`, the sort, to whom, about what, and a digest of what was published there. The later line wins.
A line `due` is written before the site is published: if the run is killed then, the next one knows what is still to be told.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from pathlib import Path

import msgspec

from wol import clock, fsio

PATH = "ledger/sent.tsv"
HEADER = "# wol sent 1. Written by wol deploy. Commit it.\n"

_LINE = re.compile(r"[^\t]*\t(due|sent)\t([^\t]+)\t([^\t]+)\t([^\t]+)\t([0-9a-f]{16})(?:\t.*)?")


class Notification(msgspec.Struct, frozen=True):
    """A notification, sent once: its sort (`hub`), the receiver, the address that it is about, and the state of that."""

    sort: str
    to: str
    about: str
    state: str


def recorded(root: Path) -> Mapping[Notification, str]:
    """Return the notifications that were `sent` or are still `due`; unreadable lines are skipped, and stay in the file."""
    try:
        lines = (root / PATH).read_text("utf-8", "replace").splitlines()
    except OSError:
        return {}
    matches = filter(None, map(_LINE.fullmatch, lines))
    log: dict[Notification, str] = {}
    for match in matches:
        notification = Notification(match[2], match[3], match[4], match[5])
        if log.get(notification) != "sent":  # two branches that were merged may have their lines in any order
            log[notification] = match[1]
    return log


def append(root: Path, what: str, notifications: Sequence[Notification]) -> None:
    """Add lines for notifications that are `due` or `sent`; raises OSError."""
    if not notifications:
        return
    now = clock.stamp().replace(" UTC", "Z").replace(" ", "T")
    lines = [f"{now}\t{what}\t{w.sort}\t{w.to}\t{w.about}\t{w.state}\n" for w in notifications]
    begin = "" if (root / PATH).exists() else HEADER
    fsio.append(root / PATH, (begin + "".join(lines)).encode())


def unrecorded(notifications: Collection[Notification], log: Mapping[Notification, str]) -> list[Notification]:
    """Return the notifications that the log does not have yet."""
    return [notification for notification in notifications if notification not in log]


def due(log: Mapping[Notification, str], live: Mapping[str, str]) -> list[Notification]:
    """Return the due notifications about what readers see now; `live` has the state of each address. One about an earlier state is never sent."""
    return [notification for notification, what in log.items() if what == "due" and live.get(notification.about) == notification.state]
