"""The reference pages of wol's own site as virtual sources: made of the definitions themselves, so they cannot fall behind.

A plugin of our own, named in `[build] plugins`, and an example of one.
"""

from __future__ import annotations

from collections.abc import Mapping

from wol.api import Config, Feature, hook

FOLDER = "docs/reference"


def sources(config: Config) -> Mapping[str, str]:
    """Return the pages of commands, settings, front matter fields, template names, the plugin API and codes, below `docs/reference/`."""
    from wol.cli.archetypes import yaml
    from wol.cli.reference import codes, commands, fields, plugins, settings, templates

    pages = {
        "commands": ("Commands", "Every command and option of wol.", commands.lines()),
        "settings": ("Settings", "Every key of site.toml, with its default.", settings.lines()),
        "front-matter": ("Front matter", "Every field that a file may begin with.", fields.lines()),
        "templates": ("Template names", "What templates may use, theme API 2.", templates.lines()),
        "plugins": ("Plugin API", "What plugins may give and read, API 2.", plugins.lines()),
        "codes": ("Errors and warnings", "What each code means, and the way out.", codes.lines()),
    }
    return {
        f"{FOLDER}/{name}.md": f"---\ntitle: {yaml(title)}\ndescription: {yaml(about)}\n---\n\n" + "\n".join(lines) + "\n"
        for name, (title, about, lines) in pages.items()
    }


@hook
def wol_features(config: Config) -> list[Feature]:
    """Give the reference pages."""
    return [Feature(name="reference", description="The reference pages of wol's own site.", sources=sources)]
