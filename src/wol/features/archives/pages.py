"""The pages of the archives: undated posts come last in the whole list and are in no year."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from wol import paths
from wol.features.archives.years import YearView, by_month, list_url
from wol.model.step import Made, SiteInput
from wol.model.target import Target, Value
from wol.model.view_protocol import Views
from wol.render.list_pages import describes, list_context


def plan(site: SiteInput) -> Made:
    """Plan the list of all posts, and those of the years and months."""
    return Made(targets=tuple(_targets(site)))


def _targets(site: SiteInput) -> Iterator[Target]:
    url = site.table("years")["archive"]
    yield _target(site, "archive", url, list(site.table("lists").get("posts", ())))
    for year, months in by_month(site).items():
        keys = [key for part in months.values() for key in part]
        counts = [[month, list_url(site.config, "month", year, month), len(part)] for month, part in months.items()]
        yield _target(site, "year", list_url(site.config, "year", year), keys, {"year": year, "months": counts})
        for month, part in months.items():
            yield _target(site, "month", list_url(site.config, "month", year, month), list(part), {"year": year, "month": month})


def _target(site: SiteInput, kind: str, url: str, keys: list[str], args: Mapping[str, Value] | None = None) -> Target:
    origin = f"`{kind}` in `[content.permalinks]` of `site.toml`" if kind in site.config.content.permalinks else ""
    args = {**(args or {}), "items": keys}
    return Target(
        path=paths.output_path(url),
        kind=kind,
        template=f"{kind}.html",
        subject=describes(site, url),
        args=args,
        origin=origin,
        role="list",
    )


def render_archive(views: Views, target: Target) -> bytes:
    return views.render([target.template], list_context(views, target, "Archive"))


def render_year(views: Views, target: Target) -> bytes:
    year = target.args["year"]
    months = [YearView(views, {"year": year, "month": month, "url": url, "count": count}) for month, url, count in target.args["months"]]
    return views.render([target.template], {**list_context(views, target, year), "year": year, "months": months})


def render_month(views: Views, target: Target) -> bytes:
    year, month = target.args["year"], target.args["month"]
    return views.render([target.template], {**list_context(views, target, f"{year}-{month}"), "year": year, "month": month})
