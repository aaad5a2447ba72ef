"""Deciding what is outdated, and why: pure, from the plan, what was recorded, changed names and the disk (verifying traces)."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping

from wol.engine.dependencies import users
from wol.engine.plan import Plan
from wol.engine.traces import BuildTraces
from wol.model.target import Name, Reason

FORCED = Reason("forced")
NEW = Reason("new")
PLANNED = Reason("planned")

FRAGMENT = "fragment"
"""The table of the HTML of fragments, and the reason of a target that uses some which are others, where nothing else is."""


def outdated(plan: Plan, before: BuildTraces, changed: Collection[Name]) -> dict[str, Reason]:
    """Return the targets to render whatever the output looks like, by path, in the order of the plan, each with its reason.

    `before` is of the last committed build; `changed` are the names whose value is another now.
    """
    traces = before.traces
    using = _using(before, changed)
    if plan.is_same and plan.raws.keys() <= traces.keys():
        return {path: using[path] for path in sorted(using) if path in plan.raws}
    reasons: dict[str, Reason] = {}
    for path in plan:
        if path not in traces:
            reasons[path] = NEW
        elif plan.differs(path):
            reasons[path] = PLANNED
        elif path in using:
            reasons[path] = using[path]
    return reasons


def _using(before: BuildTraces, changed: Collection[Name]) -> dict[str, Reason]:
    """Return the targets that used what has changed; of fragments only if they used nothing else."""
    fragments = [name for name in changed if name[0] == FRAGMENT]
    others = [name for name in changed if name[0] != FRAGMENT] if fragments else changed
    using = {path: Reason(FRAGMENT, key) for path, (_, key) in _users(before, fragments)}
    for path, (table, key) in _users(before, others):
        using[path] = Reason("dependency", f"{table} of {key}" if key else table)
    return using


def _users(before: BuildTraces, changed: Collection[Name]) -> Iterator[tuple[str, Name]]:
    """Return the targets that used one of some names, each with one such name."""
    numbers = before.index.changed(changed) if changed and before.traces else {}
    return ((path, numbers[number]) for path, number in users(before.traces, numbers.keys()).items())


ARTIFACT = "artifact"
"""The table of the bytes of artifacts, of which those targets are made that are last."""


def outdated_last(
    plan: Plan, before: BuildTraces, reasons: Mapping[str, Reason], digests: Mapping[str, str], removed: Iterable[str]
) -> dict[str, Reason]:
    """Return the targets to render when all others are made, each with its reason: those of `reasons`, and those that use an artifact that is another.

    `digests` are those of what was rendered in this build, `removed` the paths that only the last build had.
    """
    if not plan.last:
        return {}
    others = (path for path, digest in digests.items() if path not in before.outputs or before.outputs[path].digest != digest)
    using = _using(before, {(ARTIFACT, path) for path in (*others, *removed)})
    return {path: reasons.get(path) or using[path] for path in sorted(plan.last) if path in reasons or path in using}


def to_refill(reasons: Mapping[str, Reason], before: BuildTraces) -> dict[str, bytes]:
    """Return the holes of those pages in which nothing but fragments is another."""
    holes = before.holes
    return {path: holes[path] for path, reason in reasons.items() if reason.code == FRAGMENT and path in holes}


def with_damaged(reasons: Mapping[str, Reason], plan: Plan, damaged: Mapping[str, str]) -> Mapping[str, Reason]:
    """Add the targets whose outputs are not as they were left; `damaged` says which are `missing` or `tampered`."""
    more = {path: Reason(why) for path, why in damaged.items() if path in plan.raws and path not in reasons}
    return dict(sorted([*reasons.items(), *more.items()])) if more else reasons


def vanished(plan: Plan, owned: Iterable[str]) -> list[str]:
    """Return the files that wol wrote and no longer plans, sorted."""
    return sorted(path for path in owned if path not in plan.raws)
