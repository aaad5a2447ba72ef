"""What the guide to checking says is so."""

from __future__ import annotations

import re
import shlex
from collections.abc import Callable

import click
import yaml

from harness.codes import CODES
from harness.guides import blocks, guide, rows
from harness.site import CONFIG, Site
from wol.check.external.answers import AGES, DAY
from wol.check.rules.descriptions import LONGEST
from wol.cli.main import main
from wol.model.config import CheckConfig


def test_every_code_is_explained() -> None:
    """Each code of `wol check` is in the guide, with the severity that its part of the guide says."""
    text = guide("checking")
    assert {name for name, code in CODES.items() if code.group == "check"} - set(re.findall(r"`([a-z-]+)`", text)) <= {
        "check-no-build",
        "check-outdated",
    }
    assert {code for row in rows(text, "code") for code in re.findall(r"`(check-[a-z-]+)`", row[0])} <= set(CODES)


def test_numbers() -> None:
    """Limits are those of the code."""
    text = " ".join(guide("checking").split())
    assert f"up to {LONGEST} signs" in text
    assert f"{CheckConfig().image_bytes:,} unless you say otherwise" in text
    assert (AGES["good"], AGES["broken"], AGES["unsure"]) == (14 * DAY, DAY // 2, DAY // 24)


def test_the_example_of_a_build_server() -> None:
    """The workflow is YAML, and its commands exist."""
    block = next(b for b in blocks(guide("checking")) if b.language == "yaml")
    steps = yaml.safe_load(block.text)["jobs"]["check"]["steps"]
    commands = [shlex.split(step["run"]) for step in steps if "run" in step and step["run"].startswith("wol ")]
    assert [words[1] for words in commands] == ["build", "check"]
    for words in commands:
        command = main.get_command(click.Context(main), words[1])
        assert command is not None
        command.make_context(words[1], words[2:])


def test_the_example_of_allowances(site: Callable[..., Site]) -> None:
    """Entries that allow nothing are told, as the guide says; so none of the example is misspelt."""
    block = next(b for b in blocks(guide("checking")) if b.language == "toml")
    here = site({"content/posts/a.md": "---\ntitle: A\ndate: 2026-11-20\n---\nWords.\n"}, CONFIG + block.text)
    here.build()
    assert here.run("check").stderr.count("warning[check-allowance]") == block.text.count("code =")
