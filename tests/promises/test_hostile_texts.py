"""Texts, names and values that break other generators: each is shown as it was written, or is an error that names it."""

from __future__ import annotations

import html
import json
import re
import time
from collections.abc import Callable
from typing import Any
from urllib.parse import unquote

import feedparser
import lxml.html
import pytest

from harness.cases import cases
from harness.site import CONFIG, Site

TITLES = [
    "</title><script>alert(1)</script>",
    "]]> and <![CDATA[ x",
    "&amp; &lt;b&gt; & < >",
    "\"double\" 'single' `code`",
    "{{ config }} {% include '/etc/passwd' %} {{ ''.__class__ }}",
    "</script><!-- --><img src=x onerror=alert(1)>",
    "a" * 10_000,
    "\u202eright to left override\u202c",
    "日本 😀 e\u0301",
    "*stars* and _lines_ \\* \\\\",
    "-- : # [x](javascript:alert(1))",
]


def front(**fields: object) -> str:
    """Give front matter; JSON is YAML, so every value stands in it as it is."""
    return "---\n" + "".join(f"{name}: {json.dumps(value, ensure_ascii=False)}\n" for name, value in fields.items()) + "---\n"


def plain(title: str) -> str:
    """Give a title as a reader sees it: code and emphasis are read, tags are shown as typed, template syntax is text."""
    pieces = re.split(r"(\{\{.*?\}\}|\{%.*?%\})", title)
    for n in range(0, len(pieces), 2):
        pieces[n] = html.unescape(re.sub(r"\\([!-/:-@\[-`{-~])", r"\1", re.sub(r"(?<!\\)[`*]|\b_|_\b", "", pieces[n])))
    return "".join(pieces)


def test_hostile_titles(site: Callable[..., Site]) -> None:
    """A title with tags, quotes, template syntax or ten thousand letters is text on its page, in lists, feeds, JSON and metadata."""
    here = site(
        {f"content/posts/p{n}.md": front(title=t, date="2026-11-01", description=t, slug=f"p{n}") + "Text.\n" for n, t in enumerate(TITLES)}
    )
    here.build()
    files = here.files()
    for path, data in files.items():
        if path.endswith(".html"):
            page = data.decode()
            assert "<script>alert" not in page, path
            assert "<img src=x" not in page, path
            document = lxml.html.document_fromstring(page)
            assert len(list(document.iter("main"))) == 1, path
            assert list(document.iter("footer")), path
            for block in document.iter("script"):
                if block.get("type") == "application/ld+json":
                    json.loads(block.text or "")
    for n, title in enumerate(TITLES):
        document = lxml.html.document_fromstring(files[f"2026/11/p{n}/index.html"].decode())
        [name] = [e for e in document.iter() if "p-name" in (e.get("class") or "").split()][:1]
        assert "".join("".join(str(t) for t in name.itertext()).split()) == "".join(plain(title).split()), title
    entries = feedparser.parse(files["atom.xml"], sanitize_html=False)
    assert entries.bozo == 0
    shown = {e["url"].rsplit("/", 2)[1]: e["title"] for e in json.loads(files["feed.json"])["items"]}
    for n, title in enumerate(TITLES):
        assert "".join(shown[f"p{n}"].split()) == "".join(plain(title).split()), title


def test_hostile_html_in_a_text(site: Callable[..., Site]) -> None:
    """Raw HTML of the writer passes on the page and leaves its frame whole; in feeds, lists and summaries it is harmless."""
    text = (
        '<script>alert(\'page\')</script>\n\n<img src=x onerror="alert(1)">\n\n<a href="javascript:alert(2)">j</a> [k](javascript:alert(3)) '
        "<svg onload=alert(4)></svg>\n\n</article></main></body></html>\n\n<div><b>never closed\n\n<style>body{display:none}</style>\n\n<base href='https://evil.example/'>\n\n"
        '<meta http-equiv="refresh" content="0;url=https://evil.example/">\n\n<form action="https://evil.example/"><input></form>\n\nThe end.\n'
    )
    here = site(
        {
            "content/posts/a.md": front(title="A", date="2026-11-01") + text,
            "content/posts/b.md": front(title="B", date="2026-11-02", summary=text) + "B.\n",
        }
    )
    here.build()
    files = here.files()
    page = files["2026/11/a/index.html"].decode()
    assert page.count("</main>") == page.count("</body>") == page.count("</html>") == 1
    assert page.index("The end.") < page.index("</main>") < page.index("</body>")
    for path in ("index.html", "archive/index.html", "2026/11/index.html"):
        assert harm(files[path].decode()) == [], path
    assert harm(files["2026/11/b/index.html"].decode()) == []
    texts = [
        e.get("summary", "") + "".join(c.value for c in e.get("content", [])) for p in ("feed.xml", "atom.xml") for e in parsed(files[p])
    ]
    texts += [e["content_html"] for e in json.loads(files["feed.json"])["items"]]
    assert len(texts) == 6
    for found in texts:
        assert harm(f"<div>{found}</div>") == []


def parsed(feed: bytes) -> list[Any]:
    """Give the entries of a feed as they stand there, not made harmless by the reader."""
    return list(feedparser.parse(feed, sanitize_html=False).entries)


def harm(page: str) -> list[str]:
    """Find what a page could do to its reader: scripts of the text, handlers, addresses that run, what changes the page around it."""
    found = []
    for element in lxml.html.document_fromstring(page).iter():
        text = element.text or ""
        is_data = element.get("type") == "application/ld+json"  # a browser never runs it
        if element.tag in ("base", "form", "input", "iframe", "object") or (
            element.tag in ("script", "style") and not is_data and ("alert" in text or "display:none" in text)
        ):
            found.append(str(element.tag))
        if element.tag == "meta" and (element.get("http-equiv") or "").lower() == "refresh":
            found.append("refresh")
        found += [
            str(name)
            for name, value in element.items()
            if str(name).startswith("on") or (element.tag != "meta" and "javascript:" in str(value))  # a description is words
        ]
    return found


def test_template_syntax_is_text(site: Callable[..., Site]) -> None:
    """`{{ }}` and `{% %}` in a text are never run."""
    words = "{{ 7 * 191 }} {% for x in y %} {{ site.title }} {{< ref >}} {{ ''.__class__.__mro__ }} {# note #}"
    here = site({"content/posts/a.md": front(title="A " + words, date="2026-11-01", tags=["{{ 7 * 191 }}"]) + words + "\n"})
    here.build()
    for data in here.files().values():
        assert b"1337" not in data
    assert words in html.unescape(here.read("2026/11/a/index.html"))


AS_TYPED = ["NO", "yes", "1.10", "012", "0x1F", "12:30:45", "1e3", "2026-11-20", "true", "3", "~x"]


def test_values_stay_as_typed(site: Callable[..., Site]) -> None:
    """What YAML would make truth values, numbers and times of stays the text that was typed, as title and as tag."""
    files = {
        f"content/posts/p{n}.md": f"---\ntitle: {value}\ndate: 2026-11-01\ntags: [{value}]\n---\nText.\n"
        for n, value in enumerate(AS_TYPED)
    }
    here = site(files)
    here.build()
    items = json.loads(here.read("feed.json"))["items"]
    assert sorted(i["title"] for i in items) == sorted(AS_TYPED)
    assert sorted(t for i in items for t in i["tags"]) == sorted(AS_TYPED)


TAGS = {
    "C": "c",
    "C++": "c-plus-plus",
    "C#": "c-sharp",
    ".net": "dot-net",
    "CI/CD": "ci-cd",
    "日本": "日本",
    "R&D": "r-and-d",
    "node.js": "node.js",
    "Don't": "dont",
}


def test_tags_do_not_merge(site: Callable[..., Site]) -> None:
    """Tags of letters that look alike to machines have pages of their own, and each is reached by the links to it."""
    here = site({"content/posts/a.md": front(title="A", date="2026-11-01", tags=list(TAGS)) + "Text.\n"})
    here.build()
    files = here.files()
    assert {p.split("/")[1] for p in files if p.startswith("tags/") and p.count("/") > 1} == set(TAGS.values())
    document = lxml.html.document_fromstring(here.read("2026/11/a/index.html"))
    links = {str(a.get("href")) for a in document.iter("a") if str(a.get("href")).startswith("/tags/")}
    for link in links:
        assert unquote(link).lstrip("/") + "index.html" in files


def test_many_tags(site: Callable[..., Site]) -> None:
    """Two hundred tags on one post take no unreasonable time, feeds and all; more are refused."""
    here = site({"content/posts/a.md": front(title="A", date="2026-11-01", tags=[f"tag {n}" for n in range(200)]) + "Text.\n"})
    began = time.monotonic()
    report = here.build()
    assert report.pages > 200
    assert time.monotonic() - began < 60
    here.write("content/posts/a.md", front(title="A", date="2026-11-01", tags=[f"tag {n}" for n in range(201)]) + "Text.\n")
    assert [error.code for error in here.errors()] == ["terms-too-many"]


ATTACKS = [
    "../../../x",
    "/abs",
    "%2e%2e%2f",
    "a\\b",
    "C:\\x",
    ".",
    "..",
    "index",
    "x" * 300,
    "x.",
    "x ",
    "con",
    "nul",
    "a\u0000b",
    "a\u202eb",
    "a/b",
    "~",
    "-",
    "&",
]


FEW = ("id", "template", "kind", "image")
"""Fields that only attacks with slashes could lead elsewhere."""


@pytest.mark.parametrize("field", ["slug", "url", "alias", "tags", *FEW])
def test_nothing_is_written_outside(site: Callable[..., Site], field: str) -> None:
    """No field can lead a file out of the output: the value is refused with its place, or made safe."""
    with cases() as case:
        for value in ATTACKS[:5] if field in FEW else ATTACKS:
            with case(ascii(value)):
                attack(site, field, value)


def attack(site: Callable[..., Site], field: str, value: str) -> None:
    """Build a site with a hostile value in a field, and look where it wrote."""
    here = site({"content/posts/a.md": front(**{"title": "A", "date": "2026-11-01", field: value}) + "Text.\n"})
    before = {p for p in here.root.parent.rglob("*") if here.output not in p.parents}
    try:
        found = here.codes()
    finally:
        after = {p for p in here.root.parent.rglob("*") if here.output not in p.parents and ".wol" not in p.parts}
    assert after - before <= {here.output}
    if not found:
        for path in here.files():
            parts = path.split("/")
            assert all(part not in ("", ".", "..") and len(part.encode()) <= 255 and not part.endswith((" ", ".")) for part in parts), path
            assert not re.search(r'[\x00-\x1f\\:*?"<>|]', path), path
            assert field == "url" or not {p.split(".")[0].lower() for p in parts} & {"con", "nul"}, path


def test_deep_nesting_is_whole(site: Callable[..., Site]) -> None:
    """Lists sixty deep and quotes a hundred deep keep every word."""
    lists = "".join("  " * depth + f"- item{depth}\n" for depth in range(60))
    quotes = "".join("> " * (depth + 1) + f"quote{depth}\n" + "> " * (depth + 1) + "\n" for depth in range(90))
    here = site({"content/posts/a.md": front(title="A", date="2026-11-01") + lists + "\n\n" + quotes})
    here.build()
    page = here.read("2026/11/a/index.html")
    assert [n for n in range(60) if not re.search(rf"\bitem{n}\b", page)] == []
    assert [n for n in range(90) if not re.search(rf"\bquote{n}\b", page)] == []


PATHOLOGICAL = {
    "brackets": "[" * 50_000,
    "closing brackets": "]" * 50_000,
    "links": "[a](" * 10_000,
    "backticks": " ".join("`" * n for n in range(1, 1500)),
    "stars": "*a **b " * 10_000,
    "underscores": "_" * 50_000 + "a",
    "one line": "word " * 200_000,
    "many links": "[a](b.md) " * 20_000,
    "quotes": ">" * 150 + " a\n" * 1000,
    "entities": "&amp;" * 50_000,
    "autolinks": "<https://" * 20_000,
    "tags": "<a " * 20_000,
    "open tags": "<b>" * 5_000,
    "comments": "<!-- a --> " * 20_000,
    "references": "".join(f"[{n}]: /x\n" for n in range(20_000)) + "[1]",
    "footnotes": "".join(f"[^{n}] " for n in range(3_000)) + "\n\n" + "".join(f"[^{n}]: [^{(n + 1) % 3000}]\n" for n in range(3_000)),
    "braces": "{" * 50_000 + "}" * 50_000,
    "attributes": "word {.a} " * 20_000,
    "callouts": "> [!note] x\n\n" * 5_000,
    "pipes": "|" * 50_000 + "\n" + "|-" * 20,
    "percent": "a % b %c " * 20_000,
    "templates": "{{ x }} {% y %} " * 10_000,
    "headings": "# a\n" * 20_000,
    "colons": ":\n" * 20_000 + "a\n: b\n" * 5_000,
    "spaces": " " * 200_000 + "a" + "\t" * 50_000,
    "escapes": "\\" * 100_000,
}


@pytest.mark.parametrize(
    "what", [pytest.param(what, marks=[pytest.mark.long] if number % 3 else []) for number, what in enumerate(PATHOLOGICAL)]
)
def test_no_text_takes_for_ever(site: Callable[..., Site], what: str) -> None:
    """Texts made to be slow are read in bounded time, or refused with a name; none is a defect."""
    here = site({"content/posts/a.md": front(title="A", date="2026-11-01") + PATHOLOGICAL[what] + "\n"})
    began = time.monotonic()
    found = here.codes()
    assert time.monotonic() - began < 20
    assert found <= {"markdown-too-large", "markdown-nesting"}


def test_bombs_in_front_matter(site: Callable[..., Site]) -> None:
    """Aliases that multiply, ten megabytes and a thousand levels are refused at once."""
    bomb = "a: &a [x,x,x,x,x,x,x,x,x]\n" + "".join(
        f"{b}: &{b} [*{a},*{a},*{a},*{a},*{a},*{a},*{a},*{a},*{a}]\n" for a, b in zip("abcdefgh", "bcdefghi", strict=True)
    )
    for text in (
        bomb,
        "x: " + "y" * 10_000_000 + "\n",
        "x: " + "[" * 1000 + "]" * 1000 + "\n",
        "x:\n" + "".join(" " * n + "y:\n" for n in range(1, 1000)),
    ):
        here = site({"content/posts/a.md": f"---\n{text}---\nText.\n"})
        began = time.monotonic()
        assert here.codes() == {"front-matter-too-large"}, text[:40]
        assert time.monotonic() - began < 5


ENDLESS = [
    "{% for i in range(10 ** 9) %}{% for j in range(10 ** 9) %}x{% endfor %}{% endfor %}",
    "{% for i in range(10 ** 8) %}{{ 'x' * 10 ** 8 }}{% endfor %}",
    "{{ 'x' * 10 ** 10 }}",
    "{{ 9 ** 9 ** 9 }}",
    "{% include 'post.html' %}",
    "{% extends 'post.html' %}",
    "{% macro m() %}{{ m() }}{% endmacro %}{{ m() }}",
]


@pytest.mark.parametrize("template", ENDLESS)
def test_templates_that_do_not_end(site: Callable[..., Site], template: str) -> None:
    """A template without end is stopped with its place, and the old site stays."""
    here = site(
        {"content/posts/a.md": front(title="A", date="2026-11-01") + "Text.\n", "themes/mine/templates/x.html": "x"},
        CONFIG + "[theme]\nuse = ['mine']\n",
    )
    here.build()
    before = here.files()
    here.write("themes/mine/templates/post.html", template)
    began = time.monotonic()
    found = here.errors()
    assert time.monotonic() - began < 30
    assert {d.code for d in found} <= {"template-failed", "template-syntax"}
    assert str(found[0].span).startswith("themes/mine/templates/post.html:1")
    assert here.files() == before
