"""Hosts on loopback: OpenSSH's server with keys and settings of its own, and the programs that need it."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from getpass import getuser
from pathlib import Path

import pytest

PLACES = os.pathsep.join([os.environ.get("PATH", ""), "/usr/sbin", "/usr/lib/openssh"])


def program(name: str) -> str:
    """Find a program; where it is missing, the test is skipped, but fails in CI."""
    found = shutil.which(name, path=PLACES)
    if found is None:
        lacks = f"`{name}` is not here (apt-get install openssh-server rsync nginx-light)"
        (pytest.fail if os.environ.get("CI") == "true" else pytest.skip)(lacks)
    return found


def free_port() -> int:
    """Return a port that nobody uses."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])


@contextmanager
def serving(words: Sequence[str], port: int, log: Path) -> Iterator[None]:
    """Run a server as long as it lasts; it must answer on its port soon."""
    with log.open("wb") as said:
        process = subprocess.Popen(words, stdin=subprocess.DEVNULL, stdout=said, stderr=said, start_new_session=True)
    try:
        for _ in range(400):
            try:
                socket.create_connection(("127.0.0.1", port), timeout=5).close()
                break
            except OSError:
                assert process.poll() is None, log.read_text()
                time.sleep(0.05)
        yield
    finally:
        process.terminate()
        process.wait(20)


@contextmanager
def sshd(folder: Path) -> Iterator[Path]:
    """Serve ssh, and give a folder with `ssh` and `sftp` that know the host `testhost`, to be first in PATH."""
    server, sftp_server = program("sshd"), program("sftp-server")
    if os.geteuid() == 0:
        Path("/run/sshd").mkdir(exist_ok=True)  # sshd asks for it when root starts it
    folder.mkdir(parents=True)
    for name in ("host", "user"):
        subprocess.run([program("ssh-keygen"), "-q", "-t", "ed25519", "-N", "", "-f", folder / name], check=True, timeout=60)
    port = free_port()
    (folder / "known").write_text(f"[127.0.0.1]:{port} {(folder / 'host.pub').read_text()}")
    shutil.copy(folder / "user.pub", folder / "authorized")
    (folder / "sshd_config").write_text(
        f"ListenAddress 127.0.0.1:{port}\nHostKey {folder}/host\nAuthorizedKeysFile {folder}/authorized\nPidFile none\nStrictModes no\n"
        "PermitRootLogin yes\nPasswordAuthentication no\nKbdInteractiveAuthentication no\nUsePAM no\nMaxStartups 100\n"
        f"Subsystem sftp {sftp_server}\n"
    )
    (folder / "config").write_text(
        f"Host testhost\n HostName 127.0.0.1\n Port {port}\n User {getuser()}\n IdentityFile {folder}/user\n IdentitiesOnly yes\n"
        f" UserKnownHostsFile {folder}/known\n GlobalKnownHostsFile /dev/null\n StrictHostKeyChecking yes\n IdentityAgent none\n"
    )
    (folder / "bin").mkdir()
    for name in ("ssh", "sftp"):
        wrapper = folder / "bin" / name
        wrapper.write_text(f'#!/bin/sh\nexec {program(name)} -F {folder}/config "$@"\n')
        wrapper.chmod(0o755)
    with serving([server, "-D", "-e", "-f", str(folder / "sshd_config")], port, folder / "log"):
        yield folder / "bin"
