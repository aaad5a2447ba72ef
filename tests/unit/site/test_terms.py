"""Taxonomies and terms: spellings, slugs, collisions."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from harness.assembled import Assembled
from wol.model.config import Config, TaxonomyConfig, TermConfig
from wol.model.item import Summary
from wol.model.site import Visibility

Make = Callable[..., Summary]
Build = Callable[..., Assembled]
Settings = Callable[..., Config]


def slugs(site: Assembled) -> dict[str, int]:
    return {term["slug"]: term["count"] for term in site.tables["terms"].values()}


def test_tags_that_others_merge_stay_apart(build: Build, item: Make) -> None:
    """`C`, `C++`, `C#`, `.net`, `CI/CD` and `日本` are six terms with six URLs."""
    site = build(item("a.md", tags=("C", "C++", "C#", ".net", "CI/CD", "日本")))
    assert not site.diagnostics
    assert {term["name"]: term["url"] for term in site.tables["terms"].values()} == {
        "C": "/tags/c/",
        "C++": "/tags/c-plus-plus/",
        "C#": "/tags/c-sharp/",
        ".net": "/tags/dot-net/",
        "CI/CD": "/tags/ci-cd/",
        "日本": "/tags/日本/",
    }


def test_a_term_as_a_whole(build: Build, item: Make, config: Settings) -> None:
    """All that a term page needs, items newest first, and what `site.toml` says of it."""
    settings = config(
        taxonomies={
            "topics": TaxonomyConfig(
                label="Topics",
                singular="Topic",
                path="about/topics",
                feeds=False,
                slugs={"c plus plus": "cpp"},
                terms={"C Plus Plus": TermConfig(title="C++", description="A *language*.")},
            )
        }
    )
    items = [item("old.md", date=9, terms={"topics": ("c-plus-plus",)}), item("new.md", date=1, terms={"topics": ("c-plus-plus",)})]
    site = build(*items, settings=settings)
    assert site.tables["terms"] == {
        "topics/cpp": {
            "taxonomy": "topics",
            "name": "C++",
            "slug": "cpp",
            "url": "/about/topics/cpp/",
            "title": "C++",
            "description": "A *language*.",
            "items": ["new.md", "old.md"],
            "count": 2,
        }
    }
    assert site.tables["taxonomies"] == {
        "topics": {
            "name": "topics",
            "label": "Topics",
            "singular": "Topic",
            "path": "about/topics",
            "url": "/about/topics/",
            "feeds": False,
            "terms": ["cpp"],
        }
    }
    assert site.tables["item_terms"]["old.md"] == {"topics": ["topics/cpp"]}


def test_terms_are_sorted_by_name(build: Build, item: Make) -> None:
    """Without regard to case; each item keeps its own order."""
    site = build(item("a.md", tags=("zebra", "Apple", "mango", ".net")))
    assert site.tables["taxonomies"]["tags"]["terms"] == ["dot-net", "apple", "mango", "zebra"]
    assert site.tables["item_terms"]["a.md"] == {"tags": ["tags/zebra", "tags/apple", "tags/mango", "tags/dot-net"]}


def test_spellings_of_one_term(build: Build, item: Make) -> None:
    """The spelling used most is shown; the others are told with their places; an item that has two counts once."""
    site = build(
        item("a.md", tags=("Working out loud",)),
        item("b.md", tags=("Working out loud", "working-out-loud")),
        item("c.md", tags=("working_out_loud",), lines={"tags": 4}),
    )
    (term,) = site.tables["terms"].values()
    assert (term["name"], term["slug"], term["count"]) == ("Working out loud", "working-out-loud", 3)
    (found,) = site.diagnostics
    assert (found.code, found.severity, str(found.span)) == ("term-variants", "warning", "content/b.md")
    assert "`working-out-loud` (content/b.md), `working_out_loud` (content/c.md)" in found.message


def test_a_tie_goes_to_the_first_in_sort_order(build: Build, item: Make) -> None:
    """What is shown does not depend on the order of files."""
    for names in (("foo", "Foo"), ("Foo", "foo")):
        (term,) = build(item("a.md", tags=names[:1]), item("b.md", tags=names[1:])).tables["terms"].values()
        assert term["name"] == "Foo"


def test_the_name_of_the_settings_wins(build: Build, item: Make, config: Settings) -> None:
    """A name under `slugs` or `terms` is how the term is shown, however it is written."""
    settings = config(taxonomies={"tags": TaxonomyConfig(slugs={"iOS": "ios"}, terms={"macOS": TermConfig()})})
    site = build(item("a.md", tags=("ios", "MacOS")), item("b.md", tags=("ios", "MACOS")), settings=settings)
    assert {term["name"] for term in site.tables["terms"].values()} == {"iOS", "macOS"}


def test_two_names_with_one_slug_are_refused(build: Build, item: Make, config: Settings) -> None:
    """Both names and their places are told; a slug of its own is the way out."""
    items = [item("a.md", tags=("R&D",)), item("b.md", tags=("R and D",), lines={"tags": 3})]
    (found,) = build(*items).diagnostics
    assert (found.code, found.severity) == ("term-collision", "error")
    assert "`R&D` (content/a.md)" in found.message
    assert "`R and D` (content/b.md)" in found.message
    assert "[taxonomies.tags.slugs]" in found.hint
    settings = config(taxonomies={"tags": TaxonomyConfig(slugs={"R&D": "research"})})
    site = build(*items, settings=settings)
    assert not site.diagnostics
    assert slugs(site) == {"research": 1, "r-and-d": 1}


@pytest.mark.parametrize("name", ["😀", "con", "x" * 201, "..."])
def test_names_that_make_no_slug(build: Build, item: Make, name: str) -> None:
    """Emoji, reserved names and very long ones are refused where they stand, unless they have a slug in the settings."""
    found = build(item("a.md", tags=(name,), lines={"tags": 3})).diagnostics
    assert [(d.code, str(d.span)) for d in found] == ([] if name == "..." else [("slug-invalid", "content/a.md:3")])


def test_slug_of_the_settings_for_emoji(build: Build, item: Make, config: Settings) -> None:
    """The way out that the finding names works."""
    settings = config(taxonomies={"tags": TaxonomyConfig(slugs={"😀": "smile"})})
    site = build(item("a.md", tags=("😀",)), settings=settings)
    assert not site.diagnostics
    assert slugs(site) == {"smile": 1}


def test_only_listed_items_make_terms(build: Build, item: Make) -> None:
    """An unlisted item has the terms that the site has anyway; a draft adds neither a term nor a spelling nor a count."""
    items = [
        item("a.md", tags=("Foo",)),
        item("u.md", tags=("foo", "Hidden"), unlisted=True),
        item("d.md", tags=("FOO", "FOO", "Draft"), draft=True),
    ]
    site = build(*items)
    assert {key: (term["name"], term["items"]) for key, term in site.tables["terms"].items()} == {"tags/foo": ("Foo", ["a.md"])}
    assert site.tables["item_terms"] == {"a.md": {"tags": ["tags/foo"]}, "u.md": {"tags": ["tags/foo"]}}
    assert not site.diagnostics
    assert build(*items, visibility=Visibility("drafts", drafts=True)).tables["terms"]["tags/draft"]["count"] == 1


def test_taxonomies_without_terms_are_there(build: Build) -> None:
    """Templates can ask for them."""
    assert build().tables["taxonomies"]["tags"]["terms"] == []


def test_many_tags(build: Build, item: Make) -> None:
    """5,000 tags are 5,000 terms."""
    site = build(item("a.md", tags=tuple(f"Tag {number}" for number in range(5000))))
    assert len(site.tables["terms"]) == 5000
    assert not site.diagnostics
