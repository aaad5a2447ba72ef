"""Which changed paths trigger a build: those that a build may read, and not the temporary files of editors and other programs."""

from __future__ import annotations

import os
import re

_FOREIGN = re.compile(r"(?:^|/)(?:\.git|\.wol|node_modules|__pycache__)(?:/|$)")
_LEFT = re.compile(r"^\.|~$|^#.*#$|\.(?:swp|swx|tmp|bak|orig)$|sync-conflict|^Thumbs\.db$|^4913$|___jb_(?:tmp|old)___$")
_STATIC_LEFT = re.compile(r"^\.DS_Store$|^\..*\.sw[px]$|^\.#|^#.*#$|^4913$|___jb_(?:tmp|old)___$")


def is_relevant(holds: str, path: str) -> bool:
    """Return whether a path, relative to a watched folder of this kind, may be one that a build reads.

    The rule is wider than that of `wol.content.scan`, which decides: a link may lead to a file whose own name would not be read.
    """
    path = path.replace(os.sep, "/")
    if _FOREIGN.search(path):
        return False
    name = path.rpartition("/")[2]
    if holds == "code":
        return name.endswith(".py")
    return not (_STATIC_LEFT if holds == "static" else _LEFT).search(name)


class ChangedPaths:
    """The paths that changed since the last build, each once; a file that was created and deleted again is not among them."""

    def __init__(self) -> None:
        self._paths: dict[str, bool] = {}
        """True for a path that did not exist before."""

    def came(self, path: str) -> None:
        """Record a path that may be new."""
        self._paths.setdefault(path, True)

    def changed(self, path: str) -> None:
        """Record a path whose content changed."""
        self._paths.setdefault(path, False)

    def went(self, path: str) -> None:
        """Record a path that was deleted."""
        if self._paths.get(path):
            del self._paths[path]
        else:
            self._paths[path] = False

    def take(self) -> tuple[str, ...]:
        """Return the paths, sorted and without folders that contain others of them, and clear the list."""
        paths = sorted(self._paths)
        self._paths.clear()
        above = {path[:i] for path in paths for i, char in enumerate(path) if char == os.sep}
        return tuple(path for path in paths if path not in above)
