"""The reference of the plugin API, from `wol.api` and the makers of tables."""

from __future__ import annotations

import ast
import inspect
import textwrap
import typing
from collections.abc import Iterator

from wol import api
from wol.features.registry import declared
from wol.model.functions import load_function
from wol.model.item import COLUMNS, Summary
from wol.reference.definitions import entry, first_paragraph, heading
from wol.site.core_tables import INPUT, STEPS

TABLES = {
    "state": "Key to the name of the state, of every item of this build.",
    "listed": "Key to whether the item stands in lists.",
    "places": "URL path of each planned file that has a role to its `role` and the key of its `subject`; for steps that run when all others have planned.",
    "assets": "Name of each asset to its output path.",
    "static": "Output path of each static file to its digest.",
    "static_files": "Output path of each static file to its `path` and `digest`.",
    "profile": 'The name of the build\'s profile, by the key "".',
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
    yield "A feature is data, and functions that it names. Only `name` is required."
    yield from _attributes(api.Feature, "feature")
    yield heading("What a name of templates states", "names-of-templates")
    yield from _attributes(api.Name, "name")
    yield heading("What a step states", "steps")
    yield first_paragraph(api.Step)
    yield from _attributes(api.Step, "step")
    yield heading("What steps read", "site")
    yield from _methods(api.SiteInput, "site")
    yield heading("What functions read that render", "views")
    yield "All that these give is recorded: it is what the target is made of."
    yield from _methods(api.Views, "views")
    yield heading("What rules of `wol check` read", "inspection")
    yield first_paragraph(api.Inspection)
    yield from _methods(api.Inspection, "inspection")
    for facts, prefix in ((api.PageFacts, "page-facts"), (api.FeedFacts, "feed-facts"), (api.Finding, "finding")):
        yield heading(f"What a `{facts.__name__}` has", prefix)
        yield first_paragraph(facts)
        yield from _attributes(facts, prefix)
    for part in (api.Command, api.CommandArgument, api.CommandOption):
        yield heading(f"What a `{part.__name__}` states", f"{part.__name__.lower()}s")
        yield first_paragraph(part)
        yield from _attributes(part, part.__name__.lower())
    yield heading("What a command reads and writes", "command-context")
    yield first_paragraph(api.CommandContext)
    yield from _methods(api.CommandContext, "command-context")
    yield heading("What a type of deploy target does", "targets")
    yield "A class on `DeployTarget`, which the hook `wol_targets` gives by the name of its type. Only `live` and `publish` are required."
    yield from _methods(api.DeployTarget, "target")
    yield heading("Tables", "tables")
    yield from _tables()
    yield heading("Columns", "columns")
    yield "What other items may know of an item, by its key, which is the path of its source from the content folder."
    yield "What most of them mean, the [front matter](front-matter.md) and the [views](templates.md#page) say.\n"
    for name, kind in typing.get_type_hints(Summary).items():
        if name in COLUMNS and name != "key":
            yield f"* `{name}`{{#columns.{name}}}: `{_annotation(kind)}`"
    yield "* `marks.link`{#columns.marks.link}, and `marks.KIND` for each kind of a feature: `tuple[Mark, ...]`, only of items that have such marks"
    yield "\nEach field that a feature declares is a column too, `FEATURE.FIELD`, of the items that have a value."
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


def _attributes(kind: type, prefix: str) -> Iterator[str]:
    """Describe the fields of a struct, each by the text below it, or where it has none by what the class says of it."""
    (body,) = ast.parse(textwrap.dedent(inspect.getsource(kind))).body
    assert isinstance(body, ast.ClassDef)
    for field, below in zip(body.body, [*body.body[1:], None], strict=True):
        if isinstance(field, ast.AnnAssign) and isinstance(field.target, ast.Name):
            is_text = isinstance(below, ast.Expr) and isinstance(below.value, ast.Constant)
            meaning = inspect.cleandoc(str(below.value.value)) if is_text else f"`{ast.unparse(field.annotation)}`"  # type: ignore[union-attr]  # as just asked
            yield from entry(field.target.id, f"{prefix}.{field.target.id}", "", meaning)


def _tables() -> Iterator[str]:
    """Describe the core tables, and those of built-in features."""
    for name, meaning in TABLES.items():
        yield from entry(name, f"tables.{name}", "", meaning)
    for step in STEPS:
        yield from _of_step(step, "")
    for feature in declared():
        for step in feature.steps:
            yield from _of_step(step, f"of the feature `{feature.name}`")


def _of_step(step: api.Step, giver: str) -> Iterator[str]:
    """Describe the tables of a step by what its function says of them."""
    if step.provides and not step.provides[0].startswith(INPUT):
        names = ", ".join(step.provides)
        about = (inspect.getdoc(load_function(step.make)) or "").removeprefix(f"`{names}`: ")
        yield from entry(names, f"tables.{step.provides[0]}", giver, about[0].upper() + about[1:])


def _annotation(kind: object) -> str:
    shown = inspect.formatannotation(kind)
    for module in ("wol.model.item.", "typing."):
        shown = shown.replace(module, "")
    return shown
