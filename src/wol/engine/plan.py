"""Planning: which files must exist in the output, and that no two things want one place."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

import msgspec

from wol import paths
from wol.engine.state import State
from wol.engine.step_cache import Columns, StepCache
from wol.engine.steps import StepOrder, have_planned, run, targets_of
from wol.errors import Diagnostic, WolError, diagnostic
from wol.fixes import AddField, Hint
from wol.model.config import Config
from wol.model.source import MARKDOWN
from wol.model.step import PLACES
from wol.model.target import Target
from wol.site.published import PLANNED

_EMPTY = re.compile(r"(?:^|/)\.{0,2}(?:/|\Z)")
"""A segment that is nothing, or leads nowhere or out."""
_CONTROL = re.compile(r"[\x00-\x1f\x7f\\]")


class Plan:
    """Every target of a build by its path, sorted; each is encoded until somebody needs it."""

    def __init__(self, raws: Mapping[str, msgspec.Raw], before: Mapping[str, msgspec.Raw], last: frozenset[str] = frozenset()) -> None:
        self.raws = raws
        self._before = before
        self.last = last
        """The paths of those that are made of other artifacts."""

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
        """Return the paths that only the last build had."""
        return [] if self.is_same else [path for path in self._before if path not in self.raws]


class PlannedUrls(Collection[str]):
    """The URL path of every file of a plan, decoded."""

    def __init__(self, plan: Plan) -> None:
        self._plan = plan
        self._urls: frozenset[str] | None = None

    @property
    def _url_paths(self) -> frozenset[str]:
        if self._urls is None:
            self._urls = frozenset(map(paths.url_path, self._plan))
        return self._urls

    def __contains__(self, url: object) -> bool:
        return url in self._url_paths

    def __iter__(self) -> Iterator[str]:
        return iter(self._url_paths)

    def __len__(self) -> int:
        return len(self._url_paths)


class Planning:
    """The targets of all steps, put into their places one after the other; one that yields gives way.

    Places are compared as careless file systems and servers do.
    """

    def __init__(self) -> None:
        self._places: dict[str, Target] = {}
        self._diagnostics: list[Diagnostic] = []

    def add(self, targets: Iterable[Target]) -> None:
        """Put targets into their places, and note those that cannot be or want one that is taken."""
        for target in targets:
            why = _wrong(target.path)
            if why:
                hint = "" if is_text(target) or is_prose(target) else "rename the file or folder"
                message = f"The path `{target.path}` of {named(target)} {why}"
                self._diagnostics.append(diagnostic("url-invalid", message, _file(target), hint=hint))
                continue
            place = _place(target.path)
            other = self._places.get(place)
            if other is None or (other.yields and not target.yields):
                self._places[place] = target
            elif not target.yields:
                self._diagnostics.append(_collision(other, target))

    def table(self) -> dict[str, dict[str, str]]:
        """Return the table `places` (`wol.model.step.PLACES`)."""
        return {paths.url_path(t.path): {"role": t.role, "subject": t.subject} for t in self._places.values() if t.role}

    def targets(self) -> list[Target]:
        """Return all targets by path."""
        return sorted(self._places.values(), key=lambda t: t.path)

    def diagnostics(self) -> list[Diagnostic]:
        """Return what is wrong with them."""
        return [*self._diagnostics, *_files_as_folders(self._places)]


def make_plan(order: StepOrder, config: Config, columns: Columns, memo: StepCache, state: State) -> tuple[Plan, tuple[Diagnostic, ...]]:
    """Run all steps that must, and settle what they plan; the plan of the last build where no step has planned anew."""
    diagnostics = run(order.first, config, columns, memo)
    planning = Planning()
    if have_planned(order.first, memo) or f"table {PLACES}" not in state:
        planning.add(targets_of(order.first, memo, state))
        memo.store(PLACES, planning.table())
    else:
        memo.reuse(PLACES)
    diagnostics += run(order.then, config, columns, memo)
    before = state.section("plan", dict[str, msgspec.Raw], {})
    if not have_planned(order, memo):
        memo.kept += ["plan", "last"]
        return Plan(before, before, frozenset(state.section("last", list[str], []))), (*diagnostics, *memo.found_before("plan"))
    if not have_planned(order.first, memo):
        planning.add(targets_of(order.first, memo, state))
    planning.add(targets_of(order.then, memo, state))
    targets = planning.targets()
    raws = {t.path: msgspec.Raw(msgspec.msgpack.encode(t)) for t in targets}
    last = [t.path for t in targets if t.last]
    memo.values |= {"plan": raws, "last": last}
    plan = Plan(raws, before, frozenset(last))
    if plan.removed() or any(path not in before for path in raws):
        memo.mark(PLANNED)
    return plan, (*diagnostics, *memo.found("plan", planning.diagnostics()))


TOMBSTONE = "gone"
"""The kind of the page of an item that was withdrawn."""


def _collision(one: Target, other: Target) -> Diagnostic:
    url = paths.url_path(other.path)
    alias = next((target for target in (other, one) if is_alias(target)), None)
    if alias is not None:
        rest = one if alias is other else other
        message = f"The alias `{url}` of {named(alias)} is {'also one' if is_alias(rest) else 'the address'} of {named(rest)}"
        return diagnostic("url-collision", message, _file(alias), hint="remove it from `aliases`, so that the address has one page")
    message = f"{named(one)} and {named(other)} would both be at `{url}`"
    hint = "" if is_text(one) or is_text(other) else "rename one of the files, or switch a feature off in `[features]`"
    withdrawn = next((target for target in (one, other) if target.kind == TOMBSTONE), None)
    if withdrawn is not None and is_text(one) and is_text(other):
        restored = one if withdrawn is other else other
        message = f"{named(restored)} is at `{url}`, which {named(withdrawn)} says is withdrawn"
        hint = Hint(f"to restore the text, delete {named(withdrawn)}")
    elif is_text(one) and is_text(other):
        wanted = f"{url.removesuffix('.html')}-2.html" if url.endswith(".html") else f"{url.rstrip('/')}-2/"
        hint = Hint(f"give one of them another `slug`, or another address: `url: {wanted}`", AddField("url", wanted))
    return diagnostic("url-collision", message[0].upper() + message[1:], _file(other) or _file(one), hint=hint)


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
    """Return the form by which `/a`, `/a/` and `/a/index.html` are one place; a file with an extension or a leading dot stays a file."""
    folded = paths.fold(path)
    if folded == "index.html":
        return ""
    if folded.endswith("/index.html"):
        return folded.removesuffix("/index.html")
    return folded


def _wrong(path: str) -> str:
    if _CONTROL.search(path):
        return "has a backslash or a control character"
    if _EMPTY.search(path):
        return "has an empty segment or leads out"
    if kept := next(filter(paths.is_kept_back, path.split("/")), ""):
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


def is_alias(target: Target) -> bool:
    """Whether it redirects from an alias of a text."""
    return target.role == "redirect" and is_text(target)


def is_prose(target: Target) -> bool:
    """Whether the origin is a sentence's part, which names things in backticks, and not the path of a file."""
    return "`" in target.origin


def refuse(diagnostics: Sequence[Diagnostic]) -> None:
    """Raise WolError if there is an error among the findings."""
    if any(d.severity == "error" for d in diagnostics):
        raise WolError(diagnostics)
