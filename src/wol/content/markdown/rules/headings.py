"""Headings: their anchors, and their text for tables of contents and titles."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from markdown_it.common.utils import escapeHtml
from markdown_it.token import Token

from wol.content.markdown.findings import Findings
from wol.content.markdown.page_anchors import is_taken
from wol.content.markdown.rules.heading_ids import STYLES
from wol.model.item import Heading

_SPACES = re.compile(r"[ \t\n\r\f]+")
TEXT = frozenset(
    {"text", "text_special", "code_inline", "foreign", "percent", "percent_unclosed", "footnote_missing", "comment_unclosed", "part"}
)
"""Inline tokens whose content readers see as text."""

BREAKS = frozenset({"softbreak", "hardbreak"})
_QUOTES = frozenset({"blockquote_open", "callout_open", "blockquote_close", "callout_close"})
_PLAIN_TAGS = frozenset({"em", "strong", "s", "mark", "sub", "sup"})


def plain(children: Iterable[Token] | None, *, images: bool = False, tags: bool = False) -> str:
    """Give the text that readers see of inline tokens; `images` with their alternative texts, `tags` with tags as typed."""
    out: list[str] = []
    for token in children or ():
        kind = token.type
        if kind in TEXT:
            out.append(token.content)
        elif kind in BREAKS:
            out.append(" ")
        elif images and kind == "image":
            out.append(image_text(token))
        elif tags and kind == "html_inline":
            out.append(token.content)
    return "".join(out)


def image_text(image: Token) -> str:
    """Give the alternative text of an image."""
    alt = image.meta.get("alt")
    return plain(image.children, images=True, tags=True) if alt is None else str(alt)


def flat_html(children: Sequence[Token] | None, *, tags: bool) -> str:
    """Give the HTML of inline tokens without links, images and notes, for a table of contents; `tags`: with tags as typed."""
    out: list[str] = []
    for token in children or ():
        if token.type == "text":
            out.append(escapeHtml(token.content))
        elif token.type == "code_inline":
            out.append(f"<code>{escapeHtml(token.content)}</code>")
        elif token.tag in _PLAIN_TAGS:
            out.append(f"</{token.tag}>" if token.nesting < 0 else f"<{token.tag}>")
        else:
            out.append(escapeHtml(plain((token,), images=True, tags=tags)))
    return "".join(out)


def squeeze(text: str) -> str:
    """Put one space for each run of white space; no-break spaces stay."""
    if "  " in text or not text.isprintable():
        text = _SPACES.sub(" ", text)
    return text.strip(" ")


def give_anchors(tokens: Sequence[Token], findings: Findings, style: str = "wol") -> tuple[Heading, ...]:
    """Give every heading an anchor, and list those that are not inside a quote.

    An anchor is the writer's own, else the slug of the text, with `-2`, `-3` where there is one already; `style` is a setting (`heading_ids`).
    """
    headings: list[Heading] = []
    quotes = 0
    make, second = STYLES[style]
    for place, token in enumerate(tokens):
        kind = token.type
        if kind != "heading_open":
            if kind in _QUOTES:
                quotes += token.nesting
            continue
        children = tokens[place + 1].children
        words = plain(children, images=True)
        text = squeeze(words)
        anchor = token.meta.get("given") or _free(make(words.strip(), tokens[place + 1].content), findings, second)
        token.attrs = (
            {"id": anchor, **{name: value for name, value in token.attrs.items() if name != "id"}} if token.attrs else {"id": anchor}
        )
        findings.headings.append(place)
        if not quotes:
            headings.append(Heading(int(token.tag[1]), anchor, flat_html(children, tags=False), text))
    return tuple(headings)


def _free(slug: str, findings: Findings, second: int) -> str:
    """Return a slug with a number where it is taken: from `second` on."""
    anchor = slug
    number = findings.repeated.get(slug, second - 1)
    while anchor in findings.anchors or is_taken(anchor, findings):
        number += 1
        anchor = f"{slug}-{number}"
    findings.repeated[slug] = number
    findings.anchors[anchor] = 0
    return anchor
