"""The site graph: every item that a build has, ordered, and what is derived from them as tables."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

import msgspec

from wol.model.config import Config
from wol.model.item import Summary
from wol.model.target import Value

Profile = Literal["release", "drafts", "preview"]
State = Literal["private", "gone", "draft", "expired", "scheduled", "unlisted", "published"]
Table = Mapping[str, Value]


class Visibility(msgspec.Struct, frozen=True):
    """What a profile does with items of each state.

    `drafts` and `future` say that drafts or scheduled items are treated as published, with a ribbon, everywhere but in
    feeds, sitemap and cards. A release has neither.
    """

    profile: Profile = "release"
    drafts: bool = False
    future: bool = False


class Site(msgspec.Struct, frozen=True):
    """All that rendering may know, but for the bodies.

    `summaries` has the items that this build has (present on their own page or as a tombstone), newest first, then by path, undated last.
    Hidden items are in no part of it. `tables` has the core tables and those of the features, by name.
    """

    config: Config
    summaries: Mapping[str, Summary]
    tables: Mapping[str, Table]
