"""The text of the ledger: what is read, what is refused, and that what was there stays."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from wol.content.ledger_text import HEADER, appended, instant, moment, parse, write_line
from wol.model.ledger import CLASSES, EVENTS, Line, Standing, standing

FIRST = Line("2026-11-20T09:15:02Z", "live", "/2026/11/a/", "urn:uuid:6f", "item", "9c41d0aa52e17b03")

TEXTS = st.text(st.characters(codec="utf-8"), max_size=12)
LINES = st.builds(
    Line,
    time=st.datetimes().map(lambda time: f"{time:%Y-%m-%dT%H:%M:%SZ}".rjust(20, "0")),
    event=st.sampled_from(EVENTS),
    url=TEXTS.map(lambda text: f"/{text}"),
    feed_id=TEXTS,
    kind=st.sampled_from(CLASSES),
    text=st.sampled_from(("", "9c41d0aa52e17b03")),
)


@settings(max_examples=200)
@given(st.lists(LINES, max_size=6))
def test_what_is_written_is_read(lines: list[Line]) -> None:
    """Every line comes back as it was, whatever signs an id in feeds has, and a second writing adds to the first."""
    half = len(lines) // 2
    data = appended(appended(b"", lines[:half]), lines[half:])
    assert parse(data) == (tuple(lines), ())


def test_the_form() -> None:
    """A line looks as the format says."""
    data = appended(b"", [FIRST, Line("2026-12-01T08:00:00Z", "gone", "/2026/10/old/", "", "item")])
    assert data.decode() == (
        f"{HEADER}\n2026-11-20T09:15:02Z\tlive\t/2026/11/a/\turn:uuid:6f\titem\ttext=9c41d0aa52e17b03\n"
        "2026-12-01T08:00:00Z\tgone\t/2026/10/old/\t-\titem\n"
    )


@pytest.mark.parametrize(
    "before",
    [
        "",
        "\ufeff",
        "# a comment of mine\n",
        "2026-11-20T09:15:02Z\tlive\t/x/\t-\titem",
        "# x\r\n\r\n2026-11-20T09:15:02Z\tlive\t/x/\t-\titem\r\n",
    ],
    ids=["nothing", "mark", "comment", "no end", "CRLF"],
)
def test_appending_keeps_all_bytes(before: str) -> None:
    """What was there stays as it was, with its sort of line ends; a line without an end gets one."""
    data = appended(before.encode(), [FIRST])
    assert data.startswith(before.encode())
    assert parse(data).lines[-1:] == (FIRST,)
    assert len(parse(data).lines) == before.count("live") + 1
    assert (b"\r\n" in data) == ("\r\n" in before)


def test_unknown_cells_are_read_over() -> None:
    """What a later version writes after the class does no harm, nor do empty lines, comments, a mark and CRLF."""
    data = f"\ufeff# mine\r\n\r\n{write_line(FIRST)}\tnote=x\ty\r\n2026-11-20T09:15:02Z\tlive\t/b/\t-\tlist\tpart=2\r\n".encode()
    assert parse(data) == ((FIRST, Line("2026-11-20T09:15:02Z", "live", "/b/", "", "list")), ())


def test_merges() -> None:
    """Two branches that were joined line by line say the same in any order, with lines twice."""
    gone = Line("2026-12-01T08:00:00Z", "gone", FIRST.url, "", "item")
    again = Line("2026-12-02T08:00:00Z", "live", FIRST.url, "tag:new", "item", "1" * 16)
    wanted = {FIRST.url: Standing(again.time, "live", "item", "tag:new", "1" * 16)}
    for lines in ([FIRST, gone, again], [again, gone, FIRST], [gone, again, again, FIRST, FIRST]):
        assert standing(parse(appended(b"", lines)).lines) == wanted
    assert standing([gone, FIRST])[FIRST.url] == Standing(gone.time, "gone", "item", FIRST.feed_id, FIRST.text)


@pytest.mark.parametrize(
    ("row", "line", "says"),
    [
        ("2026-11-20T09:15:02Z live /a/ - item", 2, "no tabs"),
        ("2026-11-20\tlive\t/a/\t-\titem", 2, "not a time"),
        ("2026-11-31T00:00:00Z\tlive\t/a/\t-\titem", 2, "not a time"),
        ("2026-11-20T09:15:02Z\tlvie\t/a/\t-\titem", 2, "`live` or `gone`"),
        ("2026-11-20T09:15:02Z\tlive\ta/\t-\titem", 2, "a URL path"),
        ("2026-11-20T09:15:02Z\tlive\t/a/\t\titem", 2, "an id in feeds"),
        ("2026-11-20T09:15:02Z\tlive\t/a/\t-\titems", 2, "`item`, `feed`, `file` or `list`"),
        ("2026-11-20T09:15:02Z\tlive\t/a/\t-", 2, "ends before"),
        ("<<<<<<< HEAD\n=======\n>>>>>>> b", 2, "conflict"),
        ("\n# wol ledger 2. Written by a later wol.", 3, "form 2"),
        ("\n\ncaf\udce9", 4, "0xE9"),
    ],
)
def test_what_cannot_be_read(row: str, line: int, says: str) -> None:
    """Each is an error with its line and a way out."""
    found = parse(f"{HEADER}\n{row}\n".encode("utf-8", "surrogateescape"))
    assert found.lines == ()
    (wrong,) = found.diagnostics
    assert (wrong.code, str(wrong.span)) == ("ledger-line", f"ledger/published.tsv:{line}")
    assert says in wrong.message
    assert wrong.hint


def test_times() -> None:
    """A moment and its text lead to one another; what is left of a second is cut off."""
    assert moment(1_763_630_102_999_999) == "2025-11-20T09:15:02Z"
    assert instant("2025-11-20T09:15:02Z") == 1_763_630_102_000_000
