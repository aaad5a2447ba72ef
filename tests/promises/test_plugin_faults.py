"""Whatever a plugin does wrong is an error that names the plugin, and never called a defect of wol."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from itertools import count
from typing import Any

import pytest

from harness.site import CONFIG, Site
from wol.engine.protocol import declared_types, result_types
from wol.errors import Diagnostic
from wol.model.feature import Feature, Name
from wol.model.step import Made, Step
from wol.model.target import File, Target

NUMBERS = count()
POST: dict[str, str | bytes] = {"content/posts/a.md": "---\ntitle: A\ndate: 2026-11-01\n---\nText.\n"}
HEAD = "from wol.api import *\n"
HOOK = "@hook\ndef wol_features(config):\n    {}\n"


def plugin(body: str) -> tuple[dict[str, str | bytes], str]:
    """Give a plugin, of a name of its own, and the settings with it."""
    name = f"faulty{next(NUMBERS)}"
    return {**POST, f"{name}.py": body}, f'{CONFIG}[build]\nplugins = ["{name}"]\n'


MODULES = {
    "exits": "import sys\nsys.exit()\n",
    "exits with a word": "raise SystemExit('bye')\n",
    "exits as typed": "exit(0)\n",
    "raises KeyboardInterrupt": "raise KeyboardInterrupt\n",
    "raises BaseException": "raise BaseException('x')\n",
    "raises GeneratorExit": "raise GeneratorExit\n",
    "has an exception of its own": "class Mine(BaseException):\n    pass\nraise Mine\n",
    "raises": "raise RuntimeError('x')\n",
    "raises without words": "assert False\n",
    "is no Python": "def (:\n",
    "has a zero byte": "a = 1\x00\n",
    "has wrong indents": "if 1:\n  a = 1\n b = 2\n",
    "never ends": "def f():\n    f()\nf()\n",
    "lacks a module": "import no_such_module_at_all\n",
    "lacks a name": "from wol.api import NoSuchName\n",
    "opens what is not there": "open('/no/such/file')\n",
    "closes a pipe": "raise BrokenPipeError\n",
    "divides": "1 / 0\n",
    "has a huge number": f"int('{'1' * 5000}')\n",
    "its hook exits": HEAD + HOOK.format("exit()"),
    "its hook is stopped": HEAD + HOOK.format("raise KeyboardInterrupt"),
    "its hook gives a number": HEAD + HOOK.format("return 5"),
    "its hook gives a text": HEAD + HOOK.format("return 'abc'"),
    "its hook gives a class": HEAD + "class F:\n    name = 'f'\n" + HOOK.format("return [F]"),
    "its hook gives no list": HEAD + HOOK.format("return Feature(name='f')"),
    "its hook gives nothing of ours": HEAD + HOOK.format("return [object()]"),
    "its hook fails while it gives": HEAD + HOOK.format("yield 1 / 0"),
    "its hook wants more": HEAD + "@hook\ndef wol_features(config, more):\n    return []\n",
}


@pytest.mark.parametrize("what", MODULES)
def test_a_plugin_that_cannot_be_loaded(site: Callable[..., Site], what: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """It is one error with the plugin's name, whatever kind of exception comes out of it."""
    files, config = plugin(MODULES[what])
    here = site(files, config)
    ran = here.run("build", "--at", "2026-12-01")
    assert ran.code == 1, ran
    assert ran.stderr.count("error[plugin-failed]") == 1
    assert "take it out of `[build] plugins`" in ran.stderr
    assert not here.output.exists()


def made(**parts: Any) -> Feature:
    """Make a feature with some parts of it wrong."""
    return Feature(**{"name": "wrong", **parts})


def step(**parts: Any) -> Mapping[str, Any]:
    return {"steps": (Step(**{"name": "s", "make": print, **parts}),)}


WRONG_FEATURES: tuple[Mapping[str, Any], ...] = (
    {"name": None},
    {"name": 5},
    {"name": ""},
    {"version": 3},
    {"version": None},
    {"steps": None},
    {"steps": (5,)},
    step(name=5),
    step(make=None),
    step(make="no.such.module:name"),
    step(make="os:no_such_name"),
    step(make="os"),
    step(columns="url"),
    step(columns=None),
    step(needs="lists"),
    step(needs=None),
    step(needs=(1,)),
    step(provides="mine"),
    step(provides=None),
    {"kinds": None},
    {"kinds": 5},
    {"kinds": {"k": None}},
    {"kinds": {"k": "text"}},
    {"context": "abc"},
    {"context": {1: print}},
    {"context": {"c": print}},
    {"page": None},
    {"page": {"p": Name(None, "Nothing.")}},  # type: ignore[arg-type]  # wrong types are what this is about
    {"site": {"p": Name(print, "Nothing.", empty=[])}},
    {"sources": 5},
    {"assets": "text"},
)


def wrong(of: Any, **parts: Any) -> Any:
    """Make something of ours with a part of a wrong type."""
    return of(**parts)


WRONG_RESULTS: Mapping[Callable[[Any], Any], tuple[Any, ...]] = {
    result_types.text_map: (None, 5, "abc", [1], {"a": 1}, {1: "a"}, {"a": b"b"}, {"a": "\ud800"}),
    result_types.made: (
        None,
        5,
        {"a": {}},
        *(
            wrong(Made, tables=tables)
            for tables in (None, 5, "abc", {"a": 1}, {"a": {1: 2}}, {"a": {"b": object()}}, {"a": {"b": 2**70}}, {"a": {"b": 10**5000}})
        ),
        *(wrong(Made, targets=targets) for targets in (None, 5, "abc", [1], [None], {"a": 1})),
        *(
            Made(targets=(wrong(Target, **{"path": "x", "kind": "k", **parts}),))
            for parts in (
                {"path": 5},
                {"path": "x\ud800"},
                {"kind": None},
                {"args": 5},
                {"args": {"a": object()}},
                {"args": {"a": 10**5000}},
                {"template": 5},
                {"origin": 5},
            )
        ),
        *(
            wrong(Made, diagnostics=found)
            for found in (5, "abc", [1], [None], {"a": 1}, [wrong(Diagnostic, code=5, severity="error", message="x")])
        ),
    ),
    result_types.artifact: (None, "text", 5, [b"x"], bytearray(b"x")),
    result_types.target_types: (None, 5, [1], {"a": 1}, {1: print}),
}


def test_what_a_plugin_declares_and_gives_has_its_type() -> None:
    """A wrong type is found where it comes in, and a right one passes as it is."""
    for parts in WRONG_FEATURES:
        with pytest.raises(TypeError):
            declared_types.feature(made(**parts))
    for check, results in WRONG_RESULTS.items():
        for found in results:
            with pytest.raises((TypeError, ValueError, OverflowError)):
                check(found)
    right = made(kinds={"k": print}, context={"h": Name(print, "Prints.")}, **step(needs=["lists"], columns={"url"}))
    assert declared_types.feature(right) is right
    assert result_types.text_map({"a": "b"}) == {"a": "b"}
    tables, target = {"a": {"b": [1, "x", None]}}, Target(path="x", kind="k")
    assert result_types.made(Made(tables, [target])) == Made(tables, (target,))  # type: ignore[arg-type]  # a list is as good
    assert result_types.artifact(File("a", "b")) == File("a", "b")


PARTS = {
    "sources": "def spoil(config):\n    return {}\nF = Feature(name='f', sources=spoil)",
    "assets": "def spoil(config):\n    return {}\nF = Feature(name='f', assets=spoil)",
    "step": "def spoil(site):\n    return {}\nF = Feature(name='f', steps=(Step(name='s', make=spoil),))",
    "tables": "def spoil(site):\n    return Made({{'t': {}}})\nF = Feature(name='f', steps=(Step(name='s', make=spoil, provides=('t',)),))",
    "targets": "def spoil(site):\n    return Made(targets={})\nF = Feature(name='f', steps=(Step(name='s', make=spoil, plans=True),))",
    "diagnostics": "def spoil(site):\n    return Made(diagnostics={})\nF = Feature(name='f', steps=(Step(name='s', make=spoil),))",
    "kind": "def plan(site):\n    return Made(targets=[Target(path='x.txt', kind='k')])\ndef spoil(views, target):\n    return {}\n"
    "F = Feature(name='f', steps=(Step(name='s', make=plan, plans=True),), kinds={{'k': spoil}})",
    "function": "def spoil(views):\n    return {}\nF = Feature(name='f', context={{'spoil': Name(spoil, 'Spoils.', takes_arguments=True)}})",
    "context": "def spoil(views, target):\n    return {}\nF = Feature(name='f', context={{'spoil': Name(spoil, 'Spoils.')}})",
    "page": "def spoil(views, key):\n    return {}\nF = Feature(name='f', page={{'spoil': Name(spoil, 'Spoils.')}})",
    "site": "def spoil(views):\n    return {}\nF = Feature(name='f', site={{'spoil': Name(spoil, 'Spoils.')}})",
}
CALLS = {"function": "{{ spoil() }}", "context": "{{ spoil }}", "page": "{{ page.spoil }}", "site": "{{ site.spoil }}"}
"""How a template meets those that it can."""


@pytest.mark.parametrize("part", PARTS)
@pytest.mark.parametrize("how", ["exit()", "(_ for _ in ()).throw(KeyboardInterrupt)", "1 / 0", "5"])
def test_a_function_that_fails(site: Callable[..., Site], part: str, how: str) -> None:
    """What a function raises or gives in a wrong type is an error of the plugin, also where a template calls it."""
    if part in CALLS and (how == "5" or "Keyboard" in how):
        return
    files, config = plugin(f"{HEAD}{PARTS[part].format(how)}\n{HOOK.format('return [F]')}")
    ran = site({**files, "themes/m/templates/post.html": CALLS.get(part, "")}, config + '[theme]\nuse = ["m"]\n').run(
        "build", "--at", "2026-12-01"
    )
    assert ran.code == 1, ran
    assert ran.stderr.count("error[plugin-failed]") == 1, ran.stderr


def test_a_kind_that_nobody_makes(site: Callable[..., Site]) -> None:
    """A target whose kind no feature makes is an error that names both."""
    plan = "def plan(site):\n    return Made(targets=[Target(path='x.txt', kind='none')])\n"
    files, config = plugin(HEAD + plan + HOOK.format("return [Feature(name='f', steps=(Step(name='s', make=plan, plans=True),))]"))
    (found,) = site(files, config).errors()
    assert found.code == "plugin-failed"
    assert found.message == "`x.txt` of the feature `f` is of the kind `none`, which no feature can make"


def test_a_folder_is_no_plugin(site: Callable[..., Site]) -> None:
    """A folder of the site that has the name of a plugin which is not installed does not pass for it."""
    here = site({"content/a.md": "A", "cookbook/notes.txt": "x"}, f'{CONFIG}\n[build]\nplugins = ["cookbook"]\n')
    (error,) = here.errors()
    assert error.message == "There is no plugin or module `cookbook`"
