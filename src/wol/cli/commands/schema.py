"""`wol schema`: what editors check files against."""

from __future__ import annotations

import click

from wol.cli.invocation import Command

EPILOG = """\b
Examples:
  wol schema > site.schema.json
  wol schema front-matter > front-matter.schema.json

An editor with Taplo checks site.toml if its first line is `#:schema ./site.schema.json`.
"""


@click.command("schema", cls=Command, short_help="Print the JSON Schema of site.toml or of front matter.", epilog=EPILOG)
@click.argument(
    "of", type=click.Choice(["config", "front-matter"]), default="config", metavar="[config|front-matter]", help="Of what; default: config."
)
def schema_command(of: str) -> int:
    """Print a JSON Schema for editors, from the same models that validate: of site.toml, or of the front matter of a text."""
    from wol.cli.json_output import print_json

    if of == "config":
        from wol.config.schema import config_schema

        print_json(config_schema())
    else:
        from wol.content.fields import front_matter_schema

        print_json(front_matter_schema())
    return 0
