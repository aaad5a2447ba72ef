"""The filters of the theme API, as a template author meets them."""

from __future__ import annotations

import json
import time
from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wol.errors import WolError
from wol.model.item import Moment
from wol.model.words import count_words
from wol.render.date_view import DateView, format_date, to_date
from wol.render.filters import excerpt, plain
from wol.render.filters import json as to_json

Make = Callable[..., Any]


@pytest.mark.parametrize(
    ("template", "expected"),
    [
        ("{{ page.date|date }}", "20 November 2026"),
        (
            "{{ page.date|date('%Y/%m/%d %-d %e %b %B %a %A %y %j %u %w %G-W%V %F %%') }}",
            "2026/11/20 20 20 Nov November Fri Friday 26 324 5 5 2026-W47 2026-11-20 %",
        ),
        ("{{ '2026-01-02T03:04:05+01:30'|date('%H:%M:%S %-H %I %p %z %:z %R %T') }}", "03:04:05 3 03 AM +0130 +01:30 03:04 03:04:05"),
        ("{{ '2026-01-02'|date('%-d.%-m.') }}", "2.1."),
        ("{{ '2026-01-02 13:00'|isodate }} {{ '2026-01-02'|isodate }}", "2026-01-02T13:00:00+00:00 2026-01-02"),
        (
            "{{ '/a b/?q=1#f'|url }} {{ 'https://e.example/é'|url }} {{ 'feed.xml'|url }} {{ page|url }} {{ {'url': '/x/'}|url }}",
            "/blog/a%20b/?q=1#f https://e.example/%C3%A9 /blog/feed.xml /blog/a/ /blog/x/",
        ),
        ("{{ 'posts/a.md'|url }} {{ 'posts/a.md#x'|absolute }}", "/blog/a/ https://example.org/blog/a/#x"),
        (
            "{{ '/x/'|absolute }} {{ '//h.example/y'|absolute }} {{ page|absolute }}",
            "https://example.org/blog/x/ https://h.example/y https://example.org/blog/a/",
        ),
        ("{{ 'C++ & Co'|slug }}", "c-plus-plus-and-co"),
        ("{{ 'x'|markdown }}{{ ''|markdown }}", "<p>x</p>"),
        ("{{ '<p>a &amp; b</p><p>c <em>d</em>e</p>'|plain }}", "a &amp; b c de"),
        ("{{ '1 < 2 and 3 > 2'|plain }}", "1 &lt; 2 and 3 &gt; 2"),
        ("{{ '<p>one two, three</p>'|excerpt(2) }} {{ 'one two'|excerpt(2) }}", "one two… one two"),
        ("{{ '<p>one two, three</p>'|count_words }} {{ '日本語 text'|count_words }}", "3 4"),
        ("{{ [{'k': 1, 'n': 'a'}, {'k': 2, 'n': 'b'}, {}]|where('k', 2)|map(attribute='n')|join }}", "b"),
        ("{{ [{'k': ['x', 'y']}, {'k': 'z'}]|where('k', 'x')|length }}", "1"),
        (
            "{{ site.posts|where('tags', 'Tea')|length }}{{ site.posts|where('tags', 'tea')|length }}{{ site.posts|where('tags', 'x')|length }}",
            "110",
        ),
        ("{{ site.posts|where('extra.series', 's')|length }}{{ site.posts|where('draft')|length }}", "00"),
        ("{% for year, posts in site.posts|group('date.year') %}{{ year }}:{{ posts|length }} {% endfor %}", "2026:1 2025:1"),
        ("{% for g in [{'a': 'y'}, {'a': 'x'}, {'a': 'y'}]|group('a') %}{{ g.key }}{{ g.items|length }}{% endfor %}", "y2x1"),
        ("{{ [{'t': 'b'}, {}, {'t': 'A'}]|sort_by('t')|map(attribute='t')|join }}", "Ab"),
        ("{{ [{'t': 2}, {'t': 10}]|sort_by('t', reverse=true)|map(attribute='t')|join(',') }}", "10,2"),
        ("{{ site.posts|sort_by('date')|map(attribute='slug')|join }}", "ba"),
        (
            "{{ {'a': page.title, 'd': page.date, 'l': page.tags|map(attribute='name')|list, 'n': page.extra.nope}|json }}",
            '{"a":"A","d":"2026-11-20","l":["Tea"],"n":null}',
        ),
        ("{{ 'Older'|t }}", "Older"),
    ],
)
def test_filters(blog: Make, item: Make, template: str, expected: str) -> None:
    """Each filter gives what the reference says."""
    assert blog(template, item(tags=("Tea",)), item("posts/b.md", day="2025-01-01")).html(subject="posts/a.md") == expected


def test_translations(blog: Make, item: Make) -> None:
    """Texts and months are in the language of the page, regional ones first; what has no translation stays."""
    themes = (
        ("mine", {"translations/de.toml": 'Older = "Vorher"'}),
        (
            "<default>",
            {
                "translations/de.toml": 'Older = "Älter"\nNewer = "Neuer"\nNovember = "Nov."\n"%-d %B %Y" = "%-d. %B %Y"',
                "translations/de-at.toml": 'Newer = "Jünger"',
                "templates/page.html": "{{ 'Older'|t }} {{ 'Newer'|t }} {{ 'Home'|t }} {{ page.date|date }}",
            },
        ),
    )
    made = blog("", item(lang="de-AT"), item("posts/b.md", lang="en"), themes=themes)
    assert made.html(subject="posts/a.md") == "Vorher Jünger Home 20. Nov. 2026"
    assert {("translation", "de"), ("translation", "de-at"), ("lang", "posts/a.md")} <= made.names
    assert made.html(subject="posts/b.md") == "Older Newer Home 20 November 2026"
    assert ("translation", "en") in made.names


def test_lists_speak_the_sites_language(blog: Make) -> None:
    """A list has no language of its own."""
    made = blog("{{ 'Older'|t }}", files={"translations/de.toml": 'Older = "Älter"'}, site={"language": "de"})
    assert made.html() == "Älter"


def test_dates_ask_no_locale(blog: Make, item: Make, monkeypatch: pytest.MonkeyPatch) -> None:
    """Names of months are not those of the machine, nor is the hour."""
    monkeypatch.setenv("TZ", "Pacific/Kiritimati")
    monkeypatch.setenv("LC_ALL", "C")
    time.tzset()
    try:
        late = item(date=Moment(1, "2026-12-31T23:59:00-11:00"))
        assert blog("{{ page.date|date('%a %-d %b %Y %H:%M') }}", late).html(subject="posts/a.md") == "Thu 31 Dec 2026 23:59"
    finally:
        monkeypatch.undo()
        time.tzset()


@pytest.mark.parametrize("text", ["2026-02-30", "2026-13-01", "soon", "2026-01-01 25:00", "2026-1-1"])
def test_texts_that_are_no_dates(text: str) -> None:
    """A day that does not exist is an error, not another day."""
    with pytest.raises(WolError):
        to_date(text)


@given(st.dates(min_value=date(1000, 1, 1)), st.sampled_from(["%Y-%m-%d", "%d.%m.%y", "%j", "%a %b", "%A %B", "%u%w", "%G %V", "%e", "%%"]))
def test_signs_are_those_of_strftime(day: date, pattern: str) -> None:
    """In English, each sign gives what `strftime` gives."""
    view = DateView(Moment(0, day.isoformat(), True))
    assert format_date(view, pattern, lambda text: text) == day.strftime(pattern).replace("%e", f"{day.day:2d}")


@given(
    st.recursive(
        st.none() | st.booleans() | st.integers(-(2**53), 2**53) | st.text(),
        lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    )
)
def test_json_is_safe_inside_a_script(value: Any) -> None:
    """Whatever the data, no tag, entity or quote of an attribute can begin in it, and it reads back as it was."""
    written = to_json(value)
    assert not set("<>&'\u2028\u2029") & set(written)
    assert json.loads(written) == json.loads(json.dumps(value))


@given(st.text(), st.integers(0, 20))
def test_excerpts_are_short(text: str, words: int) -> None:
    """An excerpt has no more words than asked for."""
    assert count_words(excerpt(text, words)) <= max(words, 0) or count_words(plain(text)) <= words


def test_plain_leaves_out_what_is_not_read() -> None:
    """Scripts and styles are no text."""
    assert plain("<script>alert(1)</script>a<style>p{}</style><!-- b -->c") == "a c"
