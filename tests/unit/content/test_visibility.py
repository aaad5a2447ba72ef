"""Keys and words that keep a text from readers."""

from __future__ import annotations

import pytest

from wol.content.visibility import FOREIGN, hidden_by, hides
from wol.model.field_table import STATE_FIELDS, is_field_name

HIDING = {
    "draft": "draft: true|Draft: yes|DRAFT: On|draft: 'true'|draft: “true”|status: draft|Status: Draft|status: auto-draft|status: pending"
    "|status: future|published: false|Published: no|publish: off|isDraft: true|is_draft: yes|unpublished: true|dg-publish: false"
    "|state: draft|post_status: pending|wip: true|isPublished: 0",
    "unlisted": "unlisted: true|status: hidden|status: unlisted|hidden: true|hide: yes|isHidden: 1|visible: false|listed: no|list: false"
    "|list: never|build: {list: never}|_build: {render: always, list: false}|eleventyExcludeFromCollections: true|show: false",
    "private": "private: yes|headless: true|status: private|status: trash|status: skip|status: inherit|public: false|secret: true"
    "|render: false|render: never|permalink: false|build: {render: never}|visibility: members|visibility: private|access: paid"
    "|confidential: true|password_protected: yes",
    "gone": "gone: true",
}

SHOWN = """draft: false|draft: no|status: published|status: publish|status: featured|published: true|published: 2026-11-20|publish: yes
hidden: false|public: true|visible: yes|state: California|state: published|permalink: /a/|permalink: /:year/:title/|render: true
build: {list: always}|headless: no|gone: fishing|visibility: public|visibility: 10 miles|access: by the stairs|audience: beginners
draft: means unfinished|status: draft means unfinished|private: ask Ada|hidden: treasures|title: draft|tags: draft|toc: false
displayInMenu: false|robots: noindex|noindex: true|sitemap: false|search: false|hidetitle: true|toc_hide: true|hide_table_of_contents: true
hide: [navigation]|comments: false|share: false|state: in progress|status: in progress|nav_exclude: true|hiddenFromHomePage: true|feed: no|note: draft|draft: |status: """


def pairs(cases: str) -> list[tuple[str, str]]:
    split = (case.partition(":") for case in cases.replace("\n", "|").split("|"))
    return [(key, value) for key, _, value in split]


@pytest.mark.parametrize("field", HIDING)
def test_what_hides(field: str) -> None:
    """A state or a foreign key of visibility hides if its whole value does, in any spelling, and names the field that does the same."""
    assert [case for case in pairs(HIDING[field]) if hidden_by(*case) != field or not hides(*case)] == []


def test_what_hides_nothing() -> None:
    """Other values of these keys, prose after them, and keys about menus, robots, search or parts of the page hide nothing."""
    assert [case for case in pairs(SHOWN) if hides(*case)] == []


def test_the_table_holds_no_field() -> None:
    """A foreign key of visibility is no field of wol; `permalink: false` alone is of both."""
    assert [name for name in FOREIGN if is_field_name(name)] == ["permalink"]
    assert {field.name for field in STATE_FIELDS} == {"status", "published", "build", "headless"}
