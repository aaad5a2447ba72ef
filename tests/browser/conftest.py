"""A browser for the tests of the preview: Debian's Chromium, driven by Playwright."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from importlib.util import find_spec
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

PATIENCE = 10_000
"""Milliseconds that a test waits for what it expects to see."""


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Chromium without a window. Where it is missing, the tests are skipped, but fail in CI."""
    program = shutil.which("chromium")
    if program is None or find_spec("playwright") is None:
        lacks = "Chromium (apt-get install chromium)" if program is None else "Playwright (make .venv/browser)"
        (pytest.fail if os.environ.get("CI") == "true" else pytest.skip)(f"{lacks} is not here")
    from playwright.sync_api import expect, sync_playwright

    expect.set_options(timeout=PATIENCE)
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(
            executable_path=program, args=["--no-sandbox", "--autoplay-policy=no-user-gesture-required", "--mute-audio"]
        )
        yield chromium
        chromium.close()


@pytest.fixture
def opened(browser: Browser) -> Iterator[Callable[..., Page]]:
    """Give `opened(url, width=…)`: a page in a window of its own, whose scripts must not fail."""
    contexts = []
    failures: list[str] = []

    def open_page(url: str, *, width: int = 900, height: int = 600, **options: Any) -> Page:
        context = browser.new_context(viewport={"width": width, "height": height}, **options)
        context.set_default_timeout(PATIENCE)
        contexts.append(context)
        page = context.new_page()
        page.on("pageerror", lambda error: failures.append(str(error)))
        page.goto(url)
        return page

    yield open_page
    for context in contexts:
        context.close()
    assert failures == []
