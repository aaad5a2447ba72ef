"""The texts that are published, or that say how: whatever they have is no secret."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from functools import cached_property
from pathlib import Path

from wol import paths
from wol.engine.scanning import ScannedFiles
from wol.model.config import Config
from wol.model.item import Summary
from wol.model.slugs import slug
from wol.site.arrange import Arranged

SETTINGS = "site.toml"
COPIED = "<files>"
"""The name, among public texts, of the list of files that are published as they are."""

_TEXTS = (
    *(".md", ".markdown", ".toml", ".html", ".htm", ".txt", ".css", ".js"),
    *(".svg", ".xml", ".json", ".csv", ".yaml", ".yml", ".webmanifest"),
)


class PublicTexts:
    """The public texts of one build, by the paths of their sources; each is read when it is asked for."""

    def __init__(
        self,
        root: Path,
        config: Config,
        taken: ScannedFiles,
        arranged: Arranged,
        items: Mapping[str, Summary],
        homes: Mapping[str, tuple[str, int]],
    ) -> None:
        self._root = root
        self._config = config
        self._taken = taken
        self._tree = taken.scan.tree
        self._arranged = arranged
        self._items = items
        self._homes = homes

    def source(self, key: str) -> str:
        """Return the path of the source of an item; nothing where it has none."""
        found = self._tree.items.get(self._homes.get(key, (key, 0))[0])
        return found.path if found is not None else ""

    @cached_property
    def hidden(self) -> Mapping[str, str]:
        """The path of each source of which nothing is public, and the key of an item in it."""
        public = {self.source(key) for key in self._homes if key in self._arranged.states}
        found = {self.source(key): key for key in self._arranged.hidden if self._homes.get(key, (key, 0))[0] not in self._arranged.states}
        return {path: key for path, key in found.items() if path and path not in public}

    @cached_property
    def hidden_files(self) -> Mapping[str, tuple[str, str]]:
        """The digest of each file that only unpublished items have: its path from the content folder, and the key of its item."""
        folder = f"{self._config.content.folder}/"
        found = {self._taken.scan.sources[path].digest: (path.removeprefix(folder), key) for path, key in self.hidden.items()}
        shown = {source.digest for source in self._tree.static.values()}
        for path, source in self._tree.others.items():
            key = self.hidden_owner(path)
            if key:
                found[source.digest] = (path, key)
            elif path in self._tree.attachments:
                shown.add(source.digest)
        return {digest: file for digest, file in found.items() if digest not in shown}

    def hidden_owner(self, path: str) -> str:
        """Return the key of the unpublished item to whose bundle a file of the content folder belongs; nothing for a public file."""
        folder = paths.folder(path)
        while folder:
            if folder in self._arranged.bundles:
                key = self._arranged.bundles[folder]
                return key if key in self._arranged.hidden else ""
            folder = paths.folder(folder)
        return ""

    @cached_property
    def paths(self) -> Collection[str]:
        """The paths of all of them: settings and templates first."""
        return tuple(dict.fromkeys(self._paths()))

    def _paths(self) -> Iterator[str]:
        tree = self._tree
        yield SETTINGS
        yield COPIED
        for files in (*tree.theme.values(), tree.defaults, tree.static):
            yield from (source.path for source in files.values() if source.path.lower().endswith(_TEXTS))
        yield from (source.path for source in tree.items.values() if source.path not in self.hidden)
        for path, source in tree.others.items():
            if path.lower().endswith(_TEXTS) and not self.hidden_owner(path):
                yield source.path

    def data(self, path: str) -> bytes:
        """Read a text, with its path, and what else is known to come from it; nothing where it is gone."""
        if path == COPIED:
            read = self._copied().encode()
        elif path == SETTINGS:
            read = (self._root / SETTINGS).read_bytes() + b"\n" + self._config.site.base_url.encode()
        else:
            try:
                read = self._taken.read(path)
            except (OSError, KeyError):
                return b""
        return b"%s\n%s" % (path.encode(), read)

    def made_of(self, keys: Collection[str]) -> str:
        """Return what wol makes of the texts of items, as it is published: addresses, anchors, slugs."""
        return "\n".join(line for key in keys for line in _made_of(self._items[key]))

    def _copied(self) -> str:
        """Return the paths of all files that are published as they are."""
        shown = (path for path in self._tree.attachments if not self.hidden_owner(path))
        return "\n".join((*self._tree.static, *shown))


def _made_of(item: Summary) -> Iterator[str]:
    yield from (item.url, item.slug, item.title, *item.aliases, *item.anchors)
    yield from (slug(term) for terms in item.terms.values() for term in terms)
