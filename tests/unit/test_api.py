"""The public module: what it exports is there, and an old name says what it is called now."""

from __future__ import annotations

import pytest

from wol import api


def test_all_names_exist() -> None:
    """Each name of `__all__` can be imported."""
    assert [name for name in api.__all__ if not hasattr(api, name)] == []


@pytest.mark.parametrize(("old", "new"), sorted(api._RENAMED.items()))
def test_an_old_name_leads_to_the_new(old: str, new: str) -> None:
    """Importing a name of an earlier API fails with its new name, which exists."""
    with pytest.raises(ImportError, match=f"`{old}` of `wol.api` is called `{new}` now"):
        getattr(api, old)
    assert new in api.__all__


def test_other_names_are_absent() -> None:
    """What never was in the API is an attribute that is not there."""
    assert not hasattr(api, "Nothing")
