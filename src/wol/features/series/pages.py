"""The pages of series: `/series/` with all of them, and `/series/:slug/` with the parts of each."""

from __future__ import annotations

from collections.abc import Iterator

from wol import paths
from wol.features.series.views import SeriesView, of_site
from wol.model.step import Made, SiteInput
from wol.model.target import Target
from wol.model.view_protocol import Views
from wol.render.list_pages import describes

URL = "/series/"
HEADING = "Series"


def plan(site: SiteInput) -> Made:
    """Plan a page for each series, and the list of all if there is one."""
    return Made(targets=tuple(_targets(site)))


def _targets(site: SiteInput) -> Iterator[Target]:
    series = site.table("series")
    if not series:
        return
    yield _list(site, URL, "series-list", "series/all.html", "", "the feature `series`")
    for slug, one in series.items():
        yield _list(site, one["url"], "series", "series/one.html", slug, f"the series `{one['name']}`")


def _list(site: SiteInput, url: str, kind: str, template: str, slug: str, origin: str) -> Target:
    return Target(
        path=paths.output_path(url),
        kind=kind,
        template=template,
        subject=describes(site, url),
        args={"series": slug, "front": url},
        origin=origin,
        role="list",
    )


def render_all(views: Views, target: Target) -> bytes:
    """Render the list of all series."""
    return views.render([target.template], {**_page(views, target, HEADING), "all_series": of_site(views)})


def render_one(views: Views, target: Target) -> bytes:
    """Render the page of one series."""
    series = SeriesView(views, target.args["series"])
    return views.render([target.template], {**_page(views, target, series.name), "series": series, "posts": series.items})


def _page(views: Views, target: Target, heading: str) -> dict[str, object]:
    if not target.subject:
        return {"page": None, "heading": heading}
    return {"page": views.page(target.subject), "heading": views.value("title", target.subject)}
