"""An own, small reading of the front matter of the real blogs, to compare wol's with: YAML at the top, dates, names of files."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import yaml

_FRONT = re.compile(r"\A\s*---[ \t]*\n(.*?\n)?(?:---|\.\.\.)[ \t]*(?:\n|\Z)", re.DOTALL)
_DATED = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})-?(.*)")
_FORMS = ("%Y-%m-%d %H:%M:%S %z", "%Y-%m-%dT%H:%M:%S%z", "%Y-%m-%dT%H:%M:%S.%f%z", "%Y-%m-%d %H:%M:%S", "%Y-%m-%d", "%d %b %Y")
_SHORT_OFFSET = re.compile(r" ([+-])(\d)$")


@dataclass(frozen=True, slots=True)
class Text:
    """One source of a blog: its path from the content folder, its front matter as text, and what stands below it."""

    key: str
    fields: dict[str, Any]
    body: str

    @property
    def name(self) -> str:
        """The name that dates and slugs are taken from: of the file, or of the folder of a bundle."""
        path = Path(self.key)
        return path.parent.name if path.stem == "index" else path.stem

    def day(self) -> tuple[str, str, str] | None:
        """The day as it was written: in the front matter, else in the name."""
        if found := self.date(ZoneInfo("UTC")):
            return (f"{found.year:04}", f"{found.month:02}", f"{found.day:02}")
        return None

    def date(self, zone: ZoneInfo) -> datetime | None:
        """The date, in the zone of the site where none was written."""
        typed = self.fields.get("date")
        if not typed:
            dated = _DATED.match(self.name)
            typed = f"{dated[1]}-{dated[2]}-{dated[3]}" if dated else ""
        typed = _SHORT_OFFSET.sub(r" \g<1>0\g<2>00", typed)
        for form in _FORMS if typed else ():
            try:
                found = datetime.strptime(typed, form)
            except ValueError:
                continue
            return found if found.tzinfo else found.replace(tzinfo=zone)
        return None

    def instant(self, zone: ZoneInfo) -> datetime | None:
        """The date in UTC."""
        found = self.date(zone)
        return found.astimezone(UTC) if found else None

    def slug(self) -> str:
        """The last part of the URL, for the plain names that these blogs have."""
        dated = _DATED.match(self.name)
        return (dated[4] if dated else self.name).lower()


def texts(content: Path) -> list[Text]:
    """Read every Markdown file below a content folder."""
    found = []
    for place in sorted(content.rglob("*")):
        if place.suffix in (".md", ".markdown"):
            typed = place.read_text("utf-8-sig")
            front = _FRONT.match(typed)
            fields = yaml.load(front[1] or "", Loader=yaml.CBaseLoader) if front else {}
            found.append(Text(place.relative_to(content).as_posix(), fields or {}, typed[front.end() :] if front else typed))
    return found
