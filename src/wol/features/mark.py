"""The mark of an output that shows what is not published: whoever finds the folder, or would deploy it, can tell."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping

from wol.model.feature import Feature, SiteInput, Views
from wol.model.target import Target

PATH = ".wol-profile"


class Mark(Feature):
    """One file with the name of the profile, in every output that is not the release."""

    name = "mark"
    needs = ("profile",)

    def targets(self, site: SiteInput) -> Iterable[Target]:
        profile = site.table("profile")[""]
        if profile != "release":
            yield Target(path=PATH, kind="mark", args={"profile": profile})

    @property
    def kinds(self) -> Mapping[str, Callable[[Views, Target], bytes]]:
        return {"mark": _mark}


def _mark(views: Views, target: Target) -> bytes:
    return f"{target.args['profile']}: not to be published\n".encode()


feature = Mark()
