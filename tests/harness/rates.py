"""A plugin that reads files of its own: data of which it makes pages, and sounds that are published too."""

from __future__ import annotations

import json
import tomllib
from collections.abc import Mapping
from typing import Any, BinaryIO

from wol.api import Config, Feature, Input, Made, SiteInput, Step, Target, Views, hook

PLUGIN = "harness.rates"

PARSED: list[str] = []
"""The files that were parsed in this process."""


def rate(key: str, data: bytes) -> Any:
    """Parse TOML."""
    PARSED.append(key)
    return tomllib.loads(data.decode())


def number(key: str, data: bytes) -> Any:
    """Parse JSON, in the one form that this plugin knows."""
    PARSED.append(key)
    found = json.loads(data)
    if found == "silent":
        raise ValueError
    if isinstance(found, str):
        raise ValueError(found)
    if found == {"fault": True}:
        raise KeyError("fault")
    if found == {"set": True}:
        return {"all": [{1, 2}]}
    return found


def sound(key: str, file: BinaryIO) -> Any:
    """Look at the beginning of a sound."""
    PARSED.append(key)
    return [key, file.read(4).decode("latin-1")]


def raw(key: str, data: bytes) -> str:
    """Give a file as it is."""
    return data.decode()


INPUTS: Mapping[str, Input] = {
    "rates": Input("data/*.toml", rate),
    "sounds": Input(("*.mp3", "*.ogg"), "harness.rates:sound", public=True, whole=False),
    "numbers": Input("**/numbers.json", parse=number),
}


def plan(site: SiteInput) -> Made:
    """Plan a page for each file of data, and a list of each sort."""
    pages = [Target(path=f"{key}.txt", kind="rate", args={"key": key}) for key in site.table("rates")]
    lists = [
        Target(path=f"{table}.txt", kind="rates", args={"table": table, "keys": list(site.table(table))}) for table in ("sounds", "numbers")
    ]
    return Made(targets=(*pages, *lists))


STEPS = (Step(name="files", make=plan, needs=frozenset({"rates", "sounds", "numbers"}), plans=True),)


def _rate(views: Views, target: Target) -> bytes:
    return json.dumps(views.value("rates", target.args["key"])).encode()


def _rates(views: Views, target: Target) -> bytes:
    table = target.args["table"]
    return json.dumps({key: views.value(table, key) for key in target.args["keys"]}).encode()


@hook
def wol_features(config: Config) -> list[Feature]:
    """Give the feature."""
    return [Feature(name="rates", inputs=INPUTS, steps=STEPS, kinds={"rate": _rate, "rates": _rates})]
