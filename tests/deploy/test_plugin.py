"""A type of target that a plugin adds, on nothing but `wol.api`: the one of the guide, and one that keeps nothing."""

from __future__ import annotations

import json
from collections.abc import Callable

import pytest

from harness.deploys import build, deploy, edit, made
from harness.guides import blocks, guide
from harness.site import CONFIG, Site


def example() -> str:
    """Give the plugin of the guide."""
    (found,) = (b.text for b in blocks(guide("plugins")) if b.text.startswith("# to_json.py"))
    return found


def settings(module: str) -> str:
    """Give the settings of the guide, for a module of another name (modules are imported once in a process)."""
    (found,) = (b.text for b in blocks(guide("plugins")) if b.language == "toml" and "[deploy." in b.text)
    return found.replace('"to_json"]', f'"{module}"]')


@pytest.mark.slow
def test_a_target_that_keeps_nothing(site: Callable[..., Site]) -> None:
    """The type of the guide publishes, knows what it published, and refuses to go back."""
    files = {"content/posts/one.md": "---\ntitle: One\ndate: 2026-11-18\n---\nOne.\n", "to_json_guide.py": example()}
    here = made(site, settings("to_json_guide"), files)
    deploy(here)
    found = json.loads((here.root / "published.json").read_text("utf-8"))
    assert found["files"].keys() == here.files().keys()
    assert "Nothing to publish" in deploy(here).stdout
    edit(here, 1)
    deploy(here)
    assert json.loads((here.root / "published.json").read_text("utf-8"))["files"].keys() >= here.files().keys()
    ran = here.run("rollback")
    assert (ran.code, "error[deploy-no-rollback]" in ran.stderr) == (1, True)
    assert "keeps no files" in here.run("releases").stdout


def test_a_type_that_nobody_has(site: Callable[..., Site]) -> None:
    """With plugins the type is known only when they are loaded: it is told then, with the nearest name."""
    here = site(
        {"to_json_other.py": example(), "content/about.md": "About."}, CONFIG + settings("to_json_other").replace('"json"', '"jsn"')
    )
    build(here)
    ran = deploy(here, code=1)
    assert "deploy-target" in ran.stderr
    assert "did you mean `json`?" in ran.stderr


def test_a_plugin_that_fails(site: Callable[..., Site]) -> None:
    """What the hook raises is reported with the plugin's name."""
    broken = example().replace("return {", 'raise ValueError("x")\n    return {')
    here = site({"to_json_broken.py": broken, "content/about.md": "About."}, CONFIG + settings("to_json_broken"))
    build(here)
    assert "plugin-failed" in deploy(here, code=1).stderr
