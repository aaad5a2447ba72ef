"""A plugin with Markdown syntax of its own: `@name` is a mark of the text and a part that is rendered with what a table says."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from itertools import count
from pathlib import Path

import pytest

from harness import faults
from harness.site import CONFIG, Site, differences, tree
from wol.content.settings import FeatureRules, read_settings
from wol.engine.jobs import execute
from wol.errors import WolError
from wol.model.config import Config, SiteConfig
from wol.model.target import BuildReport

NUMBERS = count()

PLUGIN = """
import re

from wol.api import Feature, Made, Step, Syntax, Target, begins_with, hook

NAME = re.compile(r"@([a-z]+)")


@begins_with("@")
def mention(state, silent):
    found = NAME.match(state.src, state.pos)
    if not found or (state.pos and state.src[state.pos - 1].isalnum()):
        return False
    if not silent:
        token = state.push("part", "", 0)
        token.content = found[0]
        token.meta = {"part": ("mention", {"name": found[1]}), "mark": ("mention", (found[1],))}
    state.pos = found.end()
    return True


@begins_with("=")
def box(state, start, end, silent):
    line = state.src[state.bMarks[start] : state.eMarks[start]]
    if not line.startswith("=== "):
        return False
    if not silent:
        token = state.push("part_open", "", 1)
        token.map = [start, start + 1]
        token.meta = {"part": ("box", {"title": line[4:]}), "mark": ("ask", (line[4:],))}
        stop = start + 1
        while stop < end and state.src[state.bMarks[stop] : state.eMarks[stop]] != "===":
            stop += 1
        state.md.block.tokenize(state, start + 1, stop)
        state.push("part_close", "", -1)
        state.line = min(stop + 1, end)
    return True


def rules(md):
    md.inline.ruler.before("link", "mention", mention)
    md.block.ruler.before("lheading", "box", box, {"alt": ["paragraph"]})


def show(views, part):
    person = views.value("people", part.args["name"])
    if person is None:
        return f"<i>{part.text}</i>"
    url = views.absolute(person["url"]) if part.absolute else views.href(person["url"])
    return f'<a class="mention" href="{url}">{person["title"]}</a>'


def frame(views, part):
    return f'<section class="box" data-item="{part.item}"><b>{part.args["title"]}</b>{part.content}</section>'


def tables(site):
    slugs, titles, urls = site.column("slug"), site.column("title"), site.column("url")
    people = {slugs[key]: {"title": titles[key], "url": urls[key]} for key in urls if key.startswith("team/")}
    said = {}
    for key, marks in site.column("marks.mention").items():
        for mark in marks:
            said.setdefault(mark.args[0], []).append(f"{key}#{mark.anchor}: {mark.sentence}")
    return Made({"people": people, "said": {name: sorted(lines) for name, lines in said.items()}})


def plan(site):
    return Made(targets=(Target(path="said.txt", kind="said", args={"names": ["ann", "bob"]}), Target(path="first.txt", kind="first")))


def first(views, target):
    return repr([views.value("marks." + kind, "posts/a.md") for kind in ("mention", "ask", "none")]).encode()


def said(views, target):
    return "".join(f"{name}: {views.value('said', name)}\\n" for name in target.args["names"]).encode()


@hook
def wol_features(config):
    columns = frozenset({"title", "slug", "url", "marks.mention", "marks.ask", "marks.link"})
    return [
        Feature(
            name="mentions",
            marks=("mention", "ask"),
            syntax=Syntax(rules=rules, parts={"mention": show, "box": frame}),
            steps=(
                Step(name="tables", make=tables, provides=("people", "said"), columns=columns, needs=frozenset({"lists"})),
                Step(name="files", make=plan, plans=True),
            ),
            kinds={"said": said, "first": first},
        )
    ]
"""

FILES: Mapping[str, str] = {
    "content/posts/a.md": "---\ntitle: A\ndate: 2026-11-01\n---\n## Part\n\nHello. We met @ann and @nobody, at e.g. a *fair*. Mail a@ann.example.\n",
    "content/posts/b.md": "---\ntitle: B\ndate: 2026-11-02\n---\nThanks to ![by @bob](/x.png) and **@bob**.\n\n=== Why?\nIt [is](a.md), says @ann.\n===\n\nEnd.\n",
    "content/posts/c.md": "---\ntitle: C\ndate: 2026-11-03\n---\nNobody here.\n",
    "content/posts/d.md": "---\ntitle: D\ndate: 2026-11-04\ndraft: true\n---\nSecretly @ann knows.\n",
    "content/team/ann.md": "---\ntitle: Ann\nslug: ann\n---\nThat is Ann.\n",
    "content/team/bob.md": "---\ntitle: Bob\nslug: bob\n---\nThat is Bob, not @ann.\n",
    "static/x.png": "x",
}

Make = Callable[..., Site]


def settings(name: str, *, on: bool = True) -> str:
    """Return the settings with the plugin, switched on or off."""
    return f'{CONFIG}\n[build]\nplugins = ["{name}"]\n[features]\nmentions = {"true" if on else "false"}\n'


@pytest.fixture
def made(site: Make, tmp_path: Path) -> tuple[Site, str]:
    """Give a site with the plugin, and the plugin's name."""
    name = f"mentions{next(NUMBERS)}"
    return site({**FILES, f"{name}.py": PLUGIN}, settings(name)), name


def same_as_clean(here: Site, **options: object) -> BuildReport:
    """Build, and see that it is what a clean build makes."""
    report = here.build(**options)
    after = tree(here.output)
    here.build(clean=True)
    assert not differences(tree(here.output), after)
    return report


def edit(here: Site, path: str, old: str, new: str) -> None:
    """Put a text in the place of another one in a file."""
    text = (here.root / path).read_text()
    assert old in text
    here.write(path, text.replace(old, new, 1))


def rendered(report: BuildReport) -> set[str]:
    return {outcome.path for outcome in report.outcomes}


def test_a_part_is_rendered_in_pages_and_feeds_and_is_a_mark(made: tuple[Site, str]) -> None:
    """With links filled in inside it, absolute ones in feeds, and its text where only text can be."""
    here, _ = made
    here.build()
    a, b = here.read("2026/11/a/index.html"), here.read("2026/11/b/index.html")
    assert '<a class="mention" href="/team/ann/">Ann</a> and <i>@nobody</i>, at' in a
    assert "a@ann.example" in a
    assert '<section class="box" data-item="posts/b.md"><b>Why?</b><p>It <a href="/2026/11/a/">is</a>, says <a class="mention"' in b
    assert 'alt="by @bob"' in b
    assert '<strong><a class="mention" href="/team/bob/">Bob</a></strong>' in b
    feed = here.read("feed.xml")
    assert "https://example.org/team/ann/" in feed
    assert "https://example.org/team/bob/" in feed
    assert "We met @ann and @nobody" in a  # the description
    assert here.read("said.txt").splitlines() == [
        "ann: ['posts/a.md#part: We met @ann and @nobody, at e.g. a fair.', 'posts/b.md#: It is, says @ann.', "
        "'team/bob.md#: That is Bob, not @ann.']",
        "bob: ['posts/b.md#: Thanks to by @bob and @bob.']",
    ]
    assert "Mark(kind='mention', args=('ann',), sentence='We met @ann and @nobody, at e.g. a fair.', anchor='part')" in here.read(
        "first.txt"
    )
    assert "Secretly" not in "".join(data.decode("utf-8", "replace") for data in here.files().values())


def test_edits_wake_what_they_concern(made: tuple[Site, str]) -> None:
    """A person's new title wakes who shows the person; an edit beside a mark, a line or another mark, nobody who reads marks."""
    here, _ = made
    here.build()
    edit(here, "content/team/ann.md", "title: Ann", "title: Anna")
    found = rendered(same_as_clean(here))
    assert {"2026/11/a/index.html", "2026/11/b/index.html", "feed.xml"} <= found
    assert not {"2026/11/c/index.html", "said.txt", "first.txt"} & found
    assert "Anna</a>" in here.read("2026/11/a/index.html")

    edit(here, "content/posts/a.md", "## Part", "More.\n\nMore.\n\n## Part")
    edit(here, "content/posts/a.md", "Mail", "Write to")
    assert not {"said.txt", "first.txt"} & rendered(same_as_clean(here))
    edit(here, "content/posts/a.md", "a *fair*", "a [fair](c.md)")
    assert {"said.txt", "first.txt"} & rendered(same_as_clean(here)) == set()
    edit(here, "content/posts/a.md", "Hello. We met", "Hello. They met")
    assert {"said.txt", "first.txt"} <= rendered(same_as_clean(here))
    assert "They met @ann" in here.read("said.txt")
    edit(here, "content/posts/a.md", "Hello. ", "Hello there. ")
    assert not {"said.txt", "first.txt"} & rendered(same_as_clean(here))
    here.remove("content/team/ann.md")
    same_as_clean(here)
    assert "<i>@ann</i>" in here.read("2026/11/b/index.html")
    here.remove("content/posts/a.md")
    same_as_clean(here)
    assert here.read("first.txt") == "[None, None, None]"


def test_switched_off_and_on_again(made: tuple[Site, str]) -> None:
    """Without the feature its syntax is plain text, and all is read again."""
    here, name = made
    here.build()
    with_it = tree(here.output)
    here.write("site.toml", settings(name, on=False))
    same_as_clean(here)
    assert "We met @ann and @nobody, at" in here.read("2026/11/a/index.html")
    assert "mention" not in here.read("2026/11/a/index.html")
    assert not (here.output / "said.txt").exists()
    here.write("site.toml", settings(name))
    here.build()
    assert not differences(with_it, tree(here.output))


def test_the_key_of_what_was_read_says_which_syntax_there_was() -> None:
    """So a built-in feature that is switched on or off, or has another version, has every text read again."""
    config = Config(site=SiteConfig(title="T", base_url="https://example.org"))
    given = [(), *((FeatureRules(name, version, f"wol.features.{name}:rules", ("x",)),) for name in "ab" for version in "12")]
    assert len({read_settings(config, syntax=syntax).digest for syntax in given}) == len(given)


def test_in_several_processes_it_is_the_same(made: tuple[Site, str], monkeypatch: pytest.MonkeyPatch) -> None:
    """However they are started: what reading needs is handed over as data."""
    here, _ = made
    here.build()
    alone = tree(here.output)
    for method in ("fork", "spawn"):
        monkeypatch.setattr(execute, "start_method", lambda method=method: method)
        here.build(clean=True, jobs=2)
        assert not differences(alone, tree(here.output)), method


@pytest.mark.parametrize(
    "fault",
    [
        "marks_left_out_of_what_changed",
        "marks_by_number",
        "reads_of_part_renderers_unrecorded",
        "no marks.mention",
    ],
)
def test_a_seeded_fault_shows_in_a_few_edits(made: tuple[Site, str], monkeypatch: pytest.MonkeyPatch, fault: str) -> None:
    """A sentence, a person's title and the feature's switch: each fault of marks and parts makes one of the builds wrong."""
    here, name = made
    {**faults.FAULTS, "marks_by_number": faults.marks_by_number}[fault](monkeypatch)
    here.build()

    def edits() -> None:
        edit(here, "content/posts/a.md", "Hello. We met", "Hello. They met")
        same_as_clean(here)
        edit(here, "content/team/ann.md", "title: Ann", "title: Anna")
        same_as_clean(here)
        here.write("site.toml", settings(name, on=False))
        same_as_clean(here)

    with pytest.raises((AssertionError, KeyError)):
        edits()


def test_rules_that_fail_in_another_process(site: Make, monkeypatch: pytest.MonkeyPatch) -> None:
    """They are the plugin's error there too."""
    name = f"mentions{next(NUMBERS)}"
    here = site({**FILES, f"{name}.py": PLUGIN.replace("def rules(md):", "def rules(md):\n    1 / 0")}, settings(name))
    monkeypatch.setattr(execute, "start_method", lambda: "spawn")
    with pytest.raises(WolError) as caught:
        here.build(jobs=2)
    assert [one.code for one in caught.value.diagnostics] == ["plugin-failed"]
    assert "ZeroDivisionError" in caught.value.diagnostics[0].message


SYNTAX_FAULTS = {
    "inline": ("    found = NAME.match(state.src, state.pos)", "    raise ValueError('no')", "content/posts/a.md:7", "ValueError: no"),
    "block": ("    line = state.src[", "    raise ValueError('no')\n    line = state.src[", "content/posts/", "ValueError: no"),
    "block at its line": ("        token.map = [start, start + 1]", "        1 / 0", "content/posts/b.md:7", "ZeroDivisionError"),
    "exit": ("    found = NAME.match(state.src, state.pos)", "    raise SystemExit", "content/posts/a.md:7", "SystemExit"),
    "no such part": ('{"part": ("mention", {', '{"part": ("mantion", {', "content/posts/a.md", "`mantion`"),
    "no part": ('{"part": ("mention", {"name": found[1]})', '{"part": None', "content/posts/a.md", "no `part`"),
    "odd arguments": ('{"name": found[1]}', '{"name": found}', "content/posts/a.md", "no plain data"),
    "no names": ('{"name": found[1]}', '["name"]', "content/posts/a.md", "no plain data"),
    "no such mark": ('"mark": ("mention", (', '"mark": ("mantion", (', "content/posts/a.md", "`mantion`"),
    "odd mark": ('"mark": ("mention", (found[1],))', '"mark": "mention"', "content/posts/a.md", "`mark`"),
    "a mark's text": ('"mark": ("mention", (found[1],))', '"mark": ("mention", (1,))', "content/posts/a.md", "texts belong"),
    "a mark of wol's": ('marks=("mention", "ask")', 'marks=("mention", "ask", "link")', "", "kind of mark `link`"),
    "rules": (
        "def rules(md):",
        "def rules(md):\n    md.block.ruler.before('nothing', 'x', box)",
        "",
        "failed in the rules of its `syntax`",
    ),
    "rules of nowhere": ("syntax=Syntax(rules=rules", "syntax=Syntax(rules=lambda md: None", "", "is not a function of a module"),
    "no syntax": ("syntax=Syntax(", "syntax=dict(", "", "where a `Syntax` belongs"),
    "never closed": ('        state.push("part_close", "", -1)\n', "", "content/posts/b.md:7", "no close"),
    "render": ("    person = views", "    raise KeyError('x')\n    person = views", "content/posts/", "KeyError: 'x'"),
    "render gives bytes": ('        return f"<i>{part.text}</i>"', "        return b''", "content/posts/a.md", "type `bytes`"),
    "render stops": ("    person = views", "    raise SystemExit(3)\n    person = views", "content/posts/", "SystemExit: 3"),
}


@pytest.mark.parametrize("what", SYNTAX_FAULTS)
def test_what_a_plugin_s_syntax_raises_names_plugin_and_place(site: Make, what: str) -> None:
    """A rule's failure names file and line, a renderer's the page; and nothing is published."""
    before, after, place, said = SYNTAX_FAULTS[what]
    assert before in PLUGIN
    name = f"mentions{next(NUMBERS)}"
    here = site({**FILES, f"{name}.py": PLUGIN.replace(before, after, 1)}, settings(name))
    with pytest.raises(WolError) as caught:
        here.build()
    found = caught.value.diagnostics
    assert {one.code for one in found} == {"plugin-failed"}
    assert any(str(one.span or "").startswith(place) and said in one.message for one in found), found
    assert not here.output.exists()


def test_a_site_without_syntax_looks_for_no_parts(site: Make, monkeypatch: pytest.MonkeyPatch) -> None:
    """What no feature has costs nothing."""
    from wol.content.markdown import feature_parts

    monkeypatch.setattr(feature_parts.Taker, "blocks", None)
    site(dict(FILES)).build()
