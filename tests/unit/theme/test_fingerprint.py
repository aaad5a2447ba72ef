"""Names of assets change with their bytes and with what they load; style sheets ask for the new names."""

from __future__ import annotations

import re
from collections.abc import Mapping

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wol import digest
from wol.theme.fingerprint import Asset, fingerprint, rewrite


def outputs(files: Mapping[str, bytes]) -> dict[str, str]:
    return fingerprint({name: Asset(digest.of_bytes(data), lambda data=data: data) for name, data in files.items()})  # type: ignore[misc]  # no inference for a default


def written(files: Mapping[str, bytes], name: str) -> str:
    return rewrite(files[name], name, outputs(files).get).decode()


def nowhere(name: str) -> str | None:
    """There are no other assets."""
    return None


def test_name_holds_a_digest_before_the_ending() -> None:
    """The name keeps its folder and ending, so that servers know the type."""
    found = outputs({"style.css": b"a{}", "fonts/inter.var.woff2": b"x", "LICENSE": b"mit"})
    assert list(found) == ["LICENSE", "fonts/inter.var.woff2", "style.css"]
    assert re.fullmatch(r"assets/style\.[0-9a-f]{16}\.css", found["style.css"])
    assert re.fullmatch(r"assets/fonts/inter\.var\.[0-9a-f]{16}\.woff2", found["fonts/inter.var.woff2"])
    assert re.fullmatch(r"assets/LICENSE\.[0-9a-f]{16}", found["LICENSE"])


def test_favicon_keeps_its_name() -> None:
    """What browsers and feed readers know by name alone stays where it is."""
    assert outputs({"favicon.ico": b"i", "img/favicon.ico": b"i"})["favicon.ico"] == "assets/favicon.ico"
    assert outputs({"img/favicon.ico": b"i"})["img/favicon.ico"] != "assets/img/favicon.ico"


def test_same_bytes_same_name() -> None:
    """Nothing but the content is in the name."""
    files = {"a.css": b"a { background: url(b.png) }", "b.png": b"1"}
    assert outputs(files) == outputs(dict(reversed(files.items())))


@pytest.mark.parametrize("changed", ["style.css", "parts/more.css", "fonts/a.woff2"])
def test_change_of_what_is_loaded_renames_the_style_sheet(changed: str) -> None:
    """A style sheet that asks for a renamed file has other bytes, so it has another name; all others keep theirs."""
    files = {
        "style.css": b'@import "parts/more.css"; p { color: red }',
        "parts/more.css": b"@font-face { src: url(../fonts/a.woff2) }",
        "fonts/a.woff2": b"font",
        "other.css": b"b{}",
    }
    before, after = outputs(files), outputs({**files, changed: files[changed] + b" "})
    renamed = {name for name in files if before[name] != after[name]}
    order = ["fonts/a.woff2", "parts/more.css", "style.css"]
    assert renamed == set(order[order.index(changed) :])


def test_circle_of_imports() -> None:
    """Style sheets that import one another have names, which change with either."""
    files = {"a.css": b"@import 'b.css';", "b.css": b"@import 'a.css';"}
    before, after = outputs(files), outputs({**files, "b.css": b"@import 'a.css'; "})
    assert all(before[name] != after[name] for name in files)
    assert written(files, "a.css") == f'@import "{before["b.css"].removeprefix("assets/")}";'


def test_asset_that_appears_renames_the_style_sheet_that_missed_it() -> None:
    """A reference that led nowhere is rewritten as soon as the file is there."""
    style = b"p { background: url(later.png) }"
    before, after = outputs({"s.css": style}), outputs({"s.css": style, "later.png": b"x"})
    assert before["s.css"] != after["s.css"]
    assert written({"s.css": style}, "s.css") == style.decode()


FILES = {"css/style.css": b"", "css/a b.png": b"1", "font.woff2": b"2", "icons.svg": b"3", "q'(1).png": b"4", "other.css": b""}
NEW = {name: path.removeprefix("assets/") for name, path in outputs(FILES).items()}


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("url(../font.woff2)", f'url("../{NEW["font.woff2"]}")'),
        ("url('../font.woff2')", f'url("../{NEW["font.woff2"]}")'),
        ('URL( "../font.woff2" )', f'URL( "../{NEW["font.woff2"]}" )'),
        ("url(../font.woff2?#iefix)", f'url("../{NEW["font.woff2"]}?#iefix")'),
        ("url(../icons.svg#star)", f'url("../{NEW["icons.svg"]}#star")'),
        ("url('a b.png')", f'url("{NEW["css/a b.png"].removeprefix("css/").replace(" ", "%20")}")'),
        ("url(a%20b.png)", f'url("{NEW["css/a b.png"].removeprefix("css/").replace(" ", "%20")}")'),
        (r"url(a\20 b.png)", f'url("{NEW["css/a b.png"].removeprefix("css/").replace(" ", "%20")}")'),
        (r"url(../q\'\(1\).png)", f'url("../{NEW["q" + chr(39) + "(1).png"]}")'),
        ("@import '../other.css' screen;", f'@import "../{NEW["other.css"]}" screen;'),
        ("@import url(../other.css) layer(x);", f'@import url("../{NEW["other.css"]}") layer(x);'),
        (
            "src: url(../font.woff2) format('woff2'), url(../font.woff2)",
            f'src: url("../{NEW["font.woff2"]}") format(\'woff2\'), url("../{NEW["font.woff2"]}")',
        ),
    ],
)
def test_references_are_rewritten(typed: str, expected: str) -> None:
    """Every way to write a reference to another asset leads to its new name."""
    files = {**FILES, "css/style.css": typed.encode()}
    assert written(files, "css/style.css") == expected


@pytest.mark.parametrize(
    "typed",
    [
        "url(https://example.org/font.woff2)",
        "url(//example.org/font.woff2)",
        "url(/font.woff2)",
        "url(data:image/png;base64,AAAA)",
        "url(#filter)",
        "url()",
        'url("")',
        "url(nowhere.png)",
        "url(../../font.woff2)",
        "/* url(../font.woff2) */",
        "/* never closed url(../font.woff2)",
        'content: "url(../font.woff2)"',
        "content: 'it\\'s url(../font.woff2)'",
        "my-url(../font.woff2)",
        "--x: \"@import '../other.css'\"",
    ],
)
def test_all_else_stays_as_typed(typed: str) -> None:
    """What is no asset, or no reference, is not touched."""
    assert written({**FILES, "css/style.css": typed.encode()}, "css/style.css") == typed


def test_bytes_that_are_no_text_survive() -> None:
    """A style sheet in another encoding is copied byte for byte but for its references."""
    assert rewrite(b"a{content:'\xe9'}", "s.css", nowhere) == b"a{content:'\xe9'}"


@given(st.text())
def test_any_text_is_a_style_sheet(text: str) -> None:
    """No text makes it fail, and without other assets nothing changes."""
    data = text.encode("utf-8", "surrogatepass")
    assert rewrite(data, "s.css", nowhere) == data


@given(st.lists(st.tuples(st.integers(0, 5), st.integers(0, 5))), st.integers(0, 5))
def test_name_changes_exactly_if_something_reachable_does(edges: list[tuple[int, int]], changed: int) -> None:
    """For any graph of imports, circles included: the names that change are those of the file and of all that load it."""

    def files(mark: bytes) -> dict[str, bytes]:
        made = {f"{n}.css": b"".join(b"@import '%d.css';" % to for of, to in edges if of == n) for n in range(6)}
        made[f"{changed}.css"] += mark
        return made

    before, after = outputs(files(b"")), outputs(files(b"p{}"))
    reaches = {changed}
    while more := {of for of, to in edges if to in reaches} - reaches:
        reaches |= more
    assert {name for name in before if before[name] != after[name]} == {f"{n}.css" for n in reaches}
