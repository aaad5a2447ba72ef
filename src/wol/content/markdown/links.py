"""References: which ones lead into the site, and to what.

A reference into the site becomes a `Link` with a number, and the HTML holds a placeholder; `parts` puts the symbolic part in its place.
"""

from __future__ import annotations

import re

import msgspec

from wol import local_paths
from wol.content.markdown.findings import Findings
from wol.content.reference import read_reference
from wol.model.item import Link
from wol.model.source import MARKDOWN

PLACE = "\x02{}\x03"
"""Placeholder of a reference inside an attribute: the number of the link between two signs that no text holds."""

START = "\x01{}\x03"
"""Placeholder in the first attribute, `href`, of a link to a source, which ends in `END`."""

END = "\x04"
"""Stands before the `</a>` of a link to a source."""

_CANDIDATE = re.compile(r"[\s,]*(\S+)")


def refer(findings: Findings, raw: str, use: str, line: int, typed: str = "") -> int | None:
    """Give the number of the link that a reference makes, or None if it stays in the HTML as typed.

    External references stay (with a scheme, `//`), and so do `#fragment`, which is noted among the links, and what leads out of the
    content folder. `raw` is the reference as the parser or the HTML gives it, entities read.
    """
    raw = raw.strip()
    if local_paths.is_local(raw):
        report_local(findings, raw, use, line)
        return None
    link = read_reference(raw, findings.folder, use, line) if findings.symbolic else None
    if link is None:
        return None
    findings.links.append(msgspec.structs.replace(link, typed=typed) if typed else link)
    return len(findings.links) - 1 if link.path or link.url else None


def report_local(findings: Findings, raw: str, use: str, line: int) -> None:
    """Report an address that only works on the writer's computer."""
    what = "The image" if use == "image" else "The link to" if use == "link" else "The file"
    findings.report(local_paths.CODE, local_paths.message(what, raw), line, local_paths.hint(raw))


def opens(link: Link) -> bool:
    """Tell whether a link is one only where its target is there: those to sources, and those of which it is not certain that they are links."""
    return link.use == "link" and (link.path.endswith(MARKDOWN) or bool(link.typed))


def placeholder(findings: Findings, number: int) -> str:
    """Give the placeholder of a link."""
    return (START if opens(findings.links[number]) else PLACE).format(number)


def place(findings: Findings, raw: str, use: str, line: int) -> str:
    """Give what stands in an attribute for a reference: a placeholder, or the reference as typed, not escaped."""
    number = refer(findings, raw, use, line)
    return stripped(findings, raw, line) if number is None else placeholder(findings, number)


def stripped(findings: Findings, raw: str, line: int) -> str:
    """Return a `data:` address of a picture without its metadata; any other address as it is."""
    if raw.lstrip()[:5].lower() != "data:" or not findings.strip_images:
        return raw
    from wol.images import embedded
    from wol.images.published_image import publish

    parts = embedded.parts(raw)
    if parts is None:
        return raw
    head, picture, is_base64 = parts
    published = publish(picture, "")
    if published.located:
        hint = "save the picture as a JPEG file without its location, and write the file's name"
        findings.report("metadata-location", "The embedded picture contains the location where it was made", line, hint)
    return raw if published.data == picture else embedded.address(head, published.data, is_base64=is_base64)


def place_set(findings: Findings, value: str, line: int) -> str:
    """Put placeholders into a `srcset` (HTML standard, section 4.8.4: candidates with descriptors, parted by commas)."""
    out = []
    at = 0
    while (found := _CANDIDATE.match(value, at)) is not None:
        url = found[1]
        at = found.end()
        descriptor = ""
        if url.endswith(","):
            url = url.rstrip(",")
        else:
            comma = value.find(",", at)
            stop = len(value) if comma < 0 else comma
            descriptor = value[at:stop].strip()
            at = stop + 1
        if url:
            out.append(f"{place(findings, url, 'image', line)} {descriptor}".strip())
    return ", ".join(out)
