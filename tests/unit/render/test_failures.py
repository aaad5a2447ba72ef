"""What goes wrong in a template: the theme's file and line, the page, and a way out; and that every template comes to an end."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from harness.cases import cases
from wol.errors import Diagnostic, WolError

Make = Callable[..., Any]


def failing(made: Any, template: str = "page.html", subject: str = "posts/a.md") -> Diagnostic:
    """Render, and give the one finding."""
    with pytest.raises(WolError) as caught:
        made.html(template, subject=subject)
    (found,) = caught.value.diagnostics
    assert isinstance(found, Diagnostic)
    return found


@pytest.mark.parametrize(
    ("template", "code", "line", "message", "hint"),
    [
        ("\n\n{{ psots }}", "template-name", 3, "Templates know no name `psots`", "did you mean `posts`?"),
        ("\n{{ page.tittle }}", "template-name", 2, "A page has no `tittle`", "did you mean `title`?"),
        ("{{ site.descripton }}", "template-name", 1, "`site` has no `descripton`", "did you mean `description`?"),
        ("{% if page.tittle %}x{% endif %}", "template-name", 1, "A page has no `tittle`", "did you mean `title`?"),
        ("{{ page['tittle'] }}", "template-name", 1, "A page has no `tittle`", "did you mean `title`?"),
        ("{{ page.nope.more }}", "template-name", 1, "A page has no `nope`", ""),
        ("{{ [page]|map(attribute='tittle')|join }}", "template-name", 1, "A page has no `tittle`", "did you mean `title`?"),
        ("{{ [page]|where('tittle', 'x') }}", "template-name", 1, "A page has no `tittle`", "did you mean `title`?"),
        ("{{ [page]|sort_by('tittle') }}", "template-name", 1, "A page has no `tittle`", "did you mean `title`?"),
        ("\n{{ page.next.title }}", "template-name", 2, "There is nothing here that could have `title`", "ask first whether it is there"),
        ("{{ site.notes[0] }}", "template-name", 1, "The list has no element number 0", "ask first whether the list has any"),
        ("{{ page._summary }}", "template-name", 1, "`_summary` is not for templates", "names that begin with `_` are wol's own"),
        ("{{ ''.__class__ }}", "template-name", 1, "`__class__` is not for templates", "names that begin with `_` are wol's own"),
        ("{% macro m(a) %}{{ a }}{% endmacro %}{{ m() }}", "template-name", 1, "Parameter `a` was not provided", "is defined"),
        ("{% block b %}{{ super() }}{% endblock %}", "template-name", 1, "There is no parent block called `b`", "is defined"),
        ("{% import 'page.html' as x %}", "template-failed", 1, "The template does not come to an end", ""),
        ("{{ caller() }}", "template-name", 1, "Templates know no name `caller`", ""),
        ("{{ page.title|uper }}", "template-name", 1, "There is no filter `uper`", "did you mean `upper`?"),
        ("{% if page is defind %}{% endif %}", "template-name", 1, "There is no test `defind`", "did you mean `defined`?"),
        ("\n{{ 1 // 0 }}", "template-failed", 2, "The template failed: ZeroDivisionError: integer division or modulo by zero", ""),
        ("\n{{ page.title + 1 }}", "template-failed", 2, "The template failed: TypeError", ""),
        ("{{ page.date|date('%Q') }}", "template-failed", 1, "`%Q` is no sign of a date format", "the signs are"),
        ("{{ 'soon'|date }}", "template-failed", 1, "`soon` is not a date", "give a page's date"),
        ("{{ page.terms }}", "template-failed", 1, "This cannot be shown: it is a function", ""),
        ("{{ [1]|map('abs') }}", "template-failed", 1, "This cannot be shown: it is a sequence; make it a text with `|join`", ""),
        ("{{ {'a': [fragment]} }}", "template-failed", 1, "This cannot be shown: it is a function", ""),
        ("{{ page|json }}", "template-failed", 1, "`A` cannot be written as JSON", "name what it should hold"),
        ("{{ 3|url }}", "template-failed", 1, "`3` is no URL", "give a URL path"),
    ],
)
def test_errors_while_rendering(blog: Make, item: Make, template: str, code: str, line: int, message: str, hint: str) -> None:
    """Every error names the template's line, says what is wrong, and which page was being rendered."""
    found = failing(blog(template, item()))
    assert (found.code, str(found.span)) == (code, f"<default>/templates/page.html:{line}")
    assert found.message.startswith(message)
    assert hint in found.hint
    assert found.notes == ("while rendering content/posts/a.md (/a/)",)


def test_the_innermost_template_is_named(blog: Make, item: Make) -> None:
    """An error in an included file is at its line there, with the files that led to it as notes."""
    files = {
        "templates/base.html": "<html>\n{% block main %}{% endblock %}",
        "templates/post.html": "{% extends 'base.html' %}\n{% block main %}\n{% include 'parts/card.html' %}{% endblock %}",
        "templates/parts/card.html": "\n\n\n{{ page.titel }}",
    }
    found = failing(blog("", item(), files=files), "post.html")
    assert str(found.span) == "<default>/templates/parts/card.html:4"
    assert found.notes == (
        "used by <default>/templates/post.html:3",
        "used by <default>/templates/base.html:2",
        "while rendering content/posts/a.md (/a/)",
    )


def test_macros_are_found_too(blog: Make, item: Make) -> None:
    """An error in an imported macro is at its line; what it cannot see is explained."""
    files = {"templates/m.html": "{% macro m() %}\n{{ site.title }}{% endmacro %}"}
    found = failing(blog("{% from 'm.html' import m %}{{ m() }}", item(), files=files))
    assert str(found.span) == "<default>/templates/m.html:2"
    assert "with context" in found.hint
    assert blog("{% from 'm.html' import m with context %}{{ m() }}", item(), files=files).html(subject="posts/a.md") == "T"


def test_callouts_inside_a_page(blog: Make, item: Make) -> None:
    """An error in a callout's template is at its line, and the page is named once."""
    from wol.model.item import Body, Callout

    bodies = {"posts/a.md": Body(parts=(Callout("tip", (), ()),))}
    found = failing(blog("\n{{ page.content }}", item(), files={"templates/callouts/tip.html": "\n{{ callout.nope }}"}, bodies=bodies))
    assert str(found.span) == "<default>/templates/callouts/tip.html:2"
    assert found.message == "`callout` has no `nope`"
    assert found.notes == ("while rendering content/posts/a.md (/a/)", "used by <default>/templates/page.html:2")


@pytest.mark.parametrize(
    "template",
    [
        "{% include '../../secret' %}",
        "{% extends '/etc/passwd' %}",
        "{% import '../post.html' as x %}",
        "{% include '!mine/../../../secret' %}",
    ],
)
def test_nothing_outside_the_themes_is_read(blog: Make, item: Make, template: str) -> None:
    """A theme cannot reach out of its folder (fault T3)."""
    found = failing(blog(template, item()))
    assert found.code == "template-missing"
    assert "nothing outside can be read" in found.hint
    assert str(found.span) == "<default>/templates/page.html:1"


WAYS = [
    "{{ THING.__self__ }}",
    "{{ THING['__self__'] }}",
    "{{ THING|attr('__self__') }}",
    "{{ [THING]|map(attribute='__self__')|list }}",
    "{{ '{0.__self__}'.format(THING) }}",
    "{{ '{x.__self__}'.format_map({'x': THING}) }}",
    "{{ THING._views }}",
    "{{ THING['_views'] }}",
    "{{ THING|attr('_views') }}",
    "{{ '{0._views}'.format(THING) }}",
    "{{ [THING]|map(attribute='_views')|list }}",
    "{{ [THING]|where('_views', 1) }}",
    "{{ THING.__class__.__mro__ }}",
    "{{ THING.__init__.__globals__ }}",
    "{{ THING.func }}",
    "{{ THING.args }}",
]


@pytest.mark.parametrize("thing", ["fragment", "range", "page", "page.terms", "site", "''.ljust", "page.tags", "self", "loop"])
def test_there_is_no_way_to_the_model(blog: Make, item: Make, thing: str) -> None:
    """Nothing that a template holds leads to what lies behind it, by whatever way it is asked."""
    with cases() as case:
        for way in WAYS:
            with case(way):
                found = failing(blog("{% for x in [1] %}" + way.replace("THING", thing) + "{% endfor %}", item()))
                assert found.code in ("template-name", "template-failed")
                assert "SiteViews" not in found.message
                assert "object at 0x" not in found.message


@pytest.mark.parametrize(
    "change",
    ["site.posts[:1].append(1)", "page.extra.clear()", "page.extra.list.append(1)", "site.extra.pop('x')", "page.extra.list.sort()"],
)
def test_nothing_can_be_changed(blog: Make, item: Make, change: str) -> None:
    """What views hand out is read-only: another page gets the same."""
    made = blog("{{ " + change + " }}", item(extra={"list": [2, 1]}), extra={"x": 1})
    failing(made)
    assert made.site.summaries["posts/a.md"].extra == {"list": [2, 1]}


def test_a_callout_without_its_template(blog: Make, item: Make) -> None:
    """A template that has gone is an error with every place that was tried."""
    from wol.model.item import Body, Callout

    made = blog("{{ page.content }}", item(), bodies={"posts/a.md": Body(parts=(Callout("tip", (), ()),))})
    found = failing(made)
    assert (found.code, "tried <default>/templates/callouts/tip.html" in found.notes) == ("template-missing", True)


def test_missing_templates_say_what_was_tried(blog: Make, item: Make) -> None:
    """No page is ever blank: a template that is not there is an error with every place (pitfall U16)."""
    themes = (
        ("mine", {"templates/x.html": ""}),
        ("<default>", {"templates/post.html": "{% include 'parts/cart.html' %}", "templates/parts/card.html": ""}),
    )
    made = blog("", item(), themes=themes)
    found = failing(made, "potst.html")
    assert (found.code, found.span, found.hint) == ("template-missing", None, "did you mean `post.html`?")
    assert found.notes == (
        "tried themes/mine/templates/potst.html",
        "tried <default>/templates/potst.html",
        "while rendering content/posts/a.md (/a/)",
    )
    found = failing(made, "post.html")
    assert (found.code, found.hint) == ("template-missing", "did you mean `parts/card.html`?")
    assert str(found.span) == "<default>/templates/post.html:1"


@pytest.mark.parametrize(
    ("template", "said"),
    [
        ("{% include 'page.html' %}", "it includes or calls itself"),
        ("{% extends 'page.html' %}", "it includes or calls itself"),
        ("{% macro m() %}{{ m() }}{% endmacro %}{{ m() }}", "it includes or calls itself"),
        ("{% for a in range(10000) %}{% for b in range(10000) %}{% endfor %}{% endfor %}", "rounds"),
        ("{{ range(10**12)|length }}", "rounds"),
        ("{{ 'x' * 1000000000 }}", "makes a text or list of 1,000,000,000 elements"),
        ("{{ 1000000000 * 'x' }}", "makes a text or list of 1,000,000,000 elements"),
        ("{{ ([1] * 1000000 + [1] * 1000000)|length }}", "makes a text or list of 2,000,000 elements"),
        ("{{ ['a' * 10**6] * 10**6 }}", "makes a text or list of 1,000,000,000,000 elements"),
        ("{{ (['a' * 10**6] * 2)|length }}", "makes a text or list of 2,000,000 elements"),
        ("{{ [['a' * 10**6]] + [['a' * 10**6]] }}", "makes a text or list of"),
        ("{{ {'a': 'a' * 10**6}.items()|list * 10**6 }}", "makes a text or list of"),
        ("{% set a = 'a' * 10**6 %}" + "{% set a = a ~ a %}" * 40, "`~` makes a text of over 50,000,000 characters"),
        ("{% set a = ['a' * 10**6] %}" + "{% set a = [a, a] %}" * 40 + "{{ a }}", "over 50,000,000 characters"),
        ("{% set a = ['a' * 10**6] %}" + "{% set a = [a, a] %}" * 40 + "{{ a|string|length }}", "over 50,000,000 characters"),
        ("{% set a = ['a' * 10**6] %}" + "{% set a = [a, a] %}" * 40 + "{{ a|tojson|length }}", "over 50,000,000 characters"),
        ("{% set a = ['a' * 10**6] %}" + "{% set a = {'b': a, 'c': a} %}" * 40 + "{{ a|pprint|length }}", "over 50,000,000 characters"),
        ("{% set a = 'a' * 10**6 %}{{ [" + "a, " * 60 + "]|join|length }}", "over 50,000,000 characters"),
        ("{% set a = 'a' * 10**6 %}{{ [" + "a, " * 60 + "]|map('upper')|join|length }}", "over 50,000,000 characters"),
        ("{% set a = 'a' * 10**6 %}{{ ''.join([" + "a, " * 60 + "])|length }}", "over 50,000,000 characters"),
        ("{{ ([1] * 10**6)|join('a' * 10**6)|length }}", "over 50,000,000 characters"),
        ("{{ ([1] * 10**6)|join(d='a' * 10**6)|length }}", "over 50,000,000 characters"),
        ("{{ ('a' * 10**6).join([1, 2] * 100)|length }}", "over 50,000,000 characters"),
        ("{{ ('a' * 10**6)|replace('a', 'b' * 10**6)|length }}", "over 50,000,000 characters"),
        ("{{ ('a' * 10**6).replace('a', 'b' * 10**6)|length }}", "over 50,000,000 characters"),
        ("{{ ('a' * 10**6)|replace('', 'b' * 10**6)|length }}", "over 50,000,000 characters"),
        ("{{ 9 ** 9 ** 9 }}", "is too large"),
        ("{{ '%1000000000d' % 1 }}", "too long a text"),
        ("{{ '%1000000000d'|format(1) }}", "too long a text"),
        ("{{ '{:1000000000d}'.format(1) }}", "too long a text"),
        ("{{ 'x'.ljust(1000000000) }}", "too long a text"),
        ("{{ 'x'|center(1000000000) }}", "a filter is asked for 1,000,000,000 elements"),
        ("{{ 'x'|indent(1000000000, true) }}", "a filter is asked for 1,000,000,000 elements"),
        ("{{ [1]|batch(1000000000, 0)|list }}", "a filter is asked for 1,000,000,000 elements"),
        ("{% for a in range(60) %}{{ 'x' * 1000000 }}{% endfor %}", "the page has over 50,000,000 characters"),
    ],
)
def test_every_template_comes_to_an_end(blog: Make, item: Make, template: str, said: str) -> None:
    """Endless templates and texts of a gigabyte are stopped, and say so (fault T1)."""
    found = failing(blog(f"\n{template}", item()))
    assert found.code == "template-failed"
    assert found.message.startswith("The template does not come to an end: ")
    assert said in found.message
    assert found.notes[-1] == "while rendering content/posts/a.md (/a/)"


def test_limits_are_for_each_page(blog: Make, item: Make) -> None:
    """A page may count as far as any other, however many were rendered before."""
    made = blog("{{ range(600000)|length }}", item())
    assert [made.html(subject="posts/a.md") for _ in range(3)] == ["600000"] * 3


@pytest.mark.parametrize("name", ["random", "lipsum"])
def test_nothing_is_left_to_chance(blog: Make, item: Make, name: str) -> None:
    """What would give another page in each build does not exist."""
    found = failing(blog("{{ [1, 2]|random }}" if name == "random" else "{{ lipsum() }}", item()))
    assert found.code == "template-name"
    assert name in found.message


def test_defects_are_not_blamed_on_templates(blog: Make, item: Make) -> None:
    """A damaged cache or a disk that fails is no error of the theme: it goes through as it is."""
    made = blog("{{ page.content }}", item())

    def unreadable(key: str) -> Any:
        raise PermissionError(13, "no", key)

    made.views._bodies = unreadable
    with pytest.raises(PermissionError):
        made.html(subject="posts/a.md")


def test_a_page_after_an_error(blog: Make, item: Make) -> None:
    """An error leaves nothing behind that the next page would see."""
    made = blog("{{ page.title }}{{ 1 // 0 if page.slug == 'a' }}", item(), item("posts/b.md"))
    failing(made)
    assert made.html(subject="posts/b.md") == "B"


def test_syntax_errors_are_found_before_rendering(blog: Make) -> None:
    """A template that is not Jinja is an error of the theme even if nothing uses it; all are told at once (pitfall U13)."""
    with pytest.raises(WolError) as caught:
        blog("{% if x %}", files={"templates/unused.html": "\n{{ a b }}"})
    assert [(d.code, str(d.span)) for d in caught.value.diagnostics] == [
        ("template-syntax", "<default>/templates/page.html:1"),
        ("template-syntax", "<default>/templates/unused.html:2"),
    ]
