"""On which templates a template depends: by its text, with all that could take a file's place."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import pytest

from wol.errors import WolError
from wol.theme.find import Theme
from wol.theme.folders import PACKAGED

Load = Callable[..., Theme]
BASE: Mapping[str, str] = {
    "templates/base.html": "{% include 'parts/head.html' %}{% block b %}{% endblock %}",
    "templates/parts/head.html": "head",
    "templates/post.html": "{% extends 'base.html' %}{% block b %}{% from 'macros.html' import m %}{{ m() }}{% endblock %}",
    "templates/macros.html": "{% macro m() %}{% include 'deep.html' ignore missing %}{% endmacro %}",
    "templates/404.html": "alone",
}


def changed(load: Load, before: Mapping[str, Mapping[str, str]], after: Mapping[str, Mapping[str, str]]) -> set[str]:
    """Give the templates whose digest is another one afterwards."""
    old, new = load(before).closures, load(after).closures
    return {name for name in old if old[name] != new.get(name)}


@pytest.mark.parametrize(
    ("file", "expected"),
    [
        ("templates/404.html", {"404.html"}),
        ("templates/parts/head.html", {"base.html", "post.html", "parts/head.html"}),
        ("templates/macros.html", {"post.html", "macros.html"}),
        ("templates/deep.html", {"post.html", "macros.html"}),
        ("assets/style.css", set()),
    ],
)
def test_an_edit_changes_what_uses_it(load: Load, file: str, expected: set[str]) -> None:
    """Through `extends`, `include` and `import`; also where a file appears that was missing."""
    assert changed(load, {PACKAGED: BASE}, {PACKAGED: {**BASE, file: "new"}}) == expected


def test_an_override_counts_even_with_the_same_bytes(load: Load) -> None:
    """A file of another theme takes the place: what it means by `!default/` is another thing."""
    override = {"templates/parts/head.html": BASE["templates/parts/head.html"]}
    assert changed(load, {"mine": {}, PACKAGED: BASE}, {"mine": override, PACKAGED: BASE}) == {"base.html", "post.html", "parts/head.html"}


def test_the_one_beneath(load: Load) -> None:
    """An override that extends the one beneath depends on both."""
    mine = {"templates/post.html": "{% extends '!default/post.html' %}"}
    before = {"mine": mine, PACKAGED: BASE}
    assert "post.html" in changed(load, before, {"mine": mine, PACKAGED: {**BASE, "templates/post.html": "x"}})
    assert "post.html" in changed(load, before, {"mine": mine, PACKAGED: {**BASE, "templates/macros.html": "x"}})
    assert changed(load, before, {"mine": mine, PACKAGED: {**BASE, "templates/404.html": "x"}}) == {"404.html"}


def test_a_name_that_is_no_literal(load: Load) -> None:
    """It may be any template."""
    files = {**BASE, "templates/any.html": "{% include kind ~ '.html' %}"}
    assert "any.html" in changed(load, {PACKAGED: files}, {PACKAGED: {**files, "templates/404.html": "new"}})


def test_a_list_of_names(load: Load) -> None:
    """The first one that exists is taken, so that the appearance of any counts."""
    files = {**BASE, "templates/x.html": "{% include ['a.html', '404.html'] %}"}
    assert changed(load, {PACKAGED: files}, {PACKAGED: {**files, "templates/a.html": ""}}) == {"x.html"}
    assert "x.html" in changed(load, {PACKAGED: files}, {PACKAGED: {**files, "templates/404.html": "new"}})


def test_templates_that_use_each_other(load: Load) -> None:
    """A circle of includes has an end here; rendering tells of it if it is real."""
    load({PACKAGED: {"templates/a.html": "{% include 'b.html' %}", "templates/b.html": "{% if x %}{% include 'a.html' %}{% endif %}"}})


def test_fragments(load: Load) -> None:
    """Fragments are found through all that is used, those that others need first; what is overridden needs none."""
    files = {
        "templates/base.html": "{{ fragment('side.html') }}{{ fragment('foot.html')|upper }}{{ fragment(x) }}",
        "templates/side.html": "{% include 'inner.html' %}",
        "templates/inner.html": "{{ fragment('nav.html') }}",
        "templates/old.html": "{{ fragment('never.html') }}",
    }
    theme = load({"mine": {"templates/old.html": ""}, PACKAGED: files})
    assert set(theme.fragments) == {"side.html", "foot.html", "nav.html"}
    assert theme.fragments.index("nav.html") < theme.fragments.index("side.html")


def test_fragments_in_a_circle(load: Load) -> None:
    """Fragments that need each other cannot be rendered."""
    files = {"templates/a.html": "{{ fragment('b.html') }}", "templates/b.html": "{{ fragment('a.html') }}"}
    with pytest.raises(WolError) as caught:
        load({PACKAGED: files})
    found = caught.value.diagnostics[0]
    assert found.code == "template-failed"
    assert "`a.html` uses `b.html`" in found.message or "`b.html` uses `a.html`" in found.message


def test_it_can_be_stored(load: Load) -> None:
    """What a build stores comes back the same."""
    import msgspec

    from wol.theme.closure import Closures

    study = load({PACKAGED: BASE}).study
    assert msgspec.msgpack.decode(msgspec.msgpack.encode(study), type=Closures) == study
