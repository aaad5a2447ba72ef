"""The HTML of items: whole texts and excerpts, for pages and for feeds."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING

from wol.model.item import Callout, Dynamic, Link, Part
from wol.render.callout_view import CalloutView
from wol.render.markup import as_html
from wol.render.text_filler import Filler, absolute

if TYPE_CHECKING:
    from wol.render.recorded_views import SiteViews


class Texts:
    """Makes the HTML of items out of their pieces. Our own markup is trusted; HTML of the writer or the theme is not, where others show it."""

    def __init__(self, views: SiteViews) -> None:
        self._views = views

    def content(self, key: str, *, for_feed: bool) -> str:
        """Give the HTML of an item's text; `for_feed`: sanitised, with absolute URLs."""
        if not for_feed:
            return self._content(key, for_feed=False)
        found: str = self._views.remembered.get(key, partial(self._content, key, for_feed=True))  # an item is in several feeds
        return found

    def excerpt(self, key: str, *, for_feed: bool) -> str:
        """Give the HTML of an item's excerpt, sanitised."""
        parts = self._views.value("excerpt", key) or ()
        links = self._views.value("excerpt_links", key) or ()
        return self._html(key, parts, links, for_feed=for_feed, excerpt=True)

    def _content(self, key: str, *, for_feed: bool) -> str:
        body = self._views.body(key)
        return self._html(key, body.parts, body.links, for_feed=for_feed)

    def _html(self, key: str, parts: Sequence[Part], links: Sequence[Link], *, for_feed: bool, excerpt: bool = False) -> str:
        permalink = self._views.absolute(self._views.value("url", key)) if for_feed else ""
        home = (lambda: self._views.href(self._views.value("url", key))) if excerpt and not for_feed else None
        dynamic = partial(self._dynamic, key, for_feed)
        filler = Filler(self._views, links, permalink, partial(self._callout, key), home, dynamic)
        html = filler.html(parts)
        if (for_feed or excerpt) and (filler.borrowed or self._views.value("raw_html", key)):
            from wol.render.sanitise import sanitise

            rewrite = (lambda url: absolute(self._views, self._views.references.typed(url), permalink)) if for_feed else None
            html = sanitise(html, rewrite, ids=not excerpt)
        return html

    def _dynamic(self, key: str, for_feed: bool, part: Dynamic, content: str) -> str:
        return self._views.part_renderers.html(self._views, part, content, key=key, absolute=for_feed)

    def _callout(self, key: str, callout: Callout, title: str, content: str) -> str:
        view = CalloutView(callout, as_html(title), as_html(content))
        return self._views.part(f"callouts/{callout.name}.html", {"callout": view, "page": self._views.page(key)})
