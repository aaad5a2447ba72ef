"""The page `404.html`."""

from __future__ import annotations

from wol.model.step import Made, SiteInput
from wol.model.target import Target
from wol.model.view_protocol import Views


def plan(site: SiteInput) -> Made:
    """Plan the page at the place where most hosts look for it."""
    return Made(targets=(Target(path="404.html", kind="404", template="404.html", yields=True),))


def render(views: Views, target: Target) -> bytes:
    return views.render([target.template], {"heading": "Page not found"})
