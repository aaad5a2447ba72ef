"""Series: their parts in order, what pages and templates show of them, findings, and what an edit wakes."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from itertools import pairwise

import pytest

from harness.site import CONFIG, Site, differences


def post(series: str = "", part: object = None, day: int = 1, more: str = "") -> str:
    """Give the text of a post that may be a part of a series."""
    lines = f"series: {series}\n" if series else ""
    lines += f"part: {part}\n" if part is not None else ""
    return f"---\ndate: 2026-10-{day:02}\n{lines}{more}---\nText.\n"


def parts(here: Site, slug: str = "long-way") -> list[str]:
    """Give the parts that the page of a series lists."""
    return re.findall(r'<li><a href="/2026/10/(\w+)/"', here.read(f"series/{slug}/index.html"))


def line(here: Site, name: str) -> str:
    """Give what a post says of its series."""
    found = re.search(r'<p class="part small">(.*?)</p>', here.read(f"2026/10/{name}/index.html"))
    return re.sub("<.*?>", "", found[1]) if found else ""


def make(site: Callable[..., Site], posts: Mapping[str, str], settings: str = "", **files: str) -> Site:
    """Build a site of these posts."""
    return site({**{f"content/posts/{name}.md": text for name, text in posts.items()}, **files}, CONFIG + settings)


@pytest.mark.parametrize(
    ("posts", "expected"),
    [
        ({"a": post("Long way", 1), "b": post("Long way", 2)}, ["a", "b"]),
        ({"a": post("Long way", 2), "b": post("Long way", 1)}, ["b", "a"]),
        ({"a": post("Long way", 10), "b": post("Long way", 9)}, ["b", "a"]),
        ({"a": post("Long way", day=2), "b": post("Long way", day=1)}, ["b", "a"]),
        ({"a": post("Long way", day=1), "b": post("Long way", day=1)}, ["a", "b"]),
        ({"a": post("Long way", day=1), "b": post("Long way", 7, day=9)}, ["b", "a"]),
        ({"a": post("Long way", 0), "b": post("Long way", -1)}, ["b", "a"]),
        ({"a": post("[Long way]", 1), "b": post("Long way", 2)}, ["a", "b"]),
        ({"a": post("Long way", 3), "b": post("Long way", 1, more="draft: yes\n"), "c": post("Long way", 2)}, ["c", "a"]),
        ({"a": post("Long way", 1), "b": post("Long way", 2, more="unlisted: yes\n")}, ["a"]),
        ({"a": post("Long way", 1), "b": post("Long way", 2, more="private: yes\n")}, ["a"]),
        ({"a": post("Long way", 1), "b": post("Long way", 2, more="publish: 2027-01-01\n")}, ["a"]),
        ({"a": post("Long way", 1), "b": post("Long way", 2, more="gone: yes\n")}, ["a"]),
        ({"a": post("Long way", 1), "b": post("Other", 2)}, ["a"]),
        ({"a": post('"Long way"', "'2'"), "b": post("'Long way'", "1")}, ["b", "a"]),
    ],
)
def test_order(site: Callable[..., Site], posts: Mapping[str, str], expected: list[str]) -> None:
    """By part, then by date, then by path; only what is listed counts, on the page of the series and on its parts."""
    here = make(site, posts)
    assert not [one for one in here.build().diagnostics if one.code.startswith("series")]
    assert parts(here) == expected
    assert [line(here, name) for name in expected] == [f"Part {n} of {len(expected)} · Long way" for n in range(1, len(expected) + 1)]
    for before, after in pairwise(expected):
        assert f'<a class="next" href="/2026/10/{after}/">' in here.read(f"2026/10/{before}/index.html")
    assert "2026/10/" in here.read("sitemap.xml")
    assert "/series/long-way/" in here.read("sitemap.xml")
    assert "/series/</loc>" in here.read("sitemap.xml")


def test_names_of_one_series(site: Callable[..., Site]) -> None:
    """Case, spaces, hyphens and underscores make no other series, as with terms; the writer is told to choose one spelling."""
    here = make(site, {"a": post("Long way", 1), "b": post("long-way", 2), "c": post("Long way", 3), "d": post("LONG_WAY", 4)})
    (told,) = here.build().diagnostics
    assert (told.code, told.hint) == ("term-variants", "write `Long way` everywhere")
    assert parts(here) == ["a", "b", "c", "d"]


def test_hidden_parts_leave_no_trace(site: Callable[..., Site]) -> None:
    """A draft, a private and a scheduled part are named nowhere, and a series of such has no page; a preview has them."""
    hidden = {
        "b": post("Long way", 2, more="draft: yes\ntitle: Canary one\n"),
        "c": post("Canary series", 1, more="private: yes\n"),
        "d": post("Long way", 2, more="publish: 2027-01-01\ntitle: Canary two\n"),
    }
    here = make(site, {"a": post("Long way", 2), **hidden})
    assert not here.build().diagnostics
    without = make(site, {"a": post("Long way", 2)})
    without.build()
    assert not (found := differences(here.files(), without.files())), found
    assert b"anary" not in b"".join(here.files().values())
    assert [one.code for one in here.build(drafts=True).diagnostics] == ["series-part"]


@pytest.mark.parametrize(
    ("posts", "code", "message", "position", "is_error"),
    [
        ({"a": post("X", 1), "b": post("X", 1)}, "series-part", "2 posts are part 1 of the series `X`: `content/posts/a.md` and `content/posts/b.md`", "content/posts/b.md:4", False),
        ({n: post("X", 1) for n in "abcde"}, "series-part", "5 posts are part 1 of the series `X`: `content/posts/a.md`, `content/posts/b.md` and `content/posts/c.md` and 2 more", "content/posts/e.md:4", False),
        ({"a": post("[X, Y]", 1)}, "front-matter-type", "`series` must be a single text, not a list", "content/posts/a.md:3:9", True),
        ({"a": post("X", "two")}, "front-matter-type", "`part` must be a whole number, not `two`", "content/posts/a.md:4:7", True),
        ({"a": post("{x: y}")}, "front-matter-type", "`series` must be a single text, not a map", "content/posts/a.md:3:9", True),
        ({"a": post("CI/CD"), "b": post("CI CD!")}, "term-collision", "The series `CI/CD` (`content/posts/a.md`) and `CI CD!` (`content/posts/b.md`) have the same slug, `ci-cd`", "content/posts/b.md:3", True),
        ({"a": post('"…"')}, "slug-invalid", "The series `…` makes no slug", "content/posts/a.md:3", True),
        ({"a": post("con")}, "slug-invalid", "The slug `con` is a name that systems keep, made of the series `con`", "content/posts/a.md:3", True),
    ],
)  # fmt: skip
def test_findings(site: Callable[..., Site], posts: Mapping[str, str], code: str, message: str, position: str, is_error: bool) -> None:
    """What is wrong with a series is reported where it is, with what to do."""
    here = make(site, posts)
    (told,) = here.errors() if is_error else here.build().diagnostics
    assert (told.code, told.message, str(told.span)) == (code, message, position)
    assert told.hint


@pytest.mark.parametrize("taxonomy", ["[taxonomies.series]", "[taxonomies.Series]", '[taxonomies.series]\nlabel = "Rows"'])
def test_a_taxonomy_wins(site: Callable[..., Site], taxonomy: str) -> None:
    """A taxonomy of that name in `site.toml` is what `series:` means; the hint, applied, ends the warning."""
    here = make(site, {"a": post("[X, Y]", 1), "b": post("X", 2)}, f"\n{taxonomy}\n")
    (told,) = here.build().diagnostics
    assert (told.code, told.hint) == ("series-taxonomy", "keep the taxonomy: write `series = false` in `[features]`")
    assert line(here, "a") == ""
    with_taxonomy = here.files()
    here.write("site.toml", (here.root / "site.toml").read_text() + "[features]\nseries = false\n")
    assert not here.build().diagnostics
    assert not (found := differences(with_taxonomy, here.files())), found


def test_descriptions_and_templates(site: Callable[..., Site]) -> None:
    """An `_index.md` describes a series and the list of all; templates have `page.series` and `site.series`, empty while the feature is off."""
    shown = "{% for s in site.series %}{{ s.name }} {{ s.count }} {{ s.url }} {{ s.part }};{% endfor %}"
    shown += "{% set s = page.series %}{% if s %}[{{ s }}: {{ s.part }}/{{ s.count }} {{ s.previous.url if s.previous }} {{ s.next.url if s.next }} {{ s.items|length }}]{% endif %}"
    here = make(
        site,
        {"a": post("Long way", 1), "b": post("Long way", 2), "c": post("Alpha", 1), "d": post()},
        **{
            "content/series/_index.md": "---\ntitle: All of it\n---\nMany words.\n",
            "content/series/long-way/_index.md": "---\ntitle: The very long way\n---\nOther words.\n",
            "themes/default/templates/post.html": shown,
        },
    )
    here.build()
    everywhere = "Alpha 1 /series/alpha/ ;Long way 2 /series/long-way/ ;"
    assert here.read("2026/10/a/index.html").strip() == f"{everywhere}[Long way: 1/2  /2026/10/b/ 2]"
    assert here.read("2026/10/b/index.html").strip() == f"{everywhere}[Long way: 2/2 /2026/10/a/  2]"
    assert here.read("2026/10/d/index.html").strip() == everywhere
    assert "All of it</h1>" in here.read("series/index.html")
    assert "Many words." in here.read("series/index.html")
    assert "Other words." in here.read("series/long-way/index.html")
    assert parts(here) == ["a", "b"]
    here.write("site.toml", CONFIG + "[features]\nseries = false\n")
    here.build()
    assert here.read("2026/10/a/index.html").strip() == ""
    assert "series/alpha/index.html" not in here.files()


START = {n: post("Long way", place, place) for place, n in enumerate("abcd", 1)} | {
    "e": post("Other", 1, 9),
    "f": post(day=8),
    "i": post(day=19),
}


@pytest.mark.parametrize(
    ("name", "text", "expected"),
    [
        ("b", START["b"].replace("Text.", "Words."), {"b"}),
        ("g", post("Long way", 5, 20), {"a", "b", "c", "d", "g", "long-way"}),
        ("g", post(day=20), {"g"}),
        ("e", post("Other", 7, 9), set()),
        ("e", post(day=9), {"e"}),
        ("b", START["b"].replace("date: 2026-10-02", "date: 2026-10-02\ntitle: B"), {"a", "b", "c", "long-way"}),
        ("c", START["c"].replace("part: 3", "part: 9"), {"b", "c", "d", "long-way"}),
        ("d", START["d"].replace("Long way", "Long ways"), {"a", "b", "c", "d", "long-way", "long-ways"}),
        ("d", START["d"].replace("---\nText", "draft: yes\n---\nText"), {"a", "b", "c", "long-way"}),
    ],
)
def test_an_edit_wakes_what_shows_it(site: Callable[..., Site], name: str, text: str, expected: set[str]) -> None:
    """A new part wakes its neighbours and what counts the parts; a body wakes its page alone; and all equals a clean build."""
    here = make(site, START)
    here.build()
    here.write(f"content/posts/{name}.md", text)
    woken = {outcome.path for outcome in here.build().outcomes}
    pages = {found[1] for path in woken if (found := re.fullmatch(r"(?:series|2026/10)/([a-z-]+)/index.html", path))}
    assert pages - {"f", "i"} == expected, "besides the neighbours by date"
    incremental = here.files()
    here.build(clean=True)
    assert differences(incremental, here.files()) == ""
