"""The preview is a build like any other, in a place of its own: nothing of it reaches the release."""

from __future__ import annotations

from collections.abc import Callable

from harness.site import CONFIG, Site, differences
from wol.engine.timings import Timings

HERE = ".wol/preview"
SERVED = "http://127.0.0.1:8000/blog"

FILES: dict[str, str | bytes] = {
    "content/_index.md": "Welcome. [About](/about.md)\n",
    "content/about.md": "# About\n\n![a](/logo.png)\n",
    "static/logo.png": b"a logo",
    **{f"content/posts/p{n}.md": f"---\ntitle: Post {n}\ndate: 2026-10-{n + 1:02}\ntags: [a]\n---\nText {n}.\n" for n in range(8)},
    "content/posts/draft.md": "---\ntitle: Not yet\ndate: 2026-10-20\ndraft: true\n---\nText.\n",
    "content/posts/later.md": "---\ntitle: Later\ndate: 2027-10-20\n---\nText.\n",
}


def test_a_preview_is_not_the_release(site: Callable[..., Site]) -> None:
    """Before or after it, from nothing or edited, the release is the same bytes, and no address of the preview is in it."""
    plain, here = site(FILES), site(FILES)
    plain.build()
    here.build(preview=True, drafts=True, future=True, base_url=SERVED)
    assert not here.output.exists()
    here.build()
    assert not (told := differences(plain.files(), here.files())), told
    for one in (plain, here):
        one.write("content/posts/p3.md", "---\ntitle: Another\ndate: 2026-10-04\n---\nAnother text.\n")
    here.build(preview=True, drafts=True, future=True, base_url=SERVED)
    here.build()
    plain.build()
    assert not (told := differences(plain.files(), here.files())), told
    assert not [path for path, data in here.files().items() if b"127.0.0.1" in data]


def test_a_preview_at_an_address_of_its_own(site: Callable[..., Site]) -> None:
    """Links lead to where it is served, and only to there; ids in feeds are those of the release."""
    here = site(FILES, CONFIG.replace("example.org", "example.org/blog"))
    here.build(preview=True, base_url=SERVED)
    files = here.files(HERE)
    assert b'href="/blog/about/"' in files["index.html"]
    assert b'src="/blog/logo.png"' in files["about/index.html"]
    assert f'<link rel="canonical" href="{SERVED}/about/">'.encode() in files["about/index.html"]
    assert not [p for p, data in files.items() if b"example.org" in data and not p.endswith((".xml", ".json"))]
    assert f"<link>{SERVED}/2026/10/p7/</link>".encode() in files["feed.xml"]
    here.build(preview=True, base_url="http://127.0.0.1:8001")
    assert b'href="/about/"' in here.files(HERE)["index.html"]


def test_drafts_are_shown_as_they_are_asked_for(site: Callable[..., Site]) -> None:
    """A preview without drafts has none, and each kind of preview follows the other in the same folder as from nothing."""
    here, plain = site(FILES), site(FILES)
    draft, later = "2026/10/draft/index.html", "2027/10/later/index.html"
    for shown in ({"drafts": True}, {"future": True}, {}, {"drafts": True, "future": True}):
        here.build(preview=True, **shown)
        files = here.files(HERE)
        assert (draft in files, later in files) == (shown.get("drafts", False), shown.get("future", False))
        plain.build(preview=True, clean=True, **shown)
        assert not (told := differences(plain.files(HERE), files)), told


def test_what_the_release_has_read_need_not_be_read_again(site: Callable[..., Site]) -> None:
    """The page store is shared, in both ways."""
    here = site(FILES)
    here.build()
    timings = Timings()
    here.build(preview=True, drafts=True, future=True, timings=timings)
    assert timings.pages
    assert not timings.sources
    here.write("content/about.md", "# About\n\nMore.\n")
    here.build(preview=True, timings=timings)
    assert timings.sources.keys() == {"about.md"}
    timings = Timings()
    here.build(timings=timings)
    assert timings.pages
    assert not timings.sources


def test_clean_takes_the_preview_away(site: Callable[..., Site]) -> None:
    """`wol clean` removes it with all that wol wrote."""
    here = site(FILES)
    sources = here.files(".")
    here.build()
    here.build(preview=True)
    assert here.run("clean").code == 0
    assert here.files(".") == sources
