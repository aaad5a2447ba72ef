"""The words of a text that readers see."""

from __future__ import annotations

from collections.abc import Iterable
from html import unescape

from markdown_it.token import Token

from wol.content.markdown.rules.headings import plain
from wol.content.markdown.tags import pieces

_MEDIA = frozenset({"img", "picture", "video", "audio", "iframe", "object", "embed", "svg", "math", "canvas", "hr", "script"})


def visible(tokens: Iterable[Token]) -> str:
    """Give the text that readers see of blocks, a line for each."""
    out: list[str] = []
    for token in tokens:
        if token.type == "inline":
            out.append(plain(token.children))
        elif token.type in ("fence", "code_block"):
            out.append(token.content)
        elif token.type == "html_block":
            out.append(html_text(token.content))
        elif token.type in ("figure_close", "part"):
            out.append(token.content)
    return "\n".join(out)


def html_text(html: str) -> str:
    """Give the text of raw HTML, without scripts and styles."""
    out: list[str] = []
    for piece in pieces(html):
        if piece.kind == "text" or (piece.kind == "raw" and piece.name in ("textarea", "xmp")):
            out.append(html[piece.start : piece.end])
        elif piece.kind in ("open", "close"):
            out.append(" ")
    return unescape("".join(out))


def shows(html: str) -> bool:
    """Tell whether raw HTML shows anything: text or a medium, not only tags around something else."""
    return bool(html_text(html).strip()) or any(piece.kind == "open" and piece.name in _MEDIA for piece in pieces(html))
