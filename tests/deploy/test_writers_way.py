"""A writer's whole way, by the commands that the README names: from an empty folder to a published site, a renamed post, and back."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path

import pytest

from harness.site import Ran, Site

PAGES = '\n[deploy.pages]\ntype = "git"\nrepository = "../pages.git"\nbranch = "pages"\n'


@pytest.mark.slow
def test_the_whole_way(tmp_path: Path) -> None:
    """init, new, edit, build, deploy, mv, build, deploy, rollback: each does what it says, and no reader loses anything."""
    here = Site.at(tmp_path)
    run(here, "init", "my-site", "--title", "Making Knowledge Work")
    here = Site.at(tmp_path / "my-site")
    post = run(here, "new", "Can collaboration be taught?", "--tag", "learning").stdout.strip()
    with (here.root / post).open("a", encoding="utf-8") as text:
        text.write("\nWe tried it for a week.\n")
    settings = (here.root / "site.toml").read_text("utf-8").replace("https://example.org", "https://knowledge.test")
    here.write("site.toml", settings + PAGES)
    git(tmp_path, "init", "-q", "--bare", "pages.git")

    run(here, "build")
    old = next(path for path in here.files() if path.endswith("/can-collaboration-be-taught/index.html"))
    assert "new" in run(here, "deploy", "--dry-run").stdout
    assert not published(tmp_path)
    assert "https://knowledge.test/" in run(here, "deploy", "--yes").stdout
    assert b"We tried it for a week." in shown(tmp_path, old)
    first = published(tmp_path)

    moved = f"{post[: post.rindex('/')]}/what-we-tried.md"
    run(here, "mv", post, moved)
    assert not (here.root / post).exists()
    run(here, "build")
    run(here, "deploy", "--yes")
    new = old.replace("can-collaboration-be-taught", "what-we-tried")
    assert b"We tried it for a week." in shown(tmp_path, new)
    assert f"/{new.removesuffix('index.html')}".encode() in shown(tmp_path, old), "the old address leads on"
    assert ids(shown(tmp_path, "feed.json")) == ids(first["feed.json"]), "no feed reader shows the post again"

    assert len(run(here, "releases").stdout.splitlines()) == 2
    run(here, "rollback")
    assert published(tmp_path) == first
    run(here, "deploy", "--yes")
    assert new in published(tmp_path)
    (here.root / moved).unlink()
    refused = here.run("build")
    assert refused.code == 1
    assert "url-vanished" in refused.stderr, "what is published does not vanish unnoticed"
    assert new in published(tmp_path)


def run(site: Site, *words: str) -> Ran:
    """Run a command that has to go well."""
    ran = site.run(*words)
    assert ran.code == 0, ran.stdout + ran.stderr
    return ran


def git(folder: Path, *words: str) -> bytes:
    return subprocess.run(["git", *words], cwd=folder, check=True, capture_output=True).stdout


def published(folder: Path) -> dict[str, bytes]:
    """Give the files of the branch as it is now; none before the first deploy."""
    if not git(folder / "pages.git", "for-each-ref"):
        return {}
    names = git(folder / "pages.git", "ls-tree", "-r", "-z", "--name-only", "pages").decode().split("\0")
    return {name: shown(folder, name) for name in names if name}


def shown(folder: Path, path: str) -> bytes:
    """Give a file of the branch."""
    return git(folder / "pages.git", "show", f"pages:{path}")


def ids(feed: bytes) -> set[str]:
    """Give the ids of a JSON feed."""
    return {item["id"] for item in json.loads(feed)["items"]}
