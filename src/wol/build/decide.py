"""Deciding what is outdated, and why: pure, from the plan, what was recorded, changed names and the disk (verifying traces)."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping

from wol.build.manifest import Manifest
from wol.build.plan import Plan
from wol.build.uses import users
from wol.model.target import Name, Reason

FORCED = Reason("forced")
NEW = Reason("new")
PLANNED = Reason("planned")


def outdated(plan: Plan, manifest: Manifest, changed: Collection[Name]) -> dict[str, Reason]:
    """Give the targets to render whatever the output looks like, by path, in the order of the plan, each with its reason.

    `manifest` is of the last committed build; `changed` are the names whose value is another now.
    """
    traces = manifest.traces
    numbers = manifest.uses.changed(changed) if changed and traces else {}
    using = users(traces, numbers.keys())

    def depends(path: str) -> Reason:
        table, key = numbers[using[path]]
        return Reason("dependency", f"{table} of {key}" if key else table)

    if plan.is_same and plan.raws.keys() <= traces.keys():
        return {path: depends(path) for path in sorted(using) if path in plan.raws}
    reasons: dict[str, Reason] = {}
    for path in plan:
        if path not in traces:
            reasons[path] = NEW
        elif plan.differs(path):
            reasons[path] = PLANNED
        elif path in using:
            reasons[path] = depends(path)
    return reasons


def with_damaged(reasons: Mapping[str, Reason], plan: Plan, damaged: Mapping[str, str]) -> Mapping[str, Reason]:
    """Add the targets whose outputs are not as they were left; `damaged` says which are `missing` or `tampered`."""
    more = {path: Reason(why) for path, why in damaged.items() if path in plan.raws and path not in reasons}
    return dict(sorted([*reasons.items(), *more.items()])) if more else reasons


def vanished(plan: Plan, owned: Iterable[str]) -> list[str]:
    """Give the files that wol wrote and no longer plans, sorted."""
    return sorted(path for path in owned if path not in plan.raws)
