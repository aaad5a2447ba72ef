"""The folder target: releases side by side, and a link that says which is live."""

from __future__ import annotations

import os
from collections.abc import Callable

import pytest

from harness.deploys import LIVE, build, deploy, edit, made, restyle, seen
from harness.failing_writes import faults
from harness.site import CONFIG, Site
from wol import fsio


def test_the_site_is_live(site: Callable[..., Site]) -> None:
    """Readers see what was built, and nothing else."""
    here = made(site)
    assert "+ " in deploy(here).stdout
    assert seen(here) == here.files()


def test_a_second_deploy_changes_nothing(site: Callable[..., Site]) -> None:
    """What is there already is not published again."""
    here = made(site)
    deploy(here)
    before = os.readlink(here.root.parent / "www/current")
    assert "Nothing to publish" in deploy(here).stdout
    assert os.readlink(here.root.parent / "www/current") == before


def test_a_dry_run_writes_nothing(site: Callable[..., Site]) -> None:
    """The plan is shown, and the folder is not even made."""
    here = made(site)
    ran = here.run("deploy", "--dry-run")
    assert ran.code == 0
    assert f"+ {len(here.files())} new" in ran.stdout
    assert not (here.root.parent / "www").exists()


def test_a_plan_says_what_changes(site: Callable[..., Site]) -> None:
    """Added, changed and removed files are named, and the bytes of what is new counted."""
    here = made(site)
    deploy(here)
    edit(here, 1)
    told = here.run("deploy", "--dry-run", "-v").stdout
    assert "2026/11/new-1/index.html" in told.partition("new\n")[2].partition("changed\n")[0]
    assert "2026/11/one/index.html" in told.partition("changed\n")[2].partition("removed\n")[0]
    assert "tags/one/index.html" in told.partition("removed\n")[2]
    assert " kB to publish, " in told


def test_nobody_to_ask(site: Callable[..., Site]) -> None:
    """Without a terminal and without --yes nothing is published."""
    here = made(site)
    ran = here.run("deploy")
    assert ran.code == 2
    assert "--yes" in ran.stderr
    assert not (here.root.parent / "www").exists()


def test_files_of_others_stay(site: Callable[..., Site]) -> None:
    """What somebody put into the live folder, links and names with a dot too, is in the next release (D4)."""
    here = made(site)
    deploy(here)
    live = here.root.parent / "www/current"
    (live / "CNAME").write_text("example.org")
    (live / ".well-known/acme").mkdir(parents=True)
    (live / ".well-known/acme/token").write_text("x")
    (live / "link").symlink_to("CNAME")
    edit(here, 1)
    assert "3 files of others stay there" in deploy(here).stdout
    others = {"CNAME": b"example.org", ".well-known/acme/token": b"x", "link": b"-> CNAME"}
    assert seen(here) == dict(sorted({**here.files(), **others}.items()))


def test_a_file_of_others_in_the_way(site: Callable[..., Site]) -> None:
    """Where somebody else's file stands where the site now has one, that is refused until it is allowed."""
    here = made(site)
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


def test_assets_of_the_last_three_releases_stay(site: Callable[..., Site]) -> None:
    """A page that somebody has open finds its style sheet after three more releases, not after the fourth."""
    here = made(site, '[theme]\nuse = ["mine"]\n' + LIVE, {"content/about.md": "About.", "themes/mine/assets/style.css": "/* 0 */"})
    deploy(here)
    first = next(path for path in here.files() if path.startswith("assets/style."))
    for number in range(1, 5):
        restyle(here, number)
        told = deploy(here).stdout
        styles = [path for path in seen(here) if path.startswith("assets/style.")]
        assert len(styles) == min(number, 3) + 1, told
        assert (first in styles) == (number < 4)
        assert {path: data for path, data in seen(here).items() if path in here.files()} == here.files()


def test_only_some_releases_are_kept(site: Callable[..., Site]) -> None:
    """`keep` is how many there are, the present one with them."""
    here = made(site, LIVE + "keep = 2\n")
    for number in range(4):
        edit(here, number)
        deploy(here)
    assert len(list((here.root.parent / "www/releases").iterdir())) == 2
    assert len(here.run("releases").stdout.splitlines()) == 2


@pytest.mark.slow
def test_rollback_twice_and_deploy(site: Callable[..., Site]) -> None:
    """Each rollback goes one release back, the third has nowhere to go; then a deploy publishes what was built last (D10)."""
    here = made(site)
    states = []
    for number in range(3):
        edit(here, number)
        deploy(here)
        states.append(seen(here))
    assert here.run("rollback").code == 0
    assert seen(here) == states[1]
    assert here.run("rollback").code == 0
    assert seen(here) == states[0]
    ran = here.run("rollback")
    assert (ran.code, "deploy-release" in ran.stderr) == (1, True)
    assert seen(here) == states[0]
    deploy(here, "--yes-delete", "50")
    assert seen(here) == states[2] == here.files()


def test_rollback_to_a_release(site: Callable[..., Site]) -> None:
    """A release is named by the beginning or the end of its name; one that is gone is refused (D10)."""
    here = made(site, LIVE + "keep = 2\n")
    for number in range(3):
        edit(here, number)
        deploy(here)
    names = [line.replace("*", " ").split()[0] for line in here.run("releases").stdout.splitlines()]
    assert here.run("rollback", "--to", names[1][-12:]).code == 0
    assert os.readlink(here.root.parent / "www/current").endswith(names[1])
    assert here.run("rollback", "--to", names[0]).code == 0
    assert seen(here) == here.files()
    fsio.remove_tree(here.root.parent / "www/releases" / names[1])
    ran = here.run("rollback", "--to", names[1])
    assert (ran.code, "deploy-release" in ran.stderr) == (1, True)
    assert "deploy-release" in here.run("rollback").stderr
    assert here.run("rollback", "--to", "2").code == 0, "the one that is left is live already"


def test_rollback_builds_nothing_and_reads_no_source(site: Callable[..., Site]) -> None:
    """Going back works when the sources cannot be built."""
    here = made(site)
    deploy(here)
    before = seen(here)
    edit(here, 1)
    deploy(here)
    here.write("content/posts/one.md", "---\ndate: never\n---\n")
    assert here.run("rollback").code == 0
    assert seen(here) == before


def test_a_release_that_was_damaged_is_not_carried_on(site: Callable[..., Site]) -> None:
    """A file that somebody changed inside the live release is published anew, not linked."""
    here = made(site)
    deploy(here)
    (here.root.parent / "www/current/archive/index.html").write_text("changed by another hand")
    here.write("content/about.md", "About.")
    build(here)
    deploy(here)
    assert seen(here) == here.files()


@pytest.mark.parametrize("path", [".", "public", "public/x", "content/x", ".git/x", "themes", "..", "static/x"])
def test_folders_of_the_site_are_refused(site: Callable[..., Site], path: str) -> None:
    """Releases do not go among the site's own files."""
    here = site({"content/about.md": "About."}, CONFIG + f'[deploy.live]\ntype = "folder"\npath = "{path}"\n')
    build(here)
    before = {path: data for path, data in here.files(".").items() if not path.startswith(".wol")}
    assert "output-dangerous" in deploy(here, code=1).stderr
    assert {path: data for path, data in here.files(".").items() if not path.startswith(".wol")} == before


def test_a_folder_that_is_no_link(site: Callable[..., Site]) -> None:
    """A `current` that wol did not make is left alone."""
    here = made(site)
    (here.root.parent / "www/current").mkdir(parents=True)
    (here.root.parent / "www/current/index.html").write_text("mine")
    ran = deploy(here, code=1)
    assert "deploy-failed" in ran.stderr
    assert (here.root.parent / "www/current/index.html").read_text() == "mine"


def test_a_full_disk(site: Callable[..., Site]) -> None:
    """When a file cannot be written, the old site stays live and the next run tidies up."""
    here = made(site)
    deploy(here)
    before = seen(here)
    edit(here, 1)
    with faults(60, "full"):
        assert "write-failed" in deploy(here, code=1).stderr
    assert seen(here) == before
    deploy(here)
    assert seen(here) == here.files()
    assert len(list((here.root.parent / "www/releases").iterdir())) == 2


def test_two_machines_in_turn(site: Callable[..., Site]) -> None:
    """Whoever deploys after somebody else is told so, and sees in the plan what would go; whoever goes back is not."""
    here = made(site)
    deploy(here)
    other = here.copy(here.root.parent / "other")
    words = "published from another folder or machine since your last deploy"
    edit(other, 1)
    assert words not in deploy(other).stdout
    told = here.run("deploy", "--dry-run").stdout
    assert words in told
    assert "2026/11/new-1/index.html" in told.partition("removed")[2]
    assert words not in other.run("deploy", "--dry-run").stdout
    assert other.run("rollback").code == 0
    assert words not in other.run("deploy", "--dry-run").stdout
    deploy(here)
    assert seen(here) == here.files()
