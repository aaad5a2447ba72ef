"""One name for one thing: no two modules and no two classes have the same, and every folder is in an import contract.

What breaks a rule today is listed. Each list only gets shorter: a new offender fails, and so does an entry that is no longer needed.
"""

from __future__ import annotations

import ast
import tomllib
from collections import defaultdict
from collections.abc import Iterable, Mapping
from pathlib import Path

ROOT = Path(__file__).parents[2]
SOURCE = ROOT / "src" / "wol"
FILES = {file.relative_to(SOURCE).as_posix(): file for file in sorted(SOURCE.rglob("*.py"))}
CONTRACTS = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["tool"]["importlinter"]["contracts"]

SLICES = ("features/", "deploy/targets/")
"""Folders whose parts are made alike: a module of one name has the same role in each of them, and so has a class."""

SAME_MODULE: Mapping[str, str] = {
    "addresses": "check config render",
    "builder": "site watch",
    "check": "cli site",
    "clean": "cli engine",
    "code": "codes render watch",
    "dates": "content render",
    "entries": "cli/reference features",
    "fields": "cli/reference content",
    "files": "serve site",
    "findings": "content/markdown serve",
    "folders": "config engine theme",
    "gone": "cli ledger",
    "headings": "check/rules content/markdown/rules",
    "highlight": "content/markdown features",
    "identify": "cli ledger",
    "items": "engine features",
    "ledger": "content engine model",
    "limits": "content/markdown engine",
    "links": "content/markdown render site",
    "markup": "check/rules render",
    "move": "cli ledger",
    "netlify": "deploy deploy/targets",
    "options": "cli theme",
    "order": "engine site",
    "output": "check/rules deploy",
    "page": "check model",
    "parts": "content/markdown serve",
    "plan": "deploy engine",
    "publishing": "engine images",
    "record": "cli ledger",
    "rollback": "cli deploy",
    "schema": "cli config",
    "settings": "cli/reference content serve",
    "sitemap": "check/rules features",
    "states": "content/markdown site",
    "survey": "content/markdown engine",
    "tables": "content/markdown/rules site",
    "tags": "check/rules content/markdown",
    "target": "deploy model",
    "taxonomies": "config features",
    "templates": "cli/reference render",
    "words": "content/markdown model serve",
}
"""Names that modules in several rooms have, with the rooms."""

SAME_CLASS: Mapping[str, str] = {
    "Address": "check/addresses serve/running",
    "Addresses": "check/addresses render/addresses",
    "Ahead": "engine/request watch/builder",
    "Builder": "site/builder watch/builder",
    "Built": "check/built deploy/output site/builder watch/messages watch/quiet",
    "Code": "codes/code watch/code",
    "Entry": "deploy/damage engine/pack features/entries ledger/record",
    "Feed": "check/feed features/entries",
    "Field": "config/classes content/field_table",
    "File": "deploy/netlify model/target",
    "Finding": "check/finding content/opening_walk watch/messages",
    "Fragment": "engine/state render/holes",
    "Item": "check/canaries model/item",
    "Items": "engine/items features/items",
    "Line": "content/opening_lines model/ledger watch/builder",
    "Lines": "content/opening_lines engine/source_lines",
    "Loaded": "content/json_text content/toml_text content/yaml_text engine/loaded",
    "Manifest": "engine/manifest theme/options",
    "Mark": "deploy/inplace features/mark",
    "Moved": "ledger/move serve/resolve",
    "Page": "check/page model/page",
    "Piece": "content/markdown/tags deploy/contents",
    "Place": "content/toml_places deploy/target engine/pack model/item",
    "Places": "check/places config/locate content/toml_places engine/plan",
    "Plan": "deploy/plan engine/plan",
    "Problem": "config/problems site/links",
    "Published": "deploy/targets/git engine/ledger images/publishing",
    "Reading": "content/field_layer content/read engine/reading",
    "Rendered": "engine/render_job watch/messages",
    "Row": "engine/survey ledger/outlook",
    "Seen": "check/seen deploy/remote_layout",
    "Session": "cli/options engine/session",
    "Settings": "serve/settings watch/roots",
    "Standing": "engine/standing model/ledger",
    "Survey": "content/markdown/survey engine/survey",
    "Target": "deploy/target model/target",
    "Text": "content/markdown/reader render/holes",
    "Tree": "model/source watch/messages",
}
"""Names that classes in several modules have, with the modules."""

IN_NO_CONTRACT: frozenset[str] = frozenset(
    {
        "wol.check.external",
        "wol.check.rules",
        "wol.cli.reference",
        "wol.content.markdown",
        "wol.content.markdown.rules",
        "wol.deploy.targets",
    }
)
"""Folders that no import contract names."""

LEFT_OUT: Mapping[str, str] = {
    "only engine/execute.py knows of processes": "wol.codes wol.images wol.ledger",
    "only clock reads the time": "wol.codes wol.images wol.ledger",
}
"""Contracts that list the rooms they hold for, with the rooms that they leave out."""


def room(path: str) -> str:
    """Return the folder of a module; all slices of one kind are one room."""
    folder = path.rpartition("/")[0]
    return next((kind.rstrip("/") for kind in SLICES if f"{folder}/".startswith(kind)), folder or ".")


def module(path: str) -> str:
    """Return where a class is; modules of one name in slices of one kind are one module."""
    return f"{room(path)}/{path.rpartition('/')[2].removesuffix('.py')}".removeprefix("./")


def shared(names: Iterable[tuple[str, str]]) -> dict[str, str]:
    """Return what has its name in several places: `{name: "place place"}`."""
    places = defaultdict(set)
    for name, place in names:
        places[name].add(place)
    return {name: " ".join(sorted(found)) for name, found in sorted(places.items()) if len(found) > 1}


def classes(path: str) -> list[str]:
    """Return the names of the public classes of a module."""
    tree = ast.parse(FILES[path].read_text("utf-8"))
    return [node.name for node in tree.body if isinstance(node, ast.ClassDef) and not node.name.startswith("_")]


def named(contract: Mapping[str, object]) -> set[str]:
    """Return the modules that a contract names, `wol.features.*` among them."""
    found: set[str] = set()
    for key in ("layers", "modules", "source_modules", "containers"):
        values = contract.get(key, [])
        assert isinstance(values, list)
        found |= {part.strip(" ()") for value in values for part in value.replace(":", "|").split("|")}
    return found


def folders() -> list[str]:
    """Return all folders of modules as a contract names them."""
    return sorted({f"wol.{path.rpartition('/')[0].replace('/', '.')}" for path in FILES if "/" in path})


def test_no_two_modules_of_one_name() -> None:
    """A name that is heard leads to one file."""
    found = shared((path.rpartition("/")[2].removesuffix(".py"), room(path)) for path in FILES if not path.endswith("__init__.py"))
    assert found == SAME_MODULE


def test_no_two_classes_of_one_name() -> None:
    """A name that is read leads to one class."""
    assert shared((name, module(path)) for path in FILES for name in classes(path)) == SAME_CLASS


def test_every_folder_is_in_a_contract() -> None:
    """Whoever adds a folder says what it may import: by its name, or as one of `wol.features.*`."""
    names = set().union(*map(named, CONTRACTS))
    missing = {one for one in folders() if one not in names and f"{one.rpartition('.')[0]}.*" not in names}
    assert missing == IN_NO_CONTRACT


def test_contracts_that_list_rooms_list_all() -> None:
    """A rule for all rooms has no hole where a room was added later."""
    rooms = {folder for folder in folders() if folder.count(".") == 1}
    lists = {str(contract["name"]): named(contract) for contract in CONTRACTS if contract["type"] == "forbidden"}
    missing = {name: " ".join(sorted(rooms - found)) for name, found in lists.items() if found != {"wol"} and rooms - found}
    assert missing == LEFT_OUT


def test_slices_share_their_roles() -> None:
    """Equal names are no offence within slices of one kind, and are one in any other room."""
    alike = ["features/series/pages.py", "features/feeds/pages.py"]
    assert shared((path, room(path)) for path in alike) == {}
    assert {room(path) for path in alike} == {"features"}
    assert shared(("pages", room(path)) for path in [*alike, "engine/pages.py"]) == {"pages": "engine features"}
    assert module("features/feeds/pages.py") == module("features/series/pages.py") == "features/pages"
    assert module("clock.py") == "clock"
