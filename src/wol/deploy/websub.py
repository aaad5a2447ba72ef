"""Notifies a WebSub hub of feeds that have changed, so that readers learn of a new post at once (W3C WebSub, section 7: `hub.mode=publish`)."""

from __future__ import annotations

from collections.abc import Mapping

import wol
from wol import paths
from wol.deploy.notification_log import Notification
from wol.digest import short
from wol.model.config import Config

FEEDS = ("feed.xml", "atom.xml", "feed.json")
TIMEOUT = 10.0


class NotToldError(Exception):
    """A hub did not accept a notification; the sentence says why."""


def addresses(config: Config, files: Mapping[str, str]) -> dict[str, str]:
    """Return the address of each feed of a site with a short digest of it; `files` are the site's files with their digests."""
    found = {path: digest for path, digest in files.items() if path.rpartition("/")[2] in FEEDS}
    return {paths.permalink(config.site.base_url, f"/{path}"): short(digest) for path, digest in found.items()}


def notifications(config: Config, files: Mapping[str, str], changed: frozenset[str]) -> list[Notification]:
    """Return the notifications for the hub when these files have changed; none if the site has no hub."""
    if not config.feeds.hub:
        return []
    feeds = addresses(config, {path: digest for path, digest in files.items() if path in changed})
    return [Notification("hub", config.feeds.hub, about, state) for about, state in sorted(feeds.items())]


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
