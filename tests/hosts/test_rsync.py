"""The target rsync, with OpenSSH's server and rsync as they are, on loopback."""

from __future__ import annotations

import os
import random
import shutil
import signal
import stat
import time
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pytest

from harness import hosts, withdrawing
from harness.deploys import build, deploy, edit, made, restyle, seen
from harness.failing_writes import Killed
from harness.site import Site, tree
from wol import fsio
from wol.deploy import programs
from wol.deploy.deployment import DeployRequest, at_target, deploying
from wol.deploy.lease import Lease
from wol.deploy.rollback import roll_back
from wol.features import registry

pytestmark = [pytest.mark.hosts, pytest.mark.usefixtures("testhost")]
ABOUT = {"content/about.md": "About."}
DAMAGES: Mapping[str, Callable[[Path], object]] = {
    "feed.xml": lambda path: path.unlink(),
    "robots.txt": lambda path: path.write_bytes(path.read_bytes().swapcase()),
    "sitemap.xml": lambda path: path.chmod(0o600),
    "404.html": lambda path: replaced(path, "index.html"),
    "index.html": lambda path: replaced(path),
}


def replaced(path: Path, to: str = "") -> None:
    """Put a link in the place of a file, or an empty folder."""
    path.unlink()
    if to:
        path.symlink_to(to)
    else:
        path.mkdir()


@pytest.fixture(autouse=True)
def _there_is_rsync() -> None:
    hosts.program("rsync")


def remote(site: Callable[..., Site], more: str = "", **options: Any) -> Site:
    """Make a site with a folder of the host beside it, whose name has to be quoted."""
    here = made(site, "", **options)
    www = here.root.parent / "www"
    settings = f'[deploy.live]\ntype = "rsync"\nhost = "testhost"\npath = "{www}"\npublic = false\n{more}'
    here.write("site.toml", (here.root / "site.toml").read_text() + settings)
    build(here)
    return here


def publish(site: Site) -> None:
    """Deploy inside this process, as the command does."""
    with deploying(DeployRequest(site.root, "", 50), registry.load, registry.targets, None) as deployment:
        deployment.publish(lambda stage, done, total: None)


def test_the_site_is_live(site: Callable[..., Site]) -> None:
    """Readers see what was built, and a web server may read it; a second deploy has nothing to do."""
    here = remote(site)
    deploy(here)
    assert seen(here) == here.files()
    www = here.root.parent / "www"
    assert stat.S_IMODE((www / "current/index.html").stat().st_mode) == 0o644
    assert stat.S_IMODE((www / "current/archive").stat().st_mode) == 0o755
    before = os.readlink(www / "current")
    assert "Nothing to publish" in deploy(here).stdout
    assert os.readlink(www / "current") == before
    assert sorted(os.listdir(www)) == ["current", "lists", "releases"]


def test_damage_there_is_repaired(site: Callable[..., Site]) -> None:
    """All files are read there: what another hand changed, deleted, replaced or closed is repaired and named, with no change of the site and with one."""
    here = remote(site)
    deploy(here)
    live = here.root.parent / "www/current"
    for path, work in DAMAGES.items():
        work(live / path)
        if path == "robots.txt":
            edit(here, 1)
        told = deploy(here).stdout
        assert "Repaired 1 file damaged at the target" in told, path
        assert seen(here) == here.files(), path
    assert "Nothing to publish" in deploy(here).stdout


def test_no_release_shares_a_file_with_another(site: Callable[..., Site]) -> None:
    """What is damaged in the live release is whole in the one before; a release that is damaged itself is not gone back to."""
    here = remote(site)
    deploy(here)
    old = seen(here)
    first = (here.root.parent / "www/current").resolve()
    edit(here, 1)
    deploy(here)
    new = seen(here)
    live = here.root.parent / "www/current"
    assert {path.stat().st_nlink for path in live.resolve().rglob("*") if path.is_file()} == {1}
    (live / "robots.txt").write_bytes(b"hacked")
    assert here.run("rollback").code == 0
    assert seen(here) == old
    deploy(here, "--yes-delete", "50")
    (first / "robots.txt").write_text("hacked")
    ran = here.run("rollback", "--to", first.name)
    assert (ran.code, "error[deploy-damaged]" in ran.stderr, "robots.txt" in ran.stderr) == (1, True, True)
    assert seen(here) == new


def test_what_is_withdrawn_is_gone(site: Callable[..., Site]) -> None:
    """Whatever its name looks like, and at each later rollback."""
    www = '[deploy.live]\ntype = "rsync"\nhost = "testhost"\npath = "../www"\npublic = false\nkeep = 5\n'

    def placed(files: Mapping[str, str], config: str) -> Site:
        here = site(files, config)
        here.write("site.toml", config.replace('"../www"', f'"{here.root.parent}/www"'))
        return here

    withdrawing.check(placed, www, seen, goes_back=True)


def test_files_of_others_stay(site: Callable[..., Site]) -> None:
    """What somebody put into the live folder, links and strange names too, is in the next release (D4)."""
    here = remote(site)
    deploy(here)
    live = here.root.parent / "www/current"
    (live / ".well-known/acme").mkdir(parents=True)
    others = {"CNAME": b"example.org", ".well-known/acme/token": b"x", "-n 'it' is \"q\" $(x)\n\\ü": b"y"}
    for path, data in others.items():
        (live / path).write_bytes(data)
    (live / "link").symlink_to("CNAME")
    for number in range(2):
        edit(here, number)
        assert "4 files of others stay there" in deploy(here).stdout
    assert seen(here) == dict(sorted({**here.files(), **others, "link": b"-> CNAME"}.items()))


def test_a_file_of_others_in_the_way(site: Callable[..., Site]) -> None:
    """Somebody else's file where the site has its own is replaced only if that is allowed."""
    here = remote(site)
    deploy(here)
    place = here.root.parent / "www/current/2026/11/new-1"
    place.mkdir()
    (place / "index.html").write_text("mine")
    edit(here, 1)
    before = seen(here)
    assert "deploy-foreign" in deploy(here, code=1).stderr
    assert seen(here) == before
    deploy(here, "--yes-delete", "1")
    assert seen(here) == here.files()


def test_a_folder_that_is_no_link(site: Callable[..., Site]) -> None:
    """A `current` that wol did not make is left alone."""
    here = remote(site)
    (here.root.parent / "www/current").mkdir(parents=True)
    (here.root.parent / "www/current/index.html").write_text("mine")
    assert "not a link that wol made" in deploy(here, code=1).stderr
    assert seen(here) == {"index.html": b"mine"}


def test_rollback_twice_and_deploy(site: Callable[..., Site]) -> None:
    """Back by one release each time, then a deploy of what was built last; only some releases are kept (D10)."""
    here = remote(site, "keep = 3\n")
    states = []
    for number in range(4):
        edit(here, number)
        deploy(here)
        states.append(seen(here))
    assert len(here.run("releases").stdout.splitlines()) == 3
    assert len(os.listdir(here.root.parent / "www/releases")) == len(os.listdir(here.root.parent / "www/lists")) == 3
    for state in (states[2], states[1]):
        assert here.run("rollback").code == 0
        assert seen(here) == state
    assert "deploy-release" in here.run("rollback").stderr
    deploy(here, "--yes-delete", "50")
    assert seen(here) == states[3]


def test_assets_of_the_last_three_releases_stay(site: Callable[..., Site]) -> None:
    """A page that somebody has open finds its style sheet after three more releases, not after the fourth."""
    here = remote(site, files={**ABOUT, "themes/mine/assets/style.css": "/* 0 */"})
    here.write("site.toml", (here.root / "site.toml").read_text() + '[theme]\nuse = ["mine"]\n')
    build(here)
    deploy(here)
    first = next(path for path in here.files() if path.startswith("assets/style."))
    for number in range(1, 5):
        restyle(here, number)
        deploy(here)
        assert (first in seen(here)) == (number < 4)


def test_a_file_that_changes_on_its_way(site: Callable[..., Site], monkeypatch: pytest.MonkeyPatch) -> None:
    """All files are compared with their digests at the host before readers see them."""
    here = remote(site, files=ABOUT)
    deploy(here)
    before = seen(here)
    here.write("content/about.md", "Other.")
    build(here)
    run = programs.run

    def changing(words: list[str], **options: Any) -> programs.Ran:
        if words[0] == "rsync":
            (here.root / "public/about/index.html").write_text("changed")
        return run(words, **options)

    monkeypatch.setattr(programs, "run", changing)
    assert "about/index.html: FAILED" in deploy(here, code=1).stderr
    assert seen(here) == before


def test_two_at_once(site: Callable[..., Site]) -> None:
    """A lock there keeps others out; it lapses, and one of a process that is gone does not count (D9)."""
    here = remote(site, files=ABOUT)
    lock = here.root.parent / "www/lock"
    lock.parent.mkdir()
    new = Lease.new()
    lock.write_bytes(Lease("elsewhere", 1, new.since, new.renewed).encode())
    assert "process 1 on elsewhere" in deploy(here, code=1).stderr
    assert seen(here) == {}
    lock.write_bytes(Lease(new.host, 2**22 + 1, new.since, new.renewed).encode())
    deploy(here)
    assert seen(here) == here.files()
    assert not lock.exists()


def test_a_host_that_does_not_answer(site: Callable[..., Site], monkeypatch: pytest.MonkeyPatch) -> None:
    """A connection that fails is tried three times; a key that is not taken once, with a hint (D7)."""
    waits: list[float] = []
    monkeypatch.setattr("wol.clock.wait", waits.append)
    here = remote(site, f"port = {hosts.free_port()}\n", files=ABOUT)
    assert "Connection refused" in deploy(here, code=1).stderr
    assert waits == [1.0, 4.0]
    here.write("site.toml", (here.root / "site.toml").read_text().replace("testhost", "nobody@testhost").partition("port =")[0])
    build(here)
    assert "must work without a question" in deploy(here, code=1).stderr
    assert len(waits) == 2


def test_no_ssh(site: Callable[..., Site], monkeypatch: pytest.MonkeyPatch) -> None:
    """A machine without ssh says so."""
    here = remote(site, files=ABOUT)
    monkeypatch.setenv("PATH", "/nowhere")
    assert "there is no program `ssh`" in deploy(here, code=1).stderr


def test_killed_before_every_call(site: Callable[..., Site], monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """The link leads to a whole release at any moment; the run after a kill publishes the new one, and tidies up (D1)."""
    here = remote(site, "keep = 2\n")
    www = here.root.parent / "www"
    deploy(here)
    edit(here, 0)
    deploy(here)
    old = seen(here)
    edit(here, 1)
    os.rename(www, tmp_path / "before")
    run = programs.run
    killed = 0
    at = 0
    while True:
        at += 1
        calls = 0

        def counted(words: list[str], at: int = at, **options: Any) -> programs.Ran:
            nonlocal calls
            calls += 1
            if calls >= at:
                raise Killed
            return run(words, **options)

        fsio.remove_tree(www)
        shutil.copytree(tmp_path / "before", www, symlinks=True)
        with monkeypatch.context() as patch:
            patch.setattr(programs, "run", counted)
            try:
                publish(here)
            except Killed:
                killed += 1
            else:
                break
        assert seen(here) in (old, here.files())
        publish(here)
        assert seen(here) == here.files()
        assert sorted(os.listdir(www)) == ["current", "lists", "releases"]
        assert [path for path in tree(www) if ".tmp" in path or path.endswith(".next")] == []
        assert len(os.listdir(www / "releases")) == 2
    with at_target(here.root, "", registry.targets, hold=True) as (place, target):
        roll_back(place, target, "")
    assert seen(here) == old
    assert killed >= 5, "a deploy locks, looks, sends, switches and unlocks: each is one call"


def test_killed_for_good(site: Callable[..., Site]) -> None:
    """SIGKILL at random moments of a real process, with rsync and ssh left to end by themselves."""
    here = remote(site)
    deploy(here)
    chance = random.Random(3)
    edit(here, 0)
    started = time.monotonic()
    process = here.process("deploy", "--yes")
    _, err = process.communicate(timeout=120)
    usual = time.monotonic() - started
    assert process.returncode == 0, err
    for number in range(1, 5):
        old = seen(here)
        edit(here, number)
        process = here.process("deploy", "--yes", "--yes-delete", "50")
        time.sleep(usual * chance.uniform(0.3, 1.0))
        os.kill(process.pid, signal.SIGKILL)
        process.wait(30)
        assert seen(here) in (old, here.files())
        deploy(here, "--yes-delete", "50")
        assert seen(here) == here.files()
        process.communicate(timeout=30)
