"""A preview with more clients than files that it may open says so in a line, and refuses nobody who is connected."""

from __future__ import annotations

import errno
import os
import socket
import subprocess
import sys
import time
from contextlib import ExitStack
from pathlib import Path

import pytest

from harness.served import Answer, Served, served
from wol.serve import descriptors


def ask_until(here: Served, status: int) -> Answer:
    """Ask for a page until the answer has a status: connections are counted a moment after they are made."""
    for _ in range(200):
        answer = here.get("/about/")
        if answer.status == status:
            return answer
        time.sleep(0.05)
    raise AssertionError(answer)


def test_more_clients_than_there_is_room_for(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Those above the limit get 503 at once; when others have gone, they are answered."""
    monkeypatch.setattr(descriptors, "capacity", lambda: 3)
    with served(root) as here, ExitStack() as idle:
        here.built()
        for _ in range(3):
            idle.enter_context(socket.create_connection(("127.0.0.1", here.port), timeout=10))
        refused = ask_until(here, 503)
        assert refused.headers["retry-after"] == "1"
        assert refused.text == "There are too many connections; close some windows.\n"
        idle.close()
        assert ask_until(here, 200).headers["etag"]


@pytest.mark.parametrize("number", [errno.EMFILE, errno.ENFILE])
def test_a_file_that_cannot_be_opened_now(here: Served, monkeypatch: pytest.MonkeyPatch, number: int) -> None:
    """What exists is never said to be missing because no file can be opened."""

    def refuse(*_: object, **__: object) -> int:
        raise OSError(number, os.strerror(number))

    with monkeypatch.context() as patch:
        patch.setattr("wol.serve.preview.os.open", refuse)
        found = here.get("/about/")
    assert (found.status, found.text) == (503, "wol has too many files open; try again in a moment.\n")
    assert here.get("/about/").status == 200


@pytest.mark.parametrize(("limit", "fits"), [(60, descriptors.FEWEST), (256, 100), (4096, descriptors.MOST)])
def test_how_many_fit(limit: int, fits: int) -> None:
    """The system's limit is raised as far as it may be, and connections leave enough to everything else."""
    program = (
        f"import resource; resource.setrlimit(resource.RLIMIT_NOFILE, ({limit}, {limit}))\n"
        "from wol.serve.descriptors import capacity; print(capacity())"
    )
    found = int(subprocess.run([sys.executable, "-c", program], check=True, capture_output=True, text=True).stdout)
    assert fits <= found <= max(fits, limit - descriptors.RESERVE)


def test_a_low_limit_is_raised() -> None:
    """macOS gives a process 256 files, of which it may have more for the asking."""
    program = (
        "import resource; resource.setrlimit(resource.RLIMIT_NOFILE, (100, 3000))\n"
        "from wol.serve.descriptors import capacity; assert capacity() == 1000; print(resource.getrlimit(resource.RLIMIT_NOFILE)[0])"
    )
    assert subprocess.run([sys.executable, "-c", program], check=True, capture_output=True, text=True).stdout == "3000\n"
