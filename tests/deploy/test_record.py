"""A deploy puts on record what it published, so that the next builds guard it."""

from __future__ import annotations

from collections.abc import Callable

from harness.deploys import LIVE, deploy, made, seen
from harness.site import Site

PUBLIC = LIVE.replace("public = false\n", "")


def test_what_was_published_is_on_record(site: Callable[..., Site]) -> None:
    """The ledger has the URLs; the build that follows is none, and a second deploy adds nothing."""
    here = made(site, PUBLIC)
    assert "Recorded" in deploy(here).stdout
    ledger = (here.root / "ledger/published.tsv").read_text("utf-8")
    assert "\tlive\t/2026/11/one/\t" in ledger
    assert "nothing to do" in here.run("build").stdout
    assert "Recorded" not in deploy(here).stdout
    assert (here.root / "ledger/published.tsv").read_text("utf-8") == ledger
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
