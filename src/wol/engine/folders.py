"""Where a build reads and writes, and which outputs are refused."""

from __future__ import annotations

import os
import shlex
from collections.abc import Iterator
from pathlib import Path

import msgspec

from wol import digest, paths
from wol.engine.records import CACHE
from wol.engine.request import BuildRequest
from wol.errors import Diagnostic, WolError, diagnostic
from wol.model.config import Config

SOURCES = ("themes", "static", "archetypes", "data", "ledger")
"""Folders beside site.toml in which writers keep files, whether their site uses them now or not."""


class Folders(msgspec.Struct, frozen=True):
    """The folders of one build: `state` belongs to one profile and output, `store` is shared by all."""

    root: Path
    content: Path
    output: Path
    cache: Path
    state: Path
    store: Path


def release_output(root: Path, config: Config) -> Path:
    """Give the folder of the public site."""
    return root / config.build.output


def folders(request: BuildRequest, config: Config, cache: Path) -> Folders:
    """Decide where everything is; raises WolError (output-dangerous) before anything is written."""
    root = request.root
    profile = request.visibility.profile
    usual = release_output(root, config) if profile == "release" else cache / profile
    output = Path(os.path.abspath(request.output)) if request.output is not None else usual
    if profile != "release" and _real(output) == _real(release_output(root, config)):
        raise WolError(_dangerous(output, "it is the folder of the public site, and this build shows what is not published"))
    name = profile if output == usual else f"{profile}-{digest.short(digest.of_parts([str(output)]))}"
    found = Folders(root, root / config.content.folder, output, cache, cache / "state" / name, cache / "store")
    refuse_dangerous(found, config)
    return found


def refuse_dangerous(place: Folders, config: Config) -> None:
    """Refuse an output that would put other people's files, or the author's, at risk; raises WolError."""
    output = place.output
    real = _real(output)
    root, content, home = _real(place.root), _real(place.content), _home()
    caches = [_real(place.root / CACHE), _real(place.cache)]
    reasons = [
        (real == Path(real.anchor), "it is the top of the file system"),
        (real == home, "it is the home folder"),
        (home is not None and real in home.parents, "it holds the home folder"),
        (_is_same(real, root), "it is the folder of site.toml"),
        (_is_in(root, real), "it holds the folder of site.toml"),
        (_is_in(real, content), "it is in the content folder"),
        (_is_in(content, real), "it holds the content folder"),
        (any(map(paths.is_git, real.parts)), "it is inside .git"),
        (any(_is_in(cache, real) for cache in caches), "it holds wol's own caches"),
        (output != place.cache / place.state.name and any(_is_in(real, cache) for cache in caches), "it is among wol's own caches"),
        (_leads_out(output, root), "a link there leads out of the site's folder"),
        *_among_sources(root, real, config),
        *_among_outputs(place, real, config),
    ]
    for refused, why in reasons:
        if refused:
            raise WolError(_dangerous(output, why))
    if os.path.lexists(output) and not os.path.isdir(output):
        what = "it is a broken link" if output.is_symlink() else "it is a file"
        raise WolError(_dangerous(output, what, hint=f"remove it: `rm {shlex.quote(str(output))}`"))


def _among_sources(root: Path, real: Path, config: Config) -> Iterator[tuple[bool, str]]:
    """Give for each folder of a writer's files, there or not, whether the output is in it or holds it."""
    for name in dict.fromkeys((*SOURCES, *config.content.static.values())):
        folder = _real(root / name)
        yield _is_in(real, folder), f"it is in {name}/"
        yield _is_in(folder, real), f"it holds {name}/"


def _among_outputs(place: Folders, real: Path, config: Config) -> Iterator[tuple[bool, str]]:
    """Give whether the output and that of the public site lie in one another, or that of a deploy."""
    public = _real(release_output(place.root, config))
    if not _is_same(public, real):
        yield _is_in(real, public), "it is in the folder of the public site"
        yield _is_in(public, real), "it holds the folder of the public site"


def _dangerous(output: Path, why: str, hint: str = "") -> Diagnostic:
    return diagnostic("output-dangerous", f"The output folder `{output}` is refused: {why}", hint=hint)


def _is_in(inner: Path, outer: Path) -> bool:
    """Whether a real path is another or lies in it, also where the file system takes upper and lower case for the same."""
    if inner == outer or outer in inner.parents:
        return True
    folded = paths.fold(str(outer))
    return any(
        paths.fold(str(above)) == folded and _is_same(above, outer)
        for above in (inner, *inner.parents)
        if len(above.parts) == len(outer.parts)
    )


def _is_same(one: Path, other: Path) -> bool:
    """Whether two real paths are one place; names that only differ in case are, where the system says so or cannot say yet."""
    if one == other:
        return True
    if paths.fold(str(one)) != paths.fold(str(other)):
        return False
    try:
        return os.path.samefile(one, other)
    except OSError:
        return not (os.path.lexists(one) or os.path.lexists(other)) and _ignores_case(one)


def _ignores_case(path: Path) -> bool:
    """Whether the file system at a path takes upper and lower case for the same, judged by the nearest folder that is there."""
    while not os.path.lexists(path):
        path = path.parent
    for folder in (path, *path.parents):
        other = folder.parent / folder.name.swapcase()
        if other != folder:
            return os.path.lexists(other)
    return False


def _leads_out(output: Path, root: Path) -> bool:
    """Whether a path that is typed inside the site ends outside of it by a symbolic link."""
    typed = Path(os.path.abspath(output))
    inside = Path(os.path.abspath(root)) in typed.parents or root in typed.parents
    return inside and root not in _real(output).parents


def _real(path: Path) -> Path:
    return Path(os.path.realpath(path))


def _home() -> Path | None:
    try:
        return _real(Path.home())
    except RuntimeError:
        return None
