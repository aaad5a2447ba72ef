"""The page of all books at `/reading/`, if there are any, and its feeds."""

from __future__ import annotations

from wol import paths
from wol.features.reading_list.views import of_site
from wol.model.feed import Channel
from wol.model.step import Made, SiteInput
from wol.model.target import Target
from wol.model.view_protocol import Views
from wol.render.list_pages import describes

URL = "/reading/"
HEADING = "Reading list"


def make_channels(site: SiteInput) -> Made:
    """`reading_channels`: the feeds of the list, called as it is; the newest item first, whenever its book was read."""
    books = frozenset(site.table("reading_list").get("", ()))
    items = tuple(key for key in site.table("listed") if key in books)
    subject, titles = describes(site, URL), site.column("title")
    channel = Channel(title=titles[subject] if subject else HEADING, items=items)
    return Made({"reading_channels": {URL: channel} if items else {}})


def plan(site: SiteInput) -> Made:
    """Plan the list."""
    target = Target(
        path=paths.output_path(URL),
        kind="reading-list",
        template="reading_list/all.html",
        subject=describes(site, URL),
        args={"front": URL},
        origin="the feature `reading_list`",
        role="list",
    )
    return Made(targets=(target,) if site.table("reading_list") else ())


def render(views: Views, target: Target) -> bytes:
    """Render the list."""
    context = {
        "page": views.page(target.subject) if target.subject else None,
        "heading": views.value("title", target.subject) if target.subject else HEADING,
        "books": of_site(views),
    }
    return views.render([target.template], context)
