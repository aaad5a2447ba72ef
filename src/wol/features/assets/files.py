"""The files of assets: copies, and style sheets in which references to other assets follow."""

from __future__ import annotations

from collections.abc import Iterator

from wol.model.step import Made, SiteInput
from wol.model.target import File, Target
from wol.model.view_protocol import Views


def plan(site: SiteInput) -> Made:
    """Plan a file for each in the core table `asset_files`, at the output path that the table `assets` has for its name."""
    return Made(targets=tuple(_targets(site)))


def _targets(site: SiteInput) -> Iterator[Target]:
    outputs = site.table("assets")
    for name, file in site.table("asset_files").items():
        is_style = name.lower().endswith(".css")
        yield Target(path=outputs[name], kind="style" if is_style else "asset", args={"name": name}, origin=file["path"], role="asset")


def copy(views: Views, target: Target) -> File:
    file = views.value("asset_files", target.args["name"])
    return File(file["path"], file["digest"], strip=views.config("images.metadata") == "strip")


def style(views: Views, target: Target) -> bytes:
    from wol.theme.fingerprint import rewrite

    name = target.args["name"]
    return rewrite(views.source(views.value("asset_files", name)["path"]), name, lambda other: views.value("assets", other))
