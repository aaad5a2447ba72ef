"""Holding a place that has no locks of its own: a note there says who publishes, and since when; it lapses if that one has gone without a word.

A note counts no more if its process ran on this machine and is not there now, or if it was not renewed for a while: so a run that was killed does
not keep the next one out for ever.
"""

from __future__ import annotations

import os

import msgspec

from wol import clock
from wol.deploy.deploy_target import TargetContext
from wol.errors import WolError, diagnostic

RENEW = 60
"""Seconds after which a note is renewed between two steps."""


class Lease(msgspec.Struct, frozen=True):
    """Who publishes: the machine, the process, since when (for people), and when the note was renewed, in seconds since 1970."""

    host: str
    process: int
    since: str
    renewed: int

    @classmethod
    def new(cls) -> Lease:
        """Return a note for this process."""
        return cls(os.uname().nodename, os.getpid(), clock.stamp(), clock.now() // clock.MICROSECONDS)

    def again(self) -> Lease:
        """Return the same note, renewed."""
        return msgspec.structs.replace(self, renewed=clock.now() // clock.MICROSECONDS)

    @property
    def is_due(self) -> bool:
        """Return whether it is time to renew it."""
        return clock.now() // clock.MICROSECONDS - self.renewed >= RENEW

    def encode(self) -> bytes:
        """Make the bytes of the note."""
        return msgspec.json.encode(self)


def decode(data: bytes) -> Lease | None:
    """Read a note; None if it is none, as when its writer was killed."""
    try:
        return msgspec.json.decode(data, type=Lease)
    except msgspec.DecodeError:
        return None


def refuse(context: TargetContext, held: Lease | None) -> None:
    """Raise WolError (deploy-locked) if a note that was found still counts."""
    if held is None or not counts(held, lapse(context)):
        return
    minutes = max(1, -(-(held.renewed + lapse(context) - clock.now() // clock.MICROSECONDS) // 60))
    who = f"process {held.process} on {held.host}, since {held.since}"
    hint = f"wait until it has ended; if it was killed, its lock lapses in {minutes} minute{'s' * (minutes > 1)}"
    raise WolError(diagnostic("deploy-locked", f"Another deploy to `{context.name}` is under way: {who}", hint=hint))


def lapse(context: TargetContext) -> int:
    """Return the seconds after which a note that was not renewed counts no more: no step takes as long."""
    return RENEW + 2 * context.settings.timeout


def counts(held: Lease, lapse: int) -> bool:
    """Return whether a note is that of another process which may still be at work."""
    if clock.now() // clock.MICROSECONDS - held.renewed > lapse:
        return False
    return held.host != os.uname().nodename or (held.process != os.getpid() and _runs(held.process))


def _runs(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except OSError:
        return True
    return True
