"""A link to a folder leads to the list of that folder, or the writer is told; whatever list comes or goes, a build equals one from nothing."""

from __future__ import annotations

import re
from collections.abc import Callable

from harness.cases import cases
from harness.site import CONFIG, Site, differences

TO = {
    "../": "/",
    "..": "/",
    "../notes/": "/notes/",
    "../notes": "/notes/",
    "../notes/?a=1#b": "/notes/?a=1#b",
    "../things/": "/things/",
    "../tags/": "/tags/",
    "../tags/red/": "/tags/red/",
    "../archive/": "/archive/",
    "../2026/": "/2026/",
    "../trip/": "/trip/",
    "/notes/": "/notes/",
    "../posts/": "",
    "./": "",
    ".": "",
    "sub/": "",
    "../nowhere/": "",
}
"""References from `posts/a.md`, and where they lead; nothing: the writer is told."""
FILES = {
    "content/posts/a.md": "---\ntitle: A\ndate: 2026-10-01\ntags: [red]\n---\n" + "\n".join(f"[{typed}]({typed})" for typed in TO),
    "content/posts/sub/b.md": "---\ntitle: B\ndate: 2026-10-02\n---\n[up](../)\n",
    "content/notes/n.md": "# N\n\n[here](.) and [up](../)\n",
    "content/things/_index.md": "# Things\n",
    "content/things/p.md": "# P\n",
    "content/trip/index.md": "# Trip\n",
}


def hrefs(site: Site, path: str) -> dict[str, str]:
    """Return what the links of a page lead to, by their words."""
    body = (site.root / "public" / path).read_text("utf-8").partition('class="e-content">')[2].partition("</article>")[0]
    return {words: to for to, words in re.findall(r'<a href="([^"]*)">([^<]*)</a>', body)}


def test_folders(site: Callable[..., Site]) -> None:
    here = site(FILES)
    found = here.build().diagnostics
    told = {one.message.split("`")[1] for one in found if one.span and one.span.path == "content/posts/a.md"}
    with cases() as case:
        for typed, to in TO.items():
            with case(typed):
                assert hrefs(here, "2026/10/a/index.html")[typed] == (to or typed)
                assert (typed in told) == (not to)
    assert hrefs(here, "notes/n/index.html") == {"here": "/notes/", "up": "/"}
    assert [one.span.path for one in found if one.span and one.message.startswith("The link to `../` leads to the folder")] == [
        "content/posts/sub/b.md"
    ]


def test_below_a_path(site: Callable[..., Site]) -> None:
    here = site(FILES, CONFIG.replace("example.org", "example.org/blog"))
    here.build()
    assert hrefs(here, "2026/10/a/index.html")["../notes/"] == "/blog/notes/"


def test_lists_that_come_and_go(site: Callable[..., Site]) -> None:
    here = site(FILES)
    here.build()
    edits = (
        ("content/notes/n.md", None),
        ("content/things/_index.md", None),
        ("content/notes/n.md", FILES["content/notes/n.md"]),
        ("site.toml", CONFIG + "[features]\nnotes = false\narchives = false\n"),
        ("content/things/_index.md", "# Things\n"),
        ("content/posts/_index.md", "# Posts\n"),
        ("site.toml", CONFIG),
    )
    for number, (path, text) in enumerate(edits):
        here.remove(path) if text is None else here.write(path, text)
        here.build()
        there = here.copy(here.root.parent / f"there{number}")
        there.build(clean=True)
        assert not (told := differences(there.files(), here.files())), (number, told)
