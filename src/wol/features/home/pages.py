"""The pages of the home list."""

from __future__ import annotations

from wol.model.step import Made, SiteInput
from wol.model.target import Target
from wol.model.view_protocol import Views
from wol.render.list_pages import describes, list_context, list_pages


def plan(site: SiteInput) -> Made:
    """Plan the list of all posts; of a site without any, that of its notes."""
    lists = site.table("lists")
    posts = lists.get("posts") or lists.get("notes", ())
    return Made(targets=tuple(list_pages("/", posts, site.config, kind="home", subject=describes(site, "/"))))


def render(views: Views, target: Target) -> bytes:
    return views.render([target.template], list_context(views, target, views.config("site.title")))
