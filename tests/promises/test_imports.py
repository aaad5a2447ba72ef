"""A build with nothing to do is quick because it loads nothing that it does not need."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable

from harness.site import Site

HEAVY = (
    "pydantic",
    "jinja2",
    "markdown_it",
    "mdit_py_plugins",
    "pygments",
    "feedgen",
    "lxml",
    "rich",
    "watchdog",
    "yaml",
    "selectolax",
    "nh3",
    "dataclasses",
    "html",
    "shutil",
    "tomllib",
    "zoneinfo",
)


def loaded(site: Site) -> set[str]:
    """Build in a new process, and give which of the heavy packages it has loaded."""
    code = (
        "import sys\nfrom wol.cli.main import main\n"
        "try:\n    main()\nexcept SystemExit as e:\n    assert not e.code, e.code\n"
        f"print('LOADED', *[m for m in {HEAVY!r} if m in sys.modules])"
    )
    ran = subprocess.run([sys.executable, "-c", code, "build"], cwd=site.root, capture_output=True, text=True, timeout=60)
    assert ran.returncode == 0, ran.stderr
    return set(ran.stdout.rpartition("LOADED")[2].split())


def test_nothing_to_do_loads_nothing(site: Callable[..., Site]) -> None:
    """The second build of a site loads no parser, no templates, no validator."""
    here = site({"content/posts/a.md": "---\ntitle: A\ndate: 2026-01-01\n---\nText\n", "content/about.md": "About"})
    assert {"markdown_it", "jinja2"} <= loaded(here)
    assert loaded(here) == set()
