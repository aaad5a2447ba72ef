"""How much a build does: an edit wakes what shows it and nothing else."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from harness.site import CONFIG, Site

POST = "---\ntitle: {title}\ndate: 2026-{month:02}-{day:02}\ntags: [{tag}]\n{more}---\n{text}\n"
FEEDS = ("feed.xml", "atom.xml", "feed.json")


def post(number: int, **changed: str) -> str:
    """Give one of forty posts, oldest first; every second has the tag `even`."""
    values: dict[str, object] = {
        "title": f"Number {number}",
        "month": 5 + number // 10,
        "day": number % 10 + 1,
        "tag": "even" if number % 2 == 0 else "odd",
        "more": "",
        "text": f"Text {number}.\n\nMore of it.",
    }
    return POST.format(**{**values, **changed})


@pytest.fixture
def built(site: Callable[..., Site]) -> Site:
    """A site of forty posts, some notes and a page, built."""
    files: dict[str, str] = {f"content/posts/p{n}.md": post(n) for n in range(40)}
    files |= {
        "content/about.md": "# About\n\nText.\n",
        "content/notes/one.md": "# One\n\nText.\n",
        "content/notes/two.md": "See [one](one.md).\n",
    }
    here = site(files, CONFIG + "[feeds]\nitems = 10\n")
    here.build()
    return here


def rendered(here: Site) -> set[str]:
    """Build, and give the paths that were rendered."""
    return {o.path for o in here.build().outcomes}


def test_nothing(built: Site) -> None:
    """Without a change nothing is rendered; files that are only touched do not count."""
    assert rendered(built) == set()
    for n in range(40):
        (built.root / f"content/posts/p{n}.md").touch()
    report = built.build()
    assert (report.rendered, report.written) == (0, 0)


def test_body_of_an_old_post(built: Site) -> None:
    """A body that is in no feed and no excerpt wakes its own page alone."""
    built.write("content/posts/p3.md", post(3, text="Text 3.\n\nLess of it."))
    assert rendered(built) <= {"2026/05/p3/index.html", *(f"tags/odd/{f}" for f in FEEDS)}
    assert "Less of it" in built.read("2026/05/p3/index.html")


def test_body_of_a_new_post(built: Site) -> None:
    """A body that is in feeds wakes them too, and nothing else."""
    built.write("content/posts/p39.md", post(39, text="Text 39.\n\nLess of it."))
    assert rendered(built) == {"2026/08/p39/index.html", *FEEDS, *(f"tags/odd/{f}" for f in FEEDS)}


def test_body_of_a_page(built: Site) -> None:
    """The body of a page wakes that page."""
    built.write("content/about.md", "# About\n\nOther.\n")
    assert rendered(built) <= {"about/index.html"} | {"index.html", "sitemap.xml"}
    built.write("content/about.md", "# About\n\nOther.\n\nAnd more.\n")
    assert rendered(built) == {"about/index.html"}


def test_title_of_an_old_post(built: Site) -> None:
    """A title wakes what shows it: its page, its neighbours, its lists; a small part of the site."""
    built.write("content/posts/p3.md", post(3, title="Another"))
    woken = rendered(built)
    assert {"2026/05/p3/index.html", "2026/05/p2/index.html", "2026/05/p4/index.html", "archive/index.html", "2026/05/index.html"} <= woken
    assert len(woken) < 20
    assert "2026/08/p39/index.html" not in woken


def test_a_new_post(built: Site) -> None:
    """A new post leaves the pages of older ones and of the numbered lists alone, but for its one neighbour."""
    built.write("content/posts/p40.md", post(40))
    woken = {p for p in rendered(built) if p.startswith("2026/") and p.count("/") == 3}
    assert woken == {"2026/09/p40/index.html", "2026/08/p39/index.html"}
    built.write("content/posts/p41.md", post(41))
    assert not [p for p in rendered(built) if p.startswith("page/")]


def test_a_new_static_file(built: Site) -> None:
    """A static file that nothing refers to is copied, and no page is rendered."""
    built.write("static/x.txt", "x")
    assert rendered(built) == {"x.txt"}


def test_what_comes_wakes_what_missed_it(built: Site) -> None:
    """A page that linked to what was absent is rendered when it comes, and when it goes."""
    built.write("content/notes/two.md", "See [one](one.md) and [three](three.md).\n")
    built.build()
    built.write("content/notes/three.md", "# Three\n\nText.\n")
    assert "notes/two/index.html" in rendered(built)
    assert 'href="/notes/three/"' in built.read("notes/two/index.html")
    built.remove("content/notes/three.md")
    assert "notes/two/index.html" in rendered(built)
    assert "three/" not in built.read("notes/two/index.html")


def test_one_template(built: Site) -> None:
    """A template of notes wakes notes."""
    built.write("site.toml", CONFIG + "[feeds]\nitems = 10\n[theme]\nuse = ['mine']\n")
    built.write("themes/mine/templates/note.html", '{% extends "!default/note.html" %}')
    built.build()
    built.write("themes/mine/templates/note.html", '{% extends "!default/note.html" %}{% block title %}Note{% endblock %}')
    assert rendered(built) == {"notes/one/index.html", "notes/two/index.html"}


def test_one_setting(built: Site) -> None:
    """A setting wakes what uses it: the number of items in feeds wakes feeds."""
    built.write("site.toml", CONFIG + "[feeds]\nitems = 5\n")
    woken = rendered(built)
    assert woken
    assert all(p.endswith(FEEDS) for p in woken), woken


def test_equal_bytes_are_left_alone(built: Site) -> None:
    """What is rendered anew to the same bytes is not written: its time stays."""
    times = {p: (built.output / p).stat().st_mtime_ns for p in built.files()}
    built.write("site.toml", CONFIG + "[feeds]\nitems = 10\n[content]\npage_size = 10\n[extra]\nx = 1\n")
    report = built.build()
    assert report.written == 0
    assert {p: (built.output / p).stat().st_mtime_ns for p in built.files()} == times


def test_a_build_with_nothing_to_do_loads_little(built: Site) -> None:
    """A second build of a site does not load the packages that read and render."""
    heavy = ["pydantic", "jinja2", "markdown_it", "pygments", "feedgen", "lxml", "rich", "selectolax", "nh3", "watchdog", "yaml"]
    built.build()
    ask = f"import atexit, sys; atexit.register(lambda: print(*sorted(m for m in {heavy} if m in sys.modules), file=sys.stderr));"
    ran = built.process("build", "--at", "2026-12-01", before=ask)
    _, stderr = ran.communicate(timeout=60)
    assert ran.returncode == 0
    assert stderr.split() == []
