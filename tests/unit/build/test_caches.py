"""Caches that are torn, foreign or from the future count as absent; nothing is lost by it."""

from __future__ import annotations

from pathlib import Path

import msgspec
import pytest

from wol.build import owned, sealed
from wol.build.owned import Owned
from wol.build.state import State, encode
from wol.build.store import CorruptStoreError, PageStore
from wol.model.item import Body, Summary

SUMMARY = Summary(key="a.md", kind="page", title="A", title_html="A", url="/a/", slug="a")


def stored(folder: Path, toolchain: str = "t") -> PageStore:
    store = PageStore(folder, toolchain)
    store.put("k", [SUMMARY], [], [msgspec.msgpack.encode(Body(parts=("<p>A</p>",)))])
    store.save(["k"])
    return store


def test_a_store_gives_back_what_was_put(tmp_path: Path) -> None:
    """Summaries and bodies survive the process."""
    stored(tmp_path)
    again = PageStore(tmp_path, "t")
    found = again.get("k")
    assert found is not None
    assert found.summaries == (SUMMARY,)
    assert again.bodies(["k"])("a.md") == Body(parts=("<p>A</p>",))


@pytest.mark.parametrize("damage", [b"", b"nonsense", b"\x00" * 200])
def test_a_damaged_index_is_an_empty_store(tmp_path: Path, damage: bytes) -> None:
    """An index that is not ours costs a reading, not an error."""
    stored(tmp_path)
    (tmp_path / "index").write_bytes(damage)
    assert PageStore(tmp_path, "t").get("k") is None


def test_another_toolchain_is_an_empty_store(tmp_path: Path) -> None:
    """What another version of wol parsed is not used."""
    stored(tmp_path)
    assert PageStore(tmp_path, "other").get("k") is None


def test_a_missing_or_short_pack_is_an_empty_store(tmp_path: Path) -> None:
    """An index whose pack is gone or cut is dropped with it."""
    stored(tmp_path)
    (pack,) = tmp_path.glob("pack-*")
    pack.write_bytes(pack.read_bytes()[:-1])
    assert PageStore(tmp_path, "t").get("k") is None
    pack.unlink()
    assert PageStore(tmp_path, "t").get("k") is None


def test_a_damaged_body_is_noticed(tmp_path: Path) -> None:
    """A body whose bytes are others is never rendered."""
    stored(tmp_path)
    (pack,) = tmp_path.glob("pack-*")
    data = bytearray(pack.read_bytes())
    data[-2] ^= 1
    pack.write_bytes(data)
    with pytest.raises(CorruptStoreError):
        PageStore(tmp_path, "t").bodies(["k"])("a.md")


def test_old_entries_are_dropped_when_half_is_waste(tmp_path: Path) -> None:
    """The pack does not grow for ever, and what is in use stays readable."""
    store = PageStore(tmp_path, "t")
    text = "x" * 100_000
    for number in range(200):
        store.put(f"k{number}", [SUMMARY], [], [msgspec.msgpack.encode(Body(parts=(f"{number}{text}",)))])
        store.save([f"k{number}"])
    store.sweep()
    assert sum(p.stat().st_size for p in tmp_path.glob("pack-*")) < 150 * len(text)
    assert len(list(tmp_path.glob("pack-*"))) == 1
    assert PageStore(tmp_path, "t").bodies(["k199"])("a.md").parts == (f"199{text}",)


@pytest.mark.parametrize("cut", [0, 1, 40, -1])
def test_a_torn_state_is_an_empty_one(tmp_path: Path, cut: int) -> None:
    """A state file that was cut at any place is dropped whole."""
    file = tmp_path / "state"
    data = sealed.seal(b"wol state 1\n", {"basis": encode("b")})
    file.write_bytes(data)
    assert State.load(file).section("basis", str, "") == "b"
    file.write_bytes(data[:cut])
    assert not State.load(file)


def test_a_section_of_another_shape_is_absent() -> None:
    """A section that does not decode is its default."""
    assert State({"basis": encode(7)}).section("basis", str, "none") == "none"


def test_the_list_of_owned_files(tmp_path: Path) -> None:
    """It reads back what was written, also odd names, and nothing else."""
    file = tmp_path / "owned"
    ours = Owned("public", {"a b/ü.html": "0" * 64, "x": "1" * 64})
    file.write_bytes(owned.encode(ours))
    assert owned.read(file) == ours
    file.write_bytes(owned.encode(ours)[:-5])
    assert owned.read(file) is None
    assert owned.read(tmp_path / "none") is None
