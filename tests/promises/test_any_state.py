"""No state of `.wol/` and of the output, and no kill or lasting failure on the way there, keeps a site from being built: what the errors advise is enough."""

from __future__ import annotations

import contextlib
import errno
import os
import re
import shlex
import shutil
import subprocess
from collections.abc import Callable
from itertools import count
from pathlib import Path

import pytest

from harness.site import CONFIG, Ran, Site, differences, tree
from wol import fsio
from wol.engine import cache_files
from wol.engine.output import commit, ownership
from wol.engine.output.commit import MAGIC, Journal

PAGE = "---\ntitle: {}\nurl: {}\n---\nText {}.\n"
OLD: dict[str, str | bytes] = {
    "content/a.md": PAGE.format("A", "/a/", "old"),
    "content/b.md": PAGE.format("B", "/b/", "old"),
    "content/c.md": PAGE.format("C", "/c/", "old"),
}
NEW: dict[str, str | bytes] = {
    "content/a.md": PAGE.format("A", "/a/", "new"),
    "content/c.md": PAGE.format("C", "/c.html", "new"),
    "content/d.md": PAGE.format("D", "/b/d/", "new"),
}
QUIET = CONFIG + "[features]\n" + "".join(f"{name} = false\n" for name in ("feeds", "sitemap", "archives", "taxonomies", "notes"))
RELEASE = ".wol/state/release"
MINE = b"mine"
NUMBERS = count()


class KilledError(BaseException):
    """The end of a process at this very step."""


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give a folder with the site as `old` (built), as `open` (a commit was killed before its first step), and as `clean` (what is to come)."""
    top = tmp_path_factory.mktemp("any")
    old = Site(top / "old", OLD, QUIET)
    old.build()
    Site(top / "clean", NEW, QUIET).build()
    begun = old.copy(top / "open")
    edited(begun)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(commit, "_carry_out", _killed)
        with pytest.raises(KilledError):
            begun.build()
    assert (top / "open" / RELEASE / "journal").is_file()
    return top


@pytest.fixture(autouse=True)
def _home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    monkeypatch.delenv("XDG_STATE_HOME", raising=False)
    (tmp_path / "home").mkdir()


def _killed(*_: object) -> None:
    raise KilledError


def edited(here: Site) -> None:
    """Bring the sources from the old state to the new one."""
    here.remove("content/b.md")
    for path, text in NEW.items():
        here.write(path, text)


def copied(built: Path, which: str, tmp_path: Path) -> Site:
    here = Site.at(built / which).copy(tmp_path / f"site{next(NUMBERS)}")
    if which == "old":
        edited(here)
    return here


def run(here: Site, *arguments: str) -> Ran:
    return here.run(*arguments, *(("--at", "2026-12-01") if arguments[0] == "build" else ()))


def advised(here: Site, *first: str) -> list[str]:
    """Run a command, and then what each error advises, as typed, until all is well; gives the commands. Three errors are too many."""
    typed = list(first)
    commands = [" ".join(first)]
    for _ in range(3):
        ran = run(here, *typed)
        assert ran.code in (0, 1), ran
        assert "defect" not in ran.stderr + ran.stdout
        if ran.code == 0:
            return commands
        hint = ran.stderr.rpartition("hint: ")[2]
        told = re.search(r"`((?:rm|mv|chmod) [^`]+)`", hint)
        if told:
            subprocess.run(shlex.split(told[1]), check=True, cwd=here.root)
        elif "--adopt" in hint:
            typed = ["build", "--adopt"]
        else:
            raise AssertionError(f"no command in: {ran.stderr}")
        commands.append(told[1] if told else "wol build --adopt")
    raise AssertionError(f"{commands} do not help: {ran.stderr}")


def removed(path: Path) -> Path:
    if path.is_dir() and not path.is_symlink():
        shutil.rmtree(path)
    else:
        path.unlink(missing_ok=True)
    path.parent.mkdir(parents=True, exist_ok=True)
    return path


def a_file(path: str, data: bytes = b"x") -> Callable[[Path], object]:
    return lambda root: removed(root / path).write_bytes(data)


def a_folder(path: str, inner: str = "inner") -> Callable[[Path], object]:
    def make(root: Path) -> None:
        removed(root / path).mkdir()
        if inner:
            (root / path / inner).write_bytes(MINE)

    return make


def a_link(path: str, target: str) -> Callable[[Path], object]:
    return lambda root: removed(root / path).symlink_to(target)


def nothing(path: str) -> Callable[[Path], object]:
    return lambda root: removed(root / path)


def a_pipe(path: str) -> Callable[[Path], object]:
    return lambda root: os.mkfifo(removed(root / path))


def cut(path: str) -> Callable[[Path], object]:
    def halve(root: Path) -> None:
        if (root / path).is_file():
            (root / path).write_bytes((root / path).read_bytes()[:-20])

    return halve


def a_journal(*paths: str) -> Callable[[Path], object]:
    """A sealed journal with paths that no commit of wol has."""
    places = tuple(("0", path) for path in paths)
    journal = Journal("public", f"{RELEASE}/stage", False, places, paths)
    return lambda root: removed(root / RELEASE / "journal").write_bytes(cache_files.seal(MAGIC, journal))


STATES: dict[str, Callable[[Path], object]] = {
    "nothing at all": lambda root: None,
    "no records": nothing(".wol"),
    "no state": nothing(f"{RELEASE}/state"),
    "no stage": nothing(f"{RELEASE}/stage"),
    "no list of what comes": nothing(f"{RELEASE}/owned.next"),
    "no state of what comes": nothing(f"{RELEASE}/state.next"),
    "records are a file": a_file(".wol"),
    "records are a link to nothing": a_link(".wol", "nowhere"),
    "records are a link in a circle": a_link(".wol", ".wol"),
    "the lock is a folder": a_folder(".wol/lock"),
    "the lock is a pipe": a_pipe(".wol/lock"),
    "the lock is a link to nothing": a_link(".wol/lock", "nowhere/at/all"),
    "the lock is a link in a circle": a_link(".wol/lock", "lock"),
    "the settings are a folder": a_folder(".wol/config"),
    "the settings are rubbish": a_file(".wol/config"),
    "states are a file": a_file(".wol/state"),
    "states are a link to nothing": a_link(".wol/state", "nowhere"),
    "the state of a build is a file": a_file(RELEASE),
    "a strange file among the states": a_file(".wol/state/strange"),
    "the journal is a folder": a_folder(f"{RELEASE}/journal"),
    "the journal is empty": a_file(f"{RELEASE}/journal", b""),
    "the journal is rubbish": a_file(f"{RELEASE}/journal", b"x" * 500),
    "the journal is cut": cut(f"{RELEASE}/journal"),
    "the journal is of another version": lambda root: removed(root / RELEASE / "journal").write_bytes(
        cache_files.seal(b"wol journal 1\n", ["x"])
    ),
    "the journal is a pipe": a_pipe(f"{RELEASE}/journal"),
    "the journal leads out": a_journal("../../outside.txt"),
    "the journal leads to the top": a_journal("/outside.txt"),
    "the journal has a path that is too long": a_journal("/".join(["x" * 200] * 22) + "/index.html"),
    "the list is a folder": a_folder(f"{RELEASE}/owned"),
    "the list is empty": a_file(f"{RELEASE}/owned", b""),
    "the list is cut": cut(f"{RELEASE}/owned"),
    "the list is rubbish": a_file(f"{RELEASE}/owned", b"\xff\x00" * 50),
    "the list of what comes is cut": cut(f"{RELEASE}/owned.next"),
    "the list of what comes is a folder": a_folder(f"{RELEASE}/owned.next"),
    "the state is a folder": a_folder(f"{RELEASE}/state"),
    "the state is rubbish": a_file(f"{RELEASE}/state"),
    "the state is cut": cut(f"{RELEASE}/state"),
    "the state of what comes is a folder": a_folder(f"{RELEASE}/state.next"),
    "the stage is a file": a_file(f"{RELEASE}/stage"),
    "the stage is a link": a_link(f"{RELEASE}/stage", "../../../content"),
    "the store is a file": a_file(".wol/store"),
    "the store is a link in a circle": a_link(".wol/store", "store"),
    "the index is a folder": a_folder(".wol/store/index"),
    "the index is rubbish": a_file(".wol/store/index"),
    "no output": nothing("public"),
    "the output is empty": a_folder("public", ""),
    "the output is a file": a_file("public"),
    "the output is a link to nothing": a_link("public", "nowhere"),
    "the output is a link in a circle": a_link("public", "public"),
    "a page is an empty folder": a_folder("public/a/index.html", ""),
    "a page is a folder of somebody": a_folder("public/a/index.html"),
    "a page is a link": a_link("public/a/index.html", "../../content/a.md"),
    "a page is a pipe": a_pipe("public/a/index.html"),
    "a folder is a file": a_file("public/a"),
    "a folder is a link out": a_link("public/a", "/tmp"),
    "a folder is a link to nothing": a_link("public/b", "nowhere"),
    "a folder is a link in a circle": a_link("public/b", "b"),
    "a new page is there already": a_file("public/b/d/index.html"),
    "a new page is an empty folder": a_folder("public/c.html", ""),
    "a new page is a folder of somebody": a_folder("public/c.html"),
    "a new folder is a file": a_file("public/b/d"),
    "a withdrawn page is a folder of somebody": a_folder("public/c/index.html"),
}
WAYS = {"old": (("build",), ("clean",)), "open": (("build",), ("build", "--clean"), ("clean",))}


def good(here: Site, built: Path, kept: dict[str, bytes]) -> None:
    """The site is what a build from nothing makes; what somebody put into the output is somewhere, with its bytes."""
    found, clean = here.files(), tree(built / "clean/public")
    assert not (told := differences({path: found.get(path, b"-") for path in clean}, clean)), told
    for data in kept.values():
        assert data in tree(here.root).values()
    assert not (here.root / RELEASE / "journal").exists()
    assert not (here.root.parent / "outside.txt").exists()
    assert here.build().rendered == 0


@pytest.mark.parametrize(
    "state", [pytest.param(state, marks=[pytest.mark.long] if number % 6 else []) for number, state in enumerate(STATES)]
)
@pytest.mark.parametrize("which", ["old", "open"])
def test_a_way_out_of_any_state(built: Path, tmp_path: Path, state: str, which: str) -> None:
    """After a build or a killed commit, whatever became of the files: what the errors advise leads to a good build, by `build`, `--clean` and `clean`."""
    ways = WAYS[which]
    for way in {ways[0], ways[list(STATES).index(state) % len(ways)]} if which == "open" else ways[list(STATES).index(state) % 2 :][:1]:
        here = copied(built, which, tmp_path)
        STATES[state](here.root)
        kept = {str(p): MINE for p in (here.root / "public").rglob("*") if p.is_file() and p.read_bytes() == MINE}
        advised(here, *way)
        advised(here, "build")
        good(here, built, kept)


OPERATIONS = ("place", "remove", "replace", "make_folder", "write_pieces", "remove_tree", "clear")


def failing(patch: pytest.MonkeyPatch, at: int, error: BaseException) -> list[int]:
    """Let the write operation of that number raise an error, before it does anything; gives the count of those that were asked for."""
    asked = [0]

    def guard(name: str, real: Callable[..., object]) -> Callable[..., object]:
        def call(*arguments: object, **named: object) -> object:
            asked[0] += 1
            if asked[0] == at:
                raise error
            return real(*arguments, **named)

        return call

    for name in OPERATIONS:
        patch.setattr(fsio, name, guard(name, getattr(fsio, name)))
    return asked


def test_a_kill_at_each_step_of_completing(built: Path, tmp_path: Path) -> None:
    """A run that completes what another left, or gives it up, may be killed at any step in its turn."""
    for state in ("nothing at all", "a page is a folder of somebody", "the journal is rubbish"):
        for at in range(1, 100):
            here = copied(built, "open", tmp_path)
            STATES[state](here.root)
            with pytest.MonkeyPatch.context() as patch:
                asked = failing(patch, at, KilledError())
                with contextlib.suppress(KilledError):
                    commit.roll_forward(here.root / ".wol")
                if asked[0] < at:
                    break
            if at % 4 == 0:
                advised(here, "build")
                good(here, built, {})
            shutil.rmtree(here.root)
        assert at > 5


LASTING = (errno.ENAMETOOLONG, errno.EISDIR, errno.ENOTDIR, errno.ELOOP, errno.EXDEV, errno.EINVAL, errno.EILSEQ)
PASSING = (errno.ENOSPC, errno.EDQUOT, errno.EROFS, errno.EACCES, errno.EPERM, errno.EIO, errno.EBUSY, errno.EMFILE, errno.ESTALE)


@pytest.mark.parametrize("number", [*LASTING, *PASSING], ids=errno.errorcode.get)
def test_a_failure_of_the_output_that_lasts(built: Path, tmp_path: Path, number: int) -> None:
    """While it lasts, each command names the cause with advice of its own; what will never end is given up at once, and the next build is good."""
    here = copied(built, "open", tmp_path)
    real = fsio.place

    def place(staged: str, path: str) -> None:
        if "/public/" in path:
            raise OSError(number, os.strerror(number), path)
        real(staged, path)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(fsio, "place", place)
        for way in (("build",), ("build",), ("build", "--clean")):
            ran = run(here, *way)
            assert (ran.code, ran.stderr.count("error[write-failed]")) == (1, 1), ran.stderr
            assert os.strerror(number) in ran.stderr
            assert "check the folder's permissions" not in ran.stderr
        assert run(here, "clean").code == 0
        assert not (here.root / ".wol").exists()
        assert not here.output.exists(), "all that wol had written is gone"
    advised(here, "build")
    good(here, built, {})


def test_what_a_retired_commit_owns(built: Path, tmp_path: Path) -> None:
    """What it had written stays known, and what it had not is nobody's; a file of somebody in its place is not taken over."""
    here = copied(built, "open", tmp_path)
    journal = cache_files.load(here.root / RELEASE / "journal", MAGIC, Journal)
    coming = ownership.read(here.root / RELEASE / "owned.next")
    assert journal is not None
    assert coming is not None
    staged = {path: name for name, path in journal.places}
    fsio.place(f"{here.root}/{journal.stage}/{staged['c.html']}", f"{here.root}/public/c.html")
    here.write("public/b/d/index.html", MINE)
    commit.retire(here.root / RELEASE, journal)
    found = ownership.read(here.root / RELEASE / "owned")
    assert found is not None
    assert "c.html" in found.files
    assert "b/d/index.html" not in found.files
    assert {"a/index.html", "b/index.html", "c/index.html"} <= found.files.keys()
    assert sorted(p.name for p in (here.root / RELEASE).iterdir()) == ["owned"]


def test_clean_says_what_it_cannot_know(built: Path, tmp_path: Path) -> None:
    """Where the list of owned files is lost, it says that the output stays, and how to go on; a link in the output is not followed."""
    here = copied(built, "old", tmp_path)
    (here.root / RELEASE / "owned").write_bytes(b"")
    before = here.files()
    ran = run(here, "clean")
    assert ran.code == 0
    assert "`release` was damaged, so its output was left as it is" in ran.stderr
    assert here.files() == before
    other = copied(built, "old", tmp_path)
    shutil.copytree(other.output / "a", other.root / "behind")
    a_link("public/a", str(other.root / "behind"))(other.root)
    assert run(other, "clean").code == 0
    assert (other.root / "behind/index.html").is_file()
