"""What was told to others after a deploy: `ledger/sent.tsv`, which is committed, so that nothing is told twice, from whatever machine.

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


class Word(msgspec.Struct, frozen=True):
    """Something to be told once: the sort (`hub`), to whom, about which address, and which state of it."""

    sort: str
    to: str
    about: str
    state: str


def known(root: Path) -> Mapping[Word, str]:
    """Read what was told (`sent`) and what is still to be told (`due`); lines that cannot be read are passed over, and kept."""
    try:
        lines = (root / PATH).read_text("utf-8", "replace").splitlines()
    except OSError:
        return {}
    matches = filter(None, map(_LINE.fullmatch, lines))
    found: dict[Word, str] = {}
    for match in matches:
        word = Word(match[2], match[3], match[4], match[5])
        if found.get(word) != "sent":  # two branches that were merged may have their lines in any order
            found[word] = match[1]
    return found


def note(root: Path, what: str, words: Sequence[Word]) -> None:
    """Add lines for words that are `due` or `sent`; raises OSError."""
    if not words:
        return
    now = clock.stamp().replace(" UTC", "Z").replace(" ", "T")
    lines = [f"{now}\t{what}\t{w.sort}\t{w.to}\t{w.about}\t{w.state}\n" for w in words]
    begin = "" if (root / PATH).exists() else HEADER
    fsio.append(root / PATH, (begin + "".join(lines)).encode())


def to_note(words: Collection[Word], told: Mapping[Word, str]) -> list[Word]:
    """Give the words that no line of the ledger has yet."""
    return [word for word in words if word not in told]


def to_send(told: Mapping[Word, str], live: Mapping[str, str]) -> list[Word]:
    """Give the words that are due, and about what readers see now; `live` has the state of each address. What is due of an earlier state never is sent."""
    return [word for word, what in told.items() if what == "due" and live.get(word.about) == word.state]
