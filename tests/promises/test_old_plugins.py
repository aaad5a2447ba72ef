"""Plugins that were written for API 1: each says what to change, and where to read about it, and none is ignored without a word."""

from __future__ import annotations

from collections.abc import Callable
from itertools import count

import pytest

from harness.deploys import build, deploy
from harness.guides import ROOT
from harness.site import CONFIG, Site
from wol.config.load import load
from wol.deploy.deploy_target import RENAMED, DeployTarget
from wol.model.plugin_errors import MIGRATION

NUMBERS = count()

FEATURE = """
from wol.api import Feature, Target, hook

class {name}(Feature):
    {body}

@hook
def wol_features(config):
    return [{name}()]
"""
METHODS = {
    "name": 'name = "old"',
    "kinds": "@property\n    def kinds(self):\n        return {}",
    "columns": 'name = "old"\n    columns = frozenset({"url"})',
    "needs": 'name = "old"\n    needs = ("lists",)',
    "provides": 'name = "old"\n    provides = ("table",)',
    "tables": "def tables(self, site):\n        return {}",
    "targets": 'def targets(self, site):\n        yield Target(path="x.txt", kind="x", lasting="file")',
    "check": "def check(self, site):\n        return ()",
    "helpers": "@property\n    def helpers(self):\n        return {}",
    "context": "@property\n    def context(self):\n        return {}",
    "sources": "def sources(self, config):\n        return {}",
    "assets": "def assets(self, config):\n        return {}",
    "nothing": "pass",
    "a constructor": "def __init__(self):\n        self.words = 0",
    "a field": "limit: int = 3",
}
"""What a class of API 1 may have."""

TARGET = """
from wol.api import DeployTarget, LiveState, hook

class ToNowhere(DeployTarget):
    {body}

    def live(self):
        return LiveState()

    def publish(self, job):
        pass

@hook
def wol_targets(config):
    return {{"nowhere": ToNowhere}}
"""
DEPLOY = '[build]\nplugins = ["{name}"]\n[deploy.live]\ntype = "nowhere"\n'


def plugin(site: Callable[..., Site], code: str) -> tuple[Site, str]:
    """Return a site with a plugin of a name of its own, and that name."""
    name = f"written_for_1_{next(NUMBERS)}"
    return site({f"{name}.py": code, "content/about.md": "About."}, CONFIG + DEPLOY.format(name=name)), name


@pytest.mark.parametrize("what", METHODS)
def test_a_feature_that_is_a_class(site: Callable[..., Site], what: str) -> None:
    """A class on `Feature` is refused with the page that tells how to change it, whatever it has."""
    here, name = plugin(site, FEATURE.format(name="WordCount", body=METHODS[what]))
    (error,) = here.errors()
    assert error.code == "plugin-failed"
    assert error.message.startswith(f"The plugin `{name}` was written for API 1 of plugins: `WordCount` is a class")
    assert MIGRATION in error.hint


@pytest.mark.parametrize("old", [old for old in RENAMED if old not in ("place", "keeps")])
def test_an_old_method_of_a_deploy_target(site: Callable[..., Site], old: str) -> None:
    """A method that wol would no longer call is an error, and no deploy goes on without it."""
    here, name = plugin(site, TARGET.format(body=f"def {old}(self, *arguments):\n        return {{}}"))
    ran = deploy(here, code=1)
    assert (
        f"The plugin `{name}` was written for API 1 of plugins: of the class `ToNowhere`, `{old}` is called `{RENAMED[old]}` now"
        in ran.stderr
    )
    assert MIGRATION in ran.stderr


def test_all_old_names_at_once(site: Callable[..., Site]) -> None:
    """Every old name of a class is told of in one message; one that a base class has counts too."""
    body = "keeps = False\n    def tidy(self):\n        pass"
    here, _ = plugin(
        site,
        TARGET.format(body=body)
        .replace("class To", "class Mixin:\n    held = None\nclass To")
        .replace("(DeployTarget", "(Mixin, DeployTarget"),
    )
    (error,) = here.errors()
    assert "`held` is called `lock` now, `keeps` is called `keeps_releases` now, `tidy` is called `clean_up` now" in error.message


def test_an_old_attribute_of_a_deploy_target(site: Callable[..., Site]) -> None:
    """`self.place` says what it is called now while it is used."""
    here, _ = plugin(site, TARGET.format(body="").replace("return LiveState()", "return LiveState(self.place.name)"))
    build(here)
    ran = deploy(here, code=1)
    assert (
        "error[plugin-failed]: The type of target `ToNowhere` was written for API 1: `self.place` is called `self.context` now"
        in ran.stderr
    )
    assert MIGRATION in ran.stderr


@pytest.mark.parametrize("old", ["Contents", "Job", "Kept", "Live", "MovedError", "Place", "Plan"])
def test_an_old_name_of_the_api(site: Callable[..., Site], old: str) -> None:
    """What is imported by its old name is told of with the new one and the page."""
    here, name = plugin(site, f"from wol.api import {old}\n")
    (error,) = here.errors()
    assert error.message.startswith(f"The plugin `{name}` was written for API 1 of plugins: `{old}` of `wol.api` is called ")
    assert MIGRATION in error.hint


def test_new_names_exist() -> None:
    """A deploy target has every new name, and an unknown one is an attribute that is not there."""
    assert [new for new in RENAMED.values() if new != "context" and not hasattr(DeployTarget, new)] == []

    class Mine(DeployTarget):
        pass

    made = Mine(None)  # type: ignore[arg-type]  # nothing of it is asked
    assert not hasattr(made, "bucket")
    assert made.context is None


def test_the_page_exists() -> None:
    """The address in the hint is that of the page on our own site."""
    assert load(ROOT).site.base_url.rstrip("/") + "/docs/plugins-2/" == MIGRATION
    assert (ROOT / "content/docs/plugins-2.md").is_file()
