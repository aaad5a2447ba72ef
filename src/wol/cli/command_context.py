"""The site as commands of features see it (`wol.model.commands.CommandContext`): read when something of it is first asked for."""

from __future__ import annotations

import os
from collections.abc import Mapping
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from wol.errors import WolError, diagnostic
from wol.model.config import Config
from wol.model.item import Summary
from wol.model.site import Table
from wol.model.target import Target

if TYPE_CHECKING:
    from wol.engine.prepare import LoadFeatures
    from wol.engine.state import State

CLOSED = (".wol", ".git")
"""Folders of the site in which nobody else writes; that of the output is another."""


class _Read:
    """What was read of the site."""

    def __init__(self, root: Path, load_features: LoadFeatures) -> None:
        from wol.engine.planned_site import planned_site
        from wol.engine.request import BuildRequest
        from wol.site.states import state

        with planned_site(BuildRequest(root), load_features) as site:
            self.now = site.setup.now
            self.items = site.items
            self.states = {key: state(summary, site.setup.now) for key, summary in site.items.items()}
            self.targets = site.targets
            self.state: State = site.state


class SiteCommandContext:
    """A site for one run of a command."""

    def __init__(self, root: Path, config: Config, load_features: LoadFeatures) -> None:
        self.root = root
        self.config = config
        self._load_features = load_features

    @cached_property
    def _read(self) -> _Read:
        return _Read(self.root, self._load_features)

    @property
    def now(self) -> int:
        return self._read.now

    @property
    def items(self) -> Mapping[str, Summary]:
        return self._read.items

    @property
    def states(self) -> Mapping[str, str]:
        return self._read.states

    @property
    def targets(self) -> Mapping[str, Target]:
        return self._read.targets

    def table(self, name: str) -> Table:
        """Return a table of a release; empty if no feature makes it."""
        table = self._read.state.table(name)
        return table.whole() if table is not None else {}

    def write(self, path: str, data: bytes | str, *, replace: bool = False) -> None:
        """Write a file of the site; raises WolError (write-failed) for one that is there, and outside of what is the writer's own."""
        from wol.ledger.edits import Edit, carry_out, edit

        encoded = data.encode() if isinstance(data, str) else bytes(data)
        self._refuse(path)
        file = self.root / path
        if not (replace and os.path.lexists(file)):
            carry_out(self.root, (), (Edit(path, "", encoded),))
            return
        try:
            before = file.read_bytes()
        except OSError as error:
            raise WolError(diagnostic("write-failed", f"`{path}` cannot be replaced: {error.strerror}", path)) from error
        if before != encoded:
            carry_out(self.root, (edit(path, before, encoded),))

    def _refuse(self, path: Any) -> None:
        root = os.path.realpath(self.root)
        real = os.path.realpath(os.path.join(root, path)) if isinstance(path, str) and "\0" not in path else ""
        if not real.startswith(root + os.sep) or os.path.isabs(path) or path.endswith("/"):
            message = f"`{path}` is not a file in the site's folder; nothing was written"
            raise WolError(diagnostic("write-failed", message, hint="give a path from the site's folder, such as `content/posts/a.md`"))
        closed = {os.path.realpath(self.root / name) for name in (*CLOSED, self.config.build.output)}
        if any(real == folder or real.startswith(folder + os.sep) for folder in closed):
            message = f"`{path}` is in a folder that wol or Git writes itself; nothing was written"
            raise WolError(diagnostic("write-failed", message, hint="write it somewhere else, such as in `content/`"))
