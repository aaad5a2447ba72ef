"""An output that shows what is not published says so itself."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from harness.site import Site

FILES = {"content/posts/a.md": "---\ndate: 2026-01-01\n---\nA", "content/posts/b.md": "---\ndate: 2026-01-02\ndraft: true\n---\nB"}


@pytest.mark.parametrize(("option", "profile"), [("drafts", "drafts"), ("future", "drafts"), ("preview", "preview")])
def test_outputs_with_drafts_carry_a_mark(site: Callable[..., Site], option: str, profile: str) -> None:
    """The folder of `--drafts` and `--future`, and that of the preview, has a file that names the profile."""
    here = site(FILES)
    here.build(**{option: True})
    assert here.files(f".wol/{profile}")[".wol-profile"] == f"{profile}: not to be published\n".encode()


def test_a_release_carries_none(site: Callable[..., Site]) -> None:
    """The public output has no such file."""
    here = site(FILES)
    here.build()
    assert ".wol-profile" not in here.files()
