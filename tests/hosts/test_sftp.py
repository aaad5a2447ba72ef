"""The target SFTP, with OpenSSH's sftp-server as it is, on loopback."""

from __future__ import annotations

import os
import random
import signal
import time
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pytest

from harness import hosts, withdrawing
from harness.buckets import broken
from harness.deploys import build, deploy, edit, made
from harness.failing_writes import Killed
from harness.site import Site, tree
from wol.deploy import programs
from wol.deploy.deployment import DeployRequest, deploying
from wol.deploy.lease import Lease
from wol.features import registry

pytestmark = [pytest.mark.hosts, pytest.mark.usefixtures("testhost")]
ABOUT = {"content/about.md": "About."}


def uploaded(site: Callable[..., Site], **options: Any) -> Site:
    """Make a site that goes to a folder beside it."""
    here = made(site, "", **options)
    settings = f'[deploy.live]\ntype = "sftp"\nhost = "testhost"\npath = "{here.root.parent}/www"\npublic = false\n'
    here.write("site.toml", (here.root / "site.toml").read_text() + settings)
    build(here)
    return here


def there(site: Site) -> dict[str, bytes]:
    """Give the files that readers may fetch."""
    return {path: data for path, data in tree(site.root.parent / "www").items() if not path.startswith(".wol/")}


def own(site: Site) -> list[str]:
    """Give the names of wol's own files there."""
    return sorted(os.listdir(site.root.parent / "www/.wol"))


def publish(site: Site) -> None:
    """Deploy inside this process, as the command does."""
    with deploying(DeployRequest(site.root, "", 50), registry.load, registry.targets, None) as deployment:
        deployment.publish(lambda stage, done, total: None)


def test_the_folder_is_the_site(site: Callable[..., Site]) -> None:
    """Files are there, and readable; the second time there is nothing to do; there is no way back."""
    here = uploaded(site)
    deploy(here)
    assert there(here) == here.files()
    assert own(here) == ["release"]
    assert (here.root.parent / "www/index.html").stat().st_mode & 0o777 == 0o644
    assert "Nothing to publish" in deploy(here).stdout
    assert "error[deploy-no-rollback]" in here.run("rollback").stderr


def test_edits_removals_and_files_of_others(site: Callable[..., Site]) -> None:
    """What changed is sent, what went is removed with its empty folders, and the rest is not touched (D4)."""
    here = uploaded(site)
    others = {"CNAME": b"example.org", ".well-known/acme/token": b"x", "2026/11/mine [1] *.txt": b"y"}
    for path, data in others.items():
        place = here.root.parent / "www" / path
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_bytes(data)
    for number in range(3):
        edit(here, number)
        deploy(here)
        assert there(here) == dict(sorted({**here.files(), **others}.items()))
    assert not (here.root.parent / "www/2026/11/new-1").exists()
    assert own(here) == ["release"]


def test_the_record_is_believed(site: Callable[..., Site]) -> None:
    """Only folders that are listed are looked at, the top and those in which the site has new files; `--resend` sends all again."""
    here = uploaded(site, files=ABOUT)
    deploy(here)
    www = here.root.parent / "www"
    (www / "feed.xml").unlink() if (www / "feed.xml").exists() else (www / "robots.txt").unlink()
    (www / "about/index.html").write_text("edited")
    told = deploy(here).stdout
    assert "Repaired 1 file" in told
    assert there(here)["about/index.html"] == b"edited", "nobody has looked"
    deploy(here, "--resend")
    assert there(here) == here.files()
    assert all(path.stat().st_mode & 0o777 == (0o755 if path.is_dir() else 0o644) for path in (www / "about", www / "about/index.html"))


def test_what_is_withdrawn_is_gone(site: Callable[..., Site]) -> None:
    """Whatever its name looks like."""
    settings = '[deploy.live]\ntype = "sftp"\nhost = "testhost"\npath = "../www"\npublic = false\n'

    def placed(files: Mapping[str, str], config: str) -> Site:
        here = site(files, config)
        here.write("site.toml", config.replace('"../www"', f'"{here.root.parent}/www"'))
        return here

    withdrawing.check(placed, settings, there, goes_back=False)


def test_names_that_have_to_be_quoted(site: Callable[..., Site]) -> None:
    """Signs that sftp would read otherwise are signs of a name."""
    names = {f"static/odd [a] {number} *?'$(x)\".txt": "x" for number in range(2)}
    here = uploaded(site, files={**ABOUT, **names})
    deploy(here)
    assert there(here) == here.files()
    here.remove(next(iter(names)))
    build(here)
    deploy(here)
    assert there(here) == here.files()


def test_a_file_of_others_in_the_way(site: Callable[..., Site]) -> None:
    """Somebody else's file where the site has its own is replaced only if that is allowed."""
    here = uploaded(site, files=ABOUT)
    (here.root.parent / "www/about").mkdir(parents=True)
    (here.root.parent / "www/about/index.html").write_text("mine")
    assert "--yes-delete 1`" in deploy(here, code=1).stderr
    assert there(here) == {"about/index.html": b"mine"}
    deploy(here, "--yes-delete", "1")
    assert there(here) == here.files()


def test_two_at_once(site: Callable[..., Site]) -> None:
    """A lock there keeps others out; one of a process that is gone does not count (D9)."""
    here = uploaded(site, files=ABOUT)
    lock = here.root.parent / "www/.wol/lock"
    lock.parent.mkdir(parents=True)
    new = Lease.new()
    lock.write_bytes(Lease("elsewhere", 1, new.since, new.renewed).encode())
    assert "process 1 on elsewhere" in deploy(here, code=1).stderr
    assert there(here) == {}
    lock.write_bytes(Lease(new.host, 2**22 + 1, new.since, new.renewed).encode())
    deploy(here)
    assert there(here) == here.files()
    assert own(here) == ["release"]


def two(site: Callable[..., Site]) -> tuple[Site, Site]:
    """Make a site in two states, so that one can be published over the other and back."""
    here = uploaded(site)
    edit(here, 0)
    other = here.copy(here.root.parent / "other")
    edit(other, 1)
    return here, other


@pytest.fixture
def _without_ssh(testhost: None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let sftp speak with its server directly, so that many connections take little time."""
    wrapper = tmp_path / "direct/sftp"
    wrapper.parent.mkdir()
    wrapper.write_text(f"#!/bin/sh\nexec /usr/bin/sftp -D {hosts.program('sftp-server')} -b -\n")
    wrapper.chmod(0o755)
    monkeypatch.setenv("PATH", f"{wrapper.parent}{os.pathsep}{os.environ['PATH']}")


@pytest.mark.usefixtures("_without_ssh")
def test_killed_at_every_command(site: Callable[..., Site], monkeypatch: pytest.MonkeyPatch) -> None:
    """Cut off between any two commands of sftp, every page that a reader reaches is whole; the next run completes it (D1)."""
    new, old = two(site)
    versions = [old.files(), new.files()]
    publish(old)
    run = programs.run
    at = killed = mixed = 0
    while True:
        at += 2
        left = at

        def cut(words: list[str], data: bytes = b"", **options: Any) -> programs.Ran:
            nonlocal left
            lines = data.splitlines(keepends=True)
            if left <= 0:
                raise Killed
            done, left = lines[:left], left - len(lines)
            ran = run(words, data=b"".join(done), **options)
            if len(done) < len(lines):
                raise Killed
            return ran

        with monkeypatch.context() as patch:
            patch.setattr(programs, "run", cut)
            try:
                publish(new)
            except Killed:
                killed += 1
            else:
                break
        assert broken(there(new), versions) == [], f"cut off after {at} commands"
        mixed += there(new) not in versions
        publish(new)
        assert there(new) == new.files()
        assert own(new) in (["release"], ["release", "up"])
        old, new = new, old
    assert killed > 10
    assert mixed > 5, "there was something to find"


def test_killed_for_good(site: Callable[..., Site]) -> None:
    """SIGKILL at random moments of a real process."""
    new, old = two(site)
    versions = [old.files(), new.files()]
    deploy(old)
    chance = random.Random(5)
    started = time.monotonic()
    process = new.process("deploy", "--yes", "--yes-delete", "50")
    _, err = process.communicate(timeout=120)
    usual = time.monotonic() - started
    assert process.returncode == 0, err
    for _ in range(3):
        old, new = new, old
        process = new.process("deploy", "--yes", "--yes-delete", "50")
        time.sleep(usual * chance.uniform(0.4, 1.0))
        os.kill(process.pid, signal.SIGKILL)
        process.communicate(timeout=60)
        assert broken(there(new), versions) == []
        deploy(new, "--yes-delete", "50")
        assert there(new) == new.files()
