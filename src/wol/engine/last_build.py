"""The last build, for all that goes by it: the one decision on whether it is what a build would make now, and its output as it was left."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, nullcontext
from typing import Literal

import msgspec

from wol.config.values import flatten
from wol.engine import opening, scanning
from wol.engine.changes import changed_files
from wol.engine.output.output_state import OutputState
from wol.engine.plan import refuse
from wol.engine.prepare import LoadFeatures, Setup, overridden, prepare
from wol.engine.request import BuildRequest
from wol.engine.scanning import SCAN, ScannedFiles, is_same_moment
from wol.engine.state import RawTable, State

AFTERWARDS = frozenset({"check", "deploy", "serve"})
"""Tables of the settings on which no output depends."""

FEW = 3
"""Files that a sentence names."""

_ADDRESS = frozenset({"site", "site.base_url"})

Fault = Literal["unbuilt", "marked", "outdated", "modified"]


class Unfit(msgspec.Struct, frozen=True):
    """Why nothing can go by the last build.

    `unbuilt`: there is none. `marked`: it shows what is not published. `outdated`: a build would make something else now; `reasons` are sentences.
    `modified`: files of the output are missing or were changed; `reasons` are their paths.
    """

    fault: Fault
    reasons: tuple[str, ...] = ()


class LastBuild(msgspec.Struct, frozen=True):
    """The last build for a request, while the site is held: its state, what its sources are now, and its output; `unfit` if nothing can go by it."""

    setup: Setup
    state: State
    scanned: ScannedFiles
    output: OutputState
    unfit: Unfit | None


@contextmanager
def last_build(request: BuildRequest, load_features: LoadFeatures, marker: str = "", *, as_built: bool = False) -> Iterator[LastBuild]:
    """Open a site and judge its last build; what a killed one left is completed first.

    `marker` is the file by which a build is known that shows what is not published. With `as_built` the address and the day are those for which it was
    built. Raises WolError for errors in site.toml and of the scan, and as `wol.engine.opening.open_site`.
    """
    opening.recover(request.root)
    setup = prepare(request, load_features)
    with opening.open_site(setup.place) if (setup.place.state / "state").is_file() else nullcontext():
        yield _judged(setup, marker, as_built=as_built)


def _judged(setup: Setup, marker: str, *, as_built: bool) -> LastBuild:
    state = State.load(setup.place.state / "state")
    inputs = state.inputs
    if inputs is not None and as_built:
        address, now = inputs.options.rsplit(" ", 2)[0], max(setup.now, inputs.since)
        setup = msgspec.structs.replace(setup, config=overridden(setup.config, address), now=now)
    output = OutputState(setup.place, state)
    scanned = scanning.scan_files(setup, state.of_toolchain(setup.toolchain))
    return LastBuild(setup, state, scanned, output, _unfit(setup, state, scanned, output, marker))


def _unfit(setup: Setup, state: State, scanned: ScannedFiles, output: OutputState, marker: str) -> Unfit | None:
    if marker and os.path.lexists(setup.place.output / marker):
        return Unfit("marked")
    if state.inputs is None:
        return Unfit("unbuilt")
    reasons = stale_reasons(setup, state, scanned)
    if not output.is_ours:
        reasons = (*reasons, "What wol knew of its files is gone")
    if reasons:
        return Unfit("outdated", reasons)
    return Unfit("modified", tuple(sorted(output.damaged))) if output.damaged else None


def stale_reasons(setup: Setup, known: State, scanned: ScannedFiles) -> tuple[str, ...]:
    """Return sentences on what has happened since the build of which `known` is the state; nothing if a build would make and report the same now.

    A file with different times and the same bytes, as after a checkout, has not changed. Raises WolError with the findings of the scan if there is an
    error among them: no build would succeed, whatever the last one made.
    """
    refuse(scanned.scan.diagnostics)
    return tuple(_stale_reasons(setup, known, scanned))


def _stale_reasons(setup: Setup, known: State, scanned: ScannedFiles) -> Iterator[str]:
    before = known.inputs
    if before is None or before.toolchain != setup.toolchain:
        yield "The last build was made by another version of wol, of a plugin, or of what they need"
    if before is None:
        return
    if before.options != setup.options:
        yield "The last build was made for another address: `base_url` in site.toml, or `--base-url`"
    if before.config != setup.config_digest and not _are_same(known, setup):
        yield "`site.toml` has changed since the last build"
    if not is_same_moment(setup, known):
        yield "Since the last build something was to appear or to expire"
    sources = scanned.scan.sources
    changed = {path for _, path in changed_files(known.sources, sources, known.sources.keys() | sources.keys())}
    changed |= {d.span.path for d in {*known.diagnostics(SCAN)} ^ {*scanned.scan.diagnostics} if d.span is not None}
    if changed:
        yield f"{listed(sorted(changed))} {'has' if len(changed) == 1 else 'have'} changed since the last build"


def listed(paths: Sequence[str]) -> str:
    """Return a phrase with the first of some files."""
    names = [f"`{path}`" for path in paths]
    if len(names) <= FEW:
        return " and ".join([", ".join(names[:-1]), names[-1]]) if len(names) > 1 else names[0]
    return f"{', '.join(names[:FEW])} and {len(names) - FEW:,} other file{'s' if len(names) > FEW + 1 else ''}"


def _are_same(known: State, setup: Setup) -> bool:
    """Whether another text of site.toml says the same; not where the command line hides its address, of which ids in feeds are made."""
    if setup.written.site.base_url != setup.config.site.base_url:
        return False
    before = known.table("config")
    return before is not None and _relevant(before) == _relevant(RawTable.of(flatten(setup.config)))


def _relevant(settings: RawTable) -> list[tuple[str, bytes]]:
    """Return the settings on which an output may depend, in their order; the address is among a build's options."""
    return [
        (name, bytes(value)) for name, value in settings.raws.items() if name.partition(".")[0] not in AFTERWARDS and name not in _ADDRESS
    ]
