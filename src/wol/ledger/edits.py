"""Edits of sources that belong together: all are made, or none.

They are written in such an order that a run which was killed may be repeated: a file that has its new bytes already is left alone, and a renaming comes last.
"""

from __future__ import annotations

import os
from collections.abc import Iterable
from pathlib import Path

import msgspec

from wol import digest, fsio
from wol.engine.workspace import locked, records
from wol.errors import Diagnostic, WolError, diagnostic
from wol.write_errors import write_failed


class Edit(msgspec.Struct, frozen=True):
    """New bytes of a file, by its path from the site's root; `before` is the digest of those that it was made of."""

    path: str
    before: str
    data: bytes


def edit(path: str, before: bytes, after: bytes) -> Edit:
    """Return the edit that makes one of the other."""
    return Edit(path, digest.of_bytes(before), after)


def carry_out(root: Path, edits: Iterable[Edit], new: Iterable[Edit] = (), rename: tuple[str, str] | None = None) -> None:
    """Write files anew, make `new` ones, and then rename a file or folder.

    Raises WolError: source-unreadable if a file is another than it was when the edit was made, write-failed; nothing was written then, unless it is the disk that
    failed on the way: what is done then does no harm, and the command can be repeated.
    """
    edits, new = tuple(edits), tuple(new)
    with locked(records(root)):
        for one in edits:
            _refuse_changed(root, one)
        for path in (*(one.path for one in new), *(rename[1:] if rename else ())):
            if os.path.lexists(root / path) and not (rename and os.path.samefile(root / rename[0], root / path)):
                raise WolError(_present(path))
        try:
            for one in new:
                fsio.write_new(root / one.path, one.data)
            for one in edits:
                fsio.rewrite(root / one.path, one.data)
            if rename is not None:
                fsio.move(root / rename[0], root / rename[1])
        except FileExistsError as error:
            raise WolError(_present(str(error.filename))) from error
        except OSError as error:
            raise WolError(write_failed(error)) from error


def _refuse_changed(root: Path, one: Edit) -> None:
    try:
        same = digest.of_bytes((root / one.path).read_bytes()) == one.before
    except OSError:
        same = False
    if not same:
        message = f"`{one.path}` was changed at this moment; nothing was written"
        raise WolError(diagnostic("source-unreadable", message, one.path, hint="run the command again"))


def _present(path: str) -> Diagnostic:
    message = f"`{path}` is there already; nothing was written"
    return diagnostic("write-failed", message, path, hint="give another name")
