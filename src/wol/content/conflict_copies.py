"""Copies that programs for synchronising make where two computers changed one file: they are sources like any other, so both would be published.

A name alone proves nothing ("Trip 2" may follow "Trip"), so the contents are compared too. Sources: the documentation of Syncthing, Dropbox,
OneDrive, Google Drive, iCloud, Nextcloud and Obsidian Sync on conflicts.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator

_COPY = re.compile(
    r"""(?P<stem>.+?)
    (?:
        [ ]\([^()]*\b(?:conflict|conflicted|konflikt|conflit|conflicto)\b[^()]*\)  # Dropbox, Nextcloud, Obsidian
      | [ ]\([0-9]{1,3}\)                                                            # Google Drive, browsers
      | [ ][0-9]{1,3}                                                                # iCloud
      | [ ](?:-[ ])?(?:copy|kopie|copie|copia)(?:[ ]\(?[0-9]{1,3}\)?)?               # Finder, Explorer
      | \.sync-conflict-[0-9]{8}-[0-9]{6}-[A-Z0-9]{7}                                # Syncthing
      | \.conflict(?:ed)?(?:[-_.][\w-]+)?                                            # Resilio, ownCloud
      | _conflict-[0-9-]+
    )""",
    re.VERBOSE | re.IGNORECASE,
)
_OF_GOOGLE = re.compile(r"copy of (?P<stem>.+)", re.IGNORECASE)
_FIELD = re.compile(r"""^[ \t]*["']?(id|title)["']?[ \t]*[:=][ \t]*(.+?)[ \t]*,?$""", re.MULTILINE | re.IGNORECASE)
_HEAD = 8_000
"""Characters at the beginning of a source in which its id and title are."""

MOST = 0.6
"""The part of the lines of the longer text that a copy has in common with it."""


def originals(name: str) -> Iterator[str]:
    """Return the names that a file may be a copy of; all without their extension."""
    for form in (_COPY, _OF_GOOGLE):
        match = form.fullmatch(name)
        if match is not None:
            yield match["stem"]
    if not name.islower():
        for place in range(1, len(name) - 1):
            if name[place] == "-" and any(char.isupper() for char in name[place:]):  # OneDrive adds the name of the computer
                yield name[:place]


def likeness(original: bytes, copy: bytes) -> str:
    """Return what two texts have in common, as a message says it; nothing if they are different texts."""
    one, other = (data.decode("utf-8", "replace").replace("\r\n", "\n") for data in (original, copy))
    fields, others = _fields(one), _fields(other)
    for name in ("id", "title"):
        if name in fields and fields[name] == others.get(name):
            return f"both have the {name} `{fields[name]}`"
    lines, more = _lines(one.split("\n")), _lines(other.split("\n"))
    shared = (lines & more).total()
    return "most of their lines are the same" if shared > MOST * max(lines.total(), more.total()) else ""


def _fields(text: str) -> dict[str, str]:
    return {name.lower(): value.strip("\"'") for name, value in reversed(_FIELD.findall(text[:_HEAD]))}


def _lines(lines: Iterable[str]) -> Counter[str]:
    return Counter(stripped for line in lines if (stripped := line.strip()) and stripped not in ("---", "+++"))
