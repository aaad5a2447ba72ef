"""One site that is edited at random and built again and again, beside clean builds of the same inputs."""

from __future__ import annotations

import os
import random
import shutil
from pathlib import Path

from harness import edits
from harness.edits import Edit, World
from harness.site import NOW, Site, build_folder, differences, tree
from wol.errors import Diagnostic, WolError

DAY = 86_400_000_000
STEPS = 16


class DiffersError(AssertionError):
    """An incremental build was not what a clean one is; `done` are the edits that led there."""

    done: list[Edit]


class Session:
    """One site that is edited and built again and again, beside clean builds of the same inputs."""

    def __init__(self, folder: Path, world: World) -> None:
        self.folder = folder
        self.world = world
        self.live = Site(folder / "live", world.files, world.files["site.toml"])
        self.foreign: dict[str, bytes] = {}
        self.moment = NOW
        self.jobs = 1
        self.failed = False

    def step(self, change: Edit) -> None:
        """Carry out one edit, build, and compare."""
        if change[0] == "state":
            self.damage(self.live.root / ".wol", int(change[1]), change[2])
            self.rebuild_after_damage()
        elif change[0] == "tamper" and self.live.output.exists():
            self.damage(self.live.output, int(change[1]), change[2])
        elif change[0] == "foreign":
            self.foreign[change[1]] = b"by hand"
            self.live.write(f"public/{change[1]}", b"by hand")
        elif change[0] == "jobs":
            self.jobs = int(change[1])
        elif change[0] == "later":
            self.moment += int(change[1]) * DAY
        changed = edits.apply(self.world, change)
        if change[0] == "rename" and changed:  # really renamed: the time of the file stays
            (self.live.root / change[2]).parent.mkdir(parents=True, exist_ok=True)
            os.replace(self.live.root / change[1], self.live.root / change[2])
            changed = {}
        for path, text in changed.items():
            if text is None:
                self.live.remove(path)
            else:
                self.live.write(path, text)
        self.compare()

    def damage(self, folder: Path, number: int, how: str) -> None:
        """Do harm to one file of the caches or the output; never to a foreign one."""
        files = [p for p in sorted(folder.rglob("*")) if p.is_file() and p.relative_to(folder).as_posix() not in self.foreign]
        if not files:
            return
        place = files[number % len(files)]
        data = place.read_bytes()
        if how == "delete":
            place.unlink()
        else:
            changed = {
                "truncate": data[: len(data) // 2],
                "garbage": b"garbage " * 9,
                "empty": b"",
                "change": data + b"<!-- x -->",
                "same size": bytes(b ^ 1 for b in data),
            }
            place.write_bytes(changed[how])

    def rebuild_after_damage(self) -> None:
        """Build with nothing else changed: a lost list of what wol owns stops, and `--adopt` takes the planned paths over.

        A site that is in error cannot be built now, so its output is thrown away with the caches.
        """
        if self.failed:
            shutil.rmtree(self.live.root / ".wol")
            shutil.rmtree(self.live.output, ignore_errors=True)
            self.foreign = {}
            return
        try:
            build_folder(self.live.root, at=self.moment, jobs=self.jobs)
        except WolError as error:
            if {d.code for d in error.diagnostics} != {"output-foreign"}:
                raise
            build_folder(self.live.root, at=self.moment, jobs=self.jobs, adopt=True)

    def compare(self) -> None:
        """Build the edited site and a clean copy of its inputs, and compare all that a writer and a reader can see."""
        before = tree(self.live.output)
        clean = Site(self.folder / "clean", self.world.files, self.world.files["site.toml"])
        try:
            expected = self.attempt(clean.root)
            got = self.attempt(self.live.root)
            self.failed = isinstance(expected, tuple)
            after = tree(self.live.output)
            if isinstance(expected, tuple) or isinstance(got, tuple):
                if expected != got:
                    raise DiffersError(f"a clean build told {expected}\nthe incremental one {got}")
                if after != before:
                    raise DiffersError(f"a build in error changed the output\n{differences(before, after)}")
                return
            if told := differences(self.foreign, {p: d for p, d in after.items() if p in self.foreign}):
                raise DiffersError(f"foreign files were touched\n{told}")
            if told := differences(tree(clean.output), {p: d for p, d in after.items() if p not in self.foreign}):
                raise DiffersError(f"first: clean, second: incremental\n{told}")
            if expected != got:
                raise DiffersError(f"a clean build warned of {sorted(expected - got)}\nthe incremental one of {sorted(got - expected)}")
            again = build_folder(self.live.root, at=self.moment, jobs=self.jobs)
            if again.rendered or again.written or again.removed or tree(self.live.output) != after:
                raise DiffersError(f"a second build did something: {[(o.path, str(o.reason)) for o in again.outcomes][:5]} {again.removed}")
        finally:
            shutil.rmtree(clean.root)

    def attempt(self, root: Path) -> frozenset[str] | tuple[str, ...]:
        """Build; give the warnings as a set, or the errors as a sorted tuple."""
        try:
            return frozenset(told(d) for d in build_folder(root, at=self.moment, jobs=self.jobs).diagnostics)
        except WolError as error:
            return tuple(sorted(told(d) for d in error.diagnostics))


def told(found: Diagnostic) -> str:
    """Give a diagnostic as a line."""
    return f"{found.span or ''} {found.severity} {found.code} {found.message} {found.notes}"


def undo(before: World, after: World) -> list[Edit]:
    """Give the edits that lead back to how the inputs were."""
    settings = [name for name in sorted(before.settings | after.settings) if before.settings.get(name, 0) != after.settings.get(name, 0)]
    changed = [p for p in sorted(before.files | after.files) if before.files.get(p) != after.files.get(p) and p != "site.toml"]
    return [
        *(("setting", name, str(before.settings.get(name, 0))) for name in settings),
        *(("write", p, before.files[p]) if p in before.files else ("remove", p) for p in changed),
    ]


def run(folder: Path, seed: int, changes: list[Edit] | None = None, steps: int = STEPS) -> list[Edit]:
    """Edit a site at random (or replay edits); give the edits. Raises DiffersError at the first build that is not as a clean one."""
    rng = random.Random(seed)
    session = Session(folder, edits.start(rng))
    done: list[Edit] = []
    session.compare()
    for number in range(steps if changes is None else len(changes)):
        before = World(dict(session.world.files), dict(session.world.settings))
        change = edits.edit(rng, session.world) if changes is None else changes[number]
        done.append(change)
        try:
            session.step(change)
            if session.failed and changes is None and rng.random() < 0.8:
                for back in undo(before, session.world):
                    done.append(back)
                    session.step(back)
        except DiffersError as error:
            error.add_note(f"seed {seed}, after these edits:\n" + "\n".join(map(repr, done)))
            error.done = done
            raise
    return done


def shorten(folder: Path, seed: int, changes: list[Edit], tries: int = 60) -> list[Edit]:
    """Leave out edits as long as a replay still fails, so that a person can read what is left."""
    at = 0
    while at < len(changes) - 1 and tries:
        tries -= 1
        fewer = changes[:at] + changes[at + 1 :]
        try:
            run(folder / f"try{tries}", seed, fewer)
            at += 1
        except DiffersError:
            changes = fewer
    return changes


def check(folder: Path, seed: int, steps: int = STEPS) -> None:
    """Run one seed; on failure, tell the shortest list of edits that was found."""
    try:
        run(folder / "run", seed, steps=steps)
    except DiffersError as error:
        shortest = shorten(folder, seed, error.done)
        error.add_note("shortened to:\n" + "\n".join(map(repr, shortest)))
        raise
