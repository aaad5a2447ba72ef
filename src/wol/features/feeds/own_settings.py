"""What must be right in `[feeds]` beyond types."""

from __future__ import annotations

from collections.abc import Iterator

from wol.config.url_checks import is_url
from wol.model.feed_settings import FeedsConfig
from wol.model.settings_table import SettingProblem


def check(settings: FeedsConfig) -> Iterator[SettingProblem]:
    """Find a hub that has no address."""
    if settings.hub and not is_url(settings.hub):
        yield SettingProblem("hub", "`hub` in `[feeds]` is not a whole address", 'write it as `hub = "https://hub.example.org/"`')
