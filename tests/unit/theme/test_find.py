"""Loading themes: what overrides what, and what is wrong with them."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from typing import Any

import pytest

from wol.errors import WolError
from wol.theme.find import Theme, callouts
from wol.theme.folders import PACKAGED

Load = Callable[..., Theme]
OPTION = 'name = "x"\napi = 1\n[options.accent]\ntype = "colour"\ndefault = "#fff"\nhelp = "the colour"\n'


def findings(load: Load, *given: Any, **named: Any) -> list[tuple[str, str]]:
    with pytest.raises(WolError) as caught:
        load(*given, **named)
    return [(d.code, str(d.span)) for d in caught.value.diagnostics]


def test_the_first_theme_wins(load: Load) -> None:
    """Templates, assets, callouts, texts and options are those of the first theme that has them."""
    theme = load(
        {
            "mine": {
                "templates/a.html": "1",
                "assets/s.css": "1",
                "translations/de.toml": 'A = "1"',
                "theme.toml": OPTION.replace("#fff", "#111"),
            },
            PACKAGED: {
                "templates/a.html": "2",
                "templates/callouts/tip.html": "",
                "assets/s.css": "2",
                "assets/deep/t.svg": "",
                "translations/de.toml": 'A = "2"\nB = "2"',
                "theme.toml": OPTION,
            },
        }
    )
    found = theme.lookup().find("a.html")
    assert found is not None
    assert found[1].path == "themes/mine/templates/a.html"
    assert {name: source.path for name, source in theme.assets().items()} == {
        "deep/t.svg": "<default>/assets/deep/t.svg",
        "s.css": "themes/mine/assets/s.css",
    }
    assert theme.translations == {"de": {"A": "1", "B": "2"}}
    assert theme.options == {"accent": "#111"}
    assert callouts(theme.files) == ("tip",)


def test_tables(load: Load) -> None:
    """What rendering records of a theme is there as tables."""
    tables = load({PACKAGED: {"templates/a.html": "", "theme.toml": OPTION, "translations/de.toml": 'A = "1"'}}).tables
    assert tables["option"] == {"accent": "#fff"}
    assert tables["translation"] == {"de": {"A": "1"}}
    assert set(tables["template"]) == {"a.html"}


@pytest.mark.parametrize(
    ("manifest", "expected"),
    [
        ("api = 2", [("theme-api", "themes/mine/theme.toml:1:1")]),
        ("api = '1'", [("theme-api", "themes/mine/theme.toml:1:1")]),
        ("name = 'x'", [("theme-api", "themes/mine/theme.toml")]),
        ("api = 1\nnmae = 'x'", [("config-unknown", "themes/mine/theme.toml:2:1")]),
        ("api = 1\nname = 3", [("config-value", "themes/mine/theme.toml:2:1")]),
        ("api = 1\nname = ", [("config-syntax", "themes/mine/theme.toml:2:7")]),
        ("api = 1\noptions = 3", [("theme-option", "themes/mine/theme.toml:2:1")]),
        ("api = 1\n[options]\nx = 3", [("theme-option", "themes/mine/theme.toml:3:1")]),
        ("api = 1\n[options.x]\ndefault = 3", [("theme-option", "themes/mine/theme.toml:2:10")]),
        ("api = 1\n[options.x]\ntype = 'colr'\ndefault = 3", [("theme-option", "themes/mine/theme.toml:3:1")]),
        ("api = 1\n[options.x]\ntype = 'text'", [("theme-option", "themes/mine/theme.toml:2:10")]),
        ("api = 1\n[options.x]\ntype = 'text'\ndefault = 3", [("theme-option", "themes/mine/theme.toml:4:1")]),
        ("api = 1\n[options.x]\ntype = 'text'\ndefault = 'c'\nchoices = ['a', 'b']", [("theme-option", "themes/mine/theme.toml:4:1")]),
        ("api = 1\n[options.x]\ntype = 'text'\ndefault = ''\nhlep = ''", [("theme-option", "themes/mine/theme.toml:5:1")]),
        ("api = 3\nnmae = 'x'", [("config-unknown", "themes/mine/theme.toml:2:1"), ("theme-api", "themes/mine/theme.toml:1:1")]),
        (b"\n\xff", [("config-syntax", "themes/mine/theme.toml:2")]),
    ],
)
def test_what_is_wrong_in_a_manifest(load: Load, manifest: str | bytes, expected: list[tuple[str, str]]) -> None:
    """Every error is at its line; an old theme says so instead of giving blank pages (fault T8)."""
    assert findings(load, {"mine": {"theme.toml": manifest}, PACKAGED: {}}) == expected


def test_the_message_for_another_api(load: Load) -> None:
    """It names both numbers."""
    with pytest.raises(WolError) as caught:
        load({"mine": {"theme.toml": "api = 2"}, PACKAGED: {}})
    assert caught.value.diagnostics[0].message == "The theme was made for theme API 2, and this wol has theme API 1"


@pytest.mark.parametrize(
    ("kind", "good", "bad"),
    [
        ("text", "x", 1),
        ("yes/no", True, "yes"),
        ("integer", 3, True),
        ("number", 1.5, "1.5"),
        ("colour", "oklch(70% 0.1 200 / 50%)", "red; } body {"),
        ("list", ["a"], [1]),
        ("table", {"a": 1}, "a"),
    ],
)
def test_types_of_options(load: Load, kind: str, good: Any, bad: Any) -> None:
    """A right value is taken; a wrong one is an error at its place in site.toml that says what it should be."""
    import json

    default = (
        '"red"' if kind == "colour" else {"text": '""', "yes/no": "false", "integer": "0", "number": "0", "list": "[]", "table": "{}"}[kind]
    )
    themes = {PACKAGED: {"theme.toml": f'api = 1\n[options.x]\ntype = "{kind}"\ndefault = {default}\n'}}
    assert load(themes, {"x": good}).options == {"x": good}
    settings = f"[theme]\noptions = {{x = {json.dumps(bad)}}}\n"
    assert findings(load, themes, {"x": bad}, settings) == [("theme-option", "site.toml:2:16")]


def test_unknown_options_and_choices(load: Load) -> None:
    """All options that are wrong are told, with the nearest name or the values there are."""
    themes = {PACKAGED: {"theme.toml": OPTION + '[options.font]\ntype = "text"\ndefault = "serif"\nchoices = ["serif", "sans"]\n'}}
    with pytest.raises(WolError) as caught:
        load(themes, {"acent": "#000", "font": "mono"}, '[theme.options]\nacent = "#000"\nfont = "mono"\n')
    assert [(str(d.span), d.hint) for d in caught.value.diagnostics] == [
        ("site.toml:2:1", "did you mean `accent`?"),
        ("site.toml:3:8", "give it one of `serif`, `sans`"),
    ]


def test_a_folder_that_is_no_theme(load: Load) -> None:
    """Templates in the wrong place would change nothing: that is an error with the right place, and an empty folder is a theme."""
    assert findings(load, {"mine": {"post.html": ""}, PACKAGED: {}}) == [("theme-missing", "themes/mine/post.html")]
    assert load({"mine": {}, PACKAGED: {}}).search == ("mine", PACKAGED)


@pytest.mark.parametrize(("data", "code"), [("A = 3", "config-value"), ("A = ", "config-syntax"), (b"\xff", "config-syntax")])
def test_what_is_wrong_in_translations(load: Load, data: str | bytes, code: str) -> None:
    """A file of texts that cannot be read is an error of that file."""
    assert findings(load, {PACKAGED: {"translations/de.toml": data}})[0][0] == code


def test_templates_that_are_not_text(load: Load) -> None:
    """A template in another encoding is an error that names the byte."""
    assert findings(load, {PACKAGED: {"templates/a.html": b"caf\xe9"}}) == [("source-encoding", "<default>/templates/a.html")]


def test_what_is_known_is_not_read_again(load: Load) -> None:
    """With the study of the last build no template is read; any change of a file, or of the order, makes it anew."""
    files = {"templates/a.html": "x"}
    first = load({"mine": files, PACKAGED: {}})

    def never(path: str) -> bytes:
        raise AssertionError(path)

    assert load({"mine": files, PACKAGED: {}}, known=first.study, read=never).study is first.study
    assert load({"mine": {"templates/a.html": "y"}, PACKAGED: {}}, known=first.study).study != first.study
    assert load({PACKAGED: {}, "mine": files}, known=first.study).study.digest != first.study.digest


def test_a_build_with_nothing_to_do_loads_no_jinja() -> None:
    """The modules of themes cost nothing before a template is read."""
    code = "import sys, wol.theme.find; print([m for m in ('jinja2', 'markupsafe', 'pydantic', 'nh3') if m in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
