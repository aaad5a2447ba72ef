"""What a scan refuses is an error in every build and command, also where nothing else has changed since a good build."""

from __future__ import annotations

import os
import shutil
import socket
from collections.abc import Callable
from pathlib import Path

import pytest

from harness import permissions
from harness.site import Site
from wol.check.built_site import built_site
from wol.content import scan
from wol.deploy.release_build import release_build
from wol.engine.request import BuildRequest
from wol.engine.session import Session
from wol.errors import WolError
from wol.features import registry
from wol.ledger.record import publication

POST = "---\ntitle: {}\ndate: 2026-11-20\n---\nWords.\n"
FILES = {
    "content/posts/a.md": POST.format("A"),
    "content/posts/b/index.md": POST.format("B"),
    "content/posts/b/photo.jpg": "a photo",
    "content/notes/n.md": "A note.\n",
    "static/x.txt": "x",
    "static/deep/y.txt": "y",
    "themes/mine/assets/z.css": "p {}",
    "ledger/published.tsv": "2026-11-20T00:00:00Z\tlive\t/2026/11/a/\t-\titem\n",
}
CONFIG = '[site]\ntitle = "A Site"\nbase_url = "https://blog.test"\n[theme]\nuse = ["mine"]\n'
Change = Callable[[Path], object]


def new(path: str, make: Callable[[Path], object]) -> Change:
    return lambda root: make(root / path)


def link(path: str, to: str) -> Change:
    return lambda root: (root / path).symlink_to(to)


def instead(path: str, make: Callable[[Path], object]) -> Change:
    """Put something else in the place of a file."""

    def change(root: Path) -> None:
        (root / path).unlink()
        make(root / path)

    return change


def _socket(place: Path) -> None:
    here = os.getcwd()
    os.chdir(place.parent)  # its address has to be short
    try:
        with socket.socket(socket.AF_UNIX) as made:
            made.bind(place.name)
    finally:
        os.chdir(here)


def _moved(path: str) -> Change:
    """Put a broken link in the place of a folder, as when a drive is not mounted."""

    def change(root: Path) -> None:
        shutil.move(root / path, root / "elsewhere")
        (root / path).symlink_to("/media/drive/not-mounted")

    return change


REFUSED: dict[str, tuple[str, Change]] = {
    "a link out of the content": ("source-outside", link("content/posts/h.md", "/etc/hosts")),
    "a link to a folder out of the content": ("source-outside", link("content/posts/etc", "/etc")),
    "a link out of static": ("source-outside", link("static/hosts", "../site.toml")),
    "a link out of a theme": ("source-outside", link("themes/mine/assets/hosts.css", "/etc/hosts")),
    "a link to nothing": ("source-unreadable", link("content/posts/h.md", "nowhere.md")),
    "a link to itself": ("source-unreadable", link("content/posts/h.md", "h.md")),
    "a link to nothing in static": ("source-unreadable", link("static/h.txt", "nowhere.txt")),
    "a link to nothing in a theme": ("source-unreadable", link("themes/mine/assets/h.css", "nowhere.css")),
    "a link below a file": ("source-unreadable", link("content/posts/h.md", "a.md/below")),
    "a post that became a broken link": ("source-unreadable", instead("content/posts/a.md", lambda p: p.symlink_to("nowhere.md"))),
    "a folder that became a broken link": ("source-unreadable", _moved("content/posts")),
    "a control character": ("url-invalid", new("content/posts/a\nb.md", lambda p: p.write_text("x"))),
    "an escape in a static name": ("url-invalid", new("static/a\x1bb.txt", lambda p: p.write_text("x"))),
    "a name that is not UTF-8": ("url-invalid", new("content/posts/\udcff.md", lambda p: p.write_text("x"))),
    "an attachment that is not UTF-8": ("url-invalid", new("content/posts/b/\udcfe.jpg", lambda p: p.write_text("x"))),
    "a named pipe": ("source-unreadable", new("content/posts/p.md", os.mkfifo)),
    "a post that became a named pipe": ("source-unreadable", instead("content/posts/a.md", os.mkfifo)),
    "a named pipe in static": ("source-unreadable", new("static/p", os.mkfifo)),
    "a socket": ("source-unreadable", new("content/s", _socket)),
    "a ledger that became a folder": ("source-unreadable", instead("ledger/published.tsv", Path.mkdir)),
    "a ledger that became a pipe": ("source-unreadable", instead("ledger/published.tsv", os.mkfifo)),
    "a ledger that became a broken link": ("source-unreadable", instead("ledger/published.tsv", lambda p: p.symlink_to("nowhere"))),
    "a static folder that became a broken link": ("source-unreadable", _moved("static")),
    "a content folder that became a broken link": ("source-unreadable", _moved("content")),
    "a theme of its own that became a broken link": ("source-unreadable", link("themes/default", "nowhere")),
    "a source that is too large": ("source-too-large", new("content/posts/l.md", lambda p: p.write_text("word " * 200))),
    "a file that may not be read": ("source-unreadable", new("content/posts/a.md", lambda p: p.chmod(0))),
    "a static file that may not be read": ("source-unreadable", new("static/x.txt", lambda p: p.chmod(0))),
    "a folder that may not be read": ("source-unreadable", new("content/posts", lambda p: p.chmod(0))),
    "a folder of a theme that may not be read": ("source-unreadable", new("themes/mine/assets", lambda p: p.chmod(0))),
    "a ledger that may not be read": ("source-unreadable", new("ledger/published.tsv", lambda p: p.chmod(0))),
}


@pytest.fixture(autouse=True)
def limits(monkeypatch: pytest.MonkeyPatch) -> None:
    permissions.enforce(monkeypatch)
    monkeypatch.setattr(scan, "TOO_LARGE", 900)


def codes(call: Callable[[], object]) -> list[str]:
    try:
        call()
    except WolError as error:
        return [d.code for d in error.diagnostics]
    return []


def _check(root: Path) -> None:
    with built_site(root, registry.load):
        pass


COMMANDS: dict[str, Callable[[Path], object]] = {
    "check": _check,
    "deploy": lambda root: release_build(root, registry.load),
    "record": lambda root: publication(BuildRequest(root), registry.load),
}


def _restore(root: Path, saved: Path) -> None:
    """Undo whatever was done to the inputs."""
    for folder in ("content", "static", "themes", "ledger"):
        if (root / folder).is_symlink():
            (root / folder).unlink()
        else:
            for top, folders, _ in os.walk(root / folder):
                for below in folders:
                    if not os.path.islink(os.path.join(top, below)):
                        os.chmod(os.path.join(top, below), 0o755)
            shutil.rmtree(root / folder)
        shutil.copytree(saved / folder, root / folder)
    shutil.rmtree(root / "elsewhere", ignore_errors=True)


@pytest.mark.parametrize("part", range(3))
def test_it_is_an_error_everywhere(site: Callable[..., Site], part: int) -> None:
    """For a build, one of a session, one from nothing, and every command that goes by the last build; nothing is touched, and when it is undone all is as it was."""
    here, session = site(FILES, CONFIG), Session(registry.load)
    session.build(here.request())
    before = here.files()
    saved = here.root.parent / "saved"
    shutil.copytree(here.root, saved)
    for name in list(REFUSED)[part::3]:
        expected, change = REFUSED[name]
        change(here.root)
        assert codes(lambda: session.build(here.request())) == [expected], name
        assert codes(lambda: here.build()) == [expected], name
        for command in COMMANDS.values():
            assert codes(lambda command=command: command(here.root)) == [expected], name  # type: ignore[misc]  # mypy has no inference for a default
        assert here.files() == before, name
        shutil.move(here.root / ".wol", saved / ".wol-before")
        assert codes(lambda: here.build()) == [expected], name
        shutil.rmtree(here.root / ".wol")
        shutil.move(saved / ".wol-before", here.root / ".wol")
        _restore(here.root, saved)
        assert not [o for o in here.build().outcomes if o.written], name
        assert here.files() == before, name


def test_what_was_let_through_is_let_through_again(site: Callable[..., Site]) -> None:
    """A permission that comes back, and nothing else, makes the site buildable again, with nothing to render."""
    here = site(FILES, CONFIG)
    here.build()
    for path in ("content/posts/a.md", "content/posts"):
        mode = (here.root / path).stat().st_mode
        (here.root / path).chmod(0)
        assert here.codes() == {"source-unreadable"}
        (here.root / path).chmod(mode)
        assert here.build().rendered == 0


def test_names_that_nobody_reads_are_no_errors(site: Callable[..., Site]) -> None:
    """Broken links that editors leave, hidden ones, and those that `[content] ignore` names."""
    here = site(FILES, CONFIG + '[content]\nignore = ["old/", "gone.md"]\n')
    here.build(at=None)
    for path in ("content/.#a.md", "static/.#x.txt", "themes/mine/assets/.#z.css", "content/_off", "content/old", "content/posts/gone.md"):
        (here.root / path).symlink_to("ann@host.1234")
    assert here.build(at=None).rendered == 0
    for command in COMMANDS.values():
        command(here.root)


def test_a_warning_of_the_scan_comes_and_goes(site: Callable[..., Site]) -> None:
    """A file in a markup that wol does not read is told of by each build as long as it is there."""
    here = site(FILES, CONFIG)
    here.build()
    here.write("content/posts/x.rst", "Text")
    assert {"source-unsupported"} == {d.code for d in here.build().diagnostics} == {d.code for d in here.build().diagnostics}
    here.remove("content/posts/x.rst")
    assert not here.build().diagnostics
