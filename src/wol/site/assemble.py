"""Assembling: the core tables of a site, each made by a builder that names all that it reads.

* `state` key to state · `listed` key to yes or no, both of every item of this build, in the order of lists;
* `lists`, `neighbours`, `urls`, `sections`, `ids`, `feed_ids`, `permanent`, `static`, `assets`: `wol.site.tables`;
* `taxonomies`, `terms`, `item_terms`: `wol.site.terms`;
* `paths`, `attachments`: `wol.site.files`.
"""

from __future__ import annotations

from collections.abc import Mapping

import msgspec

from wol.model.site import Table, Visibility
from wol.site import states
from wol.site.arrange import Arranged
from wol.site.files import BUILDERS as FILES
from wol.site.tables import BUILDERS as TABLES
from wol.site.terms import BUILDERS as TERMS

BUILDERS = (*TABLES, *FILES, *TERMS)
"""The makers of the core tables, each after those whose tables it needs."""


class SiteFiles(msgspec.Struct, frozen=True):
    """The files of a site that are no sources.

    `attachments`: path from the content folder to digest. `static`: output path to digest. `assets`: name of a theme's asset to its
    fingerprinted output path.
    """

    attachments: Mapping[str, str] = msgspec.field(default_factory=dict)
    static: Mapping[str, str] = msgspec.field(default_factory=dict)
    assets: Mapping[str, str] = msgspec.field(default_factory=dict)


def arranged_tables(arranged: Arranged) -> dict[str, Table]:
    """Give the core tables that arranging itself makes."""
    listed = frozenset(arranged.listed)
    return {"state": arranged.states, "listed": {key: key in listed for key in arranged.states}}


def arranged_inputs(arranged: Arranged, visibility: Visibility) -> dict[str, Table]:
    """Give what builders may need besides core tables (`wol.site.builder.Builder`), as far as arranging decides it."""
    leads = {name: states.linkable(name, visibility) for name in states.STATES}
    return {"linkable": {key: leads[state] for key, state in arranged.states.items()}, "bundles": arranged.bundles}


def file_inputs(files: SiteFiles) -> dict[str, Table]:
    """Give the files that builders may need."""
    return {"files": files.attachments, "static_files": files.static, "asset_files": files.assets}
