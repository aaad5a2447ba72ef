"""Which published lists are empty now, what their pages say, and what the writer is told.

A list goes with its last post: the page of a tag, a year or a month. Nothing is wrong then, so the build goes on; the next deploy records the list as gone, and
its page stays.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from shlex import quote

from wol import paths
from wol.errors import Diagnostic, diagnostic
from wol.fixes import Hint, RunCommand
from wol.model.ledger import PATH
from wol.model.site import Table
from wol.model.step import PLACES, Made, SiteInput
from wol.model.target import Target
from wol.model.view_protocol import Views

SHOWN = 12
"""Emptied lists that are reported one by one."""

_PART = re.compile(r"page/[1-9][0-9]*/\Z")
"""The end of the URL of an older page of a list."""


def plan(site: SiteInput) -> Made:
    """Plan a page for each list of the ledger where nothing is planned; a release warns of those that were live until now."""
    published, places = site.table("published"), site.table(PLACES)
    emptied = [url for url, entry in sorted(published.items()) if entry["kind"] == "list" and url not in places]
    targets = (
        Target(
            path=paths.output_path(url),
            kind="emptied-list",
            template="emptied_lists/page.html",
            origin=f"`{PATH}`",
            yields=True,
            role="gone",
        )
        for url in emptied
    )
    fresh = [url for url in emptied if published[url]["is_due"]] if site.table("profile")[""] == "release" else []
    return Made(targets=tuple(targets), diagnostics=tuple(_warnings(fresh, places, site.table("taxonomies"))))


def _warnings(urls: Sequence[str], places: Table, taxonomies: Table) -> Iterator[Diagnostic]:
    """Report lists that are empty; an older page of a list goes without a word."""
    fronts = [url for url in urls if not _PART.search(url)]
    for url in fronts[:SHOWN]:
        feeds = any(place["role"] == "feed" and other.startswith(url) for other, place in places.items())
        stays = "; its page says so, and its feeds stay valid but empty" if feeds else "; its page says so"
        too = f"; to withdraw its feeds too: `wol gone {quote(url)}`" if feeds else ""
        hint = Hint(f"nothing to do, the next deploy records it{too}", RunCommand(f"wol gone {quote(url)}") if feeds else None)
        yield diagnostic("list-emptied", f"{_subject(url, taxonomies)} any more{stays}", PATH, hint=hint)
    if len(fronts) > SHOWN:
        yield diagnostic("list-emptied", f"{len(fronts) - SHOWN:,} more published lists are empty now; their pages say so", PATH)


def _subject(url: str, taxonomies: Table) -> str:
    for taxonomy in taxonomies.values():
        slug = url.removeprefix(taxonomy["url"]).removesuffix("/")
        if url == f"{taxonomy['url']}{slug}/" and slug and "/" not in slug:
            return f"The {taxonomy['singular'].lower()} `{slug}` has no posts"
    return f"Nothing is listed at `{url}`"


def render(views: Views, target: Target) -> bytes:
    """Render the page of an emptied list, which names nothing."""
    return views.render([target.template], {"page": None, "heading": "Gone"})
