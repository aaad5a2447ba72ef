"""Events that are lost, and watching that breaks: nothing is missed for long, and nothing of it is said in the terminal."""

from __future__ import annotations

import logging
from collections.abc import Callable
from typing import Any

import pytest
from watchdog.events import FileSystemEventHandler
from watchdog.observers.api import ObservedWatch
from watchdog.observers.inotify import InotifyObserver, InotifyWatchGroup
from watchdog.observers.inotify_c import InotifyEvent

from harness.site import Site
from harness.watched import watched

FILES: dict[str, str | bytes] = {"content/about.md": "About\n"}


def test_a_thread_that_dies(site: Callable[..., Site], monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]) -> None:
    """What kills a thread of watchdog is seen, and others take its place."""
    real, left = InotifyWatchGroup.on_event, 2

    def dying(group: InotifyWatchGroup, event: InotifyEvent) -> None:
        nonlocal left
        left -= 1
        if left >= 0:
            raise KeyError("a watch that is gone")
        real(group, event)

    here_ = site(FILES)
    with watched(here_.root) as here:
        monkeypatch.setattr(InotifyWatchGroup, "on_event", dying)
        for number in range(4):
            here_.write("content/about.md", f"edit {number}")
            here.shows("about/index.html", f"edit {number}")
        assert left < 0
    assert capfd.readouterr().err == ""


def test_events_that_are_lost(site: Callable[..., Site], monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]) -> None:
    """Where watchdog says that its queue ran over, the sources are looked through."""
    here_ = site(FILES)
    with watched(here_.root) as here:
        monkeypatch.setattr(InotifyWatchGroup, "on_event", lambda *_: None)
        here_.write("content/about.md", "unheard of")
        logging.getLogger("watchdog.observers.inotify_c").warning("Inotify queue overflowed; filesystem events were lost")
        here.shows("about/index.html", "unheard of")
        assert here.causes[-1] == ()
    assert capfd.readouterr().err == ""


def test_a_folder_that_may_not_be_watched(site: Callable[..., Site], monkeypatch: pytest.MonkeyPatch) -> None:
    """It is tried again with each look, and the rest is watched."""
    real, refused = InotifyObserver.schedule, 0

    def refusing(observer: InotifyObserver, ear: FileSystemEventHandler, path: str, **named: Any) -> ObservedWatch:
        nonlocal refused
        if path.endswith("content") and refused < 3:
            refused += 1
            raise PermissionError(13, "Permission denied", path)
        return real(observer, ear, path, **named)

    monkeypatch.setattr(InotifyObserver, "schedule", refusing)
    here_ = site(FILES)
    with watched(here_.root) as here:
        for number in range(3):
            here_.write("static/s.txt", f"static {number}")
            here.shows("s.txt", f"static {number}")
        here_.write("content/about.md", "after all")
        here.shows("about/index.html", "after all")
