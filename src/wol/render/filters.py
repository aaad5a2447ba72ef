"""The filters of the theme API (authoring format, section 8).

Those that look something up take the context, which also keeps Jinja from computing them once for all pages.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from html import unescape
from typing import TYPE_CHECKING, Any

import msgspec
from jinja2 import Undefined, pass_context
from jinja2.runtime import Context
from markupsafe import Markup

from wol.errors import WolError, diagnostic
from wol.model.words import count_words as words_of
from wol.model.words import first_words
from wol.render.addresses import Href
from wol.render.date_view import DEFAULT_FORMAT, DateView, format_date, to_date
from wol.render.lists import Group
from wol.render.markup import as_html
from wol.render.recorder import View

if TYPE_CHECKING:
    from wol.render.recorded_views import SiteViews

_HIDDEN = re.compile(r"<(script|style|template)\b.*?</\1\s*>|<!--.*?-->", re.IGNORECASE | re.DOTALL)
_BLOCK = re.compile(
    r"</?(?:address|article|aside|blockquote|br|dd|div|dl|dt|figcaption|figure|h[1-6]|hr|li|ol|p|pre|section|table|td|th|tr|ul)\b[^>]*>",
    re.IGNORECASE,
)
_TAG = re.compile(r"</?[A-Za-z][^>]*>")
_SPACE = re.compile(r"\s+")
_UNSAFE_IN_SCRIPT = re.compile("[<>&'\u2028\u2029]")


@pass_context
def date(context: Context, value: Any, pattern: str | None = None) -> str:
    """Format a date by the signs of `strftime`, in the language of the page; nothing for nothing."""
    if value is None or value == "":
        return ""
    translate = _views(context).translate
    return format_date(to_date(value), pattern or translate(DEFAULT_FORMAT), translate)


def isodate(value: Any) -> str:
    """Give a date for machines, as `<time datetime>` wants it; nothing for nothing."""
    return "" if value is None or value == "" else to_date(value).iso


@pass_context
def url(context: Context, value: Any) -> Href:
    """Make a URL path (`/about/`), a source (`about.md`) or a view ready for HTML."""
    return _views(context).reference(_address(value))


@pass_context
def absolute(context: Context, value: Any) -> Href:
    """Make a URL path, a source or a view an absolute URL."""
    views = _views(context)
    return views.absolute(views.reference(_address(value)))


@pass_context
def asset(context: Context, name: Any) -> Href:
    """Give the fingerprinted URL of a file in `assets/`."""
    return _views(context).asset(_text(name))


def slug(value: Any) -> str:
    """Make a slug of a text."""
    from wol.model.slugs import slug as make

    return make(str(value))


@pass_context
def markdown(context: Context, value: Any) -> Markup:
    """Make HTML of Markdown."""
    return _views(context).markdown(_text(value))


def plain(value: Any) -> str:
    """Make plain text of HTML: one line, without tags; entities are read."""
    text = _text(value)
    if "<" in text:
        text = _TAG.sub("", _BLOCK.sub(" ", _HIDDEN.sub(" ", text)))
    return _SPACE.sub(" ", unescape(text)).strip()


def excerpt(value: Any, words: int = 50) -> str:
    """Give the first words of HTML or text as plain text, with `…` where it was cut."""
    text = plain(value)
    cut = first_words(text, words)
    return text if cut is None else cut.rstrip(" ,.;:!?–—-") + "…"


def count_words(value: Any) -> int:
    """Count the words of HTML or text."""
    return words_of(plain(value))


@pass_context
def where(context: Context, items: Iterable[Any], name: str, value: Any = True) -> list[Any]:
    """Keep those whose `name` (dotted: `extra.series`) is a value, or a list that has it; terms are known by name and slug too."""
    return [item for item in items if _matches(_get(context, item, name), value)]


@pass_context
def group(context: Context, items: Iterable[Any], name: str) -> list[Group]:
    """Put together those that have the same `name` (dotted: `date.year`), groups in the order in which they first appear."""
    groups: dict[Any, list[Any]] = {}
    for item in items:
        key = _get(context, item, name)
        groups.setdefault(tuple(key) if isinstance(key, list) else key, []).append(item)
    return [Group(key, found) for key, found in groups.items()]


@pass_context
def sort_by(context: Context, items: Iterable[Any], name: str, reverse: bool = False) -> list[Any]:
    """Sort by `name` (dotted), texts without regard to case; those that have none come last."""
    found = [(_sort_key(_get(context, item, name)), item) for item in items]
    present = sorted(((key, item) for key, item in found if key is not None), key=lambda pair: pair[0], reverse=reverse)
    return [item for _, item in present] + [item for key, item in found if key is None]


def json(value: Any) -> Markup:
    """Write plain data as JSON, safe inside `<script>` and in attributes."""
    data = msgspec.json.encode(_plain_data(value)).decode("utf-8", "surrogatepass")
    return as_html(_UNSAFE_IN_SCRIPT.sub(lambda found: f"\\u{ord(found[0]):04x}", data))


@pass_context
def t(context: Context, text: Any) -> str:
    """Give a text of the theme in the language of the page, as `translations/LANG.toml` has it; else as it is."""
    return _views(context).translate(_text(text))


FILTERS: Mapping[str, Callable[..., Any]] = {
    function.__name__: function
    for function in (date, isodate, url, absolute, asset, slug, markdown, plain, excerpt, where, group, sort_by, json, count_words, t)
}
"""All filters by name."""


def _views(context: Context) -> SiteViews:
    views: SiteViews = context.environment.views  # type: ignore[attr-defined]  # ThemeEnvironment has it
    return views


def _text(value: Any) -> str:
    return "" if value is None else str(value)


def _address(value: Any) -> str:
    """Give what a template has for an address: a text, or a view that has a URL."""
    if isinstance(value, str):
        return value
    found = getattr(value, "url", None) if isinstance(value, View) else value.get("url") if isinstance(value, Mapping) else None
    if isinstance(found, str):
        return found
    raise WolError(
        diagnostic(
            "template-failed", f"`{value}` is no URL", hint="give a URL path such as `/about/`, a source such as `about.md`, or a page"
        )
    )


def _get(context: Context, item: Any, name: str) -> Any:
    """Give an attribute of an item by its dotted name, None where foreign data does not have it; an unknown name raises."""
    for part in name.split("."):
        item = context.environment.getattr(item, part)
        if isinstance(item, Undefined):
            return item or None  # an unknown name raises here
        if item is None:
            return None
    return item


def _matches(found: Any, wanted: Any) -> bool:
    if isinstance(found, Sequence) and not isinstance(found, str):
        return any(_matches(one, wanted) for one in found)
    if isinstance(found, View) and isinstance(wanted, str):
        return wanted in (getattr(found, "name", None), getattr(found, "slug", None))
    return bool(found == wanted)


def _sort_key(value: Any) -> tuple[int, Any] | None:
    if value is None:
        return None
    if isinstance(value, bool | int | float):
        return (0, value)
    if isinstance(value, DateView):
        return (1, value)
    text = str(value)
    return (2, (text.casefold(), text))


def _plain_data(value: Any) -> Any:
    if isinstance(value, Undefined):
        return str(value) or None
    if value is None or isinstance(value, bool | int | float):
        return value
    if isinstance(value, str):
        return str(value)
    if isinstance(value, DateView):
        return value.iso
    if isinstance(value, Mapping):
        return {str(key): _plain_data(one) for key, one in value.items()}
    if isinstance(value, View) and not isinstance(value, Sequence):
        raise WolError(
            diagnostic(
                "template-failed", f"`{value}` cannot be written as JSON", hint="name what it should hold: `{title: page.title}|json`"
            )
        )
    return [_plain_data(one) for one in value]
