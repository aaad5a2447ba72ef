"""The pages of the list of notes, if there are notes or an `_index.md` for it."""

from __future__ import annotations

from wol.model.feed import Channel
from wol.model.step import Made, SiteInput
from wol.model.target import Target
from wol.model.view_protocol import Views
from wol.render.addresses import Href
from wol.render.list_pages import describes, list_context, list_pages

URL = "/notes/"


def make_channels(site: SiteInput) -> Made:
    """`note_channels`: the feeds of the list, called as it is; empty if there is no list."""
    if not _has_list(site):
        return Made({"note_channels": {}})
    subject, titles = describes(site, URL), site.column("title")
    channel = Channel(title=titles[subject] if subject else "Notes", items=tuple(site.table("lists").get("notes", ())))
    return Made({"note_channels": {URL: channel}})


def plan(site: SiteInput) -> Made:
    """Plan the list."""
    if not _has_list(site):
        return Made()
    notes = site.table("lists").get("notes", ())
    return Made(targets=tuple(list_pages(URL, notes, site.config, kind="notes", subject=describes(site, URL))))


def _has_list(site: SiteInput) -> bool:
    return bool(describes(site, URL) or site.table("lists").get("notes"))


def url_of_list(views: Views) -> Href | None:
    return None if views.value("note_channels", URL) is None else Href(views.href(URL))


def render(views: Views, target: Target) -> bytes:
    """Render the list; a theme that has no `notes.html` of its own shows it as it shows any folder."""
    return views.render([target.template, "section.html"], list_context(views, target, "Notes"))
