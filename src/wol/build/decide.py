"""Deciding what is outdated, and why: pure, from the plan, what was recorded, changed names and the disk (verifying traces)."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping

from wol.build.manifest import Manifest
from wol.build.plan import Plan
from wol.build.uses import of_trace
from wol.model.target import Name, Reason

FORCED = Reason("forced")


def outdated(plan: Plan, manifest: Manifest, changed: Collection[Name], damaged: Mapping[str, str]) -> dict[str, Reason]:
    """Give the targets to render, by path, each with its reason.

    `manifest` is of the last committed build; `changed` are the names whose value is another now; `damaged` says which outputs are `missing` or `tampered`.
    """
    numbers = manifest.uses.changed(changed) if changed else {}
    reasons: dict[str, Reason] = {}
    traces = manifest.traces
    for path in plan:
        trace = traces.get(path)
        if trace is None:
            reasons[path] = Reason("new")
        elif not plan.is_same and plan.differs(path):
            reasons[path] = Reason("planned")
        elif numbers and not numbers.keys().isdisjoint(found := of_trace(trace)):
            table, key = next(numbers[number] for number in found if number in numbers)
            reasons[path] = Reason("dependency", f"{table} of {key}" if key else table)
        elif path in damaged:
            reasons[path] = Reason(damaged[path])
    return reasons


def vanished(plan: Plan, owned: Iterable[str]) -> list[str]:
    """Give the files that wol wrote and no longer plans, sorted."""
    return sorted(path for path in owned if path not in plan.raws)
