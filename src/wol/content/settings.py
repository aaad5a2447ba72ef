"""What reading depends on of all settings, as one value: a source read under other settings is another item."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property
from typing import TYPE_CHECKING
from urllib.parse import unquote, urlsplit

import msgspec

from wol import digest
from wol.content.permalink_presets import pattern_of
from wol.model.config import Config, MarkdownConfig
from wol.model.field import Declared
from wol.model.field_table import normal
from wol.model.slugs import slug, term_key

if TYPE_CHECKING:
    from zoneinfo import ZoneInfo

DEFAULT_KINDS: Mapping[str, str] = {
    "posts": "post",
    "_posts": "post",
    "blog": "post",
    "drafts": "post",
    "_drafts": "post",
    "notes": "note",
    "people": "person",
}
"""Kinds of folders at the top of the content folder, where `[content.kinds]` says nothing else."""

DEFAULT_PERMALINKS: Mapping[str, str] = {
    "post": "/:year/:month/:slug/",
    "note": "/notes/:slug/",
    "page": "/:path/",
    "archive": "/archive/",
    "year": "/:year/",
    "month": "/:year/:month/",
}
"""URL patterns of kinds and of lists by date, where `[content.permalinks]` has none."""


class FeatureRules(msgspec.Struct, frozen=True):
    """The Markdown syntax of a feature as reading knows it: an import string of its rules, and the kinds of parts and marks that they make."""

    name: str
    version: str
    rules: str
    parts: tuple[str, ...] = ()
    marks: tuple[str, ...] = ()


class ReadSettings(msgspec.Struct, frozen=True, dict=True):
    """The settings that reading a source depends on; plain data, so that it can be sent to another process."""

    folder: str
    language: str
    timezone: str
    kinds: Mapping[str, str]
    """First folder of a source to its kind."""
    default_kind: str
    permalinks: Mapping[str, str]
    """Kind, or folder below the content folder, to URL pattern or to the name of a preset."""
    taxonomies: Mapping[str, str]
    """Name to `comma` or `space`: where a text of several names is cut."""
    misspelt: str
    markdown: MarkdownConfig
    callouts: tuple[str, ...] = ()
    """Types of callouts that the theme adds."""
    base_path: str = ""
    """Path of `base_url` without a slash at its end: `/blog`."""
    strip_images: bool = True
    """Whether pictures in `data:` addresses lose their metadata."""
    category_slugs: Mapping[str, str] = msgspec.field(default_factory=dict)
    """Slugs of categories (`term_key` to slug), if a pattern has `:category`."""
    fields: Mapping[str, str] = msgspec.field(default_factory=dict)
    """Foreign keys, without case, `-` and `_`, to the field that each means on this site, or `foreign`."""
    declared: tuple[Declared, ...] = ()
    """The fields of features."""
    absent: frozenset[str] = frozenset()
    """The names of the fields of features that are off, without case, `-` and `_`."""
    syntax: tuple[FeatureRules, ...] = ()
    """The Markdown syntax that features add, in their order."""

    @cached_property
    def zone(self) -> ZoneInfo:
        """The zone of dates that are typed without an offset."""
        from zoneinfo import ZoneInfo

        return ZoneInfo(self.timezone)

    @cached_property
    def digest(self) -> str:
        """A digest of all of it: part of the key of everything that was read."""
        return digest.of_bytes(msgspec.json.encode(self, order="deterministic"))


def read_settings(
    config: Config,
    callouts: tuple[str, ...] = (),
    declared: tuple[Declared, ...] = (),
    absent: frozenset[str] = frozenset(),
    syntax: tuple[FeatureRules, ...] = (),
) -> ReadSettings:
    """Take from the settings what reading depends on.

    `callouts` are the types that the theme adds, `declared` the fields of features, `absent` those of features that are off, and `syntax` is what
    features add to Markdown.
    """
    kinds = dict(DEFAULT_KINDS)
    for kind, folders in config.content.kinds.items():
        kinds.update((name.strip("/"), kind) for name in folders)
    permalinks = {**DEFAULT_PERMALINKS, **config.content.permalinks}
    categories = config.taxonomies.get("categories")
    by_category = categories is not None and any(":categor" in pattern_of(pattern, "post") for pattern in permalinks.values())
    return ReadSettings(
        folder=config.content.folder,
        language=config.site.language,
        timezone=config.site.timezone,
        kinds=kinds,
        default_kind=config.content.default_kind,
        permalinks={name.strip("/"): pattern for name, pattern in permalinks.items() if name not in ("archive", "year", "month")},
        taxonomies={name: taxonomy.split for name, taxonomy in config.taxonomies.items()},
        misspelt=config.content.misspelt,
        fields={normal(key): normal(meaning) for key, meaning in sorted(config.content.fields.items())},
        markdown=config.markdown,
        declared=declared,
        absent=absent,
        callouts=tuple(sorted(callouts)),
        base_path=unquote(urlsplit(config.site.base_url).path).rstrip("/"),
        strip_images=config.images.metadata == "strip",
        category_slugs={term_key(name): slug(typed) for name, typed in categories.slugs.items()}
        if categories is not None and by_category
        else {},
        syntax=syntax,
    )
