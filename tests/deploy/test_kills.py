"""A deploy that is killed between any two operations: readers see the old site or the new one, and the next run completes it (D1)."""

from __future__ import annotations

import os
import random
import signal
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from harness.deploys import LIVE, PAGES, bare, branch, commits, deploy, edit, git, made, seen
from harness.failing_writes import Killed, faults
from harness.site import Site, tree
from wol import fsio
from wol.deploy import programs
from wol.deploy.deployment import DeployRequest, at_target, deploying
from wol.deploy.rollback import roll_back
from wol.features import registry

pytestmark = pytest.mark.slow

FEW = {"content/about.md": "---\ntitle: About\n---\nAbout.\n"}
PLAIN = "[features]\n" + "".join(f"{name} = false\n" for name in ("archives", "taxonomies", "feeds", "sitemap", "robots"))
FOLDER = PLAIN + '[deploy.live]\ntype = "folder"\npath = "../www"\nkeep = 2\npublic = false\n'
COPY = (
    '[deploy.copy]\ntype = "command"\nkeep = 2\npublic = false\n'
    'command = ["python3", "-c", "import os, sys; os.makedirs(\'../copy\', exist_ok=True); os.system(\'cp -r \' + sys.argv[1] + \'/. ../copy/\')", "{folder}"]\n'
)


def publish(root: Path, target: str = "") -> None:
    """Deploy inside this process, as the command does."""
    with deploying(DeployRequest(root, target, 50), registry.load, registry.targets, None) as deployment:
        deployment.publish(lambda stage, done, total: None)


def points(here: Site, every: int, work: Callable[[], None], again: Callable[[], None]) -> Iterator[int]:
    """Kill some work before each of its changes of the disk in turn, from a fresh start (`again`) each time; gives the number of the change."""
    at = 1
    while True:
        again()
        with faults(at, "kill"):
            try:
                work()
            except Killed:
                pass
            else:
                return
        yield at
        at += every


def left(www: Path) -> list[str]:
    """Give what a deploy must not leave behind: names of what is not finished."""
    return [path for path in tree(www) if ".tmp" in path or path.endswith(".next")]


def test_a_folder_at_every_operation(site: Callable[..., Site], tmp_path: Path) -> None:
    """The link leads to a whole release at any moment; the run after a kill publishes the new one, and tidies up."""
    here = made(site, files=FEW, settings=FOLDER)
    www = here.root.parent / "www"
    deploy(here)
    edit(here, 0)
    deploy(here)
    old = seen(here)
    edit(here, 1)
    os.rename(www, tmp_path / "before")

    def again() -> None:
        fsio.remove_tree(www)
        os.system(f"cp -a {tmp_path}/before {www}")

    killed = 0
    states = []
    for killed in points(here, 1, lambda: publish(here.root), again):
        found = seen(here)
        assert found in (old, here.files()), f"mixed after {killed - 1} changes"
        states.append(found == old)
        publish(here.root)
        assert seen(here) == here.files()
        assert left(www) == []
        assert len(list((www / "releases").iterdir())) == len(list((www / "lists").iterdir())) == 2
        with at_target(here.root, "", registry.targets, hold=True) as (place, target):
            roll_back(place, target, "")
        assert seen(here) == old, "what was never live is nothing to go back to"
    assert killed > 40
    assert states == sorted(states, reverse=True), "once new, it stays new"
    assert {True, False} == set(states)


def test_a_first_deploy_at_every_operation(site: Callable[..., Site]) -> None:
    """Before there is a site, readers see nothing or all of it."""
    here = made(site, files=FEW, settings=FOLDER)
    www = here.root.parent / "www"
    for _ in points(here, 5, lambda: publish(here.root), lambda: fsio.remove_tree(www)):
        assert seen(here) in ({}, here.files())
        publish(here.root)
        assert seen(here) == here.files()
        assert left(www) == []


def test_a_rollback_at_every_operation(site: Callable[..., Site]) -> None:
    """Going back is one step too."""
    here = made(site, files=FEW, settings=FOLDER)
    deploy(here)
    old = seen(here)
    edit(here, 1)
    deploy(here)
    new = seen(here)

    def back() -> None:
        with at_target(here.root, "", registry.targets, hold=True) as (place, target):
            roll_back(place, target, "")

    for _ in points(here, 1, back, lambda: publish(here.root)):
        assert seen(here) in (old, new)


def test_a_command_at_every_operation(site: Callable[..., Site]) -> None:
    """What the command published is remembered only when it has ended well; until then the next run calls it again."""
    here = made(site, files=FEW, settings=PLAIN + COPY)
    deploy(here)
    edit(here, 1)
    copy, kept = here.root.parent / "copy", here.root / ".wol/deploy/copy"

    def again() -> None:
        fsio.remove_tree(kept)
        fsio.remove_tree(copy)

    for _ in points(here, 9, lambda: publish(here.root), again):
        publish(here.root)
        assert tree(copy) == tree(kept / "current") == here.files()
        assert left(kept) == []


@pytest.mark.parametrize("is_before", [True, pytest.param(False, marks=pytest.mark.long)], ids=["before", "after"])
def test_a_branch_at_every_command_of_git(site: Callable[..., Site], monkeypatch: pytest.MonkeyPatch, is_before: bool) -> None:
    """Killed before or after any call of git, the branch is old or new; the next run makes one commit, or none."""
    here = made(site, files=FEW, settings=PLAIN + PAGES)
    bare(here)
    deploy(here)
    old, first = branch(here), git(here, "rev-parse", "site").strip()
    edit(here, 1)
    new = {**here.files(), ".nojekyll": b""}
    run, calls = programs.run, 0

    def counted(words: list[str], **options: Any) -> programs.Ran:
        nonlocal calls
        calls += 1
        if calls == at and before:
            raise Killed
        ran = run(words, **options)
        if calls == at:
            raise Killed
        return ran

    monkeypatch.setattr(programs, "run", counted)
    total = 0
    at, before = 1, is_before
    while True:
        git(here, "update-ref", "refs/heads/site", first)
        fsio.remove_tree(here.root / ".wol/deploy/pages")
        calls = 0
        try:
            publish(here.root)
        except Killed:
            total += 1
        else:
            break
        assert branch(here) in (old, dict(sorted(new.items())))
        calls = -1000
        publish(here.root)
        assert branch(here) == dict(sorted(new.items()))
        assert len(commits(here)) == 2
        at += 1
    assert total > 7


@pytest.mark.parametrize("kills", [2, pytest.param(20, marks=pytest.mark.long)])
@pytest.mark.parametrize("settings", [LIVE, PAGES], ids=["folder", "git"])
def test_killed_for_good(site: Callable[..., Site], settings: str, kills: int) -> None:
    """SIGKILL at random moments of a real process leaves the old site or the new one, no lock, and nothing that the next run cannot complete."""
    here = made(site, settings)
    bare(here)
    read = seen if "folder" in settings else branch
    extra = {} if "folder" in settings else {".nojekyll": b""}
    deploy(here)
    chance = random.Random(5)
    started = time.monotonic()
    deploy_in_process(here)
    usual = time.monotonic() - started
    for number in range(kills):
        old = read(here)
        edit(here, number)
        new = dict(sorted({**here.files(), **extra}.items()))
        process = here.process("deploy", "--yes", "--yes-delete", "50")
        time.sleep(usual * chance.uniform(0.4, 1.0))
        os.killpg(process.pid, signal.SIGKILL)
        process.communicate(timeout=30)
        assert read(here) in (old, new)
        deploy(here, "--yes-delete", "50")
        assert read(here) == new


def deploy_in_process(here: Site) -> None:
    """Deploy by a process of its own, to its end."""
    process = here.process("deploy", "--yes")
    out, err = process.communicate(timeout=60)
    assert process.returncode == 0, out + err


def test_a_build_that_was_killed_is_completed_first(site: Callable[..., Site]) -> None:
    """An open commit of the build is carried through before anything is published."""
    here = made(site, files=FEW, settings=FOLDER)
    deploy(here)
    here.write("content/about.md", "---\ntitle: About\n---\nAnother text.\n")
    journal = here.root / ".wol/state/release/journal"
    at = 1
    while not journal.exists():
        with faults(at, "kill"), pytest.raises(Killed):
            here.build(at=None)
        at += 1
    assert b"Another text." not in here.files()["about/index.html"]
    deploy(here)
    assert b"Another text." in seen(here)["about/index.html"]
    assert seen(here) == here.files()
