"""The URLs of other generators: those that Jekyll, Hugo and Pelican made of the same posts, and those of the documentation of WordPress and Ghost."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from harness.cases import cases
from harness.site import CONFIG, Site

MADE = json.loads((Path(__file__).parents[2] / "fixtures/permalinks/permalinks.json").read_text("utf-8"))
ZONE = f'timezone = "{MADE["zone"]}"\n'
DIFFERENT = {
    ("jekyll", "Upper Case"): "/2026/12/01/upper-case.html",  # slugs are in small letters: write `url`
    ("pelican", "Über uns"): "/über-uns.html",  # slugs are not in ASCII: write `slug`
}
"""URLs that are others by intent."""
DOCUMENTED = {
    "wordpress": {
        "Other post": "/2026/11/20/other-post/",
        "With a slug": "/2026/02/04/custom-slug/",
        "Hello, World!": "/2026/01/05/hello-world/",
        "Late": "/2026/04/06/late/",
    },
    "ghost": {"Other post": "/other-post/", "With a slug": "/custom-slug/", "Hello, World!": "/hello-world/"},
}


def text(fields: dict[str, object]) -> str:
    return "---\n" + "".join(f"{name}: {json.dumps(value, ensure_ascii=False)}\n" for name, value in fields.items()) + "---\nText.\n"


def urls(here: Site) -> dict[str, str]:
    """Return the URL path of each text by its title."""
    listed = json.loads(here.run("list", "--format", "json").stdout)
    return {one["title"]: one["url"] for one in listed}


@pytest.mark.parametrize("preset", ["jekyll", "hugo", "pelican", "wordpress", "ghost"])
def test_urls_of_the_original(site: Callable[..., Site], preset: str) -> None:
    config = f'{CONFIG}{ZONE}[content.permalinks]\npost = "{preset}"\n'
    here = site({f"content/posts/{name}": text(fields) for name, fields in MADE["posts"]}, config)
    found = urls(here)
    expected = MADE.get(preset) or DOCUMENTED[preset]
    with cases() as case:
        for title, url in expected.items():
            with case(title):
                assert found[title] == DIFFERENT.get((preset, title), url)


TOKENS = {
    "/:title/": "/an-event/",
    "/:section/:slug/": "/posts/meetup/",
    "/x/:filename/": "/x/2026-07-08-meetup/",
    "/:section/:year/:filename.html": "/posts/2026/2026-07-08-meetup.html",
    "/e/:path/": "/e/events/meetup/",
    "hugo": "/posts/events/2026-07-08-meetup/",
    "ghost": "/an-event/",
}


def test_patterns_of_a_folder(site: Callable[..., Site]) -> None:
    """They hold for the folder and below; the nearest folder counts, and all other texts keep the pattern of their kind."""
    with cases() as case:
        for number, (pattern, url) in enumerate(TOKENS.items()):
            with case(pattern):
                files = {
                    "content/posts/events/2026-07-08-meetup.md": "# An event\n",
                    "content/posts/events/deep/2026-07-09-talk.md": "# A talk\n",
                    "content/posts/2026-07-10-other.md": "# Other\n",
                }
                patterns = f'[content.permalinks]\n"posts/events" = "{pattern}"\n"posts/events/deep" = "/deep/:slug/"\n'
                found = urls(site(files, CONFIG + patterns) if not number else Site(site({}).root / str(number), files, CONFIG + patterns))
                assert found == {"An event": url, "A talk": "/deep/talk/", "Other": "/2026/07/other/"}


def test_dots_in_a_url(site: Callable[..., Site]) -> None:
    files = {
        f"content/{n}.md": f"---\ntitle: T{n}\nurl: {url}\n---\n"
        for n, url in enumerate(("/v1.2", "/a.b/c.d", "/old.php", "/x.html", "/release-1.0/"))
    }
    assert urls(site(files)) == {"T0": "/v1.2/", "T1": "/a.b/c.d/", "T2": "/old.php/", "T3": "/x.html", "T4": "/release-1.0/"}


@pytest.mark.parametrize(
    ("name", "value", "message"),
    [
        ("pots", "/:slug/", "pots"),
        ("post", "/:nowhere/", "permalink-token"),
        ("posts/events", "/:nowhere/", "permalink-token"),
        ("posts/events", "/:slug", "permalink-token"),
        ("post", "jekyl", "jekyl"),
        ("archive", "jekyll", "archive"),
    ],
)
def test_what_cannot_be(site: Callable[..., Site], name: str, value: str, message: str) -> None:
    ran = site({"content/a.md": "A.\n"}, f'{CONFIG}[content.permalinks]\n"{name}" = "{value}"\n').run("build")
    assert ran.code == 1
    assert message in ran.stderr
