"""The shape of what makes core tables: declared columns and needs, and a pure function of them."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import msgspec

from wol.errors import Diagnostic
from wol.model.feature import SiteInput
from wol.model.site import Table


class Built(msgspec.Struct, frozen=True):
    """Tables by name, and what the writer should know."""

    tables: Mapping[str, Table]
    diagnostics: tuple[Diagnostic, ...] = ()


class Builder(msgspec.Struct, frozen=True):
    """Makes the tables `provides` of the settings, the summary columns and the tables that it names, and of nothing else.

    Columns have the items of this build, in the order of every list. Besides core tables there are these to need: `linkable`
    (key to whether links lead there), `bundles` (folder of a bundle to its key, hidden ones too), `published` (what the ledger holds: URL to
    class, id in feeds, and whether it must be answered now) and, by path, the inputs `files` (attachments), `static_files` and `asset_files`.
    """

    provides: tuple[str, ...]
    columns: frozenset[str]
    needs: frozenset[str]
    build: Callable[[SiteInput], Built]
