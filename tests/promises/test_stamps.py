"""A change is noticed whatever size and time the file has: what the file system says is trusted only as far as it proves something."""

from __future__ import annotations

import io
import os
import shutil
import tarfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from harness.site import Site
from harness.ticks import FAT, HFS, Ticks
from wol import stamps
from wol.check.built_site import built_site
from wol.engine.session import Session
from wol.errors import WolError
from wol.features import registry

CONFIG = '[site]\ntitle = "A Site"\nbase_url = "https://blog.test"\n[theme]\nuse = ["mine"]\nfooter = "One"\n'
POST = "---\ntitle: A\ndate: 2026-11-20\n---\nWords: one.\n"
FILES = {
    "content/posts/a.md": POST,
    "content/posts/b/index.md": POST.replace("A", "B"),
    "content/posts/b/photo.jpg": "picture one",
    "content/posts/_defaults.toml": 'licence = "one"\n',
    "content/about.md": "About one.\n",
    "static/x.txt": "one",
    "themes/mine/templates/post.html": "one {{ page.title }} {{ page.content }} {{ page.licence }}",
    "themes/mine/assets/z.css": "p { content: 'one' }",
    "ledger/published.tsv": "2026-11-20T00:00:00Z\tlive\t/2026/11/a/\ttag:one\titem\n",
}
INPUTS = (*FILES, "site.toml")
OUTPUT = "public/2026/11/a/index.html"


def other(data: bytes) -> bytes:
    """Give different bytes, as many."""
    return data.replace(b"one", b"two").replace(b"One", b"Two")


def _in_place(place: Path, data: bytes) -> None:
    """As `touch -r` does after an edit."""
    found = place.stat()
    place.write_bytes(data)
    os.utime(place, ns=(found.st_atime_ns, found.st_mtime_ns))


def _beside(place: Path, data: bytes) -> Path:
    beside = place.with_name("~beside")
    found = place.stat()
    beside.write_bytes(data)
    os.utime(beside, ns=(found.st_atime_ns, found.st_mtime_ns))
    return beside


def _moved_over(place: Path, data: bytes) -> None:
    """As `mv`, `rsync -t` and careful editors do."""
    os.replace(_beside(place, data), place)


def _copied_over(place: Path, data: bytes) -> None:
    """As `cp -p` does: the same inode, and both times set."""
    beside = _beside(place, data)
    shutil.copy2(beside, place)
    beside.unlink()


def _linked(place: Path, data: bytes) -> None:
    """As `cp -al` from another tree does: the change time may be old, too."""
    beside = _beside(place, data)
    place.unlink()
    os.link(beside, place)
    beside.unlink()


def _unpacked(place: Path, data: bytes) -> None:
    """As `tar -x` does, over a file that is there."""
    found = place.stat()
    packed = io.BytesIO()
    with tarfile.open(fileobj=packed, mode="w") as archive:
        member = tarfile.TarInfo(place.name)
        member.size, member.mtime = len(data), found.st_mtime
        archive.addfile(member, io.BytesIO(data))
    packed.seek(0)
    with tarfile.open(fileobj=packed) as archive:
        archive.extractall(place.parent, filter="fully_trusted")
    os.utime(place, ns=(found.st_atime_ns, found.st_mtime_ns))


WAYS = (_in_place, _moved_over, _copied_over, _linked, _unpacked)


def same_as_clean(here: Site) -> None:
    """The output is what a build from nothing makes."""
    clean = here.root.parent / "clean"
    shutil.rmtree(clean, ignore_errors=True)
    made = Site(clean, {path: (here.root / path).read_bytes() for path in FILES}, (here.root / "site.toml").read_text())
    made.build()
    assert made.files() == here.files()


@pytest.fixture
def aged(site: Callable[..., Site]) -> Site:
    """A built site whose files all have one time, long ago, as in a store of Nix or an archive."""
    here = site(FILES, CONFIG)
    for path in INPUTS:
        os.utime(here.root / path, (1, 1))
    here.build()
    return here


@pytest.mark.parametrize("way", WAYS)
def test_an_input_of_the_same_size_and_time(aged: Site, way: Callable[[Path, bytes], None]) -> None:
    """Every sort of input, changed in every way, by itself: seen by a session, by builds, and by what goes by the last build."""
    session = Session(registry.load)
    session.build(aged.request())
    for number, path in enumerate(INPUTS):
        place = aged.root / path
        before, data = place.stat(), place.read_bytes()
        way(place, other(data))
        assert (place.stat().st_size, place.stat().st_mtime_ns) == (before.st_size, before.st_mtime_ns)
        if path != "site.toml":  # its bytes are compared in any case
            with pytest.raises(WolError, match="check-outdated"), built_site(aged.root, registry.load):
                pass
        if number % 2:
            session.build(aged.request())
        else:
            aged.build()
        state = aged.files()
        assert not session.build(aged.request()).written
        assert aged.files() == state
    same_as_clean(aged)


def test_a_link_that_leads_to_a_file_like_the_last(aged: Site) -> None:
    """Within the content, to a file of the same size and time, also by way of a folder."""
    for folder, data in (("one", b"one"), ("two", b"two")):
        (aged.root / "content/_kept" / folder).mkdir(parents=True)
        (aged.root / "content/_kept" / folder / "f.txt").write_bytes(data)
        os.utime(aged.root / "content/_kept" / folder / "f.txt", (1, 1))
    for name, to in (("f.txt", "../../_kept/{}/f.txt"), ("d", "../../_kept/{}")):
        link = aged.root / "content/posts/b" / name
        for word in ("one", "two"):
            link.unlink(missing_ok=True)
            link.symlink_to(to.format(word))
            aged.build()
            assert aged.read(f"2026/11/b/{name}" if name != "d" else "2026/11/b/d/f.txt") == word


@pytest.mark.parametrize("way", WAYS)
def test_an_output_of_the_same_size_and_time(aged: Site, way: Callable[[Path, bytes], None]) -> None:
    """It is damage like any other: told by `wol check`, and repaired by the next build."""
    good = aged.files()
    for path in (OUTPUT, "public/x.txt", "public/feed.xml"):
        place = aged.root / path
        way(place, other(place.read_bytes()))
        with built_site(aged.root, registry.load) as found:
            assert dict(found.damage) == {path.removeprefix("public/"): "tampered"}
        assert [(o.path, o.reason.code) for o in aged.build().outcomes] == [(path.removeprefix("public/"), "tampered")]
        assert aged.files() == good
        assert aged.build().rendered == 0


def test_permissions_and_hard_links_are_no_damage(aged: Site) -> None:
    """Their change times differ, their bytes do not: they are read once, and then known again."""
    for path in (OUTPUT, "content/posts/a.md"):
        os.chmod(aged.root / path, 0o600)
        os.link(aged.root / path, aged.root.parent / f"{path.count('/')}.linked")
    assert aged.build().rendered == 0
    with built_site(aged.root, registry.load) as found:
        assert not found.damage


def test_a_copy_of_a_site(aged: Site) -> None:
    """A tree that was copied with its times and caches has other inodes: all is read, and nothing is rendered."""
    copy = aged.copy(aged.root.parent / "copy")
    assert copy.build().rendered == 0
    assert copy.build().rendered == 0
    assert copy.files() == aged.files()


@pytest.fixture(params=[(FAT, True), (HFS, True), (FAT, False), (HFS, False)], ids=["fat", "hfs", "fat, one time", "hfs, one time"])
def ticks(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Ticks:
    """A file system with a coarse clock, with and without change times."""
    step, has_change_time = request.param
    made = Ticks(step, has_change_time=has_change_time)
    made.install(monkeypatch)
    return made


def test_edits_within_one_tick(site: Callable[..., Site], ticks: Ticks) -> None:
    """Builds and edits that follow one another faster than the clock ticks, and some ticks later: each is seen, of inputs and of the output."""
    here, session = site(FILES, CONFIG), Session(registry.load)
    here.build()
    session.build(here.request())
    for number, path in enumerate(FILES):
        place = here.root / path
        place.write_bytes(other(place.read_bytes()))
        report = session.build(here.request()) if number % 2 else here.build()
        assert report.rendered, path
    same_as_clean(here)
    good = here.files()
    (here.root / OUTPUT).write_bytes(other((here.root / OUTPUT).read_bytes()))
    here.build()
    assert here.files() == good
    ticks.go_on(3)
    here.build()
    here.write("content/about.md", "About six.\n")
    ticks.go_on()
    assert here.build().rendered
    same_as_clean(here)


def test_what_has_settled_is_not_read_again(site: Callable[..., Site], ticks: Ticks, monkeypatch: pytest.MonkeyPatch) -> None:
    """After some ticks and a build that had something to do, no file is opened by a scan."""
    from wol.content import walk

    here = site(FILES, CONFIG)
    here.build()
    ticks.go_on(3)
    here.write("content/new.md", "New.\n")
    here.build()
    opened: list[str] = []

    def spy(place: str, *given: Any) -> Any:
        opened.append(os.path.relpath(place, here.root))
        return open(place, *given)

    monkeypatch.setattr(walk, "open", spy, raising=False)
    assert here.build().rendered == 0
    assert [path for path in opened if path in FILES] == []


def test_verify_trusts_no_stamp(site: Callable[..., Site], monkeypatch: pytest.MonkeyPatch) -> None:
    """Where a file system lies about a change, `--verify` sees it all the same, makes what it must, and says so; other builds cannot."""
    ticks = Ticks(FAT)
    ticks.install(monkeypatch)
    here = site(FILES, CONFIG)
    here.build()
    ticks.go_on(3)
    here.write("content/new.md", "New.\n")
    here.build()
    ticks.go_on(3)
    here.write("content/new.md", "Newer.\n")
    here.build()
    honest, frozen = stamps.of, {}
    for path in ("content/posts/a.md", "public/2026/11/b/index.html"):
        found = os.lstat(here.root / path)
        frozen[found.st_ino] = honest(found)
        (here.root / path).write_bytes(other((here.root / path).read_bytes()))
    monkeypatch.setattr(stamps, "of", lambda found: frozen.get(found.st_ino, honest(found)))
    assert here.build().outcomes == ()
    ran = here.run("build", "--verify", "--at", "2026-12-01")
    assert "does not show that `content/posts/a.md` and `public/2026/11/b/index.html` changed" in ran.stdout
    assert "verified" in ran.stdout
    assert b"two" in here.files()["2026/11/a/index.html"]
    assert b"two" not in here.files()["2026/11/b/index.html"]
    assert here.build(verify=True).unnoticed == ()


def test_a_state_of_an_older_version(aged: Site) -> None:
    """It is no error: the build is a full one, and knows what is its own."""
    (aged.root / ".wol/state/release/state").write_bytes(b"wol state 2\n" * 99)
    aged.write("public/by-hand.txt", "by hand")
    aged.remove("static/x.txt")
    assert aged.build().rendered
    assert not (aged.output / "x.txt").exists()
    assert aged.read("by-hand.txt") == "by hand"
