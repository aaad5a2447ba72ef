"""What targets used, in little room."""

from __future__ import annotations

import msgspec
from markupsafe import Markup

from wol.engine.dependencies import DependencyData, DependencyIndex, compact, of_trace, renumber
from wol.model.target import Name
from wol.render.addresses import Href

NAMES: set[Name] = {("title", "a.md"), ("date", "a.md"), ("config", "site.title")}


def names_of(uses: DependencyIndex, trace: bytes) -> set[Name]:
    return {(table, key) for number in of_trace(trace) for key, tables in [uses.pair(number)] for table in tables}


def test_names_come_back() -> None:
    """All facts about one item are one pair; nothing is lost, also through the file."""
    uses = DependencyIndex(DependencyData())
    trace = uses.numbers(NAMES)
    assert len(uses) == 2
    assert names_of(DependencyIndex(uses.data), trace) == NAMES


def test_equal_pairs_have_one_number() -> None:
    """What a second target uses in the same way takes no room but its trace."""
    uses = DependencyIndex(DependencyData())
    assert uses.numbers(NAMES) == uses.numbers(NAMES)
    assert uses.numbers({("title", "a.md")}) != uses.numbers(NAMES)
    assert len(uses) == 3


def test_traces_of_a_batch_are_written_in_our_numbers() -> None:
    """A worker counts for itself."""
    uses, other = DependencyIndex(DependencyData()), DependencyIndex(DependencyData())
    uses.numbers({("body", "z.md")})
    trace = other.numbers(NAMES)
    assert names_of(uses, renumber(trace, uses.translate(other))) == NAMES


def test_what_nothing_uses_is_dropped() -> None:
    """Compaction keeps the names of every trace, and no others."""
    uses = DependencyIndex(DependencyData())
    uses.numbers({("body", "z.md")})
    trace = uses.numbers(NAMES)
    after, traces = compact(uses, {"a": trace})
    assert names_of(after, traces["a"]) == NAMES
    assert len(after) == 2


def test_keys_of_other_types_of_text() -> None:
    """A feature may look things up by what it read from a view, such as `page.url` or `page.title_html`."""
    uses = DependencyIndex(DependencyData())
    trace = uses.numbers({("words", Href("/a/")), (Markup("words"), "b.md"), ("words", Markup("<b>"))})
    again = uses.numbers({("words", "/a/"), ("words", "b.md"), ("words", "<b>")})
    assert sorted(of_trace(again)) == sorted(of_trace(trace))
    data = msgspec.msgpack.decode(msgspec.msgpack.encode(uses.data), type=DependencyData)
    assert names_of(DependencyIndex(data), trace) == {("words", "/a/"), ("words", "b.md"), ("words", "<b>")}
