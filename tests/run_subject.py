"""`make test K=series`: run the tests of one subject, and load no other, so that a developer hears within seconds.

A subject is a word in the name of a folder or file of tests, of a test, or of a folder of broken sites; several can be combined as in `pytest -k`:
`feeds and not podcast`. Slow tests are left to `make test`, unless nothing else matches or the subject is the name of their file.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path

TESTS = Path(__file__).parent
FAST = "not browser and not hosts and not long"
"""The tests that `make test` runs."""

SLOW = " and not slow"
PARALLEL = 60
"""Tests of whole sites from which a second process saves more time than it takes to start."""

NOTHING_COLLECTED = 5
EXPRESSION = re.compile(r"[\w./:+-]+|[()]")
TEST = re.compile(r"^(?:async )?def (test_\w+)", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class TestFile:
    """A file of tests: its path below `tests/`, its text, and the names of the cases that it takes from folders of fixtures."""

    __test__ = False

    path: str
    text: str
    cases: tuple[str, ...] = ()

    @property
    def names(self) -> tuple[str, ...]:
        return tuple(TEST.findall(self.text))


@dataclass(frozen=True, slots=True)
class Selection:
    """What pytest is to load: files, an expression for `-k`, and about how many tests of whole sites there are."""

    paths: tuple[str, ...]
    expression: str
    heavy: int


def plain(name: str) -> str:
    """Return a name as subjects are compared: hyphens are underscores, capitals are small."""
    return name.lower().replace("-", "_")


def words(subject: str) -> list[str]:
    """Return the words of an expression that a test has to match, at least one of them; none if it only excludes."""
    parts = EXPRESSION.findall(subject)
    return [part for at, part in enumerate(parts) if part not in ("and", "or", "not", "(", ")") and (at == 0 or parts[at - 1] != "not")]


def expression(subject: str) -> str:
    """Return the expression for `-k`: pytest knows of no difference between a hyphen and an underscore only if it is told."""

    def both(part: str) -> str:
        ways = dict.fromkeys((part, part.replace("-", "_"), part.replace("_", "-")))
        return part if len(ways) == 1 else f"({' or '.join(ways)})"

    return " ".join(both(part) for part in EXPRESSION.findall(subject))


def select(subject: str, files: Iterable[TestFile]) -> Selection:
    """Return the files that can have tests of a subject. A subject with a slash is part of a path, and all tests below it are meant."""
    if "/" in subject:
        part = subject.strip().removeprefix("tests/")
        chosen = [(file, len(file.names)) for file in files if part in file.path]
        return _selection(chosen, "")
    wanted = [plain(word) for word in words(subject)]
    chosen = []
    for file in files:
        if not wanted or any(word in plain(file.path) for word in wanted):
            chosen.append((file, len(file.names)))
        elif matches := [name for name in (*file.names, *file.cases) if any(word in plain(name) for word in wanted)]:
            chosen.append((file, len(matches)))
    return _selection(chosen, expression(subject))


def _selection(chosen: list[tuple[TestFile, int]], wanted: str) -> Selection:
    return Selection(
        tuple(file.path for file, _ in chosen), wanted, sum(count for file, count in chosen if not file.path.startswith("unit/"))
    )


def is_slow_itself(subject: str, files: Iterable[TestFile]) -> bool:
    """Return whether a subject is the name of one file that has slow tests: then they are what is asked for."""
    return any(file.path.endswith(f"/test_{plain(subject)}.py") and "mark.slow" in file.text for file in files)


def vocabulary(files: Iterable[TestFile]) -> tuple[list[str], list[str]]:
    """Return the names that subjects usually have: those of folders, and those of files."""
    places = [file.path.split("/") for file in files]
    folders = {folder for place in places for folder in place[:-1]}
    return sorted(folders), sorted({place[-1].removeprefix("test_").removesuffix(".py") for place in places} - folders)


def unknown(subject: str, files: Iterable[TestFile]) -> str:
    """Return the message for a subject that no test is about."""
    folders, names = vocabulary(files)
    known = [*folders, *names]
    close = list(dict.fromkeys(match for word in words(subject) for match in get_close_matches(plain(word), known, 3)))
    hint = f"Did you mean {' or '.join(f'K={word}' for word in close)}? " if close else ""
    return (
        f"No test matches K={subject}.\n{hint}K is a word in the name of a folder or file of tests or of a test, or an expression "
        f"such as K='feeds or sitemap'.\nFolders: {', '.join(folders)}."
    )


def read(folder: Path = TESTS) -> list[TestFile]:
    """Read all files of tests, without importing any."""
    fixtures: Mapping[str, tuple[str, ...]] = {
        place.name: tuple(sorted(case.name for case in place.iterdir())) for place in (folder / "fixtures").iterdir() if place.is_dir()
    }
    files = []
    for place in sorted(folder.rglob("test_*.py")):
        path = place.relative_to(folder).as_posix()
        text = place.read_text("utf-8")
        used = [cases for name, cases in fixtures.items() if f'"fixtures" / "{name}"' in text]
        files.append(TestFile(path, text, tuple(case for cases in used for case in cases)))
    return files


def run(subject: str, *options: str) -> int:
    """Run the tests of a subject and return the exit code: 4, as pytest's for a wrong command line, if there are none."""
    files = read()
    selection = select(subject, files)
    if not selection.paths:
        print(unknown(subject, files), file=sys.stderr)
        return 4
    command = [sys.executable, "-m", "pytest", "-q", "-p", "no:anyio", *options]
    command += ["-k", selection.expression] if selection.expression else []
    if selection.heavy >= PARALLEL:
        command += ["-n", "auto", "--dist", "worksteal"]
    command += [f"tests/{path}" for path in selection.paths]
    for markers in (FAST,) if is_slow_itself(subject, files) else (FAST + SLOW, FAST):
        code = subprocess.run([*command, "-m", markers], cwd=TESTS.parent, check=False).returncode
        if code != NOTHING_COLLECTED:
            if markers != FAST:
                print(f"These are the quick tests of {subject}, from {len(selection.paths)} files. `make test` runs all.")
            return code
    print(f"All tests that match K={subject} are run by `make test-browser` or `make test-long`.", file=sys.stderr)
    return 4


if __name__ == "__main__":
    sys.exit(run(os.environ.get("K", ""), *sys.argv[1:]))
