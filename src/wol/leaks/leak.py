"""What a search found, and how it is reported."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence

import msgspec

from wol import paths
from wol.config.allowance import allows
from wol.model.config import Config
from wol.model.site import State
from wol.site.link_check import WITHHELD

CODE = "leak-found"

FEW = 3
"""Words of a leak that are named."""


class Leak(msgspec.Struct, frozen=True, array_like=True):
    """An artifact that has something of an unpublished item: words and phrases, or, where there are none, one of its `file`s."""

    path: str
    key: str
    words: tuple[str, ...] = ()
    file: str = ""


class Reported(msgspec.Struct, frozen=True):
    """The leaks that are one finding: where to look for their origin, the sentence, and the names by which they may be allowed."""

    source: str
    message: str
    hint: str
    notes: tuple[str, ...]
    names: tuple[str, ...]


def names(leak: Leak, config: Config) -> tuple[str, ...]:
    """Return what `[check] allow` may call a leak: the hidden file, the artifact, or its URL path."""
    own = leak.file or leak.key
    return (f"{config.content.folder}/{own}", f"{config.build.output}/{leak.path}", paths.url_path(leak.path))


def split(leaks: Iterable[Leak], config: Config) -> tuple[list[Leak], list[Leak]]:
    """Part the leaks in those that no entry allows, and those that one does."""
    left: list[Leak] = []
    allowed: list[Leak] = []
    for leak in leaks:
        is_allowed = any(allows(entry, CODE, names(leak, config)) for entry in config.check.allow)
        (allowed if is_allowed else left).append(leak)
    return left, allowed


def reports(leaks: Iterable[Leak], config: Config, states: Mapping[str, State]) -> Iterator[Reported]:
    """Report each unpublished item, and each of its files, once, with the first artifact that has something of it."""
    grouped: defaultdict[tuple[str, str], list[Leak]] = defaultdict(list)
    for leak in leaks:
        grouped[leak.key, leak.file].append(leak)
    for _, group in sorted(grouped.items()):
        yield _report(sorted(group, key=lambda leak: leak.path), config, states)


def _report(group: Sequence[Leak], config: Config, states: Mapping[str, State]) -> Reported:
    first = group[0]
    folder, artifact = config.content.folder, f"{config.build.output}/{first.path}"
    state = WITHHELD[states[first.key]]
    if first.file:
        message = f"`{artifact}` is a copy of `{folder}/{first.file}`, a file of `{folder}/{first.key}`, which {state}"
        if first.file == first.key:
            message = f"`{artifact}` is a copy of `{folder}/{first.key}`, which {state}"
    else:
        shown = ", ".join(f"`{word}`" for word in sorted(first.words, key=lambda word: (-len(word), word))[:FEW])
        message = f"`{artifact}` contains words found only in `{folder}/{first.key}`, which {state}: {shown}"
    entry = f'{{ code = "{CODE}", path = "{artifact}", reason = "…" }}'
    hint = f"change the template or plugin that writes it; if readers may see it, add `{entry}` to `allow` under `[check]` in `site.toml`"
    notes = (f"in {len(group):,} files: {_listed(config, group)}",) if len(group) > 1 else ()
    named = dict.fromkeys(name for leak in group for name in names(leak, config))
    return Reported(f"{folder}/{first.file or first.key}", message, hint, notes, tuple(named))


def _listed(config: Config, group: Sequence[Leak]) -> str:
    shown = ", ".join(f"`{config.build.output}/{leak.path}`" for leak in group[:FEW])
    return f"{shown}, …" if len(group) > FEW else shown
