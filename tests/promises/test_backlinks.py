"""Who links to a page, with the sentence: every way to write a link counts, and nothing that is unpublished is ever named."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from harness.site import CONFIG, Site, differences, instant

LINES = "{% for link in page.backlinks %}{{ link.page.path }} | {{ link.sentence }} | {{ link.url }}\n{% endfor %}"
THEME = {
    "themes/mine/theme.toml": 'name = "mine"\napi = 1\n',
    **{f"themes/mine/templates/{name}.html": LINES for name in ("post", "note", "page", "section")},
    "themes/mine/templates/home.html": "{% if page %}" + LINES + "{% endif %}",
}
SETTINGS = CONFIG.replace("org", "org/blog") + '[theme]\nuse = ["mine"]\n[links]\nbroken = "ignore"\n'

Make = Callable[..., Site]


def post(day: str, text: str, **fields: str) -> str:
    """Return the source of a post."""
    more = "".join(f"{name}: {value}\n" for name, value in fields.items())
    return f"---\ndate: {day}\n{more}---\n{text}\n"


def backlinks(site: Site, page: str) -> list[str]:
    """Return the lines of a page: source, sentence and URL of each link."""
    return [line for line in site.read(page).splitlines() if line]


WAYS = {
    "a file from the content folder": ("posts/source.md", "/garden/target.md"),
    "a file beside it": ("garden/source.md", "target.md"),
    "a file above it": ("posts/deep/source.md", "../../garden/target.md"),
    "a bundle's file": ("posts/source/index.md", "../../garden/target.md"),
    "its URL path": ("posts/source.md", "/garden/target/"),
    "its URL path without the last slash": ("posts/source.md", "/garden/target"),
    "the file of its page": ("posts/source.md", "/garden/target/index.html"),
    "its URL path below that of the site": ("posts/source.md", "/blog/garden/target/"),
    "a URL path that is relative to the page": ("garden/source.md", "../target/"),
    "a heading of it": ("posts/source.md", "/garden/target.md#part"),
    "a heading of it by URL path": ("posts/source.md", "/garden/target/#part"),
    "with a query": ("posts/source.md", "/garden/target/?from=here"),
    "an alias": ("posts/source.md", "/old/target/"),
    "an alias with a file's ending": ("posts/source.md", "/old.php"),
    "an alias without the last slash": ("posts/source.md", "/old/target"),
    "an address in [redirects]": ("posts/source.md", "/away/"),
    "an address in [redirects] that leads to an alias": ("posts/source.md", "/further/"),
    "encoded characters": ("posts/source.md", "/garden/%74arget.md"),
    "from a note": ("notes/source.md", "/garden/target.md"),
    "from a page": ("source.md", "garden/target.md"),
    "from the page of a folder": ("talks/_index.md", "/garden/target.md"),
    "from the home page": ("_index.md", "garden/target.md"),
}


@pytest.mark.parametrize("way", WAYS)
def test_ways_to_link(site: Make, way: str) -> None:
    """Each leads to the page of the item, so each is a backlink."""
    source, address = WAYS[way]
    target = "---\naliases: [/old/target/, /old.php]\n---\n## Part {#part}\n"
    text = f"---\ntitle: S\ndate: 2026-11-01\n---\nBefore. We saw [it]({address}) there. After.\n"
    redirects = '[redirects]\n"/away/" = "/garden/target/#part"\n"/further/" = "/old/target/"\n'
    here = site({**THEME, "content/garden/target.md": target, f"content/{source}": text}, SETTINGS + redirects)
    here.build()
    [line] = backlinks(here, "garden/target/index.html")
    assert line.startswith(f"{source} | We saw it there. | /blog/")


MARKUP = {
    "reference links": "We saw [it][t] there.\n\n[t]: /garden/target.md",
    "raw HTML": 'We saw <a href="/garden/target.md">it</a> there.',
    "emphasis around": "We saw **[it](/garden/target.md)** there.",
    "a list": "- One.\n- We saw [it](/garden/target.md) there.",
    "a quote": "> We saw [it](/garden/target.md) there.",
    "a table": "| a |\n|---|\n| We saw [it](/garden/target.md) there. |",
    "a callout": "> [!note]\n> We saw [it](/garden/target.md) there.",
    "a footnote": "Word.[^1]\n\n[^1]: We saw [it](/garden/target.md) there.",
    "twice in one text": "We saw [it](/garden/target.md) there.\n\nAnd [again](/garden/target/).",
    "a picture that is a link, then words": "[![](/x.png)](/garden/target.md)\n\nWe saw [it](/garden/target.md) there.",
    "a link to itself too": "[Me](source.md) and [here](#x).\n\nWe saw [it](/garden/target.md) there.",
}


@pytest.mark.parametrize("name", MARKUP)
def test_markup_around_links(site: Make, name: str) -> None:
    """One entry for each page that links here, with its first sentence."""
    here = site({**THEME, "content/garden/target.md": "T\n", "content/posts/source.md": post("2026-11-01", MARKUP[name])}, SETTINGS)
    here.build()
    [line] = backlinks(here, "garden/target/index.html")
    assert line.startswith("posts/source.md | We saw it there. | /blog/2026/11/source/"), line
    assert backlinks(here, "2026/11/source/index.html") == []


NO_LINKS = {
    "another site": "[it](https://elsewhere.example/garden/target/)",
    "a picture": "![it](/garden/photo.png)",
    "a file": "[it](/garden/photo.png)",
    "code": "`[it](/garden/target.md)`",
    "a comment": "<!-- [it](/garden/target.md) -->",
    "nothing that is there": "[it](/garden/targets.md)",
    "a list": "[it](/archive/)",
}


@pytest.mark.parametrize("name", NO_LINKS)
def test_what_does_not_link_here(site: Make, name: str) -> None:
    """Only a link that readers can follow to the page counts."""
    files = {
        "content/garden/target.md": "T\n",
        "content/garden/photo.png": b"",
        "content/posts/source.md": post("2026-11-01", NO_LINKS[name]),
    }
    here = site({**THEME, **files}, SETTINGS)
    here.build()
    assert backlinks(here, "garden/target/index.html") == []


HIDDEN = {
    "draft": {"draft": "yes"},
    "in a drafts folder": {},
    "private": {"private": "yes"},
    "unlisted": {"unlisted": "yes"},
    "scheduled": {"publish": "2027-01-01"},
    "expired": {"expires": "2026-11-20"},
    "withdrawn": {"gone": "yes"},
}


@pytest.mark.parametrize("state", HIDDEN)
def test_unpublished_sources(site: Make, state: str) -> None:
    """A release has no title, URL, slug or sentence of theirs, and is the same without them. The default theme shows what there is."""
    folder = "drafts" if "folder" in state else "posts"
    source = post("2026-11-01", "The canary sings of [it](/garden/target.md).", title='"Canary title"', slug="canary-slug", **HIDDEN[state])
    files = {"content/garden/target.md": "T\n", "content/posts/public.md": post("2026-11-01", "See [it](/garden/target.md).")}
    settings = CONFIG + '[links]\nbroken = "ignore"\n'
    without = site(files, settings)
    without.build()
    here = site({**files, f"content/{folder}/canary.md": source}, settings)
    here.build()
    page = here.read("garden/target/index.html")
    assert "Linked from" in page
    assert "anary" not in page
    assert page == without.read("garden/target/index.html")


def test_targets_that_are_not_published(site: Make) -> None:
    """What links to them is said nowhere: a tombstone names nobody."""
    states = {"withdrawn": {"gone": "yes"}, "draft": {"draft": "yes"}, "expired": {"expires": "2026-11-20"}}
    files = {f"content/posts/{name}.md": post("2026-11-01", "T", **fields) for name, fields in states.items()}
    links = " ".join(f"[{name}](/posts/{name}.md)" for name in states)
    here = site({**files, "content/about.md": f"The canary sings of {links}.\n"}, CONFIG + '[links]\nbroken = "ignore"\n')
    here.build()
    shown = {path for path, data in here.files().items() if b"canary" in data}
    assert not [path for path in shown if path.startswith("2026/")]


def test_order(site: Make) -> None:
    """The newest first, then by path; pages without a date last."""
    days = {"posts/b.md": "2026-10-01", "posts/a.md": "2026-10-01", "notes/new.md": "2026-11-01", "posts/old.md": "2020-01-01"}
    files = {f"content/{path}": post(day, "See [it](/garden/target.md).") for path, day in days.items()}
    here = site({**THEME, **files, "content/about.md": "See [it](/garden/target.md).\n", "content/garden/target.md": "T\n"}, SETTINGS)
    here.build()
    sources = [line.partition(" ")[0] for line in backlinks(here, "garden/target/index.html")]
    assert sources == ["notes/new.md", "posts/a.md", "posts/b.md", "posts/old.md", "about.md"]


def test_the_url_has_the_anchor(site: Make) -> None:
    """A link leads to the heading under which the sentence is."""
    source = post("2026-11-01", "## Über uns\n\nSee [it](/garden/target.md).")
    here = site({**THEME, "content/garden/target.md": "T\n", "content/posts/source.md": source}, SETTINGS)
    here.build()
    [line] = backlinks(here, "garden/target/index.html")
    assert line.endswith("/blog/2026/11/source/#%C3%BCber-uns")


def test_without_redirects_old_addresses_lead_nowhere(site: Make) -> None:
    here = site(
        {**THEME, "content/garden/target.md": "---\naliases: [/old/]\n---\n", "content/about.md": "See [it](/old/).\n"},
        SETTINGS + "[features]\nredirects = false\n",
    )
    here.build()
    assert backlinks(here, "garden/target/index.html") == []


FILES = {
    "content/posts/a.md": post("2026-11-01", "See [b](b.md). And [c](c.md)."),
    "content/posts/b.md": post("2026-11-02", "Nothing."),
    "content/posts/c.md": post("2026-11-03", "Nothing."),
}
B, C = (f"2026/11/{name}/index.html" for name in "bc")
EDITS: dict[str, tuple[str, str, set[str]]] = {
    "one sentence": ("posts/a.md", post("2026-11-01", "Now see [b](b.md). And [c](c.md)."), {B}),
    "text beside the links": ("posts/a.md", post("2026-11-01", "See [b](b.md). And [c](c.md).\n\nMore."), set()),
    "lines above": ("posts/a.md", post("2026-11-01", "\n\nFirst.\n\nSee [b](b.md). And [c](c.md)."), set()),
    "a title": ("posts/a.md", post("2026-11-01", "See [b](b.md). And [c](c.md).", title="Another"), set()),
    "a slug": ("posts/a.md", post("2026-11-01", "See [b](b.md). And [c](c.md).", slug="moved"), {"2026/11/moved/index.html", B, C}),
    "one link fewer": ("posts/a.md", post("2026-11-01", "See [b](b.md)."), {C}),
    "the target's slug": ("posts/b.md", post("2026-11-02", "Nothing.", slug="moved"), {"2026/11/moved/index.html"}),
    "the source is hidden": ("posts/a.md", post("2026-11-01", "See [b](b.md). And [c](c.md).", unlisted="yes"), {B, C}),
    "a new source": ("posts/d.md", post("2026-11-04", "See [c](c.md)."), {C, "2026/11/d/index.html"}),
    "a source by an alias": ("posts/d.md", post("2026-11-04", "Hello.", aliases="[/old/]"), {"2026/11/d/index.html", "old/index.html"}),
}


@pytest.mark.parametrize("edit", EDITS)
def test_edits_render_only_the_pages_concerned(site: Make, edit: str) -> None:
    """An edit of a sentence wakes the page that is linked from there; an edit beside the links nobody. The pages show their backlinks alone."""
    path, text, pages = EDITS[edit]
    here = site({**THEME, **FILES}, SETTINGS)
    here.build()
    here.write(f"content/{path}", text)
    outcomes = {outcome.path for outcome in here.build().outcomes}
    ours = {one for one in outcomes if one.startswith("2026/11/") and one != "2026/11/index.html"} | (outcomes & {"old/index.html"})
    assert ours == pages
    left = here.files()
    here.build(clean=True)
    assert not differences(left, here.files())


def test_time_that_passes(site: Make) -> None:
    """A source that expires is named no more, and one that appears is, without any edit."""
    sources = {
        "content/posts/goes.md": post("2026-11-01", "See [it](/garden/target.md).", expires="2026-12-10"),
        "content/posts/comes.md": post("2026-12-20", "See [it](/garden/target.md)."),
    }
    here = site({**THEME, **sources, "content/garden/target.md": "T\n"}, SETTINGS)
    for day, expected in (("2026-12-01", ["posts/goes.md"]), ("2026-12-15", []), ("2026-12-25", ["posts/comes.md"])):
        here.build(at=instant(day))
        assert [line.partition(" ")[0] for line in backlinks(here, "garden/target/index.html")] == expected
    here.build(at=instant("2026-12-01"), drafts=True, future=True)


def test_switched_off(site: Make) -> None:
    """The name is empty, and nothing else differs."""
    here = site({**THEME, **FILES}, SETTINGS)
    here.build()
    assert backlinks(here, B)
    here.write("site.toml", SETTINGS + "[features]\nbacklinks = false\n")
    here.build()
    assert backlinks(here, B) == []
