"""A session: builds of one process that share what they know, as watch mode makes them."""

from __future__ import annotations

from wol.build.memory import Memory
from wol.build.pipeline import build
from wol.build.prepare import LoadFeatures
from wol.build.request import BuildRequest
from wol.model.target import BuildReport


class Session:
    """Builds again and again; each is equal to a build from nothing, as every build is."""

    def __init__(self, load_features: LoadFeatures) -> None:
        self._load_features = load_features
        self._memory = Memory()

    def build(self, request: BuildRequest) -> BuildReport:
        """Bring the output up to date, as `wol.build.pipeline.build`."""
        return build(request, self._load_features, self._memory)
