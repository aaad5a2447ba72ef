"""The random edits are sharp: with one sort of dependency forgotten on purpose, they find that a page is stale."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import pytest

from harness.random_edits import DiffersError, run
from wol.render.recorder import Recorder

FAULTS = ["body", "title", "template", "config", "neighbours", "lists", "item_terms", "terms.count", "excerpt", "fragment", "paths"]
"""Tables whose keys are dropped from what pages are made of."""

pytestmark = pytest.mark.long


class Forgetful(set[tuple[str, str]]):
    """A set of dependencies that forgets those of one table."""

    table = ""

    def add(self, name: tuple[str, str]) -> None:
        if name[0] != self.table:
            super().add(name)

    def update(self, *many: Iterable[tuple[str, str]]) -> None:
        for names in many:
            for name in names:
                self.add(name)


@pytest.mark.parametrize("table", FAULTS)
def test_a_forgotten_dependency_is_found(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, table: str) -> None:
    """Within fifty sequences of edits, one shows what was forgotten."""
    slot = Recorder.__dict__["names"]
    forgetful = type("Names", (Forgetful,), {"table": table})
    monkeypatch.setattr(Recorder, "names", property(slot.__get__, lambda self, names: slot.__set__(self, forgetful(names))), raising=True)
    for seed in range(50):
        try:
            run(tmp_path / f"run{seed}", seed)
        except DiffersError:
            return
    pytest.fail(f"nobody missed `{table}`")
