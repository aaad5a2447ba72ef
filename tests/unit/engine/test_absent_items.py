"""What asked for a value of an item is made again when the item goes."""

from __future__ import annotations

import sys
from collections.abc import Callable

import pytest

from harness.site import CONFIG, Site

PLUGIN = """\
from wol.api import Feature, Made, Step, Target, hook


def plan(site):
    return Made(targets=(Target(path="title.txt", kind="shows"),))


def show(views, target):
    return repr(views.value("title", "about.md")).encode()


@hook
def wol_features(config):
    return [Feature(name="shows", steps=(Step(name="file", make=plan, plans=True),), kinds={"shows": show})]
"""


@pytest.mark.parametrize(
    "after", [None, "---\ntitle: About\ndraft: yes\n---\n", "---\ngone: yes\n---\n"], ids=["deleted", "hidden", "gone"]
)
def test_a_value_of_an_item_that_went(site: Callable[..., Site], monkeypatch: pytest.MonkeyPatch, after: str | None) -> None:
    """A file that shows the title of an item notices that the item was deleted, hidden or withdrawn."""
    monkeypatch.setattr(sys, "path", [*sys.path])
    here = site(
        {"content/about.md": "---\ntitle: About\n---\n", "shows_titles.py": PLUGIN}, config=CONFIG + '[build]\nplugins = ["shows_titles"]\n'
    )
    here.build()
    assert here.read("title.txt") == "'About'"
    if after is None:
        here.remove("content/about.md")
    else:
        here.write("content/about.md", after)
    here.build()
    assert here.read("title.txt") == ("''" if after and "gone" in after else "None")
