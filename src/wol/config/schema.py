"""The JSON Schema of `site.toml`, for editors, from the classes that validate it."""

from __future__ import annotations

from typing import Any

from wol.config.classes import validated_class
from wol.config.declared_tables import Tables, settings_class


def config_schema(tables: Tables) -> dict[str, Any]:
    """Return the schema (JSON Schema 2020-12) with the tables of features: every key with its type, default, limits and description."""
    from pydantic import TypeAdapter

    schema = TypeAdapter(validated_class(settings_class(tables))).json_schema()
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", "title": "site.toml", **_untitled(schema)}


def _untitled(node: Any) -> Any:
    """Drop the titles that pydantic makes of names. A property that is called `title` is a table, not a text."""
    if isinstance(node, dict):
        return {key: _untitled(inner) for key, inner in node.items() if not (key == "title" and isinstance(inner, str))}
    return [_untitled(inner) for inner in node] if isinstance(node, list) else node
