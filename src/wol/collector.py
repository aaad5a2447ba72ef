"""Python's garbage collector, asked to look for cycles seldom: wol's processes live for seconds, or say themselves when to look."""

from __future__ import annotations

import gc

SELDOM = 50_000
"""New objects after which the collector looks for cycles. Python's own 700 costs a twentieth of the time of a build."""


def collect_seldom() -> None:
    """Let the collector of this process run seldom."""
    gc.set_threshold(SELDOM)
