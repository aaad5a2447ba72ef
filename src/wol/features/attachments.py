"""Attachments: files of the content folder that are published, because their bundle is or because a published item refers to them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping

from wol.model.feature import Feature, SiteInput, Views
from wol.model.target import File, Target


class Attachments(Feature):
    """A copy of each file in the core table `attachments`."""

    name = "attachments"
    needs = ("attachments",)

    def targets(self, site: SiteInput) -> Iterable[Target]:
        for path, file in site.table("attachments").items():
            yield Target(path=path, kind="copy", origin=file["path"])

    @property
    def kinds(self) -> Mapping[str, Callable[[Views, Target], File]]:
        return {"copy": _copy}


def _copy(views: Views, target: Target) -> File:
    file = views.value("attachments", target.path)
    return File(file["path"], file["digest"], strip=views.config("images.metadata") == "strip")


feature = Attachments()
