"""Whatever the guides, README and CONTRIBUTING tell somebody to type exists."""

from __future__ import annotations

import re
import shlex
from collections.abc import Iterator
from pathlib import Path

import click
import pytest

from harness.cases import cases
from harness.guides import ROOT, blocks
from harness.site import Site
from wol.cli.command_group import own_commands
from wol.cli.main import EPILOG, main

TEXTS = [ROOT / name for name in ("README.md", "CONTRIBUTING.md", "CHANGELOG.md")] + sorted((ROOT / "content").rglob("*.md"))
LATER: frozenset[str] = frozenset()
"""Commands that are named as being built."""

_CODE = re.compile(r"`([^`\n]+)`")
_LINK = re.compile(r"\]\(([^)#\s]+)")


def commands(text: str, name: str) -> Iterator[list[str]]:
    """Give the words of each command line of a program, in code blocks and in code among words."""
    lines = [line for block in blocks(text) for line in block.text.splitlines()]
    for line in [*lines, *_CODE.findall(text)]:
        found = re.search(rf"(?:^|\$\(){name} ([^)]*)", line.replace(".venv/bin/", ""))
        if found is not None:
            yield shlex.split(found[1], comments=True)


def wrong(words: list[str]) -> str:
    """Tell what is wrong with the words after `wol`, or nothing."""
    if words[0].startswith("-"):
        return ""
    command = main.get_command(click.Context(main), words[0])
    if command is None:
        return "" if words[0] in LATER else f"there is no command `{words[0]}`"
    options = {option for one in command.params for option in (*one.opts, *one.secondary_opts)} | {"--help", "-h"}
    unknown = [word for word in words[1:] if word.startswith("-") and word.partition("=")[0] not in options]
    return f"`{words[0]}` has no {unknown}" if unknown else ""


def test_commands_exist() -> None:
    """Every `wol …` names a command and options that there are."""
    with cases() as case:
        for text in TEXTS:
            with case(text.relative_to(ROOT)):
                found = [wrong(words) for words in commands(text.read_text("utf-8"), "wol")]
                assert [problem for problem in found if problem] == []


def test_a_command_that_is_not_there_is_found() -> None:
    """The search sees commands in blocks, among words and in `$(…)`."""
    text = "Type `wol bild --strict` or\n\n```\nwol build --strickt\nx \"$(wol neu 'A' --draft)\"\n```\n"
    assert [bool(wrong(words)) for words in commands(text, "wol")] == [True, True, True]


def test_examples_of_the_command_line(tmp_path: Path) -> None:
    """The examples that the commands' own help gives exist too."""
    epilogs = [EPILOG, *(command.epilog or "" for command in own_commands().values())]
    lines = [line.strip() for epilog in epilogs for line in epilog.splitlines() if line.strip().startswith("wol ")]
    assert len(lines) > 15
    assert [wrong(shlex.split(re.split(r"\s{2,}|\s[|>]\s", line)[0])[1:]) for line in lines] == [""] * len(lines)


def test_make_targets_exist() -> None:
    """Every `make …` is a target of the Makefile."""
    targets = set(re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text("utf-8"), re.MULTILINE))
    assert {"site", "test", "check", "lock"} <= targets
    with cases() as case:
        for text in TEXTS:
            with case(text.relative_to(ROOT)):
                assert {words[0] for words in commands(text.read_text("utf-8"), "make") if words} - targets == set()


@pytest.mark.parametrize("name", ["README.md", "CONTRIBUTING.md"])
def test_links_of_the_repository(name: str) -> None:
    """Links to files of the repository lead to files that are there."""
    links = [link for link in _LINK.findall((ROOT / name).read_text("utf-8")) if "://" not in link]
    assert links
    assert [link for link in links if not (ROOT / link).exists()] == []


def test_folders_of_the_repository() -> None:
    """The folders and files that CONTRIBUTING names are there."""
    text = (ROOT / "CONTRIBUTING.md").read_text("utf-8")
    named = {one for one in _CODE.findall(text) if re.fullmatch(r"[\w./-]+(?:/|\.py|\.toml|\.md)", one)} - {".venv/"}
    assert len(named) > 20
    assert [one for one in sorted(named) if not any((ROOT / top / one).exists() for top in ("", "src/wol"))] == []


def test_readme_commands(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The five minutes of the README make a site."""
    monkeypatch.chdir(tmp_path)
    lines = next(b.text for b in blocks((ROOT / "README.md").read_text("utf-8")) if "wol init" in b.text).splitlines()
    here = Site.at(tmp_path)
    for line in lines:
        words = shlex.split(line)
        if words[:2] == ["wol", "serve"]:
            words = ["wol", "build"]  # as much of it as comes to an end
        if words[:1] == ["wol"]:
            assert here.run(*(word.replace("~/", f"{tmp_path}/") for word in words[1:])).code == 0
        elif words[:1] == ["cd"]:
            here.root = tmp_path / words[1].removeprefix("~/")
    assert here.read("tags/learning/index.html")
