"""Announcements after a deploy: who is told what has changed. The site is live by then; what fails is retried by the next deploy."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from wol.deploy import notification_log, websub
from wol.deploy.deploy_target import TargetContext
from wol.errors import Diagnostic, diagnostic
from wol.write_errors import reported, write_failed


def announce(context: TargetContext, feeds: Mapping[str, str], changed: frozenset[str]) -> None:
    """Record what is to be sent once the site is live; `feeds` are those of the site, with their digests. Raises WolError (write-failed)."""
    if not context.settings.public:
        return
    wanted = websub.notifications(context.config, feeds, changed)
    with reported():
        notification_log.append(context.root, "due", notification_log.unrecorded(wanted, notification_log.recorded(context.root)))


def follow(context: TargetContext, feeds: Mapping[str, str]) -> Iterator[Diagnostic]:
    """Send the notifications that are due about what is live now, each once; yields a warning for each that nobody accepted."""
    if not context.settings.public:
        return
    for notification in notification_log.due(notification_log.recorded(context.root), websub.addresses(context.config, feeds)):
        try:
            websub.tell(notification)
        except websub.NotToldError as error:
            yield diagnostic("deploy-hub", f"The hub `{notification.to}` was not told of `{notification.about}`: {error}")
            continue
        try:
            notification_log.append(context.root, "sent", [notification])
        except OSError as error:
            yield write_failed(error)
