"""Names of assets that change with their bytes, so that browsers may keep each for ever.

The name holds a digest of the file and, for a style sheet, of every asset that it loads, directly or through others. So it is
known before anything is rendered, and changes exactly if the bytes or the names inside them do; style sheets that import
one another in a circle are no special case.
"""

from __future__ import annotations

import os.path
import posixpath
import re
from collections.abc import Callable, Iterator, Mapping
from urllib.parse import unquote

import msgspec

from wol import digest, paths

FOLDER = "assets"
"""The folder of assets in the output."""

FIXED = frozenset({"favicon.ico", "favicon.svg", "favicon.png", "apple-touch-icon.png", "site.webmanifest"})
"""Assets that keep their names: what knows them only by name, not by a page, must find them."""

_REFERENCE = re.compile(
    r"""
      /\*.*?(?:\*/|\Z)                                                     # a comment holds no reference
    | @import\s+(?P<import>"(?:\\.|[^"\\\n])*"|'(?:\\.|[^'\\\n])*')
    | (?<![\w-])url\(\s*+(?P<url>"(?:\\.|[^"\\\n])*"|'(?:\\.|[^'\\\n])*'|(?:\\[0-9a-f]{1,6}[ \t\n]?|\\.|[^\s"'()\\])*+)\s*+\)
    | "(?:\\.|[^"\\])*" | '(?:\\.|[^'\\])*'                                # nor does any other text
    """,
    re.VERBOSE | re.DOTALL | re.IGNORECASE,
)
_ESCAPE = re.compile(r"\\(?:([0-9a-fA-F]{1,6})[ \t\n]?|(\n)|(.))", re.DOTALL)
_ELSEWHERE = re.compile(r"[a-zA-Z][a-zA-Z0-9+.-]*:|/|#|\Z")


class Asset(msgspec.Struct, frozen=True):
    """What is known of an asset before it is rendered: a digest that changes if its bytes do, and how to get at them.

    `read` is called for style sheets only; one that is made by a feature and loads nothing needs none.
    """

    digest: str
    read: Callable[[], bytes] | None = None


def fingerprint(assets: Mapping[str, Asset]) -> dict[str, str]:
    """Return the output path of each asset by its name: `style.css` is `assets/style.HASH.css`.

    Names are paths from the `assets/` folders of the themes; the result has the same names, sorted.
    """
    loads = {
        name: _loaded(name, asset, assets) for name, asset in assets.items() if name.lower().endswith(".css") and asset.read is not None
    }
    return {name: _output(name, _closure_digest(name, assets, loads)) for name in sorted(assets)}


def rewrite(css: bytes, name: str, output: Callable[[str], str | None]) -> bytes:
    """Return a style sheet in which every `url()` and `@import` of another asset has that asset's output name.

    `output` looks up what `fingerprint` gave. New references are relative to the style sheet, so they hold under any path of `base_url`;
    whatever is no asset stays as typed.
    """
    here = posixpath.join(FOLDER, posixpath.dirname(name))

    def replaced(match: re.Match[str]) -> str:
        group = "import" if match["import"] else "url"
        address = match[group]
        target, rest = _target(address, name) if address else ("", "")
        place = output(target) if target else None
        if place is None:
            return match[0]
        new = paths.encode(posixpath.relpath(place, here)) + rest
        start, end = match.span(group)
        return f'{match.string[match.start() : start]}"{new}"{match.string[end : match.end()]}'

    return _REFERENCE.sub(replaced, css.decode("utf-8", "surrogateescape")).encode("utf-8", "surrogateescape")


def _loaded(name: str, asset: Asset, assets: Mapping[str, Asset]) -> tuple[str, ...]:
    if asset.read is None:
        return ()
    return tuple({target: None for target in _targets(asset.read(), name) if target in assets and target != name})


def _targets(css: bytes, name: str) -> Iterator[str]:
    for found in _REFERENCE.finditer(css.decode("utf-8", "surrogateescape")):
        typed = found["import"] or found["url"]
        if typed:
            yield _target(typed, name)[0]


def _target(typed: str, name: str) -> tuple[str, str]:
    """Read a reference as it stands in the asset `name`: the asset that it means, empty if none, and its query and fragment."""
    text = _unescape(typed[1:-1] if typed[0] in "\"'" else typed)
    path, rest = _split(text)
    if _ELSEWHERE.match(text) or not path:
        return "", ""
    return paths.join(posixpath.dirname(name), unquote(path)), rest.replace('"', "%22").replace("\\", "%5C").replace("\n", "")


def _split(text: str) -> tuple[str, str]:
    """Cut a reference before its query or fragment."""
    end = min((place for place in (text.find("?"), text.find("#")) if place >= 0), default=len(text))
    return text[:end], text[end:]


def _unescape(text: str) -> str:
    """Read the escapes of a CSS string (CSS Syntax Level 3, 4.3.7)."""
    if "\\" not in text:
        return text

    def character(match: re.Match[str]) -> str:
        if match[1]:
            number = int(match[1], 16)
            return chr(number) if 0 < number < 0xD800 or 0xDFFF < number < 0x110000 else "\ufffd"
        return match[3] or ""

    return _ESCAPE.sub(character, text)


def _closure_digest(name: str, assets: Mapping[str, Asset], loads: Mapping[str, tuple[str, ...]]) -> str:
    if not loads.get(name):
        return assets[name].digest
    reached: set[str] = set()
    pending = [name]
    while pending:
        found = pending.pop()
        if found not in reached:
            reached.add(found)
            pending.extend(loads.get(found, ()))
    others = sorted(reached - {name})
    return digest.of_parts([assets[name].digest, *(part for other in others for part in (other, assets[other].digest))])


def _output(name: str, content: str) -> str:
    if name in FIXED:
        return f"{FOLDER}/{name}"
    stem, suffix = os.path.splitext(name)
    return f"{FOLDER}/{stem}.{digest.short(content)}{suffix}"
