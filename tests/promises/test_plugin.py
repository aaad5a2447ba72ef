"""A plugin as a user writes one: a module beside site.toml. What it does wrong is named (`test_installed_plugin.py` has one that uses every part)."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from harness.site import CONFIG, Site

SETTINGS = CONFIG + '\n[build]\nplugins = ["{name}"]\n[theme]\nuse = ["mine"]\n'

PLUGIN = '''
from wol.api import Diagnostic, Feature, Field, Made, Name, Span, Step, Target, hook


def episodes(site):
    """`episodes`: key of each post with a sound to what it sounds like."""
    sound = dict(site.column("podcast.sound"))
    return Made({"episodes": {key: {"sound": sound[key], "loud": False} for key in site.table("lists")["posts"] if key in sound}})


def plan(site):
    return Made(
        targets=(
            Target(path="podcast.txt", kind="podcast", args={"keys": [k for k in site.table("lists")["posts"]]}),
            Target(path="episodes/index.html", kind="podcast-page", template="episodes.html"),
        )
    )


def check(site):
    silent = (key for key, extra in site.column("extra").items() if extra.get("silent"))
    return Made(
        diagnostics=tuple(Diagnostic("podcast-silent", "warning", "an episode without sound", Span("content/" + key)) for key in silent)
    )


def render_list(views, target):
    lines = []
    for key in target.args["keys"]:
        found = views.value("episodes", key)
        if found:
            lines.append(views.value("title", key) + " " + found["sound"])
    return "\\n".join(lines).encode()


def render_page(views, target):
    return views.render(["episodes.html"], {"heading": "Episodes", "url": "/episodes/"})


def sound_of(views, page):
    found = views.value("episodes", page.path)
    return found["sound"] if found else "no sound"


FEATURE = Feature(
    name="podcast",
    version="2",
    fields=(Field("sound", "text", "The file of its sound."),),
    description="Episodes: posts with a sound file.",
    steps=(
        Step(name="episodes", make=episodes, provides=("episodes",), columns=frozenset({"podcast.sound"}), needs=frozenset({"lists"})),
        Step(name="files", make=plan, needs=frozenset({"lists"}), plans=True),
        Step(name="check", make=check, columns=frozenset({"extra"})),
    ),
    fine=frozenset({"episodes"}),
    kinds={"podcast": render_list, "podcast-page": render_page},
    context={
        "sound_of": Name(sound_of, "What a page sounds like.", takes_arguments=True),
    },
)


@hook
def wol_features(config):
    return [FEATURE]
'''

TEMPLATE = "{% for p in site.posts %}<p>{{ p.title }}: {{ sound_of(p) }}</p>{% endfor %}"


def made(site: Callable[..., Site], name: str, **files: str) -> Site:
    """A site with two posts and the plugin, in a module of a name of its own (modules are imported once in a process)."""
    return site(
        {
            f"{name}.py": PLUGIN,
            "themes/mine/templates/episodes.html": TEMPLATE,
            "content/posts/a.md": "---\ntitle: First\ndate: 2026-01-01\nsound: a.mp3\n---\nText",
            "content/posts/b.md": "---\ntitle: Second\ndate: 2026-01-02\n---\nText.",
            **files,
        },
        SETTINGS.format(name=name),
    )


def test_a_finding_of_a_plugin(site: Callable[..., Site]) -> None:
    """What a plugin says to the writer is reported with its own code."""
    here = made(site, "podcast_finds", **{"content/posts/c.md": "---\ntitle: C\ndate: 2026-01-03\nsilent: yes\n---\n"})
    assert [d.code for d in here.build().diagnostics] == ["podcast-silent"]


def test_what_lasts_is_put_on_record(site: Callable[..., Site]) -> None:
    """A plugin's page and feed are recorded as it says, with an id or none, and must not vanish."""
    here = made(site, "podcast_lasts")
    place = here.root / "podcast_lasts.py"
    text = place.read_text("utf-8").replace('kind="podcast",', 'kind="podcast", role="feed",')
    place.write_text(text.replace('kind="podcast-page",', 'kind="podcast-page", role="item",'), "utf-8")
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
        ("broken_hook", PLUGIN.replace("return [FEATURE]", "raise ValueError('x')"), "ValueError: x"),
        ("broken_arguments", PLUGIN.replace("def wol_features(config)", "def wol_features(settings)"), "settings"),
        ("broken_step", PLUGIN.replace("sound = dict", 'raise KeyError("x")\n    sound = dict'), "the step `episodes`"),
        (
            "broken_needs",
            PLUGIN.replace('provides=("episodes",), columns=frozenset({"podcast.sound"})', 'provides=("episodes",)'),
            "without declaring it",
        ),
        ("broken_input", PLUGIN.replace('site.table("lists")["posts"] if', 'site.table("input bundles") if'), "without declaring it"),
        ("broken_provides", PLUGIN.replace('provides=("episodes",)', 'provides=("episodes", "more")'), "declares"),
        ("broken_plan", PLUGIN.replace("plans=True", "plans=False"), "does not declare that it plans"),
        ("broken_role", PLUGIN.replace('kind="podcast",', 'kind="podcast", role="episode",'), "the role `episode`"),
        ("broken_kind", PLUGIN.replace("lines = []", "lines = 1 / 0"), "ZeroDivisionError"),
        ("broken_name", PLUGIN.replace('found = views.value("episodes", page.path)', "found = 1 / 0"), "sound_of"),
        ("broken_circle", PLUGIN.replace('needs=frozenset({"lists"}))', 'needs=frozenset({"lists", "episodes"}))'), "in a circle"),
        ("broken_twice", PLUGIN.replace('"episodes"', '"terms"'), "both give the table `terms`"),
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
