"""Planning: which files must exist in the output, and that no two things want one place."""

from __future__ import annotations

import re
from collections.abc import Container, Iterable, Iterator, Mapping, Sequence

import msgspec

from wol import paths
from wol.engine import plugin_types
from wol.engine.features import Input, guarded
from wol.engine.memo import PLANNED, Columns, Memo
from wol.engine.state import State
from wol.engine.table import RawTable
from wol.errors import Diagnostic, WolError, diagnostic
from wol.model.config import Config
from wol.model.feature import Feature
from wol.model.ledger import CLASSES
from wol.model.source import MARKDOWN
from wol.model.target import Target

_CONTROL = re.compile(r"[\x00-\x1f\x7f\\]")


class Plan:
    """Every target of a build by its path, sorted; each is encoded until somebody needs it."""

    def __init__(self, raws: Mapping[str, msgspec.Raw], before: Mapping[str, msgspec.Raw]) -> None:
        self.raws = raws
        self._before = before

    def __iter__(self) -> Iterator[str]:
        return iter(self.raws)

    def __len__(self) -> int:
        return len(self.raws)

    def __getitem__(self, path: str) -> Target:
        return msgspec.msgpack.decode(self.raws[path], type=Target)

    def differs(self, path: str) -> bool:
        """Whether the last build planned another target here, or none."""
        before = self._before.get(path)
        return before is None or bytes(before) != bytes(self.raws[path])

    @property
    def is_same(self) -> bool:
        """Whether it is that of the last build."""
        return self.raws is self._before

    def removed(self) -> list[str]:
        """Give the paths that only the last build had."""
        return [] if self.is_same else [path for path in self._before if path not in self.raws]


class Places(Container[str]):
    """The URL path of every file of a plan, decoded."""

    def __init__(self, plan: Plan) -> None:
        self._plan = plan
        self._urls: frozenset[str] | None = None

    def __contains__(self, url: object) -> bool:
        if self._urls is None:
            self._urls = frozenset(map(paths.url_path, self._plan))
        return url in self._urls


def make_plan(
    features: Sequence[Feature], config: Config, columns: Columns, memo: Memo, state: State
) -> tuple[Plan, tuple[Diagnostic, ...]]:
    """Ask every feature for its targets, if anything that it reads is another than in the last build."""
    before = state.section("plan", dict[str, msgspec.Raw], {})
    outdated = [f for f in features if memo.outdated(f"targets {f.name}", f.columns, f.needs)]
    if not outdated:
        memo.kept += ["plan", *(f"targets {f.name}" for f in features)]
        return Plan(before, before), memo.found_before("plan")
    wanted: list[Target] = []
    for feature in features:
        section = f"targets {feature.name}"
        if feature in outdated:
            with memo.timings.feature(feature.name, "targets"):
                found = wanted_by(feature, config, columns, memo.tables)
            memo.values[section] = found
        else:
            found = state.section(section, list[Target], [])
            memo.kept.append(section)
        wanted += found
    targets, collisions = settle(wanted)
    raws = {t.path: msgspec.Raw(msgspec.msgpack.encode(t)) for t in targets}
    memo.values["plan"] = raws
    plan = Plan(raws, before)
    if plan.removed() or any(path not in before for path in raws):
        memo.mark(PLANNED)
    return plan, memo.found("plan", collisions)


def wanted_by(feature: Feature, config: Config, columns: Columns, tables: Mapping[str, RawTable]) -> list[Target]:
    """Ask one feature for its targets; raises WolError (plugin-failed)."""
    found = guarded(feature, "`targets`", lambda: feature.targets(Input(feature, config, columns, tables)), plugin_types.targets)
    found = list(found)
    for target in found:
        if target.lasting and target.lasting not in CLASSES:
            message = f"The feature `{feature.name}` plans `{target.path}` as lasting `{target.lasting}`"
            raise WolError(diagnostic("plugin-failed", message, hint=f"write one of {', '.join(CLASSES)}, or nothing"))
    return [t if t.origin else _with_origin(t, f"the feature `{feature.name}`") for t in found]


def settle(wanted: Iterable[Target]) -> tuple[list[Target], list[Diagnostic]]:
    """Keep one target for each place, compared as careless file systems and servers do; one that yields gives way."""
    places: dict[str, Target] = {}
    found: list[Diagnostic] = []
    for target in wanted:
        why = _wrong(target.path)
        if why:
            hint = "" if is_text(target) or is_prose(target) else "rename the file or folder"
            found.append(diagnostic("url-invalid", f"The path `{target.path}` of {named(target)} {why}", _file(target), hint=hint))
            continue
        place = _place(target.path)
        other = places.get(place)
        if other is None or (other.yields and not target.yields):
            places[place] = target
        elif not target.yields:
            message = f"{named(other)} and {named(target)} would both be at `{paths.url_path(target.path)}`"
            hint = "" if is_text(other) or is_text(target) else "rename one of the files, or switch a feature off in `[features]`"
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
                message = f"{named(other)} is written to `{other.path}`, where {named(target)} needs a folder"
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
    if ("." in path or "~" in path) and (kept := next((part for part in path.split("/") if paths.is_kept_back(part)), "")):
        return f"has a segment `{kept}`, where git or wol keep their own files"
    return ""


def named(target: Target) -> str:
    """Return what a message calls a target: what it comes from."""
    return target.origin if is_prose(target) else f"`{target.origin}`"


def _file(target: Target) -> str:
    return "" if is_prose(target) else target.origin


def is_text(target: Target) -> bool:
    """Whether a writer can give it another `slug` or `url`."""
    return bool(target.subject) and target.origin.endswith(MARKDOWN)


def is_prose(target: Target) -> bool:
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
        lasting=target.lasting,
    )


def refuse(diagnostics: Sequence[Diagnostic]) -> None:
    """Raise WolError if there is an error among the findings."""
    if any(d.severity == "error" for d in diagnostics):
        raise WolError(diagnostics)
