"""The examples of the guides run as they are printed."""

from __future__ import annotations

import json
import re
import shlex
import tomllib
from collections.abc import Callable
from pathlib import Path

import pytest

from harness.cases import cases
from harness.guides import ROOT, Block, blocks, guide, rows
from harness.pictures import jpeg
from harness.site import CONFIG, Ran, Site
from wol.config.load import parse
from wol.features.registry import tables
from wol.site.states import STATES

GUIDES = sorted((ROOT / "content").rglob("*.md"))
PATH = re.compile(r"(?:# |\{# |#:schema )(\S+\.(?:toml|html|py|json))")
"""How the first line of a block says which file it is, or is for."""


def example(name: str, path: str) -> str:
    """Give the block of a guide whose first line names a file."""
    found = [b.text for b in blocks(guide(name)) if (m := PATH.match(b.text)) and m[1] == path]
    assert len(found) == 1, f"{path} is there {len(found)} times"
    return found[0]


def toml(name: str, heading: str) -> list[str]:
    """Give the settings below a heading of a guide."""
    return [b.text for b in blocks(guide(name)) if b.heading == heading and b.language == "toml" and not PATH.match(b.text)]


def typed(block: Block, site: Site) -> list[Ran]:
    """Run the lines of a block as one types them; `cd` goes into a folder, and what runs until one ends it is left out."""
    done = []
    for line in block.text.splitlines():
        words = shlex.split(line)
        if words[0] == "cd":
            site.root /= words[1]
        elif words[0] == "wol" and words[1] not in ("serve", "watch"):
            file = words[words.index(">") + 1] if ">" in words else ""
            ran = site.run(*(words[1 : words.index(">")] if file else words[1:]))
            assert ran.code == 0, f"{line}: {ran.stderr}"
            if file:
                site.write(file, ran.stdout)
            done.append(ran)
    return done


def test_settings_are_valid() -> None:
    """Each block of TOML that is no other file's is what `site.toml` may say."""
    with cases() as case:
        for guide_path in GUIDES:
            for block in blocks(guide_path.read_text("utf-8")):
                if block.language == "toml" and not PATH.match(block.text):
                    with case((guide_path.name, block.text)):
                        parse((block.text if "[site]" in block.text else CONFIG + block.text).encode(), tables=tables())


def test_five_minutes(tmp_path: Path) -> None:
    """The commands of the first guide make a site, a post, and a folder to publish."""
    here = Site.at(tmp_path)
    made: dict[str, list[Ran]] = {}
    for block in blocks(guide("start")):
        made.setdefault(block.heading, []).extend(typed(block, here))
    assert here.root.name == "my-site"
    assert here.read("index.html")
    new = made["3. Write"][0].stdout.strip()
    assert re.fullmatch(r"content/posts/\d{4}-\d\d-\d\d-can-collaboration-be-taught\.md", new)
    assert "2026-11-20-can-collaboration-be-taught.md" in guide("start")
    (here.root / new).write_text((here.root / new).read_text("utf-8") + "\nYes.\n", "utf-8")
    explained = here.run("build", "--explain").stdout
    assert "about/index.html" not in explained
    assert "can-collaboration-be-taught/index.html: is new" in explained
    post = (here.root / new).read_text("utf-8")
    (here.root / new).write_text(post.replace("---\n", "---\ndraft: true\n", 1), "utf-8")
    assert here.run("build").code == here.run("build", "--drafts").code == 0
    assert not [p for p in here.files() if "taught" in p]
    assert [p for p in here.files(".wol/drafts") if "taught" in p]


def test_home_page(tmp_path: Path) -> None:
    """The commands of the home page work."""
    here = Site.at(tmp_path)
    (block,) = blocks((ROOT / "content/_index.md").read_text("utf-8"))
    assert len(typed(block, here)) == 2
    assert here.read("index.html")


def test_plugin(site: Callable[..., Site]) -> None:
    """The plugin makes its file, and makes it again when a number of words changes, and only then."""
    (settings,) = (b.text for b in blocks(guide("plugins")) if b.language == "toml" and "[deploy." not in b.text and not PATH.match(b.text))
    plugin = example("plugins", "word_count.py")
    here = site(
        {
            "word_count.py": plugin,
            "content/posts/a.md": "---\ntitle: A\ndate: 2026-11-20\n---\nOne two three.",
            "content/posts/b.md": "---\ntitle: B\ndate: 2026-11-19\n---\nFour.",
        },
        CONFIG + settings,
    )
    here.build()
    assert json.loads(here.read("words.json")) == {"/2026/11/a/": 3, "/2026/11/b/": 1}
    here.write("content/posts/b.md", "---\ntitle: B\ndate: 2026-11-19\n---\nFive.")
    assert "words.json" not in {o.path for o in here.build().outcomes}
    here.write("content/posts/b.md", "---\ntitle: B\ndate: 2026-11-19\n---\nFive six.")
    assert "words.json" in {o.path for o in here.build().outcomes}
    assert json.loads(here.read("words.json"))["/2026/11/b/"] == 2


def test_plugin_with_fields(site: Callable[..., Site]) -> None:
    """The fields of the guide are read and checked, and what they refer to is published."""
    here = site(
        {
            "recipes.py": example("plugins", "recipes.py"),
            "content/posts/soup.md": "---\ndate: 2026-11-20\nservings: 4\ndish: soup.jpg\n---\nBoil.",
            "content/posts/soup.jpg": jpeg(),
            "content/posts/b.md": "---\ndate: 2026-11-19\n---\nNo recipe.",
        },
        CONFIG + '[build]\nplugins = ["recipes"]\n',
    )
    here.build()
    assert json.loads(here.read("recipes.json")) == [{"url": "/2026/11/soup/", "serves": 4, "dish": "/posts/soup.jpg"}]
    assert "posts/soup.jpg" in here.files()
    here.write("content/posts/b.md", "---\ndate: 2026-11-19\nserves: 0\n---\nNo recipe.")
    (found,) = here.errors()
    assert str(found.span) == "content/posts/b.md:3:9"
    assert found.message == "`serves` must be a whole number of at least 1, not `0`"


def test_plugin_with_a_rule(site: Callable[..., Site]) -> None:
    """The rule warns of the post without links, at its source, and of no other."""
    posts = {
        f"content/posts/{name}.md": f"---\ndate: 2026-11-20\n---\n{text}" for name, text in (("a", "See [b](b.md)."), ("b", "The end."))
    }
    here = site({"dead_ends.py": example("plugins", "dead_ends.py"), **posts}, f'{CONFIG}[build]\nplugins = ["dead_ends"]\n')
    here.build()
    found = json.loads(here.run("check", "--format", "json").stdout)["diagnostics"]
    assert [one["path"] for one in found if one["code"] == "garden-dead-end"] == ["content/posts/b.md"]


def test_plugin_with_a_command(site: Callable[..., Site]) -> None:
    """The command lists what is long and published, and writes its note once it is asked to."""
    posts = {
        f"content/posts/{name}.md": f"---\ntitle: {name}\ndate: 2026-11-20\n{more}---\n{'word ' * words}"
        for name, words, more in (
            ("short", 3, ""),
            ("long", 20, ""),
            ("longer", 30, ""),
            ("draft", 40, "draft: yes\n"),
        )
    }
    here = site({"long_reads.py": example("plugins", "long_reads.py"), **posts}, f'{CONFIG}[build]\nplugins = ["long_reads"]\n')
    assert here.run("long-reads").stdout == ""
    assert here.run("long-reads", "--words", "10").stdout == "longer\t30\t/2026/11/longer/\nlong\t20\t/2026/11/long/\n"
    assert not (here.root / "content/long-reads.md").exists()
    assert here.run("long-reads", "--words", "25", "--save").code == 0
    assert (here.root / "content/long-reads.md").read_text("utf-8") == "# Long reads\n\n* [longer](/2026/11/longer/)\n"


def test_plugin_with_syntax(site: Callable[..., Site]) -> None:
    """A hashtag leads to its tag where there is one, and its sentence is quoted."""
    post = "---\ntitle: A\ndate: 2026-11-01\ntags: [garden]\n---\n# Not one\n\nHello. My #garden has no #weeds. C# and /#x are none.\n"
    here = site(
        {"hashtags.py": example("plugins", "hashtags.py"), "content/posts/a.md": post}, f'{CONFIG}[build]\nplugins = ["hashtags"]\n'
    )
    here.build()
    assert 'My <a href="/tags/garden/" rel="tag">#garden</a> has no #weeds. C# and /#x' in here.read("2026/11/a/index.html")
    sentence = "My #garden has no #weeds."
    assert json.loads(here.read("hashtags.json")) == [["garden", "/2026/11/a/", sentence], ["weeds", "/2026/11/a/", sentence]]
    assert "https://example.org/tags/garden/" in here.read("feed.xml")


def test_an_input(tmp_path: Path) -> None:
    """The plugin that reads data makes a page of each file, renders one that is edited, and its words reach who wrote a wrong one."""
    files = {
        "books.py": example("plugins", "books.py"),
        "themes/mine/templates/book.html": example("plugins", "themes/mine/templates/book.html"),
        "content/books/emma.toml": 'title = "Emma"\nauthor = "Jane Austen"\n',
        "content/books/kim.toml": 'title = "Kim"\nauthor = "Rudyard Kipling"\n',
        "content/about.md": "About.\n",
    }
    here = Site(tmp_path / "site", files, CONFIG + '[build]\nplugins = ["books"]\n[theme]\nuse = ["mine"]\n')
    here.build()
    assert "<h1>Emma</h1><p>By Jane Austen.</p>" in here.read("books/emma/index.html")
    assert not {path for path in here.files() if path.endswith(".toml")}
    here.write("content/books/kim.toml", 'title = "Kim"\nauthor = "R. Kipling"\n')
    assert {outcome.path for outcome in here.build().outcomes} == {"books/kim/index.html"}
    here.write("content/books/kim.toml", 'author = "R. Kipling"\n')
    (found,) = here.errors()
    assert (found.code, str(found.span)) == ("input-invalid", "content/books/kim.toml")
    assert "a book needs a `title`" in found.message


def test_theme(site: Callable[..., Site]) -> None:
    """The theme of the guide works, with its option, style sheet, callout, fragment and German words."""
    text = guide("themes")
    paths = [m[1] for b in blocks(text) if (m := PATH.match(b.text))]
    assert len(paths) == 4
    sidebar = re.search(r"\{\{ fragment\(\"(\S+)\"\) \}\}", text)
    assert sidebar is not None
    use = next(block for block in toml("themes", "Change one part") if "use" in block)
    here = site(
        {
            **{path: example("themes", path) for path in paths},
            "themes/mine/assets/mine.css": ".thanks { color: red }",
            "themes/mine/templates/callouts/quiz.html": "<div class=quiz>{{ callout.title }}{{ callout.content }}</div>",
            f"themes/mine/templates/{sidebar[1]}": "{% for post in site.posts[:5] %}<li>{{ post.title }}{% endfor %}",
            "themes/mine/templates/page.html": sidebar[0],
            "content/posts/a.md": "---\ntitle: A\ndate: 2026-11-20\n---\n> [!quiz] What?\n> That.",
            "content/posts/de.md": "---\ntitle: B\ndate: 2026-11-19\nlang: de\n---\nText.",
            "content/about.md": "About.",
        },
        CONFIG + use,
    )
    here.build()
    post = here.read("2026/11/a/index.html")
    assert "Thank you for reading. <a href=" in post
    assert re.search(r'<link rel="stylesheet" href="/assets/mine\.\w+\.css">', post)
    assert "<div class=quiz>What?<p>That.</p>" in post
    assert "19. November 2026" in here.read("2026/11/de/index.html")
    assert here.read("about/index.html").strip() == "<li>A<li>B"
    said = re.search(r"`(options = \{ thanks = .*?\})`", text)
    assert said is not None
    here.write("site.toml", CONFIG + use + said[1] + "\n")
    here.build()
    assert "That was all." in here.read("2026/11/a/index.html")
    here.write("site.toml", CONFIG + use + "options = { thanks = 3 }\n")
    assert here.codes() == {"theme-option"}


def test_types_of_options() -> None:
    """The guide names all types that an option may have."""
    from wol.theme.options import TYPES

    assert set(re.findall(r"`([\w/]+)`", guide("themes").partition("Types are ")[2].partition(";")[0])) == set(TYPES)


def test_error(site: Callable[..., Site]) -> None:
    """The error in the guide is word for word what wol says."""
    here = site({"content/posts/a.md": "---\ntitle: A\ndate: 2026-02-30\n---\n"})
    assert here.run("build").stderr == blocks(guide("errors"))[0].text


def test_exit_codes(site: Callable[..., Site], monkeypatch: pytest.MonkeyPatch) -> None:
    """The table of exit codes is that of the command line."""
    here = site({"content/posts/a.md": "---\ntitle: A\ndate: 2026-02-30\n---\n"})
    codes = [site({"content/about.md": "About."}).run("build").code, here.run("build").code, here.run("build", "--wrong").code]
    monkeypatch.setattr("wol.cli.commands.clean.invocation_of", lambda context: 1 / 0)
    codes.append(here.run("clean", "-v").code)
    assert [int(row[0]) for row in rows(guide("errors"), "exit code")] == codes


def test_post_of_the_guide(site: Callable[..., Site]) -> None:
    """The post of the guide to writing is a post; a key that is almost a field is an error."""
    block = next(b for b in blocks(guide("writing")) if b.heading == "A post")
    here = site({"content/posts/a.md": block.text})
    assert here.build(strict=True).diagnostics == ()
    assert "Can collaboration be taught?" in here.read("2026/11/a/index.html")
    assert here.read("tags/learning/index.html")
    here.write("content/posts/a.md", block.text.replace("date:", "darft: true\ndate:"))
    assert here.codes() == {"front-matter-misspelt"}


def test_places(site: Callable[..., Site]) -> None:
    """Every row of the table of places is as it says."""
    here = site(
        {
            "content/posts/a.md": "---\ntitle: A\ndate: 2026-11-20\n---\nText",
            "content/notes/a.md": "A note.",
            "content/about.md": "About.",
            "content/posts/trip/index.md": "---\ntitle: Trip\ndate: 2026-11-19\n---\n![x](x.jpg)",
            "content/posts/trip/x.jpg": "x",
            "content/drafts/a.md": "---\ntitle: D\ndate: 2026-11-19\n---\nText",
            "content/notes/a.private.md": "---\nprivate: no\n---\nSecret",
            "content/_index.md": "Welcome home.",
            "content/notes/_defaults.toml": 'tags = ["given"]',
            "static/x/robots.md": "as it is",
        }
    )
    places = {row[0].strip("`") for row in rows(guide("writing"), "place")}
    assert places == {p for p in here.files(".") if p.startswith("content/")} - {"content/posts/trip/x.jpg"} | {"static/"}
    assert here.codes() == {"front-matter-conflict"}, "`private: no` in a *.private.md is not believed"
    here.write("content/notes/a.private.md", "Secret")
    here.build()
    files = here.files()
    assert {"2026/11/a/index.html", "notes/a/index.html", "about/index.html", "2026/11/trip/x.jpg", "x/robots.md"} < set(files)
    assert "tags/given/index.html" in files
    assert "Welcome home." in here.read("index.html")
    assert not [p for p, data in files.items() if b"Secret" in data or "/d/" in p]


def test_states_are_all_there() -> None:
    """The table of states has them in the order in which the first that applies is taken."""
    assert [row[0] for row in rows(guide("writing"), "state")] == list(STATES)


def test_lists(site: Callable[..., Site]) -> None:
    """Every URL of the table of lists is there."""
    posts = {f"content/posts/{n}.md": f"---\ntitle: P{n}\ndate: 2026-11-20\ntags: [NAME]\n---\nText" for n in range(3)}
    here = site(
        {**posts, "content/notes/n.md": "Note", "content/notes/read.md": "---\nbook: B\n---\n"}, CONFIG + "[content]\npage_size = 1\n"
    )
    here.build()
    urls = [url for row in rows(guide("lists-and-feeds"), "URL") for url in re.findall(r"`(/[^`]*)`", row[0])]
    assert len(urls) == 15
    for url in urls:
        path = url.replace("/N/", "/1/").replace("NAME", "name").lstrip("/")
        assert (here.output / path / ("index.html" if url.endswith("/") else "")).is_file(), url


def test_slug_of_a_term(site: Callable[..., Site]) -> None:
    """`C`, `C++` and `C#` are three terms; the setting gives one another slug, and a text its page."""
    files = {"content/posts/a.md": '---\ntitle: A\ndate: 2026-11-20\ntags: [C, C++, "C#"]\n---\n'}
    here = site({**files, "content/tags/c-plus-plus/_index.md": "About it."})
    here.build()
    assert {"tags/c/index.html", "tags/c-plus-plus/index.html", "tags/c-sharp/index.html"} < set(here.files())
    assert "About it." in here.read("tags/c-plus-plus/index.html")
    other = site(files, CONFIG + next(t for t in toml("lists-and-feeds", "Terms") if "slugs" in t))
    other.build()
    assert "tags/cpp/index.html" in other.files()


def test_look_at_a_site_with_a_path(tmp_path: Path, site: Callable[..., Site]) -> None:
    """A site with a path in its address can be built for another one, elsewhere."""
    here = site({"content/about.md": "About."}, CONFIG.replace("example.org", "example.org/blog"))
    (line,) = (line for b in blocks(guide("publishing")) for line in b.text.splitlines() if line.startswith("wol build --base-url"))
    words = shlex.split(line.replace("/tmp/look", str(tmp_path / "look")))
    assert here.run(*words[1:]).code == 0
    assert "<loc>http://localhost:8000/about/</loc>" in (tmp_path / "look/sitemap.xml").read_text("utf-8")
    assert 'href="/atom.xml"' in (tmp_path / "look/index.html").read_text("utf-8")
    assert not here.output.exists()


def test_preview(site: Callable[..., Site]) -> None:
    """The guide names every editor that wol knows, and every ribbon, in the words that the ribbon has."""
    from wol.config.editors import EDITORS

    assert sorted(name for row in rows(guide("preview"), "editor") for name in re.findall(r"`(\w[\w-]*)`", row[1])) == sorted(EDITORS)
    (settings,) = toml("preview", "From an error into your editor")
    assert parse((CONFIG + settings).encode()).serve.editor in EDITORS
    ribbon = (ROOT / "themes/default/templates/parts/ribbon.html").read_text("utf-8")
    assert [row[0] for row in rows(guide("preview"), "ribbon")] == re.findall(r'{{ "(\w+):', ribbon)


def test_editor(site: Callable[..., Site]) -> None:
    """The schemas are written where the first lines of the files look for them."""
    here = site({"content/posts/a.md": "---\ntitle: A\ndate: 2026-11-20\n---\n"})
    for block in blocks(guide("editor")):
        if block.text.startswith("wol schema"):
            typed(block, here)
    settings, defaults = (b.text for b in blocks(guide("editor")) if b.language == "toml")
    assert {m[1] for t in (settings, defaults) if (m := PATH.match(t))} == {"./site.schema.json", "../../front-matter.schema.json"}
    here.write("site.toml", settings + CONFIG)
    here.write("content/posts/_defaults.toml", defaults + 'tags = ["x"]\n')
    assert here.build(strict=True).diagnostics == ()
    for name in ("site", "front-matter"):
        schema = json.loads((here.root / f"{name}.schema.json").read_text("utf-8"))
        assert schema["$schema"].startswith("https://json-schema.org/")
    assert "title" in schema["properties"]


def test_archetypes(site: Callable[..., Site]) -> None:
    """`archetypes/note.md` is what a new note begins as."""
    here = site({"archetypes/note.md": "+++\nstage = 'seed'\n+++\nHm."})
    assert here.run("new", "note", "On asking").code == 0
    text = here.root.joinpath("content/notes/on-asking.md").read_text("utf-8")
    found = tomllib.loads(text.split("+++")[1])
    assert (found["title"], found["stage"], text.split("+++")[2]) == ("On asking", "seed", "\nHm.")
    assert found["id"]
