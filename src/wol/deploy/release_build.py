"""The build to publish: the last release build, complete, unmodified, and of the sources as they are now. Anything else is refused."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path

import msgspec

from wol.deploy.release_files import FileInfo, ReleaseFiles
from wol.engine import current, disk, opening, taking
from wol.engine.prepare import LoadFeatures, Setup, prepare
from wol.engine.request import BuildRequest
from wol.engine.standing import Standing
from wol.engine.state import Output, State
from wol.engine.table import RawTable
from wol.errors import Diagnostic, WolError, diagnostic
from wol.features.mark.files import PATH as MARK
from wol.model.config import Config
from wol.theme.fingerprint import FIXED


class ReleaseBuild(msgspec.Struct, frozen=True):
    """The files of a build; `others` are in its folder but not of wol, and are not published."""

    config: Config
    contents: ReleaseFiles
    others: tuple[str, ...]


def release_build(root: Path, load_features: LoadFeatures) -> ReleaseBuild:
    """Return the last release build. Raises WolError: deploy-unbuilt, deploy-outdated, deploy-preview, deploy-tampered, and what builds
    raise if the last was killed and cannot be completed.
    """
    opening.settle(root)
    setup = prepare(BuildRequest(root), load_features)
    with opening.opened(setup.place):
        known = State.load(setup.place.state / "state")
        outputs, output = known.outputs, setup.place.output
        standing = Standing(setup.place, known)
        _refuse_outdated(setup, known, standing)
        _refuse_marked(output)
        if standing.damaged:
            raise WolError(_tampered(setup, standing.damaged))
        others = tuple(disk.leftover(output, outputs))
        assets = _assets(known)
    return ReleaseBuild(setup.written, ReleaseFiles(output, _pieces(outputs), assets=assets), others)


def _pieces(outputs: Mapping[str, Output]) -> dict[str, FileInfo]:
    return {path: FileInfo(left.digest, left.size) for path, left in outputs.items()}


def _assets(known: State) -> list[str]:
    """Name the files that the build gave fingerprinted names: assets of themes, but for those that keep their names."""
    table = known.table("assets") or RawTable({})
    return [path for name, path in table.items() if name not in FIXED]


def _refuse_outdated(setup: Setup, known: State, standing: Standing) -> None:
    """Refuse a site that was not built, or not of what is there now."""
    if known.inputs is None:
        raise WolError(diagnostic("deploy-unbuilt", f"`{setup.config.build.output}/` has not been built"))
    notes = current.changes(setup, known, taking.take(setup, known.of_toolchain(setup.toolchain)))
    if not standing.is_ours:
        notes = (*notes, "What wol knew of its files is gone")
    if notes:
        raise WolError(diagnostic("deploy-outdated", f"`{setup.config.build.output}/` is not what a build would make now", notes=notes))


def _refuse_marked(output: Path) -> None:
    if os.path.lexists(output / MARK):
        raise WolError(diagnostic("deploy-preview", f"`{output.name}/` holds a build with drafts: `{MARK}` is there"))


def _tampered(setup: Setup, bad: Mapping[str, str]) -> Diagnostic:
    message = f"`{setup.config.build.output}/` was changed by another hand: {current.listed(sorted(bad))}"
    return diagnostic("deploy-tampered", message)
