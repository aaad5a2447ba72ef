"""What features show in slots, and templates of their own: in order, switched, overridden, edited, in workers; incremental builds equal clean ones."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from harness.faults import slots_left_out_of_the_closure, themes_of_plugins_scanned_once
from harness.site import CONFIG, Site, differences
from wol.config.load import load as load_config
from wol.engine.session import Session
from wol.features import registry
from wol.watch.watched_paths import watched_paths

INIT = """
from wol.api import Feature, Made, Name, Step, Target, hook


def loud(views, key):
    return views.value("title", key).upper()


@hook
def wol_features(config):
    return [
        Feature(
            name="words",
            theme="{package}:theme",
            slots={{slot: (f"parts/words-{{slot}}.html",) for slot in {slots!r}}},
            page={{"loud": Name(loud, "The title in capitals.", empty="")}},
        ),
        Feature(name="more", theme="{package}:more", slots={{"end": ("parts/more.html",), "card": ("parts/more.html",)}}),
    ]
"""

SLOTS = ("head", "after_title", "before_content", "after_content", "end", "aside", "footer", "card")
POST = "---\ndate: 2026-10-0{}\n---\nText of {}.\n"


def plugin_site(site: Callable[..., Site], package: str, settings: str = "", files: Mapping[str, str] = {}) -> Site:
    """Make a site with a plugin of two features, each with a theme; the package has a name of its own in each test, since modules are kept."""
    theme = {
        f"{package}/theme/templates/parts/words-{slot}.html": f"<!--{slot} {{{{ (page.loud if page else site.title) }}}}-->"
        for slot in SLOTS
    }
    return site(
        {
            f"{package}/__init__.py": INIT.format(package=package, slots=SLOTS),
            **theme,
            f"{package}/theme/templates/parts/words-card.html": "<!--card {{ post.loud }}-->",
            f"{package}/theme/assets/words.css": "p { color: red }",
            f"{package}/theme/translations/de.toml": '"Word" = "Wort"\n',
            f"{package}/more/templates/parts/more.html": '<!--more {{ "words.css"|asset }}-->',
            "content/posts/a.md": POST.format(1, "a"),
            "content/posts/b.md": POST.format(2, "b"),
            "content/about.md": "About.",
            "content/notes/n.md": "---\ndate: 2026-10-03\n---\nA note.",
            "content/posts/gone.md": "---\ntitle: Withdrawn\ndate: 2026-10-04\ngone: yes\n---\n",
            **files,
        },
        f'{CONFIG}\n[build]\nplugins = ["{package}"]\n{settings}',
    )


def shown(here: Site, path: str) -> list[str]:
    """Give what slots show in a file of the output, in its order."""
    return re.findall(r"<!--(\w+)", here.files()[path].decode())


def rendered(here: Site) -> set[str]:
    return {outcome.path for outcome in here.build().outcomes}


def same_as_clean(here: Site) -> None:
    """Compare what an incremental build left with a clean build."""
    before = here.files()
    here.build(clean=True)
    assert not (found := differences(before, here.files())), found


POST_PAGE, PAGE, NOTE = "2026/10/a/index.html", "about/index.html", "notes/n/index.html"
ORDER = ["head", "after_title", "before_content", "after_content", "end", "more", "aside", "footer"]


def test_the_default_theme_has_every_slot(site: Callable[..., Site]) -> None:
    """Posts, pages, notes and lists have the same slots in the same order, and see their page; a tombstone and 404 have no more than the foot."""
    here = plugin_site(site, "slots_all")
    here.build()
    files = here.files()
    assert shown(here, POST_PAGE) == shown(here, PAGE) == ORDER
    for path in ("notes/index.html", "archive/index.html", "2026/index.html", "2026/10/index.html", "index.html"):
        if path in files:
            assert [slot for slot in shown(here, path) if slot != "card"][:3] == ORDER[:3], path
            assert [slot for slot in shown(here, path) if slot == "footer"] == ["footer"], path
    assert shown(here, "index.html").count("card") == 2
    assert b"<!--end A-->" in files[POST_PAGE]
    assert b"<!--card A-->" in files["index.html"]
    assert shown(here, "404.html") == ["footer"]
    assert shown(here, "2026/10/gone/index.html") == []


@pytest.mark.parametrize(
    ("settings", "end", "others"),
    [
        ('[theme.slots]\nend = ["more", "words"]\n', ["more", "end"], True),
        ('[theme.slots]\nend = ["more"]\n', ["more"], True),
        ("[theme.slots]\nend = []\n", [], True),
        ("[features]\nmore = false\n", ["end"], True),
        ("[features]\nwords = false\n", ["more"], False),
    ],
)
def test_order_and_switches(site: Callable[..., Site], settings: str, end: list[str], others: bool) -> None:
    """The order of `[theme.slots]` and `[features]` render again what has the slot, in a running session too, and nothing is left of what was there."""
    here = plugin_site(site, f"slots_switched{len(settings)}")
    session = Session(registry.load)
    session.build(here.request())
    plain = (here.root / "site.toml").read_text()
    here.write("site.toml", plain + settings)
    session.build(here.request())
    assert [slot for slot in shown(here, POST_PAGE) if slot in ("end", "more")] == end
    assert ("head" in shown(here, POST_PAGE)) == others
    same_as_clean(here)
    here.write("site.toml", plain)
    session = Session(registry.load)
    session.build(here.request())
    assert shown(here, POST_PAGE) == ORDER


def test_an_edit_of_a_plugins_theme(site: Callable[..., Site]) -> None:
    """Its templates, assets and texts are inputs like those of any theme."""
    here = plugin_site(site, "slots_edited")
    here.build()
    assert rendered(here) == set()
    here.write("slots_edited/theme/templates/parts/words-after_content.html", "<!--changed-->")
    assert POST_PAGE in rendered(here)
    assert "changed" in shown(here, POST_PAGE)
    here.write("slots_edited/theme/assets/words.css", "p { color: blue }")
    assert any(path.startswith("assets/words.") for path in rendered(here))
    same_as_clean(here)


def test_a_site_overrides_a_plugins_theme(site: Callable[..., Site]) -> None:
    """A file of the site's own theme wins, and can extend the one of the plugin by the feature's name."""
    here = plugin_site(site, "slots_overridden")
    here.build()
    here.write("themes/default/templates/parts/words-end.html", 'mine <!--mine-->{% include "!words/parts/words-end.html" %}')
    assert POST_PAGE in rendered(here)
    assert shown(here, POST_PAGE) == [*ORDER[:4], "mine", *ORDER[4:]]
    same_as_clean(here)


def test_an_override_without_slots(site: Callable[..., Site]) -> None:
    """A template from before there were slots works, shows nothing of features, and is not rendered again when they are switched."""
    override = "<!doctype html><title>{{ page.title }}</title>{{ page.content }}"
    here = plugin_site(site, "slots_before", files={"themes/default/templates/post.html": override})
    here.build()
    assert shown(here, POST_PAGE) == []
    here.write("site.toml", (here.root / "site.toml").read_text() + "[features]\nmore = false\n")
    assert POST_PAGE not in rendered(here)
    same_as_clean(here)


def test_a_template_that_names_what_is_off(site: Callable[..., Site]) -> None:
    """It shows nothing for the names of a feature that is off, and finds the feature's templates all the same."""
    override = '<!doctype html><title>x</title>{{ page.loud }}{% include "parts/words-end.html" %}'
    here = plugin_site(site, "slots_off", "[features]\nwords = false\n", {"themes/default/templates/post.html": override})
    here.build()
    assert here.files()[POST_PAGE].endswith(b"</title><!--end -->\n")


def test_an_error_in_a_slot(site: Callable[..., Site]) -> None:
    """A failing template of a plugin is named at its line, with the page."""
    here = plugin_site(site, "slots_failing", files={"slots_failing/theme/templates/parts/words-end.html": "\n{{ page.tilte }}"})
    (one, *_) = here.errors()
    assert (one.code, str(one.span)) == ("template-name", "<words>/templates/parts/words-end.html:2")


def test_workers(site: Callable[..., Site]) -> None:
    """Templates of plugins are found by worker processes too."""
    here = plugin_site(site, "slots_workers", files={f"content/posts/p{n}.md": POST.format(5, n) for n in range(60)})
    here.build(jobs=1)
    one = here.files()
    here.build(clean=True, jobs=2)
    assert not (found := differences(one, here.files())), found


def test_what_is_watched(site: Callable[..., Site]) -> None:
    """The folder of a plugin's theme is watched, and whatever an absolute path leads to."""
    here = plugin_site(site, "slots_watched")
    found = watched_paths(here.root, load_config(here.root))
    assert str((here.root / "slots_watched/theme").resolve()) in {tree.path for tree in found.trees if tree.holds == "theme"}


@pytest.mark.parametrize(
    ("theme", "message"),
    [
        ("slots_nowhere:theme", "there is no package `slots_nowhere`"),
        ("/nowhere/theme", "`/nowhere/theme` is not a folder"),
        ("slots_wrong:them", "them` is not a folder"),
    ],
)
def test_a_theme_that_is_not_there(site: Callable[..., Site], theme: str, message: str) -> None:
    """The plugin is named, with what it says."""
    number = str(abs(hash(theme)) % 100000)
    here = site(
        {
            f"slots_wrong{number}.py": f"from wol.api import Feature, hook\n@hook\ndef wol_features(config):\n    return [Feature(name='w', theme={theme!r})]\n"
        },
        f'{CONFIG}\n[build]\nplugins = ["slots_wrong{number}"]\n',
    )
    if "slots_wrong:" in theme:
        here.write("slots_wrong/__init__.py", "")
    (one,) = here.errors()
    assert one.code == "plugin-failed"
    assert message in one.message


@pytest.mark.parametrize(
    ("slots", "message"),
    [
        ('{"ned": ("a.html",)}', "in the slot `ned`, which does not exist; did you mean `end`?"),
        ('{"end": "a.html"}', "`slots` of the feature `w` for `end` is `'a.html'`, where several names belong"),
        ('{"end": ("parts/hedaer.html",)}', "shows `parts/hedaer.html` in the slot `end`, and no theme has that template"),
    ],
)
def test_slots_that_cannot_be(site: Callable[..., Site], slots: str, message: str) -> None:
    """A declaration with a slot or template that does not exist is refused."""
    name = f"slots_refused{abs(hash(slots)) % 100000}"
    text = f"from wol.api import Feature, hook\n@hook\ndef wol_features(config):\n    return [Feature(name='w', slots={slots})]\n"
    here = site({f"{name}.py": text, "content/a.md": "A"}, f'{CONFIG}\n[build]\nplugins = ["{name}"]\n')
    assert message in here.errors()[0].message


def test_a_theme_at_an_absolute_path(site: Callable[..., Site], tmp_path: Path) -> None:
    """A plugin of one module may name any folder, for example beside itself."""
    far = tmp_path / "far"
    (far / "templates").mkdir(parents=True)
    (far / "templates/x.html").write_text("<!--far-->")
    text = f"from wol.api import Feature, hook\n@hook\ndef wol_features(config):\n    return [Feature(name='far', theme={str(far)!r}, slots={{'end': ('x.html',)}})]\n"
    here = site({"slots_far.py": text, "content/a.md": "A"}, f'{CONFIG}\n[build]\nplugins = ["slots_far"]\n')
    here.build()
    assert shown(here, "a/index.html") == ["far"]
    shutil.rmtree(far)
    (one,) = here.errors()
    assert one.code == "plugin-failed"


@pytest.mark.parametrize(
    ("fault", "edit"),
    [
        (slots_left_out_of_the_closure, "templates/parts/words-end.html"),
        (slots_left_out_of_the_closure, "site.toml"),
        (themes_of_plugins_scanned_once, "templates/parts/words-end.html"),
        (themes_of_plugins_scanned_once, "assets/words.css"),
    ],
)
def test_seeded_faults_are_seen(
    site: Callable[..., Site], monkeypatch: pytest.MonkeyPatch, fault: Callable[[pytest.MonkeyPatch], None], edit: str
) -> None:
    """With either dependency missing, an edit leaves old pages; with both there, it does not."""
    stale = []
    for faulty in (False, True):
        package = f"slots_{fault.__name__[:6]}_{len(edit)}_{faulty}".lower()
        here = plugin_site(site, package)
        with monkeypatch.context() as patch:
            if faulty:
                fault(patch)
            here.build()
            if edit == "site.toml":
                here.write(edit, (here.root / edit).read_text() + '[theme.slots]\nend = ["more", "words"]\n')
            else:
                here.write(f"{package}/theme/{edit}", "changed")
            here.build()
        before = here.files()
        here.build(clean=True)
        stale.append(bool(differences(before, here.files())))
    assert stale == [False, True]
