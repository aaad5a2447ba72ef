"""Rules that plugins bring to `wol check`: what they see of the site, what becomes of their findings, and what happens when they fail."""

from __future__ import annotations

import json
from collections.abc import Callable
from itertools import count
from typing import Any

import pytest

from harness.cases import cases
from harness.site import CONFIG, Site

PLUGIN = """\
from wol.api import Feature, Finding, Made, Span, Step, Target, hook


def plan(site):
    return Made({{"shelf": {{"size": 3}}}}, (Target(path="books.xml", kind="x", role="feed"), Target(path="old/index.html", kind="x", role="redirect")))


def render(views, target):
    return b"<rss><channel><item><guid>1</guid><link>https://example.org/b/</link></item></channel></rss>" if target.role == "feed" else b"<p>"


{rule}


@hook
def wol_features(config):
    return [
        Feature(
            name="books",
            steps=(Step(name="files", make=plan, provides=("shelf",), plans=True),),
            kinds={{"x": render}},
            rules={rules},
        )
    ]
"""
RULE = """\
def check(inspection):
    {body}
"""
USED = CONFIG + '[build]\nplugins = ["NAME"]\n'
NUMBERS = count()
POST = {
    "content/posts/a.md": "---\ntitle: A\ndate: 2026-11-01\ntags: [x]\n---\n[B](b.md), [nowhere](/nope/) and [out](https://example.com/).",
    "content/posts/b.md": "---\ntitle: B\ndate: 2026-11-02\n---\nBack to [A](a.md).",
    "content/posts/secret.md": "---\ntitle: Secret\ndraft: true\n---\nRhubarb.",
}


def with_rule(site: Callable[..., Site], body: str, config: str, rules: str) -> Site:
    """Make a site whose plugin, a module of a name of its own, has one rule."""
    name = f"books_{next(NUMBERS)}"
    return site({f"{name}.py": PLUGIN.format(rule=RULE.format(body=body), rules=rules), **POST}, config.replace("NAME", name))


def report(site: Callable[..., Site], body: str, config: str = USED, rules: str = "(check,)") -> list[dict[str, Any]]:
    """Build and check a site with one rule, and return what the rule found."""
    here = with_rule(site, body, config, rules)
    here.build()
    found = json.loads(here.run("check", "--format", "json").stdout)["diagnostics"]
    return [one for one in found if one["code"].startswith(("books-", "plugin-", "check-allow"))]


def test_what_a_rule_sees(site: Callable[..., Site]) -> None:
    """Facts, items, targets, tables, addresses and bytes are those of the site that was built, without what is unpublished."""
    seen = {
        "inspection.config.site.title": "A Site",
        "inspection.now > 10**15": True,
        "sorted(inspection.items)": ["posts/a.md", "posts/b.md"],
        "sorted(inspection.listed)": ["posts/a.md", "posts/b.md"],
        "inspection.pages['2026/11/a/index.html'].titles": ("A · A Site",),
        "inspection.feeds['books.xml'].entries": (("1", "https://example.org/b/"),),
        "'feed.xml' in inspection.feeds": True,
        "inspection.targets['2026/11/a/index.html'].subject": "posts/a.md",
        "inspection.targets['books.xml'].role": "feed",
        "inspection.item('2026/11/a/index.html').title": "A",
        "inspection.item('index.html')": None,
        "inspection.item('nope.html')": None,
        "inspection.is_rendered('2026/11/a/index.html')": True,
        "inspection.is_rendered('old/index.html')": False,
        "'2026/11/b/index.html' in inspection.linked": True,
        "'old/index.html' in inspection.linked": False,
        "inspection.follow('/2026/11/a/')": "2026/11/a/index.html",
        "inspection.follow('../b/', '2026/11/a/index.html')": "2026/11/b/index.html",
        "inspection.follow('https://example.org/feed.xml')": "feed.xml",
        "inspection.follow('https://example.com/')": "",
        "inspection.follow('/nope/')": "",
        "inspection.artifact('books.xml')[:5]": b"<rss>",
        "inspection.artifact('nope')": None,
        "inspection.artifact('../site.toml')": None,
        "inspection.table('shelf')": {"size": 3},
        "inspection.table('nope')": {},
        "'Rhubarb' in repr(inspection.items)": False,
    }
    body = f"yield Finding('books-seen', repr([{', '.join(seen)}]))"
    (one,) = report(site, body)
    with cases() as case:
        for (asked, expected), answer in zip(seen.items(), eval(one["message"]), strict=True):  # written by this test
            with case(asked):
                assert answer == expected


def test_findings_have_positions(site: Callable[..., Site]) -> None:
    """A finding of a plugin is located as wol's own are: at what is typed, at the source of its page, or where the rule says."""
    body = """\
for made in (
        Finding("books-typed", "m", "2026/11/a/index.html", "/nope/"),
        Finding("books-page", "m", "2026/11/b/index.html"),
        Finding("books-span", "m", span=Span("site.toml", 2), severity="error", hint="h", notes=("n",)),
        Finding("books-nowhere", "m"),
    ):
        yield made"""
    found = {one["code"]: one for one in report(site, body)}
    assert {code: (one["path"], one["line"], one["severity"]) for code, one in found.items()} == {
        "books-typed": ("content/posts/a.md", 6, "warning"),
        "books-page": ("content/posts/b.md", None, "warning"),
        "books-span": ("site.toml", 2, "error"),
        "books-nowhere": (None, None, "warning"),
    }
    assert (found["books-span"]["hint"], found["books-span"]["notes"]) == ("h", ["n"])


ALLOW = '[[check.allow]]\ncode = "books-{code}"\npath = "*"\nreason = "so"\n'


def test_findings_can_be_allowed(site: Callable[..., Site]) -> None:
    """`[check] allow` takes the codes of plugins, and tells of an entry that allows nothing."""
    body = "return [Finding('books-a', 'm', '2026/11/a/index.html')]"
    assert report(site, body, USED + ALLOW.format(code="a")) == []
    assert {one["code"] for one in report(site, body, USED + ALLOW.format(code="b"))} == {"books-a", "check-allowance"}


@pytest.mark.parametrize(
    ("body", "words"),
    [
        ("raise ValueError('rhubarb')", "ValueError: rhubarb"),
        ("yield Finding('books-a', 'm'); raise KeyError('k')", "KeyError"),
        ("return 3", "where a list belongs"),
        ("return 'books'", "where a list belongs"),
        ("return None", "where a list belongs"),
        ("yield 'books'", "where a `Finding` belongs"),
        ("yield Finding(3, 'm')", "code"),
        ("yield Finding('', 'm')", "the code"),
        ("yield Finding('Books', 'm')", "the code"),
        ("yield Finding('books-a', None)", "message"),
        ("yield Finding('books-a', 'm', severity='fatal')", "severity"),
        ("yield Finding('books-a', 'm', names=3)", "names"),
        ("yield Finding('books-a', 'm', span='site.toml')", "span"),
        ("raise SystemExit(0)", "SystemExit"),
        ("inspection.nothing", "AttributeError"),
    ],
)
def test_a_rule_that_fails(site: Callable[..., Site], body: str, words: str) -> None:
    """What a rule raises, or returns of another type, is an error that names the plugin and the rule."""
    (one,) = report(site, body)
    assert (one["code"], one["severity"]) == ("plugin-failed", "error")
    assert "The plugin `books` failed in the rule `check`" in one["message"]
    assert words in one["message"]


@pytest.mark.parametrize(
    ("rules", "words"), [("check", "where a list belongs"), ("(3,)", "`rules`"), ("('wol.api:nope',)", "cannot be imported")]
)
def test_rules_that_are_none(site: Callable[..., Site], rules: str, words: str) -> None:
    """A wrong declaration is an error of the plugin as soon as it is loaded."""
    here = with_rule(site, "return []", USED, rules)
    (one,) = here.errors()
    assert one.code == "plugin-failed"
    assert words in one.message


def test_a_feature_that_is_off_checks_nothing(site: Callable[..., Site]) -> None:
    """The rules of a feature that is switched off are not asked: its functions are not even imported."""
    off = USED + "[features]\nbooks = false\ntaxonomies = false\n"
    assert report(site, "raise ValueError('asked')", off) == []


def test_feeds_and_sitemaps_of_others_are_checked(site: Callable[..., Site]) -> None:
    """A feed of a plugin is checked as wol's own are, also where wol makes none itself."""
    off = USED + "[features]\nfeeds = false\nsitemap = false\n"
    here = with_rule(site, "return []", off, "()")
    plugin = next(here.root.glob("books_*.py"))
    here.write(plugin.name, plugin.read_text("utf-8").replace("<guid>1</guid>", ""))
    here.build()
    found = json.loads(here.run("check", "--format", "json").stdout)["diagnostics"]
    assert [(one["code"], one["path"], one["message"]) for one in found if one["code"] == "check-feed"] == [
        ("check-feed", "public/books.xml", "1 entry has no id")
    ]


def test_similar_terms_belong_to_taxonomies(site: Callable[..., Site]) -> None:
    """A rule of a built-in feature goes with the feature."""
    posts = {
        f"content/posts/{n}.md": f"---\ntitle: {n}\ndate: 2026-11-0{n}\ntags: [{tag}]\n---\nText.\n"
        for n, tag in ((1, "photograph"), (2, "photographs"))
    }
    for config, expected in ((CONFIG, True), (CONFIG + "[features]\ntaxonomies = false\n", False)):
        here = site(posts, config)
        here.build()
        assert ("check-tags" in here.run("check", "--format", "json").stdout) is expected
