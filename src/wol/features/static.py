"""Static files: copied, whatever their names; pictures without what they say of their makers."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping

from wol.model.feature import Feature, SiteInput, Views
from wol.model.target import File, Target


class Static(Feature):
    """A copy of each file in the table `static_files`: output path to `path` (see `Source.path`) and `digest`."""

    name = "static"
    needs = ("static_files",)

    def targets(self, site: SiteInput) -> Iterable[Target]:
        for path, file in site.table("static_files").items():
            yield Target(path=path, kind="static", origin=file["path"])

    @property
    def kinds(self) -> Mapping[str, Callable[[Views, Target], File]]:
        return {"static": _copy}


def _copy(views: Views, target: Target) -> File:
    file = views.value("static_files", target.path)
    return File(file["path"], file["digest"], strip=views.config("images.metadata") == "strip")


feature = Static()
