"""A release in which something of an unpublished item would show is not committed, whatever was built before."""

from __future__ import annotations

import random
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import msgspec
import pytest

from harness.leak_faults import LEAK_FAULTS
from harness.leaking import NUMBERS, leaking, leaks
from harness.site import CONFIG, Site, instant
from wol.check import findings
from wol.engine.memory import SessionMemory
from wol.engine.pipeline import build
from wol.engine.request import BuildRequest
from wol.errors import WolError
from wol.features import registry
from wol.features.feeds import entries

Sites = Callable[..., Site]
PUBLIC: dict[str, str | bytes] = {"content/about.md": "We write about gardens.", "content/posts/2026-10-01-a.md": "# A garden\n\nTulips.\n"}
DRAFT = "---\ntitle: The rhubarb heist\n---\nWe planned it at Oberammergau.\n"
ALLOW = '[check]\nallow = [{{ code = "leak-found", path = "{}", reason = "a jest" }}]\n'


PRINTING = '''"""A plugin that gives templates the text of a file."""

from wol.api import Feature, Name, hook


def secret(views, target):
    return views.source({path!r}).decode()


@hook
def wol_features(config):
    return [Feature(name="extra", context={{"secret": Name(make=secret, description="A text.")}})]
'''


def test_nothing_is_committed(site: Sites) -> None:
    """The output and the state are as they were, the same error comes again, and a mended site is built."""
    files, config = leaking("extra.html", "<p>At Oberammergau.")
    here = site({**PUBLIC, **files}, config)
    here.build()
    output, records = here.files(), here.files(".wol/state")
    here.write("content/drafts/heist.md", DRAFT)
    first = leaks(here)
    assert len(first) == 1
    assert leaks(here) == first
    assert here.files() == output
    assert here.files(".wol/state") == records
    here.write("content/drafts/heist.md", DRAFT.replace("Oberammergau", "home"))
    assert leaks(here) == []


def test_the_first_build_writes_nothing(site: Sites) -> None:
    """Where there is no output yet, there is none after a leak."""
    files, config = leaking("extra.html", "<p>At Oberammergau.")
    here = site({**PUBLIC, **files, "content/drafts/heist.md": DRAFT}, config)
    assert len(leaks(here)) == 1
    assert not here.output.exists()


def test_the_hint_works(site: Sites) -> None:
    """The entry that the message shows, put where it says, lets the build through; it stops allowing when it is removed."""
    files, config = leaking("extra.html", "<p>At Oberammergau.")
    here = site({**PUBLIC, **files, "content/drafts/heist.md": DRAFT}, config)
    (found,) = leaks(here)
    entry = found.hint[found.hint.index("`{") + 1 : found.hint.index("}`") + 1]
    here.write("site.toml", f"{config}[check]\nallow = [{entry}]\n")
    assert leaks(here) == []
    here.write("content/about.md", "We write about gardens and more.")
    assert leaks(here) == []
    here.write("site.toml", config)
    assert leaks(here) == [found]


def test_an_entry_allows_one_file(site: Sites) -> None:
    """Another file with words of the same draft is still an error, and the only one that is named."""
    one, _ = leaking("a.html", "Oberammergau")
    other, _ = leaking("b.json", '{"a": "Oberammergau"}')
    names = [name.removesuffix(".py") for name in (*one, *other)]
    config = CONFIG + f"[build]\nplugins = {names}\n"
    other = {path: str(text).replace('"extra"', '"more"') for path, text in other.items()}
    here = site({**PUBLIC, **one, **other, "content/drafts/heist.md": DRAFT}, config + ALLOW.format("public/a.html"))
    (found,) = leaks(here)
    assert found.message.startswith("`public/b.json` contains words found only in `content/drafts/heist.md`, which is a draft")
    assert found.notes == ()


def test_words_that_are_public_no_longer(site: Sites) -> None:
    """A public text that excused a word of a draft is edited or removed, or its item withdrawn: then the word is a leak."""
    files, config = leaking("extra.html", "<p>At Oberammergau.")
    saying = "We met at Oberammergau."
    for change in ("We met.", None, "---\ndraft: yes\n---\nWe met at Oberammergau."):
        here = site({**PUBLIC, **files, "content/drafts/heist.md": DRAFT, "content/met.md": saying}, config)
        assert leaks(here) == []
        if change is None:
            here.remove("content/met.md")
        else:
            here.write("content/met.md", change)
        assert leaks(here), change
        here.write("content/met.md", saying)
        assert leaks(here) == []


@pytest.mark.parametrize("base", ["", "/blog"])
@pytest.mark.parametrize("link", ["../secret-plan/", "../draft", "/2026/10/draft/"])
def test_a_link_to_a_draft_is_no_leak(site: Sites, link: str, base: str) -> None:
    """The address of a draft that somebody has typed, as it is or from here, is published as a whole in feeds and lists; an address that nobody has typed is a leak."""
    title = "Secret plan" if "secret" in link else "Draft"
    draft = f"content/posts/2026-10-02-{title.lower().replace(' ', '-')}.md"
    post = f"# A garden\n\nTulips. [{title}]({link})\n"
    here = site(
        {**PUBLIC, "content/posts/2026-10-01-a.md": post, draft: f"---\ntitle: {title}\ndraft: true\n---\n"},
        CONFIG.replace(".org", f".org{base}"),
    )
    assert leaks(here) == []
    files, config = leaking("extra.html", f'<a href="{base}/2026/10/draft/">x</a>')
    plain = {**PUBLIC, **files, "content/posts/2026-10-02-draft.md": "---\ntitle: Zq\nslug: draft\ndraft: true\n---\n"}
    assert len(leaks(site(plain, config.replace(".org", f".org{base}")))) == 1


def test_time_alone_makes_a_leak(site: Sites) -> None:
    """A text that expires is unpublished from then on, and what only it says with it."""
    files, config = leaking("extra.html", "<p>At Oberammergau.")
    text = DRAFT.replace("---\nWe", "date: 2026-11-01\nexpires: 2027-01-01\n---\nWe")
    here = site({**PUBLIC, **files, "content/posts/heist.md": text}, config)
    assert leaks(here) == []
    assert len(leaks(here, at=instant("2027-02-01"))) == 1


def test_previews_are_not_searched(site: Sites) -> None:
    """Who asks for drafts sees them, and a preview is for the writer alone."""
    files, config = leaking("extra.html", "<p>At Oberammergau.")
    here = site({**PUBLIC, **files, "content/notes/heist.private.md": DRAFT}, config)
    here.build(drafts=True, output=here.root / "drafts")
    here.build(preview=True)
    assert len(leaks(here)) == 1


def test_a_session_finds_what_one_build_finds(site: Sites) -> None:
    """A process that builds again and again remembers no more and no less."""
    files, config = leaking("extra.html", "<p>At Oberammergau.")
    here, memory = site({**PUBLIC, **files}, config), SessionMemory()

    def codes() -> list[str]:
        try:
            build(BuildRequest(here.root, at=instant("2026-12-01")), registry.load, memory)
        except WolError as error:
            return [one.code for one in error.diagnostics]
        return []

    assert codes() == []
    here.write("content/drafts/heist.md", DRAFT)
    assert codes() == codes() == ["leak-found"]
    here.write("site.toml", config + ALLOW.format("content/drafts/*"))
    assert codes() == codes() == []
    here.write("site.toml", config)
    assert codes() == ["leak-found"]
    here.remove("content/drafts/heist.md")
    assert codes() == []


@pytest.mark.parametrize("jobs", [1, 2])
def test_a_template_that_prints_a_private_text(site: Sites, jobs: int) -> None:
    """A theme's override that prints what a plugin reads from a private text stops the build; the words typed in the template itself are public."""
    name = f"leaking{next(NUMBERS)}"
    private = "content/notes/heist.private.md"
    config = CONFIG + f'[theme]\nuse = ["mine"]\n[build]\nplugins = ["{name}"]\n'
    override = "themes/mine/templates/post.html"
    mine = {override: "{% extends '!default/post.html' %}", f"{name}.py": PRINTING.format(path=private)}
    here = site({**PUBLIC, **mine, private: DRAFT}, config)
    here.build(jobs=jobs)
    output, records = here.files(), here.files(".wol/state")
    for printed in ("{{ secret }}", "{{ secret | upper }}", "<!-- {{ secret | e }} -->", "<a title='{{ secret }}'></a>"):
        here.write(override, f"{{% extends '!default/post.html' %}}\n{{% block content %}}{printed}{{{{ super() }}}}{{% endblock %}}\n")
        (found,) = leaks(here, jobs=jobs)
        assert found.message.startswith(f"`public/2026/10/a/index.html` contains words found only in `{private}`, which is private"), (
            printed
        )
        assert "`oberammergau`" in found.message, printed
        assert here.files() == output
        assert here.files(".wol/state") == records
    here.write(override, "{% extends '!default/post.html' %}\n{% block content %}At Oberammergau.{{ super() }}{% endblock %}\n")
    assert leaks(here, jobs=jobs) == []


@pytest.mark.parametrize("content", ["full", "summary"])
def test_a_feed_entry_with_a_private_text(site: Sites, monkeypatch: pytest.MonkeyPatch, content: str) -> None:
    """A private text in an entry of wol's own feeds, in all their formats, stops the build."""
    private = "content/notes/heist.private.md"
    here = site({**PUBLIC, private: DRAFT}, CONFIG + f'[feeds]\ncontent = "{content}"\nformats = ["rss", "atom", "json"]\n')
    here.build()
    output, records = here.files(), here.files(".wol/state")
    entry = entries._entry

    def leaking_entry(views: Any, *rest: Any) -> entries.Entry:
        made = entry(views, *rest)
        return msgspec.structs.replace(made, content=f"{made.content}<p>{views.source(private).decode()}</p>")

    monkeypatch.setattr(entries, "_entry", leaking_entry)
    here.write("content/posts/2026-10-01-a.md", "# A garden\n\nTulips and roses.\n")
    (found,) = leaks(here)
    for feed in ("public/atom.xml", "public/feed.json", "public/feed.xml"):
        assert f"`{feed}`" in f"{found.message} {found.notes}"
    assert "`oberammergau`" in found.message
    assert here.files() == output
    assert here.files(".wol/state") == records


def test_check_looks_at_the_output_as_it_is(site: Sites) -> None:
    """A page into which somebody has copied a draft is found by `wol check`, in the same words."""
    here = site({**PUBLIC, "content/drafts/heist.md": DRAFT})
    here.build()
    here.write("public/about/index.html", "<p>At Oberammergau.")
    (found,) = [one for one in findings(here.root, registry.load) if one.code == "leak-found"]
    assert found.message.startswith("`public/about/index.html` contains words found only in `content/drafts/heist.md`")


WORDS = ("Oberammergau", "Zanzibar", "wheelbarrow", "Größenwahn", "daffodil")


def steps(here: Site, config: str, seed: int) -> Iterator[None]:
    """Change a site at random: public texts, drafts, what a plugin writes, what is allowed."""
    chance = random.Random(seed)
    while True:
        some = " ".join(chance.sample(WORDS, chance.randrange(3)))
        match chance.randrange(6):
            case 0 | 1:
                here.write(f"content/posts/2026-10-01-p{chance.randrange(3)}.md", f"# Post\n\n{some}\n")
            case 2:
                here.write(f"content/drafts/{chance.choice('ab')}.md", f"---\ntitle: D\n---\n{some}\n")
            case 3:
                here.write("content/said.private.md", some)
            case 4:
                path = chance.choice(("public/said.txt", "content/drafts/a.md", "content/drafts/*", "public/more.txt"))
                here.write("site.toml", config + (ALLOW.format(path) if chance.random() < 0.6 else ""))
            case 5:
                state = chance.choice(("draft: yes", "draft: no"))
                here.write("content/turn.md", f"---\ntitle: Turn\n{state}\n---\n{some}\n")
        yield


def walk(here: Site, config: str, clean: Path, seed: int, length: int = 24) -> bool:
    """Walk at random; tells whether each build found what one from nothing finds."""
    moves = steps(here, config, seed)
    stopped = 0
    for _ in range(length):
        next(moves)
        shutil.rmtree(clean, ignore_errors=True)
        shutil.copytree(here.root, clean, ignore=shutil.ignore_patterns("public", ".wol"))
        expected = told(clean)
        stopped += bool(expected)
        if told(here.root) != expected:
            return False
    assert stopped > length // 10
    return True


def told(root: Path) -> list[tuple[str, str]]:
    """Build, and give what is told of leaks."""
    return [(one.message, str(one.notes)) for one in leaks(Site.at(root))]


def wandering(site: Sites) -> tuple[Site, str]:
    """Give a site with a plugin that publishes a private text, and two words of its own: in each case two files have them."""
    files, _ = leaking("said.txt", "")
    writing = "lambda views, target: b'Zanzibar ' + views.source('content/said.private.md')"
    files = {path: text.replace("lambda views, target: ''.encode()", writing) for path, text in files.items()}
    more, _ = leaking("more.txt", "A wheelbarrow, Gr&ouml;&szlig;enwahn.")
    files |= {path: text.replace('"extra"', '"more"') for path, text in more.items()}
    config = CONFIG + f"[build]\nplugins = {[path.removesuffix('.py') for path in files]}\n"
    return site({**PUBLIC, **files, "content/said.private.md": "", "content/drafts/a.md": DRAFT}, config), config


@pytest.mark.parametrize("seed", [0, pytest.param(1, marks=pytest.mark.long)])
def test_incremental_equals_clean(site: Sites, tmp_path: Path, seed: int) -> None:
    """Whatever changes, a build finds the leaks that one from nothing finds."""
    here, config = wandering(site)
    assert walk(here, config, tmp_path / "clean", seed)


SLOW = frozenset({"allowed_leaks_forgotten", "excuses_kept"})
"""Faults that take several walks to be noticed."""


@pytest.mark.parametrize("fault", [pytest.param(fault, marks=[pytest.mark.long] if fault in SLOW else []) for fault in LEAK_FAULTS])
def test_a_seeded_fault_is_noticed(site: Sites, tmp_path: Path, fault: str) -> None:
    """With a part of the search left out, some random walk goes wrong."""
    with pytest.MonkeyPatch.context() as patch:
        here, config = wandering(site)
        LEAK_FAULTS[fault](patch)
        assert not all(faulty_walk(here, config, tmp_path / "clean", seed) for seed in range(4))


def faulty_walk(here: Site, config: str, clean: Path, seed: int) -> bool:
    try:
        return walk(here, config, clean, seed)
    except AssertionError:
        return False
