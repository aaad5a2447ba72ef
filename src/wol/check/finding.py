"""A finding of a rule before it has a position: what is wrong, on which page, and what is typed there."""

from __future__ import annotations

import msgspec

from wol.errors import Span


class Finding(msgspec.Struct, frozen=True):
    """What one rule found.

    `page` is the output path on which it shows, if any; `typed` is the address or text that stands there, by which the line of the source is found; `span` is
    the place where that is known. `names` are further names by which `[check] allow` may mean it, such as a host.
    """

    code: str
    message: str
    page: str = ""
    typed: str = ""
    span: Span | None = None
    names: tuple[str, ...] = ()
    hint: str = ""
    notes: tuple[str, ...] = ()
