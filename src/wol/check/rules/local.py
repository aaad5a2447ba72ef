"""Addresses that only work on the writer's own computer."""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import urlsplit

from wol import local_paths
from wol.check.address_parser import host_of, is_local
from wol.check.site_inspection import SiteInspection
from wol.errors import Span
from wol.model.inspection import Finding


def local(inspection: SiteInspection) -> Iterator[Finding]:
    """Report a site that was built for this computer, and links to it and files on it."""
    address = inspection.built.config.site.base_url
    if is_local(urlsplit(address).hostname or ""):
        message = f"The site was built for `{address}`, where only this computer finds it"
        hint = "set `base_url` in `site.toml`, and build without `--base-url`"
        yield Finding("check-local", message, span=Span("site.toml"), hint=hint)
    for outside in inspection.links.local:
        where = "works only on your computer" if local_paths.is_local(outside.typed) else "is found on this computer alone"
        what = "link" if outside.sort in ("link", "relation") else outside.sort
        yield Finding("check-local", f"The {what} `{outside.typed}` {where}", outside.page, outside.typed, names=(host_of(outside.url),))
