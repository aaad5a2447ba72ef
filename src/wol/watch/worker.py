"""The worker process: one thread that builds, one session, and a connection to the supervisor. It ends when the supervisor does, even in the middle of a build."""

from __future__ import annotations

import contextlib
import fcntl
import gc
import os
import select
import signal
import socket
import sys
import traceback
from collections.abc import Collection, Iterator, Mapping
from importlib import import_module
from pathlib import Path
from urllib.parse import urlsplit

from wol import clock
from wol.collector import collect_seldom
from wol.engine.fix_data import text_to_copy
from wol.engine.request import BuildRequest
from wol.engine.session import Session
from wol.engine.source_lines import SourceLines
from wol.engine.toolchain import OutdatedProcessError
from wol.errors import Diagnostic, WolError
from wol.features import registry
from wol.watch.messages import (
    Build,
    BuildCrashed,
    BuildFailed,
    BuildResult,
    BuildSucceeded,
    Frames,
    PagesRendered,
    Progress,
    QuotedDiagnostic,
    SupervisorMessage,
    ViewedPages,
    WatchedPaths,
    WorkerMessage,
    frame,
)
from wol.watch.plugin_files import PluginFiles
from wol.watch.supervisor import BROKEN, OUTDATED
from wol.watch.watched_paths import LiveSettings, watched_paths

PACE = 0.1
"""Seconds between two progress messages."""

SOON = ("wol.content.read", "wol.render.environment")
"""Modules that the first save needs and a start with nothing to do has not loaded. They are loaded while nobody waits."""

LAST = 5
"""Seconds after the connection ends until the system kills this process, whatever it is doing."""


class _DisconnectedError(KeyboardInterrupt):
    """The connection has ended, or the process was asked to. Cleaning up is the same as for Ctrl-C."""


class SupervisorConnection:
    """The worker's end of the connection to the supervisor. If that ends during a build, the build is interrupted."""

    def __init__(self, pipe: socket.socket) -> None:
        self._pipe = pipe
        self._frames = Frames(SupervisorMessage)
        self._orders: list[SupervisorMessage] = []
        self._poll = select.poll()
        self._poll.register(pipe, select.POLLHUP)
        self._busy = False
        signal.signal(signal.SIGIO, self._interrupt)
        fcntl.fcntl(pipe, fcntl.F_SETOWN, os.getpid())
        fcntl.fcntl(pipe, fcntl.F_SETFL, fcntl.fcntl(pipe, fcntl.F_GETFL) | os.O_ASYNC)

    def orders(self) -> Iterator[SupervisorMessage]:
        """Yield messages until the connection ends."""
        while True:
            while self._orders:
                yield self._orders.pop(0)
            data = self._pipe.recv(1 << 16)
            if not data:
                return
            self._orders += self._frames.feed(data)

    def peek(self) -> list[SupervisorMessage]:
        """Return the messages that have arrived and are not handled yet, without waiting; they stay in the queue."""
        with contextlib.suppress(BlockingIOError):
            while data := self._pipe.recv(1 << 16, socket.MSG_DONTWAIT):
                self._orders += self._frames.feed(data)
        return self._orders

    def send(self, news: WorkerMessage) -> None:
        """Send a message."""
        try:
            self._pipe.sendall(frame(news))
        except OSError as error:
            raise _DisconnectedError from error

    @contextlib.contextmanager
    def busy(self) -> Iterator[None]:
        """Let the end of the connection interrupt the body."""
        self._busy = True
        try:
            self._interrupt()
            yield
        finally:
            self._busy = False

    def _interrupt(self, *_: object) -> None:
        """Handle SIGIO: a message has arrived, or the connection has ended."""
        if self._busy and self._poll.poll(0):
            self._busy = False
            signal.alarm(LAST)
            raise _DisconnectedError


class EarlyPages:
    """Pages that are shown before a build ends (`wol.engine.request.Ahead`): the supervisor says which, and is told when they are rendered."""

    def __init__(self, connection: SupervisorConnection) -> None:
        self._connection = connection
        self.paths: tuple[str, ...] = ()

    def wanted(self) -> Collection[str]:
        """Return the output paths that are being viewed now."""
        for order in self._connection.peek():
            if isinstance(order, ViewedPages):
                self.paths = order.paths
        return self.paths

    def rendered(self, staged: Mapping[str, str]) -> None:
        """Report the files that are complete already."""
        self._connection.send(PagesRendered(dict(staged)))


class Worker:
    """Handles one message after the other."""

    def __init__(self, connection: SupervisorConnection) -> None:
        self._connection = connection
        self._session = Session(registry.load)
        self._early_pages = EarlyPages(connection)
        self._plugin_files = PluginFiles()
        self._settings: LiveSettings | None = None
        self._progress_at = 0.0
        self._settled = False

    def run(self) -> int:
        """Work until the connection ends; returns the exit code."""
        for order in self._connection.orders():
            if isinstance(order, ViewedPages):
                self._early_pages.paths = order.paths
                continue
            with self._connection.busy():
                try:
                    answer = None if self._plugin_files.outdated() else self._answer(order)
                except OutdatedProcessError:
                    return OUTDATED
                if answer is None or self._plugin_files.outdated():
                    return OUTDATED
                self._connection.send(answer)
            if isinstance(answer, BuildCrashed):
                return BROKEN  # who knows what it left behind in memory
            if isinstance(answer, BuildSucceeded) and not self._settled:
                self._settled = True
                for name in SOON:
                    import_module(name)
                gc.collect()
                gc.freeze()  # to look for circles in all that a session keeps would take longer than most builds
        return 0

    def _answer(self, order: Build) -> BuildResult:
        started = clock.elapsed()
        root = Path(order.root)
        settings = self._settings = self._settings or LiveSettings(root)
        settings.update()
        request = self._request(order, settings)
        try:
            report = self._session.build(request)
        except OutdatedProcessError:
            raise
        except WolError as error:
            seconds = clock.elapsed() - started
            return BuildFailed(_findings(error.diagnostics, root), seconds, self._roots(root, settings))
        except Exception as error:
            return BuildCrashed(f"{type(error).__name__}: {error}", traceback.format_exc())
        return BuildSucceeded(
            output=report.output,
            base_url=request.base_url or settings.config.site.base_url,
            pages=report.pages,
            rendered=report.rendered,
            written=tuple(outcome.path for outcome in report.outcomes if outcome.written),
            removed=report.removed,
            findings=_findings(report.diagnostics, root),
            next_change=report.next_change,
            seconds=report.seconds,
            watched_paths=self._roots(root, settings),
        )

    def _roots(self, root: Path, settings: LiveSettings) -> WatchedPaths:
        self._plugin_files.note()
        return watched_paths(root, settings.config, self._plugin_files.files)

    def _request(self, order: Build, settings: LiveSettings) -> BuildRequest:
        address = order.base_url
        if order.origin is not None and address is None:
            address = order.origin + urlsplit(settings.config.site.base_url).path
        return BuildRequest(
            Path(order.root),
            base_url=address,
            preview=order.preview,
            drafts=order.drafts,
            future=order.future,
            clean=order.clean,
            progress=self._progress,
            ahead=self._early_pages if order.preview else None,
            adopt=order.preview,  # nobody else writes in its folder, though its records may be lost
        )

    def _progress(self, stage: str, done: int, total: int) -> None:
        now = clock.elapsed()
        if now - self._progress_at >= PACE:
            self._progress_at = now
            self._connection.send(Progress(stage, done, total))


def _findings(diagnostics: Collection[Diagnostic], root: Path) -> tuple[QuotedDiagnostic, ...]:
    """Quote the source lines of errors while the files are as the build read them."""
    lines = SourceLines(root)
    return tuple(
        QuotedDiagnostic(
            d, (lines.line(d.span) or "") if d.span is not None and d.severity == "error" else "", text_to_copy(d, lines) if d.fix else ""
        )
        for d in diagnostics
    )


def _terminated(*_: object) -> None:
    raise _DisconnectedError


def main(handle: int) -> int:
    """Run the worker process with the connection at a file descriptor; returns the exit code."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGHUP, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, _terminated)
    collect_seldom()
    with socket.socket(fileno=handle) as pipe, contextlib.suppress(_DisconnectedError, ConnectionError):
        code = Worker(SupervisorConnection(pipe)).run()
        gc.disable()
        gc.freeze()  # as at the end of any command
        return code
    return 0


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1])))
