"""A plugin that uses every hook, as one that a user writes: a module beside site.toml, on nothing but `wol.api`."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from harness.site import CONFIG, Site
from wol.model.feature import Feature

SETTINGS = CONFIG + '\n[build]\nplugins = ["{name}"]\n[theme]\nuse = ["mine"]\n'

PLUGIN = '''
from wol.api import Diagnostic, Feature, Link, Span, Target, hook


class Podcast(Feature):
    """Episodes: posts with a sound file."""

    name = "podcast"
    columns = frozenset({"extra", "url"})
    needs = ("lists", "assets", "asset_files")
    provides = ("episodes",)

    def sources(self, config):
        return {"about-the-show.md": "---\\ntitle: About the show\\n---\\nMade by " + config.site.title + "."}

    def assets(self, config):
        return {"podcast.css": "1"}

    def tables(self, site):
        sound = {key: extra.get("sound") for key, extra in site.column("extra").items()}
        return {"episodes": {key: {"sound": sound[key]} for key in site.table("lists")["posts"] if sound[key]}}

    def targets(self, site):
        yield Target(path=site.table("assets")["podcast.css"], kind="podcast-style")
        yield Target(path="podcast.txt", kind="podcast", args={"keys": [k for k in site.table("lists")["posts"]]})
        yield Target(path="episodes/index.html", kind="podcast-page", template="episodes.html")

    def check(self, site):
        for key, extra in site.column("extra").items():
            if extra.get("sound") == "":
                yield Diagnostic("podcast-silent", "warning", "an episode without sound", Span("content/" + key))

    @property
    def kinds(self):
        return {"podcast": _list, "podcast-page": _page, "podcast-style": lambda views, target: b".sound {}"}

    @property
    def context(self):
        return {"show": lambda views, target: "The show of " + views.config("site.title")}

    @property
    def helpers(self):
        return {"sound_of": _sound}


def _list(views, target):
    lines = []
    for key in target.args["keys"]:
        found = views.value("episodes", key)
        if found:
            lines.append(views.value("title", key) + " " + found["sound"])
    return "\\n".join(lines).encode()


def _page(views, target):
    return views.render(["episodes.html"], {"heading": "Episodes", "url": "/episodes/"})


def _sound(views, page):
    found = views.value("episodes", page.path)
    return found["sound"] if found else "no sound"


@hook
def wol_features(config):
    return [Podcast()]
'''

TEMPLATE = """{% extends "base.html" %}
{% block content %}<h1>{{ show }}</h1>
{% for p in site.posts %}<p>{{ p.title }}: {{ sound_of(p) }}</p>{% endfor %}{% endblock %}
"""


def made(site: Callable[..., Site], name: str, **files: str) -> Site:
    """A site with two posts and the plugin, in a module of a name of its own (modules are imported once in a process)."""
    return site(
        {
            f"{name}.py": PLUGIN,
            "themes/mine/templates/episodes.html": TEMPLATE,
            "content/posts/a.md": "---\ntitle: First\ndate: 2026-01-01\nsound: a.mp3\n---\nText",
            "content/posts/b.md": "---\ntitle: Second\ndate: 2026-01-02\n---\nText",
            **files,
        },
        SETTINGS.format(name=name),
    )


def test_every_hook_is_used() -> None:
    """The plugin of this test has an implementation of each hook, so that none goes untried."""
    hooks = {name for name in vars(Feature) if not name.startswith("_")}
    assert {h for h in hooks if f"{h} = " in PLUGIN or f"def {h}(" in PLUGIN} == hooks - {"version"}


def test_a_plugin_adds_what_it_states(site: Callable[..., Site]) -> None:
    """Virtual sources, assets, tables, targets, kinds, context and helpers all come to be."""
    here = made(site, "podcast_all")
    report = here.build()
    assert not report.errors
    assert "Made by" in here.read("about-the-show/index.html")
    assert here.read("podcast.txt") == "First a.mp3"
    page = here.read("episodes/index.html")
    assert "<h1>The show of " in page
    assert "<p>First: a.mp3</p>" in page
    assert "<p>Second: no sound</p>" in page
    assert [path for path in here.files() if path.startswith("assets/podcast.")]


def test_only_what_a_plugin_used_wakes_its_targets(site: Callable[..., Site]) -> None:
    """An edit of a text leaves the list of episodes alone; a new sound does not."""
    here = made(site, "podcast_wakes")
    here.build()
    here.write("content/posts/b.md", "---\ntitle: Second\ndate: 2026-01-02\n---\nOther text")
    assert "podcast.txt" not in {o.path for o in here.build().outcomes}
    here.write("content/posts/b.md", "---\ntitle: Second\ndate: 2026-01-02\nsound: b.mp3\n---\nOther text")
    assert "podcast.txt" in {o.path for o in here.build().outcomes}
    assert here.read("podcast.txt") == "Second b.mp3\nFirst a.mp3"


def test_a_finding_of_a_plugin(site: Callable[..., Site]) -> None:
    """What a plugin says to the writer is reported with its own code."""
    here = made(site, "podcast_finds", **{"content/posts/c.md": '---\ntitle: C\ndate: 2026-01-03\nsound: ""\n---\n'})
    assert [d.code for d in here.build().diagnostics] == ["podcast-silent"]


def test_what_lasts_is_put_on_record(site: Callable[..., Site]) -> None:
    """A plugin's page and feed are recorded as it says, with an id or none, and must not vanish."""
    here = made(site, "podcast_lasts")
    place = here.root / "podcast_lasts.py"
    text = place.read_text("utf-8").replace('kind="podcast",', 'kind="podcast", lasting="feed",')
    place.write_text(text.replace('kind="podcast-page",', 'kind="podcast-page", lasting="item",'), "utf-8")
    here.build()
    assert here.run("build").code == 0
    assert here.run("record").code == 0
    known = (here.root / "ledger/published.tsv").read_text("utf-8")
    assert "live\t/podcast.txt\t-\tfeed\n" in known
    assert "live\t/episodes/\t-\titem\n" in known
    here.write("site.toml", CONFIG)
    assert here.codes() == {"url-vanished"}


@pytest.mark.parametrize(
    ("name", "broken", "place"),
    [
        ("broken_import", "import nothing_of_this_name\n", "could not be loaded"),
        ("broken_hook", PLUGIN.replace("return [Podcast()]", "raise ValueError('x')"), "ValueError: x"),
        ("broken_arguments", PLUGIN.replace("def wol_features(config)", "def wol_features(settings)"), "settings"),
        ("broken_tables", PLUGIN.replace("sound = {key", 'raise KeyError("x")\n        sound = {key'), "`tables`"),
        ("broken_needs", PLUGIN.replace('columns = frozenset({"extra", "url"})', "columns = frozenset()"), "without declaring it"),
        ("broken_provides", PLUGIN.replace('provides = ("episodes",)', 'provides = ("episodes", "more")'), "declares"),
        ("broken_lasting", PLUGIN.replace('kind="podcast",', 'kind="podcast", lasting="episode",'), "lasting `episode`"),
        ("broken_kind", PLUGIN.replace("lines = []", "lines = 1 / 0"), "ZeroDivisionError"),
        ("broken_helper", PLUGIN.replace('found = views.value("episodes", page.path)', "found = 1 / 0"), "sound_of"),
    ],
)
def test_a_broken_plugin_is_named_and_changes_nothing(site: Callable[..., Site], name: str, broken: str, place: str) -> None:
    """Whatever a plugin does wrong is an error of the site that names the plugin; the old output stays."""
    here = made(site, f"{name}_good")
    here.build()
    before = here.files()
    here.write(f"{name}.py", broken)
    here.write("site.toml", SETTINGS.format(name=name))
    found = here.errors()
    assert {d.code for d in found if d.severity == "error"} == {"plugin-failed"}
    text = " ".join(d.message for d in found)
    assert place in text
    assert here.files() == before
