"""Whether the last build is what one would make now: the one decision for all that goes by an output, such as `wol check` and `wol deploy`."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from wol.config.values import flatten
from wol.engine.changes import changed_files
from wol.engine.plan import refuse
from wol.engine.prepare import Setup
from wol.engine.state import State
from wol.engine.table import RawTable
from wol.engine.taking import SCAN, Taken, is_same_moment

AFTERWARDS = frozenset({"check", "deploy", "serve"})
"""Tables of the settings on which no output depends."""

FEW = 3
"""Files that a sentence names."""

_ADDRESS = frozenset({"site", "site.base_url"})


def changes(setup: Setup, known: State, taken: Taken) -> tuple[str, ...]:
    """Say in sentences what has happened since the build of which `known` is the state; nothing if a build would make and report the same now.

    A file with different times and the same bytes, as after a checkout, has not changed. Whether the output is as wol left it is another question
    (`wol.engine.standing`). Raises WolError with the findings of the scan if there is an error among them: no build would succeed, whatever the last one
    made.
    """
    refuse(taken.scan.diagnostics)
    return tuple(_changes(setup, known, taken))


def _changes(setup: Setup, known: State, taken: Taken) -> Iterator[str]:
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
    found = taken.scan.sources
    changed = {path for _, path in changed_files(known.sources, found, known.sources.keys() | found.keys())}
    changed |= {d.span.path for d in {*known.diagnostics(SCAN)} ^ {*taken.scan.diagnostics} if d.span is not None}
    if changed:
        yield f"{listed(sorted(changed))} {'has' if len(changed) == 1 else 'have'} changed since the last build"


def listed(paths: Sequence[str]) -> str:
    """Name the first of some files."""
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
    """Give the settings on which an output may depend, in their order; the address is among a build's options."""
    return [
        (name, bytes(value)) for name, value in settings.raws.items() if name.partition(".")[0] not in AFTERWARDS and name not in _ADDRESS
    ]
