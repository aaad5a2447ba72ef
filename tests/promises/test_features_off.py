"""Every feature that can be switched off leaves a whole site without its files, and no page links to what is not there."""

from __future__ import annotations

from collections.abc import Callable
from urllib.parse import unquote

import lxml.html
import pytest

from harness.site import CONFIG, Site, differences

FILES: dict[str, str | bytes] = {
    **{f"content/posts/2026-10-{n:02}-p{n}.md": f"---\ntags: [one, two]\n---\nText {n}.\n\n```python\nx = 1\n```\n" for n in range(1, 25)},
    "content/notes/n.md": "# A note\n",
    "content/about.md": "# About\n",
}

OFF = {
    "home": "index.html",
    "archives": "archive/index.html",
    "notes": "notes/index.html",
    "taxonomies": "tags/index.html",
    "feeds": "feed.xml",
    "redirects": "old/index.html",
    "sitemap": "sitemap.xml",
    "robots": "robots.txt",
    "not_found": "404.html",
}


@pytest.mark.parametrize("name", OFF)
def test_a_feature_that_is_off(site: Callable[..., Site], name: str) -> None:
    """With the feature the site has its file, without it it has not, and all links inside the site lead to what is there."""
    settings = f"{CONFIG}\n[redirects]\n'/old/' = '/about/'\n\n[features]\n"
    path = OFF[name]
    there = site(FILES, settings)
    there.build()
    assert path in there.files()
    here = site(FILES, f"{settings}{name} = false\n")
    here.build()
    files = here.files()
    assert path not in files
    missing = set()
    for page, data in files.items():
        if page.endswith(".html"):
            for element in lxml.html.document_fromstring(data.decode()).iter():
                for attribute in ("href", "src"):
                    link = str(element.get(attribute) or "").removeprefix("https://example.org").partition("#")[0]
                    target = unquote(link).lstrip("/")
                    if link.startswith("/") and (target + "index.html" if not target or target.endswith("/") else target) not in files:
                        missing.add(link)
    assert missing == (set() if name != "home" else {"/"})


@pytest.mark.parametrize("name", OFF)
def test_a_feature_that_is_switched(site: Callable[..., Site], name: str) -> None:
    """Switched on and off again, a feature leaves what a build from nothing makes."""
    without = f"{CONFIG}\n[features]\n{name} = false\n"
    here = site(FILES, without)
    here.build()
    for settings in (CONFIG, without):
        here.write("site.toml", settings)
        here.build()
        new = site(FILES, settings)
        new.build()
        assert not differences(new.files(), here.files())


def test_all_features_off(site: Callable[..., Site]) -> None:
    """With everything off that can be, texts are still pages."""
    here = site(FILES, CONFIG + "[features]\n" + "".join(f"{name} = false\n" for name in OFF))
    here.build()
    assert {"2026/10/p1/index.html", "notes/n/index.html", "about/index.html"} <= here.files().keys()


def test_a_feature_that_does_not_exist(site: Callable[..., Site]) -> None:
    """A name that is no feature is an error that gives the near one."""
    here = site(FILES, CONFIG + "[features]\nfeed = false\n")
    [found] = here.errors()
    assert (found.code, found.hint) == ("config-unknown", "did you mean `feeds`?")
