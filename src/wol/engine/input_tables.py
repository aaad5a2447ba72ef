"""The tables of inputs: a file whose bytes are those of the last build is not parsed again, and what is hidden is left out of them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import msgspec

from wol.engine.jobs import execute
from wol.engine.prepare import Setup
from wol.engine.protocol.feature_inputs import BATCH, ParseTask, code_name, context, declared, owners, parse_batch, problems
from wol.engine.scanning import ScannedFiles, is_same_setup
from wol.engine.state import State
from wol.engine.step_cache import StepCache
from wol.errors import Diagnostic, WolError, diagnostic, fold
from wol.model.source import Source
from wol.site.arrange import Arranged
from wol.site.core_tables import INPUT
from wol.site.shown_inputs import shown

SECTION = "inputs parsed"
"""The name by which a state has what is known of inputs besides their tables."""

PRIVATE = f"{INPUT}private"
"""The table of the files that are never published, for the checks of links."""


class KnownInput(msgspec.Struct, frozen=True, array_like=True):
    """What the last build knew of one input: what parsed it, the digest of each file, and the values of the files that were hidden."""

    code: str
    digests: dict[str, str]
    hidden: dict[str, msgspec.Raw]


class ReadInput(msgspec.Struct, frozen=True):
    """One input as it is now: the digest of each file, and the values that had to be made."""

    code: str
    digests: dict[str, str]
    fresh: Mapping[str, msgspec.Raw]

    def is_as(self, known: KnownInput | None) -> bool:
        """Whether no file differs from the last build."""
        return known is not None and self.code == known.code and self.digests == known.digests


class ReadInputs(msgspec.Struct, frozen=True):
    """All inputs by their tables, and what is wrong with them."""

    inputs: Mapping[str, ReadInput] = {}
    private: Mapping[str, str] = {}
    """The files that are never published, with the name of a feature that reads them."""
    diagnostics: tuple[Diagnostic, ...] = ()


def read_inputs(setup: Setup, state: State, scanned: ScannedFiles) -> ReadInputs:
    """Parse the files that differ from the last build; raises WolError (plugin-failed) if two features use one name."""
    declared(setup.features)
    tree = scanned.scan.tree
    if not tree.inputs:
        return ReadInputs()
    job = context(str(setup.place.root), setup.features)
    known = _known(state)
    read: dict[str, ReadInput] = {}
    fresh: dict[str, dict[str, msgspec.Raw]] = {}
    tasks: list[ParseTask] = []
    for name, files in tree.inputs.items():
        code = code_name(job.inputs[name])
        before = known[name].digests if name in known and known[name].code == code else {}
        tasks += [ParseTask(name, source) for source in files.values() if not _is_parsed(source, before)]
        fresh[name] = {}
        read[name] = ReadInput(code, {key: source.digest for key, source in files.items()}, fresh[name])
    work = execute.batches(tasks, BATCH)
    results = [one for done in execute.run(parse_batch, job, work, execute.processes(setup.jobs, len(tasks))) for one in done]
    for task, result in zip(tasks, results, strict=True):
        if result.value:
            fresh[task.table][task.source.key] = msgspec.Raw(result.value)
    diagnostics = sorted(problems(tasks, results, setup.features), key=lambda one: one.span.path if one.span is not None else "")
    owner = owners(setup.features)
    private = {key: owner[name].name for name, files in tree.inputs.items() for key in files if key not in tree.attachments}
    return ReadInputs(read, private, fold(dict.fromkeys(diagnostics)))


def store_inputs(
    memo: StepCache, setup: Setup, state: State, read: ReadInputs, before: Arranged, after: Arranged
) -> dict[str, dict[str, KnownInput]]:
    """Make the tables of this build, or take those of the last; returns the section of the next state. Raises WolError (plugin-failed) for a core table's name."""
    if not read.inputs:
        return {}
    memo.store(PRIVATE, read.private)
    known = _known(state)
    is_same = after is before and is_same_setup(setup, state)
    next_known: dict[str, KnownInput] = {}
    for name, one in read.inputs.items():
        if name in memo.tables:
            raise WolError(
                diagnostic("plugin-failed", f"An input is called `{name}`, as a table of wol", hint="give the input another name")
            )
        if is_same and one.is_as(known.get(name)):
            memo.reuse(name)
            next_known[name] = known[name]
            continue
        values = _values(state, name, one, known.get(name))
        visible = dict.fromkeys(shown(values, after, setup.request.visibility))
        memo.store(name, {key: values[key] for key in visible})
        next_known[name] = KnownInput(one.code, one.digests, {key: value for key, value in values.items() if key not in visible})
    return {SECTION: next_known}


def _is_parsed(source: Source, digests: Mapping[str, str]) -> bool:
    """Whether the last build has the value of a file."""
    return digests.get(source.key) == source.digest


def _known(state: State) -> dict[str, KnownInput]:
    """Return what the last build knew, of inputs whose tables it has."""
    known = state.section(SECTION, dict[str, KnownInput], {})
    return {name: one for name, one in known.items() if f"table {name}" in state}


def _values(state: State, name: str, one: ReadInput, known: KnownInput | None) -> dict[str, msgspec.Raw]:
    """Return the value of every file, hidden or not."""
    table = state.table(name) if known is not None else None
    raws: Iterable[Mapping[str, msgspec.Raw]] = (
        one.fresh,
        known.hidden if known is not None else {},
        table.raws if table is not None else {},
    )
    return {key: next(values[key] for values in raws if key in values) for key in one.digests}
