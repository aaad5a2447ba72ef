"""The words that a reader finds on a page."""

from __future__ import annotations

from dataclasses import dataclass

import lxml.html

from harness.markdown_patterns import INLINE
from harness.words import words_of


def classes(element: lxml.html.HtmlElement) -> set[str]:
    """Return the CSS classes of an element."""
    return set((element.get("class") or "").split())


def content_of(document: lxml.html.HtmlElement) -> lxml.html.HtmlElement:
    """Return the element of a page that holds the text of its item."""
    [content] = [e for e in document.iter() if "e-content" in classes(e)]
    return content


@dataclass(slots=True)
class Shown:
    """The words of a page's text, and of each of its footnotes in their order."""

    words: list[str]
    notes: list[list[str]]


def shown(page: str, cut: tuple[str, ...] = ()) -> Shown:
    """Return the words that a reader of a page finds in its `e-content`, including the alternative text of pictures.

    `cut` are CSS classes of what wol itself adds to a text.
    """
    content = content_of(lxml.html.document_fromstring(page))
    notes: list[list[str]] = []
    for section in [e for e in content.iter() if "footnotes" in classes(e)]:
        notes.extend(words_of(_text(item, cut)) for item in section.iter("li") if (item.get("id") or "").startswith("fn-"))
        section.drop_tree()
    return Shown(words_of(_text(content, cut)), notes)


def _text(element: lxml.html.HtmlElement, cut: tuple[str, ...]) -> str:
    pieces: list[str] = []

    def walk(node: lxml.html.HtmlElement) -> None:
        name = node.tag if isinstance(node.tag, str) else ""
        if name in ("script", "style") or not name or set(cut) & classes(node):
            pieces.append(node.tail or "")
            return
        edge = "" if name in INLINE else " "
        pieces.append(edge)
        if name == "img":
            pieces.append(f" {node.get('alt', '')} ")
        pieces.append(node.text or "")
        for child in node:
            walk(child)
        pieces.append(edge)
        pieces.append(node.tail or "")

    walk(element)
    return "".join(pieces)
