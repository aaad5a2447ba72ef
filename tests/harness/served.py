"""A preview that is served in this process, in a thread of its own, and spoken to as no well-behaved client would: over raw sockets."""

from __future__ import annotations

import asyncio
import json
import socket
import threading
from collections.abc import Callable, Collection, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TypeVar

from wol.serve.app import App
from wol.serve.guards import Hosts
from wol.serve.hub import Hub
from wol.serve.ports import listen
from wol.serve.preview import Preview
from wol.serve.server import Server
from wol.watch.messages import BuildFailed, BuildSucceeded, QuotedDiagnostic, WatchedPaths

T = TypeVar("T")

ALONE = Hosts()

PATIENCE = 20.0
"""Seconds that a test waits for what must come at once."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What came back: `headers` by their names in small letters; of none may there be two."""

    status: int
    headers: dict[str, str]
    body: bytes

    @property
    def text(self) -> str:
        return self.body.decode()


def parse(data: bytes) -> Answer:
    """Read an answer to its end."""
    head, _, body = data.partition(b"\r\n\r\n")
    first, *lines = head.decode("latin-1").split("\r\n")
    headers: dict[str, str] = {}
    for line in lines:
        name, _, value = line.partition(": ")
        assert name.lower() not in headers, f"two headers {name}"
        headers[name.lower()] = value
    return Answer(int(first.split(" ")[1]), headers, body)


def talk(port: int, request: bytes) -> bytes:
    """Send bytes, and give all that comes back until the line ends."""
    with socket.create_connection(("127.0.0.1", port), timeout=PATIENCE) as line:
        line.sendall(request)
        data = b""
        try:
            while piece := line.recv(1 << 16):
                data += piece
        except ConnectionResetError:
            pass
        return data


class Lines:
    """The line by which a browser is told of changes."""

    def __init__(self, port: int, path: str, tag: str, *headers: str, edition: str = "") -> None:
        self._line = socket.create_connection(("127.0.0.1", port), timeout=PATIENCE)
        target = f"/.wol/events?path={path}&tag={tag}&edition={edition}"
        self._line.sendall("\r\n".join([f"GET {target} HTTP/1.1", f"Host: 127.0.0.1:{port}", *headers, "", ""]).encode())
        self._file = self._line.makefile("rb")
        self.status = int(self._file.readline().split(b" ")[1])
        while self._file.readline().strip():
            pass

    def next(self, *, but: Collection[str] = ()) -> tuple[str, Any]:
        """Give the next event, passing over those of some names."""
        name, data = "", None
        while True:
            line = self._file.readline().decode()
            assert line, "the line has ended"
            if line.startswith("event: "):
                name = line[7:-1]
            elif line.startswith("data: "):
                data = json.loads(line[6:])
            elif line == "\n" and name and name not in but:
                return name, data

    def greeting(self) -> dict[str, Any]:
        """Give what is told at once, up to the warnings."""
        told = {}
        while "warnings" not in told:
            name, data = self.next()
            told[name] = data
        return told

    def ended(self) -> bool:
        """Whether the line ends, whatever comes before that."""
        while self._file.readline() not in (b"0\r\n", b""):
            pass
        return True

    def close(self) -> None:
        self._file.close()
        self._line.close()


@dataclass
class Served:
    """A server that runs: its hub may be touched by `on` only."""

    root: Path
    port: int
    hub: Hub
    server: Server
    loop: asyncio.AbstractEventLoop
    wanted: list[frozenset[str]] = field(default_factory=list)
    defects: list[Exception] = field(default_factory=list)
    opened: list[Lines] = field(default_factory=list)
    ends: list[Callable[[], None]] = field(default_factory=list)

    def stop(self) -> None:
        """Let the server end, as a signal does."""
        for end in self.ends:
            self.on(end)

    def on(self, call: Callable[[], T]) -> T:
        """Do something in the loop's thread."""

        async def called() -> T:
            return call()

        return asyncio.run_coroutine_threadsafe(called(), self.loop).result(PATIENCE)

    def ask(self, request: bytes) -> Answer:
        """Send a request as it is."""
        return parse(talk(self.port, request))

    def get(self, path: str, *headers: str, method: str = "GET", host: str = "") -> Answer:
        """Ask for a path, exactly as it is typed."""
        lines = [f"{method} {path} HTTP/1.1", f"Host: {host or f'127.0.0.1:{self.port}'}", *headers, "Connection: close", "", ""]
        return self.ask("\r\n".join(lines).encode("latin-1"))

    def lines(self, path: str, tag: str = "", *headers: str, edition: str = "") -> Lines:
        """Open the line of a tab that shows a page; it is closed in the end."""
        self.opened.append(Lines(self.port, path, tag, *headers, edition=edition))
        return self.opened[-1]

    def built(self, *written: str, removed: tuple[str, ...] = (), findings: tuple[QuotedDiagnostic, ...] = (), base: str = "") -> None:
        """Tell the hub of a build that ended well."""
        place = f"http://127.0.0.1:{self.port}{base}"
        told = BuildSucceeded(
            str(self.root / ".wol/preview"), place, 1, len(written), written, removed, findings, None, 0.1, WatchedPaths()
        )
        self.on(lambda: self.hub.built(told))

    def failed(self, *findings: QuotedDiagnostic) -> None:
        """Tell the hub of a build that found errors."""
        self.on(lambda: self.hub.failed(BuildFailed(findings, 0.1, WatchedPaths())))


@contextmanager
def served(root: Path, *, base: str = "", editor: str = "", hosts: Hosts = ALONE) -> Iterator[Served]:
    """Serve the preview of a site that was built before; no build has ended yet in the eyes of the hub."""
    ready: list[Served] = []
    begun = threading.Event()
    failed: list[BaseException] = []

    async def run() -> None:
        sockets, port = listen("127.0.0.1", 0)
        wanted: list[frozenset[str]] = []
        hub = Hub(root, Preview(root / ".wol/preview"), editor, base, lambda paths: wanted.append(frozenset(paths)))
        server = Server(App(hub, hosts, lambda error: one.defects.append(error)))
        one = Served(root, port, hub, server, asyncio.get_running_loop(), wanted)
        ready.append(one)
        one.ends.extend([hub.close, server.stop])
        running = asyncio.create_task(server.run_at(sockets))
        begun.set()
        await running

    def thread() -> None:
        try:
            asyncio.run(run())
        except BaseException as error:
            failed.append(error)
        finally:
            begun.set()

    worker = threading.Thread(target=thread)
    worker.start()
    begun.wait(PATIENCE)
    assert ready, failed
    try:
        yield ready[0]
    finally:
        if worker.is_alive():
            ready[0].stop()
        worker.join(PATIENCE)
        for line in ready[0].opened:
            line.close()
        assert not worker.is_alive()
        assert not failed
        assert not ready[0].defects
