"""In which direction languages are written."""

from __future__ import annotations

import pytest

from wol.model.languages import direction


@pytest.mark.parametrize(
    ("language", "expected"),
    [
        ("en", "ltr"),
        ("ar", "rtl"),
        ("fa-IR", "rtl"),
        ("he", "rtl"),
        ("ur", "rtl"),
        ("azb", "rtl"),
        ("az-Arab", "rtl"),
        ("ks-Deva", "ltr"),
        ("AR-Latn", "ltr"),
        ("pa", "ltr"),
        ("en-x-arab", "ltr"),
    ],
)
def test_directions(language: str, expected: str) -> None:
    """By script, else by language."""
    assert direction(language) == expected
