"""Errors of writing: one diagnostic for every room, with the file's name, the reason and a hint of its own."""

from __future__ import annotations

import errno
import os

import pytest

from wol.codes import CODES
from wol.errors import WolError
from wol.write_errors import PERMANENT, hint_for, is_permanent, reported, write_failed


@pytest.mark.parametrize(
    ("number", "hint"),
    [
        (errno.ENOSPC, "free some space"),
        (errno.EROFS, "make that file system writable"),
        (errno.EACCES, "give yourself write permission"),
        (errno.EISDIR, "move that folder away"),
        (errno.EMFILE, "raise the limit of open files"),
    ],
)
def test_what_cannot_be_written(number: int, hint: str) -> None:
    """The diagnostic names the file, the system's reason and what to do about it."""
    failed = write_failed(OSError(number, os.strerror(number), "public/a.html"))
    assert (failed.code, failed.message) == ("write-failed", f"`public/a.html` could not be written: {os.strerror(number)}")
    assert failed.hint.startswith(hint)


def test_an_unknown_error_has_the_general_hint() -> None:
    """An error that nothing better is known of still says what to do, and has a name for its file."""
    failed = write_failed(OSError("odd"))
    assert (failed.message, failed.hint) == ("A file could not be written: odd", CODES["write-failed"].way_out)
    assert hint_for(OSError(errno.EDOM, "odd")) == ""


def test_only_errors_of_a_path_are_permanent() -> None:
    """A full disk may have room later; a name that is too long stays too long."""
    assert is_permanent(OSError(errno.ENAMETOOLONG, ""))
    assert not is_permanent(OSError(errno.ENOSPC, ""))
    assert errno.EIO not in PERMANENT


def test_reported() -> None:
    """An OSError of the body becomes the diagnostic; other errors pass as they are."""
    with pytest.raises(WolError) as caught, reported():
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), "public/a.html")
    assert [d.code for d in caught.value.diagnostics] == ["write-failed"]
    with pytest.raises(ValueError, match="mine"), reported():
        raise ValueError("mine")
