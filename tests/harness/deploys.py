"""Sites that are deployed, and what readers of a target see."""

from __future__ import annotations

import subprocess
from collections.abc import Callable, Mapping

from harness.site import CONFIG, Ran, Site, tree

POSTS = {
    f"content/posts/{name}.md": f"---\ntitle: {name.title()}\ndate: 2026-11-{day}\ntags: [all, {name}]\n---\nAbout {name}.\n"
    for name, day in (("one", 18), ("two", 19), ("three", 20))
}
LIVE = '[deploy.live]\ntype = "folder"\npath = "../www"\npublic = false\n'
PAGES = '[deploy.pages]\ntype = "git"\nrepository = "../pages.git"\nbranch = "site"\npublic = false\n'
"""Targets that are on no record, so that anything may vanish there."""


def made(site: Callable[..., Site], settings: str = LIVE, files: Mapping[str, str] = POSTS, config: str = CONFIG) -> Site:
    """Write and build a small site with a target. It is built by the clock, as a deploy looks at it by the clock."""
    here = site(files, config + settings)
    build(here)
    return here


def build(site: Site) -> None:
    """Bring a site up to date, for now."""
    ran = site.run("build", "--quiet")
    assert ran.code == 0, ran.stderr


def edit(site: Site, number: int) -> None:
    """Change one post, add one and, where no ledger forbids that, take away a tag and the post of the edit before; then build."""
    is_free = not (site.root / "ledger").exists()
    tags = "all" if is_free else "all, one"
    site.write("content/posts/one.md", f"---\ntitle: One\ndate: 2026-11-18\ntags: [{tags}]\n---\nEdit {number}.\n")
    site.write(f"content/posts/new-{number}.md", f"---\ntitle: New {number}\ndate: 2026-11-21\n---\nSee [two](two.md).\n")
    if is_free and (site.root / f"content/posts/new-{number - 1}.md").exists():
        site.remove(f"content/posts/new-{number - 1}.md")
    build(site)


def restyle(site: Site, number: int) -> None:
    """Return the theme's style sheet other bytes, so that its name changes, then build."""
    site.write("themes/mine/assets/style.css", f"/* {number} */")
    site.write("themes/mine/templates/parts/nothing.html", "")
    build(site)


def deploy(site: Site, *words: str, code: int = 0) -> Ran:
    """Run `wol deploy --yes` and expect an exit code."""
    ran = site.run("deploy", "--yes", *words)
    assert ran.code == code, ran.stdout + ran.stderr
    return ran


def seen(site: Site) -> dict[str, bytes]:
    """Return what readers of the folder target see."""
    return tree(site.root.parent / "www" / "current")


def git(site: Site, *words: str, folder: str = "pages.git") -> str:
    """Run git in a folder beside a site."""
    identity = ["-c", "user.name=Somebody", "-c", "user.email=somebody@example.org", "-c", "init.defaultBranch=main"]
    place = site.root.parent / folder
    place.mkdir(exist_ok=True)
    ran = subprocess.run(["git", *identity, *words], cwd=place, capture_output=True, text=True, timeout=60)
    assert ran.returncode == 0, ran.stderr
    return ran.stdout


def bare(site: Site) -> None:
    """Make the bare repository that `PAGES` names."""
    git(site, "init", "-q", "--bare")


def branch(site: Site, name: str = "site") -> dict[str, bytes]:
    """Return the files of the branch that a host would serve."""
    place = site.root.parent / "pages.git"
    name = git(site, "rev-parse", name).strip()  # it may move while it is read
    listed = git(site, "ls-tree", "-r", "-z", "--name-only", name).split("\0")[:-1]
    return {
        path: subprocess.run(["git", "show", f"{name}:{path}"], cwd=place, capture_output=True, timeout=60, check=True).stdout
        for path in sorted(listed)
    }


def commits(site: Site, name: str = "site") -> list[str]:
    """Return the first lines of the commits of the branch, the newest first."""
    return git(site, "log", "--format=%s", name).splitlines()


def checked_out(site: Site, files: Mapping[str, str]) -> None:
    """Commit files to the branch by hand, as somebody else does."""
    if not (site.root.parent / "clone").exists():
        git(site, "clone", "-q", "-b", "site", "pages.git", "clone", folder=".")
    git(site, "pull", "-q", "--ff-only", "origin", "site", folder="clone")
    for path, text in files.items():
        place = site.root.parent / "clone" / path
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_text(text, "utf-8")
    git(site, "add", "-A", folder="clone")
    git(site, "commit", "-q", "-m", "By hand", folder="clone")
    git(site, "push", "-q", "origin", "HEAD:site", folder="clone")
