"""The sitemap against the output: it names what is there, and all that is published."""

from __future__ import annotations

from collections.abc import Iterator

from lxml import etree

from wol import paths
from wol.check.finding import Finding
from wol.check.inspection import Inspection
from wol.check.page_facts import PageFacts
from wol.errors import Span

PATH = "sitemap.xml"
_LOCATION = "{http://www.sitemaps.org/schemas/sitemap/0.9}loc"
_INDEX = "{http://www.sitemaps.org/schemas/sitemap/0.9}sitemapindex"


def sitemap_entries(inspection: Inspection) -> Iterator[Finding]:
    """Follow the sitemap and, where it is an index, its parts; a site without one has nothing to compare."""
    if PATH not in inspection.built.outputs or PATH in inspection.built.damage:
        return
    named: set[str] = set()
    pending = [PATH]
    for file in pending:
        span = Span(f"{inspection.built.config.build.output}/{file}")
        try:
            root = etree.fromstring((inspection.built.output / file).read_bytes(), etree.XMLParser(resolve_entities=False, no_network=True))
        except etree.XMLSyntaxError as error:
            yield Finding("check-sitemap", f"`{file}` is not well-formed: {error.msg}", span=span)
            return
        for location in (element.text or "" for element in root.iter(_LOCATION)):
            address = inspection.addresses.read("/", location.strip())
            listed_path = inspection.find(address.place) if address.sort == "inside" else ""
            if not listed_path:
                yield Finding("check-sitemap", f"The sitemap names `{location.strip()}`, which is not there", span=span, names=(location,))
            elif root.tag == _INDEX and listed_path not in pending:
                pending.append(listed_path)
            elif listed_path in inspection.pages and _is_kept_out(inspection, inspection.pages[listed_path]):
                message = f"The sitemap names `{location.strip()}`, which is not for search engines"
                yield Finding("check-sitemap", message, span=span, names=(location,))
            named.add(listed_path)
    for path, page in inspection.pages.items():
        item = inspection.item(path)
        if item is not None and item.key in inspection.built.listed and path not in named and not _is_kept_out(inspection, page):
            yield Finding("check-sitemap-lacks", "The page is not in the sitemap", path)


def _is_kept_out(inspection: Inspection, page: PageFacts) -> bool:
    """Return whether a page says that search engines should not list it, or that the original is elsewhere."""
    target = inspection.target(page.path)
    if "noindex" in page.robots.lower() or (target is not None and target.kind == "redirect"):
        return True
    here = paths.url_path(page.path)
    return bool(page.canonical) and inspection.addresses.read(here, page.canonical)[:2] != ("inside", here)
