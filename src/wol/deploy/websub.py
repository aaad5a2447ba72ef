"""Notifies a WebSub hub of feeds that have changed, so that readers learn of a new post at once (W3C WebSub, section 7: `hub.mode=publish`)."""

from __future__ import annotations

from collections.abc import Mapping

import wol
from wol import paths
from wol.deploy.notification_log import Notification
from wol.digest import short
from wol.model.config import Config
from wol.model.feed_settings import feeds_config

TIMEOUT = 10.0


class NotToldError(Exception):
    """A hub did not accept a notification; the sentence says why."""


def addresses(config: Config, feeds: Mapping[str, str]) -> dict[str, str]:
    """Return the address of each feed of a site with a short digest of it; `feeds` are the paths of the feeds with their digests."""
    return {paths.permalink(config.site.base_url, paths.url_path(path)): short(digest) for path, digest in feeds.items()}


def notifications(config: Config, feeds: Mapping[str, str], changed: frozenset[str]) -> list[Notification]:
    """Return the notifications for the hub when these files have changed; none if the site has no hub."""
    hub = feeds_config(config).hub
    if not hub:
        return []
    changed_feeds = addresses(config, {path: digest for path, digest in feeds.items() if path in changed})
    return [Notification("hub", hub, about, state) for about, state in sorted(changed_feeds.items())]


def tell(notification: Notification) -> None:
    """Send a notification to its hub; raises NotToldError."""
    import httpx2

    try:
        answer = httpx2.post(
            notification.to,
            data={"hub.mode": "publish", "hub.url": notification.about},
            headers={"User-Agent": f"wol/{wol.__version__}"},
            timeout=TIMEOUT,
            follow_redirects=False,
        )
    except httpx2.HTTPError as error:
        raise NotToldError(f"it does not answer ({type(error).__name__})") from error
    if not answer.is_success:
        raise NotToldError(f"it answers {answer.status_code}")
