"""The sitemap against the output: it names what is there, and all that is published."""

from __future__ import annotations

from collections.abc import Iterator

from lxml import etree

from wol.errors import Span
from wol.model.inspection import Finding, Inspection, PageFacts

PATH = "sitemap.xml"
_LOCATION = "{http://www.sitemaps.org/schemas/sitemap/0.9}loc"
_INDEX = "{http://www.sitemaps.org/schemas/sitemap/0.9}sitemapindex"


def check_sitemap(inspection: Inspection) -> Iterator[Finding]:
    """Follow the sitemap and, where it is an index, its parts."""
    if PATH not in inspection.targets or inspection.artifact(PATH) is None:
        return
    named: set[str] = set()
    pending = [PATH]
    for file in pending:
        span = Span(f"{inspection.config.build.output}/{file}")
        try:
            root = etree.fromstring(inspection.artifact(file) or b"", etree.XMLParser(resolve_entities=False, no_network=True))
        except etree.XMLSyntaxError as error:
            yield Finding("check-sitemap", f"`{file}` is not well-formed: {error.msg}", span=span)
            return
        for location in (element.text or "" for element in root.iter(_LOCATION)):
            listed_path = inspection.follow(location.strip())
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
        if item is not None and item.key in inspection.listed and path not in named and not _is_kept_out(inspection, page):
            yield Finding("check-sitemap-lacks", "The page is not in the sitemap", path)


def _is_kept_out(inspection: Inspection, page: PageFacts) -> bool:
    """Return whether a page says that search engines should not list it, or that the original is elsewhere."""
    target = inspection.targets.get(page.path)
    if "noindex" in page.robots.lower() or (target is not None and target.role == "redirect"):
        return True
    return bool(page.canonical) and inspection.follow(page.canonical, page.path) != page.path
