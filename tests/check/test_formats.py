"""Findings as text, as data, and as commands of GitHub's workflows."""

from __future__ import annotations

import json
from collections.abc import Callable

import pytest

from harness.site import CONFIG, Site
from wol.cli.github_annotations import commands
from wol.errors import Diagnostic, Span

FILES = {"content/posts/a.md": "---\ntitle: A\ndate: 2026-11-20\n---\nSee [x](https://example.org/100%25,a:b/).\n\n#### Deep\n"}


@pytest.fixture
def here(site: Callable[..., Site]) -> Site:
    """Give a built site with one error and one warning."""
    made = site(FILES)
    made.build()
    return made


def test_data(here: Site) -> None:
    """The findings are in the form in which builds give theirs."""
    ran = here.run("check", "--format", "json")
    found = json.loads(ran.stdout)
    assert (ran.code, ran.stderr, found["ok"]) == (1, "", False)
    assert found["pages"] == 6
    assert [(d["code"], d["severity"], d["path"], d["line"], d["column"]) for d in found["diagnostics"]] == [
        ("check-link", "error", "content/posts/a.md", 5, 9),
        ("check-headings", "warning", "content/posts/a.md", 7, 1),
    ]
    built = json.loads(here.run("build", "--format", "json").stdout)
    assert set(found) <= set(built) | {"files"}


def test_github(here: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    """Each finding is a command at its line, with GitHub's escapes."""
    monkeypatch.delenv("GITHUB_WORKSPACE", raising=False)
    ran = here.run("check", "--format", "github")
    assert (ran.code, ran.stderr) == (1, "")
    assert ran.stdout.splitlines() == [
        "::error file=content/posts/a.md,line=5,col=9,title=check-link::The link to `https://example.org/100%2525,a:b/` leads nowhere%0A"
        "on 3 pages, the first is `/2026/11/a/`%0Ahint: correct the link, or add a redirect",
        "::warning file=content/posts/a.md,line=7,col=1,title=check-headings::The heading “Deep” is of level 4, the one before of level 1%0A"
        "hint: leave no level out",
    ]


def test_github_knows_the_checkout(here: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where the site lies in a folder of the repository, paths begin there."""
    monkeypatch.setenv("GITHUB_WORKSPACE", str(here.root.parent))
    assert f"file={here.root.name}/content/posts/a.md," in here.run("check", "--format", "github").stdout
    monkeypatch.setenv("GITHUB_WORKSPACE", str(here.root))
    assert "file=content/posts/a.md," in here.run("check", "--format", "github").stdout


def test_github_is_not_told_what_to_do() -> None:
    """No text can end its command and begin another, or another property."""
    evil = Diagnostic("check-link", "error", "a\r\n::error::b %0A", Span("x,line=9::y\n.md", 3), "h\n::set-env::", ("n",))
    (line,) = commands([evil], None)
    assert line == ("::error file=x%2Cline=9%3A%3Ay%0A.md,line=3,title=check-link::a%0D%0A::error::b %250A%0An%0Ahint: h%0A::set-env::")


def test_files_of_wol_are_no_files_of_the_repository() -> None:
    """A place in the default theme is no place that GitHub could mark."""
    (line,) = commands([Diagnostic("check-lang", "warning", "x", Span("<default>/templates/base.html", 3))], None)
    assert line == "::warning title=check-lang::x"


def test_text(here: Site) -> None:
    """Errors stand next to the prompt, and a last line sums up; `-q` leaves warnings out."""
    ran = here.run("check")
    assert ran.stdout.startswith("6 pages checked, ")
    assert ran.stdout.endswith(" s: 1 error, 1 warning\n")
    quiet = here.run("check", "-q")
    assert (quiet.stdout, "warning[" in quiet.stderr, "error[check-link]" in quiet.stderr) == ("", False, True)


def test_strict_data(site: Callable[..., Site]) -> None:
    """With `--strict` warnings are errors in every form."""
    made = site({"content/lost.md": "Words."}, CONFIG)
    made.build()
    assert json.loads(made.run("check", "--format", "json").stdout)["ok"] is True
    ran = made.run("check", "--strict", "--format", "json")
    assert (ran.code, json.loads(ran.stdout)["ok"]) == (1, False)
    assert made.run("check", "--strict", "--format", "github").stdout.startswith("::error file=content/lost.md,title=check-orphan::")


def test_a_great_many_errors(site: Callable[..., Site]) -> None:
    """Whoever has more errors than anybody reads sees how many there are of each sort, the first places, and how to see all."""
    links = "".join(f"[x](https://example.org/none-{n}/)\n" for n in range(51))
    made = site({"content/_index.md": links})
    made.build()
    text = made.run("check").stderr
    assert text.startswith("error[check-link]: 51 times. A link of a page or feed leads nowhere.\n  content/_index.md:1:5: ")
    assert "… and 48 more; -v shows them all" in text
    assert made.run("check", "-v").stderr.count("error[check-link]") == 51
