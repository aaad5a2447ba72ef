"""Commands of features: where they are found, what they are given, how what they return is shown, and what happens when they fail."""

from __future__ import annotations

import json
import os
from collections.abc import Callable
from itertools import count
from pathlib import Path

import pytest

from harness.cases import cases
from harness.site import CONFIG, Ran, Site, run
from wol.cli.command_group import COMMANDS, own_commands
from wol.cli.main import main
from wol.model.commands import COMMON_OPTIONS, CORE_COMMANDS

PLUGIN = """\
import msgspec
from wol.api import *
from wol.api import hook


class Row(msgspec.Struct):
    name: str
    number: int = 1


def run(context, **given):
    {body}


@hook
def wol_features(config):
    return [Feature(name="shelf", commands={{"{name}": {command}}})]
"""
COMMAND = 'Command("Show the shelf. It has books.", run)'
FILES = {
    "content/posts/a.md": "---\ntitle: A\ndate: 2026-11-01\n---\nText.",
    "content/posts/b.md": "---\ntitle: B\ndraft: true\n---\nText.",
}
NUMBERS = count()


def with_command(site: Callable[..., Site], body: str, command: str = COMMAND, name: str = "shelf", more: str = "") -> Site:
    """Make a site with a plugin, a module of a name of its own, that brings a command."""
    module = f"shelf_{next(NUMBERS)}"
    text = PLUGIN.format(body=body, command=command, name=name)
    return site({f"{module}.py": text, **FILES}, f'{CONFIG}[build]\nplugins = ["{module}"]\n{more}')


def asked(site: Callable[..., Site], body: str, *arguments: str, command: str = COMMAND) -> Ran:
    """Run the command of such a site."""
    return with_command(site, body, command).run("shelf", *arguments)


def test_core_commands_are_those_of_the_command_line() -> None:
    """What no feature may take is what wol has itself."""
    assert set(COMMANDS) == CORE_COMMANDS
    shared = set.intersection(
        *({option for parameter in command.params for option in parameter.opts} for command in own_commands().values())
    )
    assert {option.lstrip("-") for option in shared if option.startswith("--")} <= COMMON_OPTIONS


def test_what_is_returned_is_shown(site: Callable[..., Site]) -> None:
    """Plain data of any shape is text, and JSON when that is asked for."""
    shapes = {
        "None": ("", None),
        "'one'": ("one\n", "one"),
        "'one\\ntwo'": ("one\ntwo\n", "one\ntwo"),
        "3": ("3\n", 3),
        "True": ("yes\n", True),
        "[]": ("", []),
        "['a', 'b']": ("a\nb\n", ["a", "b"]),
        "('a', 2)": ("a\n2\n", ["a", 2]),
        "{'a': 1, 'b': ['x', 'y']}": ("a: 1\nb: x, y\n", {"a": 1, "b": ["x", "y"]}),
        "[{'a': 1}, {'a': 2, 'b': None}]": ("1\t\n2\t\n", [{"a": 1}, {"a": 2, "b": None}]),
        "[{'a': 'x\\ty\\n z'}]": ("x y z\n", [{"a": "x\ty\n z"}]),
        "[{'a': {'b': [{'c': 'é'}]}}]": ('{"b": [{"c": "é"}]}\n', [{"a": {"b": [{"c": "é"}]}}]),
        "Row('n')": ("name: n\nnumber: 1\n", {"name": "n", "number": 1}),
        "[Row('n'), Row('m', 2)]": ("n\t1\nm\t2\n", [{"name": "n", "number": 1}, {"name": "m", "number": 2}]),
        "(one for one in 'ab')": ("a\nb\n", ["a", "b"]),
        "'\\x1b[31m'": ("\\x1b[31m\n", "\x1b[31m"),
        "context.root.name": None,
    }
    with cases() as case:
        for shape, expected in shapes.items():
            with case(shape):
                here = with_command(site, f"return {shape}")
                text, data = expected if expected is not None else (here.root.name + "\n", here.root.name)
                assert here.run("shelf").stdout == text
                assert json.loads(here.run("shelf", "--format", "json").stdout) == data


def test_what_a_command_prints_itself_is_in_no_json(site: Callable[..., Site]) -> None:
    """Printing is the command line's: what a plugin prints goes beside it."""
    ran = asked(site, "print('rhubarb'); return [1]", "--format", "json")
    assert (json.loads(ran.stdout), "rhubarb" in ran.stderr) == ([1], True)


def test_what_a_command_reads(site: Callable[..., Site]) -> None:
    """Items, states, plan and tables are those of a release as it would be now; nothing has to be built."""
    seen = {
        "sorted(context.items)": ["posts/a.md", "posts/b.md"],
        "context.states['posts/b.md']": "draft",
        "context.items['posts/a.md'].url": "/2026/11/a/",
        "context.targets['feed.xml'].role": "feed",
        "'2026/11/b/index.html' in context.targets": False,
        "context.table('state')": {"posts/a.md": "published"},
        "context.table('nope')": {},
        "context.config.site.title": "A Site",
        "context.now > 10**15": True,
        "(context.root / 'site.toml').is_file()": True,
    }
    here = with_command(site, f"return [{', '.join(seen)}]")
    assert json.loads(here.run("shelf", "--format", "json").stdout) == list(seen.values())
    assert not here.output.exists()


def test_errors_in_the_site_end_a_command_that_reads_it(site: Callable[..., Site]) -> None:
    """A command that needs the items says what is wrong in them; one that does not is run."""
    here = with_command(site, "return len(context.items)")
    here.write("content/posts/c.md", "---\ntitle: [\n---\n")
    ran = here.run("shelf")
    assert (ran.code, "content/posts/c.md" in ran.stderr) == (1, True)
    other = with_command(site, "return 'fine'")
    other.write("content/posts/c.md", "---\ntitle: [\n---\n")
    assert other.run("shelf").stdout == "fine\n"


ARGUMENTS = """Command("Show.", run,
    arguments=(CommandArgument("first-one", "Which."), CommandArgument("others", required=False, several=True)),
    options=(
        CommandOption("size", "How many.", type="number", default=3),
        CommandOption("deep-look", type="flag"),
        CommandOption("colour", choices=("red", "blue")),
    ))"""


def test_arguments_and_options(site: Callable[..., Site]) -> None:
    """What is typed comes by name, in the type that is declared; what is wrong is wrong use."""
    here = with_command(site, "return given", ARGUMENTS)
    left_out = {"others": [], "size": 3, "deep_look": False, "colour": None}
    typed = {
        ("x",): {"first_one": "x", **left_out},
        ("x", "y", "z"): {"first_one": "x", **left_out, "others": ["y", "z"]},
        ("x", "--size", "7", "--deep-look", "--colour", "red"): {
            "first_one": "x",
            "others": [],
            "size": 7,
            "deep_look": True,
            "colour": "red",
        },
    }
    with cases() as case:
        for arguments, expected in typed.items():
            with case(arguments):
                assert json.loads(here.run("shelf", *arguments, "--format", "json").stdout) == expected
        for arguments in ((), ("x", "--size", "many"), ("x", "--colour", "green"), ("x", "--nope")):
            with case(arguments):
                assert here.run("shelf", *arguments).code == 2
    about = here.run("shelf", "--help").stdout
    assert all(words in about for words in ("Which.", "How many.", "[default: 3]", "FIRST-ONE", "--root", "--format"))


@pytest.mark.parametrize(
    ("body", "words"),
    [
        ("raise ValueError('rhubarb')", "ValueError: rhubarb"),
        ("raise SystemExit(0)", "SystemExit"),
        ("raise KeyboardInterrupt", "KeyboardInterrupt"),
        ("return object()", "object"),
        ("return {1: object()}", "object"),
        ("yield 1; raise KeyError('k')", "KeyError"),
        ("return context.nothing", "AttributeError"),
        ("return open('nope.txt').read()", "FileNotFoundError"),
    ],
)
def test_a_command_that_fails(site: Callable[..., Site], body: str, words: str) -> None:
    """What a command raises, or returns of another type, is an error that names the plugin and the command."""
    ran = asked(site, body)
    assert ran.code == 1
    assert "plugin-failed" in ran.stderr
    assert "The plugin `shelf` failed in the command `shelf`" in ran.stderr
    assert words in ran.stderr


def test_an_error_of_the_person_who_typed(site: Callable[..., Site]) -> None:
    """A WolError is shown as wol's own are."""
    ran = asked(site, "raise WolError(Diagnostic('shelf-empty', 'error', 'There are no books', hint='buy one'))")
    assert (ran.code, ran.stderr) == (1, "error[shelf-empty]: There are no books\n  hint: buy one\n")


def test_writing(site: Callable[..., Site]) -> None:
    """A command writes new files of the site, and replaces one only when it says so."""
    here = with_command(site, "context.write('content/new/x.md', 'é'); context.write('data/x.bin', b'\\0')")
    assert here.run("shelf").code == 0
    assert (here.root / "content/new/x.md").read_text("utf-8") == "é"
    assert (here.root / "data/x.bin").read_bytes() == b"\0"
    again = here.run("shelf")
    assert (again.code, "write-failed" in again.stderr) == (1, True)
    replacing = with_command(site, "context.write('content/posts/a.md', 'x', replace=True); context.write('n.md', 'y', replace=True)")
    assert replacing.run("shelf").code == 0
    assert [(replacing.root / name).read_text() for name in ("content/posts/a.md", "n.md")] == ["x", "y"]


def test_nothing_is_written_outside(site: Callable[..., Site], tmp_path: Path) -> None:
    """No path leads out of the site, into the output or into what wol and Git know, and nothing that is there is lost."""
    outside = tmp_path / "outside"
    outside.mkdir()
    paths = (
        "../x",
        "/tmp/x",
        "",
        ".",
        "a/../../x",
        "out/x",
        "out",
        "content/",
        ".wol/x",
        ".git/config",
        "public/x",
        "public/../.wol/x",
        "a\\0b",
        "content",
    )
    with cases() as case:
        for path in paths:
            for replace in (False, True):
                with case((path, replace)):
                    here = with_command(site, f"context.write({path!r}.replace('\\\\0', '\\0'), 'x', replace={replace})")
                    (here.root / "out").symlink_to(outside)
                    ran = here.run("shelf")
                    assert (ran.code, "write-failed" in ran.stderr) == (1, True), ran.stderr
    assert list(outside.iterdir()) == []
    assert not (tmp_path / "x").exists()


def test_a_clash_of_names(site: Callable[..., Site]) -> None:
    """Two commands of one name are an error, whatever is run; the feature that is switched off has none."""
    with cases() as case:
        for name, other in (("build", "wol itself"), ("check", "wol itself"), ("feeds", "the feature `feeds`")):
            with case(name):
                here = with_command(site, "return 1", name=name)
                (one,) = here.errors()
                assert (one.code, one.message) == ("plugin-failed", f"The feature `shelf` brings the command `{name}`, and so does {other}")
                assert here.run("feeds").code == 1
    free = with_command(site, "return 'mine'", name="feeds", more="[features]\nfeeds = false\n")
    assert free.run("feeds").stdout == "mine\n"


@pytest.mark.parametrize(
    ("command", "words"),
    [
        ("3", "where a `Command` belongs"),
        ("Command('', run)", "`help`"),
        ("Command('Show.', 3)", "where a function belongs"),
        ("Command('Show.', 'wol.api:nope')", "cannot be imported"),
        ("Command('Show.', run, arguments=('x',))", "where a `CommandArgument` belongs"),
        ("Command('Show.', run, options=(CommandArgument('x'),))", "where a `CommandOption` belongs"),
        ("Command('Show.', run, options=(CommandOption('format'),))", "taken"),
        ("Command('Show.', run, options=(CommandOption('x'), CommandOption('x')))", "taken"),
        ("Command('Show.', run, options=(CommandOption('--x'),))", "cannot be typed"),
        ("Command('Show.', run, options=(CommandOption('x', type='date'),))", "wrong value"),
    ],
)
def test_a_command_that_is_none(site: Callable[..., Site], command: str, words: str) -> None:
    """A wrong declaration is an error of the plugin as soon as it is loaded."""
    (one,) = with_command(site, "return 1", command).errors()
    assert one.code == "plugin-failed"
    assert words in one.message


@pytest.mark.parametrize("name", ["Shelf", "the shelf", "", "-x", "1st"])
def test_a_name_that_cannot_be_typed(site: Callable[..., Site], name: str) -> None:
    """So is a name that is no word."""
    (one,) = with_command(site, "return 1", name=name).errors()
    assert (one.code, "cannot be typed" in one.message) == ("plugin-failed", True)


def test_help_lists_what_is_on(site: Callable[..., Site], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """In a site, help lists the commands of its features; outside of one, and where the site cannot be loaded, those of wol's own."""
    here = with_command(site, "return 1")
    monkeypatch.chdir(here.root)
    assert "shelf     Show the shelf.\n" in run("--help").stdout
    assert "  feeds" in run("--help").stdout
    here.write("site.toml", (here.root / "site.toml").read_text("utf-8") + "[features]\nfeeds = false\nshelf = false\n")
    shown = run("--help").stdout
    assert ("  feeds" in shown, "  shelf" in shown) == (False, False)
    assert "belongs to the feature `feeds`, which is switched off" in run("feeds").stderr
    here.write("site.toml", "nonsense")
    assert "  feeds" in run("--help").stdout
    assert (run("feeds").code, run("shelf").code) == (1, 1)
    monkeypatch.chdir(tmp_path)
    assert "  feeds" in run("--help").stdout
    assert "config-missing" in run("feeds").stderr
    assert (run("shelf").code, "No such command" in run("shelf").stderr) == (2, True)


def test_root_before_and_after_the_name(site: Callable[..., Site], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """`--root` finds the site, and so its commands, wherever it is typed."""
    here = with_command(site, "return 'found'")
    monkeypatch.chdir(tmp_path)
    root = os.fspath(here.root)
    for arguments in (("--root", root, "shelf"), ("shelf", "--root", root), ("shelf", f"--root={root}"), (f"--root={root}", "shelf")):
        assert run(*arguments).stdout == "found\n"
    assert "  shelf" in run("--root", root, "--help").stdout


def test_completion(site: Callable[..., Site], monkeypatch: pytest.MonkeyPatch) -> None:
    """A shell completes the commands and options of features, whatever is wrong in the site."""
    from click.shell_completion import ShellComplete

    def completed(words: list[str], begun: str) -> list[str]:
        return [one.value for one in ShellComplete(main, {}, "wol", "_WOL_COMPLETE").get_completions(words, begun)]

    here = with_command(site, "return 1", ARGUMENTS)
    monkeypatch.chdir(here.root)
    assert completed([], "sh") == ["shelf"]
    assert completed([], "fe") == ["feeds"]
    assert completed(["shelf"], "--de") == ["--deep-look"]
    here.write("site.toml", "nonsense")
    assert (completed([], "sh"), completed([], "fe")) == ([], ["feeds"])


def test_feeds(site: Callable[..., Site]) -> None:
    """`wol feeds` lists what a release would have, built or not, with the entries of each."""
    here = site(
        {**FILES, "content/posts/c.md": "---\ntitle: C\ndate: 2026-11-02\ntags: [x]\n---\nText."}, CONFIG + '[feeds]\nformats = ["rss"]\n'
    )
    assert (
        here.run("feeds").stdout == "A Site\tRSS\thttps://example.org/feed.xml\t2\nA Site: x\tRSS\thttps://example.org/tags/x/feed.xml\t1\n"
    )
    none = site(FILES, CONFIG + "[feeds]\nformats = []\n")
    assert (none.run("feeds").code, none.run("feeds").stdout) == (0, "")
