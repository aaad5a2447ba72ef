"""A branch of a git repository elsewhere, by git's plumbing: a repository of wol's own fetches it, gets a new commit and pushes that.

Nothing is forced: a push that is not a fast-forward is refused by the other side, and the branch is as it was.
"""

from __future__ import annotations

import base64
import os
import re
from collections.abc import Iterable, Mapping
from pathlib import Path

import msgspec

from wol import clock, fsio
from wol.deploy import programs
from wol.deploy.deploy_target import TargetChangedError, TargetContext
from wol.deploy.retry import TransientError, with_retries
from wol.errors import WolError

DEPTH = 50
"""Commits of the branch that are fetched."""

LIVE, NEXT = "refs/wol/live", "refs/wol/next"

_MOVED = re.compile(r"\[rejected\]|non-fast-forward|fetch first|cannot lock ref|reference already exists|stale info")
_PASSING = re.compile(
    r"Could not resolve host|timed out|Connection (?:reset|refused|closed)|early EOF|hung up|unexpectedly closed|HTTP (?:429|5\d\d)"
    r"|returned error: (?:429|5\d\d)|Temporary failure|RPC failed",
    re.IGNORECASE,
)
_BROKEN = re.compile(
    r"\.lock'|not a git repository: |bad object|corrupt|loose object|unable to read (?:sha1|tree)|bad config|ambiguous argument"
)
_NO_RIGHT = re.compile(r"Authentication failed|Permission denied|could not read (?:Username|Password)|returned error: 40[13]|publickey")


class Commit(msgspec.Struct, frozen=True):
    """A commit: its name and its message."""

    id: str
    message: str


class Repository:
    """The branch `branch` of `remote`; `folder` is where the repository of wol's own lies."""

    def __init__(self, context: TargetContext, folder: Path, remote: str, branch: str, token: str) -> None:
        self._context = context
        self._folder = folder
        self._remote = remote
        self._branch = branch
        self._token = token

    def fetch(self) -> str:
        """Fetch the branch and give its newest commit; empty if there is no such branch. What a crash has broken of wol's own is made anew."""
        try:
            return self._fetch()
        except WolError as error:
            if not _BROKEN.search("\n".join(note for one in error.diagnostics for note in one.notes)):
                raise
        fsio.remove_tree(self._folder)
        return self._fetch()

    def _fetch(self) -> str:
        if not (self._folder / "HEAD").is_file():
            self._git("init", "-q", "--bare", str(self._folder), inside=False)
        refs = self._there("ls-remote", self._remote, f"refs/heads/{self._branch}").split()
        if not refs:
            return ""
        self._there(
            "fetch", "-q", "--no-tags", "--no-write-fetch-head", f"--depth={DEPTH}", self._remote, f"+refs/heads/{self._branch}:{LIVE}"
        )
        return self._git("rev-parse", LIVE).decode().strip()

    def deepen(self) -> bool:
        """Fetch all of the branch's history; False if it is all there already."""
        if not (self._folder / "shallow").is_file():
            return False
        self._there("fetch", "-q", "--no-tags", "--no-write-fetch-head", "--unshallow", self._remote, f"+refs/heads/{self._branch}:{LIVE}")
        return True

    def tree(self, commit: str) -> dict[str, str]:
        """Return the files of a commit: path to the name of the bytes; links and submodules with their mode."""
        files = {}
        for line in self._git("ls-tree", "-r", "-z", "--full-tree", commit).split(b"\0")[:-1]:
            about, _, path = line.partition(b"\t")
            mode, _, name = about.decode().split()
            files[path.decode("utf-8", "surrogateescape")] = name if mode in ("100644", "100755") else f"{mode} {name}"
        return files

    def log(self, tip: str) -> Iterable[Commit]:
        """Return the commits of the branch, the newest first, one for each that was pushed."""
        output = self._git("log", "-z", "--first-parent", "--format=%H%n%B", tip).decode("utf-8", "surrogateescape")
        for entry in output.split("\0"):
            name, _, message = entry.strip("\n").partition("\n")
            if name:
                yield Commit(name, message)

    def commit(self, tip: str, message: str, new: Mapping[str, bytes], names: Mapping[str, str], gone: Iterable[str]) -> str:
        """Make a commit after `tip`: files with new bytes, files with bytes that the repository has by their names, and those that go."""
        stream: list[bytes] = []
        for number, data in enumerate(new.values(), 1):
            stream += [b"blob\nmark :%d\n" % number, b"data %d\n" % len(data), data, b"\n"]
        words = message.encode("utf-8", "surrogateescape")
        stream += [f"commit {NEXT}\ncommitter {self._committer()}\n".encode(), b"data %d\n" % len(words), words, b"\n"]
        stream += [f"from {tip}\n".encode()] if tip else []
        stream += [b"D %s\n" % _quoted(path) for path in gone]
        stream += [b"M 100644 %s %s\n" % (name.encode(), _quoted(path)) for path, name in names.items()]
        stream += [b"M 100644 :%d %s\n" % (number, _quoted(path)) for number, path in enumerate(new, 1)]
        self._git("update-ref", "-d", NEXT)
        self._git("fast-import", "--quiet", "--done", data=b"".join([*stream, b"done\n"]))
        return self._git("rev-parse", NEXT).decode().strip()

    def push(self, commit: str) -> None:
        """Make a commit the newest of the branch there; raises TargetChangedError if the branch is not what it was."""
        self._there("push", "-q", self._remote, f"{commit}:refs/heads/{self._branch}")

    def _committer(self) -> str:
        """Return name, address and time for a commit: those of the user's git; where it knows none, the site's author."""
        known = programs.run(["git", "config", "user.email"], timeout=60, folder=self._context.root)
        if known.code == 0 and known.out.strip():
            return self._git("var", "GIT_COMMITTER_IDENT", folder=self._context.root, inside=False).decode("utf-8", "replace").strip()
        author = self._context.config.site.author
        name, address = (re.sub(r"[<>\n]", "", text) for text in (author.name or "wol", author.email or "wol@invalid"))
        return f"{name} <{address}> {clock.now() // clock.MICROSECONDS} +0000"

    def _there(self, *words: str) -> str:
        """Run what speaks with the other side, again if the network failed."""
        return with_retries(lambda: self._git(*words, over_network=True)).decode("utf-8", "replace")

    def _git(self, *words: str, data: bytes = b"", folder: Path | None = None, inside: bool = True, over_network: bool = False) -> bytes:
        """Run git, and give what it wrote; raises WolError, and over a network TargetChangedError and TransientError."""
        own = ["--git-dir", str(self._folder)] if inside else []
        secret = base64.b64encode(f"x-access-token:{self._token}".encode()).decode() if self._token else ""
        timeout = self._context.settings.timeout
        environment = self._environment(secret)
        try:
            ran = programs.run(
                ["git", *own, *words], timeout=timeout, data=data, folder=folder, environment=environment, secrets=(self._token, secret)
            )
        except programs.AbsentError:
            raise WolError(self._context.failed("there is no program `git`", "install git")) from None
        if ran.code == 0:
            return ran.out
        how = f"took longer than {timeout} s" if ran.code is None else "failed"
        hint = "check name and rights; git must be able to push there without asking" if _NO_RIGHT.search(ran.words) else ""
        wrong = WolError(self._context.failed(f"`git {words[0]}` {how}", hint, ran.notes))
        if words[0] == "push" and _MOVED.search(ran.words):
            raise TargetChangedError from wrong
        if over_network and not hint and (ran.code is None or _PASSING.search(ran.words)):
            raise TransientError(wrong)
        raise wrong

    def _environment(self, secret: str) -> dict[str, str | None]:
        """Return variables for git: plain words, no questions, no repository but the one that is named, and the token for the remote alone."""
        variables: dict[str, str | None] = {"LC_ALL": "C", "GIT_TERMINAL_PROMPT": "0", "GIT_ADVICE": "0"}
        variables |= dict.fromkeys(("GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE", "GIT_OBJECT_DIRECTORY", "GIT_NAMESPACE", "GIT_PREFIX"))
        if secret:
            count = int(os.environ.get("GIT_CONFIG_COUNT") or 0)
            variables["GIT_CONFIG_COUNT"] = str(count + 1)
            variables[f"GIT_CONFIG_KEY_{count}"] = f"http.{self._remote}.extraHeader"
            variables[f"GIT_CONFIG_VALUE_{count}"] = f"Authorization: Basic {secret}"
        return variables


def _quoted(path: str) -> bytes:
    """Return a path as `git fast-import` reads it."""
    escaped = path.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")
    return b'"%s"' % escaped.encode("utf-8", "surrogateescape")
