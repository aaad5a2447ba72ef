"""The process that builds: it dies, hangs, has old code, breaks off, and is stopped."""

from __future__ import annotations

import asyncio
import socket
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from harness.processes import children, ended, running
from harness.site import CONFIG, Site
from harness.watched import Heard, Watched, watched
from wol.watch.messages import Build, BuildCrashed, BuildFailed, BuildSucceeded, Frames, ViewedPages, WorkerMessage, frame
from wol.watch.supervisor import BROKEN, Supervisor

POST = "---\ntitle: {}\ndate: 2026-11-02\n---\n{}\n"
PLUGINS = CONFIG + "[build]\nplugins = ['mine']\n"
SLOW = "{% for a in '0123456789' %}" * 12 + "{% endfor %}" * 12

PLUGIN = """
import os, time
from wol.api import Feature, hook

def sources(config):
    %s
    return {"made.md": "made by %s"}

@hook
def wol_features(config):
    return [Feature(name="mine", sources=sources)]
"""


def edit(here: Watched, path: str, text: str) -> None:
    """Save a file of a watched site at once, as most editors do: half a plugin would be a plugin too."""
    whole = here.root.parent / "saved"
    whole.write_text(text)
    whole.replace(here.root / path)


def test_a_builder_that_is_killed(site: Callable[..., Site]) -> None:
    """It is started again, with a line that says so, as often as it happens."""
    with watched(site({"content/posts/a.md": POST.format("A", "one")}).root) as here:
        for number in range(4):
            here.idle()
            here.kill_builder()
            here.told(number + 1)
            edit(here, "content/posts/a.md", POST.format("A", f"edit {number}"))
            here.shows("2026/11/a/index.html", f"edit {number}")
        assert set(here.notices) == {"The process that builds was ended by SIGKILL; it is started again."}


def test_a_plugin(site: Callable[..., Site]) -> None:
    """Its code may change, break, raise, crash and be good again: nothing has to be started by hand."""
    here_ = site({"content/about.md": "About", "mine.py": PLUGIN % ("pass", "the first")}, PLUGINS)
    with watched(here_.root) as here:
        here.shows("made/index.html", "made by the first")
        edit(here, "mine.py", PLUGIN % ("pass", "another"))
        here.shows("made/index.html", "made by another")
        assert not here.notices, "new code is no accident"
        edit(here, "mine.py", "class Mine(:\n")
        here.fails("plugin-failed")
        edit(here, "mine.py", PLUGIN % ("raise ValueError('oh')", "nobody"))
        here.until(lambda: "oh" in str(here.last))
        edit(here, "mine.py", PLUGIN % ("os._exit(7)", "nobody"))
        here.until(lambda: isinstance(here.last, BuildCrashed))
        assert len(here.notices) == 3
        assert here.notices[0] == "The process that builds ended with code 7; it is started again."
        assert "3 times" in str(here.last)
        assert "made by another" in here.read("made/index.html")
        edit(here, "mine.py", PLUGIN % ("pass", "the last one"))
        here.shows("made/index.html", "made by the last one")


@pytest.mark.parametrize("what", ["waits", "renders", "hangs"])
def test_the_end(site: Callable[..., Site], what: str) -> None:
    """Whatever it is at, it ends within two seconds, with its workers; a build that was cut off has changed nothing."""
    here = site({**{f"content/posts/p{n}.md": POST.format(f"P{n}", "x") for n in range(120)}}, CONFIG)
    here.build(at=None, jobs=1)
    before = here.files()
    if what == "renders":
        here.write("themes/default/templates/post.html", SLOW)
    elif what == "hangs":
        hang = "while True:\n            try: time.sleep(1)\n            except BaseException: pass"
        here.write("site.toml", PLUGINS)
        here.write("mine.py", PLUGIN % (f"open('busy', 'w').close()\n    {hang}", "nobody"))

    async def run() -> frozenset[int]:
        building = Supervisor(Heard())
        await building.start()
        assert building.pid is not None
        build = asyncio.create_task(building.build(Build(str(here.root))))
        if what == "waits":
            assert isinstance(await build, BuildSucceeded)
        elif what == "renders":
            while len(children(building.pid)) < 2:
                await asyncio.sleep(0.01)
        else:
            while not Path("busy").exists():
                await asyncio.sleep(0.01)
        processes = frozenset({building.pid, *children(building.pid)})
        began = time.monotonic()
        build.cancel()
        await building.stop()
        assert time.monotonic() - began < 2
        return processes

    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(here.root)
        processes = asyncio.run(run())
    assert ended(processes)
    assert here.files() == before


def serve(code: str) -> tuple[socket.socket, subprocess.Popen[bytes]]:
    """Start a builder with some Python before it, and give our end of the line."""
    ours, theirs = socket.socketpair()
    with theirs:
        words = f"{code}\nimport sys; from wol.watch import worker; sys.exit(worker.main({theirs.fileno()}))"
        return ours, subprocess.Popen([sys.executable, "-c", words], pass_fds=[theirs.fileno()], stderr=subprocess.PIPE)


def quiet(process: subprocess.Popen[bytes]) -> bool:
    """Whether a builder ends, and has said nothing to the terminal."""
    return process.communicate(timeout=20)[1] == b""


def answer(line: socket.socket) -> WorkerMessage:
    """Give the next message that is no progress."""
    frames = Frames(WorkerMessage)
    while data := line.recv(1 << 16):
        for news in frames.feed(data):
            if isinstance(news, BuildSucceeded | BuildFailed | BuildCrashed):
                return news
    raise AssertionError("the builder has ended")


def test_a_defect(site: Callable[..., Site]) -> None:
    """What is no error of the site comes with its traceback, and the builder ends: nobody knows what is in its memory."""
    here = site({"content/about.md": "About"})
    line, process = serve("from wol.engine.session import Session\ndef build(*_): raise ZeroDivisionError('by me')\nSession.build = build")
    with line, process:
        line.sendall(frame(ViewedPages(("index.html",))) + frame(Build(str(here.root))))
        found = answer(line)
        assert isinstance(found, BuildCrashed)
        assert found.sentence == "ZeroDivisionError: by me"
        assert "Traceback" in found.trace
        assert quiet(process)
        assert process.returncode == BROKEN


def test_the_address_of_a_preview(site: Callable[..., Site]) -> None:
    """The origin is that of the server, the path that of the site, also when site.toml changes."""
    here = site({"content/about.md": "About"})
    line, process = serve("")
    with line, process:
        for path in ("", "/blog"):
            here.write("site.toml", CONFIG.replace("example.org", f"example.org{path}"))
            line.sendall(frame(Build(str(here.root), preview=True, origin="http://127.0.0.1:8000")))
            found = answer(line)
            assert isinstance(found, BuildSucceeded)
            assert found.base_url == f"http://127.0.0.1:8000{path}"
            assert found.output == str(here.root / ".wol/preview")
        line.close()
        assert quiet(process)


@pytest.mark.parametrize("signal_", ["SIGTERM", "SIGINT", "SIGHUP"])
def test_a_builder_is_asked_to_end(signal_: str) -> None:
    """SIGTERM ends it without noise; what is typed in a terminal is not for it."""
    import signal

    line, process = serve("")
    with line, process:
        line.sendall(frame(Build("/nowhere")))
        answer(line)
        process.send_signal(getattr(signal, signal_))
        if signal_ == "SIGTERM":
            assert quiet(process)
        else:
            line.sendall(frame(Build("/nowhere")))
            assert isinstance(answer(line), BuildFailed)
            assert running(process.pid)
            line.close()
            assert quiet(process)


def test_nothing_overlaps(site: Callable[..., Site]) -> None:
    """Saves during a build are one more build, after it."""
    here_ = site({f"content/posts/p{n}.md": POST.format(f"P{n}", "x") for n in range(60)})
    with watched(here_.root) as here:
        before = len(here.answers)
        for number in range(20):
            edit(here, "content/posts/p1.md", POST.format(f"Title {number}", "x"))
        here.shows("2026/11/p1/index.html", "Title 19")
        assert not here.overlapping
        assert len(here.answers) - before <= 12
