"""The build to publish: the last release build, complete, unmodified, and of the sources as they are now. Anything else is refused."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import msgspec

from wol.deploy.release_files import FileInfo, ReleaseFiles
from wol.engine.last_build import Unfit, last_build, listed
from wol.engine.output.ownership import foreign
from wol.engine.prepare import LoadFeatures
from wol.engine.request import BuildRequest
from wol.engine.state import Output, RawTable, State
from wol.errors import Diagnostic, WolError, diagnostic
from wol.features.mark.files import PATH as MARKER
from wol.model.config import Config
from wol.model.target import Role, Target
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
    with last_build(BuildRequest(root), load_features, MARKER) as last:
        if last.unfit is not None:
            raise WolError(_refusal(f"{last.setup.config.build.output}/", last.unfit))
        outputs, output = last.state.outputs, last.setup.place.output
        contents = ReleaseFiles(output, _pieces(outputs), assets=_assets(last.state), roles=_roles(last.state))
        return ReleaseBuild(last.setup.written, contents, tuple(foreign(output, outputs)))


def _refusal(output: str, unfit: Unfit) -> Diagnostic:
    if unfit.fault == "unbuilt":
        return diagnostic("deploy-unbuilt", f"`{output}` has not been built")
    if unfit.fault == "marked":
        return diagnostic("deploy-preview", f"`{output}` holds a build with drafts: `{MARKER}` is there")
    if unfit.fault == "outdated":
        return diagnostic("deploy-outdated", f"`{output}` is not what a build would make now", notes=unfit.reasons)
    return diagnostic("deploy-tampered", f"`{output}` was changed by something other than wol: {listed(unfit.reasons)}")


def _pieces(outputs: Mapping[str, Output]) -> dict[str, FileInfo]:
    return {path: FileInfo(left.digest, left.size) for path, left in outputs.items()}


def _roles(known: State) -> dict[str, Role]:
    """Return what the files of the build are, those that have a role."""
    plan = known.section("plan", dict[str, msgspec.Raw], {})
    return {path: role for path, raw in plan.items() if (role := msgspec.msgpack.decode(raw, type=Target).role)}


def _assets(known: State) -> list[str]:
    """Name the files that the build gave fingerprinted names: assets of themes, but for those that keep their names."""
    table = known.table("assets") or RawTable({})
    return [path for name, path in table.items() if name not in FIXED]
