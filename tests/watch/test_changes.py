"""What happens to a site's files while it is watched: the output follows."""

from __future__ import annotations

import os
import shutil
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path

from harness.watched import Watched
from wol.watch.messages import BuildFailed

POST = "---\ntitle: {}\ndate: 2026-11-02\n---\n{}\n"
A = "2026/11/a/index.html"


def write(here: Watched, path: str, text: str) -> None:
    """Write a file of the site, with its folders."""
    place = here.root / path
    place.parent.mkdir(parents=True, exist_ok=True)
    place.write_text(text)


def test_new_folders_in_one_burst(here: Watched) -> None:
    """Folders in folders and a file in the last, all at once; later edits in there are seen too."""
    for number in range(5):
        write(here, f"content/new{number}/b/c/d/e.md", "deep one")
    for number in range(5):
        here.shows(f"new{number}/b/c/d/e/index.html", "deep one")
        write(here, f"content/new{number}/b/c/d/e.md", "deep two")
        here.shows(f"new{number}/b/c/d/e/index.html", "deep two")


def test_names_that_change(here: Watched) -> None:
    """Files and folders that are moved in, about and out."""
    outside = here.root.parent / "outside"
    write(here, "content/m/one.md", "movable")
    here.shows("m/one/index.html", "movable")
    (here.root / "content/m").rename(here.root / "content/n")
    here.shows("n/one/index.html", "movable")
    here.gone("m/one/index.html")
    write(here, "content/n/one.md", "moved and edited")
    here.shows("n/one/index.html", "moved and edited")
    (here.root / "content/n").rename(outside)
    here.gone("n/one/index.html")
    outside.rename(here.root / "content/o")
    here.shows("o/one/index.html", "moved and edited")
    write(here, "content/o/one.md", "again")
    here.shows("o/one/index.html", "again")
    shutil.rmtree(here.root / "content/o")
    here.gone("o/one/index.html")


def test_an_edit_that_keeps_size_and_time(here: Watched) -> None:
    """As `touch -r` and careful copies leave it, in place and by another file that takes the name."""
    place = here.root / "content/kept.md"
    write(here, "content/kept.md", "Words: one.")
    here.shows("kept/index.html", "Words: one.")
    time_ = place.stat().st_mtime_ns
    place.write_text("Words: two.")
    os.utime(place, ns=(time_, time_))
    here.shows("kept/index.html", "Words: two.")
    beside = here.root / "beside"
    beside.write_text("Words: six.")
    os.utime(beside, ns=(time_, time_))
    os.replace(beside, place)
    here.shows("kept/index.html", "Words: six.")


def test_a_content_folder_that_is_made_anew(here: Watched) -> None:
    """As when a branch is switched: the folder that was watched is gone, and another stands in its place. More than once."""
    content, aside = here.root / "content", here.root.parent / "aside"
    for number in range(3):
        shutil.copytree(content, aside)
        if number == 0:
            content.rename(here.root.parent / "away")
        else:
            shutil.rmtree(content)
        if number == 1:
            here.fails("config-value")
        aside.rename(content)
        write(here, "content/posts/a.md", POST.format("A", f"branch {number}"))
        here.shows(A, f"branch {number}")
        write(here, "content/posts/a.md", POST.format("A", f"edit {number}"))
        here.shows(A, f"edit {number}")


def test_everything_that_a_site_is_made_of(here: Watched) -> None:
    """Static files, settings, a theme that comes, its templates, and another folder of static files: no restart is needed."""
    write(here, "static/s.txt", "s2")
    here.shows("s.txt", "s2")
    settings = '[site]\ntitle = "Other"\nbase_url = "https://example.org"\n'
    write(here, "site.toml", settings)
    here.shows("index.html", "Other")
    write(here, "site.toml", settings + '[theme]\nuse = ["mine"]\n[content.static]\n"/" = "files/public"\n')
    here.fails("theme-missing")
    write(here, "themes/mine/templates/post.html", "mine: {{ page.title }}")
    here.shows(A, "mine: A")
    here.gone("s.txt")
    write(here, "themes/mine/templates/post.html", "mine again: {{ page.title }}")
    here.shows(A, "mine again: A")
    write(here, "files/public/t.txt", "t1")
    here.shows("t.txt", "t1")
    write(here, "files/public/t.txt", "t2")
    here.shows("t.txt", "t2")
    write(here, "site.toml", settings)
    here.shows("s.txt", "s2")
    here.gone("t.txt")


def test_folders_behind_links(here: Watched) -> None:
    """A link in the content folder, and a content folder that is one itself: what they lead to is watched."""
    content, texts, others = here.root / "content", here.root.parent / "texts", here.root.parent / "others"
    write(here, "content/_store/l.md", "linked one")
    (content / "linked").symlink_to("_store")
    here.shows("linked/l/index.html", "linked one")
    write(here, "content/_store/l.md", "linked two")
    here.shows("linked/l/index.html", "linked two")
    content.rename(texts)
    content.symlink_to(texts)
    (texts / "posts/a.md").write_text(POST.format("A", "behind a link"))
    here.shows(A, "behind a link")
    (texts / "posts/a.md").write_text(POST.format("A", "edited behind a link"))
    here.shows(A, "edited behind a link")
    shutil.copytree(texts, others, symlinks=True)
    (others / "posts/a.md").write_text(POST.format("A", "behind another"))
    os.symlink(others, here.root / "next")
    os.replace(here.root / "next", content)
    here.shows(A, "behind another")
    (others / "posts/a.md").write_text(POST.format("A", "edited behind another"))
    here.shows(A, "edited behind another")


def test_errors_and_what_comes_after(here: Watched) -> None:
    """In a text, in the settings, in a template: the last good site stays, and the next good save is built."""
    write(here, "content/posts/a.md", POST.format("A", "good"))
    here.shows(A, "good")
    write(here, "content/posts/a.md", "---\ntitle: A\ndate: soon\n---\nbad\n")
    here.fails("date-invalid")
    assert isinstance(here.last, BuildFailed)
    assert [f.line for f in here.last.findings] == ["date: soon"]
    assert "good" in here.read(A)
    settings = (here.root / "site.toml").read_text()
    write(here, "site.toml", settings + "[oh\n")
    here.fails("config-syntax")
    write(here, "content/posts/a.md", POST.format("A", "mended"))
    write(here, "site.toml", settings)
    here.shows(A, "mended")
    write(here, "site.toml", settings + '[theme]\nuse = ["mine"]\n')
    write(here, "themes/mine/templates/post.html", "{{ page.titel }}")
    here.until(lambda: isinstance(here.last, BuildFailed))
    write(here, "themes/mine/templates/post.html", "title {{ page.title }}")
    here.shows(A, "title A")
    write(here, "site.toml", settings)
    here.shows(A, "mended")


def test_a_thousand_files_at_once(here: Watched) -> None:
    """A few builds, and all of them are there."""
    before = len(here.answers)
    for number in range(1000):
        write(here, f"static/many/n{number}.txt", str(number))
    here.shows("many/n999.txt", "999")
    here.until(lambda: len(list((here.output / "many").iterdir())) == 1000)
    shutil.rmtree(here.root / "static/many")
    here.gone("many/n0.txt")
    here.until(lambda: not (here.output / "many").exists())
    assert len(here.answers) - before < 20


def test_a_storm_of_saves(here: Watched) -> None:
    """A hundred saves in a second are a few builds, one after the other, and the last one is what is shown."""
    before = len(here.answers)
    began = time.monotonic()
    for number in range(100):
        write(here, "content/posts/a.md", POST.format("A", f"save number {number}."))
        time.sleep(max(0.0, began + number / 100 - time.monotonic()))
    here.shows(A, "save number 99.")
    assert len(here.answers) - before < 20
    assert not here.overlapping


def test_a_post_whose_time_comes(here: Watched) -> None:
    """It appears by itself."""
    moment = datetime.now(UTC) + timedelta(seconds=2)
    write(here, "content/posts/later.md", f"---\ntitle: Later\nslug: later\ndate: {moment:%Y-%m-%dT%H:%M:%S}+00:00\n---\nnow\n")
    page = f"{moment:%Y/%m}/later/index.html"
    here.shows(page, "now")
    assert datetime.now(UTC) >= moment.replace(microsecond=0)
    (here.root / "content/posts/later.md").unlink()
    here.gone(page)


def test_reading_and_what_wol_writes_itself(here: Watched) -> None:
    """Neither is a cause of a build."""
    mine = {"about.md", "a.md"}  # one of each folder that is watched, so that what was written before them has been told of as well
    write(here, "content/about.md", "About, at last")
    write(here, "content/posts/a.md", POST.format("A", "At last."))
    here.until(lambda: mine <= {Path(path).name for causes in list(here.causes) for path in causes})
    del here.causes[:]
    for _ in range(3):
        for place in here.root.rglob("*"):
            if place.is_file():
                place.read_bytes()
    write(here, "content/about.md", "About, again")
    here.shows("about/index.html", "About, again")
    named = {path for causes in here.causes for path in causes}
    there = {path for path in named if (here.root / path).exists()}  # that an earlier test removed a file may be told only now
    assert not {path for path in named if path.startswith((".wol", "public"))}
    assert {Path(path).name for path in there} <= mine
