"""Releases: their names, and the lists that targets keep of them."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from wol.deploy.release import Release, content, decode, encode, is_id, release_id, worth_keeping

PATHS = st.text(st.characters(exclude_characters="\n\t/", exclude_categories=("Cs", "Cc")), min_size=1).filter(lambda p: p != "..")


@given(st.dictionaries(PATHS, st.integers(0, 15).map(lambda n: f"{n:x}" * 64)), st.integers(1, 3))
def test_a_list_is_read_as_it_was_written(files: dict[str, str], age: int) -> None:
    """Paths in any script come back, with what each file is known by."""
    release = Release(release_id(files), files, dict.fromkeys(list(files)[:2], age))
    assert decode(encode(release)) == release


def test_a_list_that_is_cut_short_is_none() -> None:
    """Whatever part of it is missing, and whatever leads out of the folder."""
    files = {"index.html": "0" * 64, "a/b.html": "1" * 64}
    data = encode(Release(release_id(files), files))
    assert [decode(data[:end]) for end in range(len(data))] == [None] * len(data)
    assert decode(data.replace(b"a/b.html", b"a/../../b")) is None
    assert decode(data.replace(b"a/b.html", b"/etc/passwd")) is None


def test_names_sort_by_time_and_tell_of_the_content() -> None:
    """The same files have the same end of the name, others another."""
    one, two = release_id({"a": "1"}), release_id({"a": "2"})
    assert is_id(one)
    assert one[:8].isdigit()
    assert content(one) == content(release_id({"a": "1"})) != content(two)
    assert not is_id("../../etc")


def test_which_are_kept() -> None:
    """The live one always, and the newest others that differ."""
    a, b, c, again = (f"2026112{n}T000000000Z-{sign * 12}" for n, sign in ((1, "a"), (2, "b"), (3, "c"), (4, "a")))
    assert worth_keeping([again, c, b, a], again, 2) == {again, c}
    assert worth_keeping([again, c, b, a], again, 9) == {again, c, b}, "the same state twice is once"
    assert worth_keeping([c, b, a], a, 1) == {a}
    assert worth_keeping([], "", 3) == set()
