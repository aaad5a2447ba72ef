"""A plugin that uses every hook, as one that a user writes: a module beside site.toml, on nothing but `wol.api`."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from harness.site import CONFIG, Site
from wol.model.feature import Feature

SETTINGS = CONFIG + '\n[build]\nplugins = ["{name}"]\n[theme]\nuse = ["mine"]\n'

PLUGIN = '''
import json

from wol.api import Diagnostic, Feature, Field, Input, Made, Name, Span, Step, Syntax, Target, View, hook


def chapters(key, data):
    return [chapter["title"] for chapter in json.loads(data)["chapters"]]


def add_rules(md):
    md.inline.ruler.before("link", "timecode", read_timecode)


def read_timecode(state, silent):
    found = state.src.startswith("[00:", state.pos) and state.src.find("]", state.pos)
    if not found or found < 0:
        return False
    if not silent:
        token = state.push("part", "", 0)
        token.content = state.src[state.pos + 1 : found]
        token.meta = {"part": ("timecode", {"at": token.content}), "mark": ("timecode", (token.content,))}
    state.pos = found + 1
    return True


def render_timecode(views, part):
    return f"<time>{part.args['at']} of {views.config('site.title')}</time>"


def sources(config):
    return {"about-the-show.md": "---\\ntitle: About the show\\n---\\nMade by " + config.site.title + "."}


def assets(config):
    return {"podcast.css": "1"}


def episodes(site):
    """`episodes`: key of each post with a sound to what it sounds like."""
    sound = dict(site.column("podcast.sound"))
    return Made({"episodes": {key: {"sound": sound[key], "loud": False} for key in site.table("lists")["posts"] if key in sound}})


def plan(site):
    return Made(
        targets=(
            Target(path=site.table("assets")["podcast.css"], kind="podcast-style"),
            Target(path="podcast.txt", kind="podcast", args={"keys": [k for k in site.table("lists")["posts"]]}),
            Target(path="episodes/index.html", kind="podcast-page", template="episodes.html"),
            *(
                Target(path=key.removesuffix(".json") + ".txt", kind="podcast-chapters", args={"key": key})
                for key in site.table("chapters")
            ),
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


def render_chapters(views, target):
    return "\\n".join(views.value("chapters", target.args["key"])).encode()


def render_page(views, target):
    return views.render(["episodes.html"], {"heading": "Episodes", "url": "/episodes/"})


def render_style(views, target):
    return b".sound {}"


class Sound(View):
    """What an episode sounds like."""

    __slots__ = ("_key", "_views")

    def __init__(self, views, key):
        self._views, self._key = views, key

    @property
    def file(self):
        """The file."""
        return self._views.field("episodes", self._key, "sound")

    def __str__(self):
        return self.file


def sound_of(views, page):
    found = views.value("episodes", page.path)
    return found["sound"] if found else "no sound"


def of_page(views, key):
    return Sound(views, key) if views.value("episodes", key) else None


FEATURE = Feature(
    name="podcast",
    version="2",
    fields=(Field("sound", "text", "The file of its sound."),),
    syntax=Syntax(rules=__name__ + ":add_rules", parts={"timecode": __name__ + ":render_timecode"}),
    marks=("timecode",),
    inputs={"chapters": Input("*.chapters.json", parse=chapters)},
    description="Episodes: posts with a sound file.",
    steps=(
        Step(name="episodes", make=episodes, provides=("episodes",), columns=frozenset({"podcast.sound"}), needs=frozenset({"lists"})),
        Step(name="files", make=plan, needs=frozenset({"lists", "assets", "asset_files", "chapters"}), plans=True),
        Step(name="check", make=check, columns=frozenset({"extra"})),
    ),
    fine=frozenset({"episodes"}),
    kinds={"podcast": render_list, "podcast-page": render_page, "podcast-chapters": render_chapters, "podcast-style": render_style},
    page={"sound": Name(of_page, "What the episode sounds like.")},
    site={"show": Name(lambda views: "The show of " + views.config("site.title"), "What the show is called.", empty="")},
    term={"loud": Name(lambda views, key: key == "tags/loud", "Whether it is loud.", empty=False)},
    context={
        "show": Name(lambda views, target: "The show of " + views.config("site.title"), "What the show is called."),
        "sound_of": Name(sound_of, "What a page sounds like.", takes_arguments=True),
    },
    views={"What an episode sounds like": Sound},
    sources=sources,
    assets=assets,
)


@hook
def wol_features(config):
    return [FEATURE]
'''

TEMPLATE = """{% extends "base.html" %}
{% block content %}<h1>{{ show }}</h1>
{% for p in site.posts %}<p>{{ p.title }}: {{ sound_of(p) }}{{ p.sound.file if p.sound }}</p>{% endfor %}
{{ site.show }}{% for t in site.terms("tags") %}{{ t.name }} {{ t.loud }}{% endfor %}{% endblock %}
"""


def made(site: Callable[..., Site], name: str, **files: str) -> Site:
    """A site with two posts and the plugin, in a module of a name of its own (modules are imported once in a process)."""
    return site(
        {
            f"{name}.py": PLUGIN,
            "themes/mine/templates/episodes.html": TEMPLATE,
            "content/posts/a.md": "---\ntitle: First\ndate: 2026-01-01\nsound: a.mp3\n---\nText",
            "content/posts/a.chapters.json": '{"chapters": [{"title": "Hello"}, {"title": "Bye"}]}',
            "content/posts/b.md": "---\ntitle: Second\ndate: 2026-01-02\n---\nText at [00:12].",
            **files,
        },
        SETTINGS.format(name=name),
    )


def test_every_part_is_used() -> None:
    """The plugin of this test has each part of the protocol, so that none goes untried."""
    filled_in = {"plugin", "is_on", "switchable"}
    assert {part for part in Feature.__struct_fields__ if f"    {part}=" in PLUGIN} == set(Feature.__struct_fields__) - filled_in


def test_a_plugin_adds_what_it_states(site: Callable[..., Site]) -> None:
    """Virtual sources, assets, tables, targets, kinds and names all come to be."""
    here = made(site, "podcast_all")
    report = here.build()
    assert not report.errors
    assert "Made by" in here.read("about-the-show/index.html")
    assert here.read("podcast.txt") == "First a.mp3"
    assert here.read("posts/a.chapters.txt") == "Hello\nBye"
    page = here.read("episodes/index.html")
    assert "<h1>The show of " in page
    assert "<p>First: a.mp3a.mp3</p>" in page
    assert "<p>Second: no sound</p>" in page
    assert "<p>Text at <time>00:12 of A Site</time>.</p>" in here.read("2026/01/b/index.html")
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
