"""Which paths wake a watched site: those that a build may read. What editors and others leave beside them does not."""

from __future__ import annotations

import os
import re

_FOREIGN = re.compile(r"(?:^|/)(?:\.git|\.wol|node_modules|__pycache__)(?:/|$)")
_LEFT = re.compile(r"^\.|~$|^#.*#$|\.(?:swp|swx|tmp|bak|orig)$|sync-conflict|^Thumbs\.db$|^4913$|___jb_(?:tmp|old)___$")
_STATIC_LEFT = re.compile(r"^\.DS_Store$|^\..*\.sw[px]$|^\.#|^#.*#$|^4913$|___jb_(?:tmp|old)___$")


def matters(holds: str, path: str) -> bool:
    """Whether a path, from the top of a tree of that sort, may be one that a build reads.

    The rule is wider than that of `wol.content.scan`, which decides: a link may lead to a file whose own name would not be read.
    """
    path = path.replace(os.sep, "/")
    if _FOREIGN.search(path):
        return False
    name = path.rpartition("/")[2]
    if holds == "code":
        return name.endswith(".py")
    return not (_STATIC_LEFT if holds == "static" else _LEFT).search(name)


class Causes:
    """The paths that have changed since the last build, each once; what came and went meanwhile is none."""

    def __init__(self) -> None:
        self._paths: dict[str, bool] = {}
        """True for what was not there before."""

    def came(self, path: str) -> None:
        """A path is there that may not have been."""
        self._paths.setdefault(path, True)

    def changed(self, path: str) -> None:
        """A path has other bytes."""
        self._paths.setdefault(path, False)

    def went(self, path: str) -> None:
        """A path is not there any more."""
        if self._paths.get(path):
            del self._paths[path]
        else:
            self._paths[path] = False

    def take(self) -> tuple[str, ...]:
        """Give the paths, sorted, without the folders of others that are named, and forget them."""
        paths = sorted(self._paths)
        self._paths.clear()
        above = {path[:i] for path in paths for i, sign in enumerate(path) if sign == os.sep}
        return tuple(path for path in paths if path not in above)
