"""`site.toml` becomes settings, or all that is wrong with it at once."""

from __future__ import annotations

import json
import subprocess
import sys
import typing
from itertools import product
from pathlib import Path
from typing import Any

import msgspec
import pytest

from harness.cases import cases
from wol.config import taxonomy_checks
from wol.config.classes import fields, is_table
from wol.config.declared_tables import settings_class
from wol.config.load import dump, find_root, load, parse, restore, site_zone
from wol.config.schema import config_schema
from wol.config.values import flatten
from wol.errors import Diagnostic, WolError
from wol.features import registry
from wol.model.feed_settings import FeedsConfig
from wol.model.field_table import FIELDS, RESERVED, SECRECY, STATE_FIELDS, normal

GOOD = '[site]\ntitle = "A"\nbase_url = "https://example.org"\n'
FEATURES = frozenset({"feeds", "archives", "terms"})
TABLES = registry.tables()


def wrong(text: str | bytes) -> list[Diagnostic]:
    """Give what is wrong with a text; fails if nothing is."""
    with pytest.raises(WolError) as caught:
        parse(text.encode() if isinstance(text, str) else text, features=FEATURES, tables=TABLES)
    return list(caught.value.diagnostics)


def shown(text: str | bytes) -> list[str]:
    """Give place, code and hint of what is wrong."""
    return [f"{d.span}: {d.code}: {d.message} ({d.hint})" for d in wrong(text)]


def only(text: str, code: str) -> Diagnostic:
    """Give the one thing that is wrong."""
    found = wrong(text)
    assert [d.code for d in found] == [code], found
    return found[0]


def test_two_lines_are_a_site() -> None:
    """All the rest has a default."""
    config = parse(GOOD.encode(), tables=TABLES)
    assert config.site.title == "A"
    assert config.content.folder == "content"
    assert config.content.static == {"/": "static"}
    assert config.table("feeds", FeedsConfig).formats == ("rss", "atom", "json")
    assert list(config.taxonomies) == ["tags", "categories"]
    assert config.taxonomies["tags"].singular == "Tag"


def test_the_example_of_the_format_is_read() -> None:
    """The site of the authoring format, section 7, word for word."""
    config = parse(b"""
[site]
title = "Making Knowledge Work"
base_url = "https://example.org/blog"
timezone = "Europe/London"
[content]
static = {"/" = "static", "/assets" = "assets"}
permalinks = {post = "/:year/:month/:day/:slug/"}
[taxonomies]
tags = {slugs = {"C++" = "cpp"}}
topics = {label = "Topics", singular = "Topic"}
[theme]
use = ["mine", "default"]
nav = [{text = "About", to = "about.md"}, {text = "Archive", to = "/archive/"}]
options = {accent = "#7a3e9d"}
""")
    assert config.content.permalinks == {"post": "/:year/:month/:day/:slug/"}
    assert config.taxonomies["tags"].slugs == {"C++": "cpp"}
    assert config.taxonomies["tags"].label == "Tags"
    assert config.taxonomies["topics"].path == "topics"
    assert list(config.taxonomies) == ["tags", "categories", "topics"]
    assert [entry.to for entry in config.theme.nav] == ["about.md", "/archive/"]
    assert config.theme.options == {"accent": "#7a3e9d"}


def test_a_byte_order_mark_and_windows_line_ends_are_read() -> None:
    """What Windows editors write is no error, and lines are counted right."""
    assert parse(b"\xef\xbb\xbf" + GOOD.replace("\n", "\r\n").encode()) == parse(GOOD.encode())
    assert only("\ufeff" + GOOD.replace("\n", "\r\n") + "tilte = 3\r\n", "config-unknown").span == wrong(GOOD + "tilte = 3")[0].span


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("https://example.org/", "https://example.org"),
        ("https://example.org/blog/", "https://example.org/blog"),
        ("http://localhost:8000", "http://localhost:8000"),
        ("https://exämple.org/tägebuch", "https://exämple.org/tägebuch"),
        ("https://пример.рф", "https://пример.рф"),
        ("http://[::1]:8000/a", "http://[::1]:8000/a"),
        (" https://example.org ", "https://example.org"),
    ],
)
def test_addresses_of_sites(typed: str, kept: str) -> None:
    """Only the slash at the end goes."""
    assert parse(f'[site]\ntitle = "A"\nbase_url = "{typed}"\n'.encode()).site.base_url == kept


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("example.org", "has no scheme"),
        ("//example.org", "has no scheme"),
        ("localhost:8000", "has no scheme"),
        ("/blog", "has no scheme"),
        ("ftp://example.org", "has the scheme `ftp`"),
        ("https://", "has no host"),
        ("https:///blog", "has no host"),
        ("https://example.org?a=1", "query"),
        ("https://example.org/#top", "fragment"),
        ("https://me:secret@example.org", "user name"),
        ("https://example.org:99999", "no valid host and port"),
        ("https://exa mple.org", "space"),
        ("https://-a.org", "no valid name"),
        ("https://a..org", "no valid name"),
        ("https://example.org/../x", "`..`"),
        ("https://example.org/%2e%2e/x", "`..`"),
        ("https://example.org//x", "empty segment"),
        ("https://[::1", "no valid host"),
        ("https:\\\\\\\\example.org", "backslash"),
    ],
)
def test_addresses_that_cannot_be(typed: str, words: str) -> None:
    """Each is told in a sentence, at the value."""
    found = only(f'[site]\ntitle = "A"\nbase_url = "{typed}"\n', "config-value")
    assert words in found.message
    assert str(found.span) == "site.toml:3:12"


def test_everything_that_is_wrong_is_told_at_once() -> None:
    """One run shows all, in the order of the file, each with its place."""
    assert shown("""\
[site]
tilte = "A"
base_url = "example.org"
timezone = "london"
language = "en_GB"
[content]
page_size = "10"
pages = "oldest"
kinds = {pots = ["a"]}
permalinks = {post = "/:year/:name/"}
[theme]
use = "mine"
[redirects]
"/a/" = "/b/"
"/b" = "/a/index.html"
[search]
port = 3
""") == [
        "site.toml:2:1: config-unknown: `site.toml` has no key `tilte` in `[site]` (did you mean `title`?)",
        "site.toml:3:12: config-value: `base_url` in `[site]` has no scheme; write it with `https://` in front"
        ' (write `base_url = "https://example.org"`)',
        "site.toml:4:12: config-value: `timezone` in `[site]` is `london`, which is no time zone (did you mean `Europe/London`?)",
        "site.toml:5:12: config-value: `language` in `[site]` is `en_GB`, which is no language tag (did you mean `en-GB`?)",
        "site.toml:7:13: config-value: `page_size` in `[content]` must be a whole number; it is the text `10`"
        " (take the quotes away: `page_size = 10`)",
        "site.toml:8:9: config-value: `pages` in `[content]` is the text `oldest`; it must be `stable` or `newest` (write one of these, in quotes)",
        "site.toml:9:10: config-value: There is no kind `pots` (did you mean `post`?)",
        "site.toml:10:22: permalink-token: The pattern of `post` has a token `:name` that does not exist there (did you mean `:slug`?)",
        'site.toml:12:7: config-value: `use` in `[theme]` must be a list; it is the text `mine` (write a list: `use = ["mine"]`)',
        "site.toml:14:1: redirect-loop: Redirects lead round in a circle: `/a/` → `/b` → `/a/` (let one of them lead to a page)",
        "site.toml:16:2: config-unknown: `site.toml` has no table `[search]` (remove the key, or move it to `[extra]`)",
    ]


def test_a_site_without_its_table() -> None:
    """Both settings that every site needs are named, also for an empty file."""
    assert [d.message for d in wrong("")] == ["`site.toml` lacks `title` in `[site]`", "`site.toml` lacks `base_url` in `[site]`"]
    assert only('[site]\ntitle = " "\nbase_url = "https://a.org"', "config-required").message == "`title` in `[site]` is empty"


@pytest.mark.parametrize(
    ("text", "hint"),
    [
        ("baseURL = 1\n" + GOOD, "`base_url` belongs in `[site]`"),
        ("page_size = 1\n" + GOOD, "`page_size` belongs in `[content]`"),
        (GOOD + "base-url = 1", "did you mean `base_url`?"),
        (GOOD + "name = 1", "did you mean `title`?"),
        (GOOD + "output = 1", "`output` belongs in `[build]`"),
        (GOOD + "paginate = 1", "`page_size` belongs in `[content]`"),
        (GOOD + "email = 1", "`email` belongs in `[site.author]`"),
        (GOOD + "[author]\n", "it is `[site.author]`"),
        (GOOD + "[markdwn]\n", "did you mean `[markdown]`?"),
        (GOOD + "[params]\n", "did you mean `[extra]`?"),
        (GOOD + "[features]\nfeed = true", "did you mean `feeds`?"),
        (GOOD + "[features]\nxyz = true", "features are `archives`, `feeds` or `terms`"),
        (GOOD + "[zzz]\n", "remove the key, or move it to `[extra]`"),
        (GOOD + '[theme]\nnav = [{text = "a", to = "b", url = "c"}]', "did you mean `to`?"),
        (GOOD + "[feeds]\nextra = 1", "it is the table `[extra]`"),
    ],
)
def test_unknown_keys_say_where_they_belong(text: str, hint: str) -> None:
    """A near name, another table, another generator's word."""
    assert only(text, "config-unknown").hint == hint


def test_features_are_checked_only_where_they_are_known() -> None:
    """Without a list of features every name is good."""
    assert parse((GOOD + "[features]\nanything = false").encode()).features == {"anything": False}


@pytest.mark.parametrize(
    ("line", "code"),
    [
        ("[content]\nfolder = '../x'", "config-value"),
        ("[content]\nfolder = '/x'", "config-value"),
        ("[content]\nfolder = '.'", "config-value"),
        ("[content]\nfolder = ''", "config-value"),
        ("[content]\nfolder = '.wol/x'", "config-value"),
        ("[content]\npage_size = 0", "config-value"),
        ("[content]\npage_size = true", "config-value"),
        ("[content]\nignore = ['!']", "config-value"),
        ("[content]\nkinds = {note = ['a/b']}", "config-value"),
        ("[content]\nkinds = {note = ['a'], post = ['a']}", "config-value"),
        ("[content]\nstatic = {'/' = '.'}", "config-value"),
        ("[content]\nstatic = {'/' = 'content/files'}", "config-value"),
        ("[content]\nstatic = {'/' = 'public'}", "config-value"),
        ("[content]\nstatic = {'x' = 'static'}", "url-invalid"),
        ("[content]\npermalinks = {post = '/:slug'}", "permalink-token"),
        ("[content]\npermalinks = {post = ':slug/'}", "url-invalid"),
        ("[content]\npermalinks = {post = '/../:slug/'}", "url-invalid"),
        ("[content]\npermalinks = {month = '/:year/'}", "permalink-token"),
        ("[content]\npermalinks = {archive = '/:slug/'}", "permalink-token"),
        ("[content]\npermalinks = {log = '/:slug/'}", "config-value"),
        ("[content.fields]\nhidden = true", "config-value"),
        ("[content.fields]\ntitle = 'foreign'", "config-value"),
        ("[content.fields]\nDraft = 'unlisted'", "config-value"),
        ("[content.fields]\nimage-alt = 'title'", "config-value"),
        ("[content.fields]\ntags = 'categories'", "config-value"),
        ("[content.fields]\nis_draft = 'draft'\nisDraft = 'draft'", "config-value"),
        ("[content.fields]\ncircle = 'private'", "name-reserved"),
        ("[build]\noutput = '../public'", "config-value"),
        ("[build]\noutput = '/'", "output-dangerous"),
        ("[build]\noutput = '.'", "output-dangerous"),
        ("[build]\noutput = 'content'", "output-dangerous"),
        ("[build]\noutput = '.git/x'", "output-dangerous"),
        ("[build]\njobs = 1.5", "config-value"),
        ("[build]\nexecutor = 'dask'", "config-value"),
        ("[build]\nexecutor = 'tcp://a:1'", "config-value"),
        ("[build]\nexecutor = 'dask://a'", "config-value"),
        ("[build]\nexecutor = 'dask://:1'", "config-value"),
        ("[build]\nexecutor = 'dask://a:0'", "config-value"),
        ("[build]\nexecutor = 'dask://a:70000'", "config-value"),
        ("[build]\nexecutor = 'dask://a b:1'", "config-value"),
        ("[build]\nexecutor = 'dask://a:1/x'", "config-value"),
        ("[feeds]\nkinds = ['posts']", "config-value"),
        ("[feeds]\nformats = ['atm']", "config-value"),
        ("[markdown]\ntoc_levels = [0]", "config-value"),
        ("[markdown]\nhtml = 'no'", "config-value"),
        ("[code]\nlight = 'monokay'", "config-value"),
        ("[serve]\nport = 70000", "config-value"),
        ("[serve]\neditor = 'vscod'", "config-value"),
        ("[serve]\neditor = 'javascript:alert({path})'", "config-value"),
        ("[serve]\neditor = 'my://open'", "config-value"),
        ("[links]\nbroken = 'no'", "config-value"),
        ("[theme]\nuse = ['../x']", "config-value"),
        ("[theme]\nnav = [{text = 'a'}]", "config-required"),
        ("[theme]\nnav = [{text = '', to = 'a.md'}]", "config-value"),
        ("[theme]\nfooter = 2026-01-01", "config-value"),
        ("[redirects]\n'old' = '/new/'", "url-invalid"),
        ("[redirects]\n'/old/' = 'new'", "config-value"),
        ("[redirects]\n'/old/' = 'ftp://x.org'", "config-value"),
        ("[redirects]\n'/old/' = '/OLD/index.html#x'", "redirect-loop"),
        ("[taxonomies]\ntag = {}", "config-value"),
        ("[taxonomies]\ntitle = {}", "config-value"),
        ("[taxonomies]\nTags = {}", "config-value"),
        ("[taxonomies]\n'a/b' = {}", "config-value"),
        ("[taxonomies]\ntopics = {path = 'tags'}", "config-value"),
        ("[taxonomies]\ntopics = {path = '../x'}", "url-invalid"),
        ("[taxonomies]\ntags = {slugs = {a = 'x/y'}}", "slug-invalid"),
        ("[taxonomies]\ntags = {slugs = {a = 'x', b = 'x'}}", "term-collision"),
        ("[extra]\na = 99999999999999999999", "config-value"),
        ('[extra]\na = "\\u0007"', "config-value"),
        ("[site.author]\nurl = 'me'", "config-value"),
        ("[site.author]\nme = ['me']", "config-value"),
        ("[site.author]\nphoto = '../me.jpg'", "config-value"),
        ("[site.author]\nemail = 'me'", "config-value"),
    ],
)
def test_values_that_cannot_be(line: str, code: str) -> None:
    """Each has a place in its line, a sentence and a way out."""
    found = only(f"{GOOD}{line}\n", code)
    assert found.span is not None
    assert (found.span.path, found.span.line >= 4, found.span.column > 0) == ("site.toml", True, True)
    assert found.message[0].isupper() or found.message.startswith("`")
    assert found.hint


@pytest.mark.parametrize(
    "line",
    [
        "[content]\nfolder = './texts/'",
        "[content]\nkinds = {note = ['garden'], post = ['posts', 'essays']}",
        "[content]\npermalinks = {post = '/:category/:year-:month/:slug.html', year = '/archive/:year/', archive = '/all/'}",
        "[content]\nstatic = {}",
        "[content]\nignore = ['*.bak', '!keep.bak', '/tmp/']",
        "[code]\nlight = 'vs'\ndark = 'monokai'",
        "[serve]\nport = 0\neditor = 'my://open?file={path}&line={line}'",
        "[content.fields]\nhidden = 'Unlisted'\nstatus = 'foreign'\nPublished = 'foreign'\nstate = 'status'\nonline = 'published'",
        "[content.fields]\npermalink = 'private'\nkeywords = 'tags'\nheadline = 'title'\n'mine to say' = 'foreign'\ncover = 'foreign'",
        "[taxonomies]\ntopics = {}\n[content.fields]\nsubjects = 'topics'",
        "[taxonomies]\ntags = {path = 'topics'}\ntopics = {path = 'tags'}",
        "[taxonomies]\n'thèmes' = {}",
        "[redirects]\n'/a/' = '/b/'\n'/b/' = '/c/'\n'/d/' = '/b/'\n'/e/' = 'https://a.org'",
        "[extra]\na = {b = [1, 'x', true, 1.5]}",
        "[site.author]\nme = ['mailto:a@b.org', 'https://b.org/@a']\nphoto = '/me.jpg'",
        "[features]\nfeeds = false",
    ],
)
def test_values_that_can_be(line: str) -> None:
    """What looks odd and is good."""
    parse(f"{GOOD}{line}\n".encode(), features=FEATURES, tables=TABLES)


@pytest.mark.parametrize("zone", ["localtime", "Europe", "../etc/passwd", "posix/Europe/London", "UTC+1", "", "zone.tab"])
def test_zones_that_are_none(zone: str) -> None:
    """Only names of the database that mean the same on every machine."""
    assert "no time zone" in only(f"{GOOD}timezone = '{zone}'", "config-value").message


@pytest.mark.parametrize(
    "tag", ["en", "en-GB", "zh-Hant-TW", "de-CH-1996", "sr-Latn", "es-419", "sl-rozaj-biske", "en-u-ca-buddhist", "pt-x-mine"]
)
def test_languages(tag: str) -> None:
    """The shapes of BCP 47."""
    assert parse(f"{GOOD}language = '{tag}'".encode()).site.language == tag


@pytest.mark.parametrize("tag", ["english", "en_GB", "e", "", "en-", "en GB", "en-a"])
def test_languages_that_are_none(tag: str) -> None:
    """What is written instead of a tag."""
    assert "no language tag" in only(f"{GOOD}language = '{tag}'", "config-value").message


@pytest.mark.parametrize(
    ("text", "place", "hint"),
    [
        ("[site]\ntitle = My site\n", "site.toml:2:9", 'write `title = "My site"`'),
        ("[site]\ntitle: My site\n", "site.toml:2:6", 'write `title = "My site"`'),
        ("a = True", "site.toml:1:5", "write `a = true`"),
        ("a = “b”", "site.toml:1:5", 'write `a = "b"`'),
        ("<<<<<<< HEAD\n", "site.toml:1:1", "this is the mark of a merge conflict: keep one of the two sides"),
        ("a = 1\n  a = 2\n", "site.toml:2:3", "keep one of the two"),
        ("[a]\n[b]\n[a]\n", "site.toml:3:1", "move the keys of the second under the first"),
        ('a = [1,\n"x"\n\n', "site.toml:2:4", "put a comma between the entries, and `]` at the end"),
        ('a = "C:\\Users"', "site.toml:1:10", "write `\\\\`, or put the text in single quotes"),
        ('a = "x\nb = 1', "site.toml:1:7", "close it with the sign that it begins with"),
    ],
)
def test_what_is_no_toml_is_shown_at_its_place(text: str, place: str, hint: str) -> None:
    """Line and column come out of the words of the parser; the hint says what was meant."""
    found = only(text, "config-syntax")
    assert (str(found.span), found.hint) == (place, hint)


def test_other_encodings_are_named() -> None:
    """The byte that is not UTF-8, and UTF-16 by its name."""
    assert str(wrong(b'a = 1\nb = "\xe9"')[0].span) == "site.toml:2"
    assert "byte 12 is 0xE9" in wrong(b'a = 1\nb = "\xe9"')[0].message
    assert "UTF-16" in wrong("a = 1".encode("utf-16"))[0].message


@pytest.mark.parametrize("text", ["a = " + "[" * 100_000, "a = " + "1" * 10_000, "a" + ".a" * 2_000 + " = 1"])
def test_hostile_files_are_refused(text: str) -> None:
    """Depth and size end in a diagnostic, never in a crash."""
    assert wrong(text)


def test_cached_settings_are_the_same_and_need_no_pydantic() -> None:
    """Settings go through plain data unchanged, dates too, and are restored without the validator."""
    config = parse((GOOD + "[extra]\nday = 2026-11-20\nlist = [1, {a = 'b'}]\n[taxonomies]\ntopics = {}\n").encode())
    assert config.extra["day"] == "2026-11-20"
    data = msgspec.msgpack.encode(dump(config))
    assert restore(msgspec.msgpack.decode(data)) == config
    program = (
        "import sys, msgspec; from wol.config.load import restore;"
        f"restore(msgspec.msgpack.decode({data!r})); print([m for m in ('pydantic', 'pygments', 'pathspec') if m in sys.modules])"
    )
    assert subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True).stdout.strip() == "[]"


def test_the_table_of_settings() -> None:
    """Settings by dotted name, whole tables too; lists are not entered."""
    table = flatten(parse((GOOD + "[extra.a]\nb = 1\n[theme]\nnav = [{text = 'x', to = 'y'}]\n").encode()))
    assert table["site.title"] == "A"
    assert table["site.author.name"] == ""
    assert table["site"]["title"] == "A"
    assert table["extra.a.b"] == 1
    assert table["theme.nav"] == ({"text": "x", "to": "y"},)
    assert "theme.nav.0" not in table


def test_the_root_is_the_nearest_folder_upward(tmp_path: Path) -> None:
    """From any folder inside; a folder without a site is told where to begin one."""
    deep = tmp_path / "site" / "content" / "posts"
    deep.mkdir(parents=True)
    with pytest.raises(WolError) as caught:
        find_root(deep)
    assert caught.value.diagnostics[0].code == "config-missing"
    (tmp_path / "site" / "site.toml").write_text(GOOD)
    assert find_root(deep) == tmp_path / "site"
    assert find_root(tmp_path / "site") == tmp_path / "site"
    assert load(find_root(deep)).site.title == "A"


def test_a_folder_without_settings(tmp_path: Path) -> None:
    """Loading from where nothing is, and from where `site.toml` is a folder."""
    with pytest.raises(WolError) as caught:
        load(tmp_path)
    assert caught.value.diagnostics[0].code == "config-missing"
    (tmp_path / "site.toml").mkdir()
    with pytest.raises(WolError) as caught:
        load(tmp_path)
    assert caught.value.diagnostics[0].code == "source-unreadable"


def test_the_zone_is_known_without_checking_the_rest(tmp_path: Path) -> None:
    """The zone of a site, and UTC for whatever is not good."""
    assert site_zone(tmp_path).key == "UTC"
    for line, zone in [("timezone = 'Asia/Tokyo'\nx = 1", "Asia/Tokyo"), ("timezone = 'Nowhere'", "UTC"), ("timezone = ", "UTC")]:
        (tmp_path / "site.toml").write_text(GOOD + line)
        assert site_zone(tmp_path).key == zone


def test_the_schema_is_that_of_the_settings() -> None:
    """Every table and key with its description; the keys that are needed; nothing else is allowed."""
    schema = config_schema(TABLES)
    json.dumps(schema)
    assert schema["required"] == ["site"]
    assert schema["additionalProperties"] is False
    site = schema["$defs"]["SiteConfig"]
    assert site["required"] == ["title", "base_url"]
    assert site["properties"]["title"] == {"description": "The name of the site.", "type": "string"}
    for table in [schema, *schema["$defs"].values()]:
        assert table["description"]
        for name, key in table["properties"].items():
            assert "description" in key or "$ref" in key, name
    assert schema["$defs"]["ContentConfig"]["properties"]["page_size"]["maximum"] == 1000


def test_no_taxonomy_takes_the_name_of_a_field() -> None:
    """The names are those of the front matter's own table, and of what is refused there."""
    names = {normal(name) for field in (*FIELDS, *STATE_FIELDS) for name in (field.name, *field.also)}
    refused = {normal(name) for name in (*RESERVED, *SECRECY, "taxonomies")}
    assert (names | refused) - {"tags", "categories"} == taxonomy_checks.FIELDS


def keys(kind: Any, at: tuple[str, ...] = ()) -> list[tuple[str, ...]]:
    """Give every key that the settings have, with a name where one is free."""
    found = []
    for name, inner in ((field.name, field.type) for field in fields(kind)):
        found.append((*at, name))
        arguments = typing.get_args(inner)
        if is_table(inner):
            found += keys(inner, (*at, name))
        elif typing.get_origin(inner) is dict:
            found.append((*at, name, "NAME"))
            found += keys(arguments[1], (*at, name, "NAME")) if is_table(arguments[1]) else []
    return found


VALUES = [
    "''",
    "'x'",
    "'/x'",
    "'../x'",
    "'~'",
    "' '",
    "true",
    "-1",
    "2.5",
    "inf",
    "2026-01-01",
    "12:00:00",
    "[]",
    "['x', 3]",
    "[[]]",
    "{}",
    "{x = 1}",
]


def test_any_value_at_any_key_is_good_or_explained() -> None:
    """No value makes the reader fail; what is refused has its place at that key, a sentence and a way out."""
    with cases() as case:
        for key, value in product(keys(settings_class(TABLES)), VALUES):
            with case((".".join(key), value)):
                dotted = ".".join(key)
                lines = [
                    f"{dotted} = {value}",
                    *(line for line in ("site.title = 'A'", "site.base_url = 'https://a.org'") if not line.startswith(dotted)),
                ]
                try:
                    parse("\n".join(lines if key != ("site",) else lines[:1]).encode(), tables=TABLES)
                except WolError as error:
                    for found in error.diagnostics:
                        assert found.span is not None
                        assert found.span.line == 1 or found.code in ("config-required", "config-syntax")
                        assert found.message
                        assert found.hint
