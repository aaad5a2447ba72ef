"""Reading raw HTML piece by piece, without judging it: tags, comments, text.

The syntax of tags is that of the HTML standard, section 13.2.5 (tokenisation), for whole tags; a tag that does not end is text here.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import unescape
from typing import Literal, NamedTuple

RAW_TEXT = frozenset({"script", "style", "textarea", "title", "iframe", "xmp", "noembed", "noframes"})
"""Elements whose content is text up to their end tag."""

VOID = frozenset({"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source", "track", "wbr"})
"""Elements without content and end tag."""

ELEMENTS = frozenset(
    [
        "a",
        "abbr",
        "acronym",
        "address",
        "applet",
        "area",
        "article",
        "aside",
        "audio",
        "b",
        "base",
        "basefont",
        "bdi",
        "bdo",
        "bgsound",
        "big",
        "blink",
        "blockquote",
        "body",
        "br",
        "button",
        "canvas",
        "caption",
        "center",
        "cite",
        "code",
        "col",
        "colgroup",
        "data",
        "datalist",
        "dd",
        "del",
        "details",
        "dfn",
        "dialog",
        "dir",
        "div",
        "dl",
        "dt",
        "em",
        "embed",
        "fieldset",
        "figcaption",
        "figure",
        "font",
        "footer",
        "form",
        "frame",
        "frameset",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "head",
        "header",
        "hgroup",
        "hr",
        "html",
        "i",
        "iframe",
        "image",
        "img",
        "input",
        "ins",
        "isindex",
        "kbd",
        "keygen",
        "label",
        "legend",
        "li",
        "link",
        "listing",
        "main",
        "map",
        "mark",
        "marquee",
        "math",
        "menu",
        "menuitem",
        "meta",
        "meter",
        "multicol",
        "nav",
        "nobr",
        "noembed",
        "noframes",
        "noscript",
        "object",
        "ol",
        "optgroup",
        "option",
        "output",
        "p",
        "param",
        "picture",
        "plaintext",
        "portal",
        "pre",
        "progress",
        "q",
        "rb",
        "rp",
        "rt",
        "rtc",
        "ruby",
        "s",
        "samp",
        "script",
        "search",
        "section",
        "select",
        "selectedcontent",
        "slot",
        "small",
        "source",
        "spacer",
        "span",
        "strike",
        "strong",
        "style",
        "sub",
        "summary",
        "sup",
        "svg",
        "table",
        "tbody",
        "td",
        "template",
        "textarea",
        "tfoot",
        "th",
        "thead",
        "time",
        "title",
        "tr",
        "track",
        "tt",
        "u",
        "ul",
        "var",
        "video",
        "wbr",
        "xmp",
    ]
)
"""The elements of HTML, obsolete ones too (HTML standard, sections 4 and 16.2)."""

_CLOSING = re.compile(r"</([A-Za-z][^\s/>]*)")
_MARKUP = re.compile(r"<(?:(/?)([A-Za-z][^\s/>]*)|!--|!|\?)")
_ATTRIBUTE = re.compile(r"""[\s/]*([^\s/>=]+)(?:\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'>][^\s>]*)|(?=>)))?""")
_END = re.compile(r"[\s/]*>")
_REFERENCE = re.compile(r"&#?\w+;")
_TRIES = 20
"""How many broken tags are looked at; what follows them is text, so that the time stays in proportion."""


def closed_names(html: str) -> frozenset[str]:
    """Give the names of all elements that a text closes somewhere, in small letters."""
    return frozenset(name.lower() for name in _CLOSING.findall(html)) if "</" in html else frozenset()


def is_no_element(piece: Piece, closed: frozenset[str]) -> bool:
    """Tell whether an opening tag is more likely a word in angle brackets: `git add <filename>`. Readers would not see it."""
    name = piece.name
    return not (piece.attributes or piece.empty or name in ELEMENTS or name in closed or "-" in name or ":" in name)


class Attribute(NamedTuple):
    """An attribute: its name in small letters, its value with entities read, and where all of it stands in the text."""

    name: str
    value: str
    start: int
    end: int


class Piece(NamedTuple):
    """A piece of raw HTML: what it is, where it stands; for tags the name in small letters and the attributes.

    `raw` is the content of a script and the like, `broken` the `<` of a tag that never ends, `unclosed` a comment that never
    does, `declaration` all that begins with `<!` or `<?` and is no comment (browsers show nothing of it).
    """

    kind: Literal["text", "open", "close", "comment", "unclosed", "declaration", "raw", "broken"]
    start: int
    end: int
    name: str = ""
    attributes: tuple[Attribute, ...] = ()
    empty: bool = False
    """Whether the tag ends in `/>`."""


def read_references(text: str) -> str:
    """Put characters for the references `&name;` and `&#1;`; one without `;` is text, as in attributes."""
    return _REFERENCE.sub(lambda found: unescape(found[0]), text) if "&" in text else text


def comment_end(text: str, start: int) -> int:
    """Give where the comment that begins at `start` with `<!--` ends, or -1 (CommonMark 0.31, section 6.6)."""
    if text.startswith(">", start + 4):
        return start + 5
    if text.startswith("->", start + 4):
        return start + 6
    end = text.find("-->", start + 4)
    return end + 3 if end >= 0 else -1


def is_more(comment: str) -> bool:
    """Tell whether a comment is the mark that ends the excerpt; Docusaurus calls it `truncate`."""
    return comment[4:-3].strip().lower() in ("more", "truncate")


def pieces(html: str) -> Iterator[Piece]:
    """Cut raw HTML into pieces that together are all of it. Takes time in proportion to its length."""
    at = 0
    tries = _TRIES
    while (found := _MARKUP.search(html, at)) is not None:
        start = found.start()
        if start > at:
            yield Piece("text", at, start)
        piece = _piece(html, found) if tries > 0 else Piece("broken", start, start + 1)
        tries -= piece.kind == "broken"
        yield piece
        at = piece.end
        if piece.kind == "open" and piece.name in RAW_TEXT:
            close = re.compile(rf"</{piece.name}(?=[\s/>])", re.IGNORECASE).search(html, at)
            stop = close.start() if close else len(html)
            if stop > at:
                yield Piece("raw", at, stop, piece.name)
            at = stop
    if at < len(html):
        yield Piece("text", at, len(html))


def _piece(html: str, found: re.Match[str]) -> Piece:
    start = found.start()
    if name := found[2]:
        return _tag(html, start, found.end(), name.lower(), closing=bool(found[1]))
    if found[0] == "<!--":
        end = comment_end(html, start)
        return Piece("comment", start, end) if end > 0 else Piece("unclosed", start, len(html))
    last = "?>" if found[0] == "<?" else "]]>" if html.startswith("<![CDATA[", start) else ">"
    end = html.find(last, start)
    return Piece("declaration", start, end + len(last)) if end >= 0 else Piece("broken", start, start + 1)


def _tag(html: str, start: int, at: int, name: str, *, closing: bool) -> Piece:
    attributes = []
    while (found := _ATTRIBUTE.match(html, at)) is not None:
        value = found[2] or found[3] or found[4] or ""
        attributes.append(Attribute(found[1].lower(), read_references(value), found.start(1), found.end()))
        at = found.end()
    end = _END.match(html, at)
    if end is None or name == "plaintext":  # nothing ends a plaintext
        return Piece("broken", start, start + 1)
    return Piece("close" if closing else "open", start, end.end(), name, tuple(attributes), html[end.end() - 2] == "/")
