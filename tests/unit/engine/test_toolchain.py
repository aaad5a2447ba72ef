"""A long-lived process builds with the code that it has loaded, or not at all."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator

import pytest

from harness.site import CONFIG, Site
from wol import clock
from wol.engine import toolchain
from wol.engine.session import Session
from wol.engine.toolchain import SETTLED_NS, LoadedCode, OutdatedProcessError
from wol.features import registry

PLUGIN = """
from wol.api import Feature, Made, Step, Target, hook

def plan(site):
    return Made(targets=(Target(path="word.txt", kind="word"),))

def render(views, target):
    return b"{}"

@hook
def wol_features(config):
    return [Feature(name="word", steps=(Step(name="file", make=plan, plans=True),), kinds={{"word": render}})]
"""


@pytest.fixture
def plugin() -> Iterator[str]:
    """The name of a module that no test has loaded, and that is forgotten again."""
    name = "a_word_for_one_test"
    path = list(sys.path)
    yield name
    sys.modules.pop(name, None)
    sys.path[:] = path


def test_a_plugin_that_is_edited(site: Callable[..., Site], plugin: str) -> None:
    """A session ends where a plugin's code is another than what it has loaded; what it built before stays as it is."""
    here = site({"content/a.md": "A\n", f"{plugin}.py": PLUGIN.format("one")}, CONFIG + f"[build]\nplugins = ['{plugin}']\n")
    session = Session(registry.load)
    session.build(here.request())
    assert here.read("word.txt") == "one"
    here.write("content/a.md", "B\n")
    assert session.build(here.request()).rendered
    before = here.files()
    here.write(f"{plugin}.py", PLUGIN.format("two"))
    for _ in range(2):
        with pytest.raises(OutdatedProcessError):
            session.build(here.request())
    assert here.files() == before
    here.write(f"{plugin}.py", PLUGIN.format("one"))
    assert session.build(here.request()).rendered == 0


def test_packages_that_are_others(site: Callable[..., Site], monkeypatch: pytest.MonkeyPatch) -> None:
    """The same holds for what wol uses."""
    here = site({"content/a.md": "A\n"})
    session = Session(registry.load)
    session.build(here.request())
    monkeypatch.setattr(toolchain, "packages", lambda: ["markdown_it_py-99.dist-info"])
    with pytest.raises(OutdatedProcessError):
        session.build(here.request())


def test_what_it_digests_is_what_any_process_digests(site: Callable[..., Site], monkeypatch: pytest.MonkeyPatch) -> None:
    """The fingerprint is the same, and files that have settled are read once."""
    here = site({"code/a.py": "a = 1\n", "code/b.py": "b = 2\n", "code/__pycache__/a.py": "", "code/c.txt": "c"})
    place = here.root / "code"
    loaded = LoadedCode()
    assert toolchain.fingerprint(loaded=loaded) == toolchain.fingerprint()
    expected = toolchain.code(place)
    assert loaded.code(place) == expected
    later = clock.now_ns() + 2 * SETTLED_NS
    monkeypatch.setattr(clock, "now_ns", lambda: later)
    assert loaded.code(place) == expected
    monkeypatch.setattr(toolchain, "file", lambda path: pytest.fail(f"{path} is read again"))
    assert loaded.code(place) == expected
