"""The file `robots.txt`."""

from __future__ import annotations

from wol.model.step import Made, SiteInput
from wol.model.target import Target
from wol.model.view_protocol import Views


def plan(site: SiteInput) -> Made:
    """Plan the file; it names a sitemap if there is one."""
    return Made(
        targets=(Target(path="robots.txt", kind="robots", args={"sitemap": bool(site.table("sitemap"))}, yields=True, role="crawler"),)
    )


def render(views: Views, target: Target) -> bytes:
    lines = ["User-agent: *", "Disallow:"]
    if target.args["sitemap"]:
        lines += ["", f"Sitemap: {views.absolute('/sitemap.xml')}"]
    return ("\n".join(lines) + "\n").encode("ascii")
