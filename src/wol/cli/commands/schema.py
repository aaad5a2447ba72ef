"""`wol schema`: what editors check files against."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

import click

from wol.cli.invocation import CoreCommand, invocation_of

if TYPE_CHECKING:
    from wol.model.field import Declared
    from wol.model.settings_table import SettingsTable

EPILOG = """\b
Examples:
  wol schema > site.schema.json
  wol schema front-matter > front-matter.schema.json

An editor with Taplo checks site.toml if its first line is `#:schema ./site.schema.json`.
"""


@click.command("schema", cls=CoreCommand, short_help="Print the JSON Schema of site.toml or of front matter.", epilog=EPILOG)
@click.argument(
    "of", type=click.Choice(["config", "front-matter"]), default="config", metavar="[config|front-matter]", help="Of what; default: config."
)
@click.pass_context
def schema_command(context: click.Context, of: str) -> int:
    """Print a JSON Schema for editors, from the same models that validate: of site.toml, or of the front matter of a text."""
    from wol.cli.json_output import print_json

    if of == "config":
        from wol.config.schema import config_schema

        print_json(config_schema(_tables(context)))
    else:
        from wol.content.fields import front_matter_schema

        print_json(front_matter_schema(_declared(context)))
    return 0


def _tables(context: click.Context) -> Mapping[str, SettingsTable]:
    """Return the tables of `site.toml` that the features of this site declare; outside of a site, or where its settings cannot be read, those of wol's own."""
    from wol.config.declared_tables import tables_of
    from wol.config.load import load
    from wol.errors import WolError
    from wol.features import registry

    try:
        root = invocation_of(context).root()
        return tables_of(registry.load(load(root), root))
    except WolError:
        return registry.tables()


def _declared(context: click.Context) -> Sequence[Declared]:
    """Return the fields that the features of this site declare; outside of a site, those of wol's own features."""
    from wol.config.load import load
    from wol.engine.protocol.feature_declarations import site_fields
    from wol.errors import WolError
    from wol.features import registry
    from wol.model.field import Declared

    try:
        root = invocation_of(context).root()
    except WolError:
        return [Declared(feature.name, field) for feature in registry.declared() for field in feature.fields]
    config = load(root, registry.tables())
    return site_fields(registry.load(config, root), config).declared
