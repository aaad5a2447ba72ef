"""The reference of template names, from the views themselves."""

from __future__ import annotations

import re
from collections.abc import Iterator

from wol.features.registry import declared
from wol.model.slugs import heading_slug
from wol.reference.definitions import entry, heading
from wol.render.names import reference

_CODE = re.compile(r"`(\w+)`")


def lines() -> Iterator[str]:
    """Describe what templates may use."""
    yield (
        "Templates are [Jinja](https://jinja.palletsprojects.com/en/stable/templates/), with all of Jinja's filters but `random`, and all its tests. "
        'A name that does not exist is an error with "did you mean"; only what `extra` holds may be absent. How themes are made of templates is in the '
        "guide on [themes](../themes.md)."
    )
    for title, rows in reference(declared()):
        code = _CODE.search(title)
        words = title.partition(" of ")[0].removeprefix("A ").removeprefix("An ")
        anchor = heading_slug(words if code is None else code[1])
        yield heading(title, anchor)
        for name, meaning in rows:
            yield from entry(name, f"{anchor}.{name.partition('(')[0]}", "", meaning)
