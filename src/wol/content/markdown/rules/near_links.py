"""What was meant as a link or an image and is none by CommonMark: read where it is certain, else reported with the text to write.

`[x](My Doc.pdf)` is a link if there is such a file, which only rendering knows: its tokens are those of a link, with the text as typed for when there is none
(authoring format, 5.2). All else stays text, and the writer is told once for each kind.
"""

from __future__ import annotations

import re

from markdown_it.common.utils import normalizeReference, unescapeAll
from markdown_it.rules_inline import StateInline

from wol import local_paths
from wol.content.markdown.findings import Findings, findings_of
from wol.content.markdown.foreign_syntax import SHORTCODE, WIKILINK
from wol.content.reference import is_external, read_reference
from wol.errors import shown
from wol.fixes import Hint, Replace
from wol.model.markdown_syntax import begins_with
from wol.model.slugs import heading_slug

NEAR_LINK = "link-syntax"
"""Code of what looks like a link or an image and is none."""

TYPED = "typed"
"""Key in the `meta` of a link or image that is one only if it leads somewhere: what was typed."""

_LONGEST = 1000
"""Characters of a label or a destination that are looked at, so that the time stays in proportion."""

_LABEL = re.compile(r"\[((?:[^\[\]\\`]|\\.|`[^`\n]+`|!?\[(?:[^\[\]\\]|\\.)*+\](?:\([^()\s]*+\))?)*+)\]", re.DOTALL)
_DESTINATION = re.compile(r"[ \t]*\n?[ \t]*\(((?:[^()\\]|\\.|\((?:[^()\\]|\\.)*+\))*+)\)", re.DOTALL)
_REFERENCE = re.compile(r"\[([^\[\]\n]*)\]")
_TITLE = re.compile(r"""\s+("[^"]*"|'[^']*')\s*\Z""")
_SIZE = re.compile(r"\s+=(\d*)(?:%|px)?(?:x(\d*)(?:%|px)?)?\s*\Z")
_TEMPLATE = re.compile(r"\{\{|\{%")
_FILE = re.compile(
    r"\.(?:md|markdown|html?|php|pdf|png|jpe?g|gif|webp|avif|svg|mp[34]|mov|webm|zip|docx?|xlsx?|txt)(?:[#?]\S*)?\Z", re.IGNORECASE
)
_ADDRESS = re.compile(r"https?://|mailto:|www\.|/|\.\.?/")
_NO_LABEL = re.compile(r"\s*[xX]?\s*|\.{3}|…|\^.*", re.DOTALL)
_NO_REFERENCE = re.compile(r"\s*|\.{3}|…|[\^/].*|.*=.*|[\"'].*")
_CODE_LIKE = re.compile(r"\d+|\^?(?:.-.)+|[\"'].*|\$.*")
_FORUM = re.compile(r"/?(?:[bius]|img|url|code|quote|list|center|size|color|email)")
"""Labels of what is rather a citation, a class of characters, a key or a formula; and the tags of forums."""

_WHY = {
    "apart": "there is a space before the `(`",
    "size": "a size is no part of an address",
    "brackets": "a bracket is not closed",
    "reference": "no line gives its address",
    "address": "its address is not valid",
}


@begins_with("[!")
def near_link(state: StateInline, silent: bool) -> bool:
    """Take a link or image whose destination has spaces; note what else looks like one. The rules of links and images have refused it by now."""
    source, start = state.src, state.pos
    is_image = source[start] == "!"
    findings = findings_of(state.env)
    if not silent and not findings.in_image:
        _note_foreign(state, findings, start)
    if silent or findings.in_image or not findings.symbolic or (state.linkLevel and not is_image):
        return False
    label = _LABEL.match(source, start + is_image, min(state.posMax, start + _LONGEST))
    if label is None or _TEMPLATE.search(label[0]) or (not is_image and _follows_code(source, start)):
        return False
    end = label.end()
    if source.startswith("[", end):
        _note_reference(state, findings, start, label)
        return False
    destination = _DESTINATION.match(source, end, min(state.posMax, end + _LONGEST))
    if destination is None:
        if source.startswith("(", end) and _ADDRESS.match(source, end + 1):
            _note(
                findings,
                state,
                "brackets",
                start,
                source[start:].partition("\n")[0],
                "check the brackets: each `(` of the address needs its `)`",
            )
        return False
    return _destination(state, findings, start, label, destination)


def _note_foreign(state: StateInline, findings: Findings, start: int) -> None:
    """Note a wikilink or a shortcode."""
    for kind, form in (("wikilink", WIKILINK), ("shortcode", SHORTCODE)):
        if kind not in findings.foreign and (found := form.match(state.src, start, min(state.posMax, start + _LONGEST))):
            findings.seen.append((start, kind, found[0]))


def _follows_code(source: str, start: int) -> bool:
    """Whether what stands before makes it an index rather than a link: `a[0][1]`; or the end of an image."""
    before = source[start - 1 : start] if start else ""
    return before in (")", "]", "_", "!") or (before.isascii() and before.isalnum())


def _destination(state: StateInline, findings: Findings, start: int, label: re.Match[str], found: re.Match[str]) -> bool:
    """Judge `[label](destination)`."""
    is_image = state.src[start] == "!"
    inner = found[1].strip()
    if not inner or _TEMPLATE.search(inner) or local_paths.is_local(inner.lstrip("<")):
        return False
    typed = state.src[start : found.end()]
    opening = typed[: label.end() - start]
    is_apart = not found[0].startswith("(")
    title = _TITLE.search(inner)
    address = inner[: title.start()] if title else inner
    size = _SIZE.search(address) if is_image else None
    address = address[: size.start()] if size else address
    if is_apart:
        is_box = _NO_LABEL.fullmatch(label[1]) and state.src[start - 1 : start] in ("", "\n")
        if is_image or (not is_box and not re.search(r"\s", address) and (_ADDRESS.match(address) or _FILE.search(address))):
            bare = f"{opening}({found[1]})"
            _note(findings, state, "apart", start, typed, Hint(f"write `{shown(bare)}`, with no space between", Replace(typed, bare)))
        return False
    if not is_image and (not label[1].strip() or (_CODE_LIKE.fullmatch(label[1]) and not _FILE.search(address))):
        return False
    written = re.sub(r"\s+", " ", address)
    rest = title[0] if title else ""
    if size:
        _note_size(state, findings, start, typed, f"{opening}({_in_angles(written)}{rest})", size)
        return False
    if "<" in address or ">" in address or "](" in found[1] or not re.search(r"\s", address):
        way_out = 'check the address: a link is `[text](address)` or `[text](address "title")`'
        _note(findings, state, "address", start, typed, way_out)
        return False
    if address.startswith("#"):
        right = f"{opening}(#{heading_slug(address)}{rest})"
        _note(
            findings,
            state,
            "address",
            start,
            typed,
            Hint(f"the place of a page has no spaces: write `{shown(right)}`", Replace(typed, right)),
        )
        return False
    if is_external(address):
        right = f"{opening}({written.replace(' ', '%20')}{rest})"
        _note(findings, state, "address", start, typed, Hint(f"an address has no spaces: write `{shown(right)}`", Replace(typed, right)))
        return False
    written = unescapeAll(written).replace("\\", "/")
    link = read_reference(written)
    if link is None or not (link.path or link.url):
        return False
    _push(state, label, found, written, rest.strip()[1:-1], typed)
    return True


def _push(state: StateInline, label: re.Match[str], found: re.Match[str], address: str, title: str, typed: str) -> None:
    """Push the tokens of a link or image that is one only if it leads somewhere."""
    attrs: dict[str, str | int | float] = {"title": title} if title else {}
    if typed.startswith("!"):
        token = state.push("image", "img", 0)
        token.attrs = {"src": address, "alt": "", **attrs}
        token.content = label[1]
        token.children = []
        findings = findings_of(state.env)
        findings.in_image += 1
        try:
            state.md.inline.parse(label[1], state.md, state.env, token.children)
        finally:
            findings.in_image -= 1
        token.meta.update(at=state.pos, **{TYPED: unescapeAll(typed)})
    else:
        token = state.push("link_open", "a", 1)
        token.attrs = {"href": address, **attrs}
        token.meta.update(at=state.pos, **{TYPED: unescapeAll(typed)})
        end = state.posMax
        state.pos, state.posMax = label.start(1), label.end(1)
        state.linkLevel += 1
        state.md.inline.tokenize(state)
        state.linkLevel -= 1
        state.posMax = end
        state.push("link_close", "a", -1)
    findings_of(state.env).uncertain = True
    state.pos = found.end()


def _note_size(state: StateInline, findings: Findings, start: int, typed: str, image: str, size: re.Match[str]) -> None:
    """Report an image with its size in the brackets: `![x](a.png =100x20)`."""
    sides = " ".join(f"{name}={side}" for name, side in (("width", size[1]), ("height", size[2])) if side)
    right = f"{image}{{{sides}}}" if sides else image
    _note(findings, state, "size", start, typed, Hint(f"write `{shown(right)}`", Replace(typed, right)))


def _note_reference(state: StateInline, findings: Findings, start: int, label: re.Match[str]) -> None:
    """Report `[text][name]` where no line defines the name."""
    found = _REFERENCE.match(state.src, label.end(), state.posMax)
    if found is None or state.src[found.end() : found.end() + 1] in ("(", ":"):
        return
    name = found[1] or label[1]
    if _NO_LABEL.fullmatch(label[1]) or _CODE_LIKE.fullmatch(label[1]) or (found[1] and _NO_REFERENCE.fullmatch(found[1])):
        return
    if _FORUM.fullmatch(label[1]) and _FORUM.fullmatch(name):
        return
    if normalizeReference(name) in state.env.get("references", {}):
        return
    _note(findings, state, "reference", start, state.src[start : found.end()], f"add a line `[{shown(name)}]: https://…` with its address")


def _note(findings: Findings, state: StateInline, kind: str, start: int, typed: str, hint: str) -> None:
    """Note what is no link or image, once for each kind."""
    if kind not in findings.near_links:
        findings.near_links.add(kind)
        what = "an image" if typed.startswith("!") else "a link"
        or_else = hint if isinstance(hint, Hint) else f"{hint}, or write `\\[` if it is text"
        findings.noted.append((start, f"`{shown(typed)}` looks like {what} but is shown as text: {_WHY[kind]}", or_else))


def note_in_link(findings: Findings, state: StateInline, note: str) -> None:
    """Report a reference to a footnote within the text of a link, where there can be none: `[text[^1]](address)`."""
    if "footnote" in findings.near_links:
        return
    findings.near_links.add("footnote")
    start, end = state.pos, state.posMax
    after = _DESTINATION.match(state.src, end + 1) if state.src.startswith("](", end) else None
    hint: str = f"put `{note}` after the link"
    if after is not None:
        typed = state.src[start : after.end()]
        right = typed[len(note) :] + note
        hint = Hint(f"put it after the link: `…{shown(right)}`", Replace(typed, right))
    findings.noted.append((start, f"`{note}` is inside the text of a link, where footnotes do not work; it is shown as text", hint))


def _in_angles(address: str) -> str:
    return f"<{address}>" if " " in address else address
