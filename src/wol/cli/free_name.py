"""A name for a new file whose address is free: no post takes the place of another because both have the same title."""

from __future__ import annotations

import os
from collections.abc import Callable, Collection
from itertools import count
from pathlib import Path

from wol import paths


def free_key(content: Path, keys: Callable[[int], str], url_of: Callable[[str], str], taken: Collection[str]) -> tuple[str, str]:
    """Return the first of the `keys` (made of the numbers from 1) whose file and URL are free, and what was in the way of the first: a file or a URL.

    `taken` has the URLs of the site and its aliases, as `paths.fold` gives them.
    """
    in_the_way = ""
    for number in count(1):
        key = keys(number)
        present = _present(content / key)
        url = "" if present is not None else url_of(key)
        if present is None and paths.fold(url) not in taken:
            break
        in_the_way = in_the_way or (f"{content.name}/{present.relative_to(content).as_posix()}" if present is not None else url)
    return key, in_the_way


def _present(file: Path) -> Path | None:
    """Return what is there already in place of a new file: itself, or a bundle of its name."""
    places = (file, file.with_suffix(".markdown"), file.with_suffix("") / "index.md")
    return next((place for place in places if os.path.lexists(place)), None)


def taken_urls(root: Path) -> frozenset[str]:
    """Return the URLs and aliases of all items of a site, hidden ones too; none where its sources cannot be read."""
    from wol.engine.listing import sources
    from wol.engine.request import BuildRequest
    from wol.errors import WolError
    from wol.features import registry

    try:
        summaries = sources(BuildRequest(root, jobs=1), registry.load).summaries.values()
    except (WolError, OSError):
        return frozenset()
    return frozenset(paths.fold(url) for item in summaries for url in (item.url, *item.aliases))
