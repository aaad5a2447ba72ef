"""Texts that ask for a template which no theme has: told with their line, before anything is rendered."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from wol.errors import Diagnostic, diagnostic, did_you_mean
from wol.model.item import Summary
from wol.render.failures import template_missing
from wol.theme.find import Theme


def unknown_templates(items: Mapping[str, Summary], keys: Iterable[str], theme: Theme, folder: str) -> Iterator[Diagnostic]:
    """Look at the `template` of some items; what their templates use in turn is found when they are rendered."""
    for key in keys:
        item = items[key]
        name = item.template if not item.template or item.template.endswith(".html") else f"{item.template}.html"
        if not name or name in theme.closures:
            continue
        lookup = theme.lookup()
        missing = template_missing([name], lookup)
        meant = did_you_mean(item.template, [known if name == item.template else known.removesuffix(".html") for known in lookup.names])
        yield diagnostic(missing.code, missing.message, f"{folder}/{key}", item.lines.get("template", 0), hint=meant, notes=missing.notes)
