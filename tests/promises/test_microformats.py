"""Microformats of the default theme, as a parser of them reads the pages (microformats2)."""

from __future__ import annotations

import warnings
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from harness.site import Site

SETTINGS = """\
[site]
title = "Out loud"
base_url = "https://example.org/blog"
[site.author]
name = "Ada Example"
photo = "/ada.png"
bio = "I *write*."
email = "ada@example.org"
me = ["https://social.example/@ada"]
"""
POST = """\
---
title: Can it be `taught`?
date: 2026-11-20 14:05:00+01:00
updated: 2026-11-22
tags: [learning, Work out loud]
categories: [essays]
syndication: [https://social.example/1]
image: /map.png
image_alt: A map
---
Collaboration can be **taught**.

<!--more-->

More of it.
"""
FILES = {
    "content/posts/taught.md": POST,
    "content/posts/guest.md": "---\ntitle: Guest\ndate: 2026-11-19\nauthors: [{name: Bo, url: 'https://bo.example/'}]\n---\nHello.",
    "content/posts/elsewhere.md": "---\ntitle: Elsewhere\ndate: 2026-11-18\nlink: https://example.com/\n---\nRead this.",
    "content/notes/short.md": "---\ndate: 2026-11-17\n---\nA short note.",
    "content/about.md": "---\ntitle: About\n---\nMe.",
    "static/ada.png": "x",
    "static/map.png": "x",
}
URL = "https://example.org/blog"
PUBLISHED = "2026-11-20T14:05:00+0100"
"""As the parser spells it."""


@pytest.fixture(scope="module")
def parsed(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], dict[str, Any]]:
    """Give what a parser finds on a page of the output."""
    here = Site(tmp_path_factory.mktemp("microformats") / "site", FILES, SETTINGS)
    here.build()

    def parse(path: str) -> dict[str, Any]:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of the packages that the parser uses
            import mf2py

            found: dict[str, Any] = mf2py.parse(
                doc=here.read(path), url=f"{URL}/{path.removesuffix('index.html')}", html_parser="html.parser"
            )
        return found

    return parse


def of_type(found: dict[str, Any], kind: str) -> list[dict[str, Any]]:
    """Give the things of a type at the top of a page."""
    return [item for item in found["items"] if kind in item["type"]]


def below(item: dict[str, Any], kind: str) -> Iterator[dict[str, Any]]:
    """Give the things of a type among the children of another."""
    return (child for child in item.get("children", []) if kind in child["type"])


def test_a_post_is_an_entry(parsed: Callable[[str], dict[str, Any]]) -> None:
    """A post is one h-entry with name, permalink, dates, terms, text, author and copies elsewhere."""
    (entry,) = of_type(parsed("2026/11/taught/index.html"), "h-entry")
    facts = entry["properties"]
    assert facts["name"] == ["Can it be taught?"]
    assert facts["url"] == facts["uid"] == [f"{URL}/2026/11/taught/"]
    assert facts["published"] == [PUBLISHED]
    assert facts["updated"] == ["2026-11-22"]
    assert facts["category"] == ["essays", "learning", "Work out loud"]
    assert facts["syndication"] == ["https://social.example/1"]
    (content,) = facts["content"]
    assert content["value"].split() == ["Collaboration", "can", "be", "taught.", "More", "of", "it."]
    assert "<strong>taught</strong>" in content["html"]
    (author,) = facts["author"]
    assert author["type"] == ["h-card"]
    assert author["properties"]["name"] == ["Ada Example"]
    assert author["properties"]["url"] == [f"{URL}/"]


def test_the_author_has_a_card(parsed: Callable[[str], dict[str, Any]]) -> None:
    """The words about the author are an h-card with picture, note, address and profiles."""
    (card,) = of_type(parsed("2026/11/taught/index.html"), "h-card")
    facts = card["properties"]
    assert facts["name"] == ["Ada Example"]
    assert facts["photo"][0] in (f"{URL}/ada.png", {"value": f"{URL}/ada.png", "alt": ""})
    assert facts["note"] == ["I write."]
    assert facts["email"] == ["mailto:ada@example.org"]
    assert {f"{URL}/", "https://social.example/@ada"} <= set(facts["url"])


def test_a_guest_is_the_author(parsed: Callable[[str], dict[str, Any]]) -> None:
    """A post by somebody else names them, and not the author of the site."""
    (entry,) = of_type(parsed("2026/11/guest/index.html"), "h-entry")
    assert [(a["properties"]["name"], a["properties"]["url"]) for a in entry["properties"]["author"]] == [(["Bo"], ["https://bo.example/"])]


def test_profiles_are_linked(parsed: Callable[[str], dict[str, Any]]) -> None:
    """`rel=me` leads to the author's profiles, on the home page and elsewhere."""
    assert parsed("index.html")["rels"]["me"] == ["https://social.example/@ada"]


def test_home_is_a_feed(parsed: Callable[[str], dict[str, Any]]) -> None:
    """The home page is one h-feed with a name, an author, and an h-entry for each post, newest first."""
    (feed,) = of_type(parsed("index.html"), "h-feed")
    assert feed["properties"]["name"] == ["Out loud"]
    assert feed["properties"]["author"][0]["properties"]["name"] == ["Ada Example"]
    entries = [entry["properties"] for entry in below(feed, "h-entry")]
    assert [entry["name"] for entry in entries] == [["Can it be taught?"], ["Guest"], ["Elsewhere"]]
    assert entries[0]["url"] == [f"{URL}/2026/11/taught/"]
    assert entries[0]["published"] == [PUBLISHED]
    assert [" ".join(text.split()) for text in entries[0]["summary"]] == ["Collaboration can be taught."]
    assert entries[1]["author"][0]["properties"]["name"] == ["Bo"]
    assert entries[2]["url"] == [f"{URL}/2026/11/elsewhere/"], "the permalink, not where the title leads"


@pytest.mark.parametrize("path", ["tags/learning/index.html", "categories/essays/index.html", "2026/11/index.html", "notes/index.html"])
def test_lists_are_feeds(parsed: Callable[[str], dict[str, Any]], path: str) -> None:
    """Lists of texts are h-feeds too, each entry with its permalink and date."""
    (feed,) = of_type(parsed(path), "h-feed")
    entries = list(below(feed, "h-entry"))
    assert entries
    for entry in entries:
        assert len(entry["properties"]["url"]) == len(entry["properties"]["published"]) == 1


def test_a_note_is_an_entry(parsed: Callable[[str], dict[str, Any]]) -> None:
    """A note without a title has text, permalink and date, and is called as its file."""
    (entry,) = of_type(parsed("notes/short/index.html"), "h-entry")
    facts = entry["properties"]
    assert facts["url"] == [f"{URL}/notes/short/"]
    assert facts["published"] == ["2026-11-17"]
    assert facts["content"][0]["value"].strip() == "A short note."
    assert facts["name"] == ["short"]


def test_a_page_is_an_entry(parsed: Callable[[str], dict[str, Any]]) -> None:
    """A page is an h-entry with a name, a permalink and its text."""
    (entry,) = of_type(parsed("about/index.html"), "h-entry")
    assert (entry["properties"]["name"], entry["properties"]["url"]) == (["About"], [f"{URL}/about/"])
