"""What the steps of the random machine are made of: building in every way, and seeing that all is as a clean build makes it."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path

import pytest
from hypothesis import note
from hypothesis.stateful import RuleBasedStateMachine

from harness import drivers, edits, permissions
from harness.clean_builds import CleanBuilds
from harness.drivers import Done, Driver, Options
from harness.edits import Edit
from harness.inputs import Inputs
from harness.site import NOW, Site, differences, tree
from harness.ticks import Ticks
from harness.world import LARGE, World
from wol import digest
from wol.content import scan
from wol.engine.output import ownership
from wol.model.site import Profile

DAY = 86_400_000_000
HARM = ("change", "delete", "empty", "same size", *5 * ["same size and time"])
LOSS = ("delete", "truncate", "garbage")
DAYS = (0, 1, 2, 3, 9, 40)
OUTPUTS: dict[Profile, str] = {"release": "public", "drafts": ".wol/drafts", "preview": ".wol/preview"}

Rounds = Sequence[Sequence[Edit]]
Aside = tuple[str, int]


class DiffersError(AssertionError):
    """A build was not what it has to be."""


class Steps(RuleBasedStateMachine):
    """One site, what happens to it, and what must hold after each build."""

    clean_builds = CleanBuilds()

    def __init__(self) -> None:
        super().__init__()
        self.folder = Path(tempfile.mkdtemp(prefix="wol-machine-", dir=drivers.scratch()))
        self.world = World.start()
        self.moment = NOW
        self.good = self.world, self.moment
        """The inputs and the time of the last release that went through, gone back to after an error. Where drafts are shown, they may be in error."""
        self.live = Site.at(self.folder / "live")
        self.inputs = Inputs(self.live.root, self.world)
        self.home = self.folder / "home"
        self.home.mkdir()
        self.session = drivers.long_lived()
        self.foreign: dict[str, bytes] = {}
        self.seen: dict[Profile, dict[str, bytes]] = {}
        self.patch = pytest.MonkeyPatch()
        permissions.enforce(self.patch)
        self.patch.setattr(scan, "TOO_LARGE", LARGE)
        self.ticks: Ticks | None = None
        """The clock of a coarse file system; None where it is that of the real one."""
        self.profile: Profile = "release"

    def teardown(self) -> None:
        self.patch.undo()
        shutil.rmtree(self.folder, ignore_errors=True)

    def deployed(self, way: str) -> None:
        """Build a release, deploy it, and see that it is what readers get."""
        self.compare(way)
        if not self.shown().get("index.html"):
            return  # a site without a home page is refused
        drivers.deployed(self.live.root, self.moment + self.releases * 1_000_000)
        self.releases += 1
        served = tree(self.folder / "www/current" / "")
        wanted = {path: data for path, data in self.shown().items() if path not in self.foreign}
        if told := differences(wanted, {path: served[path] for path in wanted if path in served}):
            raise DiffersError(f"first: the output, second: what readers get\n{told}")

    def repaired(self, number: int, way: str) -> None:
        """Deploy, do harm to what is live, and deploy again: the second deploy repairs it."""
        self.deployed(way)
        served = self.folder / "www/current"
        for place in range(number, number + 3):
            if path := self.pick(served, place * 37):
                self.harm(served / path, HARM[(place // 7) % len(HARM)])
        self.deployed(way)

    def go(self, aside: Aside, first: Sequence[Edit], rounds: Rounds, way: str) -> None:
        """Let something happen besides; edit and build in turn; and see each time that all holds."""
        what, number = aside
        if what == "wait":
            self.moment = NOW + DAYS[number % len(DAYS)] * DAY
            if self.ticks is not None:
                self.ticks.go_on(number % 4)
        elif what == "tamper":
            for place in range(number, number + 3):
                if path := self.pick(self.live.output, place * 37):
                    self.harm(self.live.output / path, HARM[(place // 7) % len(HARM)])
        elif what == "lose":
            self.lose(LOSS[number % len(LOSS)])
        elif what == "drafts":
            self.profile = "preview" if number % 2 else "drafts"
            self.compare(way)
        elif what == "deploy":
            self.repaired(number, way)
        if what in ("wait", "tamper"):
            self.compare(way)
        if first:
            self.edited(first)
            self.compare(way)
        for place, changes in enumerate(rounds, 1):
            self.edited(changes)
            if len(changes) == 1 or place == len(rounds):
                self.compare(way)  # what one edit does to the output, no other hides
            else:
                self.build(way)
        if not (rounds or first):
            self.compare(way)
        self.profile = "release"

    def interrupted(self, after: int, how: str) -> None:
        """Kill a build on the way, or fill the disk (`how` is then `full`)."""
        if how == "full":
            drivers.full(self.live.root, Options(self.moment), after)
        else:
            drivers.killed(self.live.root, Options(self.moment), after, how)
        self.seen.clear()
        self.harmed = True

    def edited(self, changes: Sequence[Edit]) -> None:
        """Carry out edits on the inputs, and write what became of them."""
        self.world = self.world.copy()
        for change in changes:
            note(edits.carry_out(self.world, change))
        self.inputs.sync(self.world)

    releases = 0
    """How many were deployed."""
    harmed = False
    """Whether caches were damaged: what is then made again may be written although it is the same."""
    lost = False
    """Whether the state is lost, up to the next build."""

    def settle(self, profile: Profile, way: str) -> bool:
        """Build a profile, so that nothing but what is planned stands in its output; tells whether that went."""
        self.profile = profile
        went = not self.build(way).errors or not self.build(way).errors
        self.profile = "release"
        return went

    def pick(self, folder: Path, number: int, below: Sequence[str] = ()) -> str:
        """Give the path of one file, if there is any; never of a foreign one."""
        files = [path for path in tree(folder) if path not in self.foreign and path.partition("/")[0] not in below]
        return files[number % len(files)] if files else ""

    def harm(self, place: Path, how: str) -> None:
        """Do harm to a file."""
        self.seen.clear()
        note(f"{how} {place.relative_to(self.folder)}")
        if how == "delete":
            place.unlink()
            return
        data, time = place.read_bytes(), place.stat().st_mtime_ns
        harmed = {
            "truncate": data[: len(data) // 2],
            "garbage": b"garbage " * 9,
            "empty": b"",
            "change": data + b"<!-- x -->",
            "same size": bytes(byte ^ 1 for byte in data),
            "same size and time": bytes(byte ^ 1 for byte in data),
        }
        place.write_bytes(harmed[how])
        if how == "same size and time":
            os.utime(place, ns=(time, time))

    def lose(self, how: str) -> None:
        """Do harm to the state, where there is one."""
        state = self.live.root / ".wol/state/release/state"
        if state.exists():
            self.harm(state, how)
            self.lost = True

    @property
    def output(self) -> Path:
        return self.live.root / OUTPUTS[self.profile]

    def driver(self, way: str | Driver) -> Driver:
        return way if not isinstance(way, str) else self.session if way == "session" else drivers.fresh

    def build(self, way: str | Driver, *, jobs: int = 1, adopt: bool = False, torn: bool = False) -> Done:
        """Build, and see what can be seen of a build alone; `adopt` if it stops because it does not know what is its own."""
        before = self.shown()
        options = Options(self.moment, jobs, self.profile)
        done = self.driver(way)(self.live.root, options)
        if adopt and any('"output-foreign"' in line for line in done.errors):
            done = self.driver(way)(self.live.root, Options(self.moment, jobs, self.profile, adopt=True))
        self.seen.pop(self.profile)
        after = self.shown()
        note(f"built: {len(done.outcomes)} rendered, {len(done.errors)} errors")
        if done.errors:
            if after != before and not torn:
                raise DiffersError(f"a build in error changed the output\n{differences(before, after)}")
            self.check_errors(done)
            return done
        if self.profile == "release":
            self.good = self.world, self.moment
        if wrong := [outcome for outcome in done.outcomes if outcome[1] not in drivers.REASONS]:
            raise DiffersError(f"rendered without a reason: {wrong[:5]}")
        if not torn:
            written = {path for path, *_, is_written in done.outcomes if is_written}
            changed = {path for path in before.keys() | after.keys() if before.get(path) != after.get(path)}
            told = written | (before.keys() & done.removed)  # what is to go may have gone already
            if changed - told or (told - changed and not (self.harmed or self.lost)):
                raise DiffersError(f"told of other files than it changed: {sorted(changed ^ told)[:5]}")
        self.lost = self.lost and self.profile != "release"
        return done

    def check_errors(self, done: Done) -> None:
        """See that a clean build has the same errors; then go back to what was good."""
        expected, _ = self.clean()
        if expected.errors != done.errors:
            raise DiffersError(f"a clean build told {expected.errors}\nthis one {done.errors}")
        self.world, self.moment = self.good
        self.inputs.sync(self.world)

    def shown(self) -> dict[str, bytes]:
        """Give the files of the output, which are read again after each build and each thing that happens to them."""
        if self.profile not in self.seen:
            self.seen[self.profile] = tree(self.output)
        return self.seen[self.profile]

    def clean(self) -> tuple[Done, dict[str, bytes]]:
        """Build the inputs from nothing in another folder."""
        inputs = digest.of_bytes(repr((self.inputs.written, sorted(self.world.closed), self.moment, self.profile)).encode())
        return self.clean_builds.of(inputs, self.build_clean)

    def build_clean(self) -> tuple[Done, dict[str, bytes]]:
        root = self.folder / "clean"
        shutil.rmtree(root, ignore_errors=True)
        Inputs(root, self.world)
        done = drivers.fresh(root, Options(self.moment, profile=self.profile))
        return done, tree(root / OUTPUTS[self.profile])

    def compare(self, way: str | Driver) -> None:
        """Build, and hold all that a writer and a reader can see against a clean build of the same inputs."""
        done = self.build(way)
        if done.errors:
            done = self.build(way)
            if done.errors and self.profile != "release":
                return
            if done.errors:
                raise DiffersError(f"the inputs that were good are in error now: {done.errors}")
        expected, files = self.clean()
        after = self.shown()
        foreign = self.foreign if self.profile == "release" else {}
        if told := differences(foreign, {p: d for p, d in after.items() if p in foreign}):
            raise DiffersError(f"foreign files were touched\n{told}")
        if told := differences(files, {p: d for p, d in after.items() if p not in foreign}):
            raise DiffersError(f"first: clean, second: incremental\n{told}")
        self.check_owned({p: d for p, d in after.items() if p not in foreign})
        if expected.diagnostics != done.diagnostics:
            raise DiffersError(f"a clean build warned of {expected.diagnostics}\nthe incremental one of {done.diagnostics}")
        again = self.build(way)
        if again.outcomes or again.removed or self.shown() != after:
            raise DiffersError(f"a further build did something: {again.outcomes[:5]} {again.removed[:5]}")
        if again.diagnostics != done.diagnostics:
            raise DiffersError(f"a build warned of {done.diagnostics}\na further one of {again.diagnostics}")
        self.check_inputs()

    def check_owned(self, files: Mapping[str, bytes]) -> None:
        """See that wol owns what it wrote and nothing else, since it relies on that list alone where all else is lost."""
        found = ownership.read(self.live.root / f".wol/state/{self.profile}/owned")
        wrong = set(found.files.items() if found is not None else ()) ^ {(path, digest.of_bytes(data)) for path, data in files.items()}
        if wrong:
            raise DiffersError(f"wol owns other files than it wrote: {sorted(wrong)[:5]}")

    def check_inputs(self) -> None:
        """See that nothing but the output and the caches has changed."""
        here = tree(self.live.root, without=("public", ".wol"))
        if told := differences(self.inputs.written, here):
            raise DiffersError(f"the inputs were touched\n{told}")
        beside = {place.name for place in self.folder.iterdir()} - {"live", "clean", "home", "www"}
        if beside or any(self.home.iterdir()):
            raise DiffersError(f"something was left outside of the site: {beside}, {list(self.home.iterdir())}")
