"""What the header of one sort of file says."""

from __future__ import annotations

import msgspec


class Properties(msgspec.Struct, frozen=True):
    """Media type, seconds, and the size of the picture; as the file says, not yet judged."""

    type: str
    duration: float | None = None
    width: int | None = None
    height: int | None = None
