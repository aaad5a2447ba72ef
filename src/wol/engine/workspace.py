"""The folders of one build: where wol keeps its records, the lock on them, and which outputs are refused.

Records are `.wol/` beside site.toml. Where that cannot be written (a folder that is mounted read-only, or belongs to somebody else), it is a folder
of the user's own, because the lists of what wol wrote must be kept. They move back as soon as `.wol/` can be written again.
"""

from __future__ import annotations

import contextlib
import os
import shlex
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import msgspec

from wol import clock, digest, paths
from wol.engine.request import BuildRequest
from wol.errors import Diagnostic, WolError, diagnostic
from wol.locks import Lock
from wol.model.config import Config

CACHE = ".wol"


def records(root: Path) -> Path:
    """Return the folder of a site's records; that in the site if no other can be written either."""
    usual = root / CACHE
    if _is_writable(usual):
        return usual
    outside = elsewhere(root)
    return outside if outside is not None and _is_writable(outside) else usual


def elsewhere(root: Path) -> Path | None:
    """Return the folder of records outside of the site; None if this user has no home."""
    setting = os.environ.get("XDG_STATE_HOME", "")
    try:  # a relative path is to be ignored, says the specification of the variable
        state = Path(setting) if os.path.isabs(setting) else Path.home() / ".local" / "state"
    except RuntimeError:
        return None
    if not state.is_absolute():
        return None
    return state / "wol" / digest.short(digest.of_parts([os.path.realpath(root)]))


def portable(cache: Path, path: Path) -> str:
    """Return a path as records keep it: from where they lie, if it lies there too, so that a site may be moved. `cache.parent / text` leads back."""
    return str(path.relative_to(cache.parent)) if path.is_relative_to(cache.parent) else str(path)


def _is_writable(cache: Path) -> bool:
    return all(os.access(place, os.W_OK | (os.X_OK if os.path.isdir(place) else 0)) for place in _written(cache))


def _written(cache: Path) -> Iterator[str]:
    """Return what is there and must be writable for a build: the folder (or the one that it would be made in), and what is in it."""
    if not os.path.isdir(cache):
        top = cache
        while not os.path.lexists(top):
            top = top.parent
        yield str(top) if top != cache else os.devnull + "/"  # something else stands there
        return
    yield str(cache)
    lock = f"{cache}/lock"
    if os.path.exists(lock):
        yield lock
    for folder in (f"{cache}/state", f"{cache}/store"):
        if os.path.exists(folder):  # a broken link is repaired
            yield folder
            with contextlib.suppress(OSError), os.scandir(folder) as found:
                yield from (entry.path for entry in found)


PATIENCE = 5.0
"""Seconds to wait for another build before giving up."""


@contextmanager
def locked(cache: Path, patience: float = PATIENCE) -> Iterator[None]:
    """Hold the lock of a site. Raises WolError: build-locked, naming the holder, if another build does not end soon; config-missing, write-failed."""
    if cache.name == CACHE and not cache.parent.is_dir():  # the site was moved away: nothing of it is to be made anew
        raise WolError(diagnostic("config-missing", f"The folder `{cache.parent}` is not there any more"))
    lock = Lock(cache / "lock")
    end = clock.elapsed() + patience
    try:
        while (holder := lock.acquire(_name())) is not None:
            if clock.elapsed() > end:
                raise WolError(diagnostic("build-locked", f"Another build of this site is running: {holder}"))
            clock.wait(0.05)
    except OSError as error:
        raise WolError(_unusable(cache, error)) from error
    with lock:
        yield


def not_a_folder(cache: Path) -> Diagnostic:
    """Report that something else is where the folder of records must be."""
    message = f"`{cache}`, where wol keeps what it knows of the site, is not a folder"
    return diagnostic("write-failed", message, hint=f"remove it: `rm {shlex.quote(str(cache))}`")


def _unusable(cache: Path, error: OSError) -> Diagnostic:
    """Report why the folder of records cannot be used."""
    if os.path.lexists(cache) and not os.path.isdir(cache):
        return not_a_folder(cache)
    message = f"`{cache}`, where wol keeps what it knows of the site, cannot be written: {error.strerror or error}"
    return diagnostic("write-failed", message, hint="make it writable, or name a folder for such things in the variable XDG_STATE_HOME")


def _name() -> str:
    return f"process {os.getpid()} on {os.uname().nodename}, since {clock.stamp()}"


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
    """Return the folder of the public site."""
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
    place = Folders(root, root / config.content.folder, output, cache, cache / "state" / name, cache / "store")
    refuse_dangerous(place, config)
    return place


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
    """Return for each folder of a writer's files, there or not, whether the output is in it or holds it."""
    for name in dict.fromkeys((*SOURCES, *config.content.static.values())):
        folder = _real(root / name)
        yield _is_in(real, folder), f"it is in {name}/"
        yield _is_in(folder, real), f"it holds {name}/"


def _among_outputs(place: Folders, real: Path, config: Config) -> Iterator[tuple[bool, str]]:
    """Return whether the output and that of the public site lie in one another, or that of a deploy."""
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
    absolute = Path(os.path.abspath(output))
    inside = Path(os.path.abspath(root)) in absolute.parents or root in absolute.parents
    return inside and root not in _real(output).parents


def _real(path: Path) -> Path:
    return Path(os.path.realpath(path))


def _home() -> Path | None:
    try:
        return _real(Path.home())
    except RuntimeError:
        return None
