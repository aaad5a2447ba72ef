"""Rules of the rooms: each has its layer in the import contracts, and no name means two things."""

from __future__ import annotations

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
