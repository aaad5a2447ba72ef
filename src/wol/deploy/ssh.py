"""A machine that is reached by ssh, with the keys, names and known hosts that ssh itself has: its programs run here without a shell.

What runs there is a script of ours for `sh`, quoted for the shell of that user, with its arguments beside it.
"""

from __future__ import annotations

import re
import shlex
from collections.abc import Sequence
from pathlib import Path

from wol.deploy import programs
from wol.deploy.deploy_target import TargetContext
from wol.deploy.retry import TransientError, with_retries
from wol.errors import WolError

OPTIONS = ("BatchMode=yes", "ConnectTimeout=20", "ServerAliveInterval=15", "ServerAliveCountMax=4", "ClearAllForwardings=yes")
"""No questions, and an end when the other side is gone."""

_NO_RIGHT = re.compile(r"Permission denied \(|Host key verification failed|HOST IDENTIFICATION|Too many authentication failures")
_UNKNOWN = re.compile(r"Host key verification failed|HOST IDENTIFICATION")
_PASSING = {"ssh": (255,), "sftp": (255,), "rsync": (10, 12, 30, 35, 255)}
"""Exit codes of a connection that failed or broke (ssh(1); rsync(1), EXIT VALUES)."""


class SshHost:
    """The host of a target."""

    def __init__(self, context: TargetContext) -> None:
        self._context = context
        settings = context.settings
        self.path = settings.path.removeprefix("~/").rstrip("/") or "/"
        self.path = self.path if self.path.startswith("/") else f"./{self.path}"
        self._options = [word for option in OPTIONS for word in ("-o", option)]
        self._port = str(settings.port) if settings.port else ""

    def run(self, script: str, *arguments: str, data: bytes = b"") -> bytes:
        """Run a script there, in the folder of the target, which is `$1`; returns what it wrote. Raises WolError."""
        there = ["sh", "-c", script, "wol", self.path, *arguments]
        return self._call([*self._ssh(), "--", self._context.settings.host, shlex.join(there)], data)

    def rsync(self, options: Sequence[str], folder: Path, to: str, data: bytes) -> None:
        """Send files of a folder to a folder there; `data` is the input of rsync."""
        words = ["rsync", *options, "--protect-args", f"--rsh={shlex.join(self._ssh())}", "--", f"{folder}/"]
        self._call([*words, f"{self._context.settings.host}:{self.path}/{to}/"], data)

    def sftp(self, commands: Sequence[str]) -> programs.Ran:
        """Carry out commands of sftp(1), one after the other, until one fails; those that begin with `-` may."""
        port = ["-P", self._port] if self._port else []
        words = ["sftp", "-b", "-", *self._options, *port, "--", self._context.settings.host]
        return self._ran(words, "".join(f"{line}\n" for line in commands).encode("utf-8", "surrogateescape"))

    def _ssh(self) -> list[str]:
        return ["ssh", "-T", *self._options, *(["-p", self._port] if self._port else [])]

    def _call(self, words: list[str], data: bytes) -> bytes:
        return self._ran(words, data).out

    def _ran(self, words: list[str], data: bytes) -> programs.Ran:
        """Run a program, again if the connection failed."""
        return with_retries(lambda: self._once(words, data))

    def _once(self, words: list[str], data: bytes) -> programs.Ran:
        program, timeout = words[0], self._context.settings.timeout
        try:
            ran = programs.run(words, timeout=timeout, data=data, environment={"LC_ALL": "C.UTF-8"})
        except programs.AbsentError:
            raise WolError(self._context.failed(f"there is no program `{program}`", f"install {program}")) from None
        if ran.code == 0:
            return ran
        hint = ""
        if _UNKNOWN.search(ran.words):
            hint = f"connect once by hand and compare the host's key: `ssh {self._context.settings.host}`"
        elif _NO_RIGHT.search(ran.words):
            hint = f"`ssh {self._context.settings.host}` must work without a question: put your key into ssh-agent, and its public half on the host"
        how = f"took longer than {timeout} s" if ran.code is None else "failed"
        wrong = WolError(self._context.failed(f"`{program}` to `{self._context.settings.host}` {how}", hint, ran.notes))
        if not hint and ran.code in _PASSING[program]:
            raise TransientError(wrong)
        raise wrong
