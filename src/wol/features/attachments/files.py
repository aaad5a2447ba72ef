"""Copies of the attachments."""

from __future__ import annotations

from wol.model.step import Made, SiteInput
from wol.model.target import File, Target
from wol.model.view_protocol import Views


def plan(site: SiteInput) -> Made:
    """Plan a copy of each file in the core table `attachments`."""
    files = site.table("attachments").items()
    return Made(targets=tuple(Target(path=path, kind="copy", origin=file["path"], role="copy") for path, file in files))


def render(views: Views, target: Target) -> File:
    file = views.value("attachments", target.path)
    return File(file["path"], file["digest"], strip=views.config("images.metadata") == "strip")
