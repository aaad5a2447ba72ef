"""The pages of the list of notes, if there are notes or an `_index.md` for it."""

from __future__ import annotations

from wol.model.step import Made, SiteInput
from wol.model.target import Target
from wol.model.view_protocol import Views
from wol.render.list_pages import describes, list_context, list_pages

URL = "/notes/"


def describe(site: SiteInput) -> Made:
    """`note_list`, empty if there is no list: `url`, and `title` as feeds call it."""
    subject, notes, titles = describes(site, URL), site.table("lists").get("notes"), site.column("title")
    if not subject and not notes:
        return Made({"note_list": {}})
    return Made({"note_list": {"url": URL, "title": titles[subject] if subject else "Notes"}})


def plan(site: SiteInput) -> Made:
    """Plan the list."""
    if not site.table("note_list"):
        return Made()
    notes = site.table("lists").get("notes", ())
    return Made(targets=tuple(list_pages(URL, notes, site.config, kind="notes", subject=describes(site, URL))))


def render(views: Views, target: Target) -> bytes:
    """Render the list; a theme that has no `notes.html` of its own shows it as it shows any folder."""
    return views.render([target.template, "section.html"], list_context(views, target, "Notes"))
