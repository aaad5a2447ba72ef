"""Deciding what is outdated, and why: pure, from traces, changed names and the disk (verifying traces)."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence, Set

from wol.model.target import Name, Reason, Target, Trace

FORCED = Reason("forced")


def outdated(
    targets: Iterable[Target],
    traces: Mapping[str, Trace],
    names: Sequence[Name],
    changed: Set[Name],
    damaged: Mapping[str, str],
    *,
    everything: bool = False,
) -> dict[str, Reason]:
    """Give the targets to render, by path, each with its reason.

    `traces` are of the last committed build, whose dependencies are numbers into `names`; `changed` are the names whose value is another now;
    `damaged` says which outputs are `missing` or `tampered`.
    """
    numbers = {number for number, name in enumerate(names) if name in changed} if changed else set()
    reasons: dict[str, Reason] = {}
    for target in targets:
        reason = FORCED if everything else _reason(target, traces.get(target.path), names, numbers, damaged)
        if reason is not None:
            reasons[target.path] = reason
    return reasons


def _reason(
    target: Target, trace: Trace | None, names: Sequence[Name], changed: Collection[int], damaged: Mapping[str, str]
) -> Reason | None:
    if trace is None:
        return Reason("new")
    if trace.target != target:
        return Reason("planned")
    if changed:
        for number in trace.dependencies:
            if number in changed:
                table, key = names[number]
                return Reason("dependency", f"{table} of {key}" if key else table)
    state = damaged.get(target.path)
    return Reason(state) if state is not None else None


def vanished(targets: Iterable[Target], owned: Iterable[str]) -> list[str]:
    """Give the files that wol wrote and no longer plans, sorted."""
    return sorted(set(owned) - {t.path for t in targets})
