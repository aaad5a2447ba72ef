"""The files to copy on the pages about hosts are what they say."""

from __future__ import annotations

import os
import re
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest
import yaml

from harness.deploys import commits, deploy, git, made
from harness.guides import ROOT, Block, blocks
from harness.site import Site, tree

HOSTS = sorted((ROOT / "content/docs/hosts").glob("[a-z]*.md"))


def block(host: str, language: str) -> Block:
    """Give the one block of a language on a page."""
    (found,) = (b for b in blocks((ROOT / f"content/docs/hosts/{host}.md").read_text("utf-8")) if b.language == language)
    return found


@pytest.mark.parametrize("page", HOSTS, ids=lambda p: p.stem)
def test_files_say_where_they_go(page: Path) -> None:
    """Each file to copy names its place in its first lines; YAML is YAML."""
    for one in blocks(page.read_text("utf-8")):
        if one.language in ("yaml", "nginx", "caddy", "sh"):
            assert re.match(r"(?:#!.*\n)?# \S+", one.text)
        if one.language == "yaml":
            assert isinstance(yaml.safe_load(one.text), dict)


def test_every_page_is_in_the_index() -> None:
    """The index and the guide to publishing name each host."""
    for index, prefix in (("hosts/_index", ""), ("publishing", "hosts/")):
        text = (ROOT / f"content/docs/{index}.md").read_text("utf-8")
        assert [page.name for page in HOSTS if f"({prefix}{page.name})" not in text] == []


def test_ci_calls_what_there_is() -> None:
    """The workflow of GitHub and the pipeline of GitLab build, and publish the output of a build."""
    jobs = yaml.safe_load(block("github", "yaml").text)["jobs"]
    steps = jobs["publish"]["steps"]
    assert [s["run"] for s in steps if "run" in s][-1] == "wol build --strict"
    assert [s["with"]["path"] for s in steps if "upload-pages-artifact" in s.get("uses", "")] == ["public"]
    pages = yaml.safe_load(block("gitlab", "yaml").text)["pages"]
    assert pages["script"][-1] == "wol build --strict"
    assert pages["artifacts"]["paths"] == ["public"]


def test_the_hook_of_a_server(site: Callable[..., Site]) -> None:
    """The hook puts each pushed release into a folder of its own and switches the link."""
    text = blocks((ROOT / "content/docs/hosts/server.md").read_text("utf-8"))
    (settings,) = (b.text for b in text if b.language == "toml" and 'type = "git"' in b.text)
    here = made(site, settings.replace("me@example.org:site.git", "../pages.git"), {"content/about.md": "About."})
    git(here, "init", "-q", "--bare", "-b", "main")
    hook = here.root.parent / "pages.git/hooks/post-receive"
    hook.write_text(block("server", "sh").text.replace("/srv/my-site", f"{here.root.parent}/www"))
    hook.chmod(0o755)
    deploy(here)
    assert tree(here.root.parent / "www/current") == here.files()
    here.write("content/about.md", "Other.")
    assert here.run("build").code == 0
    deploy(here)
    assert tree(here.root.parent / "www/current") == here.files()
    assert len(commits(here, "main")) == 2
    assert len(os.listdir(here.root.parent / "www/releases")) == 2


def test_the_words_of_the_shell(tmp_path: Path) -> None:
    """The hook is a script that a shell reads."""
    (tmp_path / "hook").write_text(block("server", "sh").text)
    assert subprocess.run(["sh", "-n", "hook"], cwd=tmp_path, timeout=10).returncode == 0
