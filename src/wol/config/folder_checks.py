"""Folders in the settings: where sources, static files and the output are, and which folder holds which kind."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from pathlib import Path as FilePath
from typing import Any, Literal

from wol import paths
from wol.config import url_checks
from wol.config.data import table, texts, value
from wol.config.locate import Path
from wol.config.problems import Problem, listed, named, sentence
from wol.errors import did_you_mean
from wol.fixes import Hint, SetLine
from wol.model.config import BuildConfig, ContentConfig

KINDS = ("post", "note", "page")
"""The kinds of items that exist."""

_OF_SOURCES = ("themes", "archetypes", "data", "ledger")
"""Folders beside `site.toml`, besides those that have settings, in which writers keep files."""

_OUTSIDE = "name a path inside the folder of `site.toml`, with `/` between its parts"


def folder_problems(data: Mapping[str, Any]) -> Iterator[Problem]:
    """Find folders that leave the site, or lie in one another."""
    content = _plain(value(data, "content", "folder") or ContentConfig().folder)
    output = _plain(value(data, "build", "output") or BuildConfig().output)
    yield from _content(data)
    yield from _output(data, content)
    yield from _static(data, content, output)
    yield from _ignore(data)
    yield from _kinds(data)


def inside(where: Path, path: str) -> Iterator[Problem]:
    """Refuse a path that leaves the site's folder, or goes where git or wol keep their files."""
    try:
        found = url_checks.folder(path)
    except ValueError as error:
        yield Problem(where, sentence(f"{named(where)} {error}"), _OUTSIDE)
        return
    if url_checks.own_folder(found):
        message = sentence(f"{named(where)} is in a folder of git or wol, which is not for a site's files")
        yield Problem(where, message, "name another folder")


def _plain(typed: str) -> str:
    try:
        return url_checks.folder(typed)
    except ValueError:
        return ""


def _content(data: Mapping[str, Any]) -> Iterator[Problem]:
    typed = value(data, "content", "folder")
    for problem in inside(("content", "folder"), typed) if typed is not None else ():
        hint = "move the texts into a folder such as `content`; or put `site.toml` into the folder above, and name this one"
        yield Problem(problem.where, problem.message, hint) if paths.join(typed) == "." else problem


def _output(data: Mapping[str, Any], content: str) -> Iterator[Problem]:
    """Refuse what `--output` is refused too, but with the line; links are looked at by the build."""
    typed, where = value(data, "build", "output"), ("build", "output")
    if typed is None:
        return
    plain = _plain(typed)
    reason = ""
    if typed and os.path.isabs(typed) and os.path.realpath(typed) in (os.sep, os.path.realpath(_home())):
        reason = "is the top of the file system" if os.path.realpath(typed) == os.sep else "is the home folder"
    elif typed and paths.join(typed) == ".":
        reason = "is the folder of `site.toml` itself"
    elif any(map(paths.is_git, plain.split("/"))):
        reason = "is inside `.git`"
    elif content and plain and url_checks.overlap(plain, content):
        reason = f"overlaps with the content folder, `{content}`"
    elif plain and (held := next((name for name in _of_sources(data) if url_checks.overlap(plain, name)), "")):
        reason = f"overlaps with `{held}/`, which holds files of your own"
    if reason:
        yield Problem(
            where,
            f"`output` in `[build]` {reason}",
            Hint('write `output = "public"`', SetLine('output = "public"')),
            code="output-dangerous",
        )
    else:
        yield from inside(where, typed)


def _of_sources(data: Mapping[str, Any]) -> Iterator[str]:
    """Give the folders beside `site.toml` in which writers keep files, besides that of the texts."""
    yield from _OF_SOURCES
    static = table(data, "content", "static") or ContentConfig().static
    yield from (plain for folder in static.values() if isinstance(folder, str) and (plain := _plain(folder)))


def _home() -> FilePath:
    try:
        return FilePath.home()
    except RuntimeError:
        return FilePath("/")


def _static(data: Mapping[str, Any], content: str, output: str) -> Iterator[Problem]:
    for prefix, folder in table(data, "content", "static").items():
        where = ("content", "static", prefix)
        if problem := url_checks.url_path_problem(prefix):
            message = f"The prefix `{prefix}` in `[content.static]` {problem}"
            yield Problem(where, message, 'write it as `"/" = "static"`', "url-invalid", "key")
        if not isinstance(folder, str):
            continue
        yield from inside(where, folder)
        plain, hint = _plain(folder), "give static files a folder of their own"
        if content and plain and url_checks.overlap(plain, content):
            message = f"The static folder `{folder}` overlaps with the content folder, `{content}`, so private texts would be published"
            yield Problem(where, message, hint)
        elif plain and value(data, "build", "output") is None and url_checks.overlap(plain, output):
            yield Problem(where, f"The static folder `{folder}` overlaps with the output folder, `{output}`", hint)


def _ignore(data: Mapping[str, Any]) -> Iterator[Problem]:
    patterns = list(texts(data, "content", "ignore"))
    if not patterns:
        return
    from pathspec import GitIgnoreSpec

    for where, pattern in patterns:
        try:
            GitIgnoreSpec.from_lines([pattern])
        except ValueError:
            hint = "write it as in a `.gitignore`, such as `*.bak`"
            yield Problem(where, sentence(f"{named(where)} is `{pattern}`, which is no gitignore pattern"), hint)


def _kinds(data: Mapping[str, Any]) -> Iterator[Problem]:
    owners: dict[str, str] = {}
    for kind in table(data, "content", "kinds"):
        if kind not in KINDS:
            yield unknown_kind(("content", "kinds", kind), kind, "key")
        for where, folder in texts(data, "content", "kinds", kind):
            name = _plain(folder)
            if not name or "/" in name:
                message = sentence(f"{named(where)} is `{folder}`, which is not the name of a folder in the content folder")
                yield Problem(where, message, "write the name of one folder, such as `garden`")
            elif owners.setdefault(name, kind) != kind:
                message = f"The folder `{name}` has two kinds in `[content.kinds]`, `{owners[name]}` and `{kind}`"
                yield Problem(where, message, "keep one of the two")
    for where, kind in texts(data, "feeds", "kinds"):
        if kind not in KINDS:
            yield unknown_kind(where, kind, "value")


def unknown_kind(where: Path, kind: str, at: Literal["key", "value"]) -> Problem:
    """Say that a kind of items does not exist."""
    return Problem(where, f"There is no kind `{kind}`", did_you_mean(kind, KINDS) or f"kinds are {listed(KINDS)}", at=at)
