"""Assets of the themes: copied to names that change with their bytes; in style sheets, references to other assets follow."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping

from wol.model.feature import Feature, SiteInput, Views
from wol.model.target import File, Target


class Assets(Feature):
    """One target for each file in the core table `asset_files`, at the output path that the table `assets` has for its name."""

    name = "assets"
    needs = ("assets", "asset_files")

    def targets(self, site: SiteInput) -> Iterable[Target]:
        outputs = site.table("assets")
        for name, file in site.table("asset_files").items():
            is_style = name.lower().endswith(".css")
            yield Target(path=outputs[name], kind="style" if is_style else "asset", args={"name": name}, origin=file["path"])

    @property
    def kinds(self) -> Mapping[str, Callable[[Views, Target], bytes | File]]:
        return {"asset": _asset, "style": _style}


def _asset(views: Views, target: Target) -> File:
    file = views.value("asset_files", target.args["name"])
    return File(file["path"], file["digest"], strip=views.config("images.metadata") == "strip")


def _style(views: Views, target: Target) -> bytes:
    from wol.theme.fingerprint import rewrite

    name = target.args["name"]
    return rewrite(views.source(views.value("asset_files", name)["path"]), name, lambda other: views.value("assets", other))


feature = Assets()
