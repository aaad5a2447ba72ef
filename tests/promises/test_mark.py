"""An output that shows what is not published says so itself."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from harness.site import Site

FILES = {"content/posts/a.md": "---\ndate: 2026-01-01\n---\nA", "content/posts/b.md": "---\ndate: 2026-01-02\ndraft: true\n---\nB"}


@pytest.mark.parametrize("option", ["drafts", "future"])
def test_outputs_with_drafts_carry_a_mark(site: Callable[..., Site], option: str) -> None:
    """The folder of `--drafts` and `--future` has a file that names the profile."""
    here = site(FILES)
    here.build(**{option: True})
    assert here.files(".wol/drafts")[".wol-profile"] == b"drafts: not to be published\n"


def test_a_release_carries_none(site: Callable[..., Site]) -> None:
    """The public output has no such file."""
    here = site(FILES)
    here.build()
    assert ".wol-profile" not in here.files()
