"""Which file a template's name means."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from wol.theme.find import Theme
from wol.theme.folders import PACKAGED
from wol.theme.lookup import Lookup

Load = Callable[..., Theme]


@pytest.fixture
def lookup(load: Load) -> Lookup:
    """Four themes, two of which are called `default`."""
    return load(
        {
            "mine": {"templates/post.html": "m", "templates/only.html": "m"},
            "base": {"templates/post.html": "b", "templates/page.html": "b"},
            "default": {"templates/post.html": "own"},
            PACKAGED: {"templates/post.html": "p", "templates/page.html": "p"},
        }
    ).lookup()


@pytest.mark.parametrize(
    ("name", "parent", "settled"),
    [
        ("post.html", None, "post.html"),
        ("post.html", "page.html", "post.html"),
        ("!default/post.html", "post.html", "!default/post.html"),
        ("!default/post.html", "!default/post.html", "!<default>/post.html"),
        ("!default/page.html", "post.html", "!<default>/page.html"),
        ("!base/page.html", "post.html", "!base/page.html"),
        ("!mine/only.html", "post.html", "!mine/only.html"),
        ("!mine/post.html", "!base/post.html", "!mine/post.html"),
        ("!mine/post.html", "post.html", "!mine/post.html"),
        ("!nobody/post.html", "post.html", "!nobody/post.html"),
        ("!base/../../x", "post.html", "!base/../../x"),
    ],
)
def test_settled_names(lookup: Lookup, name: str, parent: str | None, settled: str) -> None:
    """A plain name is the first theme's; `!NAME/` asks for one theme, the next one beneath where two have the name."""
    assert lookup.settle(name, parent) == settled


@pytest.mark.parametrize(
    ("settled", "path"),
    [
        ("post.html", "themes/mine/templates/post.html"),
        ("page.html", "themes/base/templates/page.html"),
        ("!default/post.html", "themes/default/templates/post.html"),
        ("!<default>/post.html", "<default>/templates/post.html"),
        ("!base/only.html", None),
        ("../theme.toml", None),
        ("", None),
        ("!", None),
    ],
)
def test_files(lookup: Lookup, settled: str, path: str | None) -> None:
    """Only files that were scanned below `templates/` have names."""
    found = lookup.find(settled)
    assert (found and found[1].path) == path


def test_places_that_were_tried(lookup: Lookup) -> None:
    """Each theme that could have had it."""
    assert lookup.tried("x.html")[0] == "themes/mine/templates/x.html"
    assert lookup.tried("!default/x.html") == ["themes/default/templates/x.html", "<default>/templates/x.html"]
