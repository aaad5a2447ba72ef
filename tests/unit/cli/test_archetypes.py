"""New files begin as archetypes, with fields set, and read back as what was typed."""

from __future__ import annotations

import tomllib

import pytest
import yaml as pyyaml
from hypothesis import example, given
from hypothesis import strategies as st

from wol.cli.archetypes import Setting, fill, yaml
from wol.cli.option_values import title_value
from wol.content.front_matter import split
from wol.errors import WolError
from wol.model.item import Moment

SETTINGS: dict[str, Setting] = {
    "title": "A: b",
    "date": Moment(0, "2026-11-20T14:05:00+01:00"),
    "id": "k7f3q9x2mw",
    "tags": ("a", "C++"),
    "draft": True,
}


def read(text: str) -> dict[str, object]:
    """Read the front matter as wol does, values only."""
    block = split(text.encode(), "content/posts/a.md")
    assert block.diagnostics == ()
    return {key: [inner.value for inner in raw.value] if isinstance(raw.value, list) else raw.value for key, raw in block.values.items()}


def test_without_an_archetype_the_fields_are_all_there_is() -> None:
    """In their order, above an empty line to write on."""
    assert fill(b"", "archetypes/post.md", SETTINGS) == (
        '---\ntitle: "A: b"\ndate: 2026-11-20 14:05:00+01:00\nid: k7f3q9x2mw\ntags: [a, "C++"]\ndraft: true\n---\n\n'
    )


def test_an_archetype_stays_as_it_is_but_for_its_fields() -> None:
    """Comments, order, foreign fields and the text are kept; fields that it has are set in place, whatever their spelling."""
    archetype = """\
---
# what this is
mood: curious  # always

pubDate: 2020-01-01
# about the tags
Tags:
  - old
  - older

extra:
  a: 1
---
Text with {{ braces }}.
"""
    assert (
        fill(archetype.encode(), "archetypes/post.md", SETTINGS)
        == """\
---
title: "A: b"
id: k7f3q9x2mw
draft: true
# what this is
mood: curious  # always

date: 2026-11-20 14:05:00+01:00
# about the tags
tags: [a, "C++"]

extra:
  a: 1
---
Text with {{ braces }}.
"""
    )


def test_an_archetype_in_toml_stays_in_toml() -> None:
    """New keys go above the first table; dates are dates of TOML."""
    text = fill(b'+++\ntitle = ""\n[extra]\na = 1\n+++\nText\n', "archetypes/post.md", SETTINGS)
    found = tomllib.loads(text.split("+++")[1])
    assert found["title"] == "A: b"
    assert found["date"].isoformat() == "2026-11-20T14:05:00+01:00"
    assert (found["id"], found["tags"], found["draft"], found["extra"]) == ("k7f3q9x2mw", ["a", "C++"], True, {"a": 1})
    assert text.endswith("+++\nText\n")


def test_an_archetype_of_plain_lines_stays_so() -> None:
    """`Key: value` lines, as of Pelican."""
    text = fill(b"Title: x\nMood: y\n\nText\n", "archetypes/post.md", {"title": "A: b", "id": "k1", "tags": ("a", "b")})
    assert text == "Title: A: b\nId: k1\nTags: a, b\nMood: y\n\nText\n"


@pytest.mark.parametrize("archetype", ["# Heading\n", "\n\ntext", "---\n\ntext above\n\n---\n\ntext below\n", "Just: text\n"])
def test_an_archetype_without_front_matter_gets_one(archetype: str) -> None:
    """Its text stays, also one that begins with a rule."""
    text = fill(archetype.encode(), "archetypes/post.md", {"title": "x"})
    assert read(text) == {"title": "x"}
    assert split(text.encode(), "x").body.lstrip("\n") == archetype.lstrip("\n")


@pytest.mark.parametrize("archetype", ["---\ntitle: [\n---\n", "---\ntitle: x\n", "---\n{title: x, tags: [a]}\n---\n"])
def test_an_archetype_that_cannot_be_edited_is_an_error_with_its_place(archetype: str) -> None:
    """The place is in the archetype."""
    with pytest.raises(WolError) as caught:
        fill(archetype.encode(), "archetypes/post.md", {"title": "x", "tags": ("b",)})
    assert caught.value.diagnostics[0].span is not None
    assert caught.value.diagnostics[0].span.path == "archetypes/post.md"


@given(st.text(max_size=40).map(lambda typed: typed.encode("utf-8", "replace").decode()).map(title_value).filter(bool))
@example("no")
@example("~")
@example("1.10")
@example("2026-11-20")
@example("a: b # c")
@example("'quoted'")
@example('she said "why"')
@example("back\\slash")
@example("- item")
@example("🎉 done")
@example("שלום: עולם")
@example("What? Really!")
@example("x, y and z")
@example("*bold* & more")
@example("\u200e\u202eabc")
@example("\ufeffx")
def test_any_title_reads_back_the_same(title: str) -> None:
    """In all three forms of front matter, and by another reader of YAML."""
    for archetype in (b"", b"+++\n+++\n", b"---\nmood: x\n---\n"):
        assert read(fill(archetype, "archetypes/post.md", {"title": title}))["title"] == title
    assert str(pyyaml.safe_load(f"title: {yaml(title)}")["title"]) == title


@given(st.lists(st.text(alphabet="aé1 +#:[]\"'-&*", min_size=1, max_size=6).map(title_value).filter(bool), max_size=4))
def test_any_tags_read_back_the_same(tags: list[str]) -> None:
    """As lists of YAML and TOML."""
    for archetype in (b"", b"+++\n+++\n", b"---\ntags: [x]\n---\n"):
        assert read(fill(archetype, "archetypes/post.md", {"tags": tuple(tags)}))["tags"] == tags


def test_lines_that_continue() -> None:
    """Pelican's lines get their fields behind the whole of the first one."""
    assert (
        fill(b"Tags: a,\n    b\nTitle: A\n\nText", "archetypes/post.md", {"title": "B", "id": "x"})
        == "Tags: a,\n    b\nId: x\nTitle: B\n\nText"
    )
    assert fill(b"Status: draft\nTags: a\n  b\nTitle: A\n\nText", "x.md", {"tags": ("c",)}) == "Status: draft\nTags: c\nTitle: A\n\nText"


@pytest.mark.parametrize("archetype", ['{"title": "A"}\n', '---json\n{\n  "title": "A"\n}\n---\n'])
def test_json_is_left_to_its_writer(archetype: str) -> None:
    """An archetype in JSON is refused, with the form to write; nothing is made of it."""
    with pytest.raises(WolError) as error:
        fill(archetype.encode(), "archetypes/post.md", SETTINGS)
    (found,) = error.value.diagnostics
    assert (found.code, found.hint) == ("front-matter-by-hand", "write its fields as lines `key: value` between two lines `---`")


def test_named_forms() -> None:
    """`---yaml` and `---toml` stay, and the fields follow them."""
    assert fill(b"---yaml\ntags: a\n---\n", "x.md", {"id": "x"}) == "---yaml\nid: x\ntags: a\n---\n"
    assert fill(b'---toml\ntags = "a"\n---\n', "x.md", {"id": "x"}) == '---toml\nid = "x"\ntags = "a"\n---\n'
