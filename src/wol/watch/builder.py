"""The process that builds: one thread, one session, and a line to the process that started it. It ends when that one does, also in the middle of a build."""

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
from wol.engine.execute import SELDOM
from wol.engine.loaded import OutdatedProcessError
from wol.engine.request import BuildRequest
from wol.engine.session import Session
from wol.engine.source_lines import Lines
from wol.errors import Diagnostic, WolError
from wol.features import registry
from wol.watch.building import BROKEN, OUTDATED
from wol.watch.code import Code
from wol.watch.messages import Answer, Build, Built, Defect, Failed, Finding, Frames, News, Order, Progress, Roots, Wanted, frame
from wol.watch.messages import Rendered as RenderedNews
from wol.watch.roots import Settings, roots

PACE = 0.1
"""Seconds from one message of progress to the next."""

SOON = ("wol.content.read", "wol.render.environment")
"""What the first save needs and a start with nothing to do has not loaded: reading and rendering. It is loaded while nobody waits."""

LAST = 5
"""Seconds after the end of the line at which the system ends us, whatever we are at."""


class _EndedError(KeyboardInterrupt):
    """The line has ended, or somebody asks the process to. Tidied up is as for Ctrl-C."""


class Line:
    """Our end of the line. While a build runs, its end interrupts that."""

    def __init__(self, pipe: socket.socket) -> None:
        self._pipe = pipe
        self._frames = Frames(Order)
        self._orders: list[Order] = []
        self._poll = select.poll()
        self._poll.register(pipe, select.POLLHUP)
        self._busy = False
        signal.signal(signal.SIGIO, self._stirred)
        fcntl.fcntl(pipe, fcntl.F_SETOWN, os.getpid())
        fcntl.fcntl(pipe, fcntl.F_SETFL, fcntl.fcntl(pipe, fcntl.F_GETFL) | os.O_ASYNC)

    def orders(self) -> Iterator[Order]:
        """Wait for orders until the line ends."""
        while True:
            while self._orders:
                yield self._orders.pop(0)
            data = self._pipe.recv(1 << 16)
            if not data:
                return
            self._orders += self._frames.feed(data)

    def look(self) -> list[Order]:
        """Give what has come and is not taken yet, without waiting; it stays to be taken."""
        with contextlib.suppress(BlockingIOError):
            while data := self._pipe.recv(1 << 16, socket.MSG_DONTWAIT):
                self._orders += self._frames.feed(data)
        return self._orders

    def tell(self, news: News) -> None:
        """Send a message."""
        try:
            self._pipe.sendall(frame(news))
        except OSError as error:
            raise _EndedError from error

    @contextlib.contextmanager
    def busy(self) -> Iterator[None]:
        """Let the end of the line interrupt what is done meanwhile."""
        self._busy = True
        try:
            self._stirred()
            yield
        finally:
            self._busy = False

    def _stirred(self, *_: object) -> None:
        """Something has come, or the line has ended."""
        if self._busy and self._poll.poll(0):
            self._busy = False
            signal.alarm(LAST)
            raise _EndedError


class Ahead:
    """What may be shown before a build is whole (`wol.engine.request.Ahead`): asked for and told over the line."""

    def __init__(self, line: Line) -> None:
        self._line = line
        self.paths: tuple[str, ...] = ()

    def wanted(self) -> Collection[str]:
        """Give the output paths that somebody looks at now."""
        for order in self._line.look():
            if isinstance(order, Wanted):
                self.paths = order.paths
        return self.paths

    def rendered(self, staged: Mapping[str, str]) -> None:
        """Tell which files are whole already."""
        self._line.tell(RenderedNews(dict(staged)))


class Builder:
    """Does one order after the other."""

    def __init__(self, line: Line) -> None:
        self._line = line
        self._session = Session(registry.load)
        self._ahead = Ahead(line)
        self._code = Code()
        self._settings: Settings | None = None
        self._told = 0.0
        self._settled = False

    def run(self) -> int:
        """Work until the line ends; gives the exit code."""
        for order in self._line.orders():
            if isinstance(order, Wanted):
                self._ahead.paths = order.paths
                continue
            with self._line.busy():
                try:
                    answer = None if self._code.outdated() else self._answer(order)
                except OutdatedProcessError:
                    return OUTDATED
                if answer is None or self._code.outdated():
                    return OUTDATED
                self._line.tell(answer)
            if isinstance(answer, Defect):
                return BROKEN  # who knows what it left behind in memory
            if isinstance(answer, Built) and not self._settled:
                self._settled = True
                for name in SOON:
                    import_module(name)
                gc.collect()
                gc.freeze()  # to look for circles in all that a session keeps would take longer than most builds
        return 0

    def _answer(self, order: Build) -> Answer:
        started = clock.elapsed()
        root = Path(order.root)
        settings = self._settings = self._settings or Settings(root)
        settings.update()
        request = self._request(order, settings)
        try:
            report = self._session.build(request)
        except OutdatedProcessError:
            raise
        except WolError as error:
            seconds = clock.elapsed() - started
            return Failed(_findings(error.diagnostics, root), seconds, self._roots(root, settings))
        except Exception as error:
            return Defect(f"{type(error).__name__}: {error}", traceback.format_exc())
        return Built(
            output=report.output,
            base_url=request.base_url or settings.config.site.base_url,
            pages=report.pages,
            rendered=report.rendered,
            written=tuple(outcome.path for outcome in report.outcomes if outcome.written),
            removed=report.removed,
            findings=_findings(report.diagnostics, root),
            next_change=report.next_change,
            seconds=report.seconds,
            roots=self._roots(root, settings),
        )

    def _roots(self, root: Path, settings: Settings) -> Roots:
        self._code.note()
        return roots(root, settings.config, self._code.files)

    def _request(self, order: Build, settings: Settings) -> BuildRequest:
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
            ahead=self._ahead if order.preview else None,
            adopt=order.preview,  # nobody else writes in its folder, though its records may be lost
        )

    def _progress(self, stage: str, done: int, total: int) -> None:
        now = clock.elapsed()
        if now - self._told >= PACE:
            self._told = now
            self._line.tell(Progress(stage, done, total))


def _findings(diagnostics: Collection[Diagnostic], root: Path) -> tuple[Finding, ...]:
    """Give errors their lines while the files are as the build found them."""
    lines = Lines(root)
    return tuple(Finding(d, (lines.line(d.span) or "") if d.span is not None and d.severity == "error" else "") for d in diagnostics)


def _asked(*_: object) -> None:
    raise _EndedError


def main(handle: int) -> int:
    """Be the process that builds, with the line at a file descriptor; gives the exit code."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGHUP, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, _asked)
    gc.set_threshold(SELDOM)
    with socket.socket(fileno=handle) as pipe, contextlib.suppress(_EndedError, ConnectionError):
        code = Builder(Line(pipe)).run()
        gc.disable()
        gc.freeze()  # as at the end of any command
        return code
    return 0


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1])))
