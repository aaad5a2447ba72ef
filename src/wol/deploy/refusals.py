"""What is never published without being asked for: decided from the site and the plan alone."""

from __future__ import annotations

import ipaddress
from collections.abc import Iterator, Mapping
from urllib.parse import urlsplit

from wol.deploy.deploy_plan import DeployPlan, LiveState
from wol.deploy.release_files import FileInfo
from wol.errors import Diagnostic, diagnostic

FEW = 10
"""Files that may always go; of more, a tenth of what is there, and never more than half of it."""

SHOWN = 5
"""Files that an error names."""


def of_site(files: Mapping[str, FileInfo], base_url: str) -> Iterator[Diagnostic]:
    """Refuse a site with nothing in it, and one that is made for this machine alone; warn of one that still has the address of an example."""
    if "index.html" not in files or not any(piece.size for path, piece in files.items() if path.endswith(".html")):
        yield diagnostic("deploy-empty", "The site has no home page: there is nothing to publish")
    host = urlsplit(base_url).hostname or ""
    if is_local(host):
        message = f"`base_url` is `{base_url}`: links of the published site would lead to the reader's own machine"
        yield diagnostic("deploy-localhost", message, "site.toml")
    if is_example(host):
        message = f"`base_url` is `{base_url}`, an example: feeds, the sitemap and what readers share would lead there"
        yield diagnostic("deploy-sample", message, "site.toml")


def is_local(host: str) -> bool:
    """Return whether a name or address means the machine on which it is typed."""
    try:
        address = ipaddress.ip_address(host)
    except ValueError:
        return host.rstrip(".").lower() in ("localhost", "localhost.localdomain") or host.rstrip(".").lower().endswith(".localhost")
    return address.is_loopback or address.is_unspecified


def is_example(host: str) -> bool:
    """Return whether a name is one of those that are kept for examples (RFC 2606)."""
    labels = host.rstrip(".").lower().split(".")
    return labels[-1] in ("example", "invalid") or (labels[-2:-1] == ["example"] and labels[-1] in ("com", "net", "org"))


def allowed(live: LiveState) -> int:
    """Return how many files may go without a word: a sensible share of those that are there."""
    total = len(live.files)
    return min(max(FEW, total // 10), total // 2)


def of_plan(plan: DeployPlan, live: LiveState, yes_delete: int) -> Iterator[Diagnostic]:
    """Refuse a plan by which more would go than is usual, or something of somebody else, unless that number was allowed."""
    if len(plan.removed) > max(allowed(live), yes_delete):
        message = f"{len(plan.removed):,} of {len(live.files):,} published files would go: {_listed(plan.removed)}"
        hint = f"if that is meant, say so: `--yes-delete {len(plan.removed)}`; else build the whole site first"
        yield diagnostic("deploy-removals", message, hint=hint)
    if len(plan.overwritten) > yes_delete:
        message = f"At the target are files that wol did not put there, where the site has its own: {_listed(plan.overwritten)}"
        hint = f"move them away, or let wol replace them: `--yes-delete {len(plan.overwritten)}`"
        yield diagnostic("deploy-foreign", message, hint=hint)


def _listed(paths: tuple[str, ...]) -> str:
    more = f" and {len(paths) - SHOWN:,} more" if len(paths) > SHOWN else ""
    return ", ".join(f"`{path}`" for path in paths[:SHOWN]) + more
