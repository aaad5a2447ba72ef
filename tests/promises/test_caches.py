"""What lies in `.wol/` may be damaged, foreign, read-only or in use: that costs time, never an error, and nothing in it is ever run."""

from __future__ import annotations

import pickle
import random
import shutil
import stat
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

import pytest

from harness.drivers import Options, fresh
from harness.inputs import Inputs
from harness.processes import NO_PRIVILEGES
from harness.site import CONFIG, NOW, Site, differences, tree
from harness.world import Text, World
from wol.engine import toolchain

FEW = CONFIG + "[features]\nfeeds = false\narchives = false\nsitemap = false\nrobots = false\n"
POST = "---\ntitle: {}\ndate: 2026-11-{:02}\ntags: [one]\n---\n{}\n"
OLD: dict[str, str | bytes] = {f"content/posts/p{n}.md": POST.format(f"Number {n}", n + 1, f"old {n}") for n in range(4)}
NEW = OLD | {"content/posts/p1.md": POST.format("Number 1", 2, "new"), "content/posts/p4.md": POST.format("Number 4", 5, "new")}


@pytest.fixture(scope="module")
def new(tmp_path_factory: pytest.TempPathFactory) -> Mapping[str, bytes]:
    """The output of a clean build after the edits."""
    clean = Site(tmp_path_factory.mktemp("clean") / "site", NEW, FEW)
    clean.build(jobs=1)
    return clean.files()


@pytest.fixture
def built(site: Callable[..., Site]) -> Site:
    """A site that is built, then edited."""
    here = site(OLD, FEW)
    here.build(jobs=1)
    for path, text in NEW.items():
        here.write(path, text)
    return here


def caches(here: Site) -> list[Path]:
    """Give the files of `.wol/` that are caches: all but the lock and the list of what wol owns."""
    found = [p for p in sorted((here.root / ".wol").rglob("*")) if p.is_file() and p.name not in ("lock", "owned")]
    assert len(found) >= 3
    return found


def good(here: Site, new: Mapping[str, bytes]) -> None:
    """The next build is as a clean one, and leaves nothing to do."""
    here.build(jobs=1)
    assert not (told := differences(new, here.files())), told
    assert here.build(jobs=1).rendered == 0


class Trap:
    """Runs a program when it is unpickled."""

    def __init__(self, sign: Path) -> None:
        self.sign = sign

    def __reduce__(self) -> tuple[object, tuple[list[str]]]:
        return subprocess.check_call, ([sys.executable, "-c", f"open({str(self.sign)!r}, 'w')"],)


def flipped(data: bytes, rng: random.Random) -> bytes:
    """Change some bits."""
    found = bytearray(data)
    for _ in range(min(3, len(found))):
        found[rng.randrange(len(found))] ^= 1 << rng.randrange(8)
    return bytes(found)


DAMAGE: dict[str, Callable[[bytes, random.Random], bytes]] = {
    "empty": lambda data, _: b"",
    "half": lambda data, _: data[: len(data) // 2],
    "cut": lambda data, _: data[:-1],
    "longer": lambda data, _: data + b"\0",
    "zeros": lambda data, _: bytes(len(data)),
    "noise": lambda data, rng: rng.randbytes(len(data)),
    "flipped": flipped,
    "words": lambda data, _: b"{}\n",
}


@pytest.mark.parametrize("how", DAMAGE)
def test_damaged_caches(built: Site, new: Mapping[str, bytes], how: str) -> None:
    """However each file of the caches is damaged, the next build is as a clean one."""
    rng = random.Random(how)
    for place in caches(built):
        place.write_bytes(DAMAGE[how](place.read_bytes(), rng))
    good(built, new)


@pytest.mark.parametrize("seed", [*range(3), *(pytest.param(seed, marks=pytest.mark.long) for seed in range(3, 200))])
def test_one_damaged_cache(built: Site, new: Mapping[str, bytes], seed: int) -> None:
    """The same if it is one file out of several that must fit each other, and whether something has been edited or not."""
    rng = random.Random(seed)
    if seed % 2:
        built.build(jobs=1)
    place = rng.choice(caches(built))
    place.write_bytes(rng.choice(list(DAMAGE.values()))(place.read_bytes(), rng))
    if rng.random() < 0.3:
        rng.choice(caches(built)).unlink()
    good(built, new)


def test_a_pickle_is_not_opened(built: Site, new: Mapping[str, bytes], tmp_path: Path) -> None:
    """What somebody else put there is not run."""
    sign = tmp_path / "run"
    for place in caches(built):
        place.write_bytes(pickle.dumps(Trap(sign)))
    good(built, new)
    assert not sign.exists()


def test_other_things_in_their_place(built: Site, new: Mapping[str, bytes]) -> None:
    """Folders where files belong, and the other way round."""
    for place in caches(built):
        place.unlink()
        place.mkdir()
        (place / "x").write_bytes(b"x")
    good(built, new)
    folders = [p for p in (built.root / ".wol").iterdir() if p.is_dir() and p.name != "state"]  # there lies the list of what wol owns
    assert folders
    for folder in folders:
        shutil.rmtree(folder)
        folder.write_bytes(b"x")
    good(built, new)


def test_the_cache_of_another_site(site: Callable[..., Site], built: Site, new: Mapping[str, bytes]) -> None:
    """Caches that were copied from elsewhere say nothing about this site."""
    other = site({f"content/posts/p{n}.md": POST.format(f"Other {n}", n + 1, "other") for n in range(5)}, FEW)
    other.build(jobs=1)
    owned = (built.root / ".wol/state/release/owned").read_bytes()
    shutil.rmtree(built.root / ".wol")
    shutil.copytree(other.root / ".wol", built.root / ".wol")
    (built.root / ".wol/state/release/owned").write_bytes(owned)
    good(built, new)


def test_the_cache_of_another_version(site: Callable[..., Site], new: Mapping[str, bytes], monkeypatch: pytest.MonkeyPatch) -> None:
    """What an older or a later wol left is not used, but for the list of what it owns."""
    here = site(OLD, FEW)
    with monkeypatch.context() as patch:
        patch.setattr(toolchain, "fingerprint", lambda loaded=None: "later")
        here.build(jobs=1)
    for path, text in NEW.items():
        here.write(path, text)
    assert here.build(jobs=1).rendered == len(here.files())
    assert not (told := differences(new, here.files())), told


@pytest.fixture
def locked_up() -> Iterator[Callable[[Path], None]]:
    """Take the right to write from a folder and all in it, until the test is over."""
    taken: list[tuple[Path, int]] = []

    def lock_up(folder: Path) -> None:
        for place in [folder, *folder.rglob("*")]:
            mode = stat.S_IMODE(place.stat().st_mode)
            taken.append((place, mode))
            place.chmod(mode & ~0o222)

    yield lock_up
    for place, mode in reversed(taken):
        if place.exists():
            place.chmod(mode)


def ran(here: Site, *arguments: str, home: Path) -> tuple[int | None, str]:
    """Run a command whom permissions bind; gives its exit code and what it said on stderr."""
    process = here.process(*arguments, before=NO_PRIVILEGES, HOME=str(home), XDG_STATE_HOME="")
    _, stderr = process.communicate(timeout=60)
    return process.returncode, stderr


def test_a_file_that_goes_with_another_version(site: Callable[..., Site], monkeypatch: pytest.MonkeyPatch) -> None:
    """What the first build of another version of wol removes is wol's no longer: what somebody puts there later stays."""
    here = site(OLD, FEW)
    here.build(jobs=1)
    real = toolchain.packages
    monkeypatch.setattr(toolchain, "packages", lambda: [*real(), "another-1.0"])
    here.remove("content/posts/p3.md")
    assert here.build(jobs=1).removed == ("2026/11/p3/index.html",)
    here.write("content/posts/p1.md", POST.format("Number 1", 2, "newer"))
    here.write("public/2026/11/p3/index.html", "of somebody else")
    assert here.build(jobs=1).removed == ()
    assert here.read("2026/11/p3/index.html") == "of somebody else"


def test_a_read_only_cache(built: Site, new: Mapping[str, bytes], tmp_path: Path, locked_up: Callable[[Path], None]) -> None:
    """Where `.wol/` cannot be written the build goes on without it, still knows what it owns, and comes back to it later."""
    home = tmp_path / "home"
    home.mkdir()
    built.write("public/CNAME", "example.org")
    kept = {"CNAME": b"example.org"}
    before = built.files(".wol")
    locked_up(built.root / ".wol")
    assert ran(built, "build", "--at", "2026-12-01", home=home) == (0, "")
    assert not (told := differences({**new, **kept}, built.files())), told
    built.remove("content/posts/p1.md")
    built.write("content/posts/p5.md", POST.format("Number 5", 6, "five"))
    assert ran(built, "build", "--at", "2026-12-01", home=home) == (0, "")
    assert "2026/11/p1/index.html" not in built.files()
    assert "2026/11/p5/index.html" in built.files()
    assert ran(built, "list", home=home) == (0, "")
    assert built.files(".wol") == before
    for place in [built.root / ".wol", *(built.root / ".wol").rglob("*")]:
        place.chmod(0o755 if place.is_dir() else 0o644)
    built.remove("content/posts/p5.md")
    built.write("content/posts/p1.md", NEW["content/posts/p1.md"])
    assert ran(built, "build", "--at", "2026-12-01", home=home) == (0, "")
    assert not (told := differences({**new, **kept}, built.files())), told
    assert not list((home / ".local/state/wol").iterdir()), "what was kept elsewhere has come home"


def test_a_read_only_site(site: Callable[..., Site], new: Mapping[str, bytes], tmp_path: Path, locked_up: Callable[[Path], None]) -> None:
    """A folder in which nothing may be written can be built into another one, more than once, and taken away again."""
    here = site(NEW, FEW)
    home, www = tmp_path / "home", tmp_path / "www"
    home.mkdir()
    locked_up(here.root)
    for _ in range(2):
        assert ran(here, "build", "--at", "2026-12-01", "--output", str(www), home=home) == (0, "")
        assert not (told := differences(new, tree(www))), told
    assert ran(here, "clean", home=home) == (0, "")
    assert not www.exists()
    assert not list((home / ".local/state/wol").iterdir())


def test_nowhere_to_write(site: Callable[..., Site], tmp_path: Path, locked_up: Callable[[Path], None]) -> None:
    """Where wol cannot keep the list of what it writes, it says so before it writes anything; what only reads goes on."""
    here = site(NEW, FEW)
    home, www = tmp_path / "home", tmp_path / "www"
    home.mkdir()
    locked_up(here.root)
    locked_up(home)
    code, stderr = ran(here, "build", "--at", "2026-12-01", "--output", str(www), home=home)
    assert code == 1
    assert "error[write-failed]" in stderr
    assert "XDG_STATE_HOME" in stderr
    assert not www.exists()
    assert ran(here, "list", home=home) == (0, "")


@pytest.fixture
def at_work(built: Site) -> Iterator[Callable[[], None]]:
    """Another process has the site, until told to end."""
    program = f"from pathlib import Path; from wol.engine.workspace import locked\nwith locked(Path({str(built.root / '.wol')!r})): print('held', flush=True); input()"
    holder = subprocess.Popen([sys.executable, "-c", program], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    assert holder.stdout is not None
    assert holder.stdout.readline() == "held\n"

    def end() -> None:
        if holder.poll() is None:
            holder.communicate("\n")

    yield end
    end()


def test_a_second_build_waits(built: Site, new: Mapping[str, bytes], at_work: Callable[[], None]) -> None:
    """A build that begins while another is at work waits for it."""
    second = built.process("build", "--at", "2026-12-01")
    time.sleep(1)
    assert second.poll() is None, "it waits"
    at_work()
    _, stderr = second.communicate(timeout=60)
    assert (second.returncode, stderr) == (0, "")
    assert not (told := differences(new, built.files())), told


def test_a_list_does_not_wait(built: Site, at_work: Callable[[], None]) -> None:
    """While a build is at work, `wol list` tells what there is, at once, and touches nothing of what that build uses."""
    before = built.files(".wol")
    began = time.monotonic()
    listed = built.run("list")
    assert (listed.code, listed.stderr) == (0, "")
    assert len(listed.stdout.splitlines()) == len(NEW)
    assert time.monotonic() - began < 4, "it does not wait for the lock"
    assert built.files(".wol") == before


@pytest.mark.parametrize("text", [b"", b"process 1 on here, since 2026-01-01 00:00:00 UTC", b"process 999999999", b"\xff\x00" * 300])
def test_a_stale_lock(built: Site, new: Mapping[str, bytes], text: bytes) -> None:
    """What a lock says does not matter once its process is gone, were it that of an earlier start of the machine or of a number in use again."""
    (built.root / ".wol/lock").write_bytes(text)
    began = time.monotonic()
    good(built, new)
    assert time.monotonic() - began < 4, "it does not wait"


@pytest.mark.parametrize("goes", [True, False])
def test_what_an_item_was_is_lost(tmp_path: Path, goes: bool) -> None:
    """Where the page store is lost, so is what an item was: it counts as changed in all that it may have had, fields and marks of features too."""
    world = World.start()
    world.texts["notes/one.md"] = Text({"id": "notes-one", "book": "{title: One, author: Ann}"}, ("@posts-a and [a](/posts/a.md)",))
    live = Site.at(tmp_path / "live")
    inputs = Inputs(live.root, world)
    assert not fresh(live.root, Options(NOW)).errors
    (live.root / ".wol/store/index").write_bytes(b"")
    if goes:
        del world.texts["notes/one.md"]
    else:
        world.texts["notes/one.md"] = Text({"id": "notes-one"}, ("Nothing.",))
    inputs.sync(world)
    assert not fresh(live.root, Options(NOW)).errors
    clean = Site.at(tmp_path / "clean")
    Inputs(clean.root, world)
    assert not fresh(clean.root, Options(NOW)).errors
    assert not (told := differences(clean.files(), live.files())), told
