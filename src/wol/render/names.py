"""All names that templates may use, for the reference: taken from the views themselves, so that no name goes without its words.

What no class can say, such as which template has which names, is said here; tests compare it with what templates really find.
"""

from __future__ import annotations

import inspect
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any

from wol.model.feature import Feature
from wol.model.functions import load_function
from wol.model.slots import SLOTS
from wol.render.callout_view import CalloutView
from wol.render.date_view import DateView
from wol.render.feature_names import names_of
from wol.render.filters import FILTERS
from wol.render.lists import Group, Pager
from wol.render.page_view import HeadingView, PageView
from wol.render.recorder import View
from wol.render.site_view import AuthorView, BuildView, NavView, SiteView

Row = tuple[str, str]
"""A name as a template writes it, and what it means."""

EVERYWHERE: Mapping[str, str] = {
    "site": "The site, see below.",
    "page": "The item that is shown; on a list the `_index.md` that describes it. Nothing where there is none.",
    "build": "The build that makes the page, see below.",
    "heading": "What the page is called, as plain text: the title of the item or of the list.",
    "url": "The URL path of the page that is made, ready for HTML.",
    "fragment(name)": 'The HTML of a template that is the same on every page, rendered once: `fragment("parts/header.html")`. It has no `page`.',
    "range(n)": "Jinja's numbers, for loops; `dict`, `namespace`, `cycler` and `joiner` are Jinja's too.",
}
"""What every template has, besides the names of features."""

OF_TEMPLATES: Mapping[str, tuple[str, tuple[str, ...]]] = {
    "home.html": ("the home page, and `/page/N/`", ("page", "posts", "pager")),
    "post.html": ("a post", ("page",)),
    "page.html": ("a page, and every item whose kind has no template", ("page",)),
    "note.html": ("a note", ("page",)),
    "notes.html": ("the list of notes; without it `section.html` is taken", ("page", "posts", "pager")),
    "section.html": ("the `_index.md` of a folder that has no list", ("page", "posts")),
    "archive.html": ("all posts", ("page", "posts")),
    "year.html": ("the posts of a year", ("page", "posts", "year", "months")),
    "month.html": ("the posts of a month", ("page", "posts", "year", "month")),
    "terms.html": ("all terms of a taxonomy", ("page", "taxonomy")),
    "term.html": ("what has a term", ("page", "posts", "pager", "term")),
    "404.html": ("where nothing is", ()),
    "redirect.html": ("an old address", ("to",)),
    "gone.html": ("what was withdrawn", ("page",)),
}
"""What each template shows, and the names that only some templates have; they are nothing in all others."""

OF_LISTS: Mapping[str, str] = {
    "posts": "The items of the list; a section has its items by title, all others the newest first.",
    "pager": "The page of the list, where a list is cut into pages.",
    "term": "The term.",
    "taxonomy": "The taxonomy.",
    "year": "The number of the year, four digits.",
    "month": "The number of the month, two digits.",
    "months": "The months of the year that have posts, newest first.",
    "to": "Where the old address leads: a URL path or a URL; `to|url` makes it ready for HTML.",
}
"""What those names are."""

BLOCKS: Mapping[str, str] = {
    "title": "The text of `<title>`.",
    "head": "What search engines, readers of feeds and social media are told.",
    "styles": "The style sheets.",
    "header": "The top of the page: name of the site, navigation.",
    "main": "All that stands in `<main>`: the next five blocks.",
    "before_content": "Empty: room above the text.",
    "content": "The text or the list itself.",
    "after_content": "Below the text: neighbours of a post, older and newer pages of a list.",
    "end": "Below the whole of it: what features add to the end of a page.",
    "aside": "Below that: a few words about the author, feeds of a term.",
    "footer": "The foot of the page: archives, feeds, licence.",
    "scripts": "Empty: room for scripts of your own.",
}
"""The blocks of `base.html`, in their order."""

PARTS: Mapping[str, str] = {
    "parts/head.html": "What others are told of a list.",
    "parts/header.html": "The top of every page; a fragment.",
    "parts/footer.html": "The foot of every page; a fragment.",
    "parts/meta.html": "Date, authors and reading time of `page`.",
    "parts/card.html": "One item of a list, which is `post`.",
    "parts/toc.html": "The table of contents of `page`.",
    "parts/neighbours.html": "The posts before and after `page`.",
    "parts/pager.html": "Links to older and newer pages of a list.",
}
"""Templates that others include, and that a theme may replace one by one."""

VIEWS: Mapping[str, type[View]] = {
    "`site`": SiteView,
    "`build`": BuildView,
    "`page`, and each item of a list": PageView,
    "A date": DateView,
    "A heading": HeadingView,
    "An author": AuthorView,
    "`pager`": Pager,
    "An entry of the navigation": NavView,
    "What `group` gives": Group,
    "`callout`, in `callouts/NAME.html`": CalloutView,
}
"""The views with names of their own: lists of items and the options of a theme have none that can be known here."""


def reference(features: Iterable[Feature] = ()) -> list[tuple[str, list[Row]]]:
    """Return all names by their sort, as (heading, [(name, meaning), …]); `features` are those whose names are wanted too."""
    features = tuple(features)
    sections = {
        "In every template": [*EVERYWHERE.items(), *_of_features(features, "context")],
        "Templates": [(name, _shows(*about)) for name, about in OF_TEMPLATES.items()],
        "Names of single templates": list(OF_LISTS.items()),
        "Blocks of `base.html`": list(BLOCKS.items()),
        "Slots": list(SLOTS.items()),
        "Parts": list(PARTS.items()),
        "Filters": [(f"{name}{_filter_arguments(made)}", _meaning(made)) for name, made in FILTERS.items()],
    }
    views: dict[str, Any] = {**VIEWS, **{heading: load_function(view) for feature in features for heading, view in feature.views.items()}}
    for heading, view in views.items():
        sections[heading] = [*names(view), *_of_features(features, EXTENDED.get(view.__name__, ""))]
    return list(sections.items())


EXTENDED: Mapping[str, str] = {"PageView": "page", "SiteView": "site", "TermView": "term"}
"""The views to which features add names, and where a feature has them."""


def names(view: type[View]) -> Iterator[Row]:
    """Give the public names of a view, in the order in which it states them; raises ValueError for one without a docstring."""
    slots: Iterable[str] = vars(view).get("__slots__", ())
    for name in slots:
        if name[0] != "_":
            yield name, _given(slots[name] if isinstance(slots, Mapping) else "", name)
    for name, found in vars(view).items():
        if name[0] == "_" or inspect.ismemberdescriptor(found):
            continue
        arguments = "" if isinstance(found, property) else _arguments(found, skip=1)
        yield name + arguments, _meaning(found)


def _shows(what: str, own: tuple[str, ...]) -> str:
    has = f" Has {', '.join(f'`{name}`' for name in own)}." if own else ""
    return f"{what[0].upper()}{what[1:]}.{has}"


def _of_features(features: Iterable[Feature], view: str) -> Iterator[Row]:
    for found in names_of(features, view) if view else ():
        arguments = (
            _arguments(load_function(found.name.make), skip=1 if view in ("context", "site") else 2) if found.name.takes_arguments else ""
        )
        yield found.key + arguments, found.name.description


def _filter_arguments(function: Callable[..., Any]) -> str:
    """Give what stands in brackets after a filter's name: all but the context and the value."""
    first = next(iter(inspect.signature(function).parameters))
    return _arguments(function, skip=2 if first == "context" else 1, empty="")


def _arguments(function: Callable[..., Any], *, skip: int, empty: str = "()") -> str:
    parameters = list(inspect.signature(function).parameters.values())[skip:]
    shown = [p.name if p.default in (inspect.Parameter.empty, None) else f"{p.name}={p.default!r}" for p in parameters]
    return f"({', '.join(shown)})" if shown else empty


def _meaning(thing: object) -> str:
    """Give the first paragraph of a docstring, in one line."""
    return _given(" ".join((inspect.getdoc(thing) or "").split("\n\n")[0].split()), thing)


def _given(text: str, thing: object) -> str:
    if not text:
        raise ValueError(f"{thing!r} has no docstring")
    return text
