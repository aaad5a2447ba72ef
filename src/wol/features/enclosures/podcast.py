"""Whether a podcast has what directories require of a feed (Apple Podcasts, "A Podcaster's Guide to RSS")."""

from __future__ import annotations

import re
from collections.abc import Iterator

from wol.errors import diagnostic, did_you_mean
from wol.features.enclosures.categories import CATEGORIES
from wol.fixes import AddSetting, Hint
from wol.model.config import Config
from wol.model.feed_settings import feeds_config
from wol.model.step import Made, SiteInput

_COVER = re.compile(r"[^?#]*\.(?:jpe?g|png)(?:[?#].*)?", re.IGNORECASE)


def check(site: SiteInput) -> Made:
    """Find what is missing for a podcast, if `[feeds.podcast]` asks for one and there is an episode."""
    episodes = site.table("enclosures")
    if not episodes or not feeds_config(site.config).podcast.is_on:
        return Made()
    findings = (diagnostic("podcast-incomplete", message, "site.toml", hint=hint) for message, hint in _missing(site.config))
    return Made(diagnostics=tuple(findings))


def _missing(config: Config) -> Iterator[tuple[str, str]]:
    """Return what is wrong, each with its hint."""
    podcast = feeds_config(config).podcast
    if "rss" not in feeds_config(config).formats:
        yield "A podcast needs RSS feeds, which `[feeds] formats` leaves out", 'add `"rss"` to `formats`'
    if not config.site.description.strip():
        yield (
            "A podcast needs a description, and the site has none",
            Hint('add `description = "What it is about"` to `[site]`', AddSetting("site", 'description = "What it is about"')),
        )
    if not podcast.category:
        yield "The podcast has no category", 'add `category = "Technology"` to `[feeds.podcast]`; the guide to podcasts lists them'
    else:
        yield from _category(podcast.category)
    if not podcast.image:
        yield "The podcast has no cover", 'add `image = "cover.jpg"` to `[feeds.podcast]`: a square picture, 1400 to 3000 pixels wide'
    elif not _COVER.fullmatch(podcast.image):
        yield f"The cover `{podcast.image}` is not called `.jpg` or `.png`", "save it as JPEG or PNG and name that file"


def _category(typed: str) -> Iterator[tuple[str, str]]:
    category, has_more, subcategory = (part.strip() for part in typed.partition(">"))
    if category not in CATEGORIES:
        hint = did_you_mean(category, CATEGORIES) or f"write one of {', '.join(CATEGORIES)}"
        yield f"Apple Podcasts has no category `{category}`", hint
    elif has_more and subcategory not in CATEGORIES[category]:
        known = CATEGORIES[category]
        hint = did_you_mean(subcategory, known) or (f"write one of {', '.join(known)}" if known else f'write `category = "{category}"`')
        yield f"The category `{category}` of Apple Podcasts has no subcategory `{subcategory}`", hint
