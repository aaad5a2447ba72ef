"""The parser: markdown-it with the rules of the dialect, as the site's switches say."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from copy import copy
from typing import cast

from markdown_it import MarkdownIt
from markdown_it.rules_core import StateCore
from markdown_it.rules_inline import html_inline, image, link
from markdown_it.token import Token
from markdown_it.utils import OptionsType
from mdit_py_plugins.subscript import sub_plugin
from mdit_py_plugins.superscript import superscript_plugin

from wol.content.markdown import limits
from wol.content.markdown.dispatch import BySign, InlineRule, PlainText
from wol.content.markdown.findings import findings_of
from wol.content.markdown.lean_states import join_fragments
from wol.content.markdown.parsers import Parser
from wol.content.markdown.render import HtmlRenderer
from wol.content.markdown.rules import (
    attributes,
    autolinks,
    callouts,
    comments,
    definition_lists,
    east_asian,
    emoji,
    figures,
    footnotes,
    foreign,
    markdown_in_html,
    near_links,
    percent,
    quick,
    reserved,
    signs,
)
from wol.content.markdown.rules.inline import either, imaging, parse_inline, plain_text, positioned
from wol.content.markdown.rules.tables import bounded_table
from wol.content.settings import FeatureRules
from wol.model.config import MarkdownConfig

_TERMINATING = ["paragraph", "reference", "blockquote"]


def make_parser(
    switches: MarkdownConfig, own_callouts: Sequence[str] = (), language: str = "en", syntax: Sequence[FeatureRules] = ()
) -> MarkdownIt:
    """Make the parser of whole texts; its environment must hold `findings`. Raises WolError (plugin-failed) for a plugin's `syntax`."""
    options = {
        "maxNesting": limits.NESTING,
        "html": switches.html,
        "xhtmlOut": False,
        "breaks": switches.hard_breaks,
        "typographer": switches.smart_quotes,
        "quotes": signs.quotes(language),
        "tasklists": switches.tasklists,
    }
    md = Parser("commonmark", options, renderer_cls=HtmlRenderer)
    md.enable("strikethrough")
    _block_rules(md, switches, own_callouts)
    _inline_rules(md, switches)
    md.inline.ruler2.at("fragments_join", join_fragments)
    md.look_up_rules()
    _core_rules(md, switches)
    if syntax:
        from wol.content.markdown.feature_rules import add_rules

        add_rules(md, syntax, lambda signs: _text(switches, signs))
    return md


def make_inline_parser(switches: MarkdownConfig, language: str = "en") -> MarkdownIt:
    """Make the parser of titles: code, emphasis, entities and the signs that are switched on; all else is as typed."""
    options = {"maxNesting": limits.INLINE_NESTING, "html": False, "typographer": switches.smart_quotes, "quotes": signs.quotes(language)}
    md = MarkdownIt("zero", options)
    md.enable(["newline", "escape", "backticks", "emphasis", "strikethrough", "entity", "text_join"])
    md.inline.ruler.after("strikethrough", "wol", BySign({"{": foreign.foreign}))
    _pairs(md, switches)
    _sign_rules(md, switches)
    return md


def _block_rules(md: MarkdownIt, switches: MarkdownConfig, own_callouts: Sequence[str]) -> None:
    rules = md.block.ruler
    if switches.html:
        rules.before("html_block", "markdown_in_html", markdown_in_html.markdown_in_html)
    rules.before("html_block", "comment", comments.comment_block, {"alt": _TERMINATING})
    rules.before("paragraph", "foreign", foreign.foreign_block)
    rules.before("paragraph", "reserved", reserved.reserved_directive, {"alt": ["paragraph"]})
    if switches.tables:
        md.enable("table")
        rules.at("table", bounded_table, {"alt": ["paragraph", "reference"]})
    if switches.callouts:
        rules.at("blockquote", callouts.callout_rule(frozenset(own_callouts)), {"alt": [*_TERMINATING, "list"]})
    if switches.footnotes:
        rules.before("reference", "footnote", footnotes.footnote_block, {"alt": ["paragraph", "reference"]})
        rules.after("reference", "definition_ends_note", footnotes.definition_ends_note, {"alt": ["paragraph"]})
    if switches.deflists:
        rules.before("paragraph", "deflist", definition_lists.definition_list, {"alt": ["paragraph", "reference", "blockquote"]})
    rules.at("lheading", quick.underlined_heading)
    if switches.attributes:
        rules.before("fence", "attributes", attributes.attributes_block, {"alt": [*_TERMINATING, "list"]})
    if switches.obsidian_comments:
        rules.before("html_block", "percent", percent.percent_block, {"alt": _TERMINATING})


def _inline_rules(md: MarkdownIt, switches: MarkdownConfig) -> None:
    """Set the inline rules. Those of wol are one rule, between links and HTML, which looks up the sign at which text stopped."""
    rules: dict[str, InlineRule] = {
        "<": comments.comment_inline,
        "{": either(foreign.foreign, attributes.attributes_inline) if switches.attributes else foreign.foreign,
        "%": percent.percent_comment if switches.obsidian_comments else percent.percent_text,
    }
    rules["!"] = near_links.near_link
    rules["["] = either(footnotes.footnote_reference, near_links.near_link) if switches.footnotes else near_links.near_link
    if switches.autolinks:
        rules["h"] = rules["w"] = autolinks.address
        rules["@"] = autolinks.mail
    if switches.mark:
        rules["="] = signs.mark
    ruler = md.inline.ruler
    ruler.at("newline", quick.newline)
    ruler.at("emphasis", quick.emphasis)
    ruler.at("link", positioned(link, "["))
    ruler.at("image", imaging(positioned(image, "!")))
    ruler.at("html_inline", positioned(html_inline, "<"))
    ruler.after("image", "wol", BySign(rules))
    if switches.sub_sup:
        sub_plugin(md)
        superscript_plugin(md)
    ruler.at("text", _text(switches))


def _text(switches: MarkdownConfig, more: str = "") -> PlainText:
    """Make the rule of plain text, which stops where some other rule may begin; `more` are the first signs of rules of features."""
    signs_used = "~" + "@" * switches.autolinks + "=" * switches.mark + "^" * switches.sub_sup
    return plain_text(signs_used + more, addresses=switches.autolinks)


def _core_rules(md: MarkdownIt, switches: MarkdownConfig) -> None:
    """Set what happens to the tokens of a text, in this order."""
    inner = copy(md)
    inner.set(cast(OptionsType, dict(md.options)))
    inner.options["maxNesting"] = limits.INLINE_NESTING

    def parse(state: StateCore) -> Callable[[list[Token]], None]:
        return lambda tokens: parse_inline(tokens, inner, state)

    rules = md.core.ruler
    rules.at("normalize", quick.normal_text)
    rules.at("text_join", quick.join_text)
    rules.at("inline", lambda state: parse(state)(state.tokens))
    rules.before("inline", "nesting", lambda state: limits.check_nesting(state.tokens, findings_of(state.env)))
    rules.before("inline", "comments", comments.split_comments)
    if switches.attributes:
        rules.before("inline", "attributes", attributes.attach_attributes)
    if switches.footnotes:
        rules.before("inline", "footnotes", footnotes.gather_footnotes)
        rules.after("inline", "footnote_list", lambda state: footnotes.append_footnotes(state, parse(state)))
    if switches.figures:
        rules.push("figures", figures.make_figures)
    if switches.tasklists:
        rules.push("tasks", figures.make_tasks)
    if not switches.hard_breaks:
        rules.push("east_asian", east_asian.remove_breaks)
    _sign_rules(md, switches)


def _pairs(md: MarkdownIt, switches: MarkdownConfig) -> None:
    if switches.sub_sup:
        sub_plugin(md)
        superscript_plugin(md)
    if switches.mark:
        md.inline.ruler.push("mark", signs.mark)


def _sign_rules(md: MarkdownIt, switches: MarkdownConfig) -> None:
    if switches.emoji:
        md.core.ruler.before("text_join", "emoji", emoji.emoji)
    if switches.smart_quotes:
        md.core.ruler.before("text_join", "dashes", signs.dashes)
        md.core.ruler.before("text_join", "quotes", signs.curl_quotes)
