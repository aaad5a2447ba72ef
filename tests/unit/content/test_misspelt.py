"""Keys that are almost a field: told, so that no `darft: true` publishes a text; real keys of others are left alone."""

from __future__ import annotations

from types import SimpleNamespace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wol.content.fields import Fields, read_fields
from wol.content.front_matter import split
from wol.content.misspelt import is_near, near_fields
from wol.model.field_table import FIELDS, STATE_FIELDS, normal

PATH = "content/posts/a.md"
TAXONOMIES = {"tags": "comma", "categories": "comma", "topics": "comma"}


def read(header: str, misspelt: str = "error") -> Fields:
    settings = SimpleNamespace(
        folder="content", timezone="UTC", taxonomies=TAXONOMIES, misspelt=misspelt, fields={}, declared=(), absent=frozenset()
    )
    return read_fields(split(f"---\n{header}\n---\n".encode(), PATH), (), settings)


@pytest.mark.parametrize(
    ("header", "meant"),
    [
        ("darft: true", "draft"),
        ("drat: yes", "draft"),
        ("drafts: no", "draft"),
        ("craft: on", "draft"),
        ("dratf: yes", "draft"),
        ("privat: true", "private"),
        ("privete: true", "private"),
        ("prviate: true", "private"),
        ("un_listd: true", "unlisted"),
        ("expire: 2026-11-20", "expires"),
        ("publsh: 2026-11-20", "publish"),
        ("publsh: no", "publish"),
        ("publishd: no", "publish"),
        ("publishedd: no", "published"),
        ("staus: draft", "status"),
        ("biuld: {list: never}", "build"),
        ("headles: true", "headless"),
        ("titel: A", "title"),
        ("Tilte: A", "title"),
        ("dtae: 2026-11-20", "date"),
        ("ulr: /a/", "url"),
        ("tgas: a", "tags"),
        ("catagories: [a]", "categories"),
        ("topic: a", "topics"),
        ("autors: Ada", "authors"),
        ("sumary: A", "summary"),
        ("imgae: a.jpg", "image"),
        ("lnag: en", "lang"),
        ("extar: {a: b}", "extra"),
        ("cannonical: https://example.org/", "canonical"),
        ("goen: It was wrong", "gone"),
        ("di: abc", "id"),
    ],
)
def test_misspelt(header: str, meant: str) -> None:
    """Two letters swapped, or in a long name one added, lost or changed."""
    key = header.partition(":")[0]
    result = read(header)
    assert [(str(d.span), d.code, d.severity, d.message) for d in result.diagnostics] == [
        (f"{PATH}:2:1", "front-matter-misspelt", "error", f"`{key}` is almost `{meant}`")
    ]
    assert (
        result.diagnostics[0].hint
        == f'did you mean `{meant}`? If not, move it to `extra`, or set `[content] misspelt = "warning"` while moving a blog'
    )


@pytest.mark.parametrize(
    "header",
    [
        "drafts: 12",
        "drafts: [a, b]",
        "craft: beer",
        "dtae: tomorrow",
        "expire: never",
        "staus: ready",
        "stats: true",
        "lnag: English",
        "di: Not An Id",
        "privat:",
        "extras: 12",
        "image2: a.jpg",
        "images: [a.jpg]",
        "images: a.jpg",
        "update: 2026-11-20",
        "comment: true",
        "comments: true",
        "layout: post",
        "type: posts",
        "links: https://example.org/",
        "dates: 2026-11-20",
        "datum: 2026-11-20",
        "urls: /a/",
        "kin: note",
        "feeds: yes",
        "subtitle: A",
        "weight: 1",
        "hero: yes",
        "uuid: abc",
        "menu: main",
        "github: x",
        "math: yes",
        "series: A",
        "extra: {darft: true}",
        "params: {drafts: yes}",
    ],
)
def test_keys_of_others(header: str) -> None:
    """Short names with one letter changed, values that do not fit, and keys that others use are foreign."""
    assert read(header).diagnostics == ()


def test_warning_while_a_blog_is_moved() -> None:
    """`[content] misspelt = "warning"` makes it a warning, and the key is kept."""
    result = read("darft: true", "warning")
    assert [(d.code, d.severity) for d in result.diagnostics] == [("front-matter-misspelt", "warning")]
    assert (result.draft, result.extra) == (False, {"darft": True})


NAMES = [normal(field.name) for field in (*FIELDS, *STATE_FIELDS)]
LETTERS = st.sampled_from("abcdefghijklmnopqrstuvwxyz")


@given(st.sampled_from(NAMES), st.data())
def test_one_slip_is_near(name: str, data: st.DataObject) -> None:
    """Every name with one slip is near it, and no name is near itself."""
    at = data.draw(st.integers(0, len(name) - 1))
    letter = data.draw(LETTERS)
    slips = [name[:at] + letter + name[at:], name[:at] + name[at + 1 :], name[:at] + letter + name[at + 1 :]]
    for slip in slips:
        assert is_near(slip, name) == (slip != name and (len(name) >= 5 or is_swap(slip, name)))
    swapped = name[:at] + name[at : at + 2][::-1] + name[at + 2 :]
    assert is_near(swapped, name) == (swapped != name)
    assert not is_near(name, name)


def is_swap(one: str, other: str) -> bool:
    return one != other and any(one[:i] + one[i : i + 2][::-1] + one[i + 2 :] == other for i in range(len(one)))


@given(st.text("abcdefgh", max_size=7), st.text("abcdefgh", min_size=5, max_size=7))
def test_near_is_the_distance_of_damerau(typed: str, name: str) -> None:
    """The quick comparison is that of optimal string alignment with a distance of one."""
    assert is_near(typed, name) == (distance(typed, name) == 1)


def distance(one: str, other: str) -> int:
    rows = [[i + j if not i * j else 0 for j in range(len(other) + 1)] for i in range(len(one) + 1)]
    for i in range(1, len(one) + 1):
        for j in range(1, len(other) + 1):
            rows[i][j] = min(rows[i - 1][j] + 1, rows[i][j - 1] + 1, rows[i - 1][j - 1] + (one[i - 1] != other[j - 1]))
            if i > 1 and j > 1 and one[i - 1] == other[j - 2] and one[i - 2] == other[j - 1]:
                rows[i][j] = min(rows[i][j], rows[i - 2][j - 2] + 1)
    return rows[-1][-1]


def test_no_known_spelling_is_near_a_field() -> None:
    """No other spelling of a field would be taken for a slip, were it foreign, but those that are one letter from their own field."""
    near = {also: near_fields(also, ()) for field in FIELDS for also in field.also}
    assert {also: fields for also, fields in near.items() if fields} == {"author": ("authors",), "license": ("licence",)}
