"""The Markdown rules of features, added to the parser after wol's own."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any

from markdown_it import MarkdownIt
from markdown_it.ruler import Ruler

from wol.content.markdown.dispatch import PlainText, first_signs
from wol.content.markdown.rule_failures import CODE, guarded
from wol.content.settings import FeatureRules
from wol.errors import WolError, diagnostic
from wol.model.functions import load_function
from wol.model.plugin_errors import is_of_plugin, told

_STOCK_STOPS = "\n!#$%&*+-:<=>@[\\]^_`{}~"
"""Signs at which markdown-it-py itself stops in plain text: a rule of which nothing else is known may begin with any of them."""


def add_rules(md: MarkdownIt, features: Iterable[FeatureRules], text: Callable[[str], PlainText]) -> None:
    """Add the rules of features; `text` makes the rule of plain text that stops at further signs. Raises WolError (plugin-failed)."""
    signs = ""
    for feature in features:
        if not feature.rules:
            continue
        known = {rule.name: rule.fn for rule in md.inline.ruler.__rules__}
        _add(md, feature)
        for rule in md.inline.ruler.__rules__:
            if rule.fn is not known.get(rule.name):
                begins = first_signs(rule.fn)
                signs += _STOCK_STOPS if begins is None else begins
    if signs:
        md.inline.ruler.at("text", text(signs))


def _add(md: MarkdownIt, feature: FeatureRules) -> None:
    """Let one feature add its rules; those of a plugin are guarded."""
    is_plugin = not feature.rules.startswith("wol.")
    known = {id(owner): function for owner, function in _functions(md)}
    shown = dict(md.renderer.rules)  # type: ignore[attr-defined]  # the renderer is one of HTML
    try:
        load_function(feature.rules)(md)
    except BaseException as error:
        if not is_plugin or not is_of_plugin(error):
            raise
        message = f"The plugin `{feature.name}` failed in the rules of its `syntax`: {told(error)}"
        raise WolError(diagnostic(CODE, message)) from error
    if is_plugin:
        for owner, function in _functions(md):
            if known.get(id(owner)) is not function:
                owner.fn = guarded(feature.name, function)
        for ruler in _rulers(md):
            ruler.__cache__ = None
        for name, render in md.renderer.rules.items():  # type: ignore[attr-defined]  # as above
            if shown.get(name) != render:
                md.renderer.rules[name] = guarded(feature.name, render)  # type: ignore[attr-defined]  # as above


def _rulers(md: MarkdownIt) -> Sequence[Ruler[Any]]:
    return (md.core.ruler, md.block.ruler, md.inline.ruler, md.inline.ruler2)


def _functions(md: MarkdownIt) -> Iterator[tuple[Any, Callable[..., Any]]]:
    """Yield each rule of a parser with its function."""
    for ruler in _rulers(md):
        for rule in ruler.__rules__:
            yield rule, rule.fn
