"""Reading raw HTML piece by piece."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wol.content.markdown.tags import comment_end, pieces

SCRAPS = st.lists(
    st.sampled_from(
        [
            "<",
            ">",
            "<a",
            "</a>",
            "<b c='d'",
            '"',
            "'",
            "=",
            "/",
            " ",
            "x",
            "<!--",
            "-->",
            "<script>",
            "</script>",
            "<?",
            "?>",
            "<!",
            "]]>",
            "\n",
        ]
    )
).map("".join)


@given(SCRAPS)
def test_pieces_are_all_of_it(html: str) -> None:
    """Nothing is lost between pieces, whatever the HTML."""
    assert "".join(html[piece.start : piece.end] for piece in pieces(html)) == html


def test_attributes() -> None:
    """Names in small letters; values in all three forms, with references read."""
    (piece,) = pieces('<IMG Src=a.jpg ALT=\'b "c"\' title="d &amp; e &copy=f" hidden data-x = y/>')
    assert (piece.kind, piece.name, piece.empty) == ("open", "img", True)
    attributes = {attribute.name: attribute.value for attribute in piece.attributes}
    assert attributes == {"src": "a.jpg", "alt": 'b "c"', "title": "d & e &copy=f", "hidden": "", "data-x": "y/"}


@pytest.mark.parametrize(
    ("html", "kinds"),
    [
        ("a<b>c</b>", ["text", "open", "text", "close"]),
        ("<script>a<b</script>", ["open", "raw", "close"]),
        ("<STYLE>a</stylex></Style >", ["open", "raw", "close"]),
        ("<textarea><b>", ["open", "raw"]),
        ('<a b="c>', ["broken", "text"]),
        ("<a <b>", ["open"]),
        ("<p don't>", ["open"]),
        ("a < b", ["text"]),
        ("<!-- a > -->b", ["comment", "text"]),
        ("<!-- a", ["unclosed"]),
        ("<!DOCTYPE html><?php ?><![CDATA[<b>]]>", ["declaration"] * 3),
        ("<!a", ["broken", "text"]),
        ("<plaintext>", ["broken", "text"]),
    ],
)
def test_kinds(html: str, kinds: list[str]) -> None:
    """Each construct of HTML is known for what it is."""
    assert [piece.kind for piece in pieces(html)] == kinds


@pytest.mark.parametrize(
    ("html", "end"), [("<!-->x", 5), ("<!--->x", 6), ("<!---->", 7), ("<!-- a -- b --->c", 16), ("<!-- a", -1), ("<!--", -1)]
)
def test_comment_end(html: str, end: int) -> None:
    """Comments end as CommonMark 0.31 says."""
    assert comment_end(html, 0) == end


@pytest.mark.parametrize("scrap", ["<a ", '<a b="', "<a b='", "<!", "<?", "<![CDATA[", "<script>", "<a b=<"])
def test_time_is_in_proportion(scrap: str) -> None:
    """Tags that never end do not cost the square of the length."""
    began = time.process_time()
    list(pieces(scrap * 20_000))
    assert time.process_time() - began < 3
