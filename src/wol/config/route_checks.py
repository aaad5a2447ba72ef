"""URLs in the settings: patterns of `[content.permalinks]`, and `[redirects]`."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from wol.config import url_checks
from wol.config.data import table
from wol.config.folder_checks import KINDS, unknown_kind
from wol.config.problems import Problem, listed
from wol.errors import did_you_mean, suggestion
from wol.fixes import Hint, Replace
from wol.model.permalinks import PRESETS, TOKENS

_LISTS: Mapping[str, tuple[str, ...]] = {"archive": (), "year": ("year",), "month": ("year", "month")}
"""Lists that have a pattern, with the tokens that it must have and no others."""

_TOKEN = re.compile(r":([A-Za-z_]*)")
_ELSEWHERE = {
    "contentbasename": "filename",
    "slugorfilename": "slug",
    "slugorcontentbasename": "slug",
    "name": "slug",
    "sections": "section",
    "categories": "category",
    "monthname": "month",
    "i_month": "month",
    "i_day": "day",
    "yearday": "day",
    "short_year": "year",
}
"""Tokens of other generators, and the nearest here."""


def route_problems(data: Mapping[str, Any]) -> Iterator[Problem]:
    """Find patterns and redirects that cannot be, and redirects that lead round in a circle."""
    for name, pattern in table(data, "content", "permalinks").items():
        is_of_items = name in KINDS or _is_folder(name)
        if not is_of_items and name not in _LISTS:
            known = (*KINDS, *_LISTS)
            hint = did_you_mean(name, known) or f"patterns are for {listed(known)}"
            yield Problem(("content", "permalinks", name), unknown_kind((), name, "key").message, hint, at="key")
        elif isinstance(pattern, str) and not (is_of_items and pattern in PRESETS):
            yield from _pattern(name, pattern)
    yield from _redirects(table(data, "redirects"))


def _is_folder(name: str) -> bool:
    """Whether a name means a folder of the content folder rather than a kind or a list: it has a slash, as `posts/events` and `events/`."""
    return "/" in name


def _pattern(name: str, pattern: str) -> Iterator[Problem]:
    where = ("content", "permalinks", name)
    allowed = _LISTS.get(name, TOKENS)
    used = _TOKEN.findall(pattern)
    for token in used:
        if token in allowed:
            continue
        meant = _ELSEWHERE.get(token.lower(), "")
        hint = suggestion(f":{token}", f":{meant}") if meant in allowed else did_you_mean(f":{token}", [f":{t}" for t in allowed])
        hint = hint or (f"tokens are {listed(f':{t}' for t in allowed)}" if allowed else "write a fixed path, such as `/archive/`")
        what = f"a token `:{token}` that does not exist there" if token else "a `:` without the name of a token"
        yield Problem(where, f"The pattern of `{name}` has {what}", hint, "permalink-token")
    for token in _LISTS.get(name, ()):
        if token not in used:
            message = f"The pattern of `{name}` lacks `:{token}`, so that all would be one page"
            yield Problem(where, message, f"write it as `/{'/'.join(f':{t}' for t in _LISTS[name])}/`", "permalink-token")
    if problem := url_checks.url_path_problem(_TOKEN.sub("x", pattern)):
        yield Problem(where, f"The pattern of `{name}` {problem}", "write a path from the root, such as `/:year/:slug/`", "url-invalid")
    elif not pattern.endswith(("/", ".html")):
        yield Problem(
            where,
            f"The pattern of `{name}` ends in neither `/` nor `.html`",
            Hint(f"write `{pattern}/`", Replace(pattern, f"{pattern}/")),
            "permalink-token",
        )


def _redirects(redirects: Mapping[str, Any]) -> Iterator[Problem]:
    leads: dict[str, tuple[str, str]] = {}
    for source, target in redirects.items():
        where = ("redirects", source)
        if problem := url_checks.url_path_problem(source):
            hint = f'write `"/{source}"`' if problem == "does not begin with `/`" else "write a path from the root, such as `/old/`"
            yield Problem(where, f"`{source}` in `[redirects]` {problem}", hint, "url-invalid", "key")
        if not isinstance(target, str) or url_checks.is_url(target):
            continue
        if problem := url_checks.url_path_problem(re.split(r"[?#]", target, maxsplit=1)[0]):
            problem = "is no http(s) address" if "whole address" in problem else problem
            hint = "write a path from the root, such as `/new/`, or a whole address"
            yield Problem(where, f"`{target}`, where `{source}` in `[redirects]` leads to, {problem}", hint)
            continue
        leads.setdefault(url_checks.same_page(source), (source, url_checks.same_page(re.split(r"[?#]", target, maxsplit=1)[0])))
    yield from _circles(leads)


def _circles(leads: Mapping[str, tuple[str, str]]) -> Iterator[Problem]:
    """Follow each redirect once; a circle is told at its first entry in the file."""
    done: set[str] = set()
    for start in leads:
        way: list[str] = []
        here = start
        while here in leads and here not in done:
            done.add(here)
            way.append(here)
            here = leads[here][1]
        if here in way:
            circle = way[way.index(here) :]
            shown = " → ".join(f"`{leads[place][0]}`" for place in [*circle, here])
            yield Problem(("redirects", leads[here][0]), f"Redirects lead round in a circle: {shown}", code="redirect-loop", at="key")
