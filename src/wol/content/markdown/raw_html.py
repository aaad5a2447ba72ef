"""Raw HTML in texts: references in its tags, its anchors, and whether its tags are closed."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from markdown_it.common.utils import escapeHtml
from markdown_it.token import Token

from wol import local_paths
from wol.content.markdown import limits
from wol.content.markdown.findings import Findings
from wol.content.markdown.foreign_syntax import is_component, note
from wol.content.markdown.links import END, PLACE, START, place, place_set, report_local
from wol.content.markdown.page_anchors import freed
from wol.content.markdown.rules.markdown_in_html import ATTRIBUTE
from wol.content.markdown.tags import VOID, Piece, is_no_element, pieces

_OPTIONAL = "html head body p li dt dd rt rp optgroup option colgroup caption thead tbody tfoot tr td th"
OPTIONAL_END = frozenset(_OPTIONAL.split())
"""Elements that may be left open (HTML standard, section 13.1.2.4)."""

FOREIGN = frozenset({"svg", "math"})
"""Elements in which `/>` closes a tag."""

_ADDRESSES = frozenset(
    [
        "action",
        "background",
        "cite",
        "data",
        "data-href",
        "data-original",
        "data-src",
        "formaction",
        "longdesc",
        "manifest",
        "object",
        "ping",
        "xlink:href",
    ],
)
"""Attributes with an address, beside those in which references are looked up."""

_STYLE_URL = re.compile(r"""url\(\s*["']?([^"')]*)""", re.IGNORECASE)

_STYLE_ADDRESS = re.compile(r"""url\(\s*(["']?)([^"')]*)\1\s*\)""", re.IGNORECASE)
_ADDRESS = re.compile(r"\S*[/.]\S*\Z")
"""What may be an address; `cite` often has a name."""

_CODE = frozenset({"code", "pre", "kbd", "samp"})
"""Elements of code, which runs from left to right."""

_READINGS = 5

_CONTROL = re.compile(r"&#(?:[xX]0*([0-9a-fA-F]+)|0*(\d+));?")
_NAME = re.compile(r"<[^\s/>]*")


class Balance:
    """The elements that are open at a place of the text: for each block of the parser those of raw HTML inside it, with their lines."""

    def __init__(self, findings: Findings) -> None:
        self._findings = findings
        self._blocks: list[list[tuple[str, int]]] = [[]]
        self._counts: list[Counter[str]] = [Counter()]
        self._foreign = 0
        self._depth = 0
        """How many elements are open whose end must be written."""

    def enter(self) -> None:
        """A block of the parser begins."""
        self._blocks.append([])
        self._counts.append(Counter())

    def leave(self) -> None:
        """A block of the parser, or the text, ends: what was opened inside must have been closed."""
        while self._blocks[-1]:
            self._left_open()
        self._blocks.pop()
        self._counts.pop()

    def tag(self, piece: Piece, line: int) -> None:
        """A tag of raw HTML."""
        name = piece.name
        if piece.kind == "open":
            if name not in VOID and not (piece.empty and (self._foreign or name in FOREIGN)):
                self._blocks[-1].append((name, line))
                self._counts[-1][name] += 1
                self._foreign += name in FOREIGN
                self._depth += name not in OPTIONAL_END
                if self._depth > limits.HTML_NESTING:
                    limits.refuse_html_nesting(self._findings, line)
        elif self._counts[-1][name]:
            while self._blocks[-1][-1][0] != name:
                self._left_open()
            self._close()
        elif name not in OPTIONAL_END and name != "br":
            message = f"`</{name}>` closes a tag that is not open here"
            self._findings.report("html-unbalanced", message, line, "remove it, or open the tag before it")

    def _close(self) -> tuple[str, int]:
        name, line = self._blocks[-1].pop()
        self._counts[-1][name] -= 1
        self._foreign -= name in FOREIGN
        self._depth -= name not in OPTIONAL_END
        return name, line

    def _left_open(self) -> None:
        name, line = self._close()
        if name not in OPTIONAL_END:
            hint = f"write `</{name}>` where it ends, or `\\<{name}>` if it is text"
            self._findings.report("html-unbalanced", f"`<{name}>` is not closed", line, hint)


def rewrite(token: Token, findings: Findings, balance: Balance) -> str:
    """Give the raw HTML of a token with placeholders for references into the site, without declarations and broken tags."""
    html = neutral(token.content)
    line = findings.line(token)
    out: list[str] = []
    for piece in pieces(html):
        text = html[piece.start : piece.end]
        if piece.kind == "open" and is_no_element(piece, findings.closed):
            hint = f"write `\\{text}` or put it in backticks; an element of your own has a `-` in its name"
            findings.report("html-unbalanced", f"`{text}` is no HTML element; it is shown as text", line, hint)
            out.append(escapeHtml(text))
        elif piece.kind == "open" and is_component(text, piece):
            note(findings, "component", text, line)
            out.append(_open_tag(text, piece, findings, line))
            if piece.empty:
                out.append(f"</{piece.name}>")
            else:
                balance.tag(piece, line)
        elif piece.kind == "open":
            balance.tag(piece, line)
            out.append(_open_tag(text, piece, findings, line))
        elif piece.kind == "close":
            balance.tag(piece, line)
            out.append(text)
        elif piece.kind == "broken":
            if html[piece.end : piece.end + 1].isalpha() or html[piece.end : piece.end + 1] == "/":
                findings.report(
                    "html-unbalanced", f"The tag `{_start(html, piece)}` has no end; it is shown as text", line, "close it with `>`"
                )
            out.append("&lt;")
        elif piece.kind not in ("comment", "declaration"):
            out.append(text)
        line += text.count("\n")
    return "".join(out)


def neutral(html: str) -> str:
    """Take references to control characters out: they are forbidden, and placeholders are made of them."""
    return _CONTROL.sub(_character, html) if "&#" in html else html


def _character(found: re.Match[str]) -> str:
    code = int(found[1], 16) if found[1] else int(found[2][:8])
    return "\ufffd" if (code < 32 and code not in (9, 10, 13)) or code in (0xFFFE, 0xFFFF) else found[0]


def _start(html: str, piece: Piece) -> str:
    words = html[piece.start : piece.start + 40].split(maxsplit=1)
    return words[0]


def _open_tag(text: str, piece: Piece, findings: Findings, line: int) -> str:
    """Rewrite the attributes of a tag that refer to something. An `href` comes first, so that links are found again."""
    name = piece.name
    first = ""
    out: list[str] = []
    at = 0
    found = set()
    for attribute in piece.attributes:
        key = attribute.name
        found.add(key)
        if key == ATTRIBUTE:
            out.append(text[at : attribute.start - piece.start].rstrip())
            at = attribute.end - piece.start
            continue
        if key == "id" or (key == "name" and name == "a"):
            if not attribute.value:
                continue
            value = freed(attribute.value, line, findings)
            findings.anchors.setdefault(value, 0)
        elif key in ("src", "poster"):
            use = "image" if key == "poster" or name in ("img", "input", "image") else "file"
            value = place(findings, attribute.value, use, line)
        elif key == "href":
            use = "link" if name in ("a", "area") else "image" if name == "image" else "file"
            value = place(findings, attribute.value, use, line)
        elif key == "srcset":
            value = place_set(findings, attribute.value, line)
        elif (key == "data" and name == "object") or (key == "xlink:href" and name in ("use", "image")):
            value = place(findings, attribute.value, "image" if name == "image" else "file", line)
        elif key == "cite" and _ADDRESS.match(attribute.value):
            value = place(findings, attribute.value, "file", line)
        elif key == "style" and "url(" in attribute.value.lower():
            report_styles(findings, attribute.value, line)
            value = place_styles(findings, attribute.value, line)
        else:
            if key in _ADDRESSES and local_paths.is_local(attribute.value):
                report_local(findings, attribute.value, "file", line)
            continue
        if "\x03" not in value and (value == attribute.value or ("data:" not in attribute.value.lower() and key not in ("id", "name"))):
            continue
        start = attribute.start - piece.start
        out.append(text[at:start])
        at = attribute.end - piece.start
        written = f'{key}="{escapeHtml(value)}"'
        if key == "href" and not first:
            first = written
        elif key != "href":
            out.append(written)
    if findings.isolates_code and name in _CODE and "dir" not in found:
        first = f'{first} dir="ltr"'.strip()
    if name == "img" and "alt" not in found:
        source = next((attribute.value for attribute in piece.attributes if attribute.name == "src"), "")
        report_alt(findings, source, line)
    out.append(text[at:])
    html = "".join(out)
    return _NAME.sub(rf"\g<0> {first}", html, count=1) if first else html


def report_styles(findings: Findings, css: str, line: int) -> None:
    """Report what a style loads from the writer's computer."""
    for found in _STYLE_URL.finditer(css):
        if local_paths.is_local(found[1]):
            report_local(findings, found[1], "file", line)


def place_styles(findings: Findings, css: str, line: int) -> str:
    """Put placeholders into what a style loads of the site."""

    def placed(found: re.Match[str]) -> str:
        quote, address = found[1], found[2].strip()
        if not address or address.startswith("#") or local_paths.is_local(address):
            return found[0]
        return f"url({quote}{place(findings, address, 'image', line)}{quote})"

    return _STYLE_ADDRESS.sub(placed, css)


def report_alt(findings: Findings, source: str, line: int) -> None:
    """Report an image without alternative text."""
    findings.report("image-alt", f"The image `{source}` has no text for those who do not see it", line)


def balanced(html: str, opening: Sequence[int]) -> str:
    """Give HTML as an HTML5 parser reads it, with every tag closed; `opening` are the links to sources.

    Which elements those links have become is seen only in the tree: a tag may stand in a script, or be split in two. Written HTML is not
    always read as it was meant (nested forms, scripts in SVG), so it is read again until nothing changes.
    """
    from selectolax.lexbor import LexborHTMLParser

    written = html.replace(END, "").replace(START[0], PLACE[0])
    for _ in range(_READINGS):
        tree = LexborHTMLParser(written, is_fragment=True)
        if "<plaintext" in written:
            tree.unwrap_tags(["plaintext"])  # it has no end: the rest of the page would be its text
        for node in tree.css("pre, textarea, listing"):
            text = node.first_child
            if text is not None and text.is_text_node and (text.text_content or "").startswith("\n"):
                text.insert_before("\n")  # reading drops one line break there, writing must put it back
        before, written = written, tree.html or ""
        if before == written:
            break
    starts = {PLACE.format(number): START.format(number) for number in opening}
    if starts:
        for anchor in tree.css(f'a[href^="{PLACE[0]}"]'):
            start = starts.get(anchor.attributes.get("href") or "")
            if start:
                anchor.attrs["href"] = start
                anchor.insert_child(END)
    return tree.html or ""
