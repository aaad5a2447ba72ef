"""Where a build reads and writes, and which outputs are refused."""

from __future__ import annotations

import os
from pathlib import Path

import msgspec

from wol import digest
from wol.build.records import CACHE
from wol.build.request import BuildRequest
from wol.errors import Diagnostic, WolError, diagnostic
from wol.model.config import Config


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
    refuse_dangerous(found)
    return found


def refuse_dangerous(place: Folders) -> None:
    """Refuse an output that would put other people's files, or the author's, at risk; raises WolError."""
    output = place.output
    real = _real(output)
    root, content, home = _real(place.root), _real(place.content), _home()
    caches = [_real(place.root / CACHE), _real(place.cache)]
    reasons = [
        (real == Path(real.anchor), "it is the top of the file system"),
        (real == home, "it is the home folder"),
        (home is not None and real in home.parents, "it holds the home folder"),
        (real == root, "it is the folder of site.toml"),
        (real in root.parents, "it holds the folder of site.toml"),
        (real == content or content in real.parents, "it is in the content folder"),
        (real in content.parents, "it holds the content folder"),
        (".git" in map(str.casefold, real.parts), "it is inside .git"),
        (output.exists() and not output.is_dir(), "it is a file"),
        (any(real == cache or real in cache.parents for cache in caches), "it holds wol's own caches"),
        (output != place.cache / place.state.name and any(cache in real.parents for cache in caches), "it is among wol's own caches"),
        (_leads_out(output, root), "a link there leads out of the site's folder"),
    ]
    for name in ("themes", "static", "archetypes"):
        folder = root / name
        reasons.append((folder.is_dir() and (real == folder or folder in real.parents), f"it is in {name}/"))
    for refused, why in reasons:
        if refused:
            raise WolError(_dangerous(output, why))


def _dangerous(output: Path, why: str) -> Diagnostic:
    return diagnostic("output-dangerous", f"The output folder `{output}` is refused: {why}")


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
