"""The guides for authors of plugins: they name each part of the protocol, and their examples run."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Callable

import pytest

from harness.guides import blocks, guide, rows
from harness.site import CONFIG, Site, instant
from wol import api
from wol.deploy.deploy_target import RENAMED
from wol.model.feature import Feature

DESCRIPTIVE = {"name", "version", "description", "switchable"}
"""What a feature says of itself."""
FILLED_IN = {"plugin", "is_on"}
"""What the engine says of it."""
PLUGIN = '[build]\nplugins = ["{}"]\n'
THEME = '[theme]\nuse = ["mine"]\n'


def example(page: str, path: str) -> str:
    """Return the block of a guide whose first line names a file."""
    (block,) = (b.text for b in blocks(guide(page)) if re.match(rf"(?:# |\{{# ){re.escape(path)}\b", b.text))
    return block


def with_plugin(site: Callable[..., Site], name: str, files: dict[str, str], page: str = "plugins") -> Site:
    """Return a site with a plugin of a guide."""
    config = CONFIG + PLUGIN.format(name) + THEME * any(path.startswith("themes/mine/") for path in files)
    return site({f"{name}.py": example(page, f"{name}.py"), "content/about.md": "About.", **files}, config)


def test_the_table_of_parts_is_complete() -> None:
    """It has each part of the protocol in the order in which the guide explains them, and nothing else."""
    parts = [row[0].strip("`") for row in rows(guide("plugins"), "part")]
    assert set(parts) == set(Feature.__struct_fields__) - DESCRIPTIVE - FILLED_IN
    assert len(parts) == len(set(parts))
    named = set(re.findall(r"`(\w+)`", guide("plugins")))
    assert named >= DESCRIPTIVE


def test_steps(site: Callable[..., Site]) -> None:
    """An offer that ends is warned of from that day on, and its page shows it."""
    page = "{{ page.title }}{% if page.offer_has_ended %} has ended{% endif %}"
    texts = {
        "content/sale.md": "---\ntitle: Sale\nuntil: 2027-01-10\n---\n",
        "content/about.md": "---\ntitle: About\n---\n",
        "themes/mine/templates/page.html": page,
    }
    here = with_plugin(site, "offers", texts)
    report = here.build(at=instant("2027-01-01"))
    assert report.diagnostics == ()
    assert report.next_change == instant("2027-01-10")
    then = here.build(at=instant("2027-01-10"))
    assert [(d.code, str(d.span)) for d in then.diagnostics] == [("offers-ended", "content/sale.md")]
    assert [o.path for o in then.outcomes] == ["sale/index.html"]
    assert here.read("sale/index.html").strip() == "Sale has ended"


def test_names(site: Callable[..., Site]) -> None:
    """The names of the guide are there, and empty while their feature is off."""
    post = "---\ntitle: {}\ndate: 2026-11-20\ntags: [a]\n---\n{}\n"
    here = with_plugin(
        site,
        "reading_time",
        {
            "themes/mine/templates/parts/meta.html": example("plugins", "themes/mine/templates/parts/meta.html"),
            "themes/mine/templates/post.html": '{% include "parts/meta.html" %}',
            "content/posts/short.md": post.format("Short", "One."),
            "content/posts/long.md": post.format("Long", "word " * 2200),
        },
    )
    here.build()
    short = here.read("2026/11/short/index.html")
    assert "<p>1 min, a 0:10</p>" in short
    assert "<p>The longest: Long</p>" in short
    assert "The longest" not in here.read("2026/11/long/index.html")
    here.write("site.toml", CONFIG + PLUGIN.format("reading_time") + THEME + "[features]\nreading-time = false\n")
    here.build()
    assert here.read("2026/11/short/index.html").strip() == "<p>, a </p>"


def test_sources_and_assets(site: Callable[..., Site]) -> None:
    """The page is there, and the asset's name follows what it is made of."""
    here = with_plugin(site, "accent", {"themes/mine/templates/page.html": '{{ "accent.css"|asset }} {{ page.content }}'})
    here.build()
    page = here.read("colour/index.html")
    name = page.partition(" ")[0]
    assert "This site is red." in page
    assert here.read(name.lstrip("/")) == ":root { --accent: red }"
    here.write("site.toml", (here.root / "site.toml").read_text("utf-8").replace('"A Site"', '"A New Site"'))
    here.build()
    assert here.read("colour/index.html").partition(" ")[0] != name


def test_a_last_target(site: Callable[..., Site]) -> None:
    """Each page of an item has its checksum, and an edit of one changes its line."""
    here = with_plugin(site, "checksums", {"content/a.md": "A.", "content/b.md": "B."})
    for text in ("A.", "Changed."):
        here.write("content/a.md", text)
        here.build()
        pages = ("a/index.html", "about/index.html", "b/index.html")
        lines = [f"{hashlib.sha256((here.output / page).read_bytes()).hexdigest()}  {page}\n" for page in pages]
        assert here.read("SHA256SUMS") == "".join(lines)


def test_the_same_plugin_in_both_apis(site: Callable[..., Site]) -> None:
    """The code before is refused, and that after makes the file."""
    (before,) = (b.text for b in blocks(guide("plugins-2")) if b.text.startswith("# API 1"))
    post = {"content/posts/a.md": "---\ntitle: A\ndate: 2026-11-20\n---\nOne two three.", "word_count_1.py": before}
    here = with_plugin(site, "word_count_2", post, page="plugins-2")
    here.build()
    assert json.loads(here.read("words.json")) == {"/2026/11/a/": 3}
    here.write("site.toml", CONFIG + PLUGIN.format("word_count_1"))
    (error,) = here.errors()
    assert "was written for API 1 of plugins: `WordCount` is a class" in error.message


@pytest.mark.parametrize("names", [api._RENAMED, RENAMED], ids=["types", "methods"])
def test_every_new_name_is_in_the_table(names: dict[str, str]) -> None:
    """The page has each old name with its new one."""
    table = {
        tuple(re.sub(r"self\.|\(.*\)|`", "", cell) for cell in row[:2])
        for line in ("## A deploy target has other names",)
        for row in rows(guide("plugins-2").partition(line)[2], "API 1")
    }
    assert set(names.items()) <= table
