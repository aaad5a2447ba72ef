"""The JSON Schema of the front matter, for editors: made of the one table of fields."""

from __future__ import annotations

from collections.abc import Sequence
from copy import deepcopy
from typing import Any

from wol.content.field_types import TYPES, schema
from wol.model.field import Declared, Field
from wol.model.field_table import FIELDS, MUST_SAY, STATE_FIELDS


def front_matter_schema(declared: Sequence[Declared] = ()) -> dict[str, Any]:
    """Give a schema (JSON Schema, draft 2020-12) of the front matter with the taxonomies that a new site has, and the fields of features.

    Foreign keys are allowed, so only what wol itself would refuse is an error. Other spellings of a field take any value, since
    one that does not fit is a foreign key. JSON knows no spellings without case, `-` and `_`, so each name has that of the table.
    """
    properties: dict[str, Any] = {}
    of_features = [one.field for one in declared]
    for field in (*FIELDS, *STATE_FIELDS, *of_features):
        properties[field.name] = {**schema(field), "description": _describe(field)}
    for field in (*FIELDS, *of_features):
        for also in field.also:
            properties.setdefault(also, {"description": f"Another spelling of `{field.name}`."})
    for field in STATE_FIELDS:
        for also in field.also:
            properties[also] = {**TYPES[field.type].schema, "description": f"Another spelling of `{field.name}`."}
    properties["publish"] = {**TYPES["published"].schema, "description": properties["publish"]["description"] + " `no` makes a draft."}
    for name in MUST_SAY:
        properties[name] = _filled(properties[name])
    whole = {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "Front matter of wol",
        "type": "object",
        "properties": properties,
        "additionalProperties": True,
    }
    return deepcopy(whole)


def _filled(schema: dict[str, Any]) -> dict[str, Any]:
    """Give the schema of a field of states, which nobody may leave empty."""
    kinds = schema.get("type")
    if isinstance(kinds, list):
        schema = {**schema, "type": [kind for kind in kinds if kind != "null"]}
    return {key: [_filled(one) for one in value] if key == "anyOf" else value for key, value in schema.items()}


def _describe(field: Field) -> str:
    if not field.also:
        return field.description
    return f"{field.description} Also: {', '.join(f'`{name}`' for name in field.also)}."
