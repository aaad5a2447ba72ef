"""The JSON Schema of the front matter: made of the table, and it refuses nothing that wol reads."""

from __future__ import annotations

import json

from wol.content.field_table import FIELDS, MUST_SAY, STATE_FIELDS
from wol.content.fields import front_matter_schema


def test_every_name_is_described() -> None:
    """Each field and each other spelling has an entry with a description; other keys are allowed."""
    schema = front_matter_schema()
    names = {name for field in (*FIELDS, *STATE_FIELDS) for name in (field.name, *field.also)}
    assert set(schema["properties"]) == names
    assert all(entry["description"].endswith(".") for entry in schema["properties"].values())
    assert schema["additionalProperties"] is True
    assert schema["$schema"] == "https://json-schema.org/draft/2020-12/schema"


def test_other_spellings_are_named() -> None:
    """The description of a field names its other spellings, and theirs the field."""
    properties = front_matter_schema()["properties"]
    assert "`lastmod`" in properties["updated"]["description"]
    assert properties["lastmod"] == {"description": "Another spelling of `updated`."}


def test_states_are_never_empty() -> None:
    """A field of states does not take null, in any of its types; others do."""
    properties = front_matter_schema()["properties"]
    assert [name for name in sorted(MUST_SAY) if "null" in json.dumps(properties[name])] == []
    assert all("null" in json.dumps(properties[name]) for name in ("title", "toc", "expires", "date"))
    assert "draft" in properties["status"]["examples"]


def test_it_is_json() -> None:
    """It can be written as JSON, and each call gives one of its own."""
    schema = front_matter_schema()
    assert json.loads(json.dumps(schema)) == schema
    schema["properties"]["title"]["type"] = "changed"
    assert front_matter_schema()["properties"]["title"]["type"] != "changed"
