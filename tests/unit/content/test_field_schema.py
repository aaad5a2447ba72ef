"""The JSON Schema of the front matter: made of the table, and it refuses nothing that wol reads."""

from __future__ import annotations

import json

import pytest

from harness import tale
from wol.content.fields import front_matter_schema
from wol.model.field import Declared
from wol.model.field_table import FIELDS, MUST_SAY, STATE_FIELDS
from wol.reference import front_matter_page


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


def test_fields_of_features() -> None:
    """Each type has the schema of what is read as such, within the limits of the field; other spellings are named."""
    declared = [Declared("tale", field) for field in tale.FIELDS]
    properties = front_matter_schema(declared)["properties"]
    assert properties["turn"]["description"] == "Its place in the tale. Also: `chapter`."
    assert properties["turn"]["anyOf"][0] == {"type": ["integer", "null"], "minimum": 1, "maximum": 99}
    assert properties["depth"]["anyOf"][0] == {"type": ["integer", "null"], "maximum": 0}
    assert properties["chapter"] == {"description": "Another spelling of `turn`."}
    assert properties["voice"]["enum"] == ["low", "high", "in between", None]
    assert properties["tones"]["anyOf"][1]["items"]["anyOf"] == [{"enum": ["bright", "dark", None]}]
    assert properties["finished"]["anyOf"] == front_matter_schema()["properties"]["toc"]["anyOf"]
    assert properties["heard"]["type"] == properties["proof"]["type"] == ["string", "null"]
    single, whole = properties["track"]["anyOf"]
    assert single == {"type": ["string", "null"]}
    assert whole["required"] == ["src"]
    assert whole["properties"]["length"]["anyOf"][0] == {"type": ["integer", "null"], "minimum": 0}
    assert "required" not in properties["place"]
    assert front_matter_schema(declared)["properties"].keys() - front_matter_schema()["properties"].keys() == {
        name for field in tale.FIELDS for name in (field.name, *field.also)
    }


def test_the_reference_groups_fields_by_feature(monkeypatch: pytest.MonkeyPatch) -> None:
    """Each feature with fields has a heading, below which each of them has its entry."""
    monkeypatch.setattr(front_matter_page, "declared", lambda: [tale.TALE])
    text = "\n".join(front_matter_page.lines())
    assert "## Fields of the feature `tale` {#of-tale}" in text
    assert "\n`turn`{#turn}\n: *A whole number from 1 to 99.* Its place in the tale.\n: Also written `chapter`.\n" in text
    assert "\n: `length`: a whole number of at least 0. Its bytes.\n" in text
