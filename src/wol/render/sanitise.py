"""HTML of which somebody else makes a page: in feeds, and in lists where a text's own HTML could break what follows.

What runs, loads frames or asks for input goes; what readers of feeds show stays, classes for highlighted code too.
"""

from __future__ import annotations

import re
from collections.abc import Callable

import nh3

_TAGS = frozenset(nh3.ALLOWED_TAGS) | {"audio", "input", "picture", "section", "source", "track", "video"}
_WITH_CONTENT = frozenset({"script", "style", "svg", "template", "title", "select", "textarea", "button"})
_SIZED = frozenset({"width", "height"})
_ATTRIBUTES: dict[str, set[str]] = {
    "*": {"class", "lang", "dir", "title"},
    "a": {"href", "hreflang", "rel"},
    "img": {"src", "srcset", "sizes", "alt", "loading", *_SIZED},
    "audio": {"src", "controls", "loop", "muted", "preload"},
    "video": {"src", "poster", "controls", "loop", "muted", "preload", *_SIZED},
    "source": {"src", "srcset", "sizes", "type", "media", *_SIZED},
    "track": {"src", "srclang", "label", "default"},
    "blockquote": {"cite"},
    "q": {"cite"},
    "del": {"cite", "datetime"},
    "ins": {"cite", "datetime"},
    "time": {"datetime"},
    "data": {"value"},
    "details": {"open"},
    "ol": {"start", "type", "reversed"},
    "li": {"value"},
    "td": {"colspan", "rowspan", "headers", "style"},
    "th": {"colspan", "rowspan", "headers", "scope", "style"},
    "col": {"span"},
    "colgroup": {"span"},
}
_URLS = frozenset({"href", "src", "poster", "cite"})
_SCHEMES = {"http", "https", "mailto", "tel", "xmpp", "irc", "ircs", "gemini", "data"}
_PICTURE = re.compile(r"data:image/(?:png|gif|jpeg|webp|avif)[;,]", re.IGNORECASE)
_FRAME = re.compile(
    r"<(iframe|embed)\b[^>]{0,2000}?\bsrc\s*=\s*(?:\"([^\"]*)\"|'([^']*)')[^>]*>(?:.{0,2000}?</\1\s*>)?", re.IGNORECASE | re.DOTALL
)
_OTHER_INPUT = re.compile(r'<input(?![^>]*\btype="checkbox")[^>]*>')
_CANDIDATE = re.compile(r"\s*([^\s,]\S*[^\s,]|[^\s,])((?:\s+[^\s,()]+)*)\s*(?:,|$)")


def sanitise(html: str, absolute: Callable[[str], str] | None = None, *, ids: bool = True) -> str:
    """Keep of some HTML what is safe on any page; `absolute`, if given, is applied to every URL.

    A frame becomes a link to what it shows. `ids` are dropped where several texts share a page. A `srcset` is read as the HTML standard has it.
    """

    def rewrite(tag: str, name: str, value: str) -> str | None:
        if name == "srcset":
            return _srcset(value, absolute) if absolute is not None else value
        if name not in _URLS:
            return value
        if value.lstrip()[:5].lower() == "data:":
            return value if tag == "img" and _PICTURE.match(value.lstrip()) else None
        return value if absolute is None else absolute(value.strip())

    attributes = _ATTRIBUTES | {"*": _ATTRIBUTES["*"] | {"id"}} if ids else _ATTRIBUTES
    clean = nh3.clean(
        _FRAME.sub(_link_to_frame, html),
        tags=set(_TAGS),
        clean_content_tags=set(_WITH_CONTENT),
        attributes=attributes,
        attribute_filter=rewrite,
        tag_attribute_values={"input": {"type": {"checkbox"}, "checked": {"", "checked"}, "disabled": {"", "disabled"}}},
        filter_style_properties={"text-align"},
        url_schemes=_SCHEMES,
        link_rel=None,
    )
    return _OTHER_INPUT.sub("", clean)


def _link_to_frame(found: re.Match[str]) -> str:
    url = found[2] or found[3] or ""
    return f'<a href="{url.replace(chr(34), "&quot;")}">{url.replace("<", "&lt;")}</a>' if url.strip() else ""


def _srcset(value: str, absolute: Callable[[str], str]) -> str:
    return ", ".join(absolute(url) + size for url, size in _CANDIDATE.findall(value))
