"""`wol init` makes a site, and never touches what is there."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from wol.config.load import load, parse
from wol.content.front_matter import split

Wol = Callable[..., Any]


def files(folder: Path) -> list[str]:
    """Give the paths of all files."""
    return sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file())


def test_a_new_site_is_whole(wol: Wol, folder: Path) -> None:
    """Settings that are good, texts that can be read, and what to do next."""
    ran = wol("init", "my-site")
    assert (ran.code, ran.stderr) == (0, "")
    top = folder / "my-site"
    config = load(top)
    assert (config.site.title, config.site.base_url) == ("My site", "https://example.org")
    made = files(top)
    assert {".gitignore", ".gitattributes", "site.toml", "content/about.md", "archetypes/post.md"} <= set(made)
    assert len([path for path in made if path.startswith("content/posts/")]) == 1
    for path in made:
        if path.endswith(".md"):
            block = split((top / path).read_bytes(), path)
            assert (block.form, block.diagnostics) == ("yaml", ())
    ids = [split((top / path).read_bytes(), path).values["id"].value for path in made if path.startswith("content/")]
    assert len(set(ids)) == 2
    assert "cd my-site\n" in ran.stdout
    assert {"/public/", "/.wol/", "*.private.md"} <= set((top / ".gitignore").read_text().splitlines())


@pytest.mark.parametrize("title", ['A "quoted" title', "back\\slash", "[draft] 🎉", "שלום", "a = 1 # b", "'", "{x}"])
def test_any_title_makes_good_settings(wol: Wol, folder: Path, title: str) -> None:
    """Quotes, backslashes, brackets and braces."""
    assert wol("init", "--title", title, "--base-url", "https://me.example/blog/").code == 0
    config = load(folder)
    assert (config.site.title, config.site.base_url) == (title, "https://me.example/blog")


def test_a_folder_with_other_files_is_fine(wol: Wol, folder: Path) -> None:
    """They stay; a second time nothing is written."""
    (folder / "README.txt").write_text("mine")
    (folder / "content").mkdir()
    assert wol("init").code == 0
    before = {path: (folder / path).read_bytes() for path in files(folder)}
    assert before["README.txt"] == b"mine"
    ran = wol("init")
    assert (ran.code, ran.stdout) == (1, "")
    assert "site.toml: error[write-failed]: There is a site in this folder already; nothing was written" in ran.stderr
    assert before == {path: (folder / path).read_bytes() for path in files(folder)}


@pytest.mark.parametrize("present", [".gitignore", "content/about.md", "archetypes", "content"])
def test_what_is_in_the_way_is_named_before_anything_is_written(wol: Wol, folder: Path, present: str) -> None:
    """A file, also where a folder must be, or a link that leads nowhere."""
    (folder / present).parent.mkdir(exist_ok=True)
    (folder / present).write_text("mine")
    ran = wol("init")
    assert ran.code == 1
    assert f"`{present}` already exists" in ran.stderr
    assert files(folder) == [present]


def test_all_that_is_in_the_way_is_named(wol: Wol, folder: Path) -> None:
    """In one message."""
    (folder / "archetypes").write_text("mine")
    (folder / ".gitignore").symlink_to("nowhere")
    ran = wol("init")
    assert ran.stderr.count("error[write-failed]") == 1
    assert "`.gitignore` and `archetypes` already exist; nothing was written" in ran.stderr


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["--base-url", "example.org"], "`example.org` has no scheme"),
        (["--title", " "], "The title is empty"),
        (["a", "b"], "unexpected extra argument"),
    ],
)
def test_wrong_use_is_explained(wol: Wol, folder: Path, arguments: list[str], words: str) -> None:
    """Exit code 2, and nothing is made."""
    ran = wol("init", *arguments)
    assert ran.code == 2
    assert words in ran.stderr
    assert files(folder) == []


def test_the_zone_is_that_of_the_computer(wol: Wol, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """So that dates without an offset mean what the writer means; only names of the database are taken."""
    monkeypatch.setenv("TZ", "Asia/Tokyo")
    wol("init", "a")
    assert load(folder / "a").site.timezone == "Asia/Tokyo"
    monkeypatch.setenv("TZ", "../../etc/passwd")
    wol("init", "b")
    assert load(folder / "b").site.timezone


def test_quiet_and_elsewhere(wol: Wol, folder: Path) -> None:
    """`-q` says nothing; `--root` is where the folder is counted from; deep folders are made."""
    assert wol("init", "-q", "a/b").stdout == ""
    assert wol("--root", "a", "init", "c").code == 0
    assert parse((folder / "a/c/site.toml").read_bytes()).site.title == "C"


def zone_of(folder: Path) -> tuple[str, str]:
    """Give the time zone of a new site, and the offset of its first post."""
    (post,) = (folder / "content/posts").iterdir()
    return load(folder).site.timezone, str(split(post.read_bytes(), "x").values["date"].value)


def test_the_zone_of_the_computer_is_named(wol: Wol, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What is taken from this computer is said, in the output and in site.toml; with `--timezone`, or where nothing can be said, nothing is taken."""
    monkeypatch.setenv("TZ", "Asia/Kolkata")
    ran = wol("init", "a")
    assert "the time zone Asia/Kolkata from this computer" in ran.stdout
    assert 'the title "A" from the name of the folder' in ran.stdout
    assert "your computer's" in (folder / "a/site.toml").read_text()
    assert zone_of(folder / "a")[0] == "Asia/Kolkata"
    assert zone_of(folder / "a")[1].endswith("+05:30")
    ran = wol("init", "b", "--timezone", "Europe/London", "--title", "Notes")
    assert "computer" not in ran.stdout + (folder / "b/site.toml").read_text()
    assert "Kolkata" not in (folder / "b/site.toml").read_text()
    assert zone_of(folder / "b")[0] == "Europe/London"
    assert wol("-q", "init", "c").stdout == ""
    assert zone_of(folder / "c")[0] == "UTC"
    monkeypatch.setenv("TZ", "UTC")
    assert "time zone" not in wol("init", "d").stdout


@pytest.mark.parametrize("zone", ["Mars/Olympus", "localtime", "", "../UTC"])
def test_a_zone_that_is_none(wol: Wol, folder: Path, zone: str) -> None:
    """Nothing is written then."""
    ran = wol("init", "a", "--timezone", zone)
    assert ran.code == 2
    assert "not a time zone" in ran.stderr
    assert files(folder) == []


def test_nothing_else_of_the_computer(wol: Wol, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """No name of the user, the machine or a folder above gets into a new site or a new post."""
    for name in ("USER", "LOGNAME", "HOSTNAME", "EMAIL", "GIT_AUTHOR_NAME", "GIT_AUTHOR_EMAIL"):
        monkeypatch.setenv(name, "canary-name")
    (folder / "canary-folder").mkdir()
    monkeypatch.chdir(folder / "canary-folder")
    assert wol("init", "site").code == 0
    monkeypatch.chdir(folder / "canary-folder/site")
    assert wol("new", "A post").code == 0
    for path in files(folder):
        if "/.wol/" not in f"/{path}":  # caches, which nobody publishes
            assert "canary" not in (folder / path).read_text()
