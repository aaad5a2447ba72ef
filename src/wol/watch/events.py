"""What wakes a watched site: the events of its folders, by watchdog. They say that something has changed; what, a scan finds.

Traps of watchdog 7.1 that are minded here: reading a file gives events of its own; a rename holds back what comes after it, for half a second; a folder
that is removed and made anew is deaf; below a folder, the limit of inotify is passed over in silence; an error in one of its threads ends that thread.
"""

from __future__ import annotations

import asyncio
import contextlib
import errno
import logging
import os
import threading
import warnings
from collections import deque
from collections.abc import Callable, Iterator
from pathlib import Path

from watchdog.events import (
    DirAttribEvent,
    DirCreatedEvent,
    DirDeletedEvent,
    DirMovedEvent,
    FileAttribEvent,
    FileClosedEvent,
    FileCreatedEvent,
    FileDeletedEvent,
    FileModifiedEvent,
    FileMovedEvent,
    FileSystemEvent,
    FileSystemEventHandler,
)
from watchdog.observers import Observer
from watchdog.observers.api import BaseObserver, ObservedWatch
from watchdog.observers.polling import PollingObserverVFS

from wol import stamps
from wol.stamps import COARSEST_NS
from wol.watch.debounce import PendingEvents
from wol.watch.messages import WatchedPaths
from wol.watch.relevance import ChangedPaths, is_relevant

POLL = 1.0
"""Seconds from one look at all files to the next, where there are no events."""

LATER = POLL + COARSEST_NS / 1e9
"""Seconds after which files that have changed are looked at once more, where there are no events: a second edit may leave the stamp of the first."""

RENAME = 0.02
"""Seconds for which watchdog holds a name that has gone, and all after it, in case it comes again elsewhere; its own 0.5 would delay the save."""

CHANGES: list[type[FileSystemEvent]] = [
    *(FileCreatedEvent, FileModifiedEvent, FileClosedEvent, FileMovedEvent, FileDeletedEvent, FileAttribEvent),
    *(DirCreatedEvent, DirMovedEvent, DirDeletedEvent, DirAttribEvent),
]
"""Without the events of reading, and those of a folder of which an entry has changed."""

LIMITS = (errno.ENOSPC, errno.EMFILE, errno.ENFILE, errno.ENOMEM)

POLLING = "The limit of inotify is reached (`sysctl fs.inotify` shows it), so changes are looked for once a second."

Key = tuple[str, bool]
"""A folder, and whether it is watched with all below it."""


class ChangeMonitor:
    """Collects the changes of watched paths for the event loop; `noticed` is called when polling replaces events."""

    def __init__(self, root: Path, noticed: Callable[[str], None], *, poll: bool = False) -> None:
        self._top = f"{root}{os.sep}"
        self._noticed = noticed
        self._poll = poll
        self._loop = asyncio.get_running_loop()
        self._stirring = asyncio.Event()
        self._heard: deque[tuple[str, FileSystemEvent | None]] = deque()
        self._called = False
        self._causes = ChangedPaths()
        self._roots = WatchedPaths()
        self._entries: frozenset[str] = frozenset()
        self._watched: dict[Key, tuple[ObservedWatch, int]] = {}
        self._grown = False
        self._deaf = False
        self.pending: PendingEvents | None = None
        self._hush = contextlib.ExitStack()
        self._hush.enter_context(_overheard(self._doubt))
        self._observer = self._observing()

    def arm(self, watched_paths: WatchedPaths) -> None:
        """Watch these, from now on. What is watched anew counts as an event: nobody knows what has happened there meanwhile."""
        self._roots = watched_paths
        try:
            if self._deaf:
                self._deaf = False
                self._renew()
            if self._follow() and not self._poll:
                self._ask_for_more()
        except OSError as error:
            if error.errno not in LIMITS:
                raise
            self._poll = True
            self._noticed(POLLING)
            self._renew()
            self._follow()

    def repair(self) -> None:
        """Repair watches that no longer deliver events."""
        self.arm(self._roots)

    def take(self) -> tuple[str, ...]:
        """Give the paths that have changed, from the site's root where they are in it; nothing is pending then."""
        self.pending = None
        self._stirring.clear()
        causes = tuple(path.removeprefix(self._top) for path in self._causes.take())
        if causes and self._poll:
            self._loop.call_later(LATER, self._stir)
        return causes

    def lost(self) -> None:
        """Take note that what was built, or the whole site, has gone and has to be watched and built anew: no event tells of that."""
        self._doubt(deaf=True)

    async def stirred(self, seconds: float) -> None:
        """Wait for an event, but not longer than this."""
        self._stirring.clear()
        with contextlib.suppress(TimeoutError):
            await asyncio.wait_for(self._stirring.wait(), seconds)

    def close(self) -> None:
        """Hear nothing more."""
        self._stop()
        self._hush.close()

    def heard(self, path: str, event: FileSystemEvent | None) -> None:
        """Take note of a path that matters; called in threads of watchdog. No event: something is wrong there."""
        self._heard.append((path, event))
        if not self._called:
            self._called = True
            with contextlib.suppress(RuntimeError):  # the loop has ended
                self._loop.call_soon_threadsafe(self._drain)

    def is_entry(self, path: str) -> bool:
        """Return whether a path counts by itself."""
        return path in self._entries

    def _drain(self) -> None:
        self._called = False
        while self._heard:
            path, event = self._heard.popleft()
            if isinstance(event, FileCreatedEvent | DirCreatedEvent):
                self._causes.came(path)
            elif isinstance(event, FileDeletedEvent | DirDeletedEvent | FileMovedEvent | DirMovedEvent):
                self._causes.went(path)
            elif event is not None:
                self._causes.changed(path)
            self._grown = self._grown or isinstance(event, DirCreatedEvent | DirMovedEvent)
        self._stir()

    def _stir(self) -> None:
        now = self._loop.time()
        self.pending = self.pending.and_now(now) if self.pending is not None else PendingEvents(now, now)
        self._stirring.set()

    def _doubt(self, *, deaf: bool) -> None:
        self._deaf = self._deaf or deaf
        self.heard("", None)

    def _observing(self) -> BaseObserver:
        """Start an observer that watches nothing yet."""
        try:
            observer: BaseObserver = _polling() if self._poll else Observer()
        except OSError as error:
            if error.errno not in LIMITS or self._poll:
                raise
            self._poll = True
            self._noticed(POLLING)
            observer = _polling()
        observer.start()
        return observer

    def _renew(self) -> None:
        self._stop()
        self._watched.clear()
        self._observer = self._observing()

    def _stop(self) -> None:
        self._observer.stop()
        self._observer.join()

    def _follow(self) -> bool:
        """Bring the watches up to the roots; tells whether there may be more of them than before."""
        wanted: dict[Key, str] = {(tree.path, True): tree.holds for tree in self._roots.trees}
        wanted |= {(os.path.dirname(entry), False): "" for entry in self._roots.entries}
        self._entries = frozenset(self._roots.entries)
        hearing = {emitter.watch for emitter in self._observer.emitters if emitter.is_alive()}
        for key, (watch, identity) in [*self._watched.items()]:
            if key not in wanted or identity != _identity(key[0]) or watch not in hearing:
                del self._watched[key]
                self._observer.unschedule(watch)
        added = False
        for key, holds in wanted.items():
            identity = _identity(key[0])
            if key not in self._watched and identity:
                ear = _EventHandler(self, key[0], holds)
                try:
                    self._watched[key] = self._observer.schedule(ear, key[0], recursive=key[1], event_filter=CHANGES), identity
                    added = True
                except OSError as error:  # else it has gone, or may not be read: the build says so, and it is tried again
                    if error.errno in LIMITS and not self._poll:
                        raise
        if added:
            self._stir()
        grown, self._grown = self._grown, False
        return added or grown

    def _ask_for_more(self) -> None:
        """Watch one folder more, for a moment: raises OSError if the limit is reached, which watchdog does not say of folders below others."""
        top = os.path.abspath(os.sep)
        if (top, False) not in self._watched:
            self._observer.unschedule(self._observer.schedule(FileSystemEventHandler(), top, event_filter=CHANGES))


class _EventHandler(FileSystemEventHandler):
    """Hears one watched folder, and tells of what matters; `holds` is empty for a folder of which only entries count."""

    def __init__(self, monitor: ChangeMonitor, top: str, holds: str) -> None:
        self._wakes = monitor
        self._top = f"{top}{os.sep}"
        self._holds = holds

    def dispatch(self, event: FileSystemEvent) -> None:
        before, after = os.fsdecode(event.src_path), os.fsdecode(event.dest_path)
        if before and self._counts(before):
            self._wakes.heard(before, event)
        if after and self._counts(after):
            self._wakes.heard(after, DirCreatedEvent(after) if event.is_directory else FileCreatedEvent(after))

    def _counts(self, path: str) -> bool:
        if not self._holds:
            return self._wakes.is_entry(path)
        return not path.startswith(self._top) or is_relevant(self._holds, path[len(self._top) :])


class _LogHandler(logging.Handler):
    """Takes what watchdog would log: that events were lost."""

    def __init__(self, doubt: Callable[[], None]) -> None:
        super().__init__(logging.WARNING)
        self._doubt = doubt

    def emit(self, record: logging.LogRecord) -> None:
        self._doubt()


@contextlib.contextmanager
def _overheard(doubt: Callable[..., None]) -> Iterator[None]:
    """Hear of what goes wrong in watchdog: what it logs, and what ends one of its threads; nothing of it is for the terminal."""
    from watchdog.observers import inotify_move_event_grouper as grouper

    log = logging.getLogger("watchdog")
    handler = _LogHandler(lambda: doubt(deaf=False))
    before, delay = threading.excepthook, grouper.InotifyMoveEventGrouper.delay

    def ended(args: threading.ExceptHookArgs) -> None:
        if type(args.thread).__module__.startswith("watchdog."):
            doubt(deaf=True)
        else:
            before(args)

    threading.excepthook = ended
    log.addHandler(handler)
    log.propagate = False
    grouper.InotifyMoveEventGrouper.delay = RENAME
    with warnings.catch_warnings():
        warnings.filterwarnings("ignore", category=RuntimeWarning, module=r"watchdog\.")
        try:
            yield
        finally:
            threading.excepthook = before
            log.removeHandler(handler)
            log.propagate = True
            grouper.InotifyMoveEventGrouper.delay = delay


def _polling() -> BaseObserver:
    return PollingObserverVFS(stat=_stat, listdir=os.scandir, polling_interval=POLL)


def _stat(path: str) -> os.stat_result:
    """Inspect a file so that another change time shows as another time: watchdog compares only that and the size."""
    status = os.stat(path)
    stamp = stamps.of(status)
    return os.stat_result((*status[:7], 0, stamp.mtime_ns + stamp.changed_ns, 0))


def _identity(path: str) -> int:
    """Tell a folder from another of its name; 0 where there is none."""
    try:
        status = os.stat(path)
    except OSError:
        return 0
    return hash((status.st_dev, status.st_ino)) or 1
