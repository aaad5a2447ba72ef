"""The years and months that have posts, by the day that was written, whatever its offset.

Undated posts are in no year.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from wol.model.config import Config
from wol.model.step import Made, SiteInput
from wol.model.view_protocol import Views
from wol.render.addresses import Href
from wol.render.recorder import View

PATTERNS = {"archive": "/archive/", "year": "/:year/", "month": "/:year/:month/"}
"""Where the lists lie unless `[content.permalinks]` says otherwise."""


def make(site: SiteInput) -> Made:
    """`years`: key `""` → list of `{year, url, count, months: [{month, url, count}]}`, newest first; key `archive` → URL of the whole list."""
    years = []
    for year, months in by_month(site).items():
        parts = [{"month": month, "url": list_url(site.config, "month", year, month), "count": len(keys)} for month, keys in months.items()]
        count = sum(len(keys) for keys in months.values())
        years.append({"year": year, "url": list_url(site.config, "year", year), "count": count, "months": parts})
    return Made({"years": {"": years, "archive": list_url(site.config, "archive")}})


def by_month(site: SiteInput) -> dict[str, dict[str, list[str]]]:
    """Group the dated posts by year and month, newest first."""
    date = site.column("date")
    years: dict[str, dict[str, list[str]]] = {}
    for key in site.table("lists").get("posts", ()):
        moment = date[key]
        if moment is not None:
            years.setdefault(moment.year, {}).setdefault(moment.month, []).append(key)
    return {year: dict(sorted(months.items(), reverse=True)) for year, months in sorted(years.items(), reverse=True)}


def list_url(config: Config, kind: str, year: str = "", month: str = "") -> str:
    """Return where a list lies: the `archive`, or that of a `year` or a `month`."""
    return config.content.permalinks.get(kind, PATTERNS[kind]).replace(":year", year).replace(":month", month)


def of_site(views: Views) -> list[YearView]:
    return [YearView(views, year) for year in views.value("years", "") or ()]


def url_of_archive(views: Views) -> Href | None:
    url = views.value("years", "archive")
    return None if url is None else Href(views.href(url))


class YearView(View):
    """A year or a month that has posts."""

    _sort = "A year or month"
    __slots__ = ("_facts", "_views")

    def __init__(self, views: Views, facts: Mapping[str, Any]) -> None:
        self._views = views
        self._facts = facts

    @property
    def year(self) -> Any:
        """The number of the year, four digits."""
        return self._facts["year"]

    @property
    def month(self) -> Any:
        """The number of a month, two digits; nothing for a year."""
        return self._facts.get("month")

    @property
    def url(self) -> Href:
        """The URL path of its list, ready for HTML."""
        return Href(self._views.href(self._facts["url"]))

    @property
    def count(self) -> int:
        """How many posts it has."""
        found: int = self._facts["count"]
        return found

    @property
    def months(self) -> list[YearView]:
        """The months of a year that have posts, newest first."""
        return [YearView(self._views, {"year": self._facts["year"], **month}) for month in self._facts.get("months", ())]

    def __str__(self) -> str:
        return str(self._facts.get("month") or self._facts["year"])
