"""Planning: which files must exist in the output, and that no two things want one place."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence

from wol import paths
from wol.build.tables import Columns, Input, guarded
from wol.errors import Diagnostic, WolError, diagnostic
from wol.model.config import Config
from wol.model.feature import Feature
from wol.model.site import Table
from wol.model.source import MARKDOWN
from wol.model.target import Target

_CONTROL = re.compile(r"[\x00-\x1f\x7f\\]")


def plan(
    features: Sequence[Feature], config: Config, columns: Columns, tables: Mapping[str, Table]
) -> tuple[list[Target], list[Diagnostic]]:
    """Ask every feature for its targets; sorted by path. Collisions and paths that lead out are errors naming both origins."""
    wanted: list[Target] = []
    for feature in features:
        found = guarded(feature, "`targets`", lambda f=feature: list(f.targets(Input(f, config, columns, tables))))  # type: ignore[misc]  # as in tables
        wanted += [t if t.origin else _with_origin(t, f"the feature `{feature.name}`") for t in found]
    return settle(wanted)


def settle(wanted: Iterable[Target]) -> tuple[list[Target], list[Diagnostic]]:
    """Keep one target for each place, compared as careless file systems and servers do; one that yields gives way."""
    places: dict[str, Target] = {}
    found: list[Diagnostic] = []
    for target in wanted:
        why = _wrong(target.path)
        if why:
            found.append(diagnostic("url-invalid", f"The path `{target.path}` of {_named(target)} {why}", _file(target)))
            continue
        place = _place(target.path)
        other = places.get(place)
        if other is None or (other.yields and not target.yields):
            places[place] = target
        elif not target.yields:
            message = f"{_named(other)} and {_named(target)} would both be at `{paths.url_path(target.path)}`"
            hint = "" if _is_text(other) or _is_text(target) else "rename one of the files, or switch a feature off in `[features]`"
            found.append(diagnostic("url-collision", message[0].upper() + message[1:], _file(target) or _file(other), hint=hint))
    found += _files_as_folders(places)
    return sorted(places.values(), key=lambda t: t.path), found


def _files_as_folders(places: Mapping[str, Target]) -> Iterable[Diagnostic]:
    """A file `a` and a folder `a/` with something in it cannot both be."""
    files = {paths.fold(t.path): t for t in places.values()}
    for target in places.values():
        folder = paths.fold(target.path).rpartition("/")[0]
        while folder:
            other = files.get(folder)
            if other is not None:
                message = f"{_named(other)} is written to `{other.path}`, where {_named(target)} needs a folder"
                yield diagnostic("url-collision", message[0].upper() + message[1:], _file(other))
            folder = folder.rpartition("/")[0]


def _place(path: str) -> str:
    """Give the form by which `/a`, `/a/` and `/a/index.html` are one place; a file with an extension or a leading dot stays a file."""
    folded = paths.fold(path)
    if folded == "index.html":
        return ""
    if folded.endswith("/index.html"):
        return folded.removesuffix("/index.html")
    return folded


def _wrong(path: str) -> str:
    if _CONTROL.search(path):
        return "has a backslash or a control character"
    if path.startswith("/") or path.endswith("/") or any(part in ("", ".", "..") for part in path.split("/")):
        return "has an empty segment or leads out"
    if any(len(part.encode("utf-8", "surrogatepass")) > 255 for part in path.split("/")):
        return "has a part of over 255 bytes"
    return ""


def _named(target: Target) -> str:
    return target.origin if _is_prose(target) else f"`{target.origin}`"


def _file(target: Target) -> str:
    return "" if _is_prose(target) else target.origin


def _is_text(target: Target) -> bool:
    """Whether a writer can give it another `slug` or `url`."""
    return bool(target.subject) and target.origin.endswith(MARKDOWN)


def _is_prose(target: Target) -> bool:
    """Whether the origin is a sentence's part, which names things in backticks, and not the path of a file."""
    return "`" in target.origin


def _with_origin(target: Target, origin: str) -> Target:
    return Target(
        path=target.path,
        kind=target.kind,
        template=target.template,
        subject=target.subject,
        args=target.args,
        origin=origin,
        yields=target.yields,
    )


def refuse(diagnostics: Sequence[Diagnostic]) -> None:
    """Raise WolError if there is an error among the findings."""
    if any(d.severity == "error" for d in diagnostics):
        raise WolError(diagnostics)
