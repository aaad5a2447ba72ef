"""A target that was changed behind wol's back: what is there is looked at, repaired and named, and no damage reaches a release that is kept."""

from __future__ import annotations

import os
import shutil
import stat
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

import pytest

from harness.deploys import LIVE, deploy, edit, made, seen
from harness.site import Site, tree
from wol.deploy.damage import EntryState, damage, foreign

pytestmark = pytest.mark.slow

PAGE = "2026/11/one/index.html"


def _in_place(path: Path) -> None:
    """Change one byte of a file, and leave its size and times as they were."""
    before = path.stat()
    data = bytearray(path.read_bytes())
    data[len(data) // 2] ^= 1
    path.write_bytes(data)
    os.utime(path, ns=(before.st_atime_ns, before.st_mtime_ns))


def _linked(path: Path, to: str) -> None:
    """Put a link in the place of a file or folder."""
    (shutil.rmtree if path.is_dir() else os.unlink)(path)
    path.symlink_to(to)


def _as_file(path: Path) -> None:
    shutil.rmtree(path)
    path.write_text("x")


def _as_folder(path: Path) -> None:
    path.unlink()
    path.mkdir()


DAMAGES: Mapping[str, Callable[[Path], object]] = {
    "a feed deleted": lambda live: (live / "feed.xml").unlink(),
    "the home page deleted": lambda live: (live / "index.html").unlink(),
    "a folder deleted": lambda live: shutil.rmtree(live / "2026"),
    "a page edited": lambda live: (live / PAGE).write_text("hacked"),
    "a page edited, with size and times as before": lambda live: _in_place(live / PAGE),
    "a style sheet edited": lambda live: _in_place(next((live / "assets").glob("style.*"))),
    "a file emptied": lambda live: (live / "robots.txt").write_bytes(b""),
    "a file longer": lambda live: (live / "sitemap.xml").write_bytes((live / "sitemap.xml").read_bytes() + b"\n"),
    "a file that is a folder": lambda live: _as_folder(live / "robots.txt"),
    "a file that is a link to the same bytes": lambda live: _linked(live / "index.html", "404.html"),
    "a file that is a dangling link": lambda live: _linked(live / "feed.xml", "nowhere"),
    "a file that is a link out of it": lambda live: _linked(live / "feed.xml", "/etc/hosts"),
    "a folder that is a link": lambda live: _linked(live / "archive", "/tmp"),
    "a folder that is a link to a folder of the site": lambda live: _linked(live / "archive", "tags"),
    "a folder that is a file": lambda live: _as_file(live / "archive"),
    "a file nobody may read": lambda live: (live / PAGE).chmod(0o600),
    "a file with no permissions": lambda live: (live / "404.html").chmod(0),
    "a folder nobody may enter": lambda live: (live / "tags").chmod(0o700),
    "the whole release closed": lambda live: live.resolve().chmod(0o700),
    "a file with another name": lambda live: (live / "feed.xml").rename(live / "feed.xml.old"),
}


@contextmanager
def copies(www: Path, before: Path) -> Iterator[None]:
    """Let a target be as it was."""
    shutil.rmtree(www)
    shutil.copytree(before, www, symlinks=True)
    yield


def readable(live: Path) -> bool:
    """Whether a web server may read all of a site."""
    entries = [live.resolve(), *live.rglob("*")]
    return all(
        stat.S_IMODE(e.stat().st_mode) & 0o755 == 0o755 if e.is_dir() else stat.S_IMODE(e.stat().st_mode) & 0o444 == 0o444 for e in entries
    )


def test_whatever_happened_to_the_live_release_is_repaired(site: Callable[..., Site], tmp_path: Path) -> None:
    """The plan names it, the deploy repairs it and says so, and the next one finds nothing to do."""
    here = made(site)
    www = here.root.parent / "www"
    deploy(here)
    shutil.copytree(www, tmp_path / "before", symlinks=True)
    for name, work in DAMAGES.items():
        with copies(www, tmp_path / "before"):
            work(www / "current")
            assert "damaged at the target, repaired" in here.run("deploy", "--dry-run").stdout, name
            told = deploy(here, "--yes-delete", "1").stdout
            assert "Repaired " in told, f"{name}: {told}"
            after = {path: data for path, data in seen(here).items() if path != "feed.xml.old"}
            assert after == here.files(), name
            assert readable(www / "current"), name
            assert "Nothing to publish" in deploy(here).stdout, name


def test_damage_is_repaired_along_with_a_change(site: Callable[..., Site]) -> None:
    """A deploy that has something new to publish repairs what is damaged, too; an asset that was damaged is not carried on."""
    here = made(site, '[theme]\nuse = ["mine"]\n' + LIVE, {"content/about.md": "About.", "themes/mine/assets/own.css": "/* 0 */"})
    deploy(here)
    live = here.root.parent / "www/current"
    first = next(path for path in here.files() if path.startswith("assets/own."))
    _in_place(live / first)
    _in_place(live / "robots.txt")
    here.write("themes/mine/assets/own.css", "/* 1 */")
    assert here.run("build", "--quiet").code == 0
    told = deploy(here).stdout
    assert "Repaired 1 file damaged at the target: `robots.txt`" in told
    assert seen(here) == here.files()
    assert first not in seen(here)


def test_what_happens_to_one_release_leaves_the_others_as_they_were(site: Callable[..., Site]) -> None:
    """Files of the live release that are edited in place are not those of the release before; going back brings that one as it was published."""
    here = made(site)
    deploy(here)
    old = seen(here)
    edit(here, 1)
    deploy(here)
    live = here.root.parent / "www/current"
    for path in tree(live):
        _in_place(live / path) if (live / path).stat().st_size else None
    assert here.run("rollback").code == 0
    assert seen(here) == old


@pytest.mark.parametrize(
    "work",
    [
        DAMAGES[name]
        for name in ("a feed deleted", "a page edited, with size and times as before", "a folder that is a link", "a file nobody may read")
    ],
)
def test_a_damaged_release_is_not_gone_back_to(site: Callable[..., Site], work: Callable[[Path], object]) -> None:
    """A kept release that is not what was published is refused, with what happened to it; readers see what they saw."""
    here = made(site)
    deploy(here)
    first = here.root.parent / "www" / os.readlink(here.root.parent / "www/current")
    edit(here, 1)
    deploy(here)
    now = seen(here)
    work(first)
    ran = here.run("rollback")
    assert (ran.code, "error[deploy-damaged]" in ran.stderr) == (1, True)
    assert seen(here) == now


def test_releases_of_an_earlier_version_that_share_files(site: Callable[..., Site]) -> None:
    """Hard links between releases, as earlier versions made them: an edit of one damages both, and that is found in both."""
    here = made(site)
    deploy(here)
    edit(here, 1)
    deploy(here)
    www = here.root.parent / "www"
    new = (www / "current").resolve()
    (old,) = (one for one in (www / "releases").iterdir() if one != new)
    for path in tree(new):
        if (old / path).exists() and (old / path).read_bytes() == (new / path).read_bytes():
            os.unlink(old / path)
            os.link(new / path, old / path)
    with (new / "robots.txt").open("a") as text:
        text.write("hacked")
    assert "error[deploy-damaged]" in here.run("rollback").stderr
    assert "Repaired 1 file" in deploy(here).stdout
    assert seen(here) == here.files()
    assert {path.stat().st_nlink for path in (www / "current").resolve().rglob("*") if path.is_file()} == {1}


def test_a_web_server_can_read_it_whatever_the_umask(site: Callable[..., Site]) -> None:
    """Folders are 755 and files 644 in a release, and in all that wol makes above it; what was published closed is opened by the next deploy."""
    before = os.umask(0o077)
    try:
        here = made(site, LIVE.replace("../www", "../srv/sites/www"))
        deploy(here)
        edit(here, 1)
        deploy(here)
        top = here.root.parent / "srv"
        (top / "sites/www/releases").chmod(0o700)
        (top / "sites/www/current").resolve().chmod(0o700)
        deploy(here)
    finally:
        os.umask(before)
    www = top / "sites/www"
    assert readable(www / "current")
    assert {stat.S_IMODE(one.stat().st_mode) for one in (top, top / "sites", www, www / "releases")} == {0o755}
    assert {stat.S_IMODE(one.stat().st_mode) for one in (www / "current").resolve().rglob("*") if one.is_file()} == {0o644}


def test_a_live_release_without_its_list(site: Callable[..., Site]) -> None:
    """It cannot be told which files are wol's: that is said, all is published anew, and nothing is taken over that may have been withdrawn."""
    here = made(site)
    deploy(here)
    www = here.root.parent / "www"
    lists = list((www / "lists").iterdir())
    (www / "current/CNAME").write_text("example.org")
    here.remove("content/posts/two.md")
    assert here.run("build", "--quiet").code == 0
    lists[0].write_text(lists[0].read_text()[:-20])
    told = deploy(here)
    assert "warning[deploy-record]" in told.stderr
    assert seen(here) == here.files()
    shutil.rmtree((www / "current").resolve())
    assert "is not there any more" in deploy(here).stderr
    assert seen(here) == here.files()


@pytest.mark.parametrize("to", ["../elsewhere", "elsewhere/20261120T140503123Z-9c41d0aa52e1", "/", "nowhere", "releases", "releases/.."])
def test_a_link_that_leads_elsewhere_is_left_alone(site: Callable[..., Site], to: str) -> None:
    """A `current` that leads to anything but a release here is not replaced, in a dry run neither."""
    here = made(site)
    www = here.root.parent / "www"
    www.mkdir()
    (www / "current").symlink_to(to)
    for words in (["--yes"], ["--dry-run"]):
        ran = here.run("deploy", *words)
        assert (ran.code, "is not a link that wol made" in ran.stderr) == (1, True)
    assert os.readlink(www / "current") == to


def test_what_is_damage_and_what_is_somebody_elses() -> None:
    """The decision alone: types, bytes and permissions, of files and of the folders above them."""
    files = {"a": "1", "b/c": "2", "b/d/e": "3"}
    folder = EntryState("d", 0o755)
    whole = {
        "": folder,
        "a": EntryState("f", 0o644, "1"),
        "b": folder,
        "b/c": EntryState("f", 0o444, "2"),
        "b/d": EntryState("d", 0o2775),
        "b/d/e": EntryState("f", 0o664, "3"),
    }
    assert damage(files, whole) == {}
    assert damage(files, {}) == dict.fromkeys(files, "deleted")
    assert damage(files, {**whole, "b/d": EntryState("l", 0o777)}) == {"b/d/e": "replaced"}
    assert damage(files, {**whole, "a": folder}) == {"a": "replaced"}
    assert damage(files, {**whole, "a": EntryState("f", 0o644, "")}) == {"a": "changed"}
    assert damage(files, {**whole, "b": EntryState("d", 0o750)}) == dict.fromkeys(("b/c", "b/d/e"), "unreadable for a web server")
    others = {"x": EntryState("f", 0o600, "9"), "y": EntryState("l", 0o777), "b/z": EntryState("?", 0o644)}
    assert foreign(files, {**whole, **others, "b/d": EntryState("l", 0o777)}) == {"x": "9", "y": "", "b/z": ""}
