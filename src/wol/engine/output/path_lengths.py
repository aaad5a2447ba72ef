"""How long paths may be where the output is, and which planned files would be too long there: asked before anything is staged."""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

import msgspec

from wol import paths
from wol.content.settings import ReadSettings
from wol.engine.plan import Plan, is_prose, is_text, named
from wol.engine.scanning import SourceReader
from wol.errors import Diagnostic, diagnostic
from wol.model.config import Config
from wol.model.target import Target

NAME_BYTES = 255
"""Longest name of a file or folder, where the system does not say."""

PATH_BYTES = 1024 if sys.platform == "darwin" else 4096
"""Longest path with the zero byte at its end, where the system does not say."""

RELEASE = f"releases/{'0' * 33}.tmp/"
"""What a deploy to a folder puts before the paths of a release that it fills."""

DEPTH = 200
"""Most folders that may be inside one another: what makes, walks and removes trees in Python calls itself once for each."""

OWN = 200
"""Bytes of a path that are not to blame for a whole path that is too long: the folder of the site is."""

_SETTING = re.compile(r"`(.+)` in `\[(.+)\]` of `site\.toml`")
_TERM = re.compile(r"the term `(.+)` of the taxonomy `(.+)`")
_TAXONOMY = re.compile(r"the taxonomy `(.+)`")


class Room(msgspec.Struct, frozen=True):
    """A folder that will hold the whole site: bytes of its own path with a slash, and the limits of its file system."""

    where: str
    before: int
    name: int
    path: int


def rooms(output: Path, stage: Path, root: Path, config: Config) -> tuple[Room, ...]:
    """Look at each folder into which the site will be written: where it waits, where it is built, and where `wol deploy` copies it."""
    folders = [_room(output, "the output folder"), _room(stage, "the folder where a build waits")]
    for name, target in config.deploy.items():
        if target.type == "folder" and target.path:
            folder = Path(os.path.abspath(root / os.path.expanduser(target.path)))
            folders.append(_room(folder, f"the folder of `[deploy.{name}]`", RELEASE))
    return tuple(folders)


def too_long(plan: Plan, rooms: Iterable[Room], read: SourceReader, settings: ReadSettings) -> Iterator[Diagnostic]:
    """Report each source or setting that makes a path too long for one of the folders, once."""
    rooms = tuple(rooms)
    name_limit = min(room.name for room in rooms)
    path_limit = min(room.path - room.before for room in rooms)
    short = min(name_limit, path_limit) // 4
    long_paths = [path for path in plan if len(path) > short and not _fits(path, name_limit, path_limit)]
    if path_limit <= OWN:  # hardly anything fits, and the reason is one
        long_paths = long_paths[:1]
    told: list[str] = []
    for path in sorted(long_paths, key=lambda path: (len(paths.folder(path)), not path.endswith("/index.html"), path)):
        folder = f"{paths.folder(path)}/"
        if not any(folder.startswith(above) for above in told):  # what lies deeper is too long for the same reason
            told.append(folder)
            yield _finding(plan[path], rooms, read, settings)


def size(path: str) -> int:
    """Return the bytes of a path as the system stores it."""
    return len(path) if path.isascii() else len(path.encode("utf-8", "surrogatepass"))


def _fits(path: str, name_limit: int, path_limit: int) -> bool:
    total = size(path)
    return (
        total <= path_limit
        and path.count("/") <= DEPTH
        and (total <= name_limit or all(size(part) <= name_limit for part in path.split("/")))
    )


def _finding(target: Target, rooms: tuple[Room, ...], read: SourceReader, settings: ReadSettings) -> Diagnostic:
    path = target.path
    longest = max(path.split("/"), key=size)
    tight = min(rooms, key=lambda room: room.name)
    if size(longest) > tight.name:
        what = f"has a part of {size(longest):,} bytes, `{_cut(longest)}`; {tight.where} allows {tight.name:,}"
        own = True
    elif path.count("/") > DEPTH:
        what = f"has {path.count('/'):,} folders inside one another; {DEPTH} are allowed"
        own = True
    else:
        tight = min(rooms, key=lambda room: room.path - room.before)
        what = f"makes a path of {tight.before + size(path):,} bytes in {tight.where}, where {tight.path:,} are allowed"
        own = size(path) > OWN
    message = f"The URL `{_cut(paths.url_path(path))}` of {named(target)} {what}"
    span, hint = _remedy(target, read, settings)
    if not own:
        hint = "move the site, or the folder that is named, to a place with a shorter path"
    return diagnostic("path-too-long", message, *span, hint=hint)


def _remedy(target: Target, read: SourceReader, settings: ReadSettings) -> tuple[tuple[str, int, int], str]:
    """Return where the path comes from, and how to make it shorter."""
    from wol.config.problems import text

    if is_text(target):
        fields = ("aliases",) if target.role == "redirect" else ("url", "slug")
        lines = _lines(target.origin, read, settings)
        field = next((name for name in fields if name in lines), "")
        line, column = lines.get(field, (0, 0))
        hints = {"aliases": "shorten the alias, or remove it", "": "write a short `url:` in the front matter, such as `url: /short/`"}
        return (target.origin, line, column), hints.get(field, f"write a shorter `{field}:`")
    if not is_prose(target):
        return (target.origin, 0, 0), "give the file or its folders shorter names"
    if found := _SETTING.fullmatch(target.origin):
        return _setting(read, (*found[2].split("."), found[1])), "shorten that path, or remove the line"
    if found := _TERM.fullmatch(target.origin):
        hint = f'give the term a short slug: `{text(found[1])} = "short"` in `[taxonomies.{found[2]}.slugs]`'
        return _setting(read, ("taxonomies", found[2])), hint
    if found := _TAXONOMY.fullmatch(target.origin):
        return _setting(read, ("taxonomies", found[1], "path")), f"write a shorter `path` in `[taxonomies.{found[1]}]`"
    return ("", 0, 0), "choose a shorter path for it in `site.toml`"


def _lines(path: str, read: SourceReader, settings: ReadSettings) -> Mapping[str, tuple[int, int]]:
    from wol.content.fields import read_fields
    from wol.content.front_matter import split

    return read_fields(split(read(path), path), (), settings).lines


def _setting(read: SourceReader, where: tuple[str, ...]) -> tuple[str, int, int]:
    from wol.config.locate import locate
    from wol.config.syntax import decode

    return ("site.toml", *locate(decode(read("site.toml"))).of_key(where))


def _cut(text: str) -> str:
    return text if len(text) <= 60 else f"{text[:57]}…"


def _room(folder: Path, where: str, deeper: str = "") -> Room:
    there = folder
    while not os.path.isdir(there) and there != there.parent:
        there = there.parent
    name, path = _limit(there, "PC_NAME_MAX", NAME_BYTES), _limit(there, "PC_PATH_MAX", PATH_BYTES)
    return Room(where, len(os.fsencode(folder)) + 1 + len(deeper), name, path - 1)


def _limit(folder: Path, name: str, usual: int) -> int:
    try:
        found = os.pathconf(folder, name)
    except (OSError, ValueError, AttributeError):
        return usual
    return found if 0 < found <= 65_536 else usual
