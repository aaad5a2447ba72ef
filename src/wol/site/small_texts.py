"""The settings in Markdown: the footer, a biography, what terms are about."""

from __future__ import annotations

import re
from collections.abc import Iterator

from wol.model.config import Config

HAS_REFERENCES = re.compile(r"\]\(|\]:|<")
"""A sign that a text may have references: only then is it read for them."""

_LIKELY = re.compile(r"""\]\(\s*(?:<([^>\n]+)>|([^\s)]+))|\]:\s*(?:<([^>\n]+)>|(\S+))|(?:src|href)\s*=\s*["']([^"'\n]+)""")


def small_texts(config: Config) -> Iterator[tuple[tuple[str, ...], str]]:
    """Return the settings that hold Markdown, each with its path in `site.toml`."""
    yield ("theme", "footer"), config.theme.footer
    yield ("site", "author", "bio"), config.site.author.bio
    for name, taxonomy in config.taxonomies.items():
        for term, given in taxonomy.terms.items():
            yield ("taxonomies", name, "terms", term, "description"), given.description


def likely_references(text: str) -> Iterator[str]:
    """Return what may be a reference in a text: all that are, and perhaps some of an example in it."""
    for found in _LIKELY.finditer(text):
        yield next(group for group in found.groups() if group is not None)
