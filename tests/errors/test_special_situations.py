"""Errors whose situation no folder of files can hold: links, permissions, sizes, other processes."""

from __future__ import annotations

import json
import os
import signal
import stat
import time
from collections.abc import Callable
from typing import Any

import pytest

from harness.processes import NO_PRIVILEGES
from harness.site import Site
from wol.engine.prepare import Setup
from wol.engine.state import State
from wol.errors import Diagnostic, WolError

POST = "---\ntitle: A\ndate: 2026-11-20\n---\nText.\n"


def bound(here: Site) -> list[tuple[str, str | None, str]]:
    """Build as somebody whom permissions bind; gives code, path and message of each error."""
    process = here.process("build", "--at", "2026-12-01", "--format", "json", before=NO_PRIVILEGES)
    stdout, stderr = process.communicate(timeout=60)
    assert (process.returncode, stderr) == (1, "")
    return [(d["code"], d["path"], d["message"]) for d in json.loads(stdout)["diagnostics"]]


def only(diagnostics: tuple[Diagnostic, ...], code: str) -> Diagnostic:
    """Give the one diagnostic that there is, which has this code."""
    assert [d.code for d in diagnostics] == [code]
    return diagnostics[0]


def test_a_link_that_leads_out(site: Callable[..., Site]) -> None:
    """A link out of the content folder is refused, file or folder, and what it leads to is not read."""
    here = site({"content/posts/a.md": POST, "secret/b.md": POST, "secret.md": POST})
    (here.root / "content/posts/b.md").symlink_to("../../secret.md")
    (here.root / "content/other").symlink_to("../secret")
    found = [d for d in here.errors() if d.severity == "error"]
    assert {d.code for d in found} == {"source-outside"}
    assert {str(d.span) for d in found} == {"content/posts/b.md", "content/other"}
    assert not here.output.exists()


def test_a_link_to_the_system(site: Callable[..., Site]) -> None:
    """Neither content, static files nor a theme can draw in a file of the system by a link."""
    for folder in ("content", "static", "themes/mine/templates", "themes/mine/assets"):
        here = site(
            {"content/posts/a.md": POST, f"{folder}/x.txt": "x"},
            '[site]\ntitle = "A"\nbase_url = "https://example.org"\n[theme]\nuse = ["default"]\n',
        )
        if folder.startswith("themes"):
            here.write("site.toml", '[site]\ntitle = "A"\nbase_url = "https://example.org"\n[theme]\nuse = ["mine"]\n')
        (here.root / folder / "hosts.txt").symlink_to("/etc/hosts")
        only(here.errors(), "source-outside")


def test_a_link_inside_the_content_is_read(site: Callable[..., Site]) -> None:
    """A link to a file of the same folder is no mistake, and one round in a circle does no harm."""
    here = site({"content/posts/a.md": POST, "content/shared/photo.jpg": b"photo"})
    here.write("content/posts/b/index.md", POST.replace("A", "B"))
    (here.root / "content/posts/b/photo.jpg").symlink_to("../../shared/photo.jpg")
    (here.root / "content/posts/b/loop").symlink_to("..")
    here.build()
    assert here.files()["2026/11/b/photo.jpg"] == b"photo"


def test_a_source_of_more_than_20_mb(site: Callable[..., Site]) -> None:
    """A source over the limit is an error that tells the limit."""
    here = site({"content/posts/a.md": POST + "word " * 4_000_001})
    found = only(here.errors(), "source-too-large")
    assert str(found.span) == "content/posts/a.md"
    assert "20,000,000" in found.message


def test_a_file_without_permission(site: Callable[..., Site]) -> None:
    """A file and a folder that may not be read are errors that name them."""
    here = site({"content/posts/a.md": POST, "content/notes/b.md": POST})
    (here.root / "content/posts/a.md").chmod(0)
    (here.root / "content/notes").chmod(0)
    try:
        found = bound(here)
    finally:
        (here.root / "content/notes").chmod(stat.S_IRWXU)
    assert sorted((code, path) for code, path, _ in found) == [
        ("source-unreadable", "content/notes"),
        ("source-unreadable", "content/posts/a.md"),
    ]


CHANGING = {
    "content/posts/a.md": (POST, POST + "more"),
    "content/posts/_defaults.toml": ('licence = "MIT"\n', 'licence = "CC0-1.0"\n'),
    "static/x.txt": ("x", "y"),
    "ledger/published.tsv": ("", "2026-11-20T00:00:00Z\tlive\t/2026/11/a/\t-\titem\n"),
}


@pytest.mark.parametrize("path", CHANGING)
def test_a_file_that_changes_meanwhile(site: Callable[..., Site], monkeypatch: pytest.MonkeyPatch, path: str) -> None:
    """An input that is saved between the scan and its reading stops the build; the next one has it."""
    from wol.engine import scanning

    def take(setup: Setup, state: State, *rest: Any) -> scanning.ScannedFiles:
        taken = real(setup, state, *rest)
        here.write(path, CHANGING[path][1])
        return taken

    here, real = site({name: before for name, (before, _) in CHANGING.items()}), scanning.scan_files
    monkeypatch.setattr(scanning, "scan_files", take)
    found = only(here.errors(), "source-changed")
    assert str(found.span) == path
    monkeypatch.undo()
    here.build()


@pytest.mark.slow
def test_two_builds_at_once(site: Callable[..., Site], monkeypatch: pytest.MonkeyPatch) -> None:
    """While one build (held here in the middle) has the site, another waits a little, says who has it, and changes nothing."""
    monkeypatch.setattr("wol.clock.elapsed", lambda: 10 * time.perf_counter())
    here = site({f"content/posts/{n}.md": POST.replace("A", f"Number {n}") for n in range(400)})
    first = here.process("build", "--at", "2026-12-01")
    lock = here.root / ".wol/lock"
    while not (lock.exists() and lock.read_bytes()):
        assert first.poll() is None, first.communicate()
        time.sleep(0.002)
    first.send_signal(signal.SIGSTOP)
    try:
        found = only(here.errors(), "build-locked")
        assert f"process {first.pid} on {os.uname().nodename}, since 20" in found.message
        assert not here.output.exists()
    finally:
        first.send_signal(signal.SIGCONT)
        first.communicate(timeout=60)
    assert first.returncode == 0
    assert here.build().rendered == 0


@pytest.mark.parametrize("folder", ["2026/11/a", "."])
def test_an_output_that_cannot_be_written(site: Callable[..., Site], folder: str) -> None:
    """An output in which nothing may be written is an error that names the folder; nothing is changed, and the next build ends well."""
    here = site({"content/posts/a.md": POST, "content/posts/b.md": POST.replace("A", "B")})
    here.build()
    before = here.files()
    here.write("content/posts/a.md", POST + "More.\n")
    here.remove("content/posts/b.md")
    place = here.output / folder
    mode = place.stat().st_mode
    place.chmod(stat.S_IRUSR | stat.S_IXUSR)
    try:
        for _ in range(2):
            [(code, _, message)] = bound(here)
            assert code == "write-failed"
            assert "Permission denied" in message
            assert f"`{here.output if folder == '.' else place}`" in message
        assert here.files() == before
    finally:
        place.chmod(mode)
    here.build()
    clean = site({"content/posts/a.md": POST + "More.\n"})
    clean.build()
    assert here.files() == clean.files()


def test_a_full_disk(site: Callable[..., Site]) -> None:
    """When the disk is full (a limit on file sizes stands for it), the old site stays whole and the next build ends well."""
    here = site({"content/posts/a.md": POST})
    here.build()
    before = here.files()
    here.write("content/posts/a.md", POST + "word " * 60_000)
    limit = "import resource, signal; signal.signal(signal.SIGXFSZ, signal.SIG_IGN); resource.setrlimit(resource.RLIMIT_FSIZE, (100_000, 100_000));"
    ran = here.process("build", "--at", "2026-12-01", before=limit)
    _, stderr = ran.communicate(timeout=60)
    assert ran.returncode == 1
    assert "error[write-failed]" in stderr
    assert "Traceback" not in stderr
    assert here.files() == before
    here.build()
    clean = site({"content/posts/a.md": POST + "word " * 60_000})
    clean.build()
    assert here.files() == clean.files()


def test_an_error_is_a_wol_error(site: Callable[..., Site]) -> None:
    """Whoever builds from Python gets all diagnostics in one exception."""
    here = site({"content/posts/a.md": "---\ntitle: [\n---\n"})
    with pytest.raises(WolError) as raised:
        here.build()
    assert only(raised.value.diagnostics, "front-matter-syntax").span is not None


@pytest.mark.parametrize("how", ["never built", "a text", "the output", "drafts", "the state"])
def test_a_release_that_is_not_as_it_was_built(site: Callable[..., Site], how: str) -> None:
    """What cannot have been published, or not like that, is not recorded."""
    here = site({"content/posts/a.md": POST})
    if how == "drafts":
        here.build(drafts=True)
        ran = here.run("record", "--output", ".wol/drafts")
    else:
        if how != "never built":
            assert here.run("build").code == 0
        if how == "a text":
            here.write("content/posts/a.md", POST.replace("Text", "Other text"))
        elif how == "the output":
            here.write("public/index.html", "mine")
        elif how == "the state":
            (here.root / ".wol/state/release/owned").unlink()
        ran = here.run("record")
    assert ran.code == 1
    assert "error[ledger-outdated]" in ran.stderr or "error[output-dangerous]" in ran.stderr
    assert not (here.root / "ledger").exists()


def test_a_front_matter_that_is_not_edited(site: Callable[..., Site]) -> None:
    """A form of front matter that a line would break gets none; the line is told."""
    here = site({"content/about.md": "---\n{title: About}\n---\nText.\n"})
    ran = here.run("gone", "/about/", "--reason", "old")
    assert ran.code == 1
    assert "error[front-matter-by-hand]" in ran.stderr
    assert "`gone: old`" in ran.stderr
    assert (here.root / "content/about.md").read_text("utf-8") == "---\n{title: About}\n---\nText.\n"


def test_a_url_that_never_was(site: Callable[..., Site]) -> None:
    """What the site does not have is neither moved nor withdrawn; what may be meant is named."""
    here = site({"content/about.md": "# About\n", "content/drafts/idea.md": "# Idea\n"})
    for command in (("gone", "/abuot/"), ("mv", "abuot.md", "x.md"), ("gone", "abuot.md")):
        ran = here.run(*command)
        assert ran.code == 1
        assert "error[url-unknown]" in ran.stderr
        assert "about" in ran.stderr
    assert "was never published" in here.run("gone", "drafts/idea.md").stderr
