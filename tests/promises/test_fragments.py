"""A page of which only fragments are others gets them without being rendered, and is what a build from nothing makes."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from harness.site import CONFIG, Site, differences
from wol.model.target import BuildReport
from wol.render.recorded_views import SiteViews

SETTINGS = CONFIG + '[theme]\nuse = ["mine"]\n[features]\nfeeds = false\narchives = false\n'
BASE = (
    '<!doctype html><title>{{ heading }}</title>\n<main>{% block main %}{% endblock %}</main><aside>{{ fragment("newest.html") }}</aside>\n'
)
TEMPLATES = {
    "base.html": BASE,
    "post.html": '{% extends "base.html" %}{% block main %}{{ page.content }}{% endblock %}',
    "page.html": '{% extends "base.html" %}{% block main %}{{ fragment("newest.html")|length }}{% endblock %}',
    "home.html": '{% extends "base.html" %}{% block main %}Home{% endblock %}',
    "newest.html": "{% for p in site.posts[:2] %}<b>{{ p.title }}</b>{% endfor %}",
}


def post(day: int, title: str) -> str:
    return f"---\ntitle: {title}\ndate: 2026-01-{day:02}\n---\nText {day}, ä.\n"


@pytest.fixture
def here(site: Callable[..., Site]) -> Site:
    """A site of some posts and a page, each with the newest titles beside it, built."""
    files = {f"content/posts/p{n}.md": post(n, f"Number {n}") for n in range(1, 9)} | {"content/about.md": "# About\n"}
    made = site(files | {f"themes/mine/templates/{name}": text for name, text in TEMPLATES.items()}, SETTINGS)
    made.build()
    return made


@pytest.fixture
def rendered(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The paths of the pages that were rendered."""
    found: list[str] = []
    render = SiteViews.render

    def spied(self: SiteViews, *given: object) -> bytes:
        found.append(self.target.path)
        return render(self, *given)  # type: ignore[arg-type]  # as they came

    monkeypatch.setattr(SiteViews, "render", spied)
    return found


def is_right(here: Site, tmp_path: Path) -> bool:
    """Whether the output is that of a build from nothing."""
    fresh = here.copy(tmp_path / "fresh", without=(".wol", "public"))
    fresh.build()
    different = differences(here.files(), fresh.files())
    assert not different, different
    return True


def reasons(report: BuildReport) -> dict[str, str]:
    return {outcome.path: str(outcome.reason) for outcome in report.outcomes}


POSTS = {f"2026/01/p{n}/index.html" for n in range(1, 9)}


def test_another_title_in_the_sidebar(here: Site, rendered: list[str], tmp_path: Path) -> None:
    """Only what shows the title otherwise is rendered; what has the sidebar gets it, again and again, however long it is."""
    for title in ("Other", "Another, longer one, with ä", "x", "Ü"):
        here.write("content/posts/p8.md", post(8, title))
        rendered.clear()
        told = reasons(here.build())
        assert set(told) >= {*POSTS, "about/index.html", "index.html"}
        assert told["2026/01/p3/index.html"] == "shows what has changed: newest.html"
        assert set(rendered) == {"2026/01/p8/index.html", "about/index.html"}
        assert f"<b>{title}</b>" in here.read("2026/01/p3/index.html")
        assert is_right(here, tmp_path)
        assert here.build().outcomes == ()
    assert here.build(verify=True).written == 0


def test_several_processes(here: Site, tmp_path: Path) -> None:
    """Workers do the same."""
    here.write("content/posts/p8.md", post(8, "Other"))
    here.build(jobs=2)
    assert is_right(here, tmp_path)


def test_more_than_the_sidebar(here: Site, rendered: list[str], tmp_path: Path) -> None:
    """A page of which anything else is another is rendered: its text, its template, the settings."""
    here.write("content/posts/p8.md", post(8, "Other"))
    here.write("content/posts/p2.md", post(2, "Number 2") + "More.\n")
    here.build()
    assert "2026/01/p2/index.html" in rendered
    assert "2026/01/p3/index.html" not in rendered
    here.write("content/posts/p8.md", post(8, "More"))
    here.write("themes/mine/templates/base.html", BASE.replace("<main>", "<main class=x>"))
    rendered.clear()
    here.build()
    assert set(rendered) >= POSTS
    assert is_right(here, tmp_path)


def test_what_another_hand_has_done(here: Site, rendered: list[str], tmp_path: Path) -> None:
    """A file that was changed is rendered, also where its size and time are as they were."""
    place = here.output / "2026/01/p3/index.html"
    before = place.stat()
    place.write_bytes(place.read_bytes().replace(b"Text", b"Lies"))
    os.utime(place, ns=(before.st_atime_ns, before.st_mtime_ns))
    (here.output / "2026/01/p4/index.html").unlink()
    here.write("content/posts/p8.md", post(8, "Other"))
    here.build()
    assert {"2026/01/p3/index.html", "2026/01/p4/index.html"} <= set(rendered)
    assert "2026/01/p5/index.html" not in rendered
    assert is_right(here, tmp_path)


def test_a_sidebar_that_is_gone(here: Site, tmp_path: Path) -> None:
    """It is an error as ever, and the pages are right when it is back."""
    here.remove("themes/mine/templates/newest.html")
    assert here.codes() == {"template-missing"}
    here.write("themes/mine/templates/newest.html", "Back.")
    here.build()
    assert is_right(here, tmp_path)


PLUGIN = '''
from wol.api import Feature, Made, Step, Target, hook


def plan(site):
    return Made(targets=(Target(path="odd.html", kind="odd"),))


def odd(views, target):
    """Make a page of which the text depends on the length of what was rendered."""
    page = views.render(["home.html"], {"url": "/odd.html"})
    return page if len(page) % 2 else b"even"


@hook
def wol_features():
    return [Feature(name="odd", steps=(Step(name="page", make=plan, plans=True),), kinds={"odd": odd})]
'''


def test_a_plugin_that_looks_at_the_page(here: Site, tmp_path: Path) -> None:
    """Its pages are always rendered."""
    here.write("odd.py", PLUGIN)
    here.write("site.toml", SETTINGS + '[build]\nplugins = ["odd"]\n')
    for title in ("a", "bb", "ccc", "dddd"):
        here.write("content/posts/p8.md", post(8, title))
        here.build()
        assert is_right(here, tmp_path)
