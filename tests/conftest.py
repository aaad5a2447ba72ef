"""Fixtures for all tests: a whole site in one readable value, and the real blogs that lie beside the checkout."""

from __future__ import annotations

import gc
import os
import signal
import sys
from collections.abc import Callable, Iterator, Mapping
from functools import cache
from pathlib import Path

import pytest
from hypothesis import settings

settings.register_profile("patient", deadline=None)  # machines under load are slow now and then; slowness fails no test
settings.load_profile("patient")

sys.path.insert(0, str(Path(__file__).parent))  # for `harness`: the tests themselves are no package

from harness.blogs import Blog, built  # noqa: E402  # only now can it be found
from harness.once import done_once  # noqa: E402
from harness.site import CONFIG, Site  # noqa: E402

CORPORA = Path(__file__).parents[1].parent / "shared" / "corpora"


ENOUGH = 4 << 30
"""Bytes that have to be free in memory for the folders of all tests."""


def in_memory(folder: Path = Path("/dev/shm")) -> bool:
    """Return whether there is a file system in memory with enough room: there no build waits for a disk, and cleaning up takes no time."""
    try:
        room = os.statvfs(folder)
    except OSError:
        return False
    return os.access(folder, os.W_OK) and room.f_bavail * room.f_frsize >= ENOUGH


if in_memory():
    os.environ.setdefault("PYTEST_DEBUG_TEMPROOT", "/dev/shm")


def pytest_configure(config: pytest.Config) -> None:
    """React to Ctrl-C and similar signals as in a terminal, and let child processes do so: a shell lets background jobs ignore them."""
    for number in (signal.SIGINT, signal.SIGHUP, signal.SIGTERM):
        if signal.getsignal(number) == signal.SIG_IGN:
            signal.signal(number, signal.default_int_handler if number == signal.SIGINT else signal.SIG_DFL)


def pytest_collection_finish() -> None:
    """Collect garbage less often: many objects are permanent, and each pass over them is slow."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(50_000, 20, 100)


@pytest.fixture(autouse=True)
def _no_plugins_of_others() -> Iterator[None]:
    """Forget the plugins of a test's site: a module of the same name in another site would be taken for them."""
    before = list(sys.path)
    yield
    added = [path for path in sys.path if path not in before]
    if not added:
        return
    sys.path[:] = before
    for name, module in list(sys.modules.items()):
        if (getattr(module, "__file__", None) or "").startswith(tuple(f"{path}/" for path in added)):
            del sys.modules[name]


@pytest.fixture(scope="session", autouse=True)
def _done_once() -> Iterator[None]:
    """Parse and compile the same templates once, not in each of a thousand builds."""
    with done_once():
        yield


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--update-expected", action="store_true", help="write the expected.txt of the broken sites anew, to be reviewed")


def pytest_runtest_setup(item: pytest.Item) -> None:
    if item.get_closest_marker("corpora") and not CORPORA.is_dir():
        if os.environ.get("CI") == "true":
            pytest.fail("../shared/corpora is not here")
        pytest.skip("../shared/corpora is not here")


@pytest.fixture
def site(tmp_path: Path) -> Callable[..., Site]:
    """Return `site({"content/posts/a.md": "…"}, config="…")`, which writes a whole site and returns it as a value."""
    made = 0

    def make(files: Mapping[str, str | bytes] = {}, config: str = CONFIG) -> Site:
        nonlocal made
        made += 1
        return Site(tmp_path / f"site{made}", files, config)

    return make


@pytest.fixture(scope="session")
def corpora() -> Path:
    """The folder of the real blogs."""
    return CORPORA


@pytest.fixture(scope="session")
def blog(corpora: Path, tmp_path_factory: pytest.TempPathFactory, worker_id: str) -> Callable[[str], Blog]:
    """Return `blog("18f")`: copied and built by one command, once for all test processes of a run."""
    base = tmp_path_factory.getbasetemp()
    shared = base if worker_id == "master" else base.parent

    @cache
    def made(name: str) -> Blog:
        return built(corpora, name, shared / "corpora" / name)

    return made


@pytest.fixture
def update_expected(request: pytest.FixtureRequest) -> bool:
    """Whether expected texts are to be written anew instead of compared."""
    return bool(request.config.getoption("--update-expected"))


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_auto_num_workers() -> int:
    """Run one test more than there are processors: some wait for others."""
    return (len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1) + 1
