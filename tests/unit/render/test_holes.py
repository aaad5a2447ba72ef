"""Where fragments stand in a page, and when that is known; other fragments there give what rendering gives."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wol.engine.fragments import patch_fragments
from wol.model.page import MAX_PAGE, Page, pack, unpack
from wol.render.holes import Fragment, PrintedText, is_whole, to_page

Make = Callable[..., Any]

FRAGMENTS = {"a.html": "<i>A ä</i>", "b.html": "B", "none.html": ""}


def rendered(blog: Make, item: Make, template: str, **parts: str) -> tuple[Page, bool]:
    """Give a page, and whether all fragments that it was given have their places."""
    files = {f"templates/{name}": "-" for name in FRAGMENTS} | {f"templates/{name}.html": text for name, text in parts.items()}
    made = blog(template, item(), files=files)
    made.fragments.update(FRAGMENTS)
    with made.views.recording(made.views.target):
        page = made.views.render(["page.html"], {"page": made.views.page("posts/a.md"), "url": "/a/"})
        given = made.views.fragments_given
    holes = page.holes if isinstance(page, Page) else ()
    for start, end, name in holes:
        assert page[start:end].decode() == FRAGMENTS[name]
    return Page.with_holes(page, holes), len(holes) == given


@pytest.mark.parametrize(
    ("template", "names"),
    [
        ("ü<{{ fragment('a.html') }}>", ["a.html"]),
        (
            "\n\n ü<{{ fragment('a.html') }}{{ fragment('b.html') }} {{ page.title }}{{ fragment('a.html') }}>\n",
            ["a.html", "b.html", "a.html"],
        ),
        ("<{% if page %}{% for n in [1, 2] %}{{ n }}{{ fragment('b.html') }}{% endfor %}{% endif %}>", ["b.html", "b.html"]),
        ("{% extends 'base.html' %}{% block x %}{{ fragment('b.html') }}.{% endblock %}", ["b.html"]),
        ("<{% include 'in.html' %}>", ["a.html"]),
        ("<{{ fragment('none.html') }}>", ["none.html"]),
        ("<{% with f = fragment %}{{ fragment('b.html') }}{% endwith %}>", ["b.html"]),
    ],
)
def test_printed_as_they_are(blog: Make, item: Make, template: str, names: Sequence[str]) -> None:
    """In a page, a block, a loop, an included template: the place is known, in bytes."""
    page, is_known = rendered(blog, item, template, base="<p>{% block x %}{% endblock %}</p>", **{"in": "{{ fragment('a.html') }}"})
    assert is_known
    assert [name for _, _, name in page.holes] == names


@pytest.mark.parametrize(
    "template",
    [
        "<{{ fragment('a.html')|upper }}>",
        "<{{ fragment('a.html')|length }}>",
        "<{{ fragment('a.html')|safe }}>",
        "<{{ fragment('a.html') ~ '' }}>",
        "<{{ fragment('a.html') + '' }}>",
        "<{{ fragment('a.html').strip() }}>",
        "<{{ fragment('a.html') if page }}>",
        "<{{ (fragment('a.html'), 1)[0] }}>",
        "<{% if fragment('a.html') %}x{% endif %}>",
        "<{% set f = fragment('a.html') %}{{ f }}>",
        "<{% set f = fragment('a.html') %}{{ f|length }}{{ fragment('a.html') }}>",
        "<{% set f %}{{ fragment('a.html') }}{% endset %}{{ f }}>",
        "<{% set f %}{% include 'in.html' %}{% endset %}{{ f|length }}>",
        "<{% set f %}{{ fragment('a.html') }}{% endset %}{{ f|length }}{{ fragment('b.html') }}>",
        "<{% filter upper %}{{ fragment('a.html') }}{% endfilter %}>",
        "<{% filter upper %}{% include 'in.html' %}{% endfilter %}>",
        "<{% macro m() %}{{ fragment('a.html') }}{% endmacro %}{{ m() }}>",
        "<{% macro m() %}{{ caller() }}{% endmacro %}{% call m() %}{{ fragment('a.html') }}{% endcall %}>",
        "<{% from 'macros.html' import m with context %}{{ m() }}>",
        "<{{ self.b()|length }}{% block b %}{{ fragment('a.html') }}{% endblock %}>",
        "{% extends 'base.html' %}{% block x %}{{ super()|upper }}{% endblock %}",
        "<{% autoescape false %}{{ fragment('a.html') }}{% endautoescape %}>",
        "{{ fragment('a.html') }}.",
        ". {{ fragment('a.html') }}\n",
        "<{% for f in [fragment('a.html')] %}{{ f }}{% endfor %}>",
    ],
)
def test_taken_up_otherwise(blog: Make, item: Make, template: str) -> None:
    """A template that may have measured or changed a fragment, or begins or ends with it: only rendering tells."""
    parts = {"in": "{{ fragment('a.html') }}", "macros": "{% macro m() %}{{ fragment('a.html') }}{% endmacro %}"}
    assert not rendered(blog, item, template, base="<{% block x %}{{ fragment('a.html') }}{% endblock %}>", **parts)[1]


def test_a_name_that_means_something_else(blog: Make, item: Make) -> None:
    """What a template calls `fragment` itself is escaped like any value."""
    page, _ = rendered(blog, item, "<{% set fragment = dict %}{{ fragment(a='<') }}>")
    assert page == b"<{&#39;a&#39;: &#39;&lt;&#39;}>\n"


def test_what_is_made_of_a_fragment_is_none() -> None:
    """It is of the same class, as with all HTML, but no more the fragment."""
    whole = Fragment.named("a.html", "<b>")
    assert is_whole(whole)
    assert not any(map(is_whole, (whole + "", whole.lower(), whole[:], whole.join(["x"]), str(whole), "<b>", None)))


HTML = st.text(st.sampled_from("ab<é \n\u2028\U0001f600"), max_size=6)


@given(own=st.lists(HTML, min_size=2, max_size=5), data=st.data())
def test_other_fragments(own: list[str], data: st.DataObject) -> None:
    """Whatever the text and the fragments: a page with other ones is the page rendered with those, and so is one made of that."""
    names = data.draw(st.lists(st.sampled_from(["x", "y"]), min_size=len(own) - 1, max_size=len(own) - 1))

    def page(fragments: dict[str, str]) -> bytes:
        text, found = own[0], []
        for name, after in zip(names, own[1:], strict=True):
            found.append((len(text), Fragment.named(name, fragments[name])))
            text += fragments[name] + after
        return to_page(PrintedText(text, found))

    contents = [{name: data.draw(HTML).strip() for name in ("x", "y")} for _ in range(3)]
    made = page(contents[0])
    for fragments in contents[1:]:
        if not isinstance(made, Page):
            break
        again = patch_fragments(made, pack(made.holes), fragments)
        assert again is not None
        assert again == page(fragments)
        made = again


def test_where_only_rendering_tells() -> None:
    """A fragment that is gone, that no file can hold, or that makes a page too long."""
    packed = pack(((1, 2, "a"),))
    assert patch_fragments(b"<x>", packed, {"a": "yy"}) == b"<yy>"
    assert patch_fragments(b"<x>", packed, {"b": ""}) is None
    assert patch_fragments(b"<x>", packed, {"a": "\ud800"}) is None
    assert patch_fragments(b"<x>", packed, {"a": "x" * MAX_PAGE}) is None


def test_packed_holes() -> None:
    """They are as they were; those of a page without any take no room."""
    assert unpack(pack(((1, 2, "a"), (5, 5, "ä")))) == [(1, 2, "a"), (5, 5, "ä")]
    assert pack(()) == b""
