"""`[feeds]`, for the features that make feeds and for whoever else must know of them."""

from __future__ import annotations

from typing import Annotated, Literal

import msgspec

from wol.model.config import Config
from wol.model.settings_table import Table, setting


class PodcastConfig(Table, frozen=True, kw_only=True):
    """Makes RSS feeds with enclosures podcast feeds, as soon as one of these keys is set; `category` is the one that a podcast cannot do without."""

    category: Annotated[str, setting("Category of Apple Podcasts: `Technology`, or with a subcategory `Arts > Books`.")] = ""
    image: Annotated[str, setting("The cover: path or URL of a square JPEG or PNG, 1400 to 3000 pixels wide.")] = ""
    explicit: Annotated[bool, setting("Whether episodes have strong language.")] = False
    author: Annotated[str, setting("Who makes it; default: `[site.author] name`.")] = ""
    email: Annotated[str, setting("Address of the owner, which directories write to; it is public.")] = ""

    @property
    def is_on(self) -> bool:
        """Whether the site asks for podcast feeds."""
        return self != PodcastConfig()


class FeedsConfig(Table, frozen=True, kw_only=True):
    """RSS, Atom and JSON Feed."""

    formats: Annotated[tuple[Literal["rss", "atom", "json"], ...], setting("Formats of every feed.")] = ("rss", "atom", "json")
    items: Annotated[int, setting("Items of a feed.", ge=1, le=1000)] = 20
    content: Annotated[Literal["full", "summary"], setting("Whole texts, or excerpts.")] = "full"
    terms: Annotated[
        Literal["auto", "full", "summary"],
        setting(
            "Whole texts in the feeds of terms, or excerpts; `auto`: as `content` says, but excerpts where more than 100 terms have feeds."
        ),
    ] = "auto"
    kinds: Annotated[tuple[str, ...], setting("Kinds whose items are in the site's feeds.")] = ("post",)
    hub: Annotated[str, setting("A WebSub hub: feeds name it, and `wol deploy` tells it of those that have changed.")] = ""
    podcast: Annotated[PodcastConfig, setting("A podcast of the site's enclosures.")] = msgspec.field(default_factory=PodcastConfig)


def feeds_config(config: Config) -> FeedsConfig:
    """Return the settings of feeds."""
    return config.table("feeds", FeedsConfig)
