"""Caches that are torn, foreign or from the future count as absent; nothing is lost by it."""

from __future__ import annotations

import pickle
from pathlib import Path

import msgspec
import pytest

from harness.items import item
from wol.engine import cache_files
from wol.engine.cache_files import CorruptCacheError
from wol.engine.items import ItemReader
from wol.engine.output import ownership
from wol.engine.output.ownership import Owned
from wol.engine.page_store import PageStore, Stored
from wol.engine.state import RawTable, State
from wol.model.item import Body

SUMMARY = item("a.md")
encode = msgspec.msgpack.encode


def put(store: PageStore, key: str, text: str) -> None:
    store.put([key], [encode(Stored((SUMMARY,), ()))], [[encode(Body(parts=(text,)))]], [encode([("python", "x", text)])])


def stored(folder: Path, toolchain: str = "t") -> PageStore:
    store = PageStore(folder, toolchain)
    put(store, "k", "<p>A</p>")
    store.save(["k"])
    return store


def pages(folder: Path, key: str = "k") -> ItemReader:
    return ItemReader(PageStore(folder, "t"), {"a.md": key}, {})


@pytest.mark.parametrize("is_sent", [False, True])
def test_a_store_gives_back_what_was_put(tmp_path: Path, is_sent: bool) -> None:
    """Summaries and texts survive the process, also in another one."""
    stored(tmp_path)
    found = pages(tmp_path)
    if is_sent:
        found = pickle.loads(pickle.dumps(found))  # as a worker gets it; nothing that is read from disk is a pickle
    assert found.summary("a.md") == SUMMARY
    assert found.body("a.md") == Body(parts=("<p>A</p>",))
    assert PageStore(tmp_path, "t").code("k") == (("python", "x", "<p>A</p>"),)


@pytest.mark.parametrize("damage", [b"", b"nonsense", b"\x00" * 200])
def test_a_damaged_index_is_an_empty_store(tmp_path: Path, damage: bytes) -> None:
    """An index that is not ours costs a reading, not an error."""
    stored(tmp_path)
    (tmp_path / "index").write_bytes(damage)
    assert "k" not in PageStore(tmp_path, "t")


def test_another_toolchain_is_an_empty_store(tmp_path: Path) -> None:
    """What another version of wol parsed is not used."""
    stored(tmp_path)
    assert "k" not in PageStore(tmp_path, "other")


@pytest.mark.parametrize("pack", ["records", "texts"])
def test_a_missing_or_short_pack_is_noticed(tmp_path: Path, pack: str) -> None:
    """An index whose pack is gone or cut is never believed."""
    stored(tmp_path)
    (file,) = tmp_path.glob(f"{pack}-*")
    file.write_bytes(file.read_bytes()[:3])
    ask = ItemReader.summary if pack == "records" else ItemReader.body
    with pytest.raises(CorruptCacheError):
        ask(pages(tmp_path), "a.md")
    file.unlink()
    with pytest.raises(CorruptCacheError):
        ask(pages(tmp_path), "a.md")


def test_records_that_are_read_at_once_are_checked(tmp_path: Path) -> None:
    """Reading many does not believe more than reading one."""
    stored(tmp_path)
    (file,) = tmp_path.glob("records-*")
    file.write_bytes(file.read_bytes()[:-1])
    with pytest.raises(CorruptCacheError):
        PageStore(tmp_path, "t").load(["k"])


def test_a_damaged_body_is_noticed(tmp_path: Path) -> None:
    """A body whose bytes are others is never rendered."""
    stored(tmp_path)
    (pack,) = tmp_path.glob("texts-*")
    data = bytearray(pack.read_bytes())
    data[2] ^= 1
    pack.write_bytes(data)
    with pytest.raises(CorruptCacheError):
        pages(tmp_path).body("a.md")


def test_old_entries_are_dropped_when_half_is_waste(tmp_path: Path) -> None:
    """The packs do not grow for ever, and what is in use stays readable."""
    store = PageStore(tmp_path, "t")
    text = "x" * 100_000
    for number in range(200):
        put(store, f"k{number}", f"{number}{text}")
        store.save([f"k{number}"])
    store.sweep()
    assert sum(p.stat().st_size for p in tmp_path.iterdir()) < 100 * len(text)
    assert len(list(tmp_path.iterdir())) == 3
    assert pages(tmp_path, "k199").body("a.md").parts == (f"199{text}",)
    assert PageStore(tmp_path, "t").code("k199") == (("python", "x", f"199{text}"),)


@pytest.mark.parametrize("cut", [0, 1, 40, -1])
def test_a_torn_state_is_an_empty_one(tmp_path: Path, cut: int) -> None:
    """A state file that was cut at any place is dropped whole."""
    file = tmp_path / "state"
    data = b"".join(State().after({"basis": "b"}, ()).pieces())
    file.write_bytes(data)
    assert State.load(file).section("basis", str, "") == "b"
    file.write_bytes(data[:cut])
    assert not State.load(file)


def test_a_damaged_section_is_noticed_when_it_is_used(tmp_path: Path) -> None:
    """A flipped bit in a section is never taken for a value; other sections stay good."""
    file = tmp_path / "state"
    data = bytearray(b"".join(State().after({"one": "a" * 50, "two": "b" * 50}, ()).pieces()))
    data[-3] ^= 1
    file.write_bytes(data)
    assert State.load(file).section("one", str, "") == "a" * 50
    with pytest.raises(CorruptCacheError):
        State.load(file).section("two", str, "")


def test_sections_that_stay_are_copied(tmp_path: Path) -> None:
    """What is kept is there in the next state, what is neither new nor kept is gone."""
    first = State().after({"one": 1, "two": 2, "three": 3}, ())
    second = State().after({"one": 1, "two": 2, "three": 3}, ()).after({"one": 9}, ["two", "none"])
    (tmp_path / "state").write_bytes(b"".join(second.pieces()))
    found = State.load(tmp_path / "state")
    assert [found.section(name, int, 0) for name in ("one", "two", "three")] == [9, 2, 0]
    assert first.section("three", int, 0) == 3


def test_a_section_of_another_shape_is_noticed() -> None:
    """A section that does not decode is not taken for its default."""
    with pytest.raises(CorruptCacheError):
        State({"basis": cache_files.Section(encode(7))}).section("basis", str, "none")


def test_a_table_says_where_it_differs() -> None:
    """Values are compared as they are written; keys that only one has differ too."""
    before = RawTable.of({"a": 1, "b": {"x": [1]}, "c": 3})
    after = RawTable.of({"a": 1, "b": {"x": [2]}, "d": 4})
    assert set(after.differing(before)) == {"b", "c", "d"}
    assert set(after.differing(None)) == {"a", "b", "d"}
    assert after.equals(RawTable.of({"a": 1, "b": {"x": [2]}, "d": 4}))
    assert not after.equals(RawTable.of({"b": {"x": [2]}, "a": 1, "d": 4}))
    assert after == {"a": 1, "b": {"x": [2]}, "d": 4}
    assert after.whole() == dict(after.items())


def test_the_list_of_owned_files(tmp_path: Path) -> None:
    """It reads back what was written, also odd names, and nothing else."""
    file = tmp_path / "owned"
    ours = Owned("public", {"a b/ü.html": "0" * 64, "x": "1" * 64})
    file.write_bytes(ownership.encode(ours))
    assert ownership.read(file) == ours
    for cut in range(len(ownership.encode(ours))):
        file.write_bytes(ownership.encode(ours)[:cut])
        assert ownership.read(file) is None, cut
    for outside in ("../x", "/x", "a/../../x", ""):
        file.write_bytes(ownership.encode(Owned("public", {outside: "0" * 64})))
        assert ownership.read(file) is None, outside
    assert ownership.read(tmp_path / "none") is None
