"""`/404.html`: what a host shows where nothing is. It gives way to a `404.html` in `static/`."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping

from wol.model.feature import Feature, SiteInput, Views
from wol.model.target import Target


class NotFound(Feature):
    """One page, at the place where most hosts look for it."""

    name = "not_found"

    def targets(self, site: SiteInput) -> Iterable[Target]:
        yield Target(path="404.html", kind="404", template="404.html", yields=True)

    @property
    def kinds(self) -> Mapping[str, Callable[[Views, Target], bytes]]:
        return {"404": _not_found}


def _not_found(views: Views, target: Target) -> bytes:
    return views.render([target.template], {"heading": "Page not found"})


feature = NotFound()
