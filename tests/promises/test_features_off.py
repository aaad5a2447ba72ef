"""Every feature that can be switched off leaves a whole site without its files, and no page links to what is not there."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Callable, Iterable
from urllib.parse import unquote

import lxml.html
import pytest

from harness.site import CONFIG, Site, differences
from harness.world import World
from wol.features import registry

FILES: dict[str, str | bytes] = {
    **{f"content/posts/2026-10-{n:02}-p{n}.md": f"---\ntags: [one, two]\n---\nText {n}.\n\n```python\nx = 1\n```\n" for n in range(1, 25)},
    "content/posts/2026-10-25-part.md": "---\nseries: Trip\n---\nThe first part.\n",
    "content/notes/n.md": "# A note\n",
    "content/notes/read.md": "---\nbook: {title: A book, author: Ann}\n---\nA note.\n",
    "content/about.md": "# About\n",
    "ledger/published.tsv": "2026-09-01T00:00:00Z\tlive\t/tags/absent/\t-\tlist\n",
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
    "series": "series/index.html",
    "reading_list": "reading/index.html",
    "emptied_lists": "tags/absent/index.html",
}

WITHOUT_FILES = ("backlinks", "enclosures", "now")
"""Features that add to files of others alone."""
FEW = ("all",)
"""What `make test` switches off."""


def test_all_that_can_be_switched_off_are_here() -> None:
    """A feature that is new is tried here too."""
    assert {*OFF, *WITHOUT_FILES} == {feature.name for feature in registry.declared() if feature.switchable}


def rich(site: Callable[..., Site], off: Iterable[str]) -> Site:
    """Return a site that has all there is in wol's own theme, with a file for every name that templates have, and with some features off."""
    world = World.start()
    world.files = {path: text for path, text in world.files.items() if not text.startswith("->")}
    settings = re.sub(r"(?m)^(features|theme.use) = .*\n", "", world.toml())
    switches = ", ".join(f"{name} = false" for name in off)
    settings = f'theme.use = ["default", "mine"]\nfeatures = {{{switches}}}\n{settings}'
    return site({**world.tree(), "site.toml": settings})


@pytest.mark.parametrize(
    "name", [*(pytest.param(name, marks=pytest.mark.long) for name in (*OFF, *WITHOUT_FILES) if name not in FEW), *FEW]
)
def test_no_theme_breaks(site: Callable[..., Site], name: str) -> None:
    """A name of a feature that is off is empty and no error, in whatever way a theme asks for it; to switch is as to build from nothing."""
    off = [*OFF, *WITHOUT_FILES] if name == "all" else [name]
    here, there = rich(site, off), rich(site, ())
    here.build()
    without, settings = here.files(), (here.root / "site.toml").read_bytes()
    there.build()
    assert any(path.startswith("probes/") for path in without)
    here.write("site.toml", (there.root / "site.toml").read_bytes())
    here.build()
    assert not differences(there.files(), here.files())
    here.write("site.toml", settings)
    here.build()
    assert not differences(without, here.files())


def test_what_is_off_is_not_imported(site: Callable[..., Site]) -> None:
    """A build of a site whose settings are known imports nothing of features that are off but their declarations."""
    here = site(FILES, CONFIG + "[features]\n" + "".join(f"{name} = false\n" for name in (*OFF, *WITHOUT_FILES)))
    here.build()
    here.write("content/about.md", "# Other\n")
    code = (
        "import sys; from pathlib import Path; from wol.engine.pipeline import build; from wol.engine.request import BuildRequest;"
        "from wol.features import registry; report = build(BuildRequest(Path.cwd(), jobs=1), registry.load); assert report.outcomes;"
        f"print(*(name for name in sys.modules if name.startswith({tuple(f'wol.features.{name}.' for name in (*OFF, *WITHOUT_FILES))})))"
    )
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(path for path in sys.path if path)}
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False, cwd=here.root, env=environment)
    assert (ran.stdout.strip(), ran.stderr) == ("", "")


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


@pytest.mark.parametrize(
    "name", [pytest.param(name, marks=[pytest.mark.long] if number % 3 else []) for number, name in enumerate([*OFF, *WITHOUT_FILES])]
)
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
    here = site(FILES, CONFIG + "[features]\n" + "".join(f"{name} = false\n" for name in (*OFF, *WITHOUT_FILES)))
    here.build()
    assert {"2026/10/p1/index.html", "notes/n/index.html", "about/index.html"} <= here.files().keys()


def test_a_feature_that_does_not_exist(site: Callable[..., Site]) -> None:
    """A name that is no feature is an error that gives the near one."""
    here = site(FILES, CONFIG + "[features]\nfeed = false\n")
    [found] = here.errors()
    assert (found.code, found.hint) == ("config-unknown", "did you mean `feeds`?")
