"""Sites that build and are not fit to be published, each with the exact text that its writer sees.

The sites and texts are in `tests/fixtures/check/CODE[-variant]/`. To review the texts after a change: `pytest tests/check --update-expected`, then read the
difference.
"""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from harness.cases import cases
from harness.codes import CODES
from harness.site import Site

FIXTURES = Path(__file__).parents[1] / "fixtures" / "check"
SITES = sorted(place.name for place in FIXTURES.iterdir())

SPECIAL = {
    "leak-found": "test_leaks.py::test_any_state",
    "check-no-build": "test_last_build.py::test_a_site_that_was_never_built",
    "check-outdated": "test_last_build.py::test_sources_that_are_newer",
    "check-output": "test_last_build.py::test_an_output_changed_by_another_hand",
    "check-external": "test_external.py::test_broken_links_are_warnings",
}
"""Codes whose situation no folder of sources can hold, each with its test."""


def copied(name: str, root: Path) -> Site:
    """Copy a site, with the smallest site.toml unless it has its own, and build it."""
    site = Site.of(FIXTURES / name, root, without=("expected.txt", "__pycache__"))
    site.build()
    return site


def seen(site: Site, *arguments: str) -> str:
    """Give what a writer sees of `wol check`, without what differs from run to run."""
    ran = site.run("check", *arguments)
    text = f"{ran.stderr}{ran.stdout}".replace(str(site.root), "SITE")
    text = re.sub(r"(<default>/\S+\.html):\d+", r"\1:N", text)
    text = re.sub(r"[\d,]+ pages? checked, [\d.]+ s", "N pages checked, N s", text)
    return f"{text.rstrip()}\n\nexit code {ran.code}\n"


@pytest.fixture(autouse=True)
def _own_modules(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let each site have a plugin of the same name."""
    import sys

    monkeypatch.setattr(sys, "path", list(sys.path))
    monkeypatch.delitem(sys.modules, "extra", raising=False)
    monkeypatch.setattr(sys, "dont_write_bytecode", True)


@pytest.mark.parametrize("name", SITES)
def test_site(name: str, tmp_path: Path, update_expected: bool) -> None:
    """A site tells its writer what is wrong, where, and what to do, in exactly these words."""
    text = seen(copied(name, tmp_path / "site"))
    expected = FIXTURES / name / "expected.txt"
    if update_expected:
        expected.write_text(text, "utf-8")
    assert text == expected.read_text("utf-8")


def code_of(name: str) -> str:
    """Give the code that a site is named for."""
    return max((code for code in CODES if name == code or name.startswith(f"{code}-")), key=len)


def test_texts_are_about_their_codes() -> None:
    """Each text has the code that its folder is named for, a way out for each finding, and the right exit code."""
    with cases() as case:
        for name in (name for name in SITES if name != "clean"):
            with case(name):
                text = (FIXTURES / name / "expected.txt").read_text("utf-8")
                assert f"{CODES[code_of(name)].severity}[{code_of(name)}]: " in text
                assert text.count("  hint: ") >= text.count("error[") + text.count("warning[")
                assert text.endswith(f"exit code {1 if 'error[' in text else 0}\n")
                assert "Traceback" not in text


def test_a_clean_site_has_no_finding() -> None:
    """The default theme gives none, whatever a text uses of it."""
    assert (FIXTURES / "clean" / "expected.txt").read_text("utf-8") == "N pages checked, N s: nothing found\n\nexit code 0\n"


@pytest.mark.parametrize("name", ["check-orphan", "check-headings"])
def test_strict_lets_no_warning_pass(name: str, tmp_path: Path) -> None:
    """With --strict warnings are errors."""
    site = copied(name, tmp_path / "site")
    assert seen(site).endswith("exit code 0\n")
    text = seen(site, "--strict")
    assert f"error[{name}]" in text
    assert text.endswith("exit code 1\n")


def test_every_code_has_a_site() -> None:
    """No code of `wol check` is without a site that brings it up, or a test of its own."""
    codes = {name for name, code in CODES.items() if code.group == "check"}
    covered = {code_of(name) for name in SITES if name != "clean"}
    assert covered | set(SPECIAL) == codes
    for test in SPECIAL.values():
        file, _, function = test.partition("::")
        assert f"def {function}(" in (Path(__file__).parent / file).read_text("utf-8")
