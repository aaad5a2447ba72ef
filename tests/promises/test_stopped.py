"""A build that is stopped, by whom and whenever it may be, ends soon, leaves no process and no lock behind, and changes nothing."""

from __future__ import annotations

import os
import signal
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from harness.processes import ended, limited, workers
from harness.site import CONFIG, Site, differences
from wol.engine.workspace import locked

pytestmark = [pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="processes are looked at in /proc"), pytest.mark.slow]

THEME = CONFIG + "[theme]\nuse = ['mine']\n"
PAGE = "themes/mine/templates/post.html"
SLOW = "{% for a in range(5000) %}{% for b in range(5000) %}{% endfor %}{% endfor %}{{ page.title }}"
POST = "---\ntitle: {}\ndate: 2026-11-{:02}\n---\n{}\n"


def posts(count: int, text: str) -> dict[str, str | bytes]:
    """Give a number of posts with a text."""
    return {f"content/posts/p{n}.md": POST.format(f"Number {n}", n % 27 + 1, text) for n in range(count)}


def standing(site: Callable[..., Site], slow: str) -> Site:
    """Give a site that is built, and then made slow: to be read, or to be rendered (each page takes seconds)."""
    here = site({**posts(90, "old"), PAGE: "{{ page.title }}"}, THEME)
    here.build(jobs=1)
    if slow == "render":
        here.write(PAGE, SLOW)
    else:
        for path, text in posts(90, "*new* [text](x.md) " * 9000).items():
            here.write(path, text)
    return here


@pytest.mark.parametrize(
    ("slow", "sent", "to_all", "code"),
    [
        ("read", signal.SIGINT, True, 130),
        ("render", signal.SIGINT, True, 130),
        ("render", signal.SIGINT, False, 130),
        ("read", signal.SIGTERM, False, 143),
        ("render", signal.SIGTERM, True, 143),
        ("render", signal.SIGHUP, True, 129),
        ("read", signal.SIGKILL, False, -signal.SIGKILL),
        ("render", signal.SIGKILL, False, -signal.SIGKILL),
    ],
)
def test_a_stopped_build(site: Callable[..., Site], slow: str, sent: signal.Signals, to_all: bool, code: int) -> None:
    """Ctrl-C (which every process of a terminal gets), a polite request, a closed terminal and a kill end a build with all its workers."""
    here = standing(site, slow)
    before = here.files()
    build = here.process("build", "--at", "2026-12-01", "--jobs", "2")
    started = workers(build)
    began = time.monotonic()
    (os.killpg if to_all else os.kill)(build.pid, sent)
    stdout, stderr = build.communicate(timeout=20)
    assert time.monotonic() - began < 2, "it ends soon"
    assert build.returncode == code, stderr
    assert ended(started), "no worker is left"
    assert (stdout, stderr) == ("", "" if sent == signal.SIGKILL else "\nStopped.\n")
    assert here.files() == before
    if sent != signal.SIGKILL:
        assert not [p for p in (here.root / ".wol").rglob("*") if "stage" in p.name or p.name.endswith(".tmp")]
    with locked(here.root / ".wol", patience=0):
        pass


def test_a_command_that_shall_outlive_the_terminal(site: Callable[..., Site]) -> None:
    """What `nohup` says holds: the end of the terminal does not stop the build then."""
    here = site({**posts(90, "x"), PAGE: SLOW.replace("5000", "100")}, THEME)
    build = here.process("build", "--at", "2026-12-01", "--jobs", "2", before="import signal; signal.signal(signal.SIGHUP, signal.SIG_IGN)")
    workers(build)
    os.killpg(build.pid, signal.SIGHUP)
    _, stderr = build.communicate(timeout=60)
    assert (build.returncode, stderr) == (0, "")


NO_FORK = "import os\ndef fork(): raise BlockingIOError(11, 'Resource temporarily unavailable')\nos.fork = fork"


@pytest.mark.parametrize("before", ["", NO_FORK, limited(NOFILE=12)], ids=["killed", "no-processes", "few-files"])
def test_a_build_without_its_workers(site: Callable[..., Site], before: str) -> None:
    """Where a worker is killed (the system may do that for want of memory) or none can be started, the build ends well without it."""
    files = {**posts(90, "x"), PAGE: SLOW.replace("5000", "50")}
    clean, here = site(files, THEME), site(files, THEME)
    clean.build(jobs=1)
    build = here.process("build", "--at", "2026-12-01", "--jobs", "2", before=before)
    if not before:
        os.kill(min(workers(build)), signal.SIGKILL)
    _, stderr = build.communicate(timeout=60)
    assert (build.returncode, stderr) == (0, "")
    assert not (told := differences(clean.files(), here.files())), told
