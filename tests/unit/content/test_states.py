"""States in front matter: wol's own, those of other generators, and foreign keys that would hide a text there."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

import pytest

from harness.site import CONFIG, Site
from wol.content.defaults import read_defaults
from wol.content.fields import Fields, read_fields
from wol.content.front_matter import split
from wol.content.raw import Defaults
from wol.model.field import Declared

PATH = "content/posts/a.md"


@dataclass
class Settings:
    folder: str = "content"
    timezone: str = "UTC"
    taxonomies: dict[str, str] = field(default_factory=lambda: {"tags": "comma", "categories": "comma"})
    misspelt: str = "error"
    fields: dict[str, str] = field(default_factory=dict)
    declared: tuple[Declared, ...] = ()
    absent: frozenset[str] = frozenset()


def read(header: str, *defaults: Defaults, fences: str = "---", misspelt: str = "error", **meanings: str) -> Fields:
    block = split(f"{fences}\n{header}\n{fences}\n".encode(), PATH)
    assert block.diagnostics == ()
    return read_fields(block, defaults, Settings(misspelt=misspelt, fields=meanings))


def defaults(text: str) -> Defaults:
    found, diagnostics = read_defaults(text.encode(), "content/_defaults.toml")
    assert diagnostics == ()
    return found


def states(found: Fields) -> str:
    """Give what keeps the text from readers."""
    return " ".join(name for name in ("draft", "scheduled", "unlisted", "private", "gone") if getattr(found, name))


def codes(found: Fields) -> str:
    return " ".join(d.code for d in found.diagnostics)


READ = {
    "status: draft": "draft",
    "Status: Draft": "draft",
    "status: “draft”": "draft",
    "status: auto-draft": "draft",
    "status: Auto Draft": "draft",
    "status: auto_draft": "draft",
    "status: pending": "draft",
    "status: unpublished": "draft",
    "status: wip": "draft",
    "status: future": "scheduled",
    "status: Scheduled": "scheduled",
    "status: hidden": "unlisted",
    "status: unlisted": "unlisted",
    "status: private": "private",
    "status: skip": "private",
    "status: trash": "private",
    "status: inherit": "private",
    "status: sent": "private",
    "status: published": "",
    "status: publish": "",
    "status: Public": "",
    "status: featured": "",
    "published: false": "draft",
    "published: yes": "",
    "publish: no": "draft",
    "publish: true": "",
    "build: {list: never}": "unlisted",
    "_build:\n  render: never\n  list: never": "unlisted private",
    "build: {list: local, publishResources: false}": "unlisted",
    "build: {list: false, render: false}": "unlisted private",
    "build: {render: link}": "private",
    "build: {list: always, render: always}": "",
    "build: {list: , render: ~}": "",
    "build: {number: 12}": "",
    "headless: true": "private",
    "headless: false": "",
}


def test_states_of_other_generators() -> None:
    """States as WordPress, Pelican, Nikola, Ghost, Jekyll and Hugo spell them."""
    assert {header: states(read(header)) for header in READ} == READ
    assert {header: codes(read(header)) for header in READ if codes(read(header))} == {}


UNKNOWN = ("ready", "in review", "evergreen", "1", "true", "darft", "seed", "done", "active", "password")


def test_a_status_that_wol_does_not_know() -> None:
    """It is an error that names the known ones or the one that was meant, and the line that settles it; each value is one cause."""
    for value in UNKNOWN:
        (found,) = read(f"status: {value}").diagnostics
        assert (found.code, found.severity) == ("status-unknown", "error")
        assert f"`{value}`" in found.message
        assert '`status = "foreign"` under `[content.fields]`' in found.hint
        assert ("did you mean `draft`?" if value == "darft" else "`") in found.hint
    assert len({read(f"status: {value}").diagnostics[0].cause for value in UNKNOWN}) == len(UNKNOWN)
    assert read("status: ready").diagnostics[0].cause == read("Status: 'Ready'").diagnostics[0].cause
    assert codes(read("title: A", defaults("status = 'ready'"))) == "status-unknown"
    assert read("password: a").diagnostics[0].cause == read("Password: b").diagnostics[0].cause != ""
    assert codes(read("build: {list: sometimes}")) == codes(read("build: {render: [never]}")) == "status-unknown"


def test_the_nearest_status_says_whether_a_text_waits() -> None:
    """`status: future` in the defaults is overruled by a file that says it is published, and the other way round."""
    above = defaults("status = 'future'")
    assert states(read("title: A", above)) == "scheduled"
    assert states(read("status: published", above)) == states(read("draft: no", above)) == ""
    assert states(read("status: scheduled", defaults("draft = false"))) == "scheduled"


HIDING = {
    "hidden: true": "unlisted",
    "Hide: yes": "unlisted",
    "is_hidden: on": "unlisted",
    "visible: false": "unlisted",
    "isVisible: no": "unlisted",
    "list: false": "unlisted",
    "listed: 'false'": "unlisted",
    "eleventyExcludeFromCollections: true": "unlisted",
    "public: false": "private",
    "secret: true": "private",
    "render: false": "private",
    "permalink: false": "private",
    "confidential: yes": "private",
    "is_draft: true": "draft",
    "isDraft: 1": "draft",
    "unpublished: true": "draft",
    "dg-publish: false": "draft",
    "isPublished: false": "draft",
    "live: false": "draft",
    "state: draft": "draft",
    "state: Private": "private",
    "post_status: trash": "private",
    "Is Draft: true": "draft",
    "hidden: true,": "unlisted",
    "hidden: “yes”": "unlisted",
    "public: no;": "private",
}


@pytest.mark.parametrize("fences", ["---", "+++"])
def test_foreign_keys_that_hide(fences: str) -> None:
    """A key that hides a text elsewhere is an error, whose hint has the line to write; that line settles it."""
    for header, state in HIDING.items():
        key, _, value = header.partition(": ")
        if " " in key and fences == "+++":
            continue
        typed = f'{key} = "{value.strip(chr(39))}"' if fences == "+++" else header
        (found,) = read(typed, fences=fences).diagnostics
        assert (found.code, found.severity) == ("foreign-state", "error"), header
        line = f"{state} = true" if fences == "+++" else f"{state}: true"
        assert f"write `{line}` instead" in found.hint
        name = f'"{key}"' if " " in key else key
        assert f'`{name} = "{"status" if "stat" in key else state}"`' in found.hint
        assert codes(read(line, fences=fences)) == ""
        assert states(read(line, fences=fences)) == state


def test_toml_values_hide_too() -> None:
    """TOML's own yes and no, and defaults, are read alike."""
    assert codes(read("public = false", fences="+++")) == codes(read("hidden = true", fences="+++")) == "foreign-state"
    assert codes(read("title: A", defaults("hidden = true"))) == "foreign-state"
    assert "`unlisted = true`" in read("title: A", defaults("hidden = true")).diagnostics[0].hint
    assert codes(read("public: yes", defaults("public = false"))) == "foreign-state"


SILENT = """public: true|hidden: false|visible: yes|state: California|state: published|permalink: /a/|permalink: /:year/:title/|hidden:
hide: [navigation]|hide: [toc, navigation]|list: [a, b]|render: {a: b}|displayInMenu: false|robots: noindex|noindex: true|sitemap: false
search: false|hidetitle: true|toc_hide: true|nav_exclude: true|hide_table_of_contents: true|comments: false|share: false|layout: false
access: by the stairs|audience: beginners|isDraft: false|render: true|list: true|stage: final|output: html_document|params: {hidden: true}
extra: {public: false}|showToc: false|hiddenFromHomePage: true|visibility: public|eleventyExcludeFromCollections: false|cascade: {a: true}"""


def test_foreign_keys_that_hide_nothing() -> None:
    """Values that hide nothing, and keys about menus, robots, search or parts of the page, stay foreign, without a word."""
    headers = SILENT.replace("\n", "|").split("|")
    assert {header: codes(read(header)) for header in headers if codes(read(header))} == {}


def test_what_is_hidden_anyway() -> None:
    """No error where a field of wol hides the text at least as much."""
    for header in (
        "hidden: true\nunlisted: true",
        "hide: yes\ndraft: yes",
        "public: false\nprivate: true",
        "permalink: false\ngone: yes",
        "permalink: false\ndraft: true",
    ):
        assert codes(read(header)) == "", header
    assert codes(read("hidden: true", defaults("private = true"))) == ""
    for header in (
        "public: false\nunlisted: true",
        "hidden: true\nunlisted: no",
        "secret: true\nunlisted: yes",
        "hidden: true\npublished: yes",
    ):
        assert codes(read(header)) == "foreign-state", header


def test_cascades_of_hugo() -> None:
    """A `cascade` that would hide all that lies below is an error, in each of its forms."""
    headers = (
        "cascade:\n  draft: true",
        "cascade:\n  - build: {list: never}\n    draft: yes",
        "cascade: {params: {a: b}, private: true}",
        "cascade:\n- _target: {path: /a/}\n  headless: true",
    )
    assert [codes(read(header)) for header in headers] == ["foreign-state"] * len(headers)
    assert codes(read("cascade: {title: A, toc: no}")) == ""
    assert codes(read("title: A", defaults("[fields]\ndraft = true"))) == "foreign-state"
    assert codes(read("title: A", defaults("[extra]\ndraft = true\n[seo]\ntitle = 'a'"))) == ""


MEANINGS = [
    ("hidden: yes", {"hidden": "unlisted"}, "unlisted"),
    ("hidden: no", {"hidden": "unlisted"}, ""),
    ("public: no", {"public": "draft"}, "draft"),
    ("public: yes", {"public": "draft"}, ""),
    ("is_public: 0", {"ispublic": "private"}, "private"),
    ("list: never", {"list": "unlisted"}, "unlisted"),
    ("online: no", {"online": "published"}, "draft"),
    ("geheim: ja", {"geheim": "foreign"}, ""),
    ("geheim: yes", {"geheim": "private"}, "private"),
    ("state: wip", {"state": "status"}, "draft"),
    ("state: published", {"state": "draft"}, ""),
    ("state: private", {"state": "draft"}, "draft"),
    ("permalink: false", {"permalink": "private"}, "private"),
    ("permalink: /a/", {"permalink": "private"}, ""),
    ("visibility: members", {"visibility": "private"}, "private"),
    ("visibility: public", {"visibility": "private"}, ""),
    ("password: x", {"password": "private"}, "private"),
    ("hide: [navigation]", {"hide": "unlisted"}, ""),
    ("hidden: true", {"hidden": "foreign"}, ""),
    ("status: ready", {"status": "foreign"}, ""),
    ("draft: no\nHidden: true", {"hidden": "unlisted"}, "unlisted"),
]


def test_what_a_key_means_on_a_site() -> None:
    """`[content.fields]` says what a foreign key means: a state, read as its words are, another field, or nothing."""
    found = [(header, meanings, states(read(header, **meanings))) for header, meanings, _ in MEANINGS]
    assert found == MEANINGS
    assert [header for header, meanings, _ in MEANINGS if read(header, **meanings).diagnostics] == []
    assert read("headline: A", headline="title").title == "A"
    assert read("topics: a, b", topics="tags").terms == {"tags": ("a", "b")}
    assert states(read("title: A", defaults("hidden = true"), hidden="unlisted")) == "unlisted"
    assert states(read("hidden: no", defaults("unlisted = true"), hidden="unlisted")) == ""


@pytest.mark.parametrize(
    ("header", "meanings", "code"),
    [
        ("hidden: ture", {"hidden": "unlisted"}, "front-matter-type"),
        ("hidden:", {"hidden": "unlisted"}, "front-matter-type"),
        ("public: maybe", {"public": "draft"}, "front-matter-type"),
        ("state: ready", {"state": "status"}, "status-unknown"),
        ("hidden: yes\nunlisted: no", {"hidden": "unlisted"}, "front-matter-conflict"),
        ("written: soon", {"written": "date"}, "date-invalid"),
        ("gehiem: yes", {"geheim": "private"}, "front-matter-misspelt"),
        ("status: draft", {"status": "foreign"}, "state-ignored"),
        ("published: no", {"published": "foreign"}, "state-ignored"),
    ],
)
def test_what_a_key_cannot_mean(header: str, meanings: dict[str, str], code: str) -> None:
    """A value that does not fit what the site says is told as under the field's own name; a state that is called foreign, with a warning."""
    assert codes(read(header, **meanings)) == code


MISSPELT = {
    "hiden: true": "hidden",
    "hidde: yes": "hide",
    "pubilc: false": "public",
    "publik: no": "public",
    "visable: false": "visible",
    "isdrfat: true": "isdraft",
    "secrt: yes": "secret",
    "unpublishd: true": "unpublished",
    "permalnk: false": "permalink",
}


STRAY = {
    "\u200bdraft: true": "U+200B",
    "\u00a0draft: true": "U+00A0",
    "dr\u00adaft: yes": "U+00AD",
    "draft\u200d: true": "U+200D",
    "\uff44\uff52\uff41\uff46\uff54: true": "U+FF44",
    "draft?: true": "U+003F",
    "+draft: true": "U+002B",
    "=draft: yes": "U+003D",
    "\u201cdraft\u201d: true": "U+201C",
    "\u2060hidden: true": "U+2060",
    "\u00a0status: draft": "U+00A0",
    "\ufeffpublished: no": "U+FEFF",
    "is\u200d_draft: true": "U+200D",
    "title\u2060: A": "U+2060",
}


def test_keys_with_a_character_that_nobody_sees() -> None:
    """Pasted along with a key, it must not make it a foreign one: the error names it, also where misspelt keys are warnings."""
    for header, stray in STRAY.items():
        for misspelt in ("error", "warning"):
            (found,) = read(header, misspelt=misspelt).diagnostics
            assert (found.code, found.severity) == ("front-matter-misspelt", "error"), header
            assert found.message.endswith(stray), header


def test_keys_that_are_almost_of_the_table() -> None:
    """A key that is almost one that hides, with a value that would, is misspelt; with another value it is anybody's."""
    for header, meant in MISSPELT.items():
        found = read(header)
        assert codes(found) == "front-matter-misspelt", header
        if "hidd" not in header:
            assert f"almost `{meant}`" in found.diagnostics[0].message
        assert read(header, misspelt="warning").diagnostics[0].severity == "warning"
    for header in (
        "hiden: false",
        "hiden: a",
        "pubilc: true",
        "visable: yes",
        "public_key: false",
        "stats: false",
        "accessible: no",
        "hidden_by: true",
    ):
        assert codes(read(header)) == "", header
    assert codes(read("hiden: true", hidden="foreign")) == ""


EMPTY = ["draft", "private", "unlisted", "status", "published", "publish", "gone", "build", "headless", "Draft", "_build", "isdraft"]


@pytest.mark.parametrize("value", ["", "null", "~", "''", '""', '"  "', "[]", "{}"])
def test_a_state_without_a_value(value: str) -> None:
    """A state field that is left empty is an error, since nobody can tell what was meant; a foreign key, a date and an expiry are not."""
    for key in EMPTY:
        found = read(f"{key}: {value}")
        assert codes(found) == ("" if key == "isdraft" else "front-matter-type"), key
        assert all(f"`{key}` has no value" in d.message for d in found.diagnostics)
    for key in ("date", "expires", "publish_date", "hidden", "permalink"):
        assert codes(read(f"{key}: {value}")) == "", key


def test_a_state_without_a_value_in_other_forms() -> None:
    """TOML, lines and defaults are alike."""
    assert codes(read('draft = ""', fences="+++")) == codes(read("private = {}", fences="+++")) == "front-matter-type"
    lines = read_fields(split(b"Title: A\nStatus:\nExpires:\n\nText", PATH), (), Settings())
    assert codes(lines) == "front-matter-type"
    assert codes(read("title: A", defaults("draft = ''"))) == "front-matter-type"
    assert codes(read("status:", status="foreign")) == ""


def test_which_key_gave_a_state() -> None:
    """The key that gave a state is known, where it was another than the state's own."""
    assert read("Status: draft").keys == {"draft": "Status"}
    assert read("build: {list: never}\nheadless: yes").keys == {"unlisted": "build.list", "private": "headless"}
    assert read("hidden: yes", hidden="unlisted").keys == {"unlisted": "hidden"}
    assert read("draft: yes\nstatus: draft\npublished: yes").keys == {}


def test_what_list_says(site: Callable[..., Site]) -> None:
    """A text that waits for its date is scheduled, published or a draft, and `--why` names the key that gave a state."""
    text = "---\ntitle: A\nstatus: {}\n{}---\nText.\n"
    some = site(
        {
            "content/posts/a.md": text.format("future", ""),
            "content/posts/2026-11-20-b.md": text.format("future", ""),
            "content/posts/c.md": text.format("scheduled", "date: 2062-11-20\n"),
            "content/posts/d.md": text.format("pending", "date: 2026-11-20\n"),
            "content/posts/e.md": text.format("published", "date: 2026-11-20\nhidden: yes\n"),
            "content/posts/_defaults.toml": "hidden = false\n",
            "content/notes/_defaults.toml": "status = 'private'\n",
            "content/notes/f.md": "A note.\n",
        },
        CONFIG + '[content.fields]\nhidden = "unlisted"\n',
    )
    assert some.codes() == set()
    why = some.run("list", "--why").stdout
    found = {line.split(": ")[0].rpartition("/")[2]: line.split(": ")[1].split(" ")[0] for line in why.splitlines() if line[0] != " "}
    assert list(found.values()) == ["private", "published", "draft", "scheduled", "draft", "unlisted"]
    for said in (
        "draft comes from `status`, which waits for a date",
        "unlisted comes from `hidden`",
        "private comes from `status` in `notes/_defaults.toml`",
    ):
        assert said in why
