"""What `make test K=…` selects: every test of a subject, and few files beside."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from run_subject import FAST, TESTS, TestFile, expression, is_slow_itself, read, select, unknown, words

ROOT = TESTS.parent
FILES = [
    TestFile("unit/features/test_series.py", "def test_order() -> None: ...\ndef test_parts() -> None: ...\n"),
    TestFile("unit/features/test_feeds_choice.py", "def test_a_feed_of_a_series() -> None: ...\ndef test_podcast() -> None: ...\n"),
    TestFile("unit/content/test_front_matter.py", "def test_dates() -> None: ...\n"),
    TestFile("deploy/test_git.py", "def test_the_branch(site: Site) -> None: ...\n" * 3),
    TestFile("errors/test_broken_sites.py", "def test_broken_site(name: str) -> None: ...\n", ("front-matter-key", "series-double")),
]


@pytest.mark.parametrize(
    ("subject", "paths"),
    [
        ("series", ["unit/features/test_series.py", "unit/features/test_feeds_choice.py", "errors/test_broken_sites.py"]),
        ("Series", ["unit/features/test_series.py", "unit/features/test_feeds_choice.py", "errors/test_broken_sites.py"]),
        ("features", ["unit/features/test_series.py", "unit/features/test_feeds_choice.py"]),
        ("feeds", ["unit/features/test_feeds_choice.py"]),
        ("feeds and not podcast", ["unit/features/test_feeds_choice.py"]),
        ("parts or git", ["unit/features/test_series.py", "deploy/test_git.py"]),
        ("(parts or git)", ["unit/features/test_series.py", "deploy/test_git.py"]),
        ("front_matter", ["unit/content/test_front_matter.py", "errors/test_broken_sites.py"]),
        ("front-matter", ["unit/content/test_front_matter.py", "errors/test_broken_sites.py"]),
        ("deploy", ["deploy/test_git.py"]),
        ("unit/content", ["unit/content/test_front_matter.py"]),
        ("tests/unit/content/test_front_matter.py", ["unit/content/test_front_matter.py"]),
        ("podcasts", []),
        ("serise", []),
    ],
)
def test_files_of_a_subject(subject: str, paths: list[str]) -> None:
    """A subject is found in folders, files, names of tests and folders of fixtures, however it is spelt."""
    assert list(select(subject, FILES).paths) == paths


def test_a_subject_that_only_excludes_needs_every_file() -> None:
    """`not deploy` can match anywhere."""
    assert words("not deploy") == []
    assert len(select("not deploy", FILES).paths) == len(FILES)


@pytest.mark.parametrize(
    ("subject", "given"),
    [
        ("series", "series"),
        ("front_matter", "(front_matter or front-matter)"),
        ("front-matter", "(front-matter or front_matter)"),
        ("(feeds or s3) and not front-matter", "( feeds or s3 ) and not (front-matter or front_matter)"),
    ],
)
def test_the_expression_for_pytest(subject: str, given: str) -> None:
    """A hyphen and an underscore are the same to a developer, and different to pytest."""
    assert expression(subject) == given


def test_a_path_needs_no_expression() -> None:
    """All tests of a file that is named by its path are meant."""
    assert select("unit/content", FILES).expression == ""


def test_the_number_of_tests_of_whole_sites() -> None:
    """Unit tests are too quick for a second process to pay."""
    assert select("series", FILES).heavy == 1
    assert select("deploy", FILES).heavy == 3


def test_slow_tests_of_a_file_that_is_named() -> None:
    """Who names a file with slow tests wants them; who names its folder, or a word in its name, does not."""
    files = [TestFile("deploy/test_s3.py", "pytestmark = pytest.mark.slow\n"), TestFile("deploy/test_git.py", "")]
    assert is_slow_itself("s3", files)
    assert is_slow_itself("S3", files)
    assert not is_slow_itself("deploy", files)
    assert not is_slow_itself("git", files)
    assert not is_slow_itself("s", files)


def test_an_unknown_subject() -> None:
    """The message names what is close, and what there is."""
    text = unknown("serise", FILES)
    assert "No test matches K=serise." in text
    assert "Did you mean K=series?" in text
    assert "deploy, errors, features" in text


def test_what_is_selected_is_what_pytest_would_select() -> None:
    """Of the tests in a folder, `-k` matches none outside the files that are loaded."""
    command = [sys.executable, "-m", "pytest", "--collect-only", "-q", "-k", expression("links"), "-m", FAST, "tests/unit/site"]
    ran = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=120)
    matched = {line.partition("::")[0].removeprefix("tests/") for line in ran.stdout.splitlines() if "::" in line}
    assert {"unit/site/test_check.py"} <= matched
    assert matched <= set(select("links", read()).paths)


def test_the_makefile_and_the_runner_mean_the_same_tests() -> None:
    """What `make test` leaves to other targets, `make test K=…` leaves too."""
    assert f'-m "{FAST}"' in (ROOT / "Makefile").read_text("utf-8")


def test_every_test_of_this_checkout_has_a_subject() -> None:
    """The name of each file of tests finds it."""
    files = read()
    assert len(files) > 200
    missed = [file.path for file in files if file.path not in select(Path(file.path).stem.removeprefix("test_"), files).paths]
    assert missed == []
