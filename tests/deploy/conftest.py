"""Fixtures for targets with a server of their own."""

from __future__ import annotations

import hashlib
import os
import ssl
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path
from typing import Any

import httpx2
import pytest

from harness import buckets, netlify
from harness.buckets import Shop
from harness.netlify import TOKEN, Cloud
from harness.waiting import wait_for_nothing


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


@cache
def _certificates(**options: Any) -> ssl.SSLContext:
    return httpx2.create_ssl_context(**options)


@pytest.fixture(autouse=True)
def _no_wait(monkeypatch: pytest.MonkeyPatch) -> None:
    """No time to wait, be it for a host or for the next second of the ledger."""
    wait_for_nothing(monkeypatch)


@pytest.fixture
def cloud(monkeypatch: pytest.MonkeyPatch) -> Iterator[Cloud]:
    """A site at the stand-in, its token in the environment, and certificates, which loopback needs none of, read once."""
    monkeypatch.setenv("NETLIFY_AUTH_TOKEN", TOKEN)
    monkeypatch.setattr("httpx2._transports.default.create_ssl_context", _certificates)
    with netlify.served() as found:
        yield found
