"""Which files of the content folder belong to which table of a feature, by the patterns that the feature declares."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping

from wol.model.inputs import Input

_ENDING = re.compile(r"\*\.((?:[A-Za-z0-9]|\[[A-Za-z]+\])+)")
"""A pattern of names by their ending, which needs no pattern library: that takes longer to load than all else that a build with nothing to do loads."""

Matches = Callable[[str], bool]
"""Tells whether a path from the content folder is matched."""


def compiled(globs: Iterable[str]) -> Matches:
    """Compile patterns as `.gitignore` writes them; raises ValueError with a sentence for one that matches nothing or only takes away."""
    searches: list[Callable[[str], object]] = []
    endings: list[str] = []
    for glob in globs:
        if ending := _ENDING.fullmatch(glob):
            endings.append(ending[1])
            continue
        from pathspec.patterns.gitignore.spec import GitIgnoreSpecPattern

        pattern = GitIgnoreSpecPattern(glob)
        if pattern.include is False:
            raise ValueError(f"`{glob}` excludes files; a pattern can only add them")
        if pattern.regex is None:
            raise ValueError(f"`{glob}` matches no file")
        searches.append(pattern.regex.search)
    if endings:
        searches.append(re.compile(rf"\.(?:{'|'.join(endings)})(?:/|\Z)").search)
    if not searches:
        raise ValueError("there is no pattern")
    return lambda path: any(search(path) for search in searches)


class InputGlobs:
    """Sorts files into the tables that want them."""

    def __init__(self, inputs: Mapping[str, Input]) -> None:
        self._wanted = [(name, compiled(one.globs), one.public) for name, one in inputs.items()]

    def of(self, path: str) -> tuple[tuple[str, ...], bool]:
        """Give the tables that want a file, and whether it may be published as well."""
        tables: list[str] = []
        public = True
        for name, matches, is_public in self._wanted:
            if matches(path):
                tables.append(name)
                public = public and is_public
        return tuple(tables), public
