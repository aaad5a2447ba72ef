"""What a writer sees of a file that a plugin cannot use, and the author of a plugin of an input that is declared wrongly."""

from __future__ import annotations

import functools
import os
from collections.abc import Callable
from typing import Any

import pytest

from harness import rates
from harness.cases import cases
from harness.rates import PLUGIN, raw
from harness.site import CONFIG, Site
from wol.api import Input

SETTINGS = f'{CONFIG}\n[build]\nplugins = ["{PLUGIN}"]\n'
TOML, JSON = "content/data/x.toml", "content/numbers.json"
USE = "The feature `rates` cannot use this file: "

WRONG: tuple[tuple[str, str, bytes, str, str, str], ...] = (
    ("a missing value", TOML, b"a = 1\nb =\n", "input-invalid", "x.toml:2:4", f"{USE}Invalid value"),
    ("no equals sign", TOML, b"rate\n", "input-invalid", "x.toml:1:5", f"{USE}Expected '=' after a key in a key/value pair"),
    ("a text without its end", TOML, b'a = 1\nb = "x\n', "input-invalid", "x.toml:2:7", f"{USE}Illegal character '\\n'"),
    ("an array without its end", TOML, b"a = 1\n\nb = [1,\n", "input-invalid", "x.toml:3", f"{USE}Invalid value"),
    ("a key twice", TOML, b"a = 1\na = 2\n", "input-invalid", "x.toml:2:6", f"{USE}Cannot overwrite a value"),
    (
        "a huge number",
        TOML,
        b"a = 99999999999999999999\n",
        "input-invalid",
        "x.toml",
        f"{USE}it holds a number that does not fit into 64 bits",
    ),
    ("other bytes", TOML, b"a = 1\nb = '\xff'\n", "source-encoding", "x.toml:2", "The byte 0xFF is not UTF-8"),
    ("Latin-1", TOML, b"a = 'caf\xe9'\n", "source-encoding", "x.toml:1", "The byte 0xE9 is not UTF-8"),
    ("no JSON", JSON, b"[1,\n2\n", "input-invalid", "numbers.json:3:1", f"{USE}Expecting ',' delimiter"),
    ("an empty file", JSON, b"", "input-invalid", "numbers.json:1:1", f"{USE}Expecting value"),
    ("more than one value", JSON, b"1 2", "input-invalid", "numbers.json:1:3", f"{USE}Extra data"),
    ("half a pair", JSON, rb'["\ud800"]', "input-invalid", "numbers.json", f"{USE}it holds half of a surrogate pair"),
    ("no message", JSON, b'"silent"', "input-invalid", "numbers.json", f"{USE}it is not as the feature expects"),
    ("no line", JSON, b'"too few numbers"', "input-invalid", "numbers.json", f"{USE}too few numbers"),
    ("a line first", JSON, b'"line 7: too few"', "input-invalid", "numbers.json:7", f"{USE}too few"),
    ("a line and column last", JSON, b'"too few, on line 4, column 2"', "input-invalid", "numbers.json:4:2", f"{USE}too few"),
    (
        "a line within",
        JSON,
        b'"the cells of line 12 are too few"',
        "input-invalid",
        "numbers.json:12",
        f"{USE}the cells of line 12 are too few",
    ),
    ("a deadline", JSON, b'"the deadline 12 is over"', "input-invalid", "numbers.json", f"{USE}the deadline 12 is over"),
    (
        "a fault",
        JSON,
        b'{"fault": true}',
        "plugin-failed",
        "numbers.json",
        "The plugin `rates` failed in `parse` of the input `numbers`: KeyError",
    ),
    (
        "a set",
        JSON,
        b'{"set": true}',
        "plugin-failed",
        "numbers.json",
        "The plugin `rates` failed in `parse` of the input `numbers`: TypeError: it gives a set",
    ),
    (
        "too deep",
        JSON,
        b"[" * 100_000,
        "plugin-failed",
        "numbers.json",
        "The plugin `rates` failed in `parse` of the input `numbers`: Recursion",
    ),
)


@pytest.fixture
def here(site: Callable[..., Site]) -> Site:
    return site({"content/about.md": "About.\n", "content/data/good.toml": "rate = 1\n"}, SETTINGS)


def test_what_is_wrong_with_a_file(here: Site) -> None:
    """Each fault of a file is told once, with file, line and hint; a build from an earlier one tells the same, and goes through when the file is right."""
    here.build()
    with cases() as case:
        for name, path, data, code, span, message in WRONG:
            with case(name):
                here.write(path, data)
                for _ in range(2):
                    (found,) = here.errors()
                    assert (found.code, str(found.span).rpartition("/")[2]) == (code, span)
                    assert found.message.startswith(message), found.message
                    assert "line" not in found.message.removeprefix(message) or "the cells" in message
                    assert found.hint
                    if code == "input-invalid" and found.span is not None and found.span.line:
                        assert found.hint == f"correct line {found.span.line}"
                here.write(path, "[1]" if path == JSON else "rate = 1\n")
                here.build()
                here.remove(path)
                here.build()


def test_all_is_told_at_once(here: Site) -> None:
    """Errors of inputs stand beside those of texts, theme and ledger; faults of a plugin that have one cause are one."""
    here.write(TOML, "a =\n")
    here.write("content/data/y.toml", "b =\n")
    here.write("content/broken.md", "---\ntitle: [\n---\n")
    for folder in ("one", "two", "three"):
        here.write(f"content/{folder}/numbers.json", '{"fault": true}')
    here.write("ledger/published.tsv", "no line\n")
    found = here.errors()
    assert sorted(d.code for d in found) == ["front-matter-syntax", "input-invalid", "input-invalid", "ledger-line", "plugin-failed"]
    (fault,) = (d for d in found if d.code == "plugin-failed")
    assert "3 times in all" in fault.notes[0]


def test_what_a_scan_refuses(here: Site) -> None:
    """A file that cannot be read, a link that leads out or nowhere and a pipe are told as for any other file; a link that leads round does no harm."""
    with cases() as case:
        for name, make, code in (
            ("a broken link", lambda place: place.symlink_to("nowhere.toml"), "source-unreadable"),
            ("a link out", lambda place: place.symlink_to("/etc/hosts"), "source-outside"),
            ("a pipe", os.mkfifo, "source-unreadable"),
            ("a link to itself", lambda place: place.symlink_to(place.name), "source-unreadable"),
        ):
            with case(name):
                place = here.root / TOML
                make(place)
                assert [d.code for d in here.errors()] == [code]
                place.unlink()
        with case("a folder in a circle"):
            (here.root / "content/data/round").symlink_to("../data")
            here.build()
        with case("a folder of that name"):
            (here.root / TOML).mkdir()
            here.build()
            (here.root / TOML).rmdir()
        with case("a link within"):
            (here.root / TOML).symlink_to("good.toml")
            here.build()
            assert here.read("data/x.toml.txt") == '{"rate": 1}'


class Callable_:  # noqa: N801  # a class as a parser
    def __call__(self, key: str, data: bytes) -> str:
        return raw(key, data)


DECLARED: tuple[tuple[str, Any, str], ...] = (
    ("a list", ["data/*.toml"], "`inputs` of the feature `rates` is a value of the type `list`, where a dict belongs"),
    ("a pattern", {"x": "data/*.toml"}, "the input `x` of the feature `rates` is `'data/*.toml'`, where an `Input` belongs"),
    ("a number as name", {1: Input("a", raw)}, "has the key `1`, where a text belongs"),
    ("no pattern", {"x": Input((), raw)}, "`glob` of the input `x` of the feature `rates` cannot be used: there is no pattern"),
    ("an empty pattern", {"x": Input("", raw)}, "`` matches no file"),
    ("an exception", {"x": Input(("*", "!a"), raw)}, "`!a` excludes files; a pattern can only add them"),
    ("a comment", {"x": Input("# a", raw)}, "`# a` matches no file"),
    ("a number as pattern", {"x": Input((1,), raw)}, "`glob` of the input `x`"),  # type: ignore[arg-type]
    ("nothing that parses", {"x": Input("a", None)}, "`parse` of the input `x` of the feature `rates` is `None`, where a function belongs"),  # type: ignore[arg-type]
    ("a name without a module", {"x": Input("a", "raw")}, "is `raw`, which cannot be imported"),
    ("a lambda", {"x": Input("a", lambda key, data: None)}, "is not a function of a module"),
    ("a part of a function", {"x": Input("a", functools.partial(raw, "k"))}, "is not a function of a module"),
    ("an object", {"x": Input("a", Callable_())}, "is not a function of a module"),
    ("a table of wol", {"lists": Input("a", raw)}, "The table `lists` is declared by both `wol` and `rates`"),
    ("a module that is not there", {"x": Input("*.toml", "no_such_module:parse")}, "`no_such_module:parse`, which cannot be imported"),
    ("a function that is not there", {"x": Input("*.toml", "harness.rates:nothing")}, "`harness.rates:nothing`, which cannot be imported"),
)


def test_what_is_declared_wrongly(here: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    """Each is an error that names the plugin's input, before anything is read."""
    monkeypatch.setattr(rates, "STEPS", ())
    with cases() as case:
        for name, declared, message in DECLARED:
            with case(name):
                monkeypatch.setattr(rates, "INPUTS", declared)
                (found,) = here.errors()
                assert found.code == "plugin-failed"
                assert message in found.message


def test_two_features_with_one_name(here: Site) -> None:
    """A table is declared once."""
    for name, line in (
        ("declared_input", "inputs={'rates': Input('*.none', 'harness.rates:raw')}"),
        ("declared_table", "steps=(Step(name='s', make=print, provides=('rates',)),)"),
    ):
        here.write(
            f"{name}.py",
            f"from wol.api import Feature, Input, Step, hook\n\n\n@hook\ndef wol_features(config):\n    return [Feature(name='mine', {line})]\n",
        )
        here.write("site.toml", f'{CONFIG}\n[build]\nplugins = ["{PLUGIN}", "{name}"]\n')
        (found,) = here.errors()
        assert found.message.startswith("The table `rates` is declared by both `")
