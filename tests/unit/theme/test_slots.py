"""Slots: what features show in them, in which order, on what templates depend by them, and names that mean nothing."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import pytest

from harness import themes as in_memory
from harness.settings import settings
from wol.errors import WolError
from wol.model.config import ThemeConfig
from wol.model.feature import Feature
from wol.theme.find import Theme
from wol.theme.folders import PACKAGED
from wol.theme.slot_templates import slots_of

A = Feature(name="alpha", slots={"end": ("a.html",), "head": ("a-head.html",)})
B = Feature(name="beta", slots={"end": ("b.html", "b2.html")})
C = Feature(name="gamma", slots={"card": ("c.html",)})
ALL = (A, B, C)
FILES: Mapping[str, str] = {
    "templates/page.html": '{% slot "end" %}',
    "templates/post.html": '{% extends "page.html" %}',
    "templates/head.html": '{% slot "head" %}{% slot "footer" %}',
    "templates/alone.html": "no slot",
    **{f"templates/{name}.html": name for name in ("a", "a-head", "b", "b2", "c")},
}


def load(
    features: Sequence[Feature], chosen: Mapping[str, tuple[str, ...]] = {}, files: Mapping[str, str] = FILES, text: str = ""
) -> Theme:
    """Load a theme in memory whose slots show what these features have."""
    return in_memory.load({PACKAGED: files}, settings(theme=ThemeConfig(slots=dict(chosen))), settings=text, features=features)


@pytest.mark.parametrize(
    ("features", "chosen", "expected"),
    [
        (ALL, {}, ("a.html", "b.html", "b2.html")),
        ((B, C, A), {}, ("b.html", "b2.html", "a.html")),
        (ALL, {"end": ("beta", "alpha")}, ("b.html", "b2.html", "a.html")),
        (ALL, {"end": ("beta",)}, ("b.html", "b2.html")),
        (ALL, {"end": ()}, None),
        (ALL, {"head": ()}, ("a.html", "b.html", "b2.html")),
        ((A.switched_off(), B), {}, ("b.html", "b2.html")),
        ((A.switched_off(), B), {"end": ("alpha", "beta")}, ("b.html", "b2.html")),
        ((C,), {}, None),
        ((), {}, None),
    ],
)
def test_what_a_slot_shows(features: Sequence[Feature], chosen: Mapping[str, tuple[str, ...]], expected: tuple[str, ...] | None) -> None:
    """All features that are on, in their order; where the site lists some, those alone and in that order."""
    assert slots_of(features, chosen).get("end") == expected


@pytest.mark.parametrize(
    ("features", "chosen", "expected"),
    [
        ((A, B), {}, set()),
        ((A, B.switched_off(), C), {}, {"page.html", "post.html"}),
        ((A.switched_off(), B, C), {}, {"page.html", "post.html", "head.html"}),
        ((B, A), {}, {"page.html", "post.html"}),
        (ALL, {"end": ("beta", "alpha")}, {"page.html", "post.html"}),
        (ALL, {"head": ()}, {"head.html"}),
        (ALL, {"end": ("alpha", "beta")}, set()),
        ((A, B, C.switched_off()), {}, set()),
    ],
)
def test_templates_depend_on_what_their_slots_show(
    features: Sequence[Feature], chosen: Mapping[str, tuple[str, ...]], expected: set[str]
) -> None:
    """A switch and an order change the templates that have the slot, those that use them, and no others."""
    before, after = load(ALL).closures, load(features, chosen).closures
    assert {name for name in before if before[name] != after[name]} == expected


@pytest.mark.parametrize("name", ["a", "b2"])
def test_an_edit_of_what_a_slot_shows(name: str) -> None:
    """It counts like an edit of an included template."""
    before, after = load(ALL).closures, load(ALL, files={**FILES, f"templates/{name}.html": "new"}).closures
    assert {known for known in before if before[known] != after[known]} == {"page.html", "post.html", f"{name}.html"}


def test_another_order_is_studied_again() -> None:
    """What is known of the texts of an earlier build is not taken where slots show something else."""
    first = load((A, B))
    again = in_memory.load({PACKAGED: FILES}, settings(), known=first.study, features=(A, B))
    other = in_memory.load({PACKAGED: FILES}, settings(), known=first.study, features=(B, A))
    assert again.study is first.study
    assert other.study != first.study


@pytest.mark.parametrize(
    ("slots", "code", "message", "hint"),
    [
        ('ned = ["alpha"]', "config-unknown", "There is no slot `ned`", "did you mean `end`?"),
        ("middle = []", "config-unknown", "There is no slot `middle`", "the slots are `head`, "),
        ('end = ["alhpa"]', "config-unknown", "There is no feature `alhpa` for the slot `end`", "did you mean `alpha`?"),
        ('end = ["alpha", "zeta"]', "config-unknown", "There is no feature `zeta` for the slot `end`", "did you mean `beta`?"),
        (
            'end = ["gamma"]',
            "config-value",
            "The feature `gamma` shows nothing in the slot `end`",
            "the features for this slot are `alpha` and",
        ),
        ('aside = ["gamma"]', "config-value", "The feature `gamma` shows nothing in the slot `aside`", "remove it"),
    ],
)
def test_wrong_settings(slots: str, code: str, message: str, hint: str) -> None:
    """An unknown slot or feature in `[theme.slots]` is reported at its line, with the name that was meant."""
    import tomllib

    text = f"[theme.slots]\n{slots}\n"
    chosen = {slot: tuple(names) for slot, names in tomllib.loads(text)["theme"]["slots"].items()}
    with pytest.raises(WolError) as caught:
        load(ALL, chosen, text=text)
    (found,) = caught.value.diagnostics
    assert (found.code, found.message) == (code, message)
    assert found.hint.startswith(hint)
    assert found.span is not None
    assert (found.span.path, found.span.line) == ("site.toml", 2)


@pytest.mark.parametrize(
    ("template", "message"),
    [
        ('x\n{% slot "ned" %}', "there is no slot `ned`; did you mean `end`"),
        ("x\n{% slot end %}", 'the name of a slot is written in quotes: `{% slot "end" %}`'),
        ("x\n{% slot %}", 'the name of a slot is written in quotes: `{% slot "end" %}`'),
        ('x\n{% slot "end" "card" %}', "expected token 'end of statement block'"),
        ('x\n{% slot "" %}', "there is no slot ``; the slots are `head`"),
    ],
)
def test_wrong_tags(template: str, message: str) -> None:
    """A tag that names no slot is an error of the template, at its line."""
    with pytest.raises(WolError) as caught:
        load(ALL, files={**FILES, "templates/post.html": template})
    (found,) = caught.value.diagnostics
    assert found.code == "template-syntax"
    assert message in found.message
    assert found.span is not None
    assert found.span.line == 2


def test_a_template_that_no_theme_has() -> None:
    """It is reported before anything is rendered, with the feature and the slot."""
    with pytest.raises(WolError) as caught:
        load((A, Feature(name="delta", slots={"aside": ("parts/a-haed.html",)})))
    (found,) = caught.value.diagnostics
    assert found.message == "The feature `delta` shows `parts/a-haed.html` in the slot `aside`, and no theme has that template"
