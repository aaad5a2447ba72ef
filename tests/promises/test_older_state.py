"""A site that an earlier wol has built, with a theme that overrides parts of the earlier default theme, goes on without a word.

`api-1.tar.xz` is a site that the last wol with API 1 of plugins built for 1 December 2026, with and without drafts: its texts, `public/`, `.wol/`, and as
`themes/old` the whole default theme of then.
"""

from __future__ import annotations

import tarfile
from pathlib import Path

import pytest

from harness.site import CONFIG, Site, differences, tree

SITE = Path(__file__).parents[1] / "fixtures/older/api-1.tar.xz"
THEME = '[theme]\nuse = ["{}"]\n'


@pytest.fixture
def here(tmp_path: Path) -> Site:
    """The site as that wol left it."""
    with tarfile.open(SITE) as archive:
        archive.extractall(tmp_path / "site", filter="data")
    return Site.at(tmp_path / "site")


@pytest.mark.parametrize(("options", "output"), [({}, "public"), ({"drafts": True}, ".wol/drafts")], ids=["release", "drafts"])
def test_what_an_older_wol_left_is_built_again(here: Site, options: dict[str, bool], output: str) -> None:
    """Its caches are not used, its output is known as wol's own: all is rendered once, nothing else is lost, and then there is nothing to do."""
    older = here.files(output)
    report = here.build(**options)
    assert report.diagnostics == ()
    assert report.rendered == report.targets
    clean = here.copy(here.root.parent / "clean", without=(".wol", "public"))
    clean.build(**options)
    assert differences(here.files(output), clean.files(output)) == ""
    assert {path for path in older if not path.startswith("assets/")} <= here.files(output).keys()
    assert here.build(**options).rendered == 0


def test_pages_that_are_gone_meanwhile(here: Site) -> None:
    """What the older wol wrote and this one does not plan is removed, as its own."""
    here.remove("content/posts/salad.md")
    here.build()
    assert "2026/11/salad/index.html" not in here.files()


@pytest.mark.parametrize("damage", ["state/release/state", "store/index", "state/release/owned"])
def test_a_damaged_file_of_then(here: Site, damage: str) -> None:
    """Where one of its files is torn, the others are used or dropped as after any build: what is ours is not guessed, and the way out works."""
    (here.root / ".wol" / damage).write_bytes((here.root / ".wol" / damage).read_bytes()[:9])
    if damage.endswith("owned"):
        ran = here.run("build", "--at", "2026-12-01", "--adopt")
        assert ran.code == 0, ran.stderr
    assert here.build().diagnostics == ()


@pytest.mark.parametrize("command", [["check"], ["clean"], ["list"], ["record"]])
def test_commands_after_an_update(here: Site, command: list[str]) -> None:
    """Each command works on what the older wol left, or says to build first; none is a defect."""
    ran = here.run(*command)
    assert ran.code in (0, 1), ran.stderr
    assert ran.code == 0 or "wol build" in ran.stderr


@pytest.mark.parametrize(
    "parts",
    [
        ("templates",),
        ("assets",),
        ("templates", "assets"),
        ("templates/post.html", "templates/parts/meta.html"),
        ("templates/base.html",),
        ("templates/parts/head.html", "templates/parts/card.html"),
        ("templates/home.html", "templates/archive.html", "templates/term.html", "templates/notes.html"),
    ],
    ids=" ".join,
)
def test_a_theme_of_then(here: Site, parts: tuple[str, ...]) -> None:
    """All of the older default theme, or some of its files, in a theme of one's own: the site builds without a word."""
    folder = here.root / "themes/old"
    for path, data in tree(folder).items():
        if any(path == part or path.startswith(f"{part}/") for part in parts):
            here.write(f"themes/mine/{path}", data)
    here.write("site.toml", CONFIG + THEME.format("mine"))
    assert here.build(strict=True).diagnostics == ()
    assert "<h1" in here.read("2026/11/soup/index.html")
