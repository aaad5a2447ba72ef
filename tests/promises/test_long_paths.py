"""A path that is too long for the file system is refused before anything is written, at the line that it comes from; what fits is built."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from harness.site import CONFIG, Site
from wol import fsio
from wol.engine.output import path_lengths

PAGE = "---\ntitle: A\n{}\n---\nText.\n"
POST = "---\ntitle: P\ndate: 2026-11-01\ntags: [{}]\n---\nText.\n"
DEEP = "/".join(["abcdefghi"] * 500)
WIDE = "/".join(["b" * 200] * 21)
STEPS = "/".join(["s"] * 30)


def deep(bytes_: int) -> str:
    """Give a path of so many bytes, of segments that are short enough."""
    whole, rest = divmod(bytes_, 100)
    return ("x" * 99 + "/") * (whole - 1) + "y" * (100 + rest)


# What makes the path too long: files, settings, the place that is named, and a part of the hint.
LONG: dict[str, tuple[dict[str, str | bytes], str, str, str]] = {
    "a url": ({"content/a.md": PAGE.format(f"url: /{DEEP}/")}, "", "content/a.md:3", "`url:`"),
    "a url that ends in .html": ({"content/a.md": PAGE.format(f"url: /{WIDE}/a.html")}, "", "content/a.md:3", "`url:`"),
    "an alias": ({"content/a.md": PAGE.format(f"url: /a/\naliases: [/{DEEP}/]")}, "", "content/a.md:4", "alias"),
    "an alias of a file": ({"content/a.md": PAGE.format(f"aliases:\n  - /{WIDE}/a.php")}, "", "content/a.md:4", "alias"),
    "a redirect": ({"content/a.md": "# A\n"}, f'[redirects]\n"/short/" = "/a/"\n"/{DEEP}/" = "/a/"\n', "site.toml:6", "remove the line"),
    "a pattern of long parts": (
        {"content/posts/a.md": POST.format("x")},
        f'[content.permalinks]\npost = "/{WIDE}/:slug/"\n',
        "content/posts/a.md",
        "`url:",
    ),
    "a pattern that repeats the slug": (
        {"content/posts/a.md": POST.format("x").replace("title: P", f"title: P\nslug: {'z' * 150}")},
        '[content.permalinks]\npost = "/:slug-:slug/"\n',
        "content/posts/a.md:3",
        "`slug:`",
    ),
    "a prefix of static files": (
        {"content/a.md": "# A\n", "static/x.txt": b"x"},
        f'[content.static]\n"/{WIDE}" = "static"\n',
        "static/x.txt",
        "shorter names",
    ),
    "files of a bundle below a long url": (
        {"content/b/index.md": PAGE.format(f"url: /{deep(3800)}/"), "content/b/x/" + "n" * 240 + ".bin": b"x"},
        "",
        "content/b/x/" + "n" * 240 + ".bin",
        "shorter names",
    ),
    "a path of a taxonomy": ({"content/posts/a.md": POST.format("x")}, f'[taxonomies.tags]\npath = "{WIDE}"\n', "site.toml:5", "`path`"),
    "the slug of a term": (
        {"content/posts/a.md": POST.format("x")},
        f'[taxonomies.tags]\npath = "{"/".join(["t" * 99] * 38)}"\nslugs = {{x = "{"u" * 200}"}}\n',
        "site.toml",
        "slugs",
    ),
    "more folders than Python can walk": ({"content/a.md": PAGE.format(f"url: /{'a/' * 1500}")}, "", "content/a.md:3", "`url:`"),
    "an alias of more folders": ({"content/a.md": PAGE.format(f"url: /a/\naliases: [/{'a/' * 1500}]")}, "", "content/a.md:4", "alias"),
    "letters of two bytes": ({"content/a.md": PAGE.format(f"url: /{'/'.join(['é' * 100] * 22)}/")}, "", "content/a.md:3", "`url:`"),
    "letters of four bytes": ({"content/a.md": PAGE.format(f"url: /{'/'.join(['𝒳' * 60] * 18)}/")}, "", "content/a.md:3", "`url:`"),
}


@pytest.mark.parametrize("what", LONG)
def test_what_is_too_long_is_refused_before_anything_is_written(site: Callable[..., Site], what: str) -> None:
    """One error at its place, on a first build and on a later one; the output and its records stay as they are, and the next good build is good."""
    files, settings, place, hint = LONG[what]
    (found,) = site(files, CONFIG + settings).errors()
    assert found.code == "path-too-long", found
    assert str(found.span).startswith(place), found
    assert hint in found.hint
    here = site({"content/z.md": "# Z\n"})
    here.build()
    before = here.files()
    for path, text in files.items():
        here.write(path, text)
    here.write("site.toml", CONFIG + settings)
    assert here.codes() == {"path-too-long"}
    assert here.codes(clean=True) == {"path-too-long"}
    assert here.files() == before
    for path in files:
        here.remove(path)
    here.write("site.toml", CONFIG)
    here.build()
    assert here.files() == before


def test_segments_beyond_the_limit_of_every_system(site: Callable[..., Site]) -> None:
    """A part of over 255 bytes is an error of the line that has it, in every place where an address is typed."""
    part = "p" * 256
    assert site({"content/a.md": PAGE.format(f"url: /{part}/")}).codes() == {"url-invalid"}
    assert site({"content/a.md": PAGE.format(f"aliases: [/{part}/]")}).codes() == {"url-invalid"}
    for settings in (
        f'[redirects]\n"/{part}/" = "/a/"\n',
        f'[content.permalinks]\npage = "/{part}/:slug/"\n',
        f'[content.static]\n"/{part}" = "static"\n',
        f'[taxonomies.tags]\npath = "{part}"\n',
    ):
        assert site({"content/a.md": "# A\n"}, CONFIG + settings).codes() == {"url-invalid"}, settings


def test_what_just_fits_is_built_and_removed_again(site: Callable[..., Site]) -> None:
    """Up to the last byte that the folder where a build waits allows, a page is built, rebuilt and taken away; one byte more is refused."""
    here = site({"content/z.md": "# Z\n"})
    here.build()
    room = 4095 - len(os.fsencode(here.root / ".wol/state/release/stage")) - len("//index.html")
    for size, codes in ((room, set()), (room + 1, {"path-too-long"}), (room, set())):
        here.write("content/a.md", PAGE.format(f"url: /{deep(size)}/"))
        assert here.codes() == codes, size
        assert here.codes(clean=True) == codes, size
    here.remove("content/a.md")
    here.build()
    assert {p for p in here.files() if "x" * 99 in p} == set()


def test_a_file_system_of_shorter_names(site: Callable[..., Site], monkeypatch: pytest.MonkeyPatch) -> None:
    """The limits are those of the file system of the output (as of eCryptfs, 143 bytes), and safe ones where it does not say."""
    real = os.pathconf
    monkeypatch.setattr(os, "pathconf", lambda path, name: 143 if name == "PC_NAME_MAX" else real(path, name))
    here = site({"content/a.md": PAGE.format(f"slug: {'s' * 143}")})
    here.build()
    here.write("content/a.md", PAGE.format(f"slug: {'s' * 144}"))
    (found,) = here.errors()
    assert found.code == "path-too-long"
    assert "144 bytes" in found.message
    assert "allows 143" in found.message

    def unknown(path: object, name: object) -> int:
        raise OSError

    for answer in (unknown, lambda path, name: -1):
        monkeypatch.setattr(os, "pathconf", answer)
        here.build()
        here.write("content/b.md", PAGE.format(f"url: /{WIDE}/"))
        assert here.codes() == {"path-too-long"}
        here.remove("content/b.md")


def test_the_folder_of_a_deploy_counts(site: Callable[..., Site], tmp_path: Path) -> None:
    """What fits into the output, but not into a release of `[deploy]`, is refused too; a site in a deep folder is told so."""
    target = tmp_path / deep(300)
    here = site({"content/a.md": PAGE.format(f"url: /{deep(3700)}/")}, f'{CONFIG}[deploy.live]\ntype = "folder"\npath = "{target}"\n')
    (found,) = here.errors()
    assert "`[deploy.live]`" in found.message
    low = Site(tmp_path / deep(3500) / "site", {"content/a.md": PAGE.format("url: /" + "abcdef/" * 86)})
    assert low.codes() == {"path-too-long"}
    short = Site(tmp_path / deep(3700) / "site", {"content/a.md": "# A\n"})
    assert short.codes() == set()


def test_names_of_unfinished_files_are_no_longer_than_allowed(tmp_path: Path) -> None:
    """A source with a name of 255 bytes is written anew, replaced and linked: the name that it has meanwhile is not longer."""
    for name in ("n" * 252 + ".md", "é" * 126 + ".md", "a.md"):
        file = tmp_path / name
        file.write_bytes(b"old")
        fsio.rewrite(file, b"new")
        assert file.read_bytes() == b"new"
        fsio.replace(file, b"newer")
        assert file.read_bytes() == b"newer"
        fsio.point(tmp_path / ("l" * 255), "a.md")
    assert not [p for p in tmp_path.iterdir() if p.name.endswith(fsio.UNFINISHED)]


def test_limits_that_a_system_names() -> None:
    """The limit of a path counts the zero byte at its end."""
    room = path_lengths._room(Path("/"), "x")
    assert room.name == 255
    assert room.path == 4095
