"""Texts that ask for a template which no theme has: told with their line, before anything is rendered."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from wol.errors import Diagnostic, diagnostic, did_you_mean
from wol.fixes import Hint
from wol.model.item import Summary
from wol.theme.find import Theme


def unknown_templates(items: Mapping[str, Summary], keys: Iterable[str], theme: Theme, folder: str) -> Iterator[Diagnostic]:
    """Look at the `template` of some items; what their templates use in turn is found when they are rendered."""
    for key in keys:
        item = items[key]
        name = item.template if not item.template or item.template.endswith(".html") else f"{item.template}.html"
        if not name or name in theme.closures:
            continue
        lookup = theme.lookup()
        notes = [f"tried {place}" for place in lookup.tried(name)]
        hint = did_you_mean(
            item.template, [known if item.template.endswith(".html") else known.removesuffix(".html") for known in lookup.names]
        )
        message = f"No theme has the template `{name}`"
        yield diagnostic("template-missing", message, f"{folder}/{key}", item.lines.get("template", 0), hint=hint or Hint(""), notes=notes)
