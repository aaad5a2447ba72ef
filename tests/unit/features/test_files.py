"""Files that are copied, and the style sheets that are made."""

from __future__ import annotations

import re

import pytest

from harness.items import item
from harness.planned import make
from harness.settings import settings
from wol.features.highlight.own_settings import CodeConfig
from wol.features.highlight.stylesheet import stylesheet
from wol.model.target import File


def test_static_files() -> None:
    """Copied from where they lie, whatever their names."""
    planned = make(static={".well-known/x": "static/.well-known/x", "a/b.css": "more/b.css"})
    assert planned.render(".well-known/x") == File("static/.well-known/x", "d" * 64, strip=True)
    assert planned.render("a/b.css") == File("more/b.css", "d" * 64, strip=True)
    assert planned.targets["a/b.css"].origin == "more/b.css"


def test_attachments() -> None:
    """The files of a bundle are published below its URL, with the item that they belong to."""
    bundle = item("posts/trip/index.md", date="2026-01-01", url="/2026/01/trip/", bundle="posts/trip")
    planned = make(bundle, attachments={"posts/trip/photo.jpg": "e" * 64, "posts/loose.jpg": "f" * 64})
    assert planned.paths("copy") == ["2026/01/trip/photo.jpg"]
    assert planned.render("2026/01/trip/photo.jpg") == File("content/posts/trip/photo.jpg", "e" * 64, strip=True)
    assert planned.targets["2026/01/trip/photo.jpg"].origin == "content/posts/trip/photo.jpg"


def test_assets() -> None:
    """Copied to their fingerprinted names; style sheets ask for those."""
    planned = make(assets={"style.css": b"p { background: url(img/a.png) }", "img/a.png": b"png"})
    outputs = planned.tables["assets"]
    assert set(planned.paths("asset") + planned.paths("style")) == {outputs["style.css"], outputs["img/a.png"]}
    image = planned.render(outputs["img/a.png"])
    assert isinstance(image, File)
    assert image.path == "themes/mine/assets/img/a.png"
    assert planned.render(outputs["style.css"]).decode() == f'p {{ background: url("{outputs["img/a.png"].removeprefix("assets/")}") }}'


def test_style_sheet_depends_on_what_it_misses() -> None:
    """A file that appears later wakes the style sheet that asks for it."""
    planned = make(assets={"style.css": b"p { background: url(later.png) }"})
    views = planned.views()
    planned.render(planned.tables["assets"]["style.css"], views)
    assert ("assets", "later.png") in views.names


# Highlighting


def test_code_css_is_an_asset() -> None:
    """Templates ask for it as for any other; its name changes with the styles."""
    planned = make()
    path = planned.tables["assets"]["code.css"]
    assert re.fullmatch(r"assets/code\.[0-9a-f]{16}\.css", path)
    assert planned.render(path).decode() == stylesheet("default", "github-dark")
    other = make(config=settings(code=CodeConfig(dark="monokai")))
    assert other.tables["assets"]["code.css"] != path


def test_own_code_css_wins() -> None:
    """A theme's file of that name is taken instead."""
    planned = make(assets={"code.css": b".k { color: red }"})
    assert planned.paths("code.css") == []
    assert planned.render(planned.tables["assets"]["code.css"]) == b".k { color: red }"


@pytest.mark.parametrize(("light", "dark"), [("friendly", "github-dark"), ("bw", "monokai"), ("default", "solarized-dark")])
def test_rules_are_for_highlighted_code_only(light: str, dark: str) -> None:
    """Each style holds for one colour scheme, and nothing else on the page is touched."""
    css = stylesheet(light, dark)
    before, after = css.split("@media (prefers-color-scheme: dark) {\n")
    assert before.startswith("@media not all and (prefers-color-scheme: dark) {\n")
    rules = [line for line in (before + after).splitlines() if line not in ("}", "") and not line.startswith("@media")]
    assert rules
    assert all(re.fullmatch(r"\.hl[^{},]*\{[^{}]*\}", rule) for rule in rules)
    assert css.count("{") == css.count("}")
    assert any(rule.startswith(".hl .k ") for rule in rules)


def test_one_style_for_both() -> None:
    """Who wants the same colours always gets them without any condition."""
    assert "@media" not in stylesheet("monokai", "monokai")
