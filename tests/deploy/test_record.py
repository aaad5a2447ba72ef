"""A deploy puts on record what it published, so that the next builds guard it."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest

from harness.deploys import LIVE, build, deploy, edit, made, seen
from harness.site import Site
from wol import clock
from wol.content import ledger_text

PUBLIC = LIVE.replace("public = false\n", "")


def test_what_was_published_is_on_record(site: Callable[..., Site]) -> None:
    """The ledger has the URLs; the build that follows is none, and a second deploy adds nothing."""
    here = made(site, PUBLIC)
    assert "Recorded" in deploy(here).stdout
    held = (here.root / "ledger/published.tsv").read_text("utf-8")
    assert "\tlive\t/2026/11/one/\t" in held
    assert "nothing to do" in here.run("build").stdout
    assert "Recorded" not in deploy(here).stdout
    assert (here.root / "ledger/published.tsv").read_text("utf-8") == held
    assert "ledger/published.tsv" not in seen(here)


def test_a_run_that_died_before_the_record(site: Callable[..., Site]) -> None:
    """The next deploy has nothing to publish, and records all the same."""
    here = made(site, PUBLIC)
    deploy(here)
    here.remove("ledger")
    assert here.run("build").code == 0
    ran = deploy(here)
    assert "Nothing to publish" in ran.stdout
    assert "Recorded" in ran.stdout


def test_a_refused_deploy_records_nothing(site: Callable[..., Site]) -> None:
    """Neither does a dry run, a rollback, or a target that is not public."""
    here = made(site, PUBLIC)
    assert here.run("deploy", "--dry-run").code == 0
    (here.root.parent / "www/current").mkdir(parents=True)
    deploy(here, code=1)
    assert not (here.root / "ledger").exists()
    other = made(site, LIVE.replace("../www", "../other"))
    deploy(other)
    assert not (other.root / "ledger").exists()


@pytest.mark.slow
def test_two_deploys_in_one_second(site: Callable[..., Site]) -> None:
    """What is recorded twice in a second has the next as its time: the deploy ends when that has come, so no line makes the build old."""
    here = made(site, PUBLIC)
    deploy(here)
    edit(here, 1)
    place = here.root / "ledger/published.tsv"
    now = ledger_text.moment(clock.now())
    place.write_text(re.sub(r"(?m)^20[0-9T:-]+Z", now, place.read_text("utf-8")), "utf-8")
    build(here)
    assert "Recorded" in deploy(here).stdout
    assert all(line.time <= ledger_text.moment(clock.now()) for line in ledger_text.parse(place.read_bytes()).lines)
    assert "Nothing to publish" in deploy(here).stdout
