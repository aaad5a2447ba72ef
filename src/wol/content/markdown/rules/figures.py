"""Blocks that are made of others after parsing: figures and items of task lists."""

from __future__ import annotations

from markdown_it.rules_core import StateCore
from markdown_it.token import Token

from wol.content.markdown.rules.markdown_in_html import IN_FIGURE
from wol.content.markdown.rules.near_links import TYPED

_LINK = ("link_open", "image", "link_close")
_LAST = frozenset(")]}>")
"""What the source of an image, a link, attributes or a comment ends with."""


def make_figures(state: StateCore) -> None:
    """Make a figure of a paragraph that is an image with a title, linked or not: the title is its caption."""
    for place, token in enumerate(state.tokens):
        if token.type != "inline" or token.content[-1:] not in _LAST or not token.children:
            continue
        opening = state.tokens[place - 1]
        if opening.type != "paragraph_open" or IN_FIGURE in opening.meta:
            continue
        shown = [child for child in token.children if child.type != "comment" and (child.type != "text" or child.content.strip())]
        kinds = tuple(child.type for child in shown)
        if kinds == ("image",):
            image = shown[0]
        elif kinds == _LINK:
            image = shown[1]
            if TYPED in image.meta:
                continue
        else:
            continue
        if caption := str(image.attrs.get("title", "")):
            del image.attrs["title"]
            closing = state.tokens[place + 1]
            opening.type, opening.tag, opening.hidden = "figure_open", "figure", False
            closing.type, closing.tag, closing.hidden = "figure_close", "figure", False
            closing.content = caption
            token.children = shown


def make_tasks(state: StateCore) -> None:
    """Put the box of a task and the task's text into one label, so that the box has a name."""
    for place, token in enumerate(state.tokens):
        if token.type != "list_item_open" or "checked" not in token.meta:
            continue
        checked = token.meta.pop("checked")
        box = Token("task_box", "input", 0, meta={"checked": checked})
        following = state.tokens[place + 1 : place + 3]
        if len(following) == 2 and following[0].type == "paragraph_open":
            inline = following[1]
            inline.children = [Token("task_open", "label", 1), box, *(inline.children or ()), Token("task_close", "label", -1)]
        else:
            token.meta["box"] = checked
