"""The commands with the engine beneath them, as a new user has them."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

Wol = Callable[..., Any]


@pytest.fixture
def new_site(folder: Path, wol: Wol) -> Path:
    """A site that `wol init` has just made, in the current folder."""
    assert wol("init", "-q", "--title", "Thinking [aloud]").code == 0
    return folder


def test_a_new_site_builds_at_once_without_a_warning(wol: Wol, new_site: Path) -> None:
    """As it is, and again with what `wol new` adds; a second build does nothing."""
    ran = wol("build")
    assert (ran.code, ran.stderr) == (0, "")
    assert "Thinking [aloud]" in (new_site / "public/index.html").read_text()
    assert (new_site / "public/about/index.html").is_file()
    wol("new", "First [steps] 🎉", "--tag", "learning")
    wol("new", "note", "On asking")
    ran = wol("build")
    assert (ran.code, ran.stderr) == (0, "")
    assert len(list(new_site.glob("public/*/*/first-steps/index.html"))) == 1
    assert "nothing to do" in wol("build").stdout
    assert wol("build", "--verify").stdout.count("verified") == 1


def test_drafts_go_to_a_place_of_their_own(wol: Wol, new_site: Path) -> None:
    """`--drafts` leaves public/ alone."""
    wol("new", "Not yet", "--draft")
    wol("build")
    assert not list(new_site.glob("public/*/*/not-yet"))
    found = json.loads(wol("build", "--drafts", "--format", "json").stdout)
    assert (found["ok"], found["profile"], Path(found["output"])) == (True, "drafts", new_site / ".wol/drafts")
    assert list(new_site.glob(".wol/drafts/*/*/not-yet/index.html"))
    assert not list(new_site.glob("public/*/*/not-yet"))


def test_the_list_of_all_items(wol: Wol, new_site: Path) -> None:
    """Every item with its state and URL, for people and for programs; why it is not published, and what is not read."""
    wol("new", "[draft] one", "--draft", "--date", "2020-01-02")
    wol("new", "Later", "--date", "2999-01-02")
    (new_site / "content/_hidden.md").write_text("x")
    lines = [line.split("\t") for line in wol("list").stdout.splitlines()]
    assert [
        "draft",
        "2020-01-02T00:00:00+00:00",
        "post",
        "[draft] one",
        "/2020/01/draft-one/",
        "content/posts/2020-01-02-draft-one.md",
    ] in lines
    assert {line[0] for line in lines} == {"published", "draft", "scheduled"}
    found = json.loads(wol("list", "--format", "json").stdout)
    assert len(found) == len(lines) == 4
    assert set(found[0]) == {"source", "kind", "title", "date", "state", "url"}
    found = json.loads(wol("list", "--why", "--format", "json").stdout)
    [draft] = [item for item in found if item["state"] == "draft"]
    assert any("draft" in reason for reason in draft["why"])
    text = wol("list", "--why").stdout
    assert "content/posts/2999-01-02-later.md: scheduled post /2999/01/later/\n" in text
    assert "content/_hidden.md" in text.partition("Not read:")[2]


def test_the_list_of_a_site_with_errors(wol: Wol, new_site: Path) -> None:
    """What can be read is listed, the errors are told, and the exit code says so."""
    (new_site / "content/bad.md").write_text("---\ndate: soon\n---\n")
    ran = wol("list", "--format", "json")
    assert ran.code == 1
    assert len(json.loads(ran.stdout)) >= 2
    assert "content/bad.md:2:7: error[date-invalid]" in ran.stderr


def test_clean_takes_away_what_wol_wrote_and_nothing_else(wol: Wol, new_site: Path) -> None:
    """A file of somebody else stays, with its folder."""
    wol("build")
    wol("build", "--drafts")
    (new_site / "public/CNAME").write_text("me.example")
    ran = wol("clean")
    assert ran.code == 0
    assert ran.stdout.startswith("Removed ")
    assert [path.name for path in (new_site / "public").rglob("*")] == ["CNAME"]
    assert not (new_site / ".wol").exists()
    assert wol("clean").stdout == "Nothing to remove: there is no record of anything that wol wrote.\n"


def test_an_error_leaves_the_site_as_it_was(wol: Wol, new_site: Path) -> None:
    """All errors at once, each with its line; what is published stays."""
    wol("build")
    before = (new_site / "public/index.html").read_bytes()
    (new_site / "content/about.md").write_text("---\ntitle: New\ndate: soon\ndraft: maybe\n---\n")
    ran = wol("build")
    assert (ran.code, ran.stdout) == (1, "")
    assert "content/about.md:3:7: error[date-invalid]" in ran.stderr
    assert "  | draft: maybe\n  |        ^\n" in ran.stderr
    assert ran.stderr.endswith("2 errors\n")
    assert (new_site / "public/index.html").read_bytes() == before


def test_an_output_of_ones_own(wol: Wol, new_site: Path, tmp_path: Path) -> None:
    """Relative to where one is; dangerous ones are refused."""
    assert wol("build", "--output", "../out").code == 0
    assert (tmp_path / "out/index.html").is_file()
    assert "error[output-dangerous]" in wol("build", "--output", "/").stderr
    assert "error[output-dangerous]" in wol("build", "--output", "content").stderr


@pytest.mark.usefixtures("new_site")
def test_a_build_with_nothing_to_do_imports_nothing_heavy(wol: Wol) -> None:
    """So that it takes no time."""
    wol("build")
    heavy = ("rich", "pydantic", "jinja2", "markdown_it", "yaml", "pygments", "lxml", "selectolax", "feedgen")
    code = (
        "import sys\nfrom wol.cli.main import main\ntry: main(['build'])\nexcept SystemExit: pass\n"
        f"print([name for name in {heavy!r} if name in sys.modules], file=sys.stderr)"
    )
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=60, check=True)
    assert "nothing to do" in ran.stdout
    assert ran.stderr.strip() == "[]"


@pytest.mark.usefixtures("new_site")
def test_on_a_terminal_the_list_is_a_table(wol: Wol) -> None:
    """With titles in square brackets as they are, and no colours where they are not wanted."""
    pty = pytest.importorskip("pty", reason="only POSIX has pseudo-terminals")
    wol("new", "note", "[red]x[/red]")
    for wanted, environment in ((True, {"TERM": "xterm"}), (False, {"TERM": "xterm", "NO_COLOR": "1"})):
        leader, follower = pty.openpty()
        command = [sys.executable, "-c", "from wol.cli.main import main; main()", "list"]
        process = subprocess.Popen(
            command, stdin=follower, stdout=follower, stderr=follower, env={**os.environ, "COLUMNS": "160", **environment}
        )
        os.close(follower)
        output = b""
        while True:
            try:
                part = os.read(leader, 65536)
            except OSError:
                break
            if not part:
                break
            output += part
        os.close(leader)
        assert process.wait(60) == 0
        text = output.decode()
        assert "[red]x[/red]" in text
        assert "3 items: 3 published" in text
        assert ("\x1b[32m" in text) == wanted


def test_where_the_time_went(wol: Wol, new_site: Path) -> None:
    """`--profile` names the stages and the slowest of each sort, for people and for programs; without it nothing is said of time but the whole."""
    for number in range(12):
        wol("new", f"Post {number}")
    text = wol("build", "--clean", "--profile").stdout
    assert text.startswith("Where the time went, in seconds:\n")
    parts = dict(zip(("stages", "sources", "pages", "templates", "features"), text.split(":\n")[1:], strict=True))
    for stage in ("read", "render", "commit", "other"):
        assert re.search(rf"^ +\d+\.\d{{3}} +\d+%  {stage}$", parts["stages"], re.MULTILINE)
    assert all(
        len(re.findall(r"^ +\d+\.\d{3}  ", parts[name], re.MULTILINE)) == 10 for name in ("sources", "pages", "templates", "features")
    )
    assert re.search(r"^ +\d+\.\d{3}  post\.html, 1[23] times$", parts["templates"], re.MULTILINE)
    assert "Where" not in wol("build").stdout
    (new_site / "content/about.md").write_text("---\ntitle: New\n---\nText\n")
    found = json.loads(wol("build", "-q", "--profile", "--format", "json").stdout)["timings"]
    assert found.keys() == {"stages", "sources", "pages", "templates", "features"}
    assert [one["name"] for one in found["sources"]] == ["about.md"]
    assert {"name", "seconds", "times"} == found["pages"][0].keys()
    assert [one["name"] for one in found["stages"]][-1] == "other"
    assert "timings" not in json.loads(wol("build", "--format", "json").stdout)
