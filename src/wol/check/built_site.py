"""The last build of the public site, as its state tells: what was planned and made, of which items, and what was found then."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

import msgspec

from wol import stamps
from wol.engine.cache_files import CorruptCacheError
from wol.engine.items import ItemReader, Items, arranged_of
from wol.engine.last_build import LastBuild, last_build
from wol.engine.output import commit
from wol.engine.output.ownership import foreign
from wol.engine.page_store import PageStore
from wol.engine.prepare import LoadFeatures, Setup
from wol.engine.reading import read_sources
from wol.engine.request import BuildRequest
from wol.engine.scanning import ScannedFiles
from wol.engine.state import Output, State
from wol.errors import Diagnostic, WolError, diagnostic
from wol.model.config import Config
from wol.model.feature import Feature
from wol.model.item import Summary
from wol.model.site import State as ItemState
from wol.model.target import Target
from wol.site.arrange import Arranged
from wol.stamps import Stamp
from wol.theme.lookup import Lookup


class BuiltSite(msgspec.Struct, frozen=True):
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
    taken: ScannedFiles
    templates: Lookup
    features: tuple[Feature, ...]
    state: State
    arranged: Arranged
    homes: Mapping[str, tuple[str, int]]
    read_keys: Mapping[str, str]
    load_features: LoadFeatures


@contextmanager
def built_site(root: Path, load_features: LoadFeatures, jobs: int | None = None) -> Iterator[BuiltSite]:
    """Give the last build of the public site; what a killed one left is completed first.

    No build has to wait while its files are looked at: if one changes them meanwhile, that is seen at the end, and is check-outdated. Raises WolError:
    check-no-build, check-outdated; as `wol.engine.last_build.last_build`.
    """
    with last_build(BuildRequest(root, jobs=jobs), load_features, as_built=True) as last:
        _refuse_unfit(last)
        state_folder = last.setup.place.state
        try:
            built = _built_site(last, load_features)
        except CorruptCacheError:
            raise WolError(diagnostic("check-no-build", "What wol knew of the last build is damaged")) from None
        before = _identity(state_folder)
    yield built
    if _identity(state_folder) != before:
        raise WolError(diagnostic("check-outdated", "Another build has changed the output meanwhile", hint="check again"))


def _refuse_unfit(last: LastBuild) -> None:
    """Raise WolError unless there is a current build to look at; files that were changed are findings."""
    if last.unfit is None:
        return
    if last.unfit.fault == "unbuilt":
        is_known = (last.setup.place.state / "state").is_file()
        message = "What wol knew of the last build is of another version, or damaged" if is_known else "The site has not been built yet"
        raise WolError(diagnostic("check-no-build", message))
    if last.unfit.fault == "outdated":
        first, *others = last.unfit.reasons
        raise WolError(diagnostic("check-outdated", first, notes=others))
    if len(last.unfit.reasons) == len(last.state.outputs):
        raise WolError(diagnostic("check-no-build", f"`{last.setup.config.build.output}/` does not hold the site any more"))


def _identity(folder: Path) -> Stamp | None:
    """Give by what a state is known that no build has replaced; nothing while a commit is open."""
    try:
        found = (folder / "state").stat()
    except OSError:
        return None
    return None if commit.is_open(folder) else stamps.of(found)


def _built_site(last: LastBuild, load_features: LoadFeatures) -> BuiltSite:
    setup, state, scanned = last.setup, last.state, last.scanned
    outputs = state.outputs
    arranged = arranged_of(state)
    store = _store(setup, state, scanned)
    plan = state.section("plan", dict[str, msgspec.Raw], {})
    tree = scanned.scan.tree
    try:
        store.load(state.read_keys.values())
        homes = state.section("homes", dict[str, tuple[str, int]], {})
        pages = ItemReader(store, state.read_keys, homes)
        hidden = {key: pages.summary(key) for key in arranged.hidden}
        items = dict(Items.of(state, store).items())
    except KeyError as error:
        raise CorruptCacheError(str(error)) from error
    return BuiltSite(
        root=setup.place.root,
        output=setup.place.output,
        config=setup.config,
        jobs=setup.jobs,
        now=state.inputs.since if state.inputs is not None else setup.now,
        targets={path: msgspec.msgpack.decode(raw, type=Target) for path, raw in plan.items()},
        outputs=outputs,
        items=items,
        states=arranged.states,
        listed=frozenset(arranged.listed),
        hidden=hidden,
        hidden_states=arranged.hidden,
        told=state.facts.diagnostics,
        damage=last.output.damaged,
        leftover=tuple(foreign(setup.place.output, outputs)),
        taken=scanned,
        templates=Lookup([theme.name for theme in scanned.themes], tree.theme),
        features=tuple(setup.features),
        state=state,
        arranged=arranged,
        homes=homes,
        read_keys=state.read_keys,
        load_features=load_features,
    )


def _store(setup: Setup, state: State, scanned: ScannedFiles) -> PageStore:
    """Give the page store; what it lacks, since the build was killed before it was kept, is read again."""
    store = PageStore(setup.place.store, setup.toolchain)
    if any(key not in store for key in state.read_keys.values()):
        read, _ = read_sources(setup, state, store, scanned)
        store.save(read.read_keys.values())
    return store
