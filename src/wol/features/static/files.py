"""Copies of the static files."""

from __future__ import annotations

from wol.model.step import Made, SiteInput
from wol.model.target import File, Target
from wol.model.view_protocol import Views


def plan(site: SiteInput) -> Made:
    """Plan a copy of each file in the table `static_files`: output path to `path` (see `Source.path`) and `digest`."""
    files = site.table("static_files").items()
    return Made(targets=tuple(Target(path=path, kind="static", origin=file["path"], role="copy") for path, file in files))


def render(views: Views, target: Target) -> File:
    file = views.value("static_files", target.path)
    return File(file["path"], file["digest"], strip=views.config("images.metadata") == "strip")
