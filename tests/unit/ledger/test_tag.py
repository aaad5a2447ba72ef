"""`wol tag`: a tag gets another name everywhere, in one run; its page redirects, and its feeds go on."""

from __future__ import annotations

import json
from collections.abc import Callable

import pytest

from harness.site import CONFIG, Site, tree
from wol.features.registry import load
from wol.ledger.overview import Overview
from wol.ledger.record import publication, record

FORMS = {
    "yaml list": ("---\ntags: [IndieWeb, blogs]\n---\n", "---\ntags: [IndieWeb, blogging]\n---\n"),
    "yaml list in quotes": ("---\ntags: ['blogs', \"x\"]\n---\n", "---\ntags: ['blogging', \"x\"]\n---\n"),
    "yaml double quotes": ('---\ntags: ["x", "Blogs"] # two\n---\n', '---\ntags: ["x", "blogging"] # two\n---\n'),
    "yaml dashes": ("---\ntags:\n  - x\n  - blogs # why\n---\n", "---\ntags:\n  - x\n  - blogging # why\n---\n"),
    "yaml text": ("---\ntags: x, blogs ,y\n---\n", "---\ntags: x, blogging ,y\n---\n"),
    "yaml one": ("---\ntag: blogs\n---\n", "---\ntag: blogging\n---\n"),
    "yaml text in quotes": ('---\ntags: "blogs,x"\n---\n', '---\ntags: "blogging,x"\n---\n'),
    "yaml two spellings": ("---\ntags: [Blogs, x, blogs]\n---\n", "---\ntags: [blogging, x]\n---\n"),
    "yaml hash": ("---\ntags: ['#blogs']\n---\n", "---\ntags: ['blogging']\n---\n"),
    "yaml over lines": ("---\ntags: [x,\n  blogs,\n  y]\n---\n", "---\ntags: [x,\n  blogging,\n  y]\n---\n"),
    "crlf": ("---\r\ntags:\r\n- blogs\r\n---\r\n", "---\r\ntags:\r\n- blogging\r\n---\r\n"),
    "bom": ("\ufeff---\ntags: [blogs]\n---\n", "\ufeff---\ntags: [blogging]\n---\n"),
    "toml": ('+++\ntags = ["blogs", "x"]\n+++\n', '+++\ntags = ["blogging", "x"]\n+++\n'),
    "toml literal": ("+++\ntags = ['blogs']\n+++\n", "+++\ntags = ['blogging']\n+++\n"),
    "json": ('{\n  "tags": ["x", "blogs"]\n}\n', '{\n  "tags": ["x", "blogging"]\n}\n'),
    "lines": ("Title: T\nTags: x, blogs\n\n", "Title: T\nTags: x, blogging\n\n"),
    "not this one": ("---\ntags: [x]\n---\n", "---\ntags: [x]\n---\n"),
    "the text": (
        "---\ntags: [blogs]\n---\nblogs [blogs](b.md) tags: [blogs]\n",
        "---\ntags: [blogging]\n---\nblogs [blogs](b.md) tags: [blogs]\n",
    ),
}

BOTH = {
    "[blogs, blogging]": "[blogging]",
    "[blogging, blogs]": "[blogging]",
    "[x, blogs, Blogging]": "[x, Blogging]",
    "[ blogs , x, blogging ]": "[ x, blogging ]",
    "blogs, blogging": "blogging",
    "blogging, blogs": "blogging",
    "x, blogs, blogging": "x, blogging",
    "'blogging,blogs'": "'blogging'",
    "\n  - blogs\n  - blogging": "\n  - blogging",
    "\n  - blogging\n  - blogs": "\n  - blogging",
}


@pytest.mark.parametrize("form", FORMS)
def test_forms(site: Callable[..., Site], form: str) -> None:
    """Only the name changes, as it was typed; not another byte."""
    before, after = FORMS[form]
    here = site({"content/posts/other.md": "---\ntags: [blogs]\n---\nx\n", "content/posts/a.md": before + "Text.\n"})
    ran = here.run("tag", "blogs", "blogging")
    assert ran.code == 0, ran.stderr
    assert (here.root / "content/posts/a.md").read_bytes() == (after + "Text.\n").encode()


@pytest.mark.parametrize("typed", BOTH)
def test_a_post_that_has_both(site: Callable[..., Site], typed: str) -> None:
    """It keeps one."""
    here = site({"content/posts/a.md": f"---\ntags: {typed}\ntitle: A\n---\nText.\n"})
    assert here.run("tag", "blogs", "blogging").code == 0
    assert (here.root / "content/posts/a.md").read_text("utf-8") == f"---\ntags: {BOTH[typed]}\ntitle: A\n---\nText.\n"


@pytest.mark.parametrize("new", ["C++", 'a "b" \\ c', "it's", "no", "2026", "日本", "a: b", "x # y", "x, y", "a'b\"c"])
def test_new_names(site: Callable[..., Site], new: str) -> None:
    """Any name can be a tag, and is read again as it was asked for; where it cannot be typed in a form, its writer is told."""
    here = site({f"content/posts/{n}.md": before + "Text.\n" for n, (before, _) in enumerate(FORMS.values())})
    ran = here.run("tag", "blogs", new)
    assert ran.code == 0, ran.stderr
    kept = {key for key, summary in Overview(here.root, load).summaries.items() if new in summary.terms["tags"]}
    by_hand = {line.split(":")[0].removeprefix("content/") for line in ran.stdout.splitlines() if "by hand" in line}
    assert not kept & by_hand
    assert kept | by_hand == {f"posts/{n}.md" for n, form in enumerate(FORMS) if form != "not this one"}
    assert len(kept) > 12


def published(site: Callable[..., Site], settings: str = "") -> Site:
    here = site(
        {
            "content/posts/a.md": "---\ntitle: A\ndate: 2026-11-20\ntags: [blogs, x]\n---\nText of A.\n",
            "content/posts/b.md": "---\ntitle: B\ndate: 2026-11-21\ntags: [blogging]\n---\nText of B.\n",
            "content/drafts/c.md": "---\ntitle: C\ndate: 2026-11-22\ntags: [blogs]\n---\nText of C.\n",
        },
        CONFIG + settings,
    )
    here.build()
    record(publication(here.request(), load), load)
    return here


def titles(here: Site, path: str) -> list[str]:
    return [entry["title"] for entry in json.loads(here.read(path))["items"]]


@pytest.mark.parametrize(
    "settings", ["", '[redirects]\n"/old/" = "/"\n', '[redirects] # mine\n"/tags/older/" = "/tags/blogs/"\n\n[feeds]\nitems = 5\n']
)
def test_the_job_is_done_in_one_run(site: Callable[..., Site], settings: str) -> None:
    """The next build is good, the old page redirects, and the old feeds have the posts of the new tag at their own addresses."""
    here = published(site, settings)
    before = json.loads(here.read("tags/blogs/feed.json"))
    ran = here.run("tag", "Blogs", "blogging")
    assert ran.stdout.splitlines() == [
        "Wrote `blogging` for `Blogs` in 2 posts.",
        "/tags/blogs/ redirects to /tags/blogging/; its feeds go on with the posts there.",
    ]
    report = here.build()
    assert [d.message for d in report.diagnostics if d.severity == "error" or d.code == "list-emptied"] == []
    assert "/tags/blogging/" in here.read("tags/blogs/index.html")
    assert titles(here, "tags/blogs/feed.json") == titles(here, "tags/blogging/feed.json") == ["B", "A"]
    assert json.loads(here.read("tags/blogs/feed.json"))["feed_url"] == before["feed_url"]
    lines = record(publication(here.request(), load), load)
    assert {line.event for line in lines if "/tags/" in line.url} <= {"live"}
    assert here.run("tag", "blogs", "blogging").code == 1


def test_there_and_back(site: Callable[..., Site]) -> None:
    """A tag that gets its old name back leaves one redirect, from the name that it had meanwhile."""
    here = published(site)
    for old, new in (("x", "why"), ("why", "x"), ("x", "z")):
        assert here.run("tag", old, new).code == 0
        here.build()
        record(publication(here.request(), load), load)
    assert (here.root / "site.toml").read_text("utf-8").count("[redirects]") == 1
    assert "/tags/z/" in here.read("tags/x/index.html")
    assert "/tags/z/" in here.read("tags/why/index.html")
    assert titles(here, "tags/why/feed.json") == ["A"]


def test_a_new_name_that_is_emptied_too(site: Callable[..., Site]) -> None:
    """The feeds of both names stay, empty."""
    here = published(site)
    assert here.run("tag", "x", "why").code == 0
    here.build()
    record(publication(here.request(), load), load)
    here.write("content/posts/a.md", "---\ntitle: A\ndate: 2026-11-20\ntags: [blogs]\n---\nText of A.\n")
    assert [d.code for d in here.build().diagnostics if d.code in ("url-vanished", "list-emptied")] == ["list-emptied"]
    assert titles(here, "tags/x/feed.json") == titles(here, "tags/why/feed.json") == []


def test_another_spelling(site: Callable[..., Site]) -> None:
    """Where the URL stays there is nothing to redirect."""
    here = published(site)
    assert here.run("tag", "x", "X").stdout == "Wrote `X` for `x` in 1 post.\n"
    assert "redirects" not in (here.root / "site.toml").read_text("utf-8")
    assert here.run("tag", "X", "X").stdout == "Nothing to do: it has that name.\n"


def test_what_is_left_to_do(site: Callable[..., Site]) -> None:
    """What is not edited is named with its place."""
    settings = '[taxonomies.tags.slugs]\n"blogs" = "web-logs"\n[taxonomies.tags.terms.blogs]\ndescription = "D"\n'
    here = published(site, settings)
    here.write("content/notes/_defaults.toml", 'tags = ["blogs"]\n')
    here.write("content/posts/long.md", '---\ntitle: L\ndate: 2026-11-01\ntags: "x,\n  blogs"\n---\nText.\n')
    said = here.run("tag", "blogs", "new").stdout
    assert "content/notes/_defaults.toml: write `new` for `blogs` by hand" in said
    assert "content/posts/long.md:4: write `new` for `blogs` by hand" in said
    assert "`blogs` in `[taxonomies.tags.slugs]` should be `new` now" in said
    assert "`blogs` in `[taxonomies.tags.terms]` should be `new` now" in said
    assert '"/tags/web-logs/" = "/tags/new/"' in (here.root / "site.toml").read_text("utf-8")


@pytest.mark.parametrize(
    "settings",
    [
        "\ufeff" + CONFIG,
        CONFIG.replace("\n", "\r\n"),
        "\ufeff" + CONFIG.replace("\n", "\r\n") + "[redirects]\r\n",
        'redirects = {"/a/" = "/"}\n' + CONFIG,
    ],
)
def test_settings_as_other_programs_write_them(site: Callable[..., Site], settings: str) -> None:
    """A mark at the beginning and other line ends stay; what is not edited is said."""
    here = site({"content/posts/a.md": "---\ntitle: A\ndate: 2026-11-20\ntags: [x]\n---\nText.\n"}, settings)
    ran = here.run("tag", "x", "why")
    assert ran.code == 0, ran.stderr
    after = (here.root / "site.toml").read_bytes().decode()
    assert after.startswith(settings[:20])
    assert ('"/tags/x/" = "/tags/why/"' in after) != ("by hand" in ran.stdout)
    assert after.count("\r\n") in (0, after.count("\n"))


def test_defaults_that_are_broken(site: Callable[..., Site]) -> None:
    """They are no reason to fail."""
    here = published(site)
    here.write("content/notes/_defaults.toml", b"\xff = \n")
    assert here.run("tag", "x", "why").code == 0


def test_another_taxonomy(site: Callable[..., Site]) -> None:
    """A term is found in whatever taxonomy has it; where two have it, the first of them, or the one that is named."""
    here = site({"content/posts/a.md": "---\ntitle: A\ndate: 2026-11-20\ncategories: [x, y]\ntags: [x]\n---\nText.\n"})
    assert here.run("tag", "y", "z").code == 0
    assert here.run("tag", "x", "w", "--taxonomy", "categories").code == 0
    assert "categories: [w, z]\ntags: [x]\n" in (here.root / "content/posts/a.md").read_text("utf-8")
    assert '"/categories/y/" = "/categories/z/"' in (here.root / "site.toml").read_text("utf-8")


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["blog", "new"], "did you mean `blogs`?"),
        (["blogs", "🎉"], "makes no slug"),
        (["blogs", ""], "makes no slug"),
        (["blogs", "B.logging!", "--taxonomy", "people"], "There is no taxonomy `people`"),
        (["x", "blogging?"], "with one slug"),
    ],
)
def test_refused(site: Callable[..., Site], arguments: list[str], message: str) -> None:
    """What cannot be is said, and nothing is written."""
    here = published(site)
    before = tree(here.root / "content")
    ran = here.run("tag", *arguments)
    assert (ran.code, message in ran.stderr) == (1, True), ran.stderr
    assert tree(here.root / "content") == before


def test_a_dry_run(site: Callable[..., Site]) -> None:
    """It says all, and writes nothing."""
    here = published(site)
    before = tree(here.root, without=(".wol", "public"))
    ran = here.run("tag", "blogs", "new", "--dry-run")
    assert "Would edit content/posts/a.md." in ran.stdout
    assert "would redirect" in ran.stdout
    assert tree(here.root, without=(".wol", "public")) == before
