"""The last build of the public site, as its state tells: what was planned and made, of which items, and what was found then."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

import msgspec

from wol import stamps
from wol.engine import commit, current, disk, opening, taking
from wol.engine.items import Items, arranged_of
from wol.engine.pages import Pages
from wol.engine.prepare import LoadFeatures, Setup, overridden, prepare
from wol.engine.request import BuildRequest
from wol.engine.sealed import CorruptCacheError
from wol.engine.sources import read_sources
from wol.engine.standing import Standing
from wol.engine.state import Output, State
from wol.engine.store import PageStore
from wol.engine.taking import Taken
from wol.errors import Diagnostic, WolError, diagnostic
from wol.model.config import Config
from wol.model.item import Summary
from wol.model.site import State as ItemState
from wol.model.target import Target
from wol.stamps import Stamp
from wol.theme.lookup import Lookup


class Built(msgspec.Struct, frozen=True):
    """The public site as it was last built.

    `config` has the address for which it was built. `now` is the build's instant in microseconds. `items` are those that the build has, with their
    `states`; `hidden` are all others. `told` is what the build found. `damage` are files of the output that are `missing` or `tampered`,
    `leftover` files there that are not part of the site.
    """

    root: Path
    output: Path
    config: Config
    jobs: int
    now: int
    targets: Mapping[str, Target]
    outputs: Mapping[str, Output]
    items: Mapping[str, Summary]
    states: Mapping[str, ItemState]
    listed: frozenset[str]
    hidden: Mapping[str, Summary]
    hidden_states: Mapping[str, ItemState]
    told: tuple[Diagnostic, ...]
    damage: Mapping[str, str]
    leftover: tuple[str, ...]
    taken: Taken
    templates: Lookup


@contextmanager
def last_build(root: Path, load_features: LoadFeatures, jobs: int | None = None) -> Iterator[Built]:
    """Give the last build of the public site; what a killed one left is completed first.

    No build has to wait while its files are looked at: if one changes them meanwhile, that is seen at the end, and is check-outdated. Raises WolError:
    check-no-build, check-outdated; build-locked, write-failed as `opening.opened`; and for errors in site.toml.
    """
    opening.settle(root)
    setup = prepare(BuildRequest(root, jobs=jobs), load_features)
    if not (setup.place.state / "state").is_file():
        raise WolError(diagnostic("check-no-build", "The site has not been built yet"))
    with opening.opened(setup.place):
        try:
            found = _built(setup)
        except CorruptCacheError:
            raise WolError(diagnostic("check-no-build", "What wol knew of the last build is damaged")) from None
        before = _identity(setup.place.state)
    yield found
    if _identity(setup.place.state) != before:
        raise WolError(diagnostic("check-outdated", "Another build has changed the output meanwhile", hint="check again"))


def _identity(folder: Path) -> Stamp | None:
    """Give by what a state is known that no build has replaced; nothing while a commit is open."""
    try:
        found = (folder / "state").stat()
    except OSError:
        return None
    return None if commit.is_open(folder) else stamps.of(found)


def _built(setup: Setup) -> Built:
    state = State.load(setup.place.state / "state")
    inputs = state.inputs
    if inputs is None:
        raise WolError(diagnostic("check-no-build", "What wol knew of the last build is of another version, or damaged"))
    address, now = inputs.options.rsplit(" ", 2)[0], max(setup.now, inputs.since)  # a build may be of a later day, or for another address
    setup = msgspec.structs.replace(setup, config=overridden(setup.config, address), now=now)
    taken = taking.take(setup, state.of_toolchain(setup.toolchain))
    changed = current.changes(setup, state, taken)
    if changed:
        raise WolError(diagnostic("check-outdated", changed[0], notes=changed[1:]))
    outputs = state.outputs
    damage = Standing(setup.place, state).damaged
    if outputs and len(damage) == len(outputs):
        raise WolError(diagnostic("check-no-build", f"`{setup.config.build.output}/` does not hold the site any more"))
    arranged = arranged_of(state)
    store = _store(setup, state, taken)
    plan = state.section("plan", dict[str, msgspec.Raw], {})
    tree = taken.scan.tree
    try:
        store.load(state.read_keys.values())
        pages = Pages(store, state.read_keys, state.section("homes", dict[str, tuple[str, int]], {}))
        hidden = {key: pages.summary(key) for key in arranged.hidden}
        items = dict(Items.of(state, store).items())
    except KeyError as error:
        raise CorruptCacheError(str(error)) from error
    return Built(
        root=setup.place.root,
        output=setup.place.output,
        config=setup.config,
        jobs=setup.jobs,
        now=inputs.since,
        targets={path: msgspec.msgpack.decode(raw, type=Target) for path, raw in plan.items()},
        outputs=outputs,
        items=items,
        states=arranged.states,
        listed=frozenset(arranged.listed),
        hidden=hidden,
        hidden_states=arranged.hidden,
        told=state.facts.diagnostics,
        damage=damage,
        leftover=tuple(disk.leftover(setup.place.output, outputs)),
        taken=taken,
        templates=Lookup([theme.name for theme in taken.themes], tree.theme),
    )


def _store(setup: Setup, state: State, taken: Taken) -> PageStore:
    """Give the page store; what it lacks, since the build was killed before it was kept, is read again."""
    store = PageStore(setup.place.store, setup.toolchain)
    if any(key not in store for key in state.read_keys.values()):
        read, _ = read_sources(setup, state, store, taken)
        store.save(read.read_keys.values())
    return store
