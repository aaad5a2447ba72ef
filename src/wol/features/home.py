"""The home page: the newest posts with the text of the root's `_index.md`, and the older posts at `/page/N/`."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping

from wol.model.feature import Feature, SiteInput, Views
from wol.model.target import Target
from wol.render.list_pages import describes, list_context, list_pages


class Home(Feature):
    """The list of all posts."""

    name = "home"
    needs = ("lists", "sections")

    def targets(self, site: SiteInput) -> Iterable[Target]:
        return list_pages("/", site.table("lists").get("posts", ()), site.config, kind="home", subject=describes(site, "/"))

    @property
    def kinds(self) -> Mapping[str, Callable[[Views, Target], bytes]]:
        return {"home": _home}


def _home(views: Views, target: Target) -> bytes:
    return views.render([target.template], list_context(views, target, views.config("site.title")))


feature = Home()
