"""Backlinks as templates see them."""

from __future__ import annotations

from typing import Any

from wol.model.view_protocol import Views
from wol.render.addresses import Href, encode_fragment
from wol.render.recorder import View


def of_page(views: Views, key: str) -> list[BacklinkView]:
    return [BacklinkView(views, *entry) for entry in views.value("backlinks", key) or ()]


class BacklinkView(View):
    """A page that links here."""

    _sort = "A backlink"
    __slots__ = {"_anchor": "", "_key": "", "_views": "", "sentence": "The sentence that has the link, as plain text; empty for a picture."}

    def __init__(self, views: Views, key: str, sentence: str, anchor: str) -> None:
        self._views = views
        self._key = key
        self._anchor = anchor
        self.sentence = sentence

    @property
    def page(self) -> Any:
        """The page that has the link, with all names of `page`."""
        return self._views.page(self._key)

    @property
    def url(self) -> Href:
        """Where the link is, ready for HTML: the URL path of that page, with the nearest anchor."""
        return Href(self._views.href(self._views.value("url", self._key)) + encode_fragment(self._anchor))

    def __str__(self) -> str:
        return str(self.page)
