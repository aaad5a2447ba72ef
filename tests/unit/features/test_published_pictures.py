"""Pictures in a whole site: what is published of those in `static/`, in bundles, beside posts, and of the theme."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from harness import pictures as p
from harness.site import CONFIG, Site, tree

TELLING = {
    "jpg": p.jpeg(p.JFIF, p.TELLING, end=b"\xff\xd9" + p.FILM),
    "png": p.png(p.TOLD_BY_PNG),
    "webp": p.webp(p.extended(0x0C), p.LOSSY, p.riff(b"EXIF", p.exif()), p.riff(b"XMP ", p.XMP)),
    "gif": p.gif(p.GIF_XMP, p.extension(0xFE, p.CANARY)),
}
PLAIN = p.jpeg(p.JFIF)
FILM = (
    p.box(b"ftyp", b"isom")
    + p.box(b"moov", p.box(b"udta", p.box(b"\xa9xyz", b"\0\x12\x15\xc7+47.3769+008.5417/")))
    + p.box(b"mdat", bytes(64))
)


def everywhere(form: str) -> dict[str, str | bytes]:
    """Give a site that publishes a picture in every way there is."""
    data = TELLING[form]
    return {
        "static/a.jpg": data,
        "static/deep/no-ending": data,
        "static/favicon.png": data,
        "content/posts/2026-01-01-trip/index.md": "---\ntitle: Trip\nimage: b.JPEG\n---\n![a](c.png)\n",
        "content/posts/2026-01-01-trip/b.JPEG": data,
        "content/posts/2026-01-01-trip/c.png": data,
        "content/posts/2026-01-01-trip/unused.jfif": data,
        "content/posts/2026-01-02-other.md": "---\ntitle: Other\n---\n![a](photo.jpg)\n\n<img src='raw.webp' alt='b'>\n",
        "content/posts/photo.jpg": data,
        "content/posts/raw.webp": data,
        "themes/mine/assets/header.jpg": data,
        "themes/mine/templates/parts/x.html": "",
    }


THEMED = CONFIG + '[theme]\nuse = ["mine", "default"]\n'


@pytest.mark.parametrize("form", TELLING)
def test_nothing_leaves_the_house(form: str, site: Callable[..., Site]) -> None:
    """No published file of the four forms holds what it says of its maker, whatever it is called and wherever it lies."""
    made = site(everywhere(form), THEMED)
    report = made.build()
    assert not report.diagnostics
    found = {path: data for path, data in tree(made.output).items() if data[:3] == TELLING[form][:3]}
    assert len(found) == 9
    for data in found.values():
        assert p.CANARY not in data
        assert p.LATITUDE not in data
    before = tree(made.output)
    made.build(clean=True)
    assert tree(made.output) == before


def test_kept(site: Callable[..., Site]) -> None:
    """`keep` publishes files as they are, without a word; each change of the setting makes them again, and nothing else."""
    made = site({"static/a.jpg": TELLING["jpg"], "static/a.mp4": FILM, "content/a.md": "# A\n"})
    assert [d.code for d in made.build().diagnostics] == ["metadata-location"]
    made.write("site.toml", CONFIG + '[images]\nmetadata = "keep"\n')
    report = made.build()
    assert not report.diagnostics
    assert (made.output / "a.jpg").read_bytes() == TELLING["jpg"]
    assert {outcome.path for outcome in report.outcomes if outcome.written} == {"a.jpg"}
    made.write("site.toml", CONFIG)
    assert [d.code for d in made.build().diagnostics] == ["metadata-location"]
    assert p.CANARY not in (made.output / "a.jpg").read_bytes()


def test_what_was_there_already(site: Callable[..., Site]) -> None:
    """A picture that has nothing to leave out is the same file; one that only gains what goes is not written again."""
    made = site({"static/a.jpg": PLAIN, "content/a.md": "# A\n"})
    made.build()
    assert (made.output / "a.jpg").read_bytes() == PLAIN
    made.write("static/a.jpg", p.jpeg(p.JFIF, p.segment(0xFE, p.CANARY)))
    report = made.build()
    assert report.rendered == 1
    assert report.written == 0


def test_a_location_that_stays(site: Callable[..., Site]) -> None:
    """What wol cannot take a location out of is published as it is, and named, by every build until it is put right."""
    broken = b"\xff\xd8" + p.app1(p.exif()) + b"\xff\xd9"
    files = {"static/film.mp4": FILM, "static/broken.jpg": broken, "static/empty.jpg": b"", "static/zeros.png": bytes(999)}
    made = site({"content/a.md": "# A\n", **files})
    told = made.build().diagnostics
    assert [(d.code, d.severity, d.span.path) for d in told if d.span] == [
        ("metadata-location", "warning", "static/broken.jpg"),
        ("metadata-location", "warning", "static/film.mp4"),
    ]
    assert (made.output / "film.mp4").read_bytes() == FILM
    assert (made.output / "broken.jpg").read_bytes() == broken
    made.write("content/b.md", "# B\n")
    assert made.build().diagnostics == told
    assert made.build().diagnostics == told
    made.write("static/film.mp4", FILM.replace(b"\xa9xyz", b"free"))
    made.remove("static/broken.jpg")
    assert not made.build().diagnostics


def test_a_preview_and_a_deploy(site: Callable[..., Site]) -> None:
    """Builds with drafts, and what is deployed, are stripped too; a deploy of the same site again has nothing to send."""
    files = {
        "content/posts/2026-01-01-a/index.md": "---\ndraft: true\n---\n![a](b.jpg)\n",
        "content/posts/2026-01-01-a/b.jpg": TELLING["jpg"],
    }
    target = '[deploy.live]\ntype = "folder"\npath = "live"\n'
    made = site({**files, "static/a.jpg": TELLING["jpg"], "content/index.md": "Home."}, CONFIG + target)
    assert made.run("build", "--drafts").code == 0
    drafts = {path: data for path, data in tree(made.root / ".wol/drafts").items() if path.endswith(".jpg")}
    assert len(drafts) == 2
    assert not any(p.CANARY in data for data in drafts.values())
    assert made.run("build").code == 0
    ran = made.run("deploy", "--yes")
    assert ran.code == 0, ran.stderr
    assert (made.root / "live/current/a.jpg").read_bytes() == drafts["a.jpg"]
