"""The inputs of a site in a folder, brought from one world to the next as a writer's tools would, and as no careful tool would."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path

from harness.world import LINK, PIPE, World


def put(place: Path, data: bytes) -> None:
    """Write a file, or make a link or a pipe where the bytes say so."""
    place.parent.mkdir(parents=True, exist_ok=True)
    if os.path.lexists(place) and (place.is_symlink() or not place.is_file()):
        place.unlink()
    if data.startswith(LINK):
        place.unlink(missing_ok=True)
        place.symlink_to(data.removeprefix(LINK).decode())
    elif data.startswith(PIPE):
        place.unlink(missing_ok=True)
        os.mkfifo(place)
    else:
        place.write_bytes(data)


class Inputs:
    """What is written of a world."""

    def __init__(self, root: Path, world: World) -> None:
        self.root = root
        self.written: Mapping[str, bytes] = {}
        self._closed: frozenset[str] = frozenset()
        self.sync(world)

    def sync(self, world: World) -> None:
        """Write what differs; a renamed file keeps its time, and so does one that is edited without leaving a trace."""
        wanted = world.tree()
        self._close(self._closed - world.closed, closed=False)
        gone = {data: path for path, data in self.written.items() if path not in wanted}
        for path, data in wanted.items():
            before = self.written.get(path)
            if before == data:
                continue
            place = self.root / path
            old = gone.pop(data, None) if before is None else None
            if old is not None:
                place.parent.mkdir(parents=True, exist_ok=True)
                os.replace(self.root / old, place)
            elif before is not None and len(before) == len(data) and path in world.dated:
                time = place.stat().st_mtime_ns
                put(place, data)
                os.utime(place, ns=(time, time))
            else:
                put(place, data)
        for path in self.written:
            if path not in wanted and os.path.lexists(self.root / path):
                (self.root / path).unlink()
        self._close(world.closed, closed=True)
        self.written, self._closed = wanted, world.closed

    def _close(self, paths: frozenset[str], *, closed: bool) -> None:
        """Take the permission to read away, or give it back."""
        for path in paths:
            place = self.root / path
            if place.exists():
                place.chmod(0 if closed else 0o755 if place.is_dir() else 0o644)
