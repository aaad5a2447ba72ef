"""Feeds as templates see them."""

from __future__ import annotations

from wol.model.target import Target
from wol.model.view_protocol import Views
from wol.render.addresses import Href
from wol.render.recorder import View


def of_target(views: Views, target: Target) -> list[FeedView]:
    front = target.args.get("front", "/")
    return [*of_list(views, "/"), *(of_list(views, front) if front != "/" else ())]


def of_term(views: Views, key: str) -> list[FeedView]:
    return of_list(views, views.field("terms", key, "url"))


def of_list(views: Views, url: str) -> list[FeedView]:
    """Return the feeds that follow the list at a URL path."""
    return [FeedView(feed["title"], Href(views.href(feed["url"])), feed["type"]) for feed in views.value("feeds", url) or ()]


class FeedView(View):
    """A feed."""

    _sort = "A feed"
    __slots__ = {"title": "What it is called.", "type": "Its media type.", "url": "Its URL path, ready for HTML."}

    def __init__(self, title: str, url: Href, media_type: str) -> None:
        self.title = title
        self.url = url
        self.type = media_type
