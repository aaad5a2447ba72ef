"""A plugin as others get it: a package of its own, on nothing but `wol.api`, installed from a wheel. It uses every part of the protocol."""

from __future__ import annotations

import json
import os
import re
import shutil
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from harness.pictures import jpeg
from harness.site import CONFIG, Site, differences, instant, tree
from harness.wheels import install
from wol.engine.jobs import execute
from wol.features import registry
from wol.model.feature import Feature

PACKAGE = Path(__file__).parents[1] / "fixtures/plugin"
SETTINGS = CONFIG + '[build]\nplugins = ["recipes"]\n[theme]\nuse = ["mine"]\n'
FILLED_IN = {"plugin", "is_on"}
"""What the engine, and no plugin, says of a feature."""

SOUP = "---\ntitle: Soup\ndate: 2026-11-02\ntags: [warm]\nserves: 4\nseason_ends: 2026-12-10\ndish: soup.jpg\n---\nTake @@300 g leeks@@ and @@2 potatoes@@.\n"
FILES: dict[str, str | bytes] = {
    "content/posts/soup.md": SOUP,
    "content/posts/soup.jpg": jpeg(),
    "content/posts/soup.nutrition.json": '{"energy": 310, "salt": 2}',
    "content/posts/salad.md": "---\ntitle: Salad\ndate: 2026-11-01\ntags: [cold]\nservings: 2\n---\nOnly @@1 cucumber@@.\n",
    "content/posts/news.md": "---\ntitle: News\ndate: 2026-11-03\ntags: [warm]\n---\nNo recipe. See [soup](soup.md).\n",
    "themes/mine/templates/post.html": '{% extends "!default/post.html" %}{% block after_content %}'
    "{% if page.recipe %}<p>For {{ page.recipe.serves }}: {{ page.recipe.dish }}</p>{% endif %}{{ super() }}{% endblock %}",
}


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """The plugin where Python finds it, for the tests of this module."""
    folder = install(PACKAGE, tmp_path_factory.mktemp("wheel"))
    sys.path.insert(0, str(folder))
    yield folder
    sys.path.remove(str(folder))
    for name in [name for name in sys.modules if name.partition(".")[0] == "wol_recipes"]:
        del sys.modules[name]


@pytest.fixture
def here(installed: Path, tmp_path: Path) -> Site:
    """A site with two recipes and another post, that names the plugin."""
    return Site(tmp_path / "site", FILES, SETTINGS)


def as_clean(here: Site, **options: object) -> str:
    """Describe how the output differs from that of a clean build of the same input."""
    clean = here.copy(here.root.parent / "clean", without=(".wol", "public"))
    clean.build(clean=True, **options)
    return differences(here.files(), clean.files())


def test_every_part_is_used(installed: Path, here: Site) -> None:
    """The plugin has each part of the protocol, so that none goes untried."""
    from wol.config.load import load

    (recipes,) = (feature for feature in registry.load(load(here.root), here.root) if feature.name == "recipes")
    empty = Feature(name="empty")
    unused = {part for part in Feature.__struct_fields__ if not getattr(recipes, part) or getattr(recipes, part) == getattr(empty, part)}
    assert unused - {"switchable", "is_on"} == set()
    assert recipes.plugin == "wol_recipes"
    code = "\n".join(path.read_text("utf-8") for path in installed.rglob("*.py"))
    assert set(re.findall(r"(?:from|import) (wol[.\w]*)", code)) == {"wol.api"}


def test_each_part_does_its_work(here: Site) -> None:
    """What the plugin adds is there, in the pages, in the feeds and beside them."""
    report = here.build()
    assert [(d.code, d.severity) for d in report.diagnostics] == []
    page = here.read("recipes/index.html")
    assert "<h1>The cook of A Site</h1>" in page
    assert "<p>Soup 4: leeks, potatoes</p>" in page
    assert "<p>Salad 2: cucumber</p>" in page
    assert "<i>cold 1</i>" in page
    soup = here.read("2026/11/soup/index.html")
    assert "<p>For 4: /posts/soup.jpg</p>" in soup
    style = next(path for path in here.files() if path.startswith("assets/recipes."))
    assert f'<span class="ingredient" data-of="Soup" data-style="/{style}">300 g leeks</span>' in soup
    assert here.read(style) == ".ingredient { color: red }"
    assert here.read("posts/soup.nutrition.txt") == "energy: 310\nsalt: 2"
    assert "posts/soup.nutrition.json" not in here.files()
    assert "posts/soup.jpg" in here.files()
    assert "A Site cooks." in here.read("kitchen/index.html")
    sizes = {path: len(here.files()[f"{path}index.html"]) for path in ("2026/11/salad/", "2026/11/soup/")}
    assert here.read("recipes/sizes.txt") == "".join(f"/{path} {size}\n" for path, size in sizes.items())
    assert "https://example.org/recipes/" in here.read("sitemap.xml")
    assert "For 4" not in here.read("2026/11/news/index.html")
    assert '<p class="serves">Serves 4</p>' in soup
    assert "Salad" in here.read("recipes/feed.xml")
    assert "https://forum.example.org/recipes" in here.read("feed.xml")


def test_its_command(here: Site) -> None:
    """`wol recipes` is there, and lists them."""
    ran = here.run("recipes", "--format", "json")
    assert ran.code == 0, ran.stderr
    assert {"title": "Soup", "serves": 4} in json.loads(ran.stdout)


def test_its_settings(here: Site) -> None:
    """Its table of `site.toml` is checked."""
    here.write("site.toml", SETTINGS + "[recipes]\nmost = 0\n")
    assert here.codes() == {"config-value"}


EDITS: tuple[tuple[str, str, str | bytes | None, set[str]], ...] = (
    ("a sentence", "content/posts/soup.md", SOUP.replace("Take", "Get"), {"2026/11/soup/index.html", "recipes/sizes.txt"}),
    ("an ingredient", "content/posts/soup.md", SOUP.replace("leeks", "onions"), {"recipes/index.html"}),
    ("a field", "content/posts/soup.md", SOUP.replace("serves: 4", "serves: 6"), {"recipes/index.html", "2026/11/soup/index.html"}),
    ("a picture", "content/posts/soup.md", SOUP.replace("dish: soup.jpg\n", ""), {"2026/11/soup/index.html"}),
    ("an input", "content/posts/soup.nutrition.json", '{"energy": 1}', {"posts/soup.nutrition.txt"}),
    ("an input that comes", "content/posts/salad.nutrition.json", '{"energy": 2}', {"posts/salad.nutrition.txt"}),
    ("an input that goes", "content/posts/soup.nutrition.json", None, set()),
    ("a recipe that comes", "content/posts/pie.md", SOUP.replace("Soup", "Pie"), {"recipes/index.html", "recipes/sizes.txt"}),
    ("a recipe that goes", "content/posts/salad.md", None, {"recipes/index.html", "recipes/sizes.txt"}),
    ("a recipe no more", "content/posts/soup.md", SOUP.replace("serves: 4\n", ""), {"recipes/index.html", "2026/11/soup/index.html"}),
    ("a draft", "content/posts/soup.md", SOUP.replace("---\n", "---\ndraft: yes\n", 1), {"recipes/index.html"}),
    ("a title", "content/posts/salad.md", "---\ntitle: Greens\ndate: 2026-11-01\nserves: 2\n---\nOnly.\n", {"recipes/index.html"}),
    ("the site's title", "site.toml", SETTINGS.replace("A Site", "My Site"), {"recipes/index.html", "kitchen/index.html"}),
    ("a setting", "site.toml", SETTINGS + '[recipes]\ncook = "chef"\n', {"recipes/index.html"}),
    ("switched off", "site.toml", SETTINGS + "[features]\nrecipes = false\n", {"2026/11/soup/index.html"}),
    ("a theme of its own", "themes/mine/assets/recipes.css", ".ingredient {}", {"2026/11/soup/index.html"}),
)


@pytest.mark.parametrize(("path", "text", "rendered"), [edit[1:] for edit in EDITS], ids=[edit[0] for edit in EDITS])
def test_an_edit(here: Site, path: str, text: str | bytes | None, rendered: set[str]) -> None:
    """An edit renders what shows it, gives what a clean build gives, and so does taking it back."""
    here.build()
    before = here.files()
    if text is None:
        here.remove(path)
    else:
        here.write(path, text)
    assert rendered <= {outcome.path for outcome in here.build().outcomes}
    assert as_clean(here) == ""
    if path in FILES:
        here.write(path, FILES[path])
    elif path == "site.toml":
        here.write(path, SETTINGS)
    else:
        here.remove(path)
    here.build()
    assert differences(before, here.files()) == ""


def test_an_edit_leaves_the_rest_alone(here: Site) -> None:
    """What does not show a recipe is not rendered for one: a sentence that has no mark renders its page and what counts its bytes."""
    here.build()
    here.write("content/posts/soup.md", SOUP.replace("Take", "Grab"))
    pages = {
        outcome.path for outcome in here.build().outcomes if outcome.path.startswith(("recipes/", "2026/11/n", "2026/11/sa", "posts/"))
    }
    feeds = {f"recipes/{name}" for name in ("feed.xml", "atom.xml", "feed.json")}
    assert pages == {"recipes/sizes.txt", "recipes/index.html", *feeds}, "the list knows the sentences of the marks, feeds the texts"


def test_a_day_that_comes(here: Site) -> None:
    """The soup goes out of season without an edit: the page that says so is rendered, and the writer is warned."""
    first = here.build(at=instant("2026-12-01"))
    assert first.next_change == instant("2026-12-10")
    report = here.build(at=instant("2026-12-10"))
    assert [(d.code, str(d.span)) for d in report.diagnostics] == [("recipes-season", "content/posts/soup.md")]
    assert [outcome.path for outcome in report.outcomes] == ["recipes/index.html"]
    assert "leeks, potatoes over</p>" in here.read("recipes/index.html")
    assert as_clean(here, at=instant("2026-12-10")) == ""


@pytest.mark.parametrize("method", ["fork", "spawn"])
def test_in_several_processes(here: Site, method: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Workers of either kind find the plugin, and give the same bytes as one process."""
    monkeypatch.setattr(execute, "start_method", lambda: method)
    here.build(jobs=2)
    assert as_clean(here, jobs=1) == ""
    here.write("content/posts/soup.md", SOUP.replace("serves: 4", "serves: 5"))
    here.build(jobs=2)
    assert as_clean(here, jobs=1) == ""


def test_a_wrong_file_and_a_wrong_field(here: Site) -> None:
    """What the plugin reads is checked where it is written."""
    here.write("content/posts/soup.nutrition.json", '{"salt": 1}')
    here.write("content/posts/salad.md", "---\ntitle: Salad\ndate: 2026-11-01\nserves: 0\n---\n")
    assert {(d.code, str(d.span)) for d in here.errors()} == {
        ("input-invalid", "content/posts/soup.nutrition.json"),
        ("front-matter-type", "content/posts/salad.md:4:9"),
    }


def test_it_is_switched_off(here: Site) -> None:
    """Its names are empty, its files are gone, its fields are no mistakes, and a theme that uses them does not fail."""
    here.write("site.toml", SETTINGS + "[features]\nrecipes = false\n")
    here.write(
        "themes/mine/templates/page.html",
        '{{ page.recipe }}|{{ site.recipes|length }}|{{ serves_at("/") }}|{{ cook }}|{% for t in site.terms("tags") %}{{ t.recipes }}{% endfor %}',
    )
    here.write("content/about.md", "About.\n")
    assert here.build(strict=True).diagnostics == ()
    assert here.read("about/index.html").strip() == "|0|0||00"
    assert not [path for path in here.files() if "recipes" in path or "kitchen" in path or "nutrition.txt" in path]
    assert "@@300 g leeks@@" in here.read("2026/11/soup/index.html")


def test_it_is_not_installed(here: Site, installed: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Without it the site does not build: the message names the plugin, and the old output stays."""
    here.build()
    before = here.files()
    monkeypatch.setattr(sys, "path", [path for path in sys.path if path != str(installed)])
    for name in [name for name in sys.modules if name.partition(".")[0] == "wol_recipes"]:
        monkeypatch.delitem(sys.modules, name)
    (error,) = here.errors()
    assert error.code == "plugin-failed"
    assert error.message == "There is no plugin or module `recipes`"
    assert "install it" in error.hint
    assert here.files() == before


@pytest.mark.slow
def test_its_code_is_edited(here: Site, installed: Path, tmp_path: Path) -> None:
    """A new version of the plugin renders everything again, whichever of its modules has changed."""
    copy = shutil.copytree(installed, tmp_path / "copy", ignore=shutil.ignore_patterns("__pycache__"))
    environment = {"PYTHONPATH": os.pathsep.join([str(copy), *filter(None, [os.environ.get("PYTHONPATH")])])}

    def build() -> str:
        process = here.process("build", "--at", "2026-12-01", **environment)
        out, errors = process.communicate(timeout=60)
        assert process.returncode == 0, errors
        return out + errors

    build()
    pages = len(tree(here.output))
    assert f"{pages} rendered" not in build()
    names = copy / "wol_recipes/names.py"
    names.write_text(names.read_text("utf-8").replace("The {views", "Our {views"), "utf-8")
    assert f"{pages} rendered" in build()
    assert "<h1>Our cook of A Site</h1>" in here.read("recipes/index.html")
