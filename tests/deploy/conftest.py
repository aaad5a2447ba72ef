"""Fixtures for targets with a server of their own."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from harness import buckets, netlify
from harness.buckets import Shop
from harness.netlify import TOKEN, Cloud


@pytest.fixture(scope="session")
def moto() -> Iterator[str]:
    """The address of a server of buckets."""
    if not buckets.MOTO.exists():
        if os.environ.get("CI") == "true":
            pytest.fail("there is no moto_server: `make .venv/moto`")
        pytest.skip("there is no moto_server: `make .venv/moto`")
    with buckets.server() as address:
        yield address


@pytest.fixture
def shop(moto: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., Shop]:
    """Give `shop(prefix="")`, a bucket of this test's own; its keys are in the environment."""
    for name in [name for name in os.environ if name.startswith("AWS_")]:
        monkeypatch.delenv(name)
    for name, value in buckets.KEYS.items():
        monkeypatch.setenv(name, value)
    return lambda prefix="": Shop(moto, f"site-{hashlib.sha256(str(tmp_path).encode()).hexdigest()[:20]}", prefix)


@pytest.fixture
def cloud(monkeypatch: pytest.MonkeyPatch) -> Iterator[Cloud]:
    """A site at the stand-in, its token in the environment, and no time to wait."""
    monkeypatch.setenv("NETLIFY_AUTH_TOKEN", TOKEN)
    monkeypatch.setattr("wol.clock.wait", lambda seconds: None)
    with netlify.served() as found:
        yield found
