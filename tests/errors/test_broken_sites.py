"""Broken sites, each with the exact text that its writer sees. The sites and texts are in `tests/fixtures/errors/CODE[-variant]/`.

To review the texts after a change: `pytest tests/errors --update-expected`, then read the difference.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest

from harness.cases import cases
from harness.codes import CODES
from harness.site import CONFIG, Site

FIXTURES = Path(__file__).parents[1] / "fixtures" / "errors"
BROKEN = sorted(place.name for place in FIXTURES.iterdir())

SPECIAL = {
    "source-changed": "test_special_situations.py::test_a_file_that_changes_meanwhile",
    "source-outside": "test_special_situations.py::test_a_link_that_leads_out",
    "source-too-large": "test_special_situations.py::test_a_source_of_more_than_20_mb",
    "source-unreadable": "test_special_situations.py::test_a_file_without_permission",
    "serve-running": "../serve/test_command.py::test_a_session",
    "serve-address": "../serve/test_command.py::test_wrong_use",
    "build-locked": "test_special_situations.py::test_two_builds_at_once",
    "ledger-outdated": "test_special_situations.py::test_a_release_that_is_not_as_it_was_built",
    "front-matter-by-hand": "test_special_situations.py::test_a_front_matter_that_is_not_edited",
    "url-unknown": "test_special_situations.py::test_a_url_that_never_was",
    "system-refused": "../promises/test_environment.py::test_what_the_system_refuses",
    "out-of-memory": "../promises/test_environment.py::test_too_little_memory",
    "write-failed": "test_special_situations.py::test_an_output_that_cannot_be_written",
    "deploy-target": "../deploy/test_refusals.py::test_which_target",
    "deploy-unbuilt": "../deploy/test_refusals.py::test_never_built",
    "deploy-outdated": "../deploy/test_refusals.py::test_older_than_its_sources",
    "deploy-tampered": "../deploy/test_refusals.py::test_changed_by_another_hand",
    "deploy-changed": "../deploy/test_refusals.py::test_changed_while_it_is_deployed",
    "deploy-preview": "../deploy/test_refusals.py::test_a_build_with_drafts",
    "deploy-localhost": "../deploy/test_refusals.py::test_localhost",
    "deploy-empty": "../deploy/test_refusals.py::test_an_empty_site",
    "deploy-check": "../deploy/test_refusals.py::test_errors_of_the_check",
    "deploy-removals": "../deploy/test_refusals.py::test_a_much_smaller_build",
    "deploy-foreign": "../deploy/test_git.py::test_a_branch_of_another_generator",
    "deploy-locked": "../deploy/test_refusals.py::test_two_deploys_of_a_site_at_once",
    "deploy-secret": "../deploy/test_refusals.py::test_secrets_that_are_not_set",
    "deploy-failed": "../deploy/test_git.py::test_a_remote_that_refuses",
    "deploy-damaged": "../deploy/test_damage.py::test_a_damaged_release_is_not_gone_back_to",
    "deploy-record": "../deploy/test_damage.py::test_a_live_release_without_its_list",
    "output-leftover": "../promises/test_leftover.py::test_a_lost_list_of_what_wol_wrote",
    "deploy-release": "../deploy/test_folder.py::test_rollback_twice_and_deploy",
    "deploy-no-rollback": "../deploy/test_plugin.py::test_a_target_that_keeps_nothing",
    "deploy-sample": "../deploy/test_refusals.py::test_the_address_of_an_example",
    "deploy-hub": "../deploy/test_after.py::test_a_hub_that_fails",
}
"""Codes whose situation no folder of files can hold, each with its test."""

ELSEWHERE = frozenset({"check"})
"""Groups of codes that no build tells, whose sites are with the tests of their commands."""

HERE_TOO = frozenset({"leak-found"})
"""Codes of those groups that a build tells too."""


def copied(name: str, root: Path) -> None:
    """Copy a broken site, with the smallest site.toml unless it has its own or is to have none."""
    Site.of(FIXTURES / name, root, without=("expected.txt",), config="" if name == "config-missing" else CONFIG)


def seen(root: Path, *arguments: str) -> str:
    """Give what a writer sees of `wol build`, without what differs from run to run."""
    ran = Site.at(root).run("build", "--at", "2026-12-01", *arguments)
    text = f"{ran.stderr}{ran.stdout}".replace(str(root), "SITE")
    text = re.sub(r"(<default>/\S+\.html):\d+", r"\1:N", text)
    text = re.sub(r"[\d,]+ pages? in (\S+): [\d,]+ rendered, [\d,]+ written, [\d.]+ s", r"N pages in \1: N rendered, N written, N s", text)
    return f"{text.rstrip()}\n\nexit code {ran.code}\n"


@pytest.mark.parametrize("name", BROKEN)
def test_broken_site(name: str, tmp_path: Path, update_expected: bool) -> None:
    """A broken site tells its writer what is wrong, where, and what to do, in exactly these words."""
    copied(name, tmp_path / "site")
    text = seen(tmp_path / "site")
    expected = FIXTURES / name / "expected.txt"
    if update_expected:
        expected.write_text(text, "utf-8")
    assert text == expected.read_text("utf-8")


def code_of(name: str) -> str:
    """Give the code that a broken site is named for."""
    return max((code for code in CODES if name == code or name.startswith(f"{code}-")), key=len)


def test_texts_are_about_their_codes() -> None:
    """Each text has the code that its folder is named for, with the severity that is documented, a way out, and the right exit code."""
    with cases() as case:
        for name in BROKEN:
            with case(name):
                text = (FIXTURES / name / "expected.txt").read_text("utf-8")
                severity = CODES[code_of(name)].severity
                assert f"{severity}[{code_of(name)}]: " in text
                assert text.count("  hint: ") >= text.count("error[") + text.count("warning[")
                assert text.endswith(f"exit code {1 if severity == 'error' else 0}\n")
                assert "Traceback" not in text


@pytest.mark.parametrize("name", [name for name in BROKEN if CODES[code_of(name)].severity == "warning"])
def test_strict_lets_no_warning_pass(name: str, tmp_path: Path) -> None:
    """With --strict a warning stops the build, and nothing is written."""
    copied(name, tmp_path / "site")
    assert seen(tmp_path / "site", "--strict").endswith("exit code 1\n")
    assert not (tmp_path / "site/public").exists()


def test_every_code_has_a_broken_site() -> None:
    """No code is without a site that brings it up, or a test of its own."""
    covered = {code for code in CODES if any(name == code or name.startswith(f"{code}-") for name in BROKEN)}
    assert covered | set(SPECIAL) == {name for name, code in CODES.items() if code.group not in ELSEWHERE} | HERE_TOO
    for code, test in SPECIAL.items():
        file, _, function = test.partition("::")
        assert code not in covered
        assert f"def {function}(" in (Path(__file__).parent / file).read_text("utf-8")
        assert re.search(rf"[\"\[]{code}[\"\]]", (Path(__file__).parent / file).read_text("utf-8"))


def test_all_errors_of_a_site_are_told_at_once(site: Callable[..., Site]) -> None:
    """A site with many mistakes of different sorts names them all in one run."""
    broken = site(
        {
            "content/posts/date.md": "---\ntitle: A\ndate: soon\n---\nText.\n",
            "content/posts/yaml.md": "---\ntitle: a: b\n---\nText.\n",
            "content/posts/many.md": "---\ndraft: perhaps\npasword: x\nslug: a/b\ndarft: true\n---\n<!-- open\n",
            "content/posts/latin.md": b"caf\xe9\n",
            "content/posts/id.md": "---\ntitle: B\ndate: 2026-11-20\nid: NO!\n---\n%%x%%\n",
            "content/posts/undated.md": "No date here, and [a broken link](nowhere.md).\n",
        }
    )
    ran = broken.run("build")
    text = ran.stderr + ran.stdout
    wanted = [
        "date-invalid",
        "front-matter-syntax",
        "front-matter-type",
        "front-matter-misspelt",
        "slug-invalid",
        "comment-unclosed",
        "source-encoding",
        "id-invalid",
        "comment-ambiguous",
    ]
    assert [code for code in wanted if f"error[{code}]" not in text] == []
    assert ran.code == 1
    assert not broken.output.exists()


def test_errors_of_the_assembled_site_are_told_at_once(site: Callable[..., Site]) -> None:
    """What only the whole site shows (collisions, equal ids) is told together too."""
    broken = site(
        {
            "content/posts/a.md": "---\ntitle: A\ndate: 2026-11-19\nslug: same\nid: twice\ntags: [CI/CD]\nguid: g\n---\nText.\n",
            "content/posts/b.md": "---\ntitle: B\ndate: 2026-11-19\nslug: same\nid: twice\ntags: [CI CD!]\nguid: g\n---\nText.\n",
        },
    )
    text = broken.run("build").stderr
    assert [c for c in ("url-collision", "id-duplicate", "guid-duplicate", "term-collision") if f"error[{c}]" not in text] == []


def test_all_errors_of_site_toml_are_told_at_once(site: Callable[..., Site]) -> None:
    """Every mistake in site.toml is named with its line."""
    broken = site({}, '[site]\ntitle = 7\nbase_url = "x"\ntimezone = "Nowhere"\n\n[content]\npage_sise = 3\n\n[feeds]\nitems = -1\n')
    text = broken.run("build").stderr
    assert [line for line in (2, 3, 4, 7, 10) if f"site.toml:{line}" not in text] == []
