"""The reference of template names says what templates really find."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from harness.site import CONFIG, Site
from wol.features.registry import declared
from wol.model.functions import load_function
from wol.render import names as of
from wol.render.filters import FILTERS
from wol.render.lists import PageList
from wol.render.recorder import View
from wol.render.site_view import OptionsView
from wol.theme.folders import default_theme_folder

TEMPLATES = default_theme_folder() / "templates"
NAMELESS = {PageList, OptionsView}
"""Views without names of their own: a list, and what the theme names."""

FILES = {
    "content/posts/a.md": "---\ntitle: A\ndate: 2026-11-20\ntags: [x]\naliases: [/old/]\n---\n# One\n\n## Two\n",
    "content/posts/b.md": "---\ntitle: B\ndate: 2026-11-19\ngone: yes\n---\n",
    "content/notes/n.md": "A note.",
    "content/about.md": "---\ntitle: About\n---\n",
    "content/part/_index.md": "---\ntitle: Part\n---\n",
}
MADE = {
    "home.html": "index.html",
    "post.html": "2026/11/a/index.html",
    "page.html": "about/index.html",
    "note.html": "notes/n/index.html",
    "notes.html": "notes/index.html",
    "section.html": "part/index.html",
    "archive.html": "archive/index.html",
    "year.html": "2026/index.html",
    "month.html": "2026/11/index.html",
    "terms.html": "tags/index.html",
    "term.html": "tags/x/index.html",
    "404.html": "404.html",
    "redirect.html": "old/index.html",
    "gone.html": "2026/11/b/index.html",
}
"""Where each template's page is in the output of `FILES`."""


def subclasses(kind: type[Any]) -> Iterator[type[Any]]:
    """Give all classes made of a class."""
    for below in kind.__subclasses__():
        yield below
        yield from subclasses(below)


def test_every_view_is_in_it() -> None:
    """No view that templates may get is left out."""
    known = {*of.VIEWS.values(), *(load_function(view) for feature in declared() for view in feature.views.values())}
    own = {
        v for v in subclasses(View) if v.__module__.startswith("wol.") and v.__name__ != v.__bases__[0].__name__
    }  # those with names of features
    assert own - known == NAMELESS


def test_every_name_has_words() -> None:
    """All rows have a name and a sentence."""
    rows = [row for _, rows in of.reference(declared()) for row in rows]
    assert len(rows) > 150
    assert [row for row in rows if not row[0] or not row[1].endswith((".", "`"))] == []


@pytest.mark.parametrize("slots", [("name",), {"name": ""}])
def test_a_name_without_words_is_an_error(slots: object) -> None:
    """A public attribute or property without a docstring cannot get into the reference."""
    view = type("Silent", (), {"__slots__": slots})
    with pytest.raises(ValueError, match="name"):
        list(of.names(view))
    speechless = type("Speechless", (), {"name": property(lambda self: 1)})
    with pytest.raises(ValueError, match="docstring"):
        list(of.names(speechless))


def test_templates_are_those_of_the_default_theme() -> None:
    """Each template of the default theme but the base and what others include is in it, and none else; the parts exist."""
    assert set(of.OF_TEMPLATES) == {p.name for p in TEMPLATES.glob("*.html")} - {"base.html"}
    assert set(MADE) == set(of.OF_TEMPLATES)
    assert [part for part in of.PARTS if not (TEMPLATES / part).is_file()] == []


def test_blocks_are_those_of_the_base() -> None:
    """The blocks of `base.html`, in their order."""
    assert list(of.BLOCKS) == re.findall(r"{%-? block (\w+)", (TEMPLATES / "base.html").read_text("utf-8"))


def test_templates_have_the_names(site: Callable[..., Site]) -> None:
    """Each template has the names that are said to be its own; the others of that list are nothing there; the rest is everywhere."""
    single = {name.partition("(")[0] for name in of.EVERYWHERE} - {"page"}
    dump = "".join(f"{{{{ '{name} ' if {name} is not none }}}}" for name in ("page", *of.OF_LISTS))
    dump += "".join(f"{{{{ '!{name}' if {name} is not defined }}}}" for name in sorted(single))
    files = {f"themes/mine/templates/{name}": f"{name}: {dump}" for name in of.OF_TEMPLATES}
    here = site({**FILES, **files}, CONFIG + '[theme]\nuse = ["mine"]\n')
    here.build()
    found = {name: here.read(path).split() for name, path in MADE.items()}
    optional = {"home.html", "notes.html", "archive.html", "year.html", "month.html", "terms.html", "term.html"}
    expected = {}
    for name, (_, own) in of.OF_TEMPLATES.items():
        order = [n for n in ("page", *of.OF_LISTS) if n in own and not (n == "page" and name in optional)]
        expected[name] = [f"{name}:", *order]
    assert found == expected


def test_lists_have_the_page_that_describes_them(site: Callable[..., Site]) -> None:
    """The templates of lists get the `_index.md` at their URL as `page`."""
    index = {f"content/{folder}_index.md": "---\ntitle: T\n---\n" for folder in ("", "notes/", "archive/", "tags/", "tags/x/", "2026/")}
    here = site(
        {**FILES, **index, "themes/mine/templates/base.html": "{{ 'described' if page else 'bare' }}"},
        CONFIG + '[theme]\nuse = ["mine"]\n',
    )
    here.build()
    lists = ("home.html", "notes.html", "archive.html", "year.html", "terms.html", "term.html")
    assert {name: here.read(MADE[name]).strip() for name in lists} == dict.fromkeys(lists, "described")
    assert here.read(MADE["month.html"]).strip() == "bare"


def test_filters_are_shown_with_their_arguments() -> None:
    """All filters of the theme API, without what stands before the bar."""
    rows = dict(of.reference())["Filters"]
    assert {name.partition("(")[0] for name, _ in rows} == set(FILTERS)
    assert {"date(pattern)", "excerpt(words=50)", "where(name, value=True)", "isodate"} <= {name for name, _ in rows}


def test_names_of_features() -> None:
    """What features give to templates is in the first list."""
    from wol.features.feeds import feature

    rows = dict(dict(of.reference([feature]))["In every template"])
    assert "feeds" in rows
