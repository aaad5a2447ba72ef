"""Rules of the house that no linter knows."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from fnmatch import fnmatch
from pathlib import Path

import pytest

SOURCE = Path(__file__).parents[2] / "src" / "wol"
MODULES = {file.relative_to(SOURCE).as_posix(): file.read_text("utf-8") for file in sorted(SOURCE.rglob("*.py"))}

WRITING = {
    "write_text", "write_bytes", "unlink", "rmdir", "mkdir", "makedirs", "rename", "replace_file", "symlink_to", "hardlink_to", "touch",
    "rmtree", "copyfile", "copy2", "copytree", "move", "chmod", "truncate", "ftruncate", "pwrite", "removedirs",
}  # fmt: skip


def calls(tree: ast.AST) -> Iterator[ast.Call]:
    yield from (node for node in ast.walk(tree) if isinstance(node, ast.Call))


def writes(call: ast.Call) -> bool:
    """Whether a call changes a file: by its name, or `open` with a mode that writes."""
    name = call.func.attr if isinstance(call.func, ast.Attribute) else call.func.id if isinstance(call.func, ast.Name) else ""
    if name in WRITING and isinstance(call.func, ast.Attribute):
        return not (isinstance(call.func.value, ast.Name) and call.func.value.id == "fsio")
    if name == "open" and isinstance(call.func, ast.Name):
        modes = [*call.args[1:2], *(k.value for k in call.keywords if k.arg == "mode")]
        return any(not isinstance(m, ast.Constant) or set(str(m.value)) & set("wax+") for m in modes)
    return False


def test_only_one_module_writes() -> None:
    """`fsio` alone writes and deletes files."""
    found = [
        f"{name}:{call.lineno}" for name, text in MODULES.items() if name != "fsio.py" for call in calls(ast.parse(text)) if writes(call)
    ]
    assert not found


def test_the_rule_would_find_something() -> None:
    """The check above sees what it is for: `fsio` itself breaks it in many places."""
    assert sum(map(writes, calls(ast.parse(MODULES["fsio.py"])))) > 5


def test_files_are_rooms_not_halls() -> None:
    """A file above 400 lines has two duties."""
    lengths = {name: len(text.splitlines()) for name, text in MODULES.items()}
    assert {name: length for name, length in lengths.items() if length > 400} == {}


def test_modules_say_what_they_are() -> None:
    """Every module begins with a sentence, but for the empty marks of packages."""
    assert [name for name, text in MODULES.items() if text.strip() and not ast.get_docstring(ast.parse(text))] == []
    assert [name for name, text in MODULES.items() if {"TODO", "FIXME", "XXX"} & set(text.split())] == []


def test_there_are_modules() -> None:
    """The rules look at all of the package."""
    assert len(MODULES) > 300


def test_unit_tests_mirror_the_package(pytestconfig: pytest.Config) -> None:
    """Each folder of `tests/unit` is one of `src/wol`: who looks for the tests of a room finds them."""
    unit = pytestconfig.rootpath / "tests/unit"
    folders = {file.parent.relative_to(unit).as_posix() for file in unit.rglob("*.py")}
    assert [folder for folder in sorted(folders) if not (SOURCE / folder).is_dir()] == []


LONG_SUPPORT = {"edits.py", "faults.py", "probes.py", "world.py"}
"""Modules of `tests/harness` that are above 300 lines. The set only gets smaller."""


def test_support_of_tests_is_small(pytestconfig: pytest.Config) -> None:
    """A module that tests share has one duty, in up to 300 lines."""
    modules = (pytestconfig.rootpath / "tests/harness").glob("*.py")
    assert {module.name for module in modules if len(module.read_text("utf-8").splitlines()) > 300} == LONG_SUPPORT


def test_every_folder_of_tests_is_searched(pytestconfig: pytest.Config) -> None:
    """No folder that holds tests has a name that pytest passes over, as it does `build` and `dist` by default."""
    tests = Path(__file__).parents[1]
    folders = {name for file in tests.rglob("test_*.py") for name in file.relative_to(tests).parts[:-1]}
    assert "engine" in folders
    assert [name for name in sorted(folders) if any(fnmatch(name, pattern) for pattern in pytestconfig.getini("norecursedirs"))] == []
