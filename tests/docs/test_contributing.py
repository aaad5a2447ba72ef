"""What CONTRIBUTING says holds: its first feature runs as it is printed, its tables are those of the code."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Any

from harness.guides import ROOT, blocks, rows
from harness.site import CONFIG, Site
from wol import reference
from wol.features.registry import declared
from wol.model.feature import Feature

TEXT = (ROOT / "CONTRIBUTING.md").read_text("utf-8")
PREFIX = "first_"
"""What the names of the example begin with in the test, so that it meets no feature of wol's own."""
DESCRIPTIVE = {"name", "version", "description", "switchable", "plugin", "is_on"}
"""What a feature says of itself, and what the engine fills in."""
HOOK = "\n\nfrom wol.api import hook\n\n\n@hook\ndef wol_features(config):\n    return [feature]\n"
THEME = '[theme]\nuse = ["mine"]\n'


def example() -> tuple[dict[str, str], str]:
    """Return the files of the example as a plugin beside `site.toml`, and the code of its test."""
    files, test = {}, ""
    for block in blocks(TEXT):
        path = re.match(r"(?:# |\{# )(\S+\.(?:py|html))", block.text)
        if path is None:
            continue
        code = re.sub(r"(\b|(?<=\\n))(series_parts|series|part)\b", rf"{PREFIX}\2", block.text.replace("wol.features.series", "series"))
        if path[1].startswith("src/wol/features/series/"):
            files[f"{PREFIX}series/{path[1].rpartition('/')[2]}"] = code + (HOOK if path[1].endswith("__init__.py") else "")
        elif path[1].startswith("themes/default/"):
            files[path[1].replace("themes/default", "themes/mine").replace("series", f"{PREFIX}series")] = code
        else:
            test = code
    return files, test


def test_the_first_feature_runs(site: Callable[..., Site]) -> None:
    """The slice and its test are run as they are printed, under another name."""
    package, test = example()
    assert len(package) == 5
    names: dict[str, Any] = {}
    exec(compile(test, "CONTRIBUTING.md", "exec"), names)  # the code is our own

    def with_package(files: Mapping[str, str]) -> Site:
        return site({**package, **files}, f'{CONFIG}[build]\nplugins = ["{PREFIX}series"]\n{THEME}')

    names["test_a_part_that_comes"](with_package)


def test_the_table_of_the_protocol() -> None:
    """It has each part once, with a feature that uses it and a file that tests it."""
    table = [[cell.replace("`", "") for cell in row] for row in rows(TEXT, "part")]
    assert sorted(row[0] for row in table) == sorted(set(Feature.__struct_fields__) - DESCRIPTIVE)
    plugins = {
        "reference": (ROOT / "src/wol/reference/__init__.py"),
        "recipes": (ROOT / "tests/fixtures/plugin/src/wol_recipes/__init__.py"),
    }
    built_in = {feature.name: feature for feature in declared()}
    empty = Feature(name="empty")
    for part, meaning, user, place in table:
        assert meaning
        assert (ROOT / place).is_file(), place
        if user in plugins:
            assert f"{part}=" in plugins[user].read_text("utf-8")
        else:
            assert getattr(built_in[user], part) != getattr(empty, part), f"{user} does not use {part}"
    own = {part for part in Feature.__struct_fields__ for feature in declared() if getattr(feature, part) != getattr(empty, part)}
    assert [row[0] for row in table if row[2] == "recipes" and row[0] in own] == [], "a feature of wol's own is the first user of these"


def test_each_room_is_in_the_table() -> None:
    """Every folder of the package, and every module beside them, has its floor."""
    named = set(re.findall(r"[\w.]+", " ".join(row[1] for row in rows(TEXT, "floor"))))
    package = ROOT / "src/wol"
    rooms = {path.stem for path in package.iterdir() if path.suffix == ".py" or (path / "__init__.py").is_file()}
    assert rooms - named == {"__init__", "api"}
    assert named - rooms == set()


def test_the_reference_is_a_plugin() -> None:
    """What the table calls `reference` is the plugin of that name."""
    (feature,) = reference.wol_features(None)  # type: ignore[arg-type]  # it asks nothing of the settings
    assert feature.name == "reference"
