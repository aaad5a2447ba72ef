"""Adding fields to front matter changes no other byte, whatever form it has."""

from __future__ import annotations

from itertools import product
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from harness.cases import cases
from harness.guides import ROOT
from wol.content.amend import Value, amend
from wol.content.front_matter import split
from wol.content.raw import to_plain
from wol.errors import WolError

FIELDS: dict[str, Value] = {"id": "k7f3q9x2mw", "guid": "https://example.org/a: #b", "aliases": ("/old/", "/older.html")}

BLOCKS = {
    "yaml": '---\n# mine\ntitle: "A"   # why\n\ntags: [a,  b]\ndescription: |\n  two\n\n  lines\n---\n',
    "yaml, indented": "---\n  title: A\n  date: 2026-11-20\n---\n",
    "yaml, closed by dots": "---\ntitle: A\n...\n",
    "yaml, empty": "---\n---\n",
    "yaml, kept blank lines": "---\ntitle: A\ndescription: |+\n  two\n\n\n---\n",
    "yaml, blank before": "\n \n---\ntitle: A\n---\n",
    "yaml, sign of fields": "---\nTitle: A\nmy-id: x\nextra: {id: y}\n---\n",
    "toml": '+++\n# mine\ntitle = "A" # why\n+++\n',
    "toml with tables": '+++\ntitle = "A"\n\n[extra]\nid = "y"\n+++\n',
    "toml, empty": "+++\n+++\n",
    "lines": "Title: A\nDate: 2026-11-20\n\n",
    "lines, a state first": "Status: draft\nTags: a,\n    b\nTitle: A\n\n",
    "yaml, named": "---yaml\ntitle: A\n---\n",
    "toml, named": '---toml\ntitle = "A"\n---\n',
    "json": '{\n  "title": "A",\n  "extra": {"id": "y"}\n}\n',
    "json, tabs": '\n{\n\t"title" : "A"\n}\n',
    "json, named": '---json\n{\n    "title": "A"\n}\n---\n',
    "nothing": "",
    "a rule": "---\n\n",
}
BODY = "# A text\n\nwith --- and\n\n---\n\nid: no field \n"


def is_longer(before: bytes, after: bytes) -> bool:
    """Whether all of the bytes before stand in those after, in their order, with whole lines between."""
    rows = iter(after.splitlines(keepends=True))
    return all(row in rows for row in before.splitlines(keepends=True))


def values(data: bytes) -> dict[str, object]:
    return {key: to_plain(raw) for key, raw in split(data, "x.md").values.items()}


ENDS = {"LF": "\n", "CRLF": "\r\n", "CR": "\r"}
BODIES = {"text": BODY, "no end": BODY.rstrip("\n"), "none": ""}
MARKS = {"": b"", "BOM": b"\xef\xbb\xbf"}


@pytest.mark.parametrize("form", BLOCKS)
def test_every_form(form: str) -> None:
    """Fields come as lines of their own, with the file's own line ends; the rest of the file is as it was, to the last byte."""
    with cases() as case:
        for body, end, mark in product(BODIES, ENDS, MARKS):
            with case((body, end, mark)):
                grown(form, BODIES[body], ENDS[end], MARKS[mark])


def grown(form: str, body: str, end: str, mark: bytes) -> None:
    """Add fields to a file of one form, and see that nothing else has changed."""
    before = mark + (BLOCKS[form] + body).replace("\n", end).encode()
    fields: dict[str, Value] = {**FIELDS, "aliases": ("/old/",)} if form.startswith("lines") else FIELDS
    after = amend(before, "x.md", fields)
    plain = values(after)
    got: dict[str, object] = {name: plain[name.capitalize() if form.startswith("lines") else name] for name in fields}
    assert got == {
        name: (list(v) if isinstance(v, tuple) and not form.startswith("lines") else v[0] if isinstance(v, tuple) else v)
        for name, v in fields.items()
    }
    assert {k: v for k, v in plain.items() if k.lower() not in fields} == {
        k: v for k, v in values(before).items() if k.lower() not in fields
    }
    assert split(after, "x.md").body == split(before, "x.md").body
    assert after.startswith(mark)
    if b"\r" not in before:
        assert is_longer(before.removeprefix(mark), after.removeprefix(mark)), after
    if end.encode() in before:
        assert not set(after.decode().replace(end, "")) & set("\r\n")
    assert amend(after, "x.md", {"aliases": ("/old/",)}) == after


LISTS = {
    "---\naliases: [/a/, /b/]\n---\n": "---\naliases: [/new/, /a/, /b/]\n---\n",
    "---\naliases: []\n---\n": "---\naliases: [/new/]\n---\n",
    "---\naliases: # why\ntitle: A\n---\n": "---\naliases: [/new/] # why\ntitle: A\n---\n",
    "---\naliases:\n  - /a/  # why\n  - /b/\n---\n": "---\naliases:\n  - /new/\n  - /a/  # why\n  - /b/\n---\n",
    "---\naliases:\n- '/a/'\n---\n": "---\naliases:\n- /new/\n- '/a/'\n---\n",
    "---\nredirect_from: /a/\ntitle: x\n---\n": "---\nredirect_from: [/new/, /a/]\ntitle: x\n---\n",
    "---\nAlias: '/a/' # why\n---\n": "---\nAlias: [/new/, '/a/'] # why\n---\n",
    "---\naliases: [\n  /a/,\n]\n---\n": "---\naliases: [/new/, \n  /a/,\n]\n---\n",
    '+++\naliases = ["/a/"] # why\n+++\n': '+++\naliases = ["/new/", "/a/"] # why\n+++\n',
    '+++\naliases = [\n  "/a/",\n]\n+++\n': '+++\naliases = ["/new/", \n  "/a/",\n]\n+++\n',
    "+++\naliases = []\n+++\n": '+++\naliases = ["/new/"]\n+++\n',
    '{"aliases": ["/a/"], "title": "A"}\n': '{"aliases": ["/new/", "/a/"], "title": "A"}\n',
    '{\n  "aliases": [\n    "/a/"\n  ]\n}\n': '{\n  "aliases": ["/new/", \n    "/a/"\n  ]\n}\n',
    '{"redirect_from": "/a/"}\n': '{"redirect_from": ["/new/", "/a/"]}\n',
    '{"title": "A", "aliases": []}\n': '{"title": "A", "aliases": ["/new/"]}\n',
    '{"title": "A"} \nText\n': '{"aliases": ["/new/"], "title": "A"} \nText\n',
    "Title: A\nAliases:\n\nText\n": "Title: A\nAliases: /new/\n\nText\n",
    "---\naliases: [/new/, /a/]\n---\n": "---\naliases: [/new/, /a/]\n---\n",
}


@pytest.mark.parametrize("before", LISTS)
def test_lists_grow_at_their_beginning(before: str) -> None:
    """A list gets one element more and keeps its form; a single text becomes a list; what is there is not added again."""
    assert amend(before.encode(), "x.md", {"aliases": ("/new/",)}).decode() == LISTS[before]


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("---\nid:\ntitle: A\n---\n", "---\nid: new\ntitle: A\n---\n"),
        ("---\nid: ''  # to come\n---\n", "---\nid: new  # to come\n---\n"),
        ("---\nID: null\n---\n", "---\nID: new\n---\n"),
        ('+++\nid = ""\n+++\n', '+++\nid = "new"\n+++\n'),
        ("Title: A\nId:\n\nText\n", "Title: A\nId: new\n\nText\n"),
        ("Id:\nTitle: A\n\nText\n", "Id: new\nTitle: A\n\nText\n"),
        ('{"id": "", "title": "A"}\n', '{"id": "new", "title": "A"}\n'),
        ('{\n  "title": "A",\n  "id": null\n}\n', '{\n  "title": "A",\n  "id": "new"\n}\n'),
    ],
)
def test_empty_fields_are_filled(before: str, after: str) -> None:
    """A field that stands there without a value gets it."""
    assert amend(before.encode(), "x.md", {"id": "new"}).decode() == after


def test_other_values() -> None:
    """Yes, dates and texts that look like something else come back as they are."""
    fields: dict[str, Value] = {"gone": True, "date": "2026-11-20"}
    assert amend(b"---\ntitle: A\n---\n", "x.md", fields) == b"---\ntitle: A\ngone: true\ndate: 2026-11-20\n---\n"
    assert amend(b"+++\n+++\n", "x.md", fields) == b"+++\ngone = true\ndate = 2026-11-20\n+++\n"
    assert amend(b'{"title": "A"}\n', "x.md", fields) == b'{"date": "2026-11-20", "gone": true, "title": "A"}\n'
    assert amend(b"Title: A\n\nx", "x.md", fields) == b"Title: A\nGone: true\nDate: 2026-11-20\n\nx"


@settings(max_examples=300)
@given(
    st.sampled_from(("---\ntitle: A\n---\n", "+++\n+++\n", '{"title": "A"}\n', "text")),
    st.text(st.characters(codec="utf-8"), min_size=1, max_size=20),
)
def test_any_text(before: str, text: str) -> None:
    """Whatever text is added is read back word for word, or it is refused."""
    codes: set[str] = set()
    try:
        assert values(amend(before.encode(), "x.md", {"guid": text}))["guid"] == text
    except WolError as error:
        codes = {found.code for found in error.diagnostics}
    assert codes <= {"front-matter-by-hand"}


@pytest.mark.parametrize(
    "before",
    [
        "---\n{title: A}\n---\n",
        "---\nguid: other\n---\n",
        "---\naliases: {a: b}\n---\n",
        '---\naliases: "/a\\\n  b/"\n---\n',
        "Title: A\nAliases: /a/\n\n",
        "---json\n{}\n---\n",
        "---json\n---\n",
        '{"extra": {"aliases": null}, "aliases": {"title": null}}\n',
    ],
)
def test_what_is_left_to_its_writer(before: str) -> None:
    """A form in which something else might change is refused, with the lines to type; so is one with errors."""
    with pytest.raises(WolError) as error:
        amend(before.encode(), "x.md", {"guid": "tag:a", "aliases": ("/new/",)})
    (found,) = error.value.diagnostics
    assert found.code == "front-matter-by-hand"
    assert "/new/" in found.hint
    with pytest.raises(WolError) as error:
        amend(b"---\ntitle: [\n---\n", "x.md", {"id": "a"})
    assert error.value.diagnostics[0].code == "front-matter-syntax"


def amended(folder: Path) -> int:
    """Amend every text below a folder, and see that all bytes stay but those that come, and that all else is read as before; gives how many."""
    seen = 0
    for place in sorted(folder.rglob("*.md")):
        before = place.read_bytes()
        block = split(before, "x.md")
        if any(found.severity == "error" for found in block.diagnostics):
            continue
        after = amend(
            before, "x.md", {"id": "k7f3q9x2mw", "guid": "tag:a"} if not {"id", "guid"} & set(block.values) else {"aliases": ("/old/",)}
        )
        assert is_longer(before, after) or "aliases" in block.values, place
        new = split(after, "x.md")
        assert new.body == block.body
        mine = {"id", "guid", "aliases"}
        assert {k: to_plain(v) for k, v in new.values.items() if k.lower() not in mine} == {
            k: to_plain(v) for k, v in block.values.items() if k.lower() not in mine
        }
        seen += 1
    return seen


@pytest.mark.corpora
def test_every_source_of_real_blogs(corpora: Path) -> None:
    """Whatever form the texts of the real blogs have, a line comes, and nothing else."""
    assert amended(corpora) > 500


@pytest.mark.parametrize(("folder", "number"), [("tests/fixtures", 60), ("content", 30)])
def test_every_source_of_our_own(folder: str, number: int) -> None:
    """The same for wol's own site, and for the broken sites of the tests as far as their front matter is good."""
    assert amended(ROOT / folder) > number
