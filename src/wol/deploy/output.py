"""What is to be published: the last release build, whole, as it was built, and of the sources as they are now. Else it is refused."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from pathlib import Path

import msgspec

from wol.build import disk, opening, owned, taking
from wol.build.prepare import LoadFeatures, Setup, prepare
from wol.build.request import BuildRequest
from wol.build.state import Output, State
from wol.deploy.contents import Contents, Piece
from wol.errors import Diagnostic, WolError, diagnostic
from wol.features.mark import PATH as MARK
from wol.model.config import Config

SHOWN = 5
"""Files that an error names."""


class Built(msgspec.Struct, frozen=True):
    """The files of a build; `others` are in its folder and not of wol: they are not published."""

    config: Config
    contents: Contents
    others: tuple[str, ...]


def built(root: Path, load_features: LoadFeatures) -> Built:
    """Look at the last release build. Raises WolError: deploy-unbuilt, deploy-outdated, deploy-preview, deploy-tampered, and what builds
    raise if the last was killed and cannot be completed.
    """
    opening.settle(root)
    setup = prepare(BuildRequest(root), load_features)
    with opening.opened(setup.place):
        known = State.load(setup.place.state / "state")
        outputs = known.outputs
        _refuse_outdated(setup, known)
        output = setup.place.output
        _refuse_marked(output)
        bad, _ = disk.damage(output, outputs)
        if bad:
            raise WolError(_tampered(setup, bad))
        others = tuple(path for path in disk.files(output) if path not in outputs)
    return Built(setup.written, Contents(output, _pieces(outputs)), others)


def _pieces(outputs: Mapping[str, Output]) -> dict[str, Piece]:
    return {path: Piece(left.digest, left.size) for path, left in outputs.items()}


def _refuse_outdated(setup: Setup, known: State) -> None:
    """Refuse a site that was not built, or not of what is there now."""
    state = known.of_toolchain(setup.toolchain)
    if known.inputs is None:
        raise WolError(diagnostic("deploy-unbuilt", f"`{setup.config.build.output}/` has not been built"))
    taken = taking.take(setup, state)
    is_owned = owned.identity(setup.place.state / "owned") == known.section("owned", str, "?")
    if taking.unchanged(setup, state, taken) and is_owned:
        return
    notes = tuple(_reasons(setup, known, taken.scan.sources)) or ("what wol knew of its files is gone",)
    raise WolError(diagnostic("deploy-outdated", f"`{setup.config.build.output}/` is not what a build would make now", notes=notes))


def _reasons(setup: Setup, known: State, sources: Mapping[str, object]) -> Iterator[str]:
    before = known.inputs
    if before is None:
        return
    if before.toolchain != setup.toolchain:
        yield "it was built by another version of wol, or of a plugin"
    if before.config != setup.config_digest:
        yield "`site.toml` has changed"
    elif before.options != setup.options:
        yield "it was built with another `--base-url`"
    if not taking.is_same_moment(setup, known):
        yield "since then an item has appeared or expired"
    old = known.sources
    changed = sorted(path for path in old.keys() | sources.keys() if old.get(path) != sources.get(path))
    if changed:
        yield f"changed since then: {_listed(changed)}"


def _refuse_marked(output: Path) -> None:
    if os.path.lexists(output / MARK):
        raise WolError(diagnostic("deploy-preview", f"`{output.name}/` holds a build with drafts: `{MARK}` is there"))


def _tampered(setup: Setup, bad: Mapping[str, str]) -> Diagnostic:
    message = f"`{setup.config.build.output}/` was changed by another hand: {_listed(sorted(bad))}"
    return diagnostic("deploy-tampered", message)


def _listed(paths: list[str]) -> str:
    more = f" and {len(paths) - SHOWN:,} more" if len(paths) > SHOWN else ""
    return ", ".join(f"`{path}`" for path in paths[:SHOWN]) + more
