"""Slugs: the table of section 4 of the authoring format, and what must hold for any text."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wol.model.slugs import MAX_BYTES, heading_slug, slug, slug_problem, term_key, title_slug

TABLE = {
    "C": "c",
    "C++": "c-plus-plus",
    "C#": "c-sharp",
    ".net": "dot-net",
    "ASP.NET": "asp.net",
    "CI/CD": "ci-cd",
    "R&D": "r-and-d",
    "Tom & Jerry": "tom-and-jerry",
    "日本": "日本",
    "café": "café",
    "cafe\u0301": "café",
    "CAFÉ": "café",
    "don't stop": "dont-stop",
    "don’t stop": "dont-stop",
    "rock ‘n’ roll": "rock-n-roll",
    "п\u02bcять": "пять",
    "می\u200cروم": "می\u200cروم",
    "می\u200c روم": "می-روم",
    "क्\u200dष": "क्\u200dष",
    "हिन्दी": "हिन्दी",
    "1.2": "1.2",
    "Version 1.2.": "version-1.2",
    "node.js": "node.js",
    "a..b": "a-b",
    "1+1": "1-plus-1",
    "+1": "1",
    "Ctrl+C": "ctrl-plus-c",
    "#tag": "tag",
    "1#": "1",
    "snake_case": "snake_case",
    "Hello, World!": "hello-world",
    "  a  --  b  ": "a-b",
    "a — b": "a-b",
    "H₂O": "h₂o",
    "ΑΣ": "ας",
    "İstanbul": "i̇stanbul",
    "ITALIC": "italic",
    "😀": "",
    "👩\u200d💻": "",
    "❤\ufe0f": "",
    "1\ufe0f\u20e3 first": "1-first",
    "evil\u202egpj.exe": "evil-gpj.exe",
    "a\x00b": "a-b",
    "%2e%2e%2f": "2e-2e-2f",
    "": "",
    "---": "",
}


@pytest.mark.parametrize(("text", "expected"), TABLE.items())
def test_slug_of_the_table(text: str, expected: str) -> None:
    """Each row of the table becomes what the format says."""
    assert slug(text) == unicodedata.normalize("NFC", expected)


def test_names_of_languages_stay_apart() -> None:
    """The classic tags that other generators merge have slugs of their own."""
    names = ["C", "C++", "C#", "F#", ".net", "net", "CI/CD", "日本", "Objective-C"]
    assert len({slug(name) for name in names}) == len(names)


@given(st.text())
def test_a_slug_is_its_own_slug(text: str) -> None:
    """Making a slug twice changes nothing."""
    assert slug(slug(text)) == slug(text)


@given(st.text(alphabet=st.sampled_from("aB1Σİé\u0301\u200c\u200d+#&.'’_- /😀\ufe0fमा्")))
def test_a_slug_of_awkward_signs_is_its_own_slug(text: str) -> None:
    """The same for the signs that have rules."""
    assert slug(slug(text)) == slug(text)


@given(st.text())
def test_a_slug_is_safe_in_a_path(text: str) -> None:
    """No slug holds a slash, a space, a control character or a dot at its ends."""
    made = slug(text)
    assert not set(made) & set("/\\ %?#:*\"'<>|\x00\n\u202e")
    assert made == made.strip("-.") == unicodedata.normalize("NFC", made)


@given(st.text())
def test_normal_forms_have_one_slug(text: str) -> None:
    """How a system stores a name does not matter."""
    assert slug(unicodedata.normalize("NFC", text)) == slug(unicodedata.normalize("NFD", text)) == slug(text)


@given(st.text(alphabet=st.characters(max_codepoint=127)))
def test_the_fast_path_agrees_with_the_slow_one(text: str) -> None:
    """ASCII text gives the same slug when a sign that is dropped leads it the long way."""
    assert slug(text) == slug(text + "\u200b")


@pytest.mark.parametrize("typed", ["a/b", "/abs", "../../../x", "a\\b", "C:\\x"])
def test_a_typed_slash_is_refused(typed: str) -> None:
    """A slug with a slash would be a path."""
    assert "slash" in slug_problem(typed, slug(typed))


@pytest.mark.parametrize("typed", [".", "..", "con", "NUL", "com1", "LPT9", "nul.txt", "aux.tar.gz", "COM¹"])
def test_names_that_systems_keep_are_refused(typed: str) -> None:
    """Device names and dots are refused, also before an extension."""
    assert "systems keep" in slug_problem(typed, slug(typed))


@pytest.mark.parametrize("typed", ["", "   ", "😀", "***"])
def test_an_empty_slug_is_refused(typed: str) -> None:
    """What leaves nothing is named as empty."""
    assert "empty" in slug_problem(typed, slug(typed))


def test_the_limit_is_in_bytes() -> None:
    """200 bytes pass and 201 do not, whatever the script."""
    assert slug_problem("a" * MAX_BYTES, "a" * MAX_BYTES) == ""
    assert "longer" in slug_problem("a" * 201, "a" * 201)
    assert slug_problem("日" * 66, "日" * 66) == ""
    assert "longer" in slug_problem("日" * 67, "日" * 67)


@pytest.mark.parametrize("typed", ["index", "console", "a.con", "C++", "日本"])
def test_good_slugs_have_no_problem(typed: str) -> None:
    """Names that only look like reserved ones are fine."""
    assert slug_problem(typed, slug(typed)) == ""


def test_a_heading_always_has_an_anchor() -> None:
    """A heading of signs only is `section`."""
    assert heading_slug("🎉") == "section"
    assert heading_slug("见出し 1") == "见出し-1"


def test_title_slugs_are_cut_between_words() -> None:
    """A long title is cut at a hyphen; one word without any is cut hard."""
    title = "How we learned to stop worrying and love the very long titles of posts"
    assert title_slug(title) == "how-we-learned-to-stop-worrying-and-love-the-very-long"
    assert title_slug("x" * 80) == "x" * 60
    assert title_slug("Short") == "short"
    assert title_slug("a" * 60 + " b") == "a" * 60


@pytest.mark.parametrize(
    ("one", "other"),
    [("Working out loud", "working-out-loud"), ("a_b", "A B"), ("café", "cafe\u0301"), ("STRASSE", "straße"), ("a--b", "a b")],
)
def test_spellings_of_one_term(one: str, other: str) -> None:
    """Case, normal form, hyphens, underscores and spaces do not make another term."""
    assert term_key(one) == term_key(other)


@pytest.mark.parametrize(("one", "other"), [("C", "C++"), ("C", "C#"), ("C", "C-"), ("net", ".net"), ("R&D", "R and D"), ("1.2", "12")])
def test_names_that_are_different_terms(one: str, other: str) -> None:
    """Other signs do make another term."""
    assert term_key(one) != term_key(other)
