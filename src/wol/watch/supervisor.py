"""The supervisor of the worker process: starts it, sends it builds, restarts it when it dies, and stops it."""

from __future__ import annotations

import asyncio
import contextlib
import signal
import socket
import sys
from collections.abc import Iterable

import msgspec

from wol.watch.listener import Listener
from wol.watch.messages import (
    Build,
    BuildCrashed,
    BuildFailed,
    BuildResult,
    BuildSucceeded,
    Frames,
    PagesRendered,
    Progress,
    SupervisorMessage,
    ViewedPages,
    WorkerMessage,
    frame,
)

OUTDATED = 75
"""Exit code of a worker whose code, or that of a plugin, has changed since it was loaded."""

BROKEN = 70
"""Exit code of a worker after a crashed build, since its memory cannot be trusted."""

TRIES = 3
"""Deaths in a row after which a worker is only started when it is needed."""

PATIENCE = 1.2
"""Seconds to wait for a worker to stop before it is killed."""


class Supervisor:
    """Builds in a worker process, one build at a time, so that the event loop stays free and a plugin that hangs or crashes harms only the worker."""

    def __init__(self, listener: Listener) -> None:
        self._listener = listener
        self._process: asyncio.subprocess.Process | None = None
        self._writer: asyncio.StreamWriter | None = None
        self._reading: asyncio.Task[None] | None = None
        self._answer: asyncio.Future[BuildResult | None] | None = None
        self._wanted: tuple[str, ...] = ()
        self._deaths = 0
        self._clean = False
        self._stopped = False
        self._starting = asyncio.Lock()
        self._restart: asyncio.Task[None] | None = None

    @property
    def pid(self) -> int | None:
        """The process id of the worker, if it was started."""
        return self._process.pid if self._process is not None else None

    async def start(self) -> None:
        """Start the worker unless it runs; raises OSError if no process can be started."""
        async with self._starting:
            if self._reading is None and not self._stopped:
                await self._start()

    async def _start(self) -> None:
        ours, theirs = socket.socketpair()
        with theirs:
            self._process = await asyncio.create_subprocess_exec(
                sys.executable,
                "-P",  # nothing in the current folder takes the place of a module
                "-m",
                "wol.watch.worker",
                str(theirs.fileno()),
                stdin=asyncio.subprocess.DEVNULL,
                pass_fds=[theirs.fileno()],
                start_new_session=True,  # Ctrl-C is for this process; the worker stops when the connection ends
            )
        reader, self._writer = await asyncio.open_connection(sock=ours)
        self._reading = asyncio.create_task(self._read(reader, self._process))
        if self._wanted:
            self._send(ViewedPages(self._wanted))

    async def build(self, order: Build) -> BuildResult:
        """Bring the site up to date. A worker that dies is restarted a few times; the listener hears of all that happens before this returns."""
        self._deaths = 0
        while True:
            try:
                await self.start()
            except OSError as error:
                return BuildCrashed(f"No process to build in can be started: {error.strerror}")
            self._answer = asyncio.get_running_loop().create_future()
            self._send(msgspec.structs.replace(order, clean=True) if self._clean else order)
            try:
                answer = await self._answer
            finally:
                self._answer = None
            if answer is not None:
                self._clean = False
                return answer
            if self._deaths >= TRIES:
                return BuildCrashed(f"The process that builds has ended {TRIES} times before its work was done")

    def want(self, paths: Iterable[str]) -> None:
        """Set the output paths that are viewed from now on, in the order in which they are rendered."""
        wanted = tuple(paths)
        if wanted != self._wanted:
            self._wanted = wanted
            self._send(ViewedPages(wanted))

    async def stop(self) -> None:
        """Stop the worker: it ends by itself when the connection does, and is killed if it takes too long."""
        self._stopped = True
        if self._writer is not None:
            self._writer.transport.abort()
        if self._process is not None:
            try:
                await asyncio.wait_for(self._process.wait(), PATIENCE)
            except TimeoutError:
                with contextlib.suppress(ProcessLookupError):
                    self._process.kill()
                await self._process.wait()
        if self._reading is not None:
            self._reading.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await self._reading

    def _send(self, order: SupervisorMessage) -> None:
        if self._writer is not None and not self._writer.is_closing():
            self._writer.write(frame(order))

    async def _read(self, reader: asyncio.StreamReader, process: asyncio.subprocess.Process) -> None:
        """Pass the worker's messages on until it ends."""
        frames = Frames(WorkerMessage)
        try:
            with contextlib.suppress(ConnectionError):
                while data := await reader.read(1 << 16):
                    for news in frames.feed(data):
                        self._heard(news)
        except Exception as error:  # of the listener: it ends whoever waits for the build
            if self._answer is None or self._answer.done():
                raise
            self._answer.set_exception(error)
            return
        if self._writer is not None:
            self._writer.close()
        code = await process.wait()
        self._reading = None
        if not self._stopped:
            self._ended(code)

    def _heard(self, news: WorkerMessage) -> None:
        match news:
            case Progress():
                self._listener.progress(news.stage, news.done, news.total)
            case PagesRendered():
                self._listener.rendered(news.staged)
            case BuildSucceeded() | BuildFailed() | BuildCrashed():
                if self._answer is not None and not self._answer.done():
                    self._answer.set_result(news)

    def _ended(self, code: int) -> None:
        """Report that the worker ended without being asked to, and restart it if it was idle."""
        if code == OUTDATED:
            self._clean = True
        elif code != BROKEN and (self._answer is None or not self._answer.done()):
            self._deaths += 1
            again = "it is started again" if self._deaths < TRIES else "the next change starts it again"
            self._listener.noticed(f"The process that builds {_how(code)}; {again}.")
        if self._answer is not None:
            if not self._answer.done():
                self._answer.set_result(None)
        elif self._deaths < TRIES:
            self._restart = asyncio.create_task(self._again())

    async def _again(self) -> None:
        with contextlib.suppress(OSError):
            await self.start()


def _how(code: int) -> str:
    if code >= 0:
        return f"ended with code {code}"
    try:
        return f"was ended by {signal.Signals(-code).name}"
    except ValueError:
        return f"was ended by signal {-code}"
