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


def outdated(plan: Plan, manifest: Manifest, changed: Collection[Name], damaged: Mapping[str, str]) -> dict[str, Reason]:
    """Give the targets to render, by path, each with its reason.

    `manifest` is of the last committed build; `changed` are the names whose value is another now; `damaged` says which outputs are `missing` or `tampered`.
    """
    traces = manifest.traces
    numbers = manifest.uses.changed(changed) if changed and traces else {}
    using = users(traces, numbers.keys())
    is_same = plan.is_same
    reasons: dict[str, Reason] = {}
    for path in plan:
        if path not in traces:
            reasons[path] = NEW
        elif not is_same and plan.differs(path):
            reasons[path] = PLANNED
        elif path in using:
            table, key = numbers[using[path]]
            reasons[path] = Reason("dependency", f"{table} of {key}" if key else table)
        elif path in damaged:
            reasons[path] = Reason(damaged[path])
    return reasons


def vanished(plan: Plan, owned: Iterable[str]) -> list[str]:
    """Give the files that wol wrote and no longer plans, sorted."""
    return sorted(path for path in owned if path not in plan.raws)
