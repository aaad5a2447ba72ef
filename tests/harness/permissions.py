"""Permissions that bind root too, as tests run as root: what its owner may not read cannot be read."""

from __future__ import annotations

import builtins
import errno
import os
import stat
from typing import Any

import pytest

from wol.content import walk


def enforce(patch: pytest.MonkeyPatch) -> None:
    """Let a scan open no file and list no folder without the owner's permission to read it."""
    listed = os.scandir

    def scandir(place: Any = ".") -> Any:
        _refuse(place)
        return listed(place)

    def opened(place: Any, *given: Any, **named: Any) -> Any:
        _refuse(place)
        return builtins.open(place, *given, **named)

    patch.setattr(walk, "open", opened, raising=False)
    patch.setattr(os, "scandir", scandir)


def _refuse(place: Any) -> None:
    if isinstance(place, str) and not os.stat(place).st_mode & stat.S_IRUSR:
        raise PermissionError(errno.EACCES, os.strerror(errno.EACCES), place)
