"""A preview from its start to its end: a port, the lock, the process that builds, the server, and the signals that end all of it."""

from __future__ import annotations

import asyncio
import contextlib
import os
import signal
import socket
from collections.abc import AsyncIterator, Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn, Protocol

import msgspec

from wol import clock, paths
from wol.engine.workspace import records
from wol.errors import WolError, diagnostic
from wol.locks import Lock
from wol.serve.guards import is_local, own_names
from wol.serve.hub import Hub
from wol.serve.ports import address_outside, listen
from wol.serve.preview import Preview
from wol.serve.preview_settings import PreviewSettings
from wol.watch.listener import Listener
from wol.watch.messages import Build, BuildCrashed, BuildFailed, BuildSucceeded
from wol.watch.supervisor import Supervisor

if TYPE_CHECKING:
    from wol.watch.events import ChangeMonitor

LOOK = 0.5
"""Seconds from one look at whether the preview is still there to the next."""

PATIENCE = 2.0
"""Seconds that a build has to bring it back before it is asked for once more."""

SIGNALS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)


class Options(msgspec.Struct, frozen=True):
    """The options of a preview. `port` None: that of the settings; 0: any. `base_url` is where the site is seen, if not at host and port."""

    host: str = "127.0.0.1"
    port: int | None = None
    drafts: bool = True
    future: bool = True
    poll: bool = False
    base_url: str | None = None


class PreviewAddress(msgspec.Struct, frozen=True):
    """Where a preview is: the URL to open, the one for other machines if they can reach it, the port that was wanted and the one that it got."""

    url: str
    outside: str
    wanted: int
    port: int


class ServeListener(Listener, Protocol):
    """A listener of the builds that also hears of the server."""

    def serving(self, address: PreviewAddress) -> None:
        """It can be opened now."""

    def defect(self, error: Exception) -> None:
        """A request failed through no fault of the site or its client."""

    def crowded(self, capacity: int) -> None:
        """A client was refused, because as many others are connected as there is room for; called once."""


async def serve(root: Path, options: Options, listener: ServeListener) -> int:
    """Serve a site until a signal comes; returns its number. Raises WolError (serve-address, serve-running, write-failed)."""
    first = PreviewSettings.of(root)
    wanted = first.port if options.port is None else options.port
    sockets, port = listen(options.host, wanted)
    with contextlib.ExitStack() as held:
        for one in sockets:
            held.enter_context(contextlib.closing(one))
        origin = f"http://{_host(options.host)}:{port}"
        base = first.base_path if options.base_url is None else paths.base_path(options.base_url)
        url = f"{origin}{paths.encode(base)}/"
        outside = "" if is_local(options.host) else url.replace(origin, f"http://{_outside(options.host)}:{port}")
        held.enter_context(_alone(root, url))
        listener.serving(PreviewAddress(url, outside, wanted, port))
        hub = Hub(root, Preview(records(root) / "preview"), first.editor, base, lambda looked_at: building.want(looked_at))
        building = Supervisor(both := _Both(hub, listener))

        def order() -> Build:
            hub.editor = PreviewSettings.of(root, PreviewSettings(editor=hub.editor)).editor
            return Build(str(root), preview=True, drafts=options.drafts, future=options.future, origin=origin, base_url=options.base_url)

        async with (
            _signalled() as ended,
            _following(root, building, both, order, lambda: not hub.is_unbuilt, poll=options.poll) as follower,
        ):
            from wol.serve.app import App  # only now: meanwhile the other process begins
            from wol.serve.server import Server

            hosts = own_names(options.host, socket.gethostname(), options.base_url, frames=first.frames)
            server = Server(App(hub, hosts, listener.defect), listener.crowded)
            serving = asyncio.create_task(server.run_at(sockets))
            try:
                await asyncio.wait((ended, follower, serving), return_when=asyncio.FIRST_COMPLETED)
            finally:
                hub.close()
                server.stop()
                await asyncio.gather(serving, building.stop())
            if follower.done():
                follower.result()
            return ended.result()


def _host(host: str) -> str:
    """Return the name by which this machine itself finds a host, as URLs have it."""
    bare = host.strip("[]")
    name = {"0.0.0.0": "127.0.0.1", "::": "::1", "": "127.0.0.1"}.get(bare, bare)  # noqa: S104  # compared, not bound
    return f"[{name}]" if ":" in name else name


def _outside(host: str) -> str:
    """Return the name by which other machines find a host."""
    name = _host(host)
    return (address_outside() or socket.gethostname()) if is_local(name) else name


@contextlib.contextmanager
def _alone(root: Path, url: str) -> Iterator[None]:
    """Hold the lock of a site's preview. Raises WolError: serve-running, naming the one that has it, else write-failed."""
    lock = Lock(records(root) / "serving")
    try:
        holder = lock.acquire(f"{url} (process {os.getpid()}, since {clock.stamp()})")
    except OSError as error:
        message = f"`{records(root)}`, where wol keeps what it knows of the site, cannot be written: {error.strerror or error}"
        raise WolError(diagnostic("write-failed", message)) from error
    if holder is not None:
        raise WolError(diagnostic("serve-running", f"This site is being served already: {holder}"))
    with lock:
        yield


@contextlib.asynccontextmanager
async def _signalled() -> AsyncIterator[asyncio.Future[int]]:
    """Return a future that has the number of the first signal that asks for the end; what was done for signals before is done again after."""
    loop = asyncio.get_running_loop()
    ended: asyncio.Future[int] = loop.create_future()

    def end(number: int) -> None:
        if not ended.done():
            ended.set_result(number)

    before = {number: signal.getsignal(number) for number in SIGNALS}
    ours = [number for number in SIGNALS if before[number] != signal.SIG_IGN]
    for number in ours:
        loop.add_signal_handler(number, end, number)
    try:
        yield ended
    finally:
        for number in ours:
            loop.remove_signal_handler(number)
            signal.signal(number, before[number])


@contextlib.asynccontextmanager
async def _following(
    root: Path, building: Supervisor, listener: Listener, order: Callable[[], Build], is_built: Callable[[], bool], *, poll: bool
) -> AsyncIterator[asyncio.Task[Any]]:
    """Build and watch, until left."""
    await building.start()
    from wol.watch.events import ChangeMonitor
    from wol.watch.loop import follow

    monitor = ChangeMonitor(root, listener.noticed, poll=poll)
    follower = asyncio.create_task(follow(building, monitor, listener, order))
    looking = asyncio.create_task(_look_after(root, monitor, is_built))
    try:
        await asyncio.sleep(0)  # the order goes out before anything else is done here
        yield follower
    finally:
        for task in (follower, looking):
            task.cancel()
        await asyncio.wait((follower, looking))
        await building.stop()
        monitor.close()


async def _look_after(root: Path, monitor: ChangeMonitor, is_built: Callable[[], bool]) -> NoReturn:
    """Rebuild the preview when it was removed by `wol clean`, or when the site's folder was away for a while."""
    output = records(root) / "preview"
    while True:
        await asyncio.sleep(LOOK)
        if is_built() and not output.exists() and root.exists():
            monitor.lost()
            await asyncio.sleep(PATIENCE)


class _Both(Listener):
    """Tells the browsers, then the terminal."""

    def __init__(self, *listeners: Listener) -> None:
        self._listeners = listeners

    def building(self, causes: Sequence[str]) -> None:
        for one in self._listeners:
            one.building(causes)

    def progress(self, stage: str, done: int, total: int) -> None:
        for one in self._listeners:
            one.progress(stage, done, total)

    def rendered(self, staged: Mapping[str, str]) -> None:
        for one in self._listeners:
            one.rendered(staged)

    def built(self, built: BuildSucceeded) -> None:
        for one in self._listeners:
            one.built(built)

    def failed(self, failed: BuildFailed) -> None:
        for one in self._listeners:
            one.failed(failed)

    def broken(self, defect: BuildCrashed) -> None:
        for one in self._listeners:
            one.broken(defect)

    def noticed(self, sentence: str) -> None:
        for one in self._listeners:
            one.noticed(sentence)
