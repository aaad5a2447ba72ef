"""From the pieces of a text to HTML: every reference is looked up in this build (authoring format, 5.2)."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from html import escape
from typing import TYPE_CHECKING
from urllib.parse import urljoin

from wol.model.item import Callout, Candidate, Close, Dynamic, Link, Open, Part, Place
from wol.render.addresses import Href, encode_fragment, encode_typed, is_absolute

if TYPE_CHECKING:
    from wol.render.recorded_views import SiteViews

MISSING = '<span class="missing">'

RenderCallout = Callable[[Callout, str, str], str]
"""Renders a callout, its title as HTML and its content as HTML."""

RenderDynamic = Callable[[Dynamic, str], str]
"""Renders a part of a feature, and what is inside it as HTML."""


class Filler:
    """Fills in the references of one text.

    `permalink` is the absolute URL of its page where all URLs are to be absolute (feeds), else empty. `home` gives the URL of its page where the text stands on
    others too (lists), so that what is typed from there leads to the same place. `callout` renders callouts, and `dynamic` the parts of features;
    `borrowed` says whether there were any of these, whose HTML is not ours.
    """

    def __init__(
        self,
        views: SiteViews,
        links: Sequence[Link],
        permalink: str,
        callout: RenderCallout,
        home: Callable[[], str] | None = None,
        dynamic: RenderDynamic = lambda part, content: content or escape(part.text),
    ) -> None:
        self.borrowed = False
        self._views = views
        self._links = links
        self._permalink = permalink
        self._callout = callout
        self._home = home
        self._dynamic = dynamic

    def html(self, parts: Sequence[Part]) -> str:
        """Give the HTML of pieces."""
        if len(parts) == 1 and type(parts[0]) is str:
            return self._text(parts[0])
        made: list[str] = []
        closing: list[str] = []
        for part in parts:
            if isinstance(part, str):
                made.append(self._text(part))
            elif isinstance(part, Open):
                link = self._links[part.link]
                url = self._url(link)
                if url is None and link.typed:
                    made.append("[")
                    closing.append(as_text(link.typed_end))
                elif url is None:
                    made.append(MISSING)
                    closing.append("</span>")
                else:
                    made.append(f'<a href="{escape(url)}"{part.attrs}>')
                    closing.append("</a>")
            elif isinstance(part, Place):
                link = self._links[part.link]
                made.append(escape(self._url(link) or self._as_typed(link.raw)))
            elif isinstance(part, Close):
                made.append(closing.pop() if closing else "")
            elif isinstance(part, Candidate):
                made.append(part.typed if self._url(self._links[part.link]) is None else self.html(part.parts))
            elif isinstance(part, Dynamic):
                self.borrowed = True
                made.append(self._dynamic(part, self.html(part.parts)))
            else:
                self.borrowed = True
                made.append(self._callout(part, self.html(part.title), self.html(part.parts)))
        made += reversed(closing)
        return "".join(made)

    def _text(self, html: str) -> str:
        """Our own markup has no other relative URLs than those inside the page: footnotes and the like."""
        if ' href="#' not in html:
            return html
        page = self._permalink or (self._home() if self._home is not None else "")
        return html.replace(' href="#', f' href="{escape(page)}#')

    def _url(self, link: Link) -> str | None:
        """Give the URL that a reference leads to, ready for an attribute but for its quotes; None where it leads nowhere."""
        found = self._views.resolve(link)
        if found is None:
            return None
        url = self._views.absolute(found) if self._permalink else self._views.href(found)
        if not link.query and not link.fragment:
            return url
        return url + encode_typed(link.query and f"?{link.query.removeprefix('?')}") + encode_fragment(link.fragment)

    def _as_typed(self, raw: str) -> str:
        url = self._views.references.typed(raw)
        if self._permalink:
            return absolute(self._views, url, self._permalink)
        return urljoin(self._home(), url) if self._home is not None and not is_absolute(url) and url[:1] != "/" else url


def as_text(typed: str) -> str:
    """Return text as HTML, as Markdown is rendered: with `"` escaped, but not `'`."""
    return escape(typed, quote=False).replace('"', "&quot;")


def plain_callout(callout: Callout, title: str, content: str) -> str:
    """Render a callout of a small text of the site as a plain block."""
    return f"<div>{title}\n{content}</div>\n"


def absolute(views: SiteViews, url: Href, permalink: str) -> str:
    """Make a URL that is ready for HTML absolute, a relative one from the page that it stands on."""
    if is_absolute(url) and not url.startswith("//"):
        return url
    return views.absolute(url) if url.startswith("/") else urljoin(permalink, url)
