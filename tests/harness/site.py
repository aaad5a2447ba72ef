"""The one way to make a site in a test: a value that is written to a folder, then built, edited and read, as its writer would.

`site({"content/posts/a.md": "…"})` of the fixture is `Site(folder, files)`; `Site.of` copies folders that exist, and `copy` makes a second site of one.
"""

from __future__ import annotations

import contextlib
import os
import shutil
import subprocess
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from wol.engine.request import BuildRequest
from wol.errors import Diagnostic, WolError
from wol.model.target import BuildReport

CONFIG = """\
[site]
title = "A Site"
base_url = "https://example.org"
"""


def instant(text: str) -> int:
    """Return a date such as `2026-12-01` or `2026-12-01T10:30` (UTC) in microseconds, as builds take it."""
    return int(datetime.fromisoformat(text).replace(tzinfo=UTC).timestamp()) * 1_000_000


NOW = instant("2026-12-01")


@dataclass(frozen=True, slots=True)
class Ran:
    """The result of a command, as its user sees it."""

    code: int
    stdout: str
    stderr: str


def tree(folder: Path, *, without: Sequence[str] = ()) -> dict[str, bytes]:
    """Return every file below a folder, except those in the folders `without`: path to bytes. A link counts as a file that holds its target."""
    found = {}
    start = len(str(folder)) + 1
    for top, folders, names in os.walk(folder):
        folders[:] = [f for f in folders if f"{top}/{f}"[start:] not in without]
        for name in [*names, *(f for f in folders if os.path.islink(f"{top}/{f}"))]:
            place = f"{top}/{name}"
            if os.path.islink(place):
                data = b"-> " + os.readlink(place).encode()
            elif not os.path.isfile(place):
                data = b"| "
            else:
                with open(place, "rb") as file:
                    data = file.read()
            found[place[start:]] = data
    return dict(sorted(found.items()))


def _common(one: bytes, other: bytes) -> bytes:
    """Return the common beginning of two texts."""
    for at, (a, b) in enumerate(zip(one, other, strict=False)):
        if a != b:
            return one[:at]
    return min(one, other, key=len)


def differences(one: Mapping[str, bytes], other: Mapping[str, bytes]) -> str:
    """Describe how two trees differ: files that only one of them has, and where the first few common files differ."""
    told = [f"only in the first: {p}" for p in one if p not in other] + [f"only in the second: {p}" for p in other if p not in one]
    for path in one:
        if path in other and one[path] != other[path]:
            at = len(_common(one[path], other[path]))
            told.append(
                f"{path} differs at byte {at}:\n  {one[path][max(0, at - 60) : at + 80]!r}\n  {other[path][max(0, at - 60) : at + 80]!r}"
            )
    return "\n".join(told[:12])


def request(root: Path, **options: Any) -> BuildRequest:
    """Return the request for a build of a folder, at a fixed moment unless `at` is given."""
    options.setdefault("at", NOW)
    return BuildRequest(root, **options)


def run(*arguments: str) -> Ran:
    """Run a command line of `wol` in this process, in the current folder."""
    from click.testing import CliRunner

    from wol.cli.main import main

    result = CliRunner().invoke(main, list(arguments))
    if result.exception is not None and not isinstance(result.exception, SystemExit):
        raise result.exception
    return Ran(result.exit_code, result.stdout, result.stderr)


class Site:
    """A site in a folder of its own."""

    def __init__(self, root: Path, files: Mapping[str, str | bytes], config: str = CONFIG) -> None:
        self.root = root
        root.mkdir(parents=True, exist_ok=True)
        self.write("site.toml", config)
        for path, text in files.items():
            self.write(path, text)

    @classmethod
    def at(cls, root: Path) -> Site:
        """Return the site that is already in a folder."""
        site = cls.__new__(cls)
        site.root = root
        return site

    @classmethod
    def of(cls, folder: Path, root: Path, *, only: Sequence[str] = (), without: Sequence[str] = (), config: str = CONFIG) -> Site:
        """Copy a folder, or `only` some names in it, `without` names that match patterns; it gets settings if it has none."""
        ignore = shutil.ignore_patterns(*without)
        for name in only:
            if (folder / name).is_dir():
                shutil.copytree(folder / name, root / name, ignore=ignore)
            else:
                root.mkdir(parents=True, exist_ok=True)
                shutil.copyfile(folder / name, root / name)
        if not only:
            shutil.copytree(folder, root, ignore=ignore, copy_function=shutil.copyfile)
        site = cls.at(root)
        if config and not (root / "site.toml").exists():
            site.write("site.toml", config)
        return site

    def copy(self, root: Path, *, without: Sequence[str] = ()) -> Site:
        """Copy the site as it is, with its times and links, in place of what is at `root`."""
        shutil.rmtree(root, ignore_errors=True)
        shutil.copytree(self.root, root, symlinks=True, ignore=shutil.ignore_patterns(*without))
        return Site.at(root)

    @property
    def output(self) -> Path:
        return self.root / "public"

    def write(self, path: str, text: str | bytes) -> None:
        """Write a file as it is given (texts in UTF-8, with their line ends), making its folders."""
        place = self.root / path
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_bytes(text if isinstance(text, bytes) else text.encode())

    def remove(self, path: str) -> None:
        """Remove a file or folder."""
        place = self.root / path
        if place.is_dir() and not place.is_symlink():
            shutil.rmtree(place)
        else:
            place.unlink()

    def request(self, **options: Any) -> BuildRequest:
        """Return the request for a build of this site, for a session."""
        return request(self.root, **options)

    def build(self, **options: Any) -> BuildReport:
        """Build in this process; raises WolError as `wol.engine` does."""
        from wol.engine.pipeline import build
        from wol.features.registry import load

        return build(self.request(**options), load)

    def errors(self, **options: Any) -> tuple[Diagnostic, ...]:
        """Build a site that must not build, and return all findings."""
        try:
            self.build(**options)
        except WolError as error:
            return error.diagnostics
        raise AssertionError("the build went through, but an error was expected")

    def codes(self, **options: Any) -> set[str]:
        """Build, and return the codes of the errors: none if the build succeeds."""
        try:
            self.build(**options)
        except WolError as error:
            return {d.code for d in error.diagnostics}
        return set()

    def read(self, path: str) -> str:
        """Read a file of the output."""
        return (self.output / path).read_text("utf-8")

    def files(self, folder: str = "public") -> dict[str, bytes]:
        """Return all files of the output (or of another folder of the site): path to bytes."""
        return tree(self.root / folder)

    def run(self, *arguments: str) -> Ran:
        """Run a command line of `wol` in the site's folder."""
        with contextlib.chdir(self.root):
            return run(*arguments)

    def process(self, *arguments: str, before: str = "", **environment: str) -> subprocess.Popen[str]:
        """Start a command line of `wol` in the site's folder as a process of its own, with variables; `before` is Python to be run first."""
        words = [sys.executable, "-c", f"{before}\nfrom wol.cli.main import main; main()", *arguments]
        return subprocess.Popen(
            words,
            cwd=self.root,
            env={**os.environ, **environment},
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            start_new_session=True,
        )
