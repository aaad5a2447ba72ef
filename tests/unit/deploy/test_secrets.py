"""Secrets are in no message (D8)."""

from __future__ import annotations

import pytest

from wol.deploy.secrets import scrubbed


@pytest.mark.parametrize(
    ("text", "clean"),
    [
        ("fatal: unable to access 'https://me:ghp_x@example.org/a.git/'", "fatal: unable to access 'https://***@example.org/a.git/'"),
        ("https://token@example.org and sftp://u:p@h", "https://***@example.org and sftp://***@h"),
        ("mail me@example.org, see https://example.org/@me", "mail me@example.org, see https://example.org/@me"),
        ("git@example.org:me/site.git", "git@example.org:me/site.git"),
    ],
)
def test_addresses(text: str, clean: str) -> None:
    """Users and passwords in addresses are hidden, all else is kept."""
    assert scrubbed(text) == clean


def test_values(monkeypatch: pytest.MonkeyPatch) -> None:
    """What is named as a secret, and what the environment holds under a telling name; the longest first, short words never."""
    monkeypatch.setenv("SOME_API_KEY", "abcdefgh")
    monkeypatch.setenv("OTHER_TOKEN", "abcdefghij")
    monkeypatch.setenv("A_PASSWORD", "the")
    monkeypatch.setenv("EDITOR", "an-editor-of-mine")
    assert scrubbed("the abcdefghij, abcdefgh, given; an-editor-of-mine", "given", "") == "the ***, ***, ***; an-editor-of-mine"
