"""The steps of assembling: what makes the tables of a site, plans its files and checks it as a whole, in the core and in features alike."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Protocol

import msgspec

from wol.errors import Diagnostic
from wol.model.config import Config
from wol.model.functions import Function
from wol.model.site import Table
from wol.model.target import Target

PLACES = "places"
"""The table of all places with a role: the URL path of each planned file to its `role` and the key of its `subject`."""


class SiteInput(Protocol):
    """What a step may read: the settings, and the columns and tables that it declares.

    The core tables (`wol.site.core_tables` documents each): `state`, `listed`, `lists`, `neighbours`, `sections`, `paths`, `urls`,
    `ids`, `feed_ids`, `permanent`, `published`, `attachments`, `static`, `assets`, `static_files`, `asset_files`; `profile`, whose key "" is the build's; and
    `places`. A table that no step gives, since its feature is switched off, is empty. Reading what was not declared raises
    `wol.errors.WolError` (plugin-failed).
    """

    @property
    def config(self) -> Config:
        """The settings of the site."""
        ...

    def column(self, name: str) -> Mapping[str, Any]:
        """Return a summary column of the items that this build has: key to value, newest first, then by path."""
        ...

    def table(self, name: str) -> Table:
        """Return a whole table."""
        ...


class Made(msgspec.Struct, frozen=True):
    """What a step has made: tables by name, files that must exist in the output, and what the writer should know; errors stop the build."""

    tables: Mapping[str, Table] = {}
    targets: tuple[Target, ...] = ()
    diagnostics: tuple[Diagnostic, ...] = ()
    moments: Mapping[str, int] = {}
    """Instants, in microseconds since 1970 UTC, at which something is another by itself, each by a key."""


class Step(msgspec.Struct, frozen=True, kw_only=True):
    """A pure function of the settings, of the columns and of the tables that it names, and of nothing else: it runs again only if one of these has changed.

    `make` takes a `SiteInput` and returns a `Made` with exactly the tables that `provides` names, and with targets only if it `plans`. A step that needs
    `places` runs when all other steps have planned, so that it may list what they planned; its own targets are not in that table.

    No step sees what time it is. One that depends on it gives moments, and names as `moments` the table that the engine makes of them: key to whether that
    instant has come. The next of them ends what a build with nothing to do may trust, and wakes `wol watch`.
    """

    name: str
    make: Function
    provides: tuple[str, ...] = ()
    columns: frozenset[str] = frozenset()
    needs: frozenset[str] = frozenset()
    plans: bool = False
    moments: str = ""
