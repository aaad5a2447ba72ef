"""Rules of the house that no linter knows."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

SOURCE = Path(__file__).parents[2] / "src" / "wol"
FILES = sorted(SOURCE.rglob("*.py"))

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


@pytest.mark.parametrize("file", FILES, ids=[f.relative_to(SOURCE).as_posix() for f in FILES])
def test_only_one_module_writes(file: Path) -> None:
    """`fsio` alone writes and deletes files."""
    if file.name == "fsio.py":
        return
    found = [f"{file.name}:{c.lineno}" for c in calls(ast.parse(file.read_text("utf-8"))) if writes(c)]
    assert not found


def test_the_rule_would_find_something() -> None:
    """The check above sees what it is for: `fsio` itself breaks it in many places."""
    assert sum(map(writes, calls(ast.parse((SOURCE / "fsio.py").read_text("utf-8"))))) > 5


@pytest.mark.parametrize("file", FILES, ids=[f.relative_to(SOURCE).as_posix() for f in FILES])
def test_files_are_rooms_not_halls(file: Path) -> None:
    """A file above 400 lines has two duties."""
    assert len(file.read_text("utf-8").splitlines()) <= 400


@pytest.mark.parametrize("file", FILES, ids=[f.relative_to(SOURCE).as_posix() for f in FILES])
def test_modules_say_what_they_are(file: Path) -> None:
    """Every module begins with a sentence, but for the empty marks of packages."""
    text = file.read_text("utf-8")
    assert not text.strip() or ast.get_docstring(ast.parse(text)), file
    assert not {"TODO", "FIXME", "XXX"} & set(text.split())
