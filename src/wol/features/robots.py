"""`/robots.txt` (RFC 9309): everything may be read, and where the sitemap is.

It names no path: what nobody should find is kept out by states, and a list of it would be read by everybody.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping

from wol.model.feature import Feature, SiteInput, Views
from wol.model.target import Target


class Robots(Feature):
    """A file that gives way to a `robots.txt` in `static/`."""

    name = "robots"

    def targets(self, site: SiteInput) -> Iterable[Target]:
        yield Target(path="robots.txt", kind="robots", args={"sitemap": site.config.features.get("sitemap", True)}, yields=True)

    @property
    def kinds(self) -> Mapping[str, Callable[[Views, Target], bytes]]:
        return {"robots": _robots}


def _robots(views: Views, target: Target) -> bytes:
    lines = ["User-agent: *", "Disallow:"]
    if target.args["sitemap"]:
        lines += ["", f"Sitemap: {views.absolute('/sitemap.xml')}"]
    return ("\n".join(lines) + "\n").encode("ascii")


feature = Robots()
