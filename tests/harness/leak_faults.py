"""Seeded faults of the search for leaks: ways to overlook one, each of which the walk in `tests/promises/test_release_leaks.py` has to notice."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import msgspec
import pytest

from wol.engine.state import State
from wol.engine.unpublished import leak_search, release_check
from wol.engine.unpublished.hidden_words import HiddenItems
from wol.engine.unpublished.leak_search import Artifacts, Known
from wol.leaks.needles import HiddenWords

Patch = pytest.MonkeyPatch


def _searching(patch: Patch, change: Callable[[Any, Known, Artifacts], Known]) -> None:
    patch.setattr(release_check, "search", change)


def rendered_artifacts_not_searched(patch: Patch) -> None:
    """Nobody looks at what was rendered."""
    search = leak_search.search
    _searching(patch, lambda around, known, artifacts: search(around, known, Artifacts({}, artifacts.standing)))


def standing_artifacts_not_searched(patch: Patch) -> None:
    """Where hidden words change, nobody looks at the other artifacts."""
    search = leak_search.search
    _searching(patch, lambda around, known, artifacts: search(around, known, Artifacts(artifacts.rendered, dict)))


def hidden_words_kept(patch: Patch) -> None:
    """The words of an unpublished item are those that it had first."""
    words = HiddenItems.words

    def kept(self: Any, known: Mapping[str, HiddenWords]) -> dict[str, HiddenWords]:
        return {key: known.get(key, found) for key, found in words(self, known).items()}

    patch.setattr(HiddenItems, "words", kept)


def excuses_kept(patch: Patch) -> None:
    """A word that a public text once had stays excused."""
    patch.setattr(leak_search._Search, "_renewed", lambda self, is_same: set())


def allowed_leaks_forgotten(patch: Patch) -> None:
    """A leak that is allowed is not remembered."""

    def forgetful(state: State) -> Known:
        return msgspec.structs.replace(Known(**{n: getattr(of(state), n) for n in Known.__struct_fields__}), found={})

    of = Known.of
    patch.setattr(release_check, "Known", type("Forgetful", (), {"of": staticmethod(forgetful), "__new__": lambda cls: Known()}))


LEAK_FAULTS: Mapping[str, Callable[[Patch], None]] = {
    fault.__name__: fault
    for fault in (
        *(rendered_artifacts_not_searched, standing_artifacts_not_searched),
        *(hidden_words_kept, excuses_kept, allowed_leaks_forgotten),
    )
}
