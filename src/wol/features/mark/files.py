"""The file that names the profile of an output."""

from __future__ import annotations

from wol.model.step import Made, SiteInput
from wol.model.target import Target
from wol.model.view_protocol import Views

PATH = ".wol-profile"


def plan(site: SiteInput) -> Made:
    """Plan the file, unless this is the release."""
    profile = site.table("profile")[""]
    return Made(targets=() if profile == "release" else (Target(path=PATH, kind="mark", args={"profile": profile}),))


def render(views: Views, target: Target) -> bytes:
    return f"{target.args['profile']}: not to be published\n".encode()
