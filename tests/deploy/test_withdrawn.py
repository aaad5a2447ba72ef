"""What a writer withdraws is gone with the next deploy, whatever its name looks like; only what the build recorded as an asset is carried on."""

from __future__ import annotations

import json
from collections.abc import Callable

import pytest

from harness import withdrawing
from harness.buckets import Shop
from harness.deploys import LIVE, PAGES, bare, branch, checked_out, commits, deploy, git, made, restyle, seen
from harness.netlify import Cloud
from harness.site import Site, tree
from wol.deploy.release import HEADER, OLD_HEADER

pytestmark = pytest.mark.slow

MINE = '[theme]\nuse = ["mine"]\n'
COPY = '[deploy.copy]\ntype = "command"\nkeep = 5\npublic = false\ncommand = ["rsync-stand-in", "{folder}"]\n'
OLD = {"content/about.md": "About.", "themes/mine/assets/style.css": "/* 0 */", "static/assets/salaries.20261120.pdf": "salaries"}


def test_a_folder(site: Callable[..., Site]) -> None:
    """Releases side by side."""
    withdrawing.check(site, LIVE + "keep = 5\n", seen, goes_back=True)


def test_a_command(site: Callable[..., Site]) -> None:
    """What the command gets is what readers see."""
    settings = COPY.replace('"rsync-stand-in"', '"true"')
    withdrawing.check(site, settings, lambda here: tree(here.root / ".wol/deploy/copy/current"), goes_back=True)


def test_a_branch(site: Callable[..., Site]) -> None:
    """Commits know their assets by their message."""

    def bared(*arguments: object, **options: object) -> Site:
        here = site(*arguments, **options)
        bare(here)
        return here

    withdrawing.check(bared, PAGES + "keep = 5\n", branch, goes_back=True)


def test_netlify(site: Callable[..., Site], cloud: Cloud) -> None:
    """Deploys there know their assets by marks."""
    withdrawing.check(site, cloud.settings, lambda here: cloud.files(), goes_back=True)


def test_a_bucket(site: Callable[..., Site], shop: Callable[..., Shop]) -> None:
    """The record in a bucket knows them; only assets may be kept by browsers for a year."""
    bucket = shop()
    withdrawing.check(site, bucket.settings, lambda here: bucket.files(), goes_back=False)
    here = made(site, bucket.settings, {"content/about.md": "About.", "static/assets/report.abcdef12.css": "/* x */"})
    deploy(here, "--yes-delete", "50")
    assert bucket.headers("assets/report.abcdef12.css")["Cache-Control"] == "no-cache"


def test_a_list_of_an_earlier_version(site: Callable[..., Site]) -> None:
    """It does not say which files are assets: nothing is carried on from it, and what it carried on by its name alone goes at once."""
    here = made(site, MINE + LIVE, OLD)
    deploy(here)
    (place,) = (here.root.parent / "www/lists").iterdir()
    old = place.read_text().replace(HEADER, OLD_HEADER).replace("\n0\t", "\n-\t")
    place.write_text("\n".join(f"2{line[1:]}" if "salaries" in line else line for line in old.split("\n")))
    here.remove("static/assets/salaries.20261120.pdf")
    restyle(here, 1)
    deploy(here)
    assert seen(here) == here.files()


def test_what_an_earlier_version_left_goes_with_nothing_else_to_do(site: Callable[..., Site]) -> None:
    """A withdrawn file that is live because of its name is removed though the site has not changed since."""
    here = made(site, MINE + LIVE, {path: text for path, text in OLD.items() if "static" not in path})
    deploy(here)
    www = here.root.parent / "www"
    (www / "current/assets/salaries.20261120.pdf").write_text("salaries")
    (place,) = (www / "lists").iterdir()
    digest = "a" * 64
    lines = place.read_text().replace(HEADER, OLD_HEADER).replace("\n0\t", "\n-\t").splitlines()
    lines[-1:] = [f"1\t{digest}\tassets/salaries.20261120.pdf", f"# {len(lines) - 2} files"]
    place.write_text("\n".join(lines) + "\n")
    told = deploy(here).stdout
    assert "1 old asset dropped" in told
    assert seen(here) == here.files()


def test_a_commit_of_an_earlier_version(site: Callable[..., Site]) -> None:
    """Its message names what it carried on by names alone: that goes at once."""
    here = made(site, MINE + PAGES, OLD)
    bare(here)
    deploy(here)
    tip = git(here, "log", "-1", "--format=%B", "site")
    kept = [line for line in tip.strip().splitlines() if not line.startswith("Wol-Asset")]
    message = "\n".join([*kept, f"Wol-Carried: {json.dumps([1, 'assets/salaries.20261120.pdf'])}"])
    new = git(here, "commit-tree", "site^{tree}", "-p", "site", "-m", message).strip()
    git(here, "update-ref", "refs/heads/site", new)
    here.remove("static/assets/salaries.20261120.pdf")
    restyle(here, 1)
    deploy(here)
    assert branch(here).keys() - {".nojekyll"} == here.files().keys()


def test_what_somebody_edited_there_is_withdrawn_too(site: Callable[..., Site], shop: Callable[..., Shop]) -> None:
    """A page that another hand changed at the target is still wol's when the site has it no more."""
    files = {"content/about.md": "About.", "content/secret.md": "Secret."}
    here = made(site, PAGES, files)
    bare(here)
    deploy(here)
    checked_out(here, {"secret/index.html": "edited there"})
    here.remove("content/secret.md")
    assert here.run("build", "--quiet").code == 0
    deploy(here)
    assert "secret/index.html" not in branch(here)
    assert len(commits(here)) == 3
    bucket = shop()
    other = made(site, bucket.settings, files)
    deploy(other)
    bucket.store.put("secret/index.html", b"edited there")
    other.remove("content/secret.md")
    assert other.run("build", "--quiet").code == 0
    deploy(other)
    assert bucket.files() == other.files()
