"""What each target looks at before it says that all is there, and what happens to damage; `docs/publishing.md` has the table."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from harness.buckets import Shop
from harness.deploys import LIVE, PAGES, bare, branch, checked_out, deploy, git, made, seen
from harness.netlify import Cloud
from harness.site import Site, tree

pytestmark = pytest.mark.slow

ABOUT = {"content/about.md": "About."}
COPY = '[deploy.copy]\ntype = "command"\npublic = false\ncommand = ["sh", "-c", "echo called >> ../called", "{folder}"]\n'


def test_a_bucket(site: Callable[..., Site], shop: Callable[..., Shop]) -> None:
    """Names and ETags of all objects: what is deleted is repaired, what another hand wrote is named."""
    bucket = shop()
    here = made(site, bucket.settings, ABOUT)
    deploy(here)
    bucket.store.delete(["feed.xml", "about/index.html"])
    told = deploy(here).stdout
    assert "2 damaged at the target, repaired" in told
    assert "about/index.html (deleted)" in told
    assert bucket.files() == here.files()
    bucket.store.put("about/index.html", b"edited")
    ran = deploy(here, code=1)
    assert "deploy-foreign" in ran.stderr
    assert "`about/index.html`" in ran.stderr
    deploy(here, "--yes-delete", "1")
    assert bucket.files() == here.files()
    assert "Nothing to publish" in deploy(here).stdout


def test_a_bucket_whose_record_is_damaged(site: Callable[..., Site], shop: Callable[..., Shop]) -> None:
    """Objects that are as the site has them count as there; that the record cannot be read is said."""
    bucket = shop()
    here = made(site, bucket.settings, ABOUT)
    deploy(here)
    bucket.store.put(".wol/release", b"{")
    assert "warning[deploy-record]" in deploy(here).stderr
    assert bucket.files() == here.files()
    assert "Nothing to publish" in deploy(here).stdout


def test_a_branch(site: Callable[..., Site]) -> None:
    """The tree of the newest commit: what is deleted there is repaired, what another hand changed is named."""
    here = made(site, PAGES, ABOUT)
    bare(here)
    deploy(here)

    git(here, "clone", "-q", "-b", "site", "pages.git", "clone", folder=".")
    git(here, "rm", "-q", "feed.xml", folder="clone")
    git(here, "commit", "-qm", "By hand", folder="clone")
    git(here, "push", "-q", "origin", "HEAD:site", folder="clone")
    told = deploy(here).stdout
    assert "feed.xml (deleted)" in told
    assert "Repaired 1 file" in told
    assert branch(here) == dict(sorted({**here.files(), ".nojekyll": b""}.items()))
    checked_out(here, {"about/index.html": "edited"})
    assert "deploy-foreign" in deploy(here, code=1).stderr


def test_netlify(site: Callable[..., Site], cloud: Cloud) -> None:
    """The digests of all files that readers see, as Netlify lists them; a deploy there is never changed, only replaced by another."""
    here = made(site, cloud.settings, ABOUT)
    deploy(here)
    cloud.put({"index.html": b"somebody else's"})
    told = deploy(here, "--yes-delete", "1").stdout
    assert "nothing of this site" in told
    assert cloud.files() == here.files()


def test_a_command(site: Callable[..., Site]) -> None:
    """The folder that the command got, not what it made of it; the command runs again if that folder is damaged, or if it is asked for."""
    here = made(site, COPY, ABOUT)
    deploy(here)
    called = here.root.parent / "called"
    kept = here.root / ".wol/deploy/copy/current"
    (kept / "about/index.html").write_text("edited")
    assert "Repaired 1 file" in deploy(here).stdout
    assert tree(kept) == here.files()
    assert "Nothing to publish" in deploy(here).stdout
    assert called.read_text() == "called\n" * 2
    deploy(here, "--resend")
    assert called.read_text() == "called\n" * 3


def test_all_is_sent_again(site: Callable[..., Site], shop: Callable[..., Shop]) -> None:
    """`--resend` writes every file, whatever the target has; nothing is removed and nothing called damaged."""
    bucket = shop()
    here = made(site, bucket.settings + LIVE.replace("deploy.live", "deploy.www"), ABOUT)
    for target in ("live", "www"):
        deploy(here, target)
    before = {one["path"]: one["last_modified"] for chunk in bucket.store.list() for one in chunk}
    old = (here.root.parent / "www/current").resolve()
    for target in ("live", "www"):
        told = deploy(here, target, "--resend").stdout
        assert f"= {len(here.files())} sent again" in told
        assert "damaged" not in told
    after = {one["path"]: one["last_modified"] for chunk in bucket.store.list() for one in chunk}
    assert after.keys() == before.keys()
    assert seen(here) == bucket.files() == here.files()
    assert (here.root.parent / "www/current").resolve() != old
