"""Small pure parts of the preview: the script in a page, media types, findings for the overlay, links to editors."""

from __future__ import annotations

import pytest

from wol.config import editors
from wol.errors import diagnostic
from wol.media import is_part_of_pages, media_type
from wol.serve.inject import with_script
from wol.serve.overlay_data import overlay_data
from wol.serve.viewed_pages import MOST, ViewedPageTracker
from wol.watch.messages import QuotedDiagnostic

SCRIPT = b'<script type="module" src="/.wol/live.js" data-tag="t-1" data-edition="7"></script>'


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (b"<p>a</p>", b""),
        (b"<p>a", b"</body></html>"),
        (b"<p>a", b"</BODY >\n</HTML>\n<!-- made by hand -->\n"),
        (b"<pre>&lt;/body></pre><script>'</body>'</script><p>", b"</body>\n"),
        (b"<p>a</p><!-- </body></html> -->", b""),
        (b"</body><p>more text after it", b""),
        (b"", b""),
        (b"<p>a" + b"</body>" + b" " * 5000, b""),
    ],
)
def test_where_the_script_goes(before: bytes, after: bytes) -> None:
    """Before the end of the body; at the end where that is not the end, or not to be seen."""
    assert with_script(before + after, "t-1", 7) == before + SCRIPT + after


@pytest.mark.parametrize(
    ("path", "sort"),
    [
        ("index.html", "text/html; charset=utf-8"),
        ("feed.xml", "application/xml; charset=utf-8"),
        ("a.atom", "application/atom+xml; charset=utf-8"),
        ("a.AVIF", "image/avif"),
        ("app.webmanifest", "application/manifest+json"),
        ("m.mjs", "text/javascript; charset=utf-8"),
        ("m.js", "text/javascript; charset=utf-8"),
        ("m.wasm", "application/wasm"),
        ("i.svg", "image/svg+xml; charset=utf-8"),
        ("s.css", "text/css; charset=utf-8"),
        ("robots.txt", "text/plain; charset=utf-8"),
        ("feed.json", "application/json"),
        ("CNAME", "application/octet-stream"),
        ("a.b/c", "application/octet-stream"),
        ("html", "application/octet-stream"),
        ("x.unknown", "application/octet-stream"),
    ],
)
def test_media_types(path: str, sort: str) -> None:
    """By the ending, whatever the system thinks."""
    assert media_type(path) == sort


def test_parts_of_pages() -> None:
    """Styles, scripts, images and fonts are; pages and feeds are not."""
    assert all(map(is_part_of_pages, ("a.css", "b/c.JS", "d.png", "e.woff2")))
    assert not any(map(is_part_of_pages, ("a.html", "feed.xml", "sitemap.xml", "data.bin")))


def finding(path: str, line: int, column: int, text: str, message: str = "It is wrong") -> QuotedDiagnostic:
    """Give a finding as the builder sends it."""
    return QuotedDiagnostic(diagnostic("front-matter-type", message, path, line, column, notes=["While reading"]), text)


def test_what_browsers_are_told() -> None:
    """All that the overlay shows, in the order of places; nothing is made HTML of."""
    found = overlay_data(
        [
            QuotedDiagnostic(diagnostic("write-failed", "No space")),
            finding('content/"><img src=x onerror=alert(1)>.md', 3, 8, "title: <script>alert(1)</script>", "<script>"),
        ],
        "/home/me/site",
        "vscode",
    )
    assert [one["code"] for one in found] == ["front-matter-type", "write-failed"]
    first = found[0]
    assert (first["line"], first["column"], first["severity"], first["notes"]) == (3, 8, "error", ["While reading"])
    assert (first["excerpt"], first["caret"], first["message"]) == ("title: <script>alert(1)</script>", 7, "<script>")
    assert first["open"] == "vscode://file/home/me/site/content/%22%3E%3Cimg%20src%3Dx%20onerror%3Dalert%281%29%3E.md:3:8"
    assert first["hint"]
    nothing = {key: found[1][key] for key in ("path", "line", "column", "caret", "open")}
    assert set(nothing.values()) == {None}


@pytest.mark.parametrize(
    ("line", "column", "excerpt", "caret"),
    [
        ("abc", 2, "abc", 1),
        ("abc", 0, "abc", None),
        ("   ", 2, "", None),
        ("a😀b", 3, "a😀b", 3),
        ("x" * 500, 400, "…" + "x" * 160 + "…", 120),
        ("x" * 500, 1, "x" * 160 + "…", 0),
    ],
)
def test_excerpts(line: str, column: int, excerpt: str, caret: int | None) -> None:
    """A window of a long line, and the caret's place in it as JavaScript counts."""
    (found,) = overlay_data([finding("a.md", 1, column, line)], "/site", "")
    assert (found["excerpt"], found["caret"], found["open"]) == (excerpt, caret, None)


def test_packaged_templates_open_where_they_are() -> None:
    """A template of the default theme lies in the package."""
    (found,) = overlay_data([finding("<default>/templates/base.html", 0, 0, "")], "/site", "idea")
    assert found["open"].startswith("idea://open?file=/")
    assert found["open"].endswith("/themes/default/templates/base.html&line=1&column=1")


@pytest.mark.parametrize("name", sorted(editors.EDITORS))
def test_every_editor_has_a_good_pattern(name: str) -> None:
    """The patterns that are built in would also pass as a writer's own."""
    assert editors.problem(editors.EDITORS[name]) is None
    opened = editors.link(name, "/a b/é.md", 3, 4)
    assert opened is not None
    assert "/a%20b/%C3%A9.md" in opened


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("vscod", "no editor"),
        ("notepad", "no editor"),
        ("javascript:alert({path})", "run in the page"),
        ("data:text/html,{path}", "run in the page"),
        ("my://open?f={file}", "{file}"),
        ("my://open?f=1", "which file"),
        ("my://open {path}", "blanks"),
        ("my://open?f={path}&x=<", "blanks"),
    ],
)
def test_editors_that_cannot_be(typed: str, said: str) -> None:
    """What is no editor and no URL that opens one is said to be so, and gives no link."""
    found = editors.problem(typed)
    assert found is not None
    assert said in found[0]
    assert editors.link(typed, "/a", 1, 1) is None


def test_own_pattern() -> None:
    """A URL with places for path, line and column."""
    assert editors.link("my://open?f={path}&at={line},{column}", "/a&b", 0, 0) == "my://open?f=/a%26b&at=1,1"
    assert editors.link("", "/a", 1, 1) is None


def test_looks_are_few() -> None:
    """A crawler does not make everything wanted; what is told is told once."""
    told: list[frozenset[str]] = []
    looks = ViewedPageTracker(lambda paths: told.append(frozenset(paths)))
    for number in range(200):
        looks.requested([f"{number}.html"])
    assert len(told[-1]) == MOST
    looks.open(["open.html"])
    assert "open.html" in told[-1]
    looks.tell()
    assert len(told) == 201


def test_the_order_of_looks() -> None:
    """Texts come before the lists that show them, and among texts the last one first."""
    told: list[list[str]] = []
    looks = ViewedPageTracker(lambda paths: told.append(list(paths)))
    looks.open(["index.html"])
    looks.requested(["posts/index.html"])
    looks.requested(["2026/01/a/index.html"])
    looks.requested(["2026/01/b/index.html"])
    assert told[-1] == ["2026/01/b/index.html", "2026/01/a/index.html", "posts/index.html", "index.html"]
    looks.requested(["2026/01/a/index.html"])
    assert len(told) == 4, "the same pages are not told again"
