"""What goes wrong leaves the published site whole: builds in error, killed builds, other people's files, dangerous outputs."""

from __future__ import annotations

import os
import random
import shutil
import signal
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from harness.site import CONFIG, Site, differences, tree
from wol.errors import WolError

POST = "---\ntitle: {}\ndate: 2026-11-{:02}\ntags: [one, two]\n---\n{}\n"


def posts(count: int, text: str) -> dict[str, str | bytes]:
    """Give a number of posts with a text."""
    return {f"content/posts/p{n}.md": POST.format(f"Number {n}", n % 27 + 1, f"{text} {n}") for n in range(count)}


BROKEN: dict[str, tuple[str, str | bytes]] = {
    "front matter": ("content/posts/p1.md", "---\ntitle: [\n---\n"),
    "encoding": ("content/posts/p1.md", b"\xff\xfe\x00"),
    "settings": ("site.toml", "[site]\n"),
    "collision": ("content/posts/other.md", POST.format("Other", 3, "x").replace("---\n", "---\nslug: p2\n", 1)),
    "template": ("themes/mine/templates/post.html", "{% block %}"),
    "a template at one page": ("themes/mine/templates/post.html", "{{ 1 / (page.title != 'Number 3') }}"),
    "comment": ("content/posts/p1.md", POST.format("x", 1, "<!-- open")),
}


@pytest.mark.parametrize("what", BROKEN)
def test_a_build_in_error_changes_nothing(site: Callable[..., Site], what: str) -> None:
    """Whatever is broken, the output keeps every byte and every time, and when it is mended the next build is as a clean one."""
    config = CONFIG + "[theme]\nuse = ['mine']\n"
    files = {**posts(5, "old"), "themes/mine/templates/parts/none.html": ""}
    here = site(files, config)
    here.build()
    before = here.files()
    times = {p: (here.output / p).stat().st_mtime_ns for p in before}
    path, text = BROKEN[what]
    for name, changed in posts(5, "new").items():
        here.write(name, changed)
    here.write(path, text)
    with pytest.raises(WolError):
        here.build()
    assert here.files() == before
    assert {p: (here.output / p).stat().st_mtime_ns for p in before} == times
    mended: dict[str, str | bytes] = {**files, **posts(5, "new")}
    if path in mended:
        here.write(path, mended[path])
    elif path == "site.toml":
        here.write(path, config)
    else:
        here.remove(path)
    here.build()
    clean = site(mended, config)
    clean.build()
    assert not (told := differences(clean.files(), here.files())), told


def test_a_first_build_in_error_makes_no_output(site: Callable[..., Site]) -> None:
    """A site that cannot be built leaves no output folder behind."""
    here = site({"content/posts/a.md": "---\ntitle: [\n---\n"})
    assert here.errors()
    assert not here.output.exists()


def kill_once(site: Callable[..., Site], seed: int, *, first: bool) -> None:
    """Kill a build at a random moment; files are whole, each old or new, and the next build is as a clean one."""
    rng = random.Random(seed)
    old, new = posts(60, "old"), posts(70, "new and longer, with words") | {"content/posts/p3.md": POST.format("Moved", 9, "elsewhere")}
    clean_old, clean_new = site(old), site(new)
    clean_old.build()
    clean_new.build()
    whole = (clean_old.files(), clean_new.files())
    here = site(new if first else old)
    if not first:
        here.build()
        for path in old.keys() - new.keys():
            here.remove(path)
        for path, text in new.items():
            here.write(path, text)
    build = here.process("build", "--at", "2026-12-01", *(("--jobs", "2") if seed % 2 else ()))
    # Most of the time goes into starting; so wait for the first sign of the build, then a random while.
    waited = rng.choice([".wol/lock", ".wol/store", ".wol/state"])
    moment = rng.random() ** 2 * 0.4
    end = time.monotonic() + 20
    began = time.time_ns()
    while build.poll() is None and time.monotonic() < end:
        place = here.root / waited
        if place.exists() and place.stat().st_mtime_ns >= began:
            break
        time.sleep(0.001)
    time.sleep(moment)
    if build.poll() is None:
        os.killpg(build.pid, signal.SIGKILL)
    build.communicate()
    if here.output.exists():
        for path, data in here.files().items():
            how = [differences({path: files.get(path, b"")}, {path: data}) for files in whole]
            assert "" in how, f"{path} is neither old nor new: {how}"
    elif not first:
        raise AssertionError("the output is gone")
    here.build()
    assert not (told := differences(clean_new.files(), here.files())), told
    assert here.build().rendered == 0
    left = [p for p in here.root.rglob("*") if p.name.endswith(".tmp") or ("stage" in p.name and p.is_dir() and any(p.iterdir()))]
    assert not left, "what a killed build left is swept away"


@pytest.mark.parametrize("seed", range(4))
def test_a_killed_build(site: Callable[..., Site], seed: int) -> None:
    """A build killed at a random moment leaves whole files and is made good by the next."""
    kill_once(site, seed, first=seed % 3 == 0)


@pytest.mark.long
@pytest.mark.parametrize("seed", range(100, 200))
def test_many_killed_builds(site: Callable[..., Site], seed: int) -> None:
    """The same at a hundred more moments."""
    kill_once(site, seed, first=seed % 3 == 0)


def test_an_interrupted_build(site: Callable[..., Site]) -> None:
    """Ctrl-C ends a build soon, without a traceback, and the old site stays."""
    here = site(posts(5, "old"))
    here.build()
    before = here.files()
    for path, text in posts(1000, "new").items():
        here.write(path, text)
    build = here.process("build", "--at", "2026-12-01")
    while build.poll() is None and not (here.root / ".wol/lock").read_bytes():
        time.sleep(0.001)
    build.send_signal(signal.SIGINT)
    _, stderr = build.communicate(timeout=10)
    assert build.returncode in (130, -signal.SIGINT), stderr
    assert "Traceback" not in stderr
    assert here.files() == before


FOREIGN = {
    "CNAME": b"example.org",
    ".git/HEAD": b"ref",
    "2026/by-hand.html": b"mine",
    "assets/mine.css": b"mine",
    "tags/one/notes.txt": b"mine",
    ".nojekyll": b"",
}


def test_foreign_files_are_kept(site: Callable[..., Site]) -> None:
    """Files that others put into the output stay as they are, whatever wol adds, changes and removes around them."""
    here = site(posts(4, "old"))
    here.build()
    for path, data in FOREIGN.items():
        here.write(f"public/{path}", data)
    here.remove("content/posts/p1.md")
    here.write("content/posts/p2.md", POST.format("Two", 3, "new"))
    here.build()
    assert {p: d for p, d in here.files().items() if p in FOREIGN} == FOREIGN
    for n in (0, 2, 3):
        here.remove(f"content/posts/p{n}.md")
    here.build()
    files = here.files()
    assert {p: d for p, d in files.items() if p in FOREIGN} == FOREIGN
    assert not [p for p in files if p.startswith("2026/") and p not in FOREIGN]
    here.build(clean=True)
    assert {p: d for p, d in here.files().items() if p in FOREIGN} == FOREIGN


def test_empty_folders_do_not_stay(site: Callable[..., Site]) -> None:
    """When the last file of a folder goes, the folder goes; a folder that somebody else made stays."""
    here = site(posts(2, "old"))
    here.build()
    (here.output / "by-hand").mkdir()
    here.remove("content/posts/p1.md")
    here.build()
    assert not (here.output / "2026/11/p1").exists()
    assert (here.output / "by-hand").is_dir()


def test_a_foreign_output_is_refused(site: Callable[..., Site]) -> None:
    """A folder with files that wol did not write is refused and left alone; `--adopt` takes over planned paths and keeps the others."""
    here = site({**posts(2, "x"), "public/index.html": b"by hand", "public/2026/diary.txt": b"mine"})
    before = here.files()
    assert [d.code for d in here.errors()] == ["output-foreign"]
    assert here.files() == before
    here.build(adopt=True)
    assert here.files()["2026/diary.txt"] == b"mine"
    assert b"by hand" not in here.files()["index.html"]
    clean = site(posts(2, "x"))
    clean.build()
    assert not (told := differences(clean.files(), {p: d for p, d in here.files().items() if p != "2026/diary.txt"})), told


def test_a_lost_list_of_owned_files(site: Callable[..., Site]) -> None:
    """Without the caches wol does not guess what it owns: it stops, or takes over the planned paths when told to."""
    here = site(posts(3, "x"))
    here.build()
    before = here.files()
    shutil.rmtree(here.root / ".wol")
    here.remove("content/posts/p1.md")
    assert [d.code for d in here.errors()] == ["output-foreign"]
    assert here.files() == before
    here.build(adopt=True)
    assert "2026/11/p1/index.html" in here.files(), "it cannot know that it wrote this"
    assert here.build().rendered == 0


@pytest.mark.parametrize("how", ["delete", "empty", "truncate"])
def test_a_lost_list_when_nothing_else_has_changed(site: Callable[..., Site], how: str) -> None:
    """Where only the list of owned files is lost, the very next build mends it or stops; it does not put the trouble off to a later one."""
    here = site(posts(3, "x"))
    here.build()
    [owned] = [
        p for p in (here.root / ".wol").rglob("*") if p.is_file() and b"404.html" in p.read_bytes() and p.read_bytes().startswith(b"#")
    ]
    if how == "delete":
        owned.unlink()
    else:
        owned.write_bytes(owned.read_bytes()[: 300 if how == "truncate" else 0])
    if here.codes() == {"output-foreign"}:
        assert here.codes(adopt=True) == set()
    here.write("content/posts/p2.md", POST.format("Two", 3, "new"))
    here.remove("content/posts/p1.md")
    assert here.codes() == set()
    clean = site({p: t for p, t in posts(3, "x").items() if "p1" not in p} | {"content/posts/p2.md": POST.format("Two", 3, "new")})
    clean.build()
    assert not (told := differences(clean.files(), here.files())), told


def test_a_foreign_file_in_the_place_of_a_new_page(site: Callable[..., Site]) -> None:
    """A new page does not overwrite a file that somebody put where it belongs."""
    here = site(posts(2, "x"))
    here.build()
    here.write("public/2026/11/p2/index.html", b"by hand")
    before = here.files()
    here.write("content/posts/p2.md", POST.format("Two", 3, "x"))
    assert [d.code for d in here.errors()] == ["output-foreign"]
    assert here.files() == before
    here.build(adopt=True)
    assert "Two" in here.read("2026/11/p2/index.html")


def test_an_owned_file_that_became_a_folder(site: Callable[..., Site]) -> None:
    """Where a folder stands in the place of a page, wol says so or makes it good, but does not lose what is in it."""
    here = site(posts(2, "x"))
    here.build()
    here.remove("public/2026/11/p1/index.html")
    here.write("public/2026/11/p1/index.html/mine.txt", b"mine")
    assert here.codes() <= {"output-foreign", "write-failed"}
    assert here.files()["2026/11/p1/index.html/mine.txt"] == b"mine"


def test_a_page_that_becomes_a_folder_and_back(site: Callable[..., Site]) -> None:
    """`/a.html` may become `/a.html/` and a file a folder, in one build."""
    page = "---\ntitle: A\nurl: {}\n---\nText.\n"
    here = site({"content/a.md": page.format("/x/y.html")})
    for url in ("/x/y.html", "/x/y.html/", "/x/y.html/z/w.html", "/x/", "/x.html", "/x/y.html"):
        here.write("content/a.md", page.format(url))
        here.build()
        clean = site({"content/a.md": page.format(url)})
        clean.build()
        assert not (told := differences(clean.files(), here.files())), (url, told)


def refused(here: Site, output: Path | str) -> None:
    """An output is refused as dangerous, before anything is written or removed."""
    before = here.files("..")
    assert [d.code for d in here.errors(output=Path(output))] == ["output-dangerous"], output
    assert here.files("..") == before
    assert not (here.root / ".wol").exists()


def test_dangerous_outputs(site: Callable[..., Site], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Content, root, home, `/`, inside .git, the caches, themes and links that lead out are refused."""
    monkeypatch.setenv("HOME", str(tmp_path / "people/me"))
    (tmp_path / "people/me").mkdir(parents=True)
    here = site({**posts(1, "x"), ".git/HEAD": "ref", "static/x.txt": "x", "themes/mine/templates/note.html": ""})
    (tmp_path / "elsewhere").mkdir()
    (here.root / "door").symlink_to(tmp_path / "elsewhere")
    (here.root / "inner").symlink_to("content")
    places: list[str | Path] = [
        "content",
        "content/posts",
        "content/new",
        ".",
        "..",
        "/",
        tmp_path,
        tmp_path / "people/me",
        tmp_path / "people",
        ".git",
        ".git/x",
        "site.toml",
        ".GIT/x",
        ".wol",
        ".wol/state",
        ".wol/store/x",
        ".wol/mine",
        "static",
        "themes/mine",
        "door",
        "door/x",
        "inner",
        "inner/y",
    ]
    for place in places:
        refused(here, here.root / place)
    assert list((tmp_path / "elsewhere").iterdir()) == []


@pytest.mark.parametrize("output", ["content", ".", "..", "/", ".git", "../out", "~", "public/../content", "static", ".wol"])
def test_dangerous_outputs_in_site_toml(site: Callable[..., Site], output: str) -> None:
    """The same in `[build] output`, or a plain error of that setting."""
    here = site({**posts(1, "x"), "static/x.txt": "x", ".git/HEAD": "ref"}, f'{CONFIG}\n[build]\noutput = "{output}"\n')
    found = {d.code for d in here.errors()}
    assert found
    assert found <= {"output-dangerous", "config-value"}
    assert not [p for p in here.files(".") if p.endswith("index.html")]


def test_an_output_outside_by_option(site: Callable[..., Site], tmp_path: Path) -> None:
    """A plain folder elsewhere, named with --output, is fine, and each output has its own list of what wol owns."""
    here = site(posts(2, "x"))
    here.build(output=tmp_path / "www")
    here.build()
    assert here.files() == tree(tmp_path / "www")
    here.remove("content/posts/p1.md")
    here.build(output=tmp_path / "www")
    assert not (tmp_path / "www/2026/11/p1").exists()
    assert (here.output / "2026/11/p1/index.html").exists()


def test_a_link_in_the_output(site: Callable[..., Site], tmp_path: Path) -> None:
    """A link that somebody made in the output is not followed: nothing is written or removed behind it."""
    here = site(posts(2, "x"))
    here.build()
    behind = tmp_path / "behind"
    shutil.copytree(here.output / "2026", behind)
    before = {p.relative_to(behind): p.read_bytes() for p in behind.rglob("*") if p.is_file()}
    shutil.rmtree(here.output / "2026")
    (here.output / "2026").symlink_to(behind)
    here.write("content/posts/p0.md", POST.format("Changed", 1, "new"))
    here.remove("content/posts/p1.md")
    assert here.codes() <= {"output-dangerous", "output-foreign", "write-failed"}
    assert {p.relative_to(behind): p.read_bytes() for p in behind.rglob("*") if p.is_file()} == before


def test_verify_finds_nothing_and_tells_of_no_change(site: Callable[..., Site]) -> None:
    """A build that renders everything anew and compares finds nothing to say after any edit."""
    here = site(posts(3, "x"))
    here.build()
    here.write("content/posts/p1.md", POST.format("One", 5, "new"))
    here.build()
    before = here.files()
    here.build(verify=True)
    assert here.files() == before
