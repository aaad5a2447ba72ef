"""`wol feeds`: which feeds the site has."""

from __future__ import annotations

from wol import paths
from wol.features.feeds.choose import FORMATS
from wol.model.commands import CommandContext


def run(context: CommandContext) -> list[dict[str, object]]:
    """Return each feed that a release would have now, those of plugins too: what it is called, its format, URL and number of entries, as far as that is planned."""
    base = context.config.site.base_url
    return [
        {
            "title": target.args.get("title", ""),
            "format": FORMATS[target.kind].label if target.kind in FORMATS else target.kind,
            "url": paths.permalink(base, paths.url_path(path)),
            "entries": len(entries) if isinstance(entries := target.args.get("items"), list) else None,
        }
        for path, target in context.targets.items()
        if target.role == "feed"
    ]
