"""Which sound or film each item has: what its front matter says, and what the headers of a file of the site say."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

import msgspec

from wol.errors import Diagnostic, diagnostic
from wol.media import media_type
from wol.model.item import Link
from wol.model.step import Made, SiteInput
from wol.site.resolve import TableLookup, resolve

KINDS = ("audio", "video")

EXAMPLES: Mapping[str, str] = {"audio": "audio/mpeg", "video": "video/mp4"}
EXAMPLE_LENGTH = 5650889
"""What hints write where only the writer knows better."""

_TYPE = re.compile(r"(?:audio|video)/[A-Za-z0-9][A-Za-z0-9!#$&^_.+-]*|application/(?:ogg|vnd\.apple\.mpegurl|x-mpegurl)", re.IGNORECASE)
_CLOCK = re.compile(r"(?:(\d{1,4}):)?(\d{1,4}):([0-5]\d(?:\.\d+)?)", re.ASCII)
_PLAIN = re.compile(r"[\w./+~-]+(?::[\w./+~-]+)*")
_SECONDS = re.compile(r"\d{1,9}(?:\.\d+)?", re.ASCII)


def make(site: SiteInput) -> Made:
    """`enclosures`: key of an item to `kind`, `type`, `length` and `duration`; only of items whose sound or film has a type. Where it is, the field says."""
    folder, files = site.config.content.folder, _Files(site)
    rows: dict[str, dict[str, Any]] = {}
    findings: list[Diagnostic] = []
    lines = site.column("lines")
    fields = {kind: site.column(f"enclosures.{kind}") for kind in KINDS}
    for key in dict.fromkeys(key for column in fields.values() for key in column):
        kind = next(kind for kind in KINDS if key in fields[kind])
        place = (f"{folder}/{key}", lines[key].get(kind, 0))
        if all(key in column for column in fields.values()):
            message = "The post has both `audio` and `video`; its entry in a feed can have one enclosure"
            findings.append(
                diagnostic(
                    "enclosure-twice", message, place[0], lines[key].get("video", 0), hint="remove `video`, and put the film into the text"
                )
            )
        field = fields[kind][key]
        if "src" not in field or files.is_missing(field["src"]):
            continue
        row = _row(kind, field, files.row(field["src"]))
        findings += _problems(kind, field, row, place)
        if row["type"]:
            rows[key] = row
    return Made({"enclosures": rows}, diagnostics=tuple(findings))


def seconds(typed: str) -> float | None:
    """Return a duration that a writer typed, `90`, `1:30` or `1:02:30`, in seconds; None if it is not one."""
    if _SECONDS.fullmatch(typed):
        return float(typed)
    clock = _CLOCK.fullmatch(typed)
    return int(clock[1] or 0) * 3600 + int(clock[2]) * 60 + float(clock[3]) if clock else None


class _Files(TableLookup):
    """Finds the file that an item refers to, and what its headers say; `static` has what is copied without being read."""

    def __init__(self, site: SiteInput) -> None:
        paths = site.table("paths")
        super().__init__(paths, site.table("urls"))
        self._static = site.table("static")
        self._media = site.table("media")
        self._by_url = {paths[path][1]: path for path in self._media if path in paths}

    def is_output(self, url: str) -> bool:
        return url[1:] in self._static

    def is_missing(self, src: Link | str) -> bool:
        """Whether a reference leads nowhere, which the check of all links reports."""
        return isinstance(src, Link) and bool(resolve(src, self).reason)

    def row(self, src: Link | str) -> Mapping[str, Any] | None:
        """Return the row of a file in `media`; None for a URL, and for what is not a file that wol can read."""
        path = self._by_url.get(resolve(src, self).url) if isinstance(src, Link) else None
        return None if path is None else self._media[path]


def _row(kind: str, field: Mapping[str, Any], known: Mapping[str, Any] | None) -> dict[str, Any]:
    """Join what a field says with what a file says: of its bytes the file knows better, of type and duration the writer."""
    known = known or {}
    typed = field.get("type", "")
    name = src.path or src.url if isinstance(src := field["src"], Link) else re.split(r"[?#]", src, maxsplit=1)[0]
    guesses = (typed, known.get("type", ""), media_type(name))
    duration = seconds(field["duration"]) if "duration" in field else None
    return {
        "kind": kind,
        "type": next((one.lower() for one in guesses if _TYPE.fullmatch(one)), ""),
        "length": known.get("length", field.get("length")),
        "duration": known.get("duration") if duration is None else duration,
    }


def _problems(kind: str, field: Mapping[str, Any], row: Mapping[str, Any], place: tuple[str, int]) -> Iterator[Diagnostic]:
    src = field["src"]
    raw = src.raw if isinstance(src, Link) else src
    typed = field.get("type", "")
    if typed and not _TYPE.fullmatch(typed):
        message = f"The type `{typed}` of `{kind}` is not that of a sound or film"
        yield diagnostic("enclosure-incomplete", message, *place, hint=f"write `type: {EXAMPLES[kind]}`, or remove it")
    if not typed and not row["type"]:
        message = f"The type of `{raw}` is not known, so it is neither in feeds nor on the page"
        yield diagnostic("enclosure-incomplete", message, *place, hint=_hint(kind, raw, field, row))
    elif row["type"] and row["length"] is None:
        message = f"The length of `{raw}` is not known; wol opens no connection to ask for it"
        if isinstance(src, Link):
            message = f"The length of `{raw}` is not known, since wol reads sounds and films of the content folder only"
        yield diagnostic("enclosure-incomplete", message, *place, hint=_hint(kind, raw, field, row))
    if "duration" in field and seconds(field["duration"]) is None:
        message = f"The duration `{field['duration']}` of `{kind}` cannot be read"
        yield diagnostic(
            "enclosure-incomplete", message, *place, hint="write seconds, minutes and seconds, or hours too: `90`, `1:30`, `1:02:30`"
        )


def _hint(kind: str, raw: str, field: Mapping[str, Any], row: Mapping[str, Any]) -> str:
    """Return the field as it is with what it lacks, to be written in its place."""
    parts = {
        "src": raw,
        **({} if row["type"] else {"type": EXAMPLES[kind]}),
        **({"length": EXAMPLE_LENGTH} if row["length"] is None else {}),
    }
    parts |= {name: value for name, value in field.items() if name != "src" and (name != "duration" or seconds(value) is not None)}
    lacking = "its type and its bytes" if not row["type"] and row["length"] is None else "its bytes" if row["type"] else "its type"
    return f"add {lacking}: `{kind}: {{{', '.join(f'{name}: {_quoted(str(value))}' for name, value in parts.items())}}}`"


def _quoted(value: str) -> str:
    """Return a value as YAML and TOML read it inside a map."""
    return value if _PLAIN.fullmatch(value) else msgspec.json.encode(value).decode()
