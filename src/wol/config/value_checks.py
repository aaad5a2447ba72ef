"""What no type can say of single settings: zones, languages, addresses, styles. Each check passes over values of a wrong type."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any
from zoneinfo import ZoneInfo

from wol import local_paths
from wol.config import editors, url_checks
from wol.config.data import table, texts, value
from wol.config.folder_checks import inside
from wol.config.locate import Path
from wol.config.problems import Problem, listed, named, sentence, text
from wol.errors import did_you_mean, near, suggestion
from wol.fixes import Hint, Replace, SetLine

_LANGUAGE = re.compile(
    r"[A-Za-z]{2,3}(?:-[A-Za-z]{3}){0,3}(?:-[A-Za-z]{4})?(?:-(?:[A-Za-z]{2}|[0-9]{3}))?"
    r"(?:-(?:[A-Za-z0-9]{5,8}|[0-9][A-Za-z0-9]{3}))*(?:-[0-9A-WY-Za-wy-z](?:-[A-Za-z0-9]{2,8})+)*(?:-[xX](?:-[A-Za-z0-9]{1,8})+)?"
)
"""A language tag of RFC 5646, but for primary subtags of four letters and more, of which none is registered."""

_LOCAL_ZONES = re.compile(r"(?:localtime|posixrules|Factory|posix/.*|right/.*)")
_EMAIL = re.compile(r"[^@\s]+@[^@\s]+")
_BAD_SIGNS = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x84\x86-\x9f\ufffe\uffff]")
REFUSALS = frozenset({"check-no-build", "check-outdated"})
"""Codes by which `wol check` says that it cannot look."""

_LARGEST = 2**63
_HEADINGS = 6


def value_problems(data: Mapping[str, Any]) -> Iterator[Problem]:
    """Find values that have the right type and still cannot be."""
    yield from _signs(data, ())
    yield from _site(data)
    yield from _author(data)
    yield from _local(data)
    yield from _theme(data)
    yield from _markdown(data)
    yield from _build(data)
    yield from _serve(data)
    yield from _check(data)


def feature_problems(data: Mapping[str, Any], known: frozenset[str] | None) -> Iterator[Problem]:
    """Find names in `[features]` that no feature has; None: there is nobody to ask."""
    for name in table(data, "features"):
        if known is not None and name not in known:
            hint = did_you_mean(name, known) or f"features are {listed(sorted(known))}"
            yield Problem(("features", name), f"`site.toml` has no key `{name}` in `[features]`", hint, "config-unknown", "key")


def _signs(data: Any, where: Path) -> Iterator[Problem]:
    """Refuse control characters, which neither XML nor a terminal can show, and numbers that no cache can hold."""
    if isinstance(data, dict):
        for key, inner in data.items():
            if _BAD_SIGNS.search(key):
                yield Problem((*where, key), f"A key holds a control character: {key!r}", "remove the character", at="key")
            else:
                yield from _signs(inner, (*where, key))
    elif isinstance(data, list):
        for number, inner in enumerate(data):
            yield from _signs(inner, (*where, number))
    elif isinstance(data, str) and (found := _BAD_SIGNS.search(data)):
        yield Problem(where, sentence(f"{named(where)} holds a control character (U+{ord(found[0]):04X})"), "remove the character")
    elif isinstance(data, int) and not -_LARGEST <= data < _LARGEST:
        yield Problem(where, sentence(f"{named(where)} is too large a number"), "put it in quotes")


def _site(data: Mapping[str, Any]) -> Iterator[Problem]:
    title, address = value(data, "site", "title"), value(data, "site", "base_url")
    if title is not None and not title.strip():
        yield Problem(("site", "title"), "`title` in `[site]` is empty", 'name the site: `title = "My site"`', "config-required")
    if address is not None and not address.strip():
        hint = 'write the address of the published site: `base_url = "https://example.org"`'
        yield Problem(("site", "base_url"), "`base_url` in `[site]` is empty", hint, "config-required")
    elif address is not None:
        yield from _base_url(address.strip())
    language, zone, image = (value(data, "site", key) for key in ("language", "timezone", "image"))
    if language is not None and not _LANGUAGE.fullmatch(language):
        meant = language.replace("_", "-").partition(".")[0]
        hint = f"did you mean `{meant}`?" if _LANGUAGE.fullmatch(meant) else "write a tag of BCP 47, such as `en`, `en-GB` or `pt-BR`"
        yield Problem(("site", "language"), f"`language` in `[site]` is `{language}`, which is no language tag", hint)
    if zone is not None and not is_zone(zone):
        yield Problem(("site", "timezone"), f"`timezone` in `[site]` is `{zone}`, which is no time zone", _zone_hint(zone))
    if image and not url_checks.is_url(image):
        yield from inside(("site", "image"), image.lstrip("/") or image)


def _base_url(address: str) -> Iterator[Problem]:
    try:
        url_checks.base_url(address)
    except ValueError as error:
        hint = 'write the address of the published site: `base_url = "https://example.org"`'
        if "://" not in address and url_checks.is_url(whole := "https://" + address.lstrip("/")):
            hint = Hint(f"write `base_url = {text(whole)}`", SetLine(f"base_url = {text(whole)}"))
        yield Problem(("site", "base_url"), f"`base_url` in `[site]` {error}", hint)


def is_zone(name: str) -> bool:
    """Whether a name is a zone of the IANA database, the same on every machine."""
    if _LOCAL_ZONES.fullmatch(name):
        return False
    try:
        ZoneInfo(name)
    except (LookupError, ValueError, OSError):
        return False
    return True


_OFFSET = re.compile(r"(?:GMT|UTC|Z)?\s*([+-])\s*([0-9]{1,2})(?::?([0-9]{2}))?", re.IGNORECASE)
_ODD_OFFSETS = {
    "-3:30": "America/St_Johns",
    "-9:30": "Pacific/Marquesas",
    "+3:30": "Asia/Tehran",
    "+4:30": "Asia/Kabul",
    "+5:30": "Asia/Kolkata",
    "+5:45": "Asia/Kathmandu",
    "+6:30": "Asia/Yangon",
    "+8:45": "Australia/Eucla",
    "+9:30": "Australia/Darwin",
    "+10:30": "Australia/Lord_Howe",
    "+12:45": "Pacific/Chatham",
}
"""A zone for each offset that is not of whole hours; those have zones of their own, `Etc/GMT-1` and the like."""


def _offset_hint(name: str) -> str:
    """Return the hint for an offset. In the names of zones the sign is the other way round: `Etc/GMT-1` is an hour ahead of UTC (POSIX)."""
    offset = _OFFSET.fullmatch(name.strip())
    if offset is None:
        return ""
    sign, hours, minutes = offset[1], int(offset[2]), int(offset[3] or 0)
    zone = _ODD_OFFSETS.get(f"{sign}{hours}:{minutes:02}", "") if minutes else f"Etc/GMT{'-' if sign == '+' else '+'}{hours}"
    zone = "UTC" if not hours and not minutes else zone
    if not zone or not is_zone(zone):
        return 'write the name of a place, such as `timezone = "Europe/London"`'
    words = f"write `timezone = {text(zone)}`, or the name of a place, such as `Europe/London`, whose clocks change with the seasons"
    return Hint(words, Replace(name, zone))


def _zone_hint(name: str) -> str:
    if hint := _offset_hint(name):
        return hint
    from zoneinfo import available_timezones

    zones = sorted(zone for zone in available_timezones() if is_zone(zone))
    typed = name.strip().replace(" ", "_").casefold()
    same = [zone for zone in zones if typed in (zone.casefold(), zone.rpartition("/")[2].casefold())]
    found = same or list(near(name, zones))
    return suggestion(name, found[0]) if found else "write a name of the IANA database, such as `Europe/London` or `UTC`"


def _author(data: Mapping[str, Any]) -> Iterator[Problem]:
    url, email, photo = (value(data, "site", "author", key) for key in ("url", "email", "photo"))
    if url and not url_checks.is_url(url):
        yield Problem(("site", "author", "url"), "`url` in `[site.author]` is not a whole address", "begin it with `https://`")
    for where, profile in texts(data, "site", "author", "me"):
        if not url_checks.has_scheme(profile):
            yield Problem(where, sentence(f"{named(where)} is not a whole address"), "begin it with `https://` or `mailto:`")
    if email and not _EMAIL.fullmatch(email):
        yield Problem(("site", "author", "email"), "`email` in `[site.author]` is not an e-mail address", "write it as `name@example.org`")
    if photo and not url_checks.is_url(photo):
        yield from inside(("site", "author", "photo"), photo.lstrip("/") or photo)


def _local(data: Mapping[str, Any]) -> Iterator[Problem]:
    """Refuse addresses that work on the writer's computer alone; those with a backslash are refused as paths."""
    found: list[tuple[Path, Any]] = [(path, value(data, *path)) for path in (("site", "image"), ("site", "author", "photo"))]
    found += texts(data, "site", "author", "me")
    entries = enumerate(value(data, "theme", "nav", sort=list) or ())
    found += ((("theme", "nav", number, "to"), value(entry, "to")) for number, entry in entries)
    for where, typed in found:
        if typed and "\\" not in typed and local_paths.is_local(typed):
            message = sentence(local_paths.message(f"{named(where)} is", typed))
            yield Problem(
                where, message, "copy the file into the site and write its path, or write the address that readers use", local_paths.CODE
            )


def _theme(data: Mapping[str, Any]) -> Iterator[Problem]:
    for where, name in texts(data, "theme", "use"):
        if not name or name.startswith(".") or not set(name).isdisjoint('/\\<>:"|?*'):
            message = sentence(f"{named(where)} is `{name}`, which is not the name of a folder in `themes/`")
            yield Problem(where, message, "write the folder's name alone")
    for number, entry in enumerate(value(data, "theme", "nav", sort=list) or ()):
        for key in ("text", "to"):
            typed = value(entry, key)
            if typed is not None and not typed.strip():
                where = ("theme", "nav", number, key)
                yield Problem(where, sentence(f"{named(where)} is empty"), 'write `{text = "About", to = "about.md"}`')


def _markdown(data: Mapping[str, Any]) -> Iterator[Problem]:
    for number, level in enumerate(value(data, "markdown", "toc_levels", sort=list) or ()):
        if isinstance(level, int) and not isinstance(level, bool) and not 1 <= level <= _HEADINGS:
            where = ("markdown", "toc_levels", number)
            message = sentence(f"{named(where)} is {level}; headings have levels from 1 to {_HEADINGS}")
            yield Problem(where, message, Hint("write `toc_levels = [2, 3]`", SetLine("toc_levels = [2, 3]")))


def _build(data: Mapping[str, Any]) -> Iterator[Problem]:
    typed = value(data, "build", "executor")
    if typed and not url_checks.is_scheduler(typed):
        message = f"`executor` in `[build]` is `{typed}`, which is no address of a Dask scheduler"
        yield Problem(("build", "executor"), message, 'write it as `executor = "dask://HOST:PORT"`')


def _serve(data: Mapping[str, Any]) -> Iterator[Problem]:
    typed = value(data, "serve", "editor")
    if typed and (found := editors.problem(typed)):
        yield Problem(("serve", "editor"), f"`editor` in `[serve]` {found[0]}", found[1])


def _check(data: Mapping[str, Any]) -> Iterator[Problem]:
    for number, entry in enumerate(value(data, "check", "allow", sort=list) or ()):
        where: Path = ("check", "allow", number)
        code = value(entry, "code")
        if code in REFUSALS:
            message = sentence(f"{named((*where, 'code'))} is `{code}`, which cannot be allowed: there is nothing to check then")
            yield Problem((*where, "code"), message, "remove the entry")
        for key in ("path", "reason"):
            typed = value(entry, key)
            if typed is not None and not typed.strip():
                hint = "say why it is meant so" if key == "reason" else "name the file, the page or the host; `*` stands for any signs"
                yield Problem((*where, key), sentence(f"{named((*where, key))} is empty"), hint)
