"""Archives: all posts on one page, and a page for each year and month."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import TYPE_CHECKING, cast

from wol import paths
from wol.model.config import Config
from wol.model.feature import Feature, SiteInput, Views
from wol.model.target import Target, Value
from wol.render.list_pages import describes, list_context

if TYPE_CHECKING:
    from wol.render.views import SiteViews

PATTERNS = {"archive": "/archive/", "year": "/:year/", "month": "/:year/:month/"}
"""Where the lists lie unless `[content.permalinks]` says otherwise."""


class Archives(Feature):
    """Posts by the day that was written, whatever its offset. Undated posts come last in the whole list and are in no year.

    The table `years`: key `""` → list of `{year, url, count, months: [{month, url, count}]}`, newest first; key `archive` → URL of the whole list.
    """

    name = "archives"
    columns = frozenset({"date"})
    needs = ("lists", "sections", "years")
    provides = ("years",)

    def tables(self, site: SiteInput) -> Mapping[str, Mapping[str, Value]]:
        years = []
        for year, months in _by_month(site).items():
            parts = [{"month": month, "url": _url(site.config, "month", year, month), "count": len(keys)} for month, keys in months.items()]
            years.append(
                {"year": year, "url": _url(site.config, "year", year), "count": sum(len(keys) for keys in months.values()), "months": parts}
            )
        return {"years": {"": years, "archive": _url(site.config, "archive")}}

    def targets(self, site: SiteInput) -> Iterable[Target]:
        url = site.table("years")["archive"]
        yield self._target(site, "archive", url, list(site.table("lists").get("posts", ())))
        for year, months in _by_month(site).items():
            keys = [key for part in months.values() for key in part]
            counts = [[month, _url(site.config, "month", year, month), len(part)] for month, part in months.items()]
            yield self._target(site, "year", _url(site.config, "year", year), keys, {"year": year, "months": counts})
            for month, part in months.items():
                yield self._target(site, "month", _url(site.config, "month", year, month), list(part), {"year": year, "month": month})

    def _target(self, site: SiteInput, kind: str, url: str, keys: list[str], args: Mapping[str, Value] | None = None) -> Target:
        origin = f"`{kind}` in `[content.permalinks]` of `site.toml`" if kind in site.config.content.permalinks else ""
        args = {**(args or {}), "items": keys}
        return Target(
            path=paths.output_path(url),
            kind=kind,
            template=f"{kind}.html",
            subject=describes(site, url),
            args=args,
            origin=origin,
            lasting="list",
        )

    @property
    def kinds(self) -> Mapping[str, Callable[[Views, Target], bytes]]:
        return {"archive": _archive, "year": _year, "month": _month}


def _by_month(site: SiteInput) -> dict[str, dict[str, list[str]]]:
    """Give the dated posts by year and month, newest first."""
    date = site.column("date")
    found: dict[str, dict[str, list[str]]] = {}
    for key in site.table("lists").get("posts", ()):
        moment = date[key]
        if moment is not None:
            found.setdefault(moment.year, {}).setdefault(moment.month, []).append(key)
    return {year: dict(sorted(months.items(), reverse=True)) for year, months in sorted(found.items(), reverse=True)}


def _url(config: Config, kind: str, year: str = "", month: str = "") -> str:
    return config.content.permalinks.get(kind, PATTERNS[kind]).replace(":year", year).replace(":month", month)


def _archive(views: Views, target: Target) -> bytes:
    return views.render([target.template], list_context(views, target, "Archive"))


def _year(views: Views, target: Target) -> bytes:
    from wol.render.lists import YearView

    year = target.args["year"]
    site_views = cast("SiteViews", views)
    months = [
        YearView(site_views, {"year": year, "month": month, "url": url, "count": count}) for month, url, count in target.args["months"]
    ]
    return views.render([target.template], {**list_context(views, target, year), "year": year, "months": months})


def _month(views: Views, target: Target) -> bytes:
    year, month = target.args["year"], target.args["month"]
    return views.render([target.template], {**list_context(views, target, f"{year}-{month}"), "year": year, "month": month})


feature = Archives()
