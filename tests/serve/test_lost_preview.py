"""A preview that has gone is built anew at once: after `wol clean`, and when the site's folder was renamed and renamed back."""

from __future__ import annotations

import re
import time
import urllib.error
import urllib.request
from collections.abc import Callable

from harness.site import Site


def shows(url: str, text: str, seconds: float = 15) -> bool:
    """Whether a page shows a text within some time."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        try:
            with urllib.request.urlopen(url, timeout=5) as answer:
                if text in answer.read().decode():
                    return True
        except OSError:
            pass
        time.sleep(0.1)
    return False


def test_it_is_built_anew(site: Callable[..., Site]) -> None:
    here = site({"content/about.md": "# About\n\nOld words.\n"})
    away = here.root.with_name("away")
    process = here.process("serve", "--port", "0")
    try:
        assert process.stdout is not None
        said = re.search(r"http://\S+", process.stdout.readline())
        assert said is not None
        about = f"{said[0].rstrip('/')}/about/"
        assert shows(about, "Old words.")
        assert here.run("clean").code == 0
        assert shows(about, "Old words.")
        time.sleep(1)  # a page may be shown before its build has ended
        here.root.rename(away)
        time.sleep(1.2)
        away.rename(here.root)
        assert shows(about, "Old words.")
        here.write("content/about.md", "# About\n\nNew words.\n")
        assert shows(about, "New words.")
    finally:
        process.terminate()
        process.communicate(timeout=20)
