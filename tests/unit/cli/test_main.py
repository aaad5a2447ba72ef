"""The command line as a whole: help, exit codes, and where everything that goes wrong ends."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import types
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

import wol as package
from harness.site import Site
from wol.engine.request import BuildRequest
from wol.errors import WolError, diagnostic
from wol.model.target import BuildReport, Outcome, Reason

Wol = Callable[..., Any]
SITE = '[site]\ntitle = "A"\nbase_url = "https://example.org"\ntimezone = "Europe/London"\n'
COMMANDS = ("init", "new", "build", "list", "schema", "clean")


def report(**parts: Any) -> BuildReport:
    """Give a report of a build that had nothing to do, but for some parts."""
    usual: dict[str, Any] = {
        "output": str(Path.cwd() / "public"),
        "profile": "release",
        "pages": 12,
        "targets": 30,
        "outcomes": (),
        "removed": (),
        "diagnostics": (),
        "next_change": None,
        "seconds": 0.25,
    }
    return BuildReport(**{**usual, **parts})


@pytest.fixture
def engine(folder: Path, monkeypatch: pytest.MonkeyPatch) -> types.SimpleNamespace:
    """A site in the current folder, and an engine that answers `answer` (a report, or what it raises) and keeps the `request`."""
    Site(folder, {}, SITE)
    fake = types.SimpleNamespace(answer=report(), request=None)

    def build(request: BuildRequest, _: object) -> BuildReport:
        fake.request = request
        if isinstance(fake.answer, BaseException):
            raise fake.answer.with_traceback(None)
        assert isinstance(fake.answer, BuildReport)
        return fake.answer

    pipeline = types.ModuleType("wol.engine.pipeline")
    pipeline.build = build  # type: ignore[attr-defined]
    monkeypatch.setitem(sys.modules, "wol.engine.pipeline", pipeline)
    registry = types.ModuleType("wol.features.registry")
    registry.load = lambda *_: ()  # type: ignore[attr-defined]
    registry.declared = tuple  # type: ignore[attr-defined]
    monkeypatch.setitem(sys.modules, "wol.features.registry", registry)
    monkeypatch.setattr("wol.features.registry", registry, raising=False)
    return fake


def test_help_names_every_command(wol: Wol) -> None:
    """With a sentence each, how to begin, and how to complete."""
    ran = wol("--help")
    assert ran.code == 0
    for name in COMMANDS:
        assert f"\n  {name} " in ran.stdout
    assert "_WOL_COMPLETE=bash_source wol" in ran.stdout
    assert wol("-h").stdout == ran.stdout


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_has_the_common_options(wol: Wol, command: str) -> None:
    """Before and after its name."""
    text = wol(command, "--help").stdout
    for option in ("--root DIR", "-q, --quiet", "-v, --verbose", "--version", "-h, --help"):
        assert option in text
    assert wol(command, "--version").stdout == f"wol {package.__version__}\n"
    assert wol("--version").stdout == f"wol {package.__version__}\n"


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["biuld"], "Did you mean 'build'?"),
        (["build", "--draft"], "--drafts"),
        (["build", "-q", "-v"], "contradict"),
        (["build", "--root", "nowhere"], "does not exist"),
        (["build", "--jobs", "-1"], "--jobs"),
        (["build", "--format", "xml"], "'text', 'json'"),
        (["build", "--base-url", "example.org"], "has no scheme"),
        (["build", "--at", "tomorrow"], "`tomorrow` is not a date"),
        (["schema", "things"], "front-matter"),
    ],
)
@pytest.mark.usefixtures("engine")
def test_wrong_use_is_exit_code_2(wol: Wol, arguments: list[str], words: str) -> None:
    """With a sentence that helps, on stderr."""
    ran = wol(*arguments)
    assert (ran.code, ran.stdout) == (2, "")
    assert words in ran.stderr


@pytest.mark.parametrize("command", [["build"], ["list"], ["clean"], ["new", "x"]])
@pytest.mark.usefixtures("folder")
def test_without_a_site_the_way_to_one_is_shown(wol: Wol, command: list[str]) -> None:
    """Exit code 1, and the same with `--root`."""
    ran = wol(*command)
    assert (ran.code, ran.stdout) == (1, "")
    assert "error[config-missing]" in ran.stderr
    assert "hint: run `wol init`" in ran.stderr
    assert wol(*command, "--root", ".").code == 1


def test_the_options_of_a_build_reach_the_engine(wol: Wol, engine: types.SimpleNamespace, folder: Path) -> None:
    """Paths from where one is, the moment in the site's zone, the address without its slash."""
    (folder / "content").mkdir()
    assert wol("build").code == 0
    assert engine.request == BuildRequest(folder)
    options = ("--output", "out", "--base-url", "https://a.example/b/", "--drafts", "--future", "--at", "2026-07-01", "--jobs", "2")
    assert wol("build", *options, "--strict", "--clean", "--adopt", "--verify").code == 0
    assert engine.request == BuildRequest(
        folder,
        output=folder / "out",
        base_url="https://a.example/b",
        drafts=True,
        future=True,
        at=1_782_860_400_000_000,
        jobs=2,
        strict=True,
        clean=True,
        adopt=True,
        verify=True,
    )


def test_a_build_ends_with_one_line(wol: Wol, engine: types.SimpleNamespace) -> None:
    """Pages, what was rendered and written, time; or that there was nothing to do."""
    assert wol("build").stdout == "12 pages in public/: nothing to do, 0.25 s\n"
    new = Outcome("[a]/index.html", Reason("new"), True)
    same = Outcome("b.html", Reason("dependency", "template: [base].html"), False)
    engine.answer = report(outcomes=(new, same), removed=("old.html",), next_change=1_782_860_400_000_000)
    assert wol("build").stdout == (
        "Something appears or expires at 2026-07-01 00:00 (Europe/London): build again then.\n"
        "12 pages in public/: 2 rendered, 1 written, 1 removed, 0.25 s\n"
    )
    assert wol("build", "-q").stdout == ""
    explained = wol("build", "--explain").stdout.split("\n")
    assert explained[:3] == ["[a]/index.html: is new", "b.html: uses what has changed: template: [base].html", "old.html: removed"]
    assert wol("build", "-v").stdout.split("\n")[:2] == ["[a]/index.html: is new", "old.html: removed"]


def test_findings_of_a_build_are_told_on_stderr(wol: Wol, engine: types.SimpleNamespace) -> None:
    """Warnings do not fail; errors do; `-q` keeps errors."""
    engine.answer = report(diagnostics=(diagnostic("link-broken", "`x.md` is not there", "site.toml", 1, 1),))
    ran = wol("build")
    assert ran.code == 0
    assert ran.stderr.startswith("site.toml:1:1: warning[link-broken]: `x.md` is not there\n  | [site]\n  | ^\n")
    assert ran.stdout.endswith("0.25 s; 1 warning\n")
    assert wol("build", "-q").stderr == ""
    engine.answer = WolError([diagnostic("date-invalid", "x", "a.md"), diagnostic("link-broken", "y", "b.md")])
    ran = wol("build")
    assert (ran.code, ran.stdout) == (1, "")
    assert ran.stderr.endswith("1 error, 1 warning\n")
    ran = wol("build", "-q")
    assert ran.code == 1
    assert "link-broken" not in ran.stderr


def test_a_build_as_json(wol: Wol, engine: types.SimpleNamespace) -> None:
    """One object and nothing else, for a good build, a wrong one, and where there is no site."""
    engine.answer = report(
        outcomes=(Outcome("é.html", Reason("new"), True),), removed=("a",), diagnostics=(diagnostic("link-broken", "m", "a.md", 1, 2),)
    )
    ran = wol("build", "--format", "json", "--explain")
    assert ran.stderr == ""
    found = json.loads(ran.stdout)
    assert {key: found[key] for key in ("pages", "rendered", "written", "removed", "seconds")} == {
        "pages": 12,
        "rendered": 1,
        "written": 1,
        "removed": 1,
        "seconds": 0.25,
    }
    assert found["diagnostics"][0]["code"] == "link-broken"
    assert found["outcomes"][0]["path"] == "é.html"
    engine.answer = WolError(diagnostic("date-invalid", "m", "a.md"))
    ran = wol("build", "--format", "json")
    assert (ran.code, ran.stderr) == (1, "")
    assert json.loads(ran.stdout)["diagnostics"][0]["severity"] == "error"
    Path("site.toml").unlink()
    ran = wol("build", "--format", "json")
    assert (ran.code, json.loads(ran.stdout)["diagnostics"][0]["code"]) == (1, "config-missing")


def test_a_defect_of_wol_says_so_and_keeps_the_traceback(wol: Wol, engine: types.SimpleNamespace, folder: Path) -> None:
    """Exit code 3, no raw traceback, a file to report; with -v the traceback itself."""
    engine.answer = ZeroDivisionError("[red] \x1b division")
    ran = wol("build")
    assert (ran.code, ran.stdout) == (3, "")
    assert ran.stderr.startswith("This is a defect of wol, not of your site: ZeroDivisionError: [red] \\x1b division\n")
    assert "Traceback" not in ran.stderr
    [saved] = (folder / ".wol").glob("wol-defect-*.txt")
    assert str(saved) in ran.stderr
    assert "ZeroDivisionError" in saved.read_text()
    assert wol("build").code == 3
    assert len(list((folder / ".wol").iterdir())) == 1
    assert "Traceback" in wol("build", "-v").stderr


def test_a_defect_without_a_place_to_write_is_told_all_the_same(
    wol: Wol, engine: types.SimpleNamespace, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where nothing can be saved, -v is the way."""
    (folder / ".wol").write_text("a file, not a folder")
    monkeypatch.setattr("tempfile.gettempdir", lambda: str(folder / "site.toml"))
    engine.answer = RecursionError()
    ran = wol("build")
    assert ran.code == 3
    assert "with -v" in ran.stderr


def test_ctrl_c_is_exit_code_130(wol: Wol, engine: types.SimpleNamespace) -> None:
    """A word, no traceback."""
    engine.answer = KeyboardInterrupt()
    ran = wol("build")
    assert (ran.code, ran.stdout, ran.stderr) == (130, "", "\nStopped.\n")


@pytest.mark.usefixtures("engine")
def test_from_any_folder_inside(wol: Wol, engine: types.SimpleNamespace, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The nearest site upward; `--root` names one from anywhere, before or after the command."""
    deep = folder / "content/posts"
    deep.mkdir(parents=True)
    monkeypatch.chdir(deep)
    assert wol("build").code == 0
    assert engine.request.root == folder
    monkeypatch.chdir("/")
    assert wol("build", "--root", str(folder)).code == 0
    assert wol("--root", str(folder), "build").code == 0
    assert engine.request.root == folder


def test_schemas_are_json(wol: Wol) -> None:
    """For both, without a site."""
    assert json.loads(wol("schema").stdout) == json.loads(wol("schema", "config").stdout)
    assert json.loads(wol("schema").stdout)["required"] == ["site"]
    assert "title" in json.loads(wol("schema", "front-matter").stdout)["properties"]


def process(*arguments: str, code: str = "from wol.cli.main import main; main()", **options: Any) -> subprocess.CompletedProcess[str]:
    """Run a command line in a process of its own."""
    return subprocess.run([sys.executable, "-c", code, *arguments], capture_output=True, text=True, timeout=60, check=False, **options)


@pytest.mark.parametrize("arguments", [["schema"], ["--help"], ["--version"]])
def test_a_reader_that_goes_away_is_no_error(arguments: list[str]) -> None:
    """Nothing on stderr, and the exit code that shells give for it."""
    reader, writer = os.pipe()
    os.close(reader)
    command = [sys.executable, "-c", "from wol.cli.main import main; main()", *arguments]
    ran = subprocess.run(command, stdout=writer, stderr=subprocess.PIPE, text=True, timeout=60, check=False)
    os.close(writer)
    assert (ran.returncode, ran.stderr) == (141, "")


def test_closed_streams_are_no_error() -> None:
    """Without stdin, stdout and stderr, as some services run it."""
    command = f"exec {sys.executable} -c 'from wol.cli.main import main; main()' schema <&- >&- 2>&-"
    assert subprocess.run(["/bin/sh", "-c", command], timeout=60, check=False).returncode == 0


def test_other_encodings_of_the_terminal_are_no_error(folder: Path) -> None:
    """What cannot be shown is escaped; JSON is UTF-8 in any case."""
    environment = {**os.environ, "PYTHONIOENCODING": "latin-1"}
    Site(folder, {}, "[site]\ntitle = 3 # 日\n")
    ran = process("new", "x", env=environment)
    assert ran.returncode == 1
    assert "\\u65e5" in ran.stderr
    assert json.loads(process("schema", env=environment).stdout)


@pytest.mark.parametrize(("option", "needed"), [("--version", ()), ("--help", ("msgspec", "wol.config.load"))])
def test_help_imports_nothing_heavy(tmp_path: Path, option: str, needed: tuple[str, ...]) -> None:
    """So that it comes at once; help looks for a site and reads the declarations of features, whose commands it lists."""
    heavy = ("rich", "pydantic", "msgspec", "jinja2", "markdown_it", "yaml", "pygments", "wol.engine", "wol.render", "wol.config.load")
    code = (
        f"import os, sys\nos.chdir({str(tmp_path)!r})\nfrom wol.cli.main import main\ntry: main([{option!r}])\nexcept SystemExit: pass\n"
        f"print([name for name in {heavy!r} if name in sys.modules], file=sys.stderr)"
    )
    assert process(code=code).stderr.strip() == str(list(needed))


def test_completion_knows_commands_and_kinds() -> None:
    """By the shell's own protocol."""
    environment = {**os.environ, "_WOL_COMPLETE": "bash_complete", "COMP_WORDS": "wol ", "COMP_CWORD": "1"}
    assert "plain,build" in process(env=environment).stdout
    environment.update(COMP_WORDS="wol new no", COMP_CWORD="2")
    assert process(env=environment).stdout.strip() == "plain,note"
    assert "wol" in process(env={**os.environ, "_WOL_COMPLETE": "zsh_source"}).stdout


def test_a_progress_line_is_for_long_builds_on_terminals(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing in the first second; then one line that is taken away at the end."""
    import io

    from wol.cli import progress_bar

    now = 0.0
    monkeypatch.setattr("wol.clock.elapsed", lambda: now)
    stream = io.StringIO()
    meter = progress_bar.ProgressBar(stream)
    meter("read", 1, 100)
    assert stream.getvalue() == ""
    now = 1.5
    meter("read", 50, 100)
    meter("read", 51, 100)
    assert stream.getvalue().count("\r") == 1
    assert "50 of 100" in stream.getvalue()
    meter.clear()
    assert stream.getvalue().endswith("\r\x1b[K")
