"""A session: builds of one process that share what they know, as watch mode makes them."""

from __future__ import annotations

from wol.engine.memory import SessionMemory
from wol.engine.pipeline import build
from wol.engine.prepare import LoadFeatures
from wol.engine.request import BuildRequest
from wol.model.target import BuildReport


class Session:
    """Builds again and again; each is equal to a build from nothing, as every build is.

    A process cannot load code anew: where that of wol, of a plugin or of a package is another than when the session began, building raises
    OutdatedProcessError, and a new process has to go on.
    """

    def __init__(self, load_features: LoadFeatures) -> None:
        self._load_features = load_features
        self._memory = SessionMemory()

    def build(self, request: BuildRequest) -> BuildReport:
        """Bring the output up to date, as `wol.engine.pipeline.build`."""
        return build(request, self._load_features, self._memory)
