"""Fields of the front matter: what each makes of a value, in every spelling, and what is told where it does not fit."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wol.content.defaults import Defaults, read_defaults
from wol.content.fields import FIELDS, Fields, read_fields
from wol.content.front_matter import split
from wol.model.field import Declared
from wol.model.item import Author, Moment

PATH = "content/posts/a.md"


@dataclass
class Settings:
    folder: str = "content"
    timezone: str = "Europe/London"
    taxonomies: dict[str, str] = field(default_factory=lambda: {"tags": "comma", "categories": "comma"})
    misspelt: str = "error"
    fields: dict[str, str] = field(default_factory=dict)
    declared: tuple[Declared, ...] = ()
    absent: frozenset[str] = frozenset()


def read(header: str, *defaults: Defaults, settings: Settings | None = None) -> Fields:
    return read_fields(split(f"---\n{header}\n---\n".encode(), PATH), defaults, settings or Settings())


def read_toml(header: str) -> Fields:
    return read_fields(split(f"+++\n{header}\n+++\n".encode(), PATH), (), Settings())


def given_fields(found: Fields) -> dict[str, Any]:
    """Give what is not as in an empty front matter."""
    empty = Fields()
    names = [name for name in Fields.__struct_fields__ if name not in ("lines", "origins", "keys", "diagnostics")]
    return {name: getattr(found, name) for name in names if getattr(found, name) != getattr(empty, name)}


def told(found: Fields) -> list[str]:
    return [f"{d.code} {d.span.line}:{d.span.column} {d.message}" for d in found.diagnostics if d.span]


DAY = Moment(1795132800000000, "2026-11-20T00:00:00+00:00", True)
NOON = Moment(1795176000000000, "2026-11-20T12:00:00+00:00")
ADA = Author("Ada")


@pytest.mark.parametrize(
    ("header", "found"),
    [
        ("title: On asking", {"title": "On asking"}),
        ("title: NO", {"title": "NO"}),
        ("title: 1.10", {"title": "1.10"}),
        ("title: 012", {"title": "012"}),
        ("title: 12:30", {"title": "12:30"}),
        ("title: ~", {"title": "~"}),
        ("title: 'null'", {"title": "null"}),
        ("title: true", {"title": "true"}),
        ("title: ' A  b '", {"title": "A  b"}),
        ("title: |\n  A\n  b\n", {"title": "A b"}),
        ("title: >-\n  A\n\n  b", {"title": "A b"}),
        ("title: '\u00a0A\u3000'", {"title": "\u00a0A\u3000"}),
        ("date: 2026-11-20", {"date": DAY}),
        ("date: '2026-11-20 12:00'", {"date": NOON}),
        ("pubdate: 2026-11-20", {"date": DAY}),
        ("created: 20 Nov 2026", {"date": DAY}),
        ("published: 2026-11-20", {"date": DAY}),
        ("updated: 2026-11-20", {"updated": DAY}),
        ("lastmod: 2026-11-20", {"updated": DAY}),
        ("modified: 2026-11-20", {"updated": DAY}),
        ("last_modified_at: 2026-11-20", {"updated": DAY}),
        ("id: k7f3q9x2mw", {"id": "k7f3q9x2mw"}),
        ("id: 012", {"id": "012"}),
        ("guid: 'https://old.example/?p=12&x'", {"guid": "https://old.example/?p=12&x"}),
        ("slug: NO", {"slug": "NO"}),
        ("slug: ~", {"slug": "~"}),
        ("url: /a/b.html", {"url": "/a/b.html"}),
        ("permalink: /a/b/", {"url": "/a/b/"}),
        ("aliases: /old/", {"aliases": ("/old/",)}),
        ("aliases: [/old/, 'Old name', old.html, a/b]", {"aliases": ("/old/", "old.html", "a/b"), "names": ("Old name",)}),
        ("alias: Old name", {"names": ("Old name",)}),
        ("redirect_from:\n- /old/", {"aliases": ("/old/",)}),
        ("kind: note", {"kind": "note"}),
        ("template: essay", {"template": "essay"}),
        ("tags: 'a, b c ,, #d'", {"terms": {"tags": ("a", "b c", "d")}}),
        (
            "tags: [NO, yes, 1.10, 012, 0x1F, '12:30:45', 1e3, ~, null]",
            {"terms": {"tags": ("NO", "yes", "1.10", "012", "0x1F", "12:30:45", "1e3", "~", "null")}},
        ),
        ("tags: ['#a', a, '', 'b, c', C++, 'TCP/IP']", {"terms": {"tags": ("a", "b, c", "C++", "TCP/IP")}}),
        ("tag: a", {"terms": {"tags": ("a",)}}),
        ("category: Ähnliches", {"terms": {"categories": ("Ähnliches",)}}),
        ("taxonomies: {tags: [a, b], categories: c}", {"terms": {"tags": ("a", "b"), "categories": ("c",)}}),
        ("taxonomies: {tag: a, series: [x]}", {"terms": {"tags": ("a",)}, "extra": {"taxonomies": {"series": ["x"]}}}),
        ("authors: Ada, Bob", {"authors": (ADA, Author("Bob"))}),
        ("authors: Lovelace, Ada; Bob", {"authors": (Author("Lovelace, Ada"), Author("Bob"))}),
        ("authors: [Ada, 'King, Jr.', Ada]", {"authors": (ADA, Author("King, Jr."))}),
        ("author: King, Jr.", {"authors": (Author("King, Jr."),)}),
        ("author: {name: Ada, url: 'https://ada.example', email: x}", {"authors": (Author("Ada", "https://ada.example"),)}),
        ("authors:\n- name: Ada\n- Bob", {"authors": (ADA, Author("Bob"))}),
        ("description: >\n  One\n  two.", {"description": "One two."}),
        ("summary: |\n  One *two*.\n\n  Three.", {"summary": "One *two*.\n\nThree."}),
        ("excerpt: One.", {"summary": "One."}),
        ("image: photo.jpg", {"image": "photo.jpg"}),
        ("image: my photo 12:30.jpg", {"image": "my photo 12:30.jpg"}),
        ("image: {src: photo.jpg, alt: A tree}", {"image": "photo.jpg", "image_alt": "A tree"}),
        ("image: {src: photo.jpg, caption: 1}", {"image": "photo.jpg", "extra": {"image": {"caption": 1}}}),
        ("cover: photo.jpg\nimage_alt: A tree", {"image": "photo.jpg", "image_alt": "A tree"}),
        ("thumbnail: photo.jpg", {"image": "photo.jpg"}),
        ("feature_image: photo.jpg", {"image": "photo.jpg"}),
        ("featured_image: photo.jpg", {"image": "photo.jpg"}),
        ("cover: {image: photo.jpg}", {"extra": {"cover": {"image": "photo.jpg"}}}),
        ("lang: pt-BR", {"lang": "pt-BR"}),
        ("language: de", {"lang": "de"}),
        ("locale: en_GB", {"lang": "en-GB"}),
        ("lang: NO", {"lang": "NO"}),
        ("draft: yes", {"draft": True}),
        ("draft: 'TRUE'", {"draft": True}),
        ("draft: On", {"draft": True}),
        ("draft: off", {}),
        ("publish: 2026-11-20 12:00", {"publish": NOON}),
        ("publish_date: 2026-11-20", {"publish": DAY}),
        ("expires: 2026-11-20", {"expires": DAY}),
        ("expiryDate: 2026-11-20", {"expires": DAY}),
        ("unpublish-date: 2026-11-20", {"expires": DAY}),
        ("unlisted: true", {"unlisted": True}),
        ("private: yes", {"private": True}),
        ("gone: yes", {"gone": True}),
        ("gone: no", {}),
        ("gone: It was wrong.", {"gone": True, "gone_reason": "It was wrong."}),
        ("canonical: https://example.org/a", {"canonical": "https://example.org/a"}),
        ("canonicalURL: https://example.org/a", {"canonical": "https://example.org/a"}),
        ("link: https://example.org/a?b#c", {"link": "https://example.org/a?b#c"}),
        ("external_url: gemini://example.org/", {"link": "gemini://example.org/"}),
        ("source-url: other.md", {"link": "other.md"}),
        ("syndication: [https://a.example/1, https://b.example/2]", {"syndication": ("https://a.example/1", "https://b.example/2")}),
        ("syndication: https://a.example/1", {"syndication": ("https://a.example/1",)}),
        ("toc: no\nfeed: yes", {"toc": False, "feed": True}),
        ("licence: CC-BY-4.0", {"licence": "CC-BY-4.0"}),
        ("license: https://example.org/l", {"licence": "https://example.org/l"}),
        ("extra: {a: 1, b: {c: [true, '1', 012]}}", {"extra": {"a": 1, "b": {"c": [True, "1", "012"]}}}),
        ("params: {a: ~}\nb: x", {"extra": {"a": None, "b": "x"}}),
        ("TITLE: A\nImage-Alt: B\nImageAlt: B", {"title": "A", "image_alt": "B"}),
    ],
)
def test_fields(header: str, found: dict[str, Any]) -> None:
    """Each field reads its values, under its own name and under each other spelling; nothing else is given."""
    result = read(header)
    assert (given_fields(result), told(result)) == (found, [])


@pytest.mark.parametrize(
    ("typed", "value"),
    [
        ("true", True),
        ("False", False),
        ("null", None),
        ("~", None),
        ("", None),
        ("0", 0),
        ("-12", -12),
        ("999999999999999999", 999999999999999999),
        ("9999999999999999999999", "9999999999999999999999"),
        ("yes", "yes"),
        ("NO", "NO"),
        ("on", "on"),
        ("012", "012"),
        ("-0", "-0"),
        ("+1", "+1"),
        ("1.10", "1.10"),
        ("1e3", "1e3"),
        ("0x1F", "0x1F"),
        ("1_000", "1_000"),
        ("12:30:45", "12:30:45"),
        ("2026-11-20", "2026-11-20"),
        ("'true'", "true"),
        ('"12"', "12"),
        ("'~'", "~"),
        (".nan", ".nan"),
        ("[true, [1, '1'], {a: null}]", [True, [1, "1"], {"a": None}]),
    ],
)
def test_foreign_values(typed: str, value: object) -> None:
    """Foreign keys are kept: true, false, null and whole numbers get their types, all else is text as typed."""
    result = read(f"myKey: {typed}")
    assert (result.extra, told(result)) == ({"myKey": value}, [])


def test_template_syntax_is_no_value() -> None:
    """Jinja in front matter is a YAML map in a map, which cannot be a key: an error, and nothing is evaluated."""
    block = split(b"---\ntitle: {{ config }}\n---\n", PATH)
    assert [d.message for d in block.diagnostics] == ["A key must be a single text"]
    assert read("title: '{{ config }}'").title == "{{ config }}"


@pytest.mark.parametrize(
    "header",
    [
        "title:",
        "title: ''",
        'title: "  "',
        "title: null",
        "date: ~",
        "tags: []",
        "tags: [, '']",
        "tags: ' , '",
        "authors: ''",
        "authors: [~, '']",
        "image: ~",
        "image: {}",
        "extra: {}",
        "taxonomies: {}",
        "excerpt:",
        "expires:",
        "publish_date: ''",
        "unpublish_date: ~",
    ],
)
def test_empty_and_null_are_absent(header: str) -> None:
    """An empty field is one that is not there."""
    result = read(header)
    assert (given_fields(result), result.lines, told(result)) == ({}, {}, [])


@pytest.mark.parametrize(
    ("header", "finding"),
    [
        ("title: [a]", "front-matter-type 2:8 `title` must be a text, not a list"),
        ("title:\n  a: b", "front-matter-type 3:3 `title` must be a text, not a map"),
        ("Draft: maybe", "front-matter-type 2:8 `Draft` must be `yes` or `no`, not `maybe`"),
        ("draft: 1", "front-matter-type 2:8 `draft` must be `yes` or `no`, not `1`"),
        ("private: [yes]", "front-matter-type 2:10 `private` must be `yes` or `no`, not a list"),
        ("toc: " + "x" * 50, "front-matter-type 2:6 `toc` must be `yes` or `no`, not `" + "x" * 39 + "…`"),
        ("date: soon", "date-invalid 2:7 `soon` is not a date that wol can read"),
        ("date: 2024-13-45", "date-invalid 2:7 There is no such day as `2024-13-45`"),
        ("expires: 9999-12-31", "date-invalid 2:10 The year 9999 is outside 1000 to 9998"),
        ("date: [2026-11-20]", "front-matter-type 2:7 `date` must be a date such as `2026-11-20` or `2026-11-20 14:05`, not a list"),
        ("publish: later", "date-invalid 2:10 `later` is not a date that wol can read"),
        ("id: My Post", "id-invalid 2:5 `My Post` is not an id"),
        ("id: -a", "id-invalid 2:5 `-a` is not an id"),
        ("id: " + "a" * 65, "id-invalid 2:5 `" + "a" * 39 + "…` is not an id"),
        ("id: {a: b}", "front-matter-type 2:5 `id` must be an id, not a map"),
        ("kind: my kind", "front-matter-type 2:7 `kind` must be a name, not `my kind`"),
        ("template: ../x", "front-matter-type 2:11 `template` must be a name, not `../x`"),
        ("url: [a]", "front-matter-type 2:6 `url` must be a path from the root such as `/a/b/`, not a list"),
        ("tags: [a, [b]]", "front-matter-type 2:11 `tags` must be a list of names, not a list with a list in it"),
        ("tags: {a: b}", "front-matter-type 2:7 `tags` must be a list of names, not a map"),
        ("aliases: [a, {b: c}]", "front-matter-type 2:14 `aliases` must be a list of texts, not a list with a map in it"),
        (
            "authors: [{url: x}]",
            "front-matter-type 2:11 `authors` must be a name, a map with `name`, or a list of such, not a list with a map in it",
        ),
        ("image: {alt: x}", "front-matter-type 2:8 `image` must be a path, a URL, or a map with `src` and `alt`, not a map"),
        (
            "image: javascript:alert(1)",
            "front-matter-type 2:8 `image` must be a path, a URL, or a map with `src` and `alt`, not `javascript:alert(1)`",
        ),
        ("lang: English", "front-matter-type 2:7 `lang` must be a language tag such as `en` or `pt-BR`, not `English`"),
        ("canonical: /a/", "front-matter-type 2:12 `canonical` must be a URL such as `https://example.org/`, not `/a/`"),
        ("canonical: https://", "front-matter-type 2:12 `canonical` must be a URL such as `https://example.org/`, not `https://`"),
        (
            "image: https://a.example/b c.jpg",
            "front-matter-type 2:8 `image` must be a path, a URL, or a map with `src` and `alt`, not `https://a.example/b c.jpg`",
        ),
        ("link: javascript:alert(1)", "front-matter-type 2:7 `link` must be a URL or a path, not `javascript:alert(1)`"),
        ("syndication: [https://a.example/, b]", "front-matter-type 2:14 `syndication` must be a list of URLs, not a list"),
        ("extra: x", "front-matter-type 2:8 `extra` must be a map, not `x`"),
        ("status: [draft]", "front-matter-type 2:9 `status` must be a word such as `draft` or `published`, not a list"),
        ("published: soon", "front-matter-type 2:12 `published` must be `yes` or `no`, or a date, not `soon`"),
        ("build: 12", "front-matter-type 2:8 `build` must be a map with `list` or `render`, not `12`"),
        ("_build: never", "front-matter-type 2:9 `_build` must be a map with `list` or `render`, not `never`"),
        ("headless: perhaps", "front-matter-type 2:11 `headless` must be `yes` or `no`, not `perhaps`"),
        ("gone: [a]", "front-matter-type 2:7 `gone` must be `yes`, `no` or a reason, not a list"),
    ],
)
def test_values_that_do_not_fit(header: str, finding: str) -> None:
    """Under a field's own name, and under those of states, a value that does not fit is an error at its place."""
    result = read(header)
    assert told(result) == [finding]
    assert given_fields(result) == {}


@pytest.mark.parametrize(
    ("header", "extra"),
    [
        ("created: last summer", {"created": "last summer"}),
        ("modified: [a]", {"modified": ["a"]}),
        ("permalink: /:year/:title/", {"permalink": "/:year/:title/"}),
        ("permalink: https://example.org/", {"permalink": "https://example.org/"}),
        ("alias: {a: b}", {"alias": {"a": "b"}}),
        ("author: {email: x}", {"author": {"email": "x"}}),
        ("excerpt: [a]", {"excerpt": ["a"]}),
        ("cover: {image: a}", {"cover": {"image": "a"}}),
        ("language: English", {"language": "English"}),
        ("locale: 12", {"locale": 12}),
        ("publish_date: soon", {"publish_date": "soon"}),
        ("expiry_date: true", {"expiry_date": True}),
        ("canonical_url: /a/", {"canonical_url": "/a/"}),
        ("external_url: {a: 1}", {"external_url": {"a": 1}}),
        ("license: {name: x}", {"license": {"name": "x"}}),
        ("params: 12", {"params": 12}),
        ("tag: {a: 1}", {"tag": {"a": 1}}),
        ("taxonomies: [a]", {"taxonomies": ["a"]}),
        ("layout: post\ntype: page", {"layout": "post", "type": "page"}),
    ],
)
def test_other_spellings_that_do_not_fit_are_foreign(header: str, extra: dict[str, Any]) -> None:
    """Under another spelling a value that does not fit is somebody else's key, and kept."""
    result = read(header)
    assert (given_fields(result), told(result)) == ({"extra": extra}, [])


@pytest.mark.parametrize(
    ("header", "finding"),
    [
        (
            "date: 2026-11-20\ntitle: A\npubdate: 2026-11-21",
            "4:1 `date` on line 2 and `pubdate` on line 4 give the field `date` two values",
        ),
        (
            "created: 2026-11-20\npublished: 2026-11-21",
            "3:1 `created` on line 2 and `published` on line 3 give the field `date` two values",
        ),
        ("date: 2026-11-20\ncreated: 2026-11-20 00:01", "3:1 `date` on line 2 and `created` on line 3 give the field `date` two values"),
        ("title: A\nTitle: B", "3:1 `title` on line 2 and `Title` on line 3 give the field `title` two values"),
        ("tags:\n- a\ntag:\n- b", "4:1 `tags` on line 2 and `tag` on line 4 give the field `tags` two values"),
        ("tags: a\ntaxonomies:\n  tags: [b]", "4:3 `tags` on line 2 and `tags` on line 4 give the field `tags` two values"),
        ("authors: A\nauthor: B", "3:1 `authors` on line 2 and `author` on line 3 give the field `authors` two values"),
        (
            "image: {src: a, alt: b}\nimage_alt: c",
            "3:1 `image.alt` on line 2 and `image_alt` on line 3 give the field `image_alt` two values",
        ),
        ("image: a.jpg\nthumbnail: b.jpg", "3:1 `image` on line 2 and `thumbnail` on line 3 give the field `image` two values"),
        ("url: /a/\npermalink: /b/", "3:1 `url` on line 2 and `permalink` on line 3 give the field `url` two values"),
        ("draft: false\nstatus: draft", "3:1 `draft` on line 2 and `status` on line 3 give the field `draft` two values"),
        ("draft: yes\nstatus: published", "3:1 `draft` on line 2 and `status` on line 3 give the field `draft` two values"),
        ("draft: yes\npublished: yes", "3:1 `draft` on line 2 and `published` on line 3 give the field `draft` two values"),
        ("private: no\nheadless: yes", "3:1 `private` on line 2 and `headless` on line 3 give the field `private` two values"),
        ("unlisted: no\nbuild: {list: never}", "3:9 `unlisted` on line 2 and `build.list` on line 3 give the field `unlisted` two values"),
        ("a: 1\nextra: {a: 2}", "3:9 `a` on line 2 and `extra.a` on line 3 give the field `extra.a` two values"),
        ("extra: {a: 1}\nparams: {a: 2}", "3:10 `extra.a` on line 2 and `params.a` on line 3 give the field `extra.a` two values"),
    ],
)
def test_two_values_for_one_field(header: str, finding: str) -> None:
    """Two spellings of one field with two values are an error that names both lines."""
    assert told(read(header)) == [f"front-matter-conflict {finding}"]


@pytest.mark.parametrize(
    "header",
    [
        "date: 2026-11-20\npubdate: 20 Nov 2026\npublished: 2026/11/20",
        "date: 2026-11-20\ncreated: 2026-11-20 00:00",
        "title: A\nTitle: 'A'",
        "tags: [a, b]\ntag: a, b",
        "draft: yes\nstatus: draft\npublished: no",
        "date: 2026-11-20\ncreated: last summer",
        "private: yes\nheadless: no\nstatus: published",
        "a: 1\nextra: {a: 1}",
        "draft: yes\nstatus: hidden",
    ],
)
def test_spellings_that_agree(header: str) -> None:
    """Two spellings with one value are no conflict, nor is a foreign value under another spelling."""
    assert told(read(header)) == []


def test_an_explicit_no_can_be_told() -> None:
    """A typed `draft: no` differs from none, so that a folder of drafts can refuse it."""
    for header in ("draft: no", "published: yes", "status: published", "publish: yes"):
        assert read(header).lines["draft"][0] == 2
    assert "draft" not in read("title: A").lines


@pytest.mark.parametrize(
    ("header", "code", "message"),
    [
        ("circle: friends", "name-reserved", "`circle` is reserved for a later version of wol"),
        ("from: 2026-11-20", "name-reserved", "`from` is reserved for a later version of wol"),
        ("in-reply-to: https://a.example/", "name-reserved", "`in-reply-to` is reserved for a later version of wol"),
        ("inReplyTo: [a]", "name-reserved", "`inReplyTo` is reserved for a later version of wol"),
        ("password: x", "secrecy-unsupported", "`password` promises secrecy, which a public file cannot keep"),
        ("password: no", "secrecy-unsupported", "`password` promises secrecy, which a public file cannot keep"),
        ("Protected: yes", "secrecy-unsupported", "`Protected` promises secrecy, which a public file cannot keep"),
        ("encrypt: {key: x}", "secrecy-unsupported", "`encrypt` promises secrecy, which a public file cannot keep"),
        ("visibility: members", "secrecy-unsupported", "`visibility` promises secrecy, which a public file cannot keep"),
    ],
)
def test_refused_names(header: str, code: str, message: str) -> None:
    """Names that could publish what was meant for few are refused."""
    result = read(header)
    assert told(result) == [f"{code} 2:1 {message}"]
    assert result.diagnostics[0].severity == "error"


@pytest.mark.parametrize(
    "header", ["circle:", "from: ''", "password: ''", "protected: no", "encrypt: false", "visibility: Public", "extra: {from: me}"]
)
def test_names_that_promise_nothing(header: str) -> None:
    """Empty, or a plain no, they promise nothing; in `extra` they are anybody's."""
    assert told(read(header)) == []


def test_taxonomies_are_those_of_the_site() -> None:
    """Each taxonomy is a field; without `tags` in the settings, `tags` and `tag` are foreign."""
    settings = Settings(taxonomies={"topics": "comma", "my-places": "space", "authors": "comma"})
    result = read("Topics: a, b\nmy_places: a b,c\ntags: [x]\ntag: y\nauthors: [Ada]", settings=settings)
    assert result.terms == {"topics": ("a", "b"), "my-places": ("a", "b", "c"), "authors": ("Ada",)}
    assert (result.authors, result.extra) == ((ADA,), {"tags": ["x"], "tag": "y"})
    assert result.lines["my-places"] == (3, 12)


def test_split_at_spaces() -> None:
    """`split = "space"` cuts a text at blanks too, as Jekyll does, but no list."""
    settings = Settings(taxonomies={"tags": "space"})
    assert read("tags: 'a  b,c #d'", settings=settings).terms == {"tags": ("a", "b", "c", "d")}
    assert read("tags: [a b, c]", settings=settings).terms == {"tags": ("a b", "c")}


def test_date_in_gap() -> None:
    """A time that the clocks skipped is moved, with a warning at its place."""
    result = read("date: 2026-03-29 01:30")
    assert told(result) == [
        "date-in-gap 2:7 The time of `date` was skipped by the clocks of `Europe/London`; it is read as `2026-03-29 02:30`"
    ]
    assert (result.date, result.diagnostics[0].severity) == (Moment(1774747800000000, "2026-03-29T02:30:00+01:00"), "warning")


def test_toml_types() -> None:
    """TOML's own types are read where they fit, and are plain data in `extra`."""
    result = read_toml(
        "title = 2026\ndate = 2026-11-20T12:00:00Z\nupdated = 2026-11-20\ndraft = true\ntags = ['a', 1]\n"
        "a = 1.5\nb = 1979-05-27\nc = 07:32:00\nd = inf\ne = 99999999999999999999\nf = 'true'\n[extra]\ng = [2026-11-20T12:00:00Z]\n[taxonomies]\ncategories = ['x']"
    )
    assert told(result) == []
    assert given_fields(result) == {
        "title": "2026",
        "date": NOON,
        "updated": DAY,
        "draft": True,
        "terms": {"tags": ("a", "1"), "categories": ("x",)},
        "extra": {
            "a": 1.5,
            "b": "1979-05-27",
            "c": "07:32:00",
            "d": "inf",
            "e": "99999999999999999999",
            "f": "true",
            "g": ["2026-11-20T12:00:00+00:00"],
        },
    }


@pytest.mark.parametrize(
    ("header", "finding"),
    [
        ("title = 1.10", "front-matter-type 2:9 `title` must be a text, not `1.1`"),
        ("title = true", "front-matter-type 2:9 `title` must be a text, not `true`"),
        ("slug = 2026-11-20", "front-matter-type 2:8 `slug` must be a text, not the date `2026-11-20`"),
        (
            "date = 07:32:00",
            "front-matter-type 2:8 `date` must be a date such as `2026-11-20` or `2026-11-20 14:05`, not the date `07:32:00`",
        ),
        ("date = 0001-01-01", "date-invalid 2:8 The year 0001 is outside 1000 to 9998"),
        ("draft = 1", "front-matter-type 2:9 `draft` must be `yes` or `no`, not `1`"),
        (
            "draft = 'yes'\nprivate = false\nheadless = true",
            "front-matter-conflict 4:1 `private` on line 3 and `headless` on line 4 give the field `private` two values",
        ),
    ],
)
def test_toml_values_that_do_not_fit(header: str, finding: str) -> None:
    """In TOML a text stands in quotes."""
    assert told(read_toml(header)) == [finding]


def test_lines_of_pelican() -> None:
    """`Key: value` lines are fields like any other."""
    source = "Title: A: b\nDate: 2026-11-20\nTags: a, b\nAuthors: Ada, Bob\nStatus: draft\nSlug: 012\nNumber: 12\nSummary:\n\nText"
    result = read_fields(split(source.encode(), PATH), (), Settings())
    assert told(result) == []
    assert given_fields(result) == {
        "title": "A: b",
        "date": DAY,
        "terms": {"tags": ("a", "b")},
        "authors": (ADA, Author("Bob")),
        "draft": True,
        "slug": "012",
        "extra": {"Number": 12},
    }


def defaults(folder: str, text: str) -> Defaults:
    found, diagnostics = read_defaults(text.encode(), f"content/{folder}_defaults.toml")
    assert diagnostics == ()
    return found


def test_defaults() -> None:
    """The file wins, then the nearest defaults, field by field, and `extra` key by key; each value knows where it is from."""
    near = defaults("posts/", "status = 'draft'\nauthor = 'Near'\nlayout = 'x'\n[extra]\na = 2\nb = 2")
    far = defaults("", "tags = ['far']\nauthors = ['Far']\nunlisted = true\nlang = 'de'\n[extra]\na = 3\nb = 3\nc = 3")
    result = read("title: A\nlang: fr\nimage:\na: 1\npublished: yes", near, far)
    assert told(result) == []
    assert given_fields(result) == {
        "title": "A",
        "lang": "fr",
        "terms": {"tags": ("far",)},
        "authors": (Author("Near"),),
        "unlisted": True,
        "extra": {"a": 1, "layout": "x", "b": 2, "c": 3},
    }
    assert result.origins == {"tags": "_defaults.toml", "authors": "posts/_defaults.toml", "unlisted": "_defaults.toml"}
    assert result.lines == {"title": (2, 8), "lang": (3, 7), "draft": (6, 12), "tags": (1, 8), "authors": (2, 10), "unlisted": (3, 12)}


def test_findings_in_defaults() -> None:
    """A slip in the defaults is told at its place, and is an error for every file below."""
    result = read("title: A", defaults("", "drafts = true\nfrom = 'me'\ndraft = 'perhaps'"))
    assert [f"{d.span} {d.code}" for d in result.diagnostics] == [
        "content/_defaults.toml:1:1 front-matter-misspelt",
        "content/_defaults.toml:2:1 name-reserved",
        "content/_defaults.toml:3:9 front-matter-type",
    ]


def test_all_findings_are_told() -> None:
    """All errors of a front matter are told at once."""
    result = read("draft: maybe\ndate: soon\nid: A B\ndarft: true\npassword: x\ntitle: A\nTitle: B")
    assert [d.code for d in result.diagnostics] == [
        "front-matter-type",
        "date-invalid",
        "id-invalid",
        "front-matter-misspelt",
        "secrecy-unsupported",
        "front-matter-conflict",
    ]


def test_the_table_covers_all_attributes() -> None:
    """Each field of the table has an attribute, or is a taxonomy."""
    attributes = set(Fields.__struct_fields__)
    assert {f.name for f in FIELDS if f.type != "terms"} <= attributes


KEYS = st.sampled_from(
    [name for f in FIELDS for name in (f.name, *f.also)]
    + ["status", "build", "_build", "headless", "taxonomies", "from", "password", "x", "darft", "ulr"]
)
SCALARS = st.one_of(
    st.sampled_from(
        ["yes", "no", "2026-11-20", "draft", "~", "null", "1", "http://a.example/", "/a/", "", "a, b", "{}", "[]", "en", "never", "\u2028"]
    ),
    st.text(max_size=5),
)
VALUES = st.recursive(
    SCALARS,
    lambda v: st.one_of(
        st.lists(v, max_size=3), st.dictionaries(st.sampled_from(["src", "alt", "name", "url", "list", "tags", "x"]), v, max_size=3)
    ),
    max_leaves=5,
)


@given(st.dictionaries(KEYS, VALUES, max_size=6))
def test_any_values_are_read(header: dict[str, Any]) -> None:
    """No combination of fields and values fails; what is neither given nor foreign has a finding."""
    import json

    block = split(f"---\n{json.dumps(header)}\n---\n".encode(), PATH)
    result = read_fields(block, (), Settings())
    assert isinstance(result.extra, dict)
    json.dumps(result.extra)
    if result.lines.keys() & {"draft", "unlisted", "private", "gone"}:
        assert all(isinstance(getattr(result, state), bool) for state in ("draft", "unlisted", "private", "gone"))
