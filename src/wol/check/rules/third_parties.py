"""What pages load from other hosts: these learn who reads what, and when."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator

from wol.check.address_parser import host_of
from wol.check.link_graph import Outside
from wol.check.site_inspection import SiteInspection
from wol.model.inspection import Finding

_NO_REQUEST = frozenset({"link", "relation", "picture for social media"})


def third_parties(inspection: SiteInspection) -> Iterator[Finding]:
    """Report each host once, with what is loaded from it."""
    by_host: defaultdict[str, list[Outside]] = defaultdict(list)
    for address in inspection.links.outside:
        if address.sort not in _NO_REQUEST:
            by_host[host_of(address.url)].append(address)
    for host, group in sorted(by_host.items()):
        sorts = Counter(address.sort for address in group)
        listed = ", ".join(f"{number:,} {name}{'s' if number > 1 else ''}" for name, number in sorts.most_common())
        pages = len({address.page for address in group})
        message = f"Readers' browsers ask `{host}` for something: {listed}, on {pages:,} page{'s' if pages > 1 else ''}"
        yield Finding("check-third-party", message, group[0].page, group[0].typed, names=(host, *{address.url for address in group}))
