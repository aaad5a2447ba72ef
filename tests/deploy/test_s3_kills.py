"""A deploy to a bucket that is killed between any two operations: every page that a reader reaches is whole, and the next run completes it (D1)."""

from __future__ import annotations

import os
import random
import signal
import time
from collections.abc import Callable

import pytest

from harness.buckets import Counted, Shop, broken
from harness.deploys import deploy, edit, made
from harness.failing_writes import Killed
from harness.site import Site
from wol.deploy.bucket import Bucket
from wol.deploy.deployment import DeployRequest, deploying
from wol.features import registry

pytestmark = pytest.mark.slow

Shops = Callable[..., Shop]
FEATURES = "[features]\n" + "".join(f"{name} = false\n" for name in ("archives", "robots"))


def publish(site: Site) -> None:
    """Deploy inside this process, as the command does."""
    with deploying(DeployRequest(site.root, "", 50), registry.load, registry.targets, None) as deployment:
        deployment.publish(lambda stage, done, total: None)


def two(site: Callable[..., Site], bucket: Shop) -> tuple[Site, Site]:
    """Make a site in two states, so that one can be published over the other and back."""
    here = made(site, FEATURES + bucket.settings)
    edit(here, 0)
    other = here.copy(here.root.parent / "other")
    edit(other, 1)
    return here, other


def test_at_every_operation(site: Callable[..., Site], shop: Shops, monkeypatch: pytest.MonkeyPatch) -> None:
    """Old and new pages side by side, each whole and with all that it names; after the next run all is new, and nothing is left over."""
    bucket = shop()
    new, old = two(site, bucket)
    versions = [old.files(), new.files()]
    opened = Bucket._opened
    publish(old)
    at = mixed = 0
    while True:
        at += 1
        stores: list[Counted] = []

        def counted(self: Bucket, stores: list[Counted] = stores, at: int = at) -> Counted:
            stores.append(Counted(opened(self), at))
            return stores[-1]

        with monkeypatch.context() as patch:
            patch.setattr(Bucket, "_opened", counted)
            try:
                publish(new)
            except Killed:
                pass
            else:
                break
        found = bucket.files()
        assert broken(found, versions) == [], f"killed before change {at}"
        mixed += found not in versions
        publish(new)
        assert bucket.files() == new.files()
        assert set(bucket.keys()) == {*new.files(), ".wol/release"}
        old, new = new, old
    assert at > 15
    assert mixed > 8, "there was something to find"


def test_killed_for_good(site: Callable[..., Site], shop: Shops) -> None:
    """SIGKILL at random moments of a real process."""
    bucket = shop()
    new, old = two(site, bucket)
    versions = [old.files(), new.files()]
    deploy(old)
    chance = random.Random(7)
    started = time.monotonic()
    process = new.process("deploy", "--yes", "--yes-delete", "50")
    _, err = process.communicate(timeout=120)
    usual = time.monotonic() - started
    assert process.returncode == 0, err
    for _ in range(4):
        old, new = new, old
        process = new.process("deploy", "--yes", "--yes-delete", "50")
        time.sleep(usual * chance.uniform(0.5, 1.0))
        os.killpg(process.pid, signal.SIGKILL)
        process.communicate(timeout=30)
        assert broken(bucket.files(), versions) == []
        deploy(new, "--yes-delete", "50")
        assert bucket.files() == new.files()
        assert set(bucket.keys()) == {*new.files(), ".wol/release"}
