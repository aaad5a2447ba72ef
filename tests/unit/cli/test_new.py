"""`wol new` makes files that read back as what was asked for."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import time_machine

from harness.site import Site
from wol.content.front_matter import split

Wol = Callable[..., Any]
SITE = '[site]\ntitle = "A"\nbase_url = "https://example.org"\ntimezone = "Europe/London"\n'


@pytest.fixture(autouse=True)
def site(folder: Path) -> Path:
    """A site without content, in the current folder, on a summer's evening."""
    Site(folder, {}, SITE)
    return folder


@pytest.fixture(autouse=True)
def _evening() -> Any:
    with time_machine.travel("2026-06-30T23:30:05+00:00", tick=False):
        yield


def fields(path: Path) -> dict[str, Any]:
    """Read the front matter of a file: values as typed."""
    block = split(path.read_bytes(), "x")
    assert block.diagnostics == ()
    return {key: [inner.value for inner in raw.value] if isinstance(raw.value, list) else raw.value for key, raw in block.values.items()}


def test_a_post(wol: Wol, folder: Path) -> None:
    """Its path is printed alone; its day is that of the site's zone; its id is permanent."""
    ran = wol("new", "What I learned: asking")
    assert (ran.code, ran.stdout, ran.stderr) == (0, "content/posts/2026-07-01-what-i-learned-asking.md\n", "")
    found = fields(folder / ran.stdout.strip())
    assert found["title"] == "What I learned: asking"
    assert found["date"] == "2026-07-01 00:30:05+01:00"
    assert re.fullmatch(r"[a-z][a-z0-9]{9}", found["id"])
    assert list(found) == ["title", "date", "id"]


def test_a_note_and_a_page(wol: Wol, folder: Path) -> None:
    """A note has a date, a page has none unless one is given."""
    assert wol("new", "note", "On asking").stdout == "content/notes/on-asking.md\n"
    assert list(fields(folder / "content/notes/on-asking.md")) == ["title", "date", "id"]
    assert wol("new", "page", "About").stdout == "content/about.md\n"
    assert list(fields(folder / "content/about.md")) == ["title", "id"]
    assert wol("new", "page", "Other", "--date", "1 May 2020").code == 0
    assert fields(folder / "content/other.md")["date"] == "2020-05-01"


def test_options_go_into_the_front_matter(wol: Wol, folder: Path) -> None:
    """Tags several times, with commas or a sign; draft; a date in any spelling."""
    ran = wol("new", "post", "x", "--tag", "a, b", "--tag", "#C++", "--tag", "a", "--draft", "--date", "Nov 20, 2026")
    assert ran.stdout == "content/posts/2026-11-20-x.md\n"
    found = fields(folder / ran.stdout.strip())
    assert (found["tags"], found["draft"], found["date"]) == (["a", "b", "C++"], "true", "2026-11-20")


def test_a_title_needs_no_quotes(wol: Wol) -> None:
    """Words that follow are the title."""
    assert wol("new", "My", "first", "post").stdout == "content/posts/2026-07-01-my-first-post.md\n"
    assert wol("new", "note", "taking", "tips").stdout == "content/notes/taking-tips.md\n"


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("🎉", r"[a-z][a-z0-9]{9}"),
        ("con", r"con-[a-z][a-z0-9]{9}"),
        ("Index", r"index-[a-z][a-z0-9]{9}"),
        ("_draft", r"draft"),
        ("Thoughts.private", r"thoughts-private-[a-z][a-z0-9]{9}"),
        ("Thoughts.private.fr", r"thoughts-private-fr-[a-z][a-z0-9]{9}"),
        ("Thoughts.privat", r"thoughts-privat-[a-z][a-z0-9]{9}"),
        ("Sync conflict", r"syncconflict-[a-z][a-z0-9]{9}"),
        ("שלום עולם", r"שלום-עולם"),
        ("word " * 40, r"word(-word){11}"),
        ("語" * 90, r"語{60}"),
        ("𒀀" * 90, r"𒀀{50}"),
        ("C++ & C#", r"c-plus-plus-and-c-sharp"),
    ],
)
def test_titles_of_all_sorts_make_files_that_are_read(wol: Wol, folder: Path, title: str, name: str) -> None:
    """Never a name that a system keeps, that wol passes over, or that makes the text private."""
    ran = wol("new", "page", title)
    assert ran.code == 0, ran.stderr
    assert re.fullmatch(rf"content/{name}\.md\n", ran.stdout), ran.stdout
    assert fields(folder / ran.stdout.strip())["title"] == title.strip()


def test_a_title_on_several_lines_becomes_one(wol: Wol, folder: Path) -> None:
    """White space is one space, control characters go."""
    ran = wol("new", "page", " a\n b\tc\x07 ")
    assert fields(folder / ran.stdout.strip())["title"] == "a b c"


def test_nothing_is_overwritten(wol: Wol, folder: Path) -> None:
    """Where a file or a bundle of the name is there, the new file has the next number, and what is there is named."""
    path = folder / "content/posts/2026-07-01-x.md"
    path.parent.mkdir(parents=True)
    path.write_text("mine")
    ran = wol("new", "x")
    assert (ran.code, ran.stdout) == (0, "content/posts/2026-07-01-x-2.md\n")
    assert ran.stderr == "There is already something at content/posts/2026-07-01-x.md, so the new post has a number in its name.\n"
    bundle = folder / "content/posts/2026-07-01-y/index.md"
    bundle.parent.mkdir()
    bundle.write_text("mine")
    assert wol("new", "y").stdout == "content/posts/2026-07-01-y-2.md\n"
    assert wol("new", "x").stdout == "content/posts/2026-07-01-x-3.md\n"
    assert path.read_text() == bundle.read_text() == "mine"


@pytest.mark.parametrize(
    ("there", "arguments", "made"),
    [
        ("posts/2026-07-20-x.md", ("x",), "posts/2026-07-01-x-2.md"),
        ("posts/2026-06-20-x.md", ("x",), "posts/2026-07-01-x.md"),
        ("posts/2026-06-20-x.md", ("x", "--date", "2026-06-02"), "posts/2026-06-02-x-2.md"),
        ("drafts/2026-07-20-x.md", ("x",), "posts/2026-07-01-x-2.md"),
        ("notes/a.md", ("note", "x"), "notes/x.md"),
        ("garden/x.md", ("note", "x"), "notes/x.md"),
    ],
)
def test_no_address_is_taken_twice(wol: Wol, folder: Path, there: str, arguments: tuple[str, ...], made: str) -> None:
    """Two posts of one title in one month would have one URL; in another month, or of another kind, they have not."""
    path = folder / "content" / there
    path.parent.mkdir(parents=True)
    path.write_text("Mine.")
    assert wol("new", *arguments).stdout == f"content/{made}\n"


def test_an_alias_is_an_address_too(wol: Wol, folder: Path) -> None:
    """What redirects is taken as well."""
    (folder / "content").mkdir(exist_ok=True)
    (folder / "content/a.md").write_text("---\naliases: [/About/]\n---\nMine.")
    assert wol("new", "page", "About").stdout == "content/about-2.md\n"


def test_a_site_that_is_in_error(wol: Wol, folder: Path) -> None:
    """A post with an error does not keep another from being begun."""
    (folder / "content").mkdir(exist_ok=True)
    (folder / "content/a.md").write_text("---\ntitle: [\n---\n")
    assert wol("new", "page", "About").stdout == "content/about.md\n"


def test_an_archetype_that_no_build_would_take(wol: Wol, folder: Path) -> None:
    """A state without a value, or a key that hides a text elsewhere, is told at its line before anything is written; an option can fill it."""
    (folder / "archetypes").mkdir()
    place = folder / "archetypes/note.md"
    for line, code in (
        ("draft:", "front-matter-type"),
        ("hidden: true", "foreign-state"),
        ("status: ready", "status-unknown"),
        ("draft: #no", "front-matter-cut"),
    ):
        place.write_text(f"---\nmood: x\n{line}\n---\n")
        ran = wol("new", "note", "On asking")
        assert (ran.code, ran.stderr.partition(" ")[0].startswith("archetypes/note.md:3:")) == (1, True)
        assert code in ran.stderr
        assert not (folder / "content/notes/on-asking.md").exists()
    place.write_text("---\ndraft:\n---\n")
    assert wol("new", "note", "On asking", "--draft").code == 0


def test_the_archetype_of_the_site_is_the_beginning(wol: Wol, folder: Path) -> None:
    """As it is, with fields set; one that cannot be read is an error at its place."""
    (folder / "archetypes").mkdir()
    (folder / "archetypes/note.md").write_bytes(b"\xef\xbb\xbf---\r\nmood: x\r\n---\r\n{{ title }}\r\n")
    wol("new", "note", "A")
    assert (folder / "content/notes/a.md").read_text().endswith("mood: x\n---\n{{ title }}\n")
    (folder / "archetypes/note.md").write_text("---\ntitle: [\n---\n")
    ran = wol("new", "note", "B")
    assert (ran.code, ran.stdout) == (1, "")
    assert ran.stderr.startswith("archetypes/note.md:")
    assert not (folder / "content/notes/b.md").exists()


@pytest.mark.parametrize(
    ("settings", "made", "kind", "path"),
    [
        ('[content]\nkinds = {post = ["essays"]}', [], "post", "essays/2026-07-01-x.md"),
        ('[content]\nkinds = {post = ["essays", "links"]}', ["links"], "post", "links/2026-07-01-x.md"),
        ('[content]\nkinds = {note = ["garden"]}', [], "note", "garden/x.md"),
        ('[content]\nfolder = "texts"', [], "note", "notes/x.md"),
        ("", ["_posts"], "post", "_posts/2026-07-01-x.md"),
        ("", ["posts", "blog"], "post", "posts/2026-07-01-x.md"),
    ],
)
def test_the_folder_follows_the_settings(wol: Wol, folder: Path, settings: str, made: list[str], kind: str, path: str) -> None:
    """`[content.kinds]` first; of several folders the one that is there."""
    Site(folder, {}, SITE + settings)
    content = "texts" if "texts" in settings else "content"
    for name in made:
        (folder / content / name).mkdir(parents=True)
    assert wol("new", kind, "x").stdout == f"{content}/{path}\n"
    assert "kind" not in fields(folder / content / path)


def test_the_kind_is_written_where_the_place_would_make_another(wol: Wol, folder: Path) -> None:
    """A vault whose default is `note`, and a site whose `posts` are notes."""
    Site(folder, {}, SITE + '[content]\ndefault_kind = "note"\nkinds = {note = ["posts", "_posts", "blog"]}')
    wol("new", "page", "a")
    assert fields(folder / "content/a.md")["kind"] == "page"
    wol("new", "post", "b")
    assert fields(folder / "content/posts/2026-07-01-b.md")["kind"] == "post"


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        ([], "Give the post a title"),
        (["note"], "Give the note a title"),
        (["  "], "Give the post a title"),
        (["pots", "My title"], "Did you mean `post`?"),
        (["essay", "My title"], "Kinds are post, note, page"),
        (["x", "--date", "soon"], "Invalid value for --date: `soon` is not a date"),
        (["x", "--date", "2026-02-30"], "There is no such day"),
        (["x", "--tagg", "y"], "No such option"),
    ],
)
def test_wrong_use_is_explained(wol: Wol, folder: Path, arguments: list[str], words: str) -> None:
    """Exit code 2, and nothing is made."""
    ran = wol("new", *arguments)
    assert (ran.code, ran.stdout) == (2, "")
    assert words in ran.stderr
    assert not (folder / "content").exists()


def test_a_date_that_the_clocks_skip_is_told(wol: Wol, folder: Path) -> None:
    """It is moved forward by the gap, as everywhere."""
    ran = wol("new", "x", "--date", "2026-03-29 01:30")
    assert ran.stderr == "The clocks skip that time; the date is 2026-03-29 02:30:00+01:00.\n"
    assert fields(folder / "content/posts/2026-03-29-x.md")["date"] == "2026-03-29 02:30:00+01:00"


def test_from_a_folder_inside(wol: Wol, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The path is printed as it is typed from where one is."""
    (folder / "content/posts").mkdir(parents=True)
    monkeypatch.chdir(folder / "content/posts")
    assert wol("new", "x").stdout == "2026-07-01-x.md\n"
    assert wol("new", "note", "x").stdout == "../notes/x.md\n"
    monkeypatch.chdir("/")
    assert wol("new", "y", "--root", str(folder)).stdout.endswith("here/content/posts/2026-07-01-y.md\n")


def test_settings_that_are_wrong_stop_it(wol: Wol, folder: Path) -> None:
    """The errors of site.toml, all of them, and nothing is made."""
    Site(folder, {}, "[site]\ntitle = 3\n")
    ran = wol("new", "x")
    assert ran.code == 1
    assert "site.toml:2:9: error[config-value]" in ran.stderr
    assert "2 errors" in ran.stderr
