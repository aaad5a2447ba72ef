"""From the last build to the words by which its unpublished items would be known in the output."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from urllib.parse import urlsplit

import msgspec

from wol import paths
from wol.check import emitted
from wol.check.built_site import BuiltSite
from wol.check.canaries import Canaries, Hit, Item, certain, of_items, public
from wol.check.file_facts import COPIES
from wol.engine import execute
from wol.model.config import Config
from wol.model.slugs import slug

BATCH = 64

SHORTEST_PHRASE = 4
"""Characters of the shortest title or address that counts."""

_TEXTS = (
    ".md",
    ".markdown",
    ".toml",
    ".html",
    ".htm",
    ".txt",
    ".css",
    ".js",
    ".svg",
    ".xml",
    ".json",
    ".csv",
    ".yaml",
    ".yml",
    ".webmanifest",
)


class _Context(msgspec.Struct, frozen=True):
    read: Callable[[str], bytes]
    canaries: Canaries


def canaries(built: BuiltSite) -> Canaries:
    """Give what must stand in no file of the output: what unpublished items say and nothing public does."""
    if not built.hidden:
        return Canaries()
    found = of_items(_items(built))
    work = execute.batches(list(_public(built)), BATCH)
    words: set[str] = set()
    phrases: set[str] = set()
    for batch_words, batch_phrases in execute.run(
        _read, _Context(built.taken.read, found), work, execute.processes(built.jobs, len(work) * BATCH)
    ):
        words |= batch_words
        phrases |= batch_phrases
    copies = (path for path, target in built.targets.items() if target.kind in COPIES)
    site_words, site_phrases = public(found, [_toml(built), *_made_of_public(built), *copies])
    return found.without(words | site_words, phrases | site_phrases)


def surely(hits: Sequence[Hit], config: Config) -> tuple[Hit, ...]:
    """Give the hits that nothing explains that wol itself writes into every site."""
    return tuple(certain(hits, emitted.texts(config))) if hits else ()


def _made_of_public(built: BuiltSite) -> Iterator[str]:
    """Give what wol makes of public texts, in the form that it gets: addresses, anchors of headings, slugs of terms."""
    for item in built.items.values():
        yield "\n".join(
            (item.url, item.slug, item.title, *item.aliases, *item.anchors, *(slug(t) for ts in item.terms.values() for t in ts))
        )


def bundles(built: BuiltSite) -> Mapping[str, bool]:
    """Give the folder of each bundle, and whether its item is hidden."""
    found = {item.bundle: False for item in built.items.values() if item.bundle}
    return {**found, **{item.bundle: True for item in built.hidden.values() if item.bundle}}


def is_of_hidden(path: str, folders: Mapping[str, bool]) -> bool:
    """Whether a file of the content folder belongs to a bundle whose item is hidden."""
    folder = paths.folder(path)
    while folder:
        if folder in folders:
            return folders[folder]
        folder = paths.folder(folder)
    return False


def _items(built: BuiltSite) -> Iterator[Item]:
    folder = built.config.content.folder
    base = urlsplit(built.config.site.base_url).path
    planned = {paths.url_path(path) for path in built.targets}
    for key, item in built.hidden.items():
        try:
            text = built.taken.read(f"{folder}/{key}").decode("utf-8", "replace")
        except (OSError, KeyError):
            text = ""
        phrases = [item.title] if item.titled else []
        phrases += [name for name in dict.fromkeys((item.slug, slug(item.title) if item.titled else "")) if "-" in name]
        phrases += [item.url, *([base + item.url] if base else [])] if item.url not in planned else []
        yield Item(key, tuple(phrase for phrase in phrases if len(phrase) >= SHORTEST_PHRASE), f"{text}\n{key}")


def _public(built: BuiltSite) -> Iterator[str]:
    """Give the paths of all texts that are published, or that say how."""
    tree, hidden, folders = built.taken.scan.tree, built.hidden, bundles(built)
    for key, source in tree.items.items():
        if key not in hidden:
            yield source.path
    for key, source in tree.attachments.items():
        if not is_of_hidden(key, folders) and key.lower().endswith(_TEXTS):
            yield source.path
    others = [tree.defaults, tree.static, *tree.theme.values()]
    yield from (source.path for files in others for source in files.values() if source.path.lower().endswith(_TEXTS))


def _toml(built: BuiltSite) -> str:
    return (built.root / "site.toml").read_text("utf-8", "replace")


def _read(context: _Context, batch: Sequence[str]) -> tuple[frozenset[str], frozenset[str]]:
    """Look which words of unpublished items a batch of public texts has."""
    texts = []
    for path in batch:
        try:
            texts.append(f"{path}\n{context.read(path).decode('utf-8', 'replace')}")
        except (OSError, KeyError):
            continue
    return public(context.canaries, texts)
