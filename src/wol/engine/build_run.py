"""One run of a build: what its stages share, opened when it is first needed and put away at the end."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from functools import cached_property
from itertools import count
from pathlib import Path

from wol import fsio
from wol.engine.memory import SessionMemory
from wol.engine.output import commit
from wol.engine.output.commit import Staging, staging
from wol.engine.output.output_state import OutputState
from wol.engine.page_store import PageStore
from wol.engine.prepare import Setup
from wol.engine.state import State
from wol.errors import WolError
from wol.write_errors import write_failed


class BuildRun:
    """The state that the last build left, the output, the page store and the staging folder of one run."""

    def __init__(self, setup: Setup, memory: SessionMemory, started: float) -> None:
        self.setup = setup
        self.memory = memory
        self.started = started
        self.numbers = count()
        """The names of staged files."""
        self.read_keys: tuple[str, ...] = ()
        """The entries of the page store that the site uses."""
        with setup.request.timings.stage("open"):
            self.state: State = memory.state(self.state_file).of_toolchain(setup.toolchain)
        self.output = OutputState(setup.place, self.state, verify=setup.request.verify)

    @property
    def state_file(self) -> Path:
        """The file of the state that the last build left."""
        return self.setup.place.state / "state"

    @cached_property
    def store(self) -> PageStore:
        """The page store, opened when a stage needs it."""
        return self.memory.store(self.setup.place.store, self.setup.toolchain)

    @cached_property
    def stage(self) -> Staging:
        """The staging folder, made when a stage needs it."""
        return staging(self.setup.place)

    @contextlib.contextmanager
    def closing(self) -> Iterator[None]:
        """Save the page store and drop the staging folder at the end, where they were needed; raises WolError (write-failed) for an OSError of a stage."""
        try:
            yield
        except OSError as error:
            if "stage" not in vars(self):
                raise
            raise WolError(write_failed(error)) from error
        finally:
            if "store" in vars(self):
                self._save_store()
            if "stage" in vars(self) and not commit.is_open(self.setup.place.state):
                self.stage.drop()

    def _save_store(self) -> None:
        with contextlib.suppress(OSError), self.setup.request.timings.stage("store"):
            self.store.save(self.read_keys)
            self.store.sweep()
            self.memory.keep_store(self.setup.place.store, self.setup.toolchain, self.store)


def forget(setup: Setup, memory: SessionMemory) -> None:
    """Drop the caches; what wol owns is not forgotten."""
    memory.forget()
    fsio.remove_tree(setup.place.store)
    fsio.remove(setup.place.state / "state")
