"""The reference of the plugin API, from `wol.api` and the makers of tables."""

from __future__ import annotations

import inspect
import typing
from collections.abc import Iterator
from importlib import import_module

from wol import api
from wol.cli.reference.entries import entry, first_paragraph, heading
from wol.features.registry import BUILT_IN
from wol.model.item import Summary
from wol.site.assemble import BUILDERS

ATTRIBUTES = {
    "name": "What `[features]`, errors and other features call it. Required, unique.",
    "version": "A text that changes with what it does; where it differs, everything is built anew.",
    "columns": "The columns that `tables`, `targets` and `check` read.",
    "needs": "The tables that they read, of wol and of other features.",
    "provides": "The tables that `tables` gives: exactly these.",
}
"""What a feature states of itself."""

TABLES = {
    "state": "Key to the name of the state, of every item of this build.",
    "listed": "Key to whether the item stands in lists.",
    "asset_files": "Name of each asset that is a file of a theme to its `path` and `digest`.",
}
"""Tables that are there before all others."""

SINGLE = {
    "API_VERSION": "The number of this API.",
    "hook": "Marks a function that implements a hook of plugins: `wol_features`, `wol_targets`.",
}
"""Names of `wol.api` that are neither classes nor functions."""


def lines() -> Iterator[str]:
    """Describe what plugins may use."""
    yield "How a plugin is written, with an example, is in the guide on [plugins](../plugins.md). A plugin imports nothing of wol but `wol.api`."
    yield heading("What a feature states", "attributes")
    for name, meaning in ATTRIBUTES.items():
        yield from entry(name, f"feature.{name}", "", meaning)
    yield heading("Hooks of a feature", "hooks")
    yield "All are optional. `kinds`, `context` and `helpers` are properties that give names to functions."
    yield from _methods(api.Feature, "feature")
    yield heading("What `tables`, `targets` and `check` read", "site")
    yield from _methods(api.SiteInput, "site")
    yield heading("What `kinds`, `context` and `helpers` read", "views")
    yield "All that these give is recorded: it is what the target is made of. A helper's first argument, and that of a kind or a context, are the views."
    yield from _methods(api.Views, "views")
    yield heading("What a type of deploy target does", "targets")
    yield "A class on `DeployTarget`, which the hook `wol_targets` gives by the name of its type. Only `live` and `publish` are required."
    yield from _methods(api.DeployTarget, "target")
    yield heading("Tables", "tables")
    yield from _tables()
    yield heading("Columns", "columns")
    yield "What other items may know of an item, by its key, which is the path of its source from the content folder."
    yield "What most of them mean, the [front matter](front-matter.md) and the [views](templates.md#page) say.\n"
    for name, kind in typing.get_type_hints(Summary).items():
        if name != "key":
            yield f"* `{name}`{{#columns.{name}}}: `{_annotation(kind)}`"
    yield heading("Names of `wol.api`", "names")
    for name in api.__all__:
        about = SINGLE.get(name) or inspect.getdoc(getattr(api, name)) or ""
        yield from entry(name, f"api.{name}", "", *about.split("\n\n"))


def _methods(kind: type, prefix: str) -> Iterator[str]:
    for name, found in vars(kind).items():
        if name[0] != "_" and (callable(found) or isinstance(found, property)):
            arguments = "" if isinstance(found, property) else _arguments(found)
            yield from entry(name + arguments, f"{prefix}.{name}", "", first_paragraph(found))


def _arguments(function: typing.Callable[..., object]) -> str:
    parameters = list(inspect.signature(function).parameters.values())[1:]
    star = "*, " if any(p.kind is p.KEYWORD_ONLY for p in parameters) else ""
    shown = [p.name if p.default is p.empty else f"{star}{p.name}={p.default!r}" for p in parameters]
    return f"({', '.join(shown)})"


def _tables() -> Iterator[str]:
    """Describe the core tables, and those of built-in features."""
    for name, meaning in TABLES.items():
        yield from entry(name, f"tables.{name}", "", meaning)
    for builder in BUILDERS:
        names = ", ".join(builder.provides)
        about = (inspect.getdoc(builder.build) or "").removeprefix(f"`{names}`: ")
        yield from entry(names, f"tables.{builder.provides[0]}", "", about[0].upper() + about[1:])
    for name in BUILT_IN:
        feature = import_module(f"wol.features.{name}").feature
        for table in feature.provides:
            yield from entry(table, f"tables.{table}", f"of the feature `{name}`", _about_table(feature, table))


def _about_table(feature: api.Feature, table: str) -> str:
    """Give what a feature's docstring says of a table: the sentences from its name on."""
    text = " ".join((inspect.getdoc(type(feature)) or "").split())
    return text[text.find(f"The table `{table}`") :]


def _annotation(kind: object) -> str:
    shown = inspect.formatannotation(kind)
    for module in ("wol.model.item.", "typing."):
        shown = shown.replace(module, "")
    return shown
