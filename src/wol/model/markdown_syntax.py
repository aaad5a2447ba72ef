"""Markdown syntax of a feature: rules for the parser, and how the parts that they make are rendered."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any, TypeVar

import msgspec

from wol.model.functions import Function

if TYPE_CHECKING:
    from markupsafe import Markup

AnyRule = TypeVar("AnyRule", bound=Callable[..., bool])

SIGNS, ENDS = "signs", "ends"
"""Attributes of a rule that `begins_with` sets."""


def begins_with(signs: str | None, *, ends: str | None = None) -> Callable[[AnyRule], AnyRule]:
    """Say of a Markdown rule that it takes nothing that does not begin with one of some signs; `ends`: that it ends no other block but with those.

    The parser then tries the rule at these signs only. An inline rule for a sign at which markdown-it-py does not stop needs it.
    """

    def mark(rule: AnyRule) -> AnyRule:
        setattr(rule, SIGNS, signs)
        setattr(rule, ENDS, signs if ends is None else ends)
        return rule

    return mark


class Syntax(msgspec.Struct, frozen=True):
    """Markdown rules, and renderers of the parts that they make.

    `rules(md)` adds rules to a `MarkdownIt` parser. It runs once in each process that reads texts, so it is a function of a module, or an import
    string. A rule makes a part by a token of the type `part`, with its plain text in `content` and `meta={"part": (kind, arguments)}`; a part with
    something inside is a pair of `part_open`, with that `meta`, and `part_close`. The arguments are plain data.

    `parts` maps each kind to a function `render(views, part)`, which returns the part's HTML when a page or a feed shows it; `part` is a `FilledPart`.

    A token with `meta={"mark": (kind, arguments)}` becomes a `Mark` of the item; the arguments are texts, and the feature names the kind in `marks`.
    """

    rules: Function
    parts: Mapping[str, Function] = {}


class FilledPart(msgspec.Struct, frozen=True):
    """A part of a text as its renderer gets it."""

    kind: str
    args: Mapping[str, Any]
    """What the rule said of it."""
    text: str
    """Its plain text."""
    content: Markup
    """What is inside it, as HTML in which links and parts are filled in."""
    item: str
    """The key of the item that it is in."""
    absolute: bool
    """Whether it is for a feed, where every URL must be absolute: `views.absolute` makes them."""
