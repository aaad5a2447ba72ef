"""Builds of a site one after the other in one process: what the last one knew stays in memory.

All of it is on disk too. It is used as long as the files there are those that were left, so another command, or a killed one, is noticed.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from wol import stamps
from wol.engine.page_store import PageStore
from wol.engine.state import State
from wol.engine.toolchain import LoadedCode
from wol.stamps import Stamp

if TYPE_CHECKING:
    from wol.engine.scanning import ScannedFiles
    from wol.render.templates import Templates


class SessionMemory:
    """States by their files, page stores by their folders, the templates as they were last compiled, and what code is loaded."""

    def __init__(self) -> None:
        self._states: dict[Path, tuple[Stamp | None, State, ScannedFiles]] = {}
        self._stores: dict[tuple[Path, str], tuple[Stamp | None, PageStore]] = {}
        self.templates: Templates | None = None
        self.loaded = LoadedCode()

    def state(self, file: Path) -> State:
        """Return the state of a profile: the one in memory where the file is as that build left it."""
        stamp, state, _ = self._states.get(file, (None, None, None))
        return state if state is not None and stamp is not None and stamp == _stamp(file) else State.load(file)

    def scanned(self, file: Path, state: State) -> ScannedFiles | None:
        """Return the input of the build that left a state; None where another process has left it."""
        kept = self._states.get(file)
        return kept[2] if kept is not None and kept[1] is state else None

    def keep_state(self, file: Path, state: State, scanned: ScannedFiles) -> None:
        """Remember the state as it is on disk now, and the input that it is of."""
        self._states[file] = (_stamp(file), state, scanned)

    def store(self, folder: Path, toolchain: str) -> PageStore:
        """Open a page store: the one in memory where its index is as it was left."""
        stamp, store = self._stores.get((folder, toolchain), (None, None))
        return store if store is not None and stamp is not None and stamp == _stamp(folder / "index") else PageStore(folder, toolchain)

    def keep_store(self, folder: Path, toolchain: str, store: PageStore) -> None:
        """Remember a store whose index was just saved."""
        self._stores = {(folder, toolchain): (_stamp(folder / "index"), store)}

    def forget(self) -> None:
        """Drop all of it."""
        self._states.clear()
        self._stores.clear()
        self.templates = None


def _stamp(file: Path) -> Stamp | None:
    """Tell a file from any other that is put in its place."""
    try:
        return stamps.of(file.stat())
    except OSError:
        return None
