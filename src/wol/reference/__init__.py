"""The reference pages of wol's own site as virtual sources, generated from the definitions themselves so that they cannot go out of date.

A plugin of our own, named in `[build] plugins` of this repository's `site.toml`, and an example of one.
"""

from __future__ import annotations

from collections.abc import Mapping

from wol.api import API_VERSION, Config, Feature, hook

FOLDER = "docs/reference"


def sources(config: Config) -> Mapping[str, str]:
    """Return the pages of commands, settings, front matter fields, template names, the plugin API and codes, below `docs/reference/`."""
    from wol.cli.archetypes import yaml
    from wol.reference import codes_page, commands_page, front_matter_page, plugin_api_page, settings_page, templates_page

    pages = {
        "commands": ("Commands", "Every command and option of wol.", commands_page.lines()),
        "settings": ("Settings", "Every key of site.toml, with its default.", settings_page.lines()),
        "front-matter": ("Front matter", "Every field that a file may begin with.", front_matter_page.lines()),
        "templates": ("Template names", "What templates may use, theme API 1.", templates_page.lines()),
        "plugins": ("Plugin API", f"What plugins may give and read, API {API_VERSION}.", plugin_api_page.lines()),
        "codes": ("Errors and warnings", "What each code means, and the way out.", codes_page.lines()),
    }
    return {
        f"{FOLDER}/{name}.md": f"---\ntitle: {yaml(title)}\ndescription: {yaml(about)}\n---\n\n" + "\n".join(lines) + "\n"
        for name, (title, about, lines) in pages.items()
    }


@hook
def wol_features(config: Config) -> list[Feature]:
    """Return the feature that adds the reference pages."""
    return [Feature(name="reference", description="The reference pages of wol's own site.", sources=sources)]
