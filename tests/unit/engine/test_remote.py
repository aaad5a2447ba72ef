"""Workers elsewhere: they need no file of the site, give the same bytes, and what they cannot do is told or done here."""

from __future__ import annotations

import socket
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Executor, Future, ThreadPoolExecutor
from contextlib import contextmanager
from typing import Any

import pytest

from harness.elsewhere import Strangers
from harness.site import CONFIG, Site, differences
from wol.engine.jobs import execute, remote
from wol.engine.jobs.remote import OpenRemote, OtherVersionsError, RemoteWorkers, WorkersLostError

AWAY = '[build]\nexecutor = "dask://cluster.example:8786"\n'

PLUGIN = """\
from wol.api import Feature, Name, hook


def readme(views):
    return views.source("static/readme.txt").decode()


@hook
def wol_features(config):
    return [Feature(name="readme", context={"readme": Name(readme, "A text.", takes_arguments=True)})]
"""

FILES: dict[str, str | bytes] = {
    **{
        f"content/posts/p{n}.md": f"---\ntitle: P{n}\ndate: 2026-01-{n + 1:02}\ntags: [a, b{n % 3}]\n---\nSee [next](p{(n + 1) % 12}.md)\n\n```python\nx = {n}\n```\n"
        for n in range(12)
    },
    "content/posts/p3/pic.png": b"\x89PNG",
    "content/about.md": "---\ntitle: About\naliases: [/me/]\n---\n> [!note]\n> Hello.\n",
    "content/notes/n.md": "A note.\n",
    "static/favicon.ico": b"icon",
}


def add(context: int, batch: Sequence[int]) -> list[int]:
    if 13 in batch:
        raise ArithmeticError("13")
    return [context + n for n in batch]


def pool(executor: Executor, identity: str = "we", *, alive: bool = True) -> OpenRemote:
    @contextmanager
    def opened() -> Iterator[RemoteWorkers]:
        yield RemoteWorkers(executor, lambda value: value, lambda: identity, "we", lambda: alive)

    return opened


def test_any_executor_does() -> None:
    """Results come in order, and what a job raises is raised as it is."""
    with ThreadPoolExecutor(3) as threads:
        work = execute.batches(list(range(10)), 3)
        assert [n for done in execute.run(add, 5, work, 1, pool(threads)) for n in done] == list(range(5, 15))
        with pytest.raises(ArithmeticError, match="13"):
            list(execute.run(add, 5, [[1], [13]], 1, pool(threads)))


def test_a_worker_of_other_versions(monkeypatch: pytest.MonkeyPatch) -> None:
    """It does nothing: its bytes could be others."""
    monkeypatch.setattr(remote, "_known", set())
    with ThreadPoolExecutor(1) as threads, pytest.raises(OtherVersionsError):
        list(execute.run(add, 5, [[1]], 1, pool(threads, "they")))


class Silent(Executor):
    """Takes work, and never does it."""

    def submit(self, *_: Any, **__: Any) -> Future[Any]:
        return Future()


class Broken(Executor):
    """Takes no work."""

    def submit(self, *_: Any, **__: Any) -> Future[Any]:
        raise RuntimeError("no")


@pytest.mark.parametrize(("executor", "words"), [(Silent(), "no worker is left"), (Broken(), "RuntimeError: no")])
def test_workers_that_are_lost(monkeypatch: pytest.MonkeyPatch, executor: Executor, words: str) -> None:
    """Nobody waits for ever for an answer that nobody gives."""
    monkeypatch.setattr(remote, "PATIENCE", 0.01)
    with pytest.raises(WorkersLostError, match=words):
        list(execute.run(add, 5, [[1]], 1, pool(executor, alive=False)))


def test_workers_need_no_file_of_the_site(site: Callable[..., Site], monkeypatch: pytest.MonkeyPatch) -> None:
    """All that is read and rendered elsewhere is sent there; from nothing and after edits the bytes are those of a build here."""
    theme = {"themes/mine/templates/post.html": "{% extends '!default/post.html' %}\n"}
    config = CONFIG + '[theme]\nuse = ["mine"]\n'
    here, there = site({**FILES, **theme}, config + "[build]\njobs = 1\n"), site({**FILES, **theme}, config + AWAY)
    strangers = Strangers(there.root)
    monkeypatch.setattr(remote, "open_cluster", strangers.opened)
    one, other = here.build(), there.build()
    assert strangers.asked == 2
    assert not (told := differences(here.files(), there.files())), told
    assert one.diagnostics == other.diagnostics
    for each in (here, there):
        each.write("content/posts/p5.md", "---\ntitle: Another\ndate: 2026-01-06\n---\nText\n")
        each.write("static/favicon.ico", b"other")
    one, other = here.build(), there.build()
    assert [o.path for o in one.outcomes] == [o.path for o in other.outcomes]
    assert not (told := differences(here.files(), there.files())), told
    assert there.build().outcomes == ()
    assert strangers.asked == 4


def test_a_plugin_that_reads_a_file(site: Callable[..., Site], monkeypatch: pytest.MonkeyPatch) -> None:
    """A page that needs a file which was not sent is made here, and made again when that file changes."""
    files = {"content/a.md": "A", "static/readme.txt": "one", "themes/mine/templates/page.html": "{{ readme() }}", "away_readme.py": PLUGIN}
    there = site(files, CONFIG + '[theme]\nuse = ["mine"]\n' + AWAY + 'plugins = ["away_readme"]\n')
    strangers = Strangers(there.root / "static")
    monkeypatch.setattr(remote, "open_cluster", strangers.opened)
    monkeypatch.setattr(sys, "path", [*sys.path, str(there.root)])
    there.build()
    assert there.read("a/index.html") == "one\n"
    there.write("static/readme.txt", "two")
    there.build()
    assert there.read("a/index.html") == "two\n"


def test_here_after_all(site: Callable[..., Site], monkeypatch: pytest.MonkeyPatch) -> None:
    """`--jobs` says that this machine builds."""
    there = site({"content/a.md": "A"}, CONFIG + AWAY)
    strangers = Strangers(there.root)
    monkeypatch.setattr(remote, "open_cluster", strangers.opened)
    there.build(jobs=1)
    assert strangers.asked == 0


def test_without_the_extra(site: Callable[..., Site], monkeypatch: pytest.MonkeyPatch) -> None:
    """The error says what to install, and nothing is written."""
    monkeypatch.setitem(sys.modules, "distributed", None)
    there = site({"content/a.md": "A"}, CONFIG + AWAY)
    (found,) = there.errors()
    assert (found.code, str(found.span)) == ("config-value", "site.toml:5:12")
    assert 'pip install "wol-ssg[dask]"' in (found.hint or "")
    assert not there.output.exists()


def test_a_scheduler_that_cannot_be_reached(site: Callable[..., Site]) -> None:
    """It is told soon, and nothing is changed."""
    pytest.importorskip("distributed", reason="the extra `dask` is not installed")
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))  # nobody listens there
        there = site({"content/a.md": "A"}, CONFIG + AWAY.replace("cluster.example:8786", f"127.0.0.1:{taken.getsockname()[1]}"))
        began = time.monotonic()
        (found,) = there.errors()
        assert time.monotonic() - began < 20
    assert found.code == "config-value"
    assert "cannot be reached" in found.message
    assert not there.output.exists()
