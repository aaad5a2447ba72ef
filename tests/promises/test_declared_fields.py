"""Fields that features declare: an edit of one wakes what shows it and nothing else, and a feature that is switched is read anew."""

from __future__ import annotations

import multiprocessing
import subprocess
import sys
from collections.abc import Callable, Mapping, Set

import pytest

from harness.site import CONFIG, Site, differences
from wol.engine import assembling
from wol.engine.step_cache import Columns
from wol.features import registry
from wol.model.item import Summary

PLUGIN = '''
import json

import msgspec

from wol.api import Feature, Field, Made, Step, Target, hook

FIELDS = (
    Field("turn", "number", "Its place."),
    Field("heard", "date", "When."),
    Field("players", "list", "Who."),
    Field("proof", "reference", "From where."),
    Field("track", "map", "Its sound.", fields=(Field("src", "reference", "The file."), Field("bytes", "number", "Its size.")), shorthand="src"),
)


def plan(site):
    """`/parts.json` is made of a column, and for each post `/shown/NAME.txt` of one fact each, asked by its key."""
    targets = [Target(path="parts.json", kind="parts", args=dict(site.column("tale.turn")))]
    for key in site.table("lists")["posts"]:
        for fact in ("turn", "heard", "players", "proof", "track"):
            targets.append(Target(path=f"shown/{key[6:-3]}-{fact}.txt", kind="fact", args={"key": key, "fact": f"tale.{fact}"}))
    return Made(targets=targets)


def parts(views, target):
    return json.dumps(target.args).encode()


def fact(views, target):
    value = views.value(target.args["fact"], target.args["key"])
    shown = [type(value).__name__, value]
    if type(value).__name__ == "Link":
        shown.append(views.resolve(value))
    return msgspec.json.encode(shown)


@hook
def wol_features(config):
    fields = (Field("turn", "text", "Its place."), *FIELDS[1:]) if config.extra.get("in_words") else FIELDS
    step = Step(name="files", make=plan, columns=frozenset({"tale.turn"}), needs=frozenset({"lists"}), plans=True)
    return [Feature(name="tale", fields=fields), Feature(name="shown", steps=(step,), kinds={"parts": parts, "fact": fact})]
'''

SETTINGS = CONFIG + '[build]\nplugins = ["{}"]\n'
POST = "---\ndate: 2026-10-0{}\n{}---\nText.\n"


def made(site: Callable[..., Site], plugin: str) -> Site:
    """Give a site of three posts, two of them with facts; the plugin has a name of its own in each test, since modules are kept."""
    here = site(
        {
            f"{plugin}.py": PLUGIN,
            "content/posts/a.md": POST.format(
                1, "turn: 1\nheard: 2026-01-02\nplayers: [Ann, Bob]\nproof: letter.pdf\ntrack: {src: a.mp3, bytes: 3}\n"
            ),
            "content/posts/b.md": POST.format(2, "turn: 2\nproof: https://example.net/\ntrack: far.mp3\n"),
            "content/posts/c.md": POST.format(3, ""),
            "content/posts/letter.pdf": "letter",
            "content/posts/a.mp3": "sound",
            "content/posts/far.mp3": "sound",
        },
        SETTINGS.format(plugin),
    )
    here.build()
    return here


def rendered(here: Site) -> set[str]:
    return {outcome.path for outcome in here.build().outcomes}


def test_facts_keep_their_types_and_files_are_published(site: Callable[..., Site]) -> None:
    """Numbers, dates, lists, references and maps come back from the store as what they were; what a reference names is published."""
    here = made(site, "tale_types")
    files = here.files()
    assert files["parts.json"] == b'{"posts/b.md": 2, "posts/a.md": 1}', "newest first, and only items that have a value"
    assert files["shown/a-turn.txt"] == b'["int",1]'
    assert files["shown/a-heard.txt"] == b'["Moment",[1767312000000000,"2026-01-02T00:00:00+00:00",true]]'
    assert files["shown/a-players.txt"] == b'["tuple",["Ann","Bob"]]'
    assert files["shown/a-proof.txt"] == b'["Link",["link","letter.pdf","posts/letter.pdf","","","",0,""],"/posts/letter.pdf"]'
    assert files["shown/b-proof.txt"] == b'["str","https://example.net/"]'
    assert files["shown/c-turn.txt"] == b'["NoneType",null]'
    assert b'"bytes":3' in files["shown/a-track.txt"]
    assert {"posts/letter.pdf", "posts/a.mp3", "posts/far.mp3"} <= files.keys()


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("turn: 1", "turn: 5", {"parts.json", "shown/a-turn.txt"}),
        ("turn: 1\n", "", {"parts.json", "shown/a-turn.txt"}),
        ("turn: 1", "turn: '1'", set()),
        ("2026-01-02", "2026-01-03", {"shown/a-heard.txt"}),
        ("[Ann, Bob]", "[Ann]", {"shown/a-players.txt"}),
        ("letter.pdf", "https://example.org/x", {"shown/a-proof.txt"}),
        ("bytes: 3", "bytes: 4", {"shown/a-track.txt"}),
        ("Text.", "Other text.", set()),
    ],
)
def test_an_edit_of_one_field(site: Callable[..., Site], old: str, new: str, expected: set[str]) -> None:
    """What shows another fact, or that of another item, is not rendered."""
    here = made(site, "tale_edits")
    assert rendered(here) == set()
    here.write("content/posts/a.md", (here.root / "content/posts/a.md").read_text().replace(old, new))
    shown = {path for path in rendered(here) if path == "parts.json" or path.startswith("shown/")}
    assert shown == expected


def test_a_feature_with_fields_that_is_switched(site: Callable[..., Site]) -> None:
    """Off, its fields are foreign keys without a finding, whatever they hold; on again, all is as before."""
    here = made(site, "tale_switch")
    before = here.files()
    here.write("site.toml", SETTINGS.format("tale_switch") + "[features]\ntale = false\n")
    assert not here.build().diagnostics
    files = here.files()
    assert files["parts.json"] == b"{}"
    assert files["shown/a-proof.txt"] == b'["NoneType",null]'
    assert "posts/letter.pdf" not in files
    here.write("content/posts/b.md", POST.format(2, "turn: 3\nproof: https://example.net/\ntrack: far.mp3\n"))
    here.build()
    here.write("site.toml", SETTINGS.format("tale_switch"))
    here.build()
    after = here.files()
    assert after.pop("parts.json") == b'{"posts/b.md": 3, "posts/a.md": 1}'
    assert after.pop("shown/b-turn.txt") == b'["int",3]'
    assert not (found := differences({path: before[path] for path in after}, after)), found


def test_a_field_that_is_declared_otherwise(site: Callable[..., Site]) -> None:
    """Where the same feature declares a field of another type, since the settings say so, its values are read again."""
    here = made(site, "tale_otherwise")
    here.write("site.toml", SETTINGS.format("tale_otherwise") + "[extra]\nin_words = true\n")
    here.build()
    assert here.files()["shown/a-turn.txt"] == b'["str","1"]'
    assert here.files()["parts.json"] == b'{"posts/b.md": "2", "posts/a.md": "1"}'


def test_a_taxonomy_of_that_name_wins(site: Callable[..., Site]) -> None:
    """A taxonomy in `site.toml` takes the name; the field is not read."""
    here = made(site, "tale_terms")
    here.write("site.toml", SETTINGS.format("tale_terms") + "[taxonomies.players]\n")
    assert not here.build().diagnostics
    assert "players/ann/index.html" in here.files()
    assert here.files()["shown/a-players.txt"] == b'["NoneType",null]'
    assert here.files()["shown/a-turn.txt"] == b'["int",1]'


def test_an_unknown_column_is_refused(site: Callable[..., Site]) -> None:
    """A column of a field that nobody declares is an error, also where the feature declares to read it."""
    here = site({"tale_unknown.py": PLUGIN.replace('"tale.turn"', '"tale.trun"'), "content/a.md": "A"}, SETTINGS.format("tale_unknown"))
    (found,) = here.errors()
    assert (found.code, found.message) == ("plugin-failed", "There is no column `tale.trun`, which the step `shown.files` reads")
    assert found.hint == "did you mean `tale.turn`?"


def test_without_fields_nothing_is_kept(site: Callable[..., Site], monkeypatch: pytest.MonkeyPatch) -> None:
    """Where no plugin declares a field, there are no columns but those of wol's own features, and an item without their fields has no facts."""
    seen: list[tuple[object, object]] = []

    class Spied(Columns):
        def __init__(self, summaries: Mapping[str, Summary], declared: Set[str] = frozenset()) -> None:
            seen.append((declared, [summary.facts for summary in summaries.values()]))
            super().__init__(summaries, declared)

    monkeypatch.setattr(assembling, "Columns", Spied)
    site({"content/a.md": "---\nturn: 1\n---\nA"}).build()
    own = {f"{feature.name}.{field.name}" for feature in registry.declared() for field in feature.fields}
    assert seen == [(frozenset({"marks.link", *own}), [{}])]


@pytest.mark.parametrize("method", multiprocessing.get_all_start_methods())
def test_fields_in_workers(site: Callable[..., Site], method: str) -> None:
    """Workers read declared fields however they are started."""
    here = made(site, "tale_workers")
    one = here.files()
    here.run("clean", "--all")
    before = f"from wol.engine.jobs import execute; execute.start_method = lambda: {method!r}"
    program = f"{before}\nif __name__ == '__main__':\n  from wol.cli.main import main; main()\n"
    command = [sys.executable, "-c", program, "build", "--at", "2026-12-01", "--jobs", "2"]
    build = subprocess.run(command, cwd=here.root, capture_output=True, text=True, check=False)
    assert build.returncode == 0, build.stderr
    assert not (found := differences(one, here.files())), found


def test_wrong_values_on_the_command_line(site: Callable[..., Site]) -> None:
    """What a writer sees of a wrong value, and of where a value comes from; the schema and an archetype know the fields."""
    here = made(site, "tale_command")
    here.write("content/posts/_defaults.toml", "turn = 7\n")
    listed = here.run("list", "--why").stdout
    assert "turn comes from posts/_defaults.toml" in listed
    schema = here.run("schema", "front-matter").stdout
    assert '"Its place."' in schema
    here.write("archetypes/post.md", "---\ntitle: x\nturn: two\n---\n")
    refused = here.run("new", "A title")
    assert refused.code != 0
    assert "`turn` must be a whole number, not `two`" in refused.stderr
    here.write("content/posts/c.md", POST.format(3, "turn: two\n"))
    told = here.run("build").stderr
    assert "content/posts/c.md:3:7: error[front-matter-type]: `turn` must be a whole number, not `two`" in told
    assert "write a number such as `1`" in told
