"""Which file the name of a template means: the first theme that has it, or the one that `!NAME/` asks for."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from wol.model.source import Source

Files = Mapping[str, Mapping[str, Source]]
"""The files of each theme: unique name of the theme (`ThemeFolder.name`) to path from its folder to source."""

_FOLDER = "templates/"


class Lookup:
    """The templates of a search path of themes.

    A *settled* name is either plain (`post.html`: the first theme that has it) or begins with `!` and the unique name of a theme
    (`!<default>/post.html`: the file of exactly that theme). `settle` makes settled names of those that templates write.
    """

    def __init__(self, search: Iterable[str], files: Files) -> None:
        self.search = tuple(search)
        self._themes = {
            theme: {path.removeprefix(_FOLDER): source for path, source in files[theme].items() if path.startswith(_FOLDER)}
            for theme in self.search
        }
        self._first: dict[str, tuple[str, Source]] = {}
        for theme in reversed(self.search):
            self._first.update((name, (theme, source)) for name, source in self._themes[theme].items())

    @property
    def names(self) -> tuple[str, ...]:
        """All plain names, sorted."""
        return tuple(sorted(self._first))

    @property
    def settled(self) -> tuple[str, ...]:
        """All settled names: each file of each theme under one name, plain where it is the first."""
        covered = [f"!{theme}/{name}" for theme in self.search for name in self._themes[theme] if self._first[name][0] != theme]
        return (*self.names, *sorted(covered))

    def find(self, settled: str) -> tuple[str, Source] | None:
        """Return the theme and the file of a settled name, or None."""
        if not settled.startswith("!"):
            return self._first.get(settled)
        theme, _, name = settled[1:].partition("/")
        source = self._themes.get(theme, {}).get(name)
        return None if source is None else (theme, source)

    def settle(self, name: str, parent: str | None) -> str:
        """Settle a name that the template `parent` (settled) uses: `!NAME/x.html` is that theme's, the next one beneath where two have that name."""
        if not name.startswith("!"):
            return name
        wanted, _, path = name[1:].partition("/")
        user = self.find(parent) if parent is not None else None
        here = self.search.index(user[0]) if user is not None else -1
        places = [p for p, theme in enumerate(self.search) if wanted in (theme, theme.strip("<>"))]
        places.sort(key=lambda p: (p <= here, abs(p - here)))
        for place in places:
            source = self._themes[self.search[place]].get(path)
            if source is not None and (user is None or source is not user[1]):
                return f"!{self.search[place]}/{path}"
        return name

    def tried(self, name: str) -> list[str]:
        """Return where a name was looked for, as paths from the site's root."""
        themes, path = list(self.search), name
        if name.startswith("!"):
            wanted, _, path = name[1:].partition("/")
            themes = [t for t in self.search if wanted in (t, t.strip("<>"))]
        return [f"{theme if theme.startswith('<') else f'themes/{theme}'}/{_FOLDER}{path}" for theme in themes]
