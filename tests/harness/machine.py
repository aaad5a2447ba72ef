"""The state machine: one site that is edited, damaged and built in every way, and that is always as a clean build makes it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import cast

from hypothesis import HealthCheck, Phase, assume, seed, settings
from hypothesis import strategies as st
from hypothesis.stateful import initialize, rule, run_state_machine_as_test

from harness import edits
from harness.drivers import Process
from harness.edits import Edit
from harness.steps import Aside, DiffersError, Rounds, Steps
from harness.ticks import FAT, HFS, Ticks
from wol.model.site import Profile

FOREIGN = ("CNAME", ".git/HEAD", "mine/by-hand.txt", "2026/by-hand.txt", "assets/by-hand.css")

MANY = st.lists(edits.ANY, min_size=1, max_size=6)
ONE = st.lists(
    edits.of(
        *5 * ["detail"],
        *3 * ["fact"],
        *2 * ["switch"],
        *4 * ["plugin theme", "mention"],
        *2 * ["option", "recording", "book", "series"],
        *4 * ["template", "resettle", "input"],
        *3 * ["rewrite", "hide", "refused"],
        *2 * ["setting", "burst", "twice", "ledger", "aimed"],
        "long",
    ),
    min_size=1,
    max_size=1,
)
ROUNDS = st.lists(st.one_of(MANY, ONE, ONE), min_size=1, max_size=4)
"""Edits, a build, more edits, another build."""
NUMBER = st.integers(0, 9999)
WAYS = st.sampled_from(("fresh", "session"))
ASIDE = st.tuples(st.sampled_from(("", "", "wait", "wait", "tamper", "tamper", "drafts", "lose", "deploy")), NUMBER)
"""What happens besides."""
NOTHING: Aside = ("", 0)


class Machine(Steps):
    """All rules that the architecture names."""

    @initialize(
        changes=st.lists(edits.ANY, max_size=8),
        profile=st.sampled_from(("release", "drafts", "preview")),
        step=st.sampled_from((0, HFS, FAT)),
    )
    def begin(self, changes: Sequence[Edit], profile: Profile, step: int) -> None:
        """Begin with any site, on a file system with a fine or a coarse clock, of which another profile may be there too; not with the simplest sequence, which is nothing but builds of what nobody edits."""
        assume(changes)
        if step:
            self.ticks = Ticks(step)
            self.ticks.install(self.patch)
        self.edited(changes)
        if self.build("fresh").errors and (told := self.build("fresh").errors):
            raise DiffersError(f"the site to begin with is in error: {told}")
        if profile != "release":
            self.profile = profile
            self.compare("fresh")
            self.profile = "release"

    @rule()
    def build_again(self) -> None:
        """Build with nothing edited."""
        self.compare("fresh")

    @rule(aside=ASIDE, rounds=ROUNDS, way=WAYS)
    def edit(self, aside: Aside, rounds: Rounds, way: str) -> None:
        """Edit anything."""
        self.go(aside, [], rounds, way)

    @rule(first=edits.of("rename", "delete", "again", "state"), aside=ASIDE, rounds=ROUNDS, way=WAYS)
    def come_and_go(self, first: Edit, aside: Aside, rounds: Rounds, way: str) -> None:
        """Rename, delete, add again or hide a text, and edit on."""
        self.go(aside, [first], rounds, way)

    @rule(first=edits.of("input", "hide", "hide"), aside=ASIDE, rounds=ROUNDS, way=WAYS)
    def edit_what_a_plugin_reads(self, first: Edit, aside: Aside, rounds: Rounds, way: str) -> None:
        """Edit, remove or rename a file that a plugin reads itself, or hide the post in whose folder it is, and nothing else."""
        self.build(way)
        self.go(aside, [first], rounds, way)

    @rule(first=edits.of("link", "link", "again", "file"), aside=ASIDE, rounds=ROUNDS, way=WAYS)
    def link(self, first: Edit, aside: Aside, rounds: Rounds, way: str) -> None:
        """Link to what is absent, or bring something that may have been linked to."""
        self.go(aside, [first], rounds, way)

    @rule(first=edits.of("template", "template", "override", "asset", "plugin theme", "plugin theme"), aside=ASIDE, rounds=ROUNDS, way=WAYS)
    def change_the_theme(self, first: Edit, aside: Aside, rounds: Rounds, way: str) -> None:
        """Change or override a template or an asset."""
        self.go(aside, [first], rounds, way)

    @rule(first=edits.of("setting", "resettle", "defaults"), aside=ASIDE, rounds=ROUNDS, way=WAYS)
    def change_settings(self, first: Edit, aside: Aside, rounds: Rounds, way: str) -> None:
        """Change a setting, or what holds for a folder."""
        self.go(aside, [first], rounds, way)

    @rule(wrong=edits.of("mistake"), aside=ASIDE, rounds=ROUNDS, way=WAYS)
    def make_a_mistake(self, wrong: Edit, aside: Aside, rounds: Rounds, way: str) -> None:
        """Break something (a plugin may declare false columns), build, and go on from where it was good."""
        self.go(aside, [wrong], rounds, way)

    @rule(wrong=edits.of("refused"), aside=ASIDE, rounds=ROUNDS, way=WAYS)
    def refuse_an_input(self, wrong: Edit, aside: Aside, rounds: Rounds, way: str) -> None:
        """Put in what a scan refuses, and nothing else: the error is that of a clean build, and undone it leaves nothing to do."""
        self.build(way)
        self.go(aside, [wrong], rounds, way)

    @rule(wrong=edits.of("long"), aside=ASIDE, rounds=ROUNDS, way=WAYS)
    def ask_for_too_long_a_name(self, wrong: Edit, aside: Aside, rounds: Rounds, way: str) -> None:
        """Ask for a page that no file system can hold: nothing is half done, and the site can be built on."""
        self.go(aside, [wrong], rounds, way)

    @rule(first=edits.of("aimed", "twice", "twice"), aside=ASIDE, rounds=ROUNDS, way=WAYS)
    def change_without_a_trace(self, first: Edit, aside: Aside, rounds: Rounds, way: str) -> None:
        """Let a link lead elsewhere, or write texts again that keep their sizes and times."""
        self.go(aside, [first], rounds, way)

    @rule(number=NUMBER, how=st.sampled_from(("truncate", "garbage", "delete", "empty")), aside=ASIDE, rounds=ROUNDS, way=WAYS)
    def truncate_the_state(self, number: int, how: str, aside: Aside, rounds: Rounds, way: str) -> None:
        """Do harm to a file of the caches; only where the list of owned files is lost have the planned ones to be taken over, and then nothing else may stand there."""
        folder = self.live.root / (".wol/state" if number % 2 else ".wol")
        path = self.pick(folder, number // 2, below=("drafts", "preview"))
        adopt = path.endswith("/owned")
        if path and (not adopt or self.settle(cast(Profile, path.split("/")[-2]), way)):
            self.harm(folder / path, how)
            self.harmed = True
        self.build(way, adopt=adopt)
        for self.profile in ("drafts", "preview"):
            if self.output.exists():
                self.build(way, adopt=adopt)
        self.profile = "release"
        self.go(aside, [], rounds, way)

    @rule(
        before=st.lists(edits.ANY, max_size=4),
        after=st.integers(0, 40),
        how=st.sampled_from(("place", "place", "", "full")),
        aside=ASIDE,
        rounds=ROUNDS,
    )
    def crash(self, before: Sequence[Edit], after: int, how: str, aside: Aside, rounds: Rounds) -> None:
        """Kill a build on the way, mostly while it puts files in their places, or fill the disk; then go on."""
        self.edited(before)
        self.interrupted(after, how)
        self.build("fresh", torn=True)
        self.go(aside, [], rounds, "fresh")

    @rule(
        hashes=st.integers(0, 1000),
        zone=st.sampled_from(("UTC", "Pacific/Kiritimati", "America/Los_Angeles")),
        locale=st.sampled_from(("C", "C.UTF-8", "tr_TR.UTF-8")),
        jobs=st.sampled_from((1, 2)),
        changes=st.lists(edits.ANY, max_size=3),
        rounds=ROUNDS,
    )
    def build_elsewhere(self, hashes: int, zone: str, locale: str, jobs: int, changes: Sequence[Edit], rounds: Rounds) -> None:
        """Build in a process of its own: another hash seed, zone, locale and number of processes."""
        self.edited(changes)
        self.build(Process(hashes, zone, locale, self.home), jobs=jobs)
        self.go(NOTHING, [], rounds, "fresh")

    @rule(changes=st.lists(edits.ANY, max_size=3), rounds=ROUNDS, way=WAYS)
    def build_in_parallel(self, changes: Sequence[Edit], rounds: Rounds, way: str) -> None:
        """Build with two processes what a clean build makes with one."""
        self.edited(changes)
        self.build(way, jobs=2)
        self.go(NOTHING, [], rounds, way)

    @rule(path=st.sampled_from(FOREIGN), aside=ASIDE, rounds=ROUNDS, way=WAYS)
    def put_a_foreign_file(self, path: str, aside: Aside, rounds: Rounds, way: str) -> None:
        """Put a file into the output by hand."""
        if not (self.live.output / path).exists():
            self.foreign[path] = b"by hand"
            self.live.write(f"public/{path}", b"by hand")
            self.seen.clear()
        self.go(aside, [], rounds, way)

    @rule(number=NUMBER, changes=st.lists(edits.ANY, max_size=3), way=WAYS)
    def deploy(self, number: int, changes: Sequence[Edit], way: str) -> None:
        """Deploy to a folder, do harm to what is there, deploy again, and once more after edits: readers see the output each time."""
        self.repaired(number, way)
        if changes:
            self.edited(changes)
            self.deployed(way)


GENERATE = settings(
    database=None,
    deadline=None,
    phases=(Phase.generate,),
    suppress_health_check=list(HealthCheck),
    report_multiple_bugs=False,
    print_blob=False,
)
TASTE = settings(GENERATE, max_examples=1, stateful_step_count=8)
"""The profile of `make test`: one walk of some 8 steps."""
SHORT = settings(GENERATE, max_examples=5, stateful_step_count=8)
"""Some 40 steps for each seed, enough to find seeded faults."""
LONG = settings(GENERATE, max_examples=16, stateful_step_count=10)
"""The profile of `make test-long`."""


def run(number: int, profile: settings = SHORT, *, shrink: bool = False, sort: type[Machine] = Machine) -> None:
    """Run the machine from a seed; raises what is wrong, with the steps that led there, as few as can be found with `shrink`, which takes long."""
    phases = (Phase.generate, Phase.shrink) if shrink else (Phase.generate,)
    run_state_machine_as_test(seed(number)(sort), settings=settings(profile, phases=phases))
