"""A deploy that is killed anywhere, also while it records what it published and while it builds after that: `wol deploy` alone completes it."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from harness.deploys import LIVE, PAGES, bare, branch, deploy, edit, made, seen
from harness.failing_writes import Killed, faults
from harness.netlify import Cloud
from harness.site import Site, tree
from wol.model.ledger import PATH

pytestmark = pytest.mark.slow

FEW = {
    "content/about.md": "---\ntitle: About\n---\nAbout.\n",
    "content/posts/one.md": "---\ntitle: One\ndate: 2026-11-18\n---\nOne.\n",
}
PLAIN = "[features]\n" + "".join(f"{name} = false\n" for name in ("archives", "taxonomies", "sitemap", "robots"))
ON_RECORD = {
    "folder": LIVE.replace("public = false\n", ""),
    "git": PAGES.replace("public = false\n", ""),
    "command": '[deploy.copy]\ntype = "command"\ncommand = ["true"]\n',
}
SEEN: Mapping[str, Callable[[Site], Mapping[str, bytes]]] = {
    "folder": seen,
    "git": lambda here: {path: data for path, data in branch(here).items() if path != ".nojekyll"},
    "command": lambda here: tree(here.root / ".wol/deploy/copy/current"),
}


def lines(here: Site) -> list[str]:
    """Give what the ledger says, but for the times."""
    return [line.partition("\t")[2] for line in (here.root / PATH).read_text().splitlines() if not line.startswith("#")]


def check(here: Site, see: Callable[[Site], Mapping[str, bytes]], again: Callable[[], None], every: int, first: int = 1) -> int:
    """Kill a deploy at every so many of its changes of the disk, from the `first` on, then deploy; gives how many kills there were."""
    again()
    with faults(10**6, "kill") as counted:
        deploy(here)
    expected, files = lines(here), here.files()
    points = range(first if first > 0 else counted.done + first, counted.done + 1, every)
    for at in points:
        again()
        with faults(at, "kill"), pytest.raises(Killed):
            here.run("deploy", "--yes")
        told = deploy(here)
        assert see(here) == files, f"killed before change {at} of {counted.done}: {told.stdout}"
        assert lines(here) == expected, f"killed before change {at} of {counted.done}"
        assert here.run("check", "--quiet").code == 0, at
        assert "Nothing to publish" in deploy(here).stdout
    return len(points)


def prepared(site: Callable[..., Site], settings: str, tmp_path: Path) -> tuple[Site, Callable[[], None]]:
    """Make a site that was published once and edited since, and a way back to that state."""
    here = made(site, PLAIN + settings, FEW)
    if "git" in settings:
        bare(here)
    deploy(here)
    edit(here, 1)
    top = here.root.parent
    shutil.copytree(top, tmp_path.parent / f"{tmp_path.name}-before", symlinks=True)

    def again() -> None:
        for one in top.iterdir():
            shutil.rmtree(one)
        shutil.copytree(tmp_path.parent / f"{tmp_path.name}-before", top, symlinks=True, dirs_exist_ok=True)

    return here, again


def test_a_folder_while_it_records(site: Callable[..., Site], tmp_path: Path) -> None:
    """The last steps, one by one: from before the ledger is written to after the build that follows."""
    here, again = prepared(site, ON_RECORD["folder"], tmp_path)
    assert check(here, seen, again, 2, first=-24) > 10


@pytest.mark.parametrize("sort", ["git", "command"])
def test_others_while_they_record(site: Callable[..., Site], tmp_path: Path, sort: str) -> None:
    """The same for targets of another kind, here and there."""
    here, again = prepared(site, ON_RECORD[sort], tmp_path)
    check(here, SEEN[sort], again, 5, first=-24)


@pytest.mark.long
@pytest.mark.parametrize("sort", ["folder", "git", "command"])
def test_at_every_operation(site: Callable[..., Site], tmp_path: Path, sort: str) -> None:
    """From the first change of the disk to the last."""
    here, again = prepared(site, ON_RECORD[sort], tmp_path)
    assert check(here, SEEN[sort], again, 1) > 60


def test_netlify_while_it_records(site: Callable[..., Site], cloud: Cloud) -> None:
    """Where the target is on the network, what is here may be old or new."""
    here = made(site, PLAIN + cloud.settings.replace("public = false\n", ""), FEW)
    for number, back in enumerate((1, 8, 16), 1):
        edit(here, number)
        with faults(10**6, "kill") as counted:
            assert here.run("deploy", "--dry-run").code == 0
        with faults(counted.done + back, "kill"), pytest.raises(Killed):
            here.run("deploy", "--yes")
        deploy(here)
        assert cloud.files() == here.files()


def test_an_edit_after_the_kill_is_not_published_unseen(site: Callable[..., Site], tmp_path: Path) -> None:
    """Only what was built before is completed: whoever has written more since is told to build."""
    here, again = prepared(site, ON_RECORD["folder"], tmp_path)
    with faults(10**6, "kill") as counted:
        deploy(here)
    again()
    with faults(counted.done - 8, "kill"), pytest.raises(Killed):
        here.run("deploy", "--yes")
    before = seen(here)
    here.write("content/about.md", "---\ntitle: About\n---\nMore.\n")
    assert "deploy-outdated" in deploy(here, code=1).stderr
    assert seen(here) == before


def test_a_ledger_that_says_something_else_is_no_end_of_a_deploy(site: Callable[..., Site], tmp_path: Path) -> None:
    """Lines of another machine, which knows more than this build has, ask for a build by the writer."""
    here, _ = prepared(site, ON_RECORD["folder"], tmp_path)
    with (here.root / PATH).open("a", encoding="utf-8") as text:
        text.write("2026-11-29T10:00:00Z\tlive\t/2026/11/other/\thttps://example.org/other\titem\n")
    assert "deploy-outdated" in deploy(here, code=1).stderr
