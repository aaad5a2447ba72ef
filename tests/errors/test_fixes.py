"""A diagnostic carries its fix as data, where there is one: applied as it stands, it removes the finding."""

from __future__ import annotations

import json
import shlex
from collections import Counter
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from errors.test_broken_sites import BROKEN, copied
from harness.site import Site

CHOICE = "two things are possible, and only the writer knows which was meant"
WRITE = "something has to be written or moved that wol cannot invent"
ELSEWHERE = "it is fixed in a file, a program or an export outside of the site's text"

WITHOUT: Mapping[str, str] = {
    **dict.fromkeys(
        (
            *("anchor-duplicate", "comment-ambiguous", "conflict-copy", "foreign-state", "front-matter-as-text", "front-matter-conflict"),
            *("front-matter-duplicate", "front-matter-not-mapping", "front-matter-syntax", "front-matter-unclosed", "link-unpublished"),
            *("list-emptied", "merge-conflict", "name-misspelt", "name-reserved", "output-foreign", "redirect-loop", "series-part"),
            *("status-unknown", "term-collision", "terms-too-many", "url-collision", "enclosure-twice", "source-unread", "theme-missing"),
        ),
        CHOICE,
    ),
    **dict.fromkeys(
        (
            *("asset-missing", "comment-unclosed", "config-syntax", "config-value", "date-in-gap", "date-invalid", "defaults-field"),
            *(
                "enclosure-incomplete",
                "footnote-missing",
                "footnote-unused",
                "footnote-duplicate",
                "list-syntax",
                "foreign-syntax",
                "front-matter-too-large",
                "front-matter-type",
                "html-unbalanced",
            ),
            *(
                "image-alt",
                "image-missing",
                "ledger-line",
                "link-broken",
                "link-local",
                "link-syntax",
                "anchor-taken",
                "markdown-nesting",
                "markdown-too-large",
            ),
            *("path-too-long", "podcast-incomplete", "post-undated", "slug-invalid", "template-failed", "template-missing", "url-invalid"),
            *("template-syntax", "theme-option"),
        ),
        WRITE,
    ),
    **dict.fromkeys(
        (
            *(
                "config-missing",
                "input-invalid",
                "leak-found",
                "metadata-location",
                "plugin-failed",
                "source-encoding",
                "source-unsupported",
            ),
            "theme-api",
            "redirect-file",
        ),
        ELSEWHERE,
    ),
}
"""Codes some of whose findings have no fix, each with the reason."""


def findings(root: Path) -> list[dict[str, Any]]:
    """Return what a build reports as an editor would read it."""
    ran = Site.at(root).run("build", "--at", "2026-12-01", "--format", "json")
    found: list[dict[str, Any]] = json.loads(ran.stdout)["diagnostics"]
    return found


def apply(fix: Mapping[str, Any], root: Path) -> None:
    """Apply a fix as an editor or a writer would."""
    if "command" in fix:
        program, *arguments = shlex.split(fix["command"])
        assert program == "wol"
        ran = Site.at(root).run(*arguments)
        assert ran.code == 0, ran.stderr
    elif "rename" in fix:
        (root / fix["rename"]["to"]).parent.mkdir(parents=True, exist_ok=True)
        (root / fix["rename"]["from"]).rename(root / fix["rename"]["to"])
    else:
        edit = fix["edit"]
        place = root / edit["path"]
        lines = place.read_bytes().decode("utf-8").splitlines(keepends=True) or [""]
        start, end = ((edit[f"{which}line"], edit[f"{which}column"]) for which in ("", "end_"))
        before = "".join(lines[: start[0] - 1]) + (lines[start[0] - 1][: start[1] - 1] if start[0] <= len(lines) else "")
        after = (lines[end[0] - 1][end[1] - 1 :] if end[0] <= len(lines) else "") + "".join(lines[end[0] :])
        place.write_bytes(f"{before}{edit['text']}{after}".encode())


def named(one: Mapping[str, Any]) -> tuple[str, str, str]:
    return one["code"], one["path"] or "", one["message"]


@pytest.mark.parametrize("name", [pytest.param(name, marks=[pytest.mark.long] if number % 8 else []) for number, name in enumerate(BROKEN)])
def test_the_fix_removes_the_finding(name: str, tmp_path: Path) -> None:
    """Each finding of each broken site: its fix removes it, or it is in the list of those without, with the reason."""
    copied(name, tmp_path / "first")
    wrong = []
    first = findings(tmp_path / "first")
    before = Counter(map(named, first))
    for number, one in enumerate(first):
        if one["fix"] is None:
            if one["code"] not in WITHOUT:
                wrong.append(f"no fix: {named(one)}")
            continue
        root = tmp_path / str(number)
        copied(name, root)
        apply(one["fix"], root)
        if Counter(map(named, findings(root)))[named(one)] >= before[named(one)]:
            wrong.append(f"{one['fix']} does not fix {named(one)}")
    assert wrong == []


def test_the_list_of_those_without_is_short(tmp_path: Path) -> None:
    """No code is in the list whose findings all have a fix."""
    unfixed = set()
    for name in BROKEN:
        if any(name == code or name.startswith(f"{code}-") for code in WITHOUT):
            copied(name, tmp_path / name)
            unfixed |= {one["code"] for one in findings(tmp_path / name) if one["fix"] is None}
    assert unfixed == set(WITHOUT)
