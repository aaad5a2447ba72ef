"""The words of the unpublished items of a build; those of an item that is as it was come from the last one."""

from __future__ import annotations

from collections.abc import Callable, Container, Iterator, Mapping
from urllib.parse import urlsplit

from wol import digest, paths
from wol.engine.unpublished.public_texts import PublicTexts
from wol.leaks.needles import HiddenWords
from wol.model.config import Config
from wol.model.item import Summary
from wol.model.slugs import slug


class HiddenItems:
    """The unpublished items: what each is known by, and its words when they are asked for.

    `read_keys` go from source to the digest of all that reading it depends on; `planned` has the output paths of this build.
    """

    def __init__(
        self,
        config: Config,
        hidden: Mapping[str, object],
        texts: PublicTexts,
        summary: Callable[[str], Summary],
        read_key: Callable[[str], str],
        planned: Container[str],
        read: Callable[[str], bytes],
    ) -> None:
        self._base = urlsplit(config.site.base_url).path.rstrip("/")
        self._texts = texts
        self._read = read
        self._planned = planned
        self.summaries = {key: summary(key) for key in hidden}
        self.identities = {key: f"{read_key(key)} {self._is_planned(key)} {self._base}" for key in hidden}
        self.digest = digest.of_parts(f"{key} {known}" for key, known in sorted(self.identities.items()))

    def _is_planned(self, key: str) -> bool:
        return paths.output_path(self.summaries[key].url) in self._planned

    def words(self, known: Mapping[str, HiddenWords]) -> dict[str, HiddenWords]:
        """Return the words of each, by its key."""
        found: dict[str, HiddenWords] = {}
        for key, identity in self.identities.items():
            before = known.get(key)
            found[key] = before if before is not None and before.identity == identity else self._words(key, identity)
        return found

    def _words(self, key: str, identity: str) -> HiddenWords:
        path = self._texts.source(key)
        text = ""
        if path in self._texts.hidden:
            try:
                text = self._read(path).decode("utf-8", "replace")
            except (OSError, KeyError):
                text = ""
        return HiddenWords.of(identity, tuple(self._phrases(key)), f"{text}\n{key}")

    def _phrases(self, key: str) -> Iterator[str]:
        item = self.summaries[key]
        if item.titled:
            yield item.title
        yield from (name for name in (item.slug, slug(item.title) if item.titled else "") if "-" in name)
        if not self._is_planned(key):
            yield item.url
            if self._base:
                yield self._base + item.url
