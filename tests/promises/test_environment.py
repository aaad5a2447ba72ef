"""Odd surroundings are never called a defect of wol: no home, no permission, no memory, no terminal."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from harness.processes import NO_PRIVILEGES
from harness.site import CONFIG, Site
from wol.engine import pipeline

POST: dict[str, str | bytes] = {"content/posts/a.md": "---\ntitle: A\ndate: 2026-11-01\n---\nText.\n"}
ENVIRONMENTS = (
    {"HOME": "ROOT/locked"},
    {"HOME": "ROOT/locked/deeper"},
    {"HOME": "/etc/hosts"},
    {"HOME": "ROOT/circle"},
    {"HOME": "relative"},
    {"HOME": ""},
    {"HOME": "/root", "XDG_STATE_HOME": "relative"},
    {"XDG_STATE_HOME": "ROOT/locked"},
    {"XDG_STATE_HOME": "/etc/hosts"},
    {"TZ": "Nonsense/Zone", "LC_ALL": "xx_YY.nonsense", "TERM": "", "COLUMNS": "x", "PATH": "", "TMPDIR": "/nowhere"},
    {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONIOENCODING": "ascii"},
)


@pytest.mark.parametrize("variables", ENVIRONMENTS, ids=str)
def test_variables_of_the_environment(site: Callable[..., Site], variables: dict[str, str]) -> None:
    """A home that is unreadable, a file, a circle or nowhere does not matter as long as `.wol/` can be written."""
    here = site(POST)
    (here.root / "locked").mkdir(mode=0)
    (here.root / "circle").symlink_to("circle")
    here.root.chmod(0o777)
    given = {name: value.replace("ROOT", str(here.root)) for name, value in variables.items()}
    process = here.process("build", "--at", "2026-12-01", before=NO_PRIVILEGES, **given)
    _, stderr = process.communicate(timeout=60)
    assert (process.returncode, stderr) == (0, "")
    assert not (here.root / "relative").exists()


def test_neither_records_nor_home(site: Callable[..., Site]) -> None:
    """Where `.wol/` is read-only and the folder of the user is unreadable, one error says what to do."""
    here = site(POST)
    (here.root / ".wol").mkdir(mode=0o555)
    (here.root / "locked").mkdir(mode=0)
    process = here.process("build", before=NO_PRIVILEGES, HOME=str(here.root / "locked"), XDG_STATE_HOME="")
    _, stderr = process.communicate(timeout=60)
    assert process.returncode == 1
    assert stderr.count("error[") == stderr.count("error[write-failed]") == 1
    assert "XDG_STATE_HOME" in stderr


def test_what_the_system_refuses(site: Callable[..., Site], monkeypatch: pytest.MonkeyPatch) -> None:
    """An error of the system that nobody expected names the file and the reason."""
    here = site(POST)

    def refuse(*_: object) -> None:
        raise PermissionError(13, os.strerror(13), "/somewhere")

    monkeypatch.setattr(pipeline, "prepare", refuse)
    ran = here.run("build")
    assert ran.code == 1
    assert "error[system-refused]: `/somewhere` cannot be used: Permission denied" in ran.stderr


def test_too_little_memory(site: Callable[..., Site], monkeypatch: pytest.MonkeyPatch) -> None:
    """A lack of memory is one error."""
    here = site(POST)

    def refuse(*_: object) -> None:
        raise MemoryError

    monkeypatch.setattr(pipeline, "prepare", refuse)
    ran = here.run("build")
    assert ran.code == 1
    assert "error[out-of-memory]" in ran.stderr


@pytest.mark.parametrize("what", ["folder", "circle", "nowhere", "empty", "zeroes", "UTF-16", "Latin-1"])
def test_settings_that_are_none(site: Callable[..., Site], what: str) -> None:
    """A site.toml that is no file, or no text, is one error for every command."""
    here = site(POST)
    file: Path = here.root / "site.toml"
    file.unlink()
    if what == "folder":
        file.mkdir()
    elif what in ("circle", "nowhere"):
        file.symlink_to("site.toml" if what == "circle" else "nowhere")
    else:
        file.write_bytes(
            {"empty": b"", "zeroes": b"\0\0", "UTF-16": CONFIG.encode("utf-16"), "Latin-1": CONFIG.encode() + b'x = "\xe9"'}[what]
        )
    for command in (("build",), ("check",), ("list",), ("new", "X", "--no-edit")[:2], ("deploy",)):
        ran = here.run(*command)
        assert ran.code in (0, 1, 2), (command, ran)
        assert "defect" not in ran.stderr
