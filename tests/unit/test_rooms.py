"""Rules of the rooms: each has its layer in the import contracts, and no name means two things."""

from __future__ import annotations

import ast
import re
import tomllib
from collections.abc import Iterable
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[2]
SOURCE = ROOT / "src" / "wol"


def contracts() -> dict[str, dict[str, Any]]:
    """Return the import contracts by their names."""
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
    return {contract["name"]: contract for contract in settings["tool"]["importlinter"]["contracts"]}


def layered() -> set[str]:
    """Return the rooms that have a layer."""
    return {room for layer in contracts()["imports go down only"]["layers"] for room in re.split(r"\s*\|\s*", layer)}


def without_layer(paths: Iterable[Path]) -> list[str]:
    """Return the modules and folders of the package that are in no layer."""
    names = {path.stem for path in paths if path.suffix == ".py" or (path / "__init__.py").is_file()}
    return sorted(names - layered() - {"__init__"})


def test_every_room_has_its_layer() -> None:
    """Every module and folder of the package is in a layer, and every layer exists; `make check` insists on the same."""
    contract = contracts()["imports go down only"]
    assert (contract["containers"], contract["exhaustive"]) == (["wol"], True)
    assert without_layer(SOURCE.iterdir()) == []
    assert [room for room in sorted(layered()) if not (SOURCE / room).is_dir() and not (SOURCE / f"{room}.py").is_file()] == []


def test_a_new_room_without_a_layer_is_noticed(tmp_path: Path) -> None:
    """The check above fails for a new folder and for a new module."""
    (tmp_path / "extra").mkdir()
    (tmp_path / "extra" / "__init__.py").touch()
    (tmp_path / "more.py").touch()
    (tmp_path / "data").mkdir()
    assert without_layer([*SOURCE.iterdir(), *tmp_path.iterdir()]) == ["extra", "more"]


def test_contracts_name_no_feature() -> None:
    """A new feature needs no line in the contracts: they mean all of `wol.features`."""
    named = [
        word for contract in contracts().values() for value in contract.values() for word in re.findall(r"wol\.features\.\w+", str(value))
    ]
    assert set(named) <= {"wol.features.registry"}
    assert contracts()["features do not import one another"]["modules"] == ["wol.features.*"]


COMMANDS = "cli/commands/"
"""Modules here are named by what one types, whatever other rooms call the work behind it."""

SLICES = ("features/", "deploy/targets/")
"""Each folder or module below these does the same job for another feature or target, so their modules and classes may have the names of their roles."""


def room(path: str) -> str:
    """Return the room of a path below the package; all slices are one."""
    return "slices" if path.startswith(SLICES) else path.partition("/")[0]


def shared(names: Iterable[tuple[str, str]]) -> set[str]:
    """Return the names that occur in more than one room, of pairs of a name and a path below the package."""
    rooms: dict[str, set[str]] = {}
    for name, path in names:
        rooms.setdefault(name, set()).add(room(path))
    return {name for name, where in rooms.items() if len(where) > 1}


def sources() -> dict[str, Path]:
    """Return the modules in rooms by their paths below the package."""
    return {file.relative_to(SOURCE).as_posix(): file for file in SOURCE.rglob("*.py") if file.parent != SOURCE}


def test_no_two_modules_share_a_name() -> None:
    """No module has the name of one in a different room."""
    modules = [(file.stem, path) for path, file in sources().items() if file.stem != "__init__" and not path.startswith(COMMANDS)]
    assert sorted(shared(modules)) == []
    assert shared([("plan", "deploy/plan.py"), ("plan", "engine/plan.py"), ("one", "a/one.py"), ("one", "a/b/one.py")]) == {"plan"}
    assert shared([("views", "features/feeds/views.py"), ("views", "deploy/targets/ftp/views.py")]) == set()
    assert shared([("views", "features/feeds/views.py"), ("views", "render/views.py")]) == {"views"}


def test_no_two_classes_share_a_name() -> None:
    """No class that other modules may import has the name of one in a different room."""
    classes = [
        (node.name, path)
        for path, file in sources().items()
        for node in ast.parse(file.read_text("utf-8")).body
        if isinstance(node, ast.ClassDef) and node.name[0] != "_"
    ]
    assert len(classes) > 300
    assert sorted(shared(classes)) == []
