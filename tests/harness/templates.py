"""The theme of the machine's site: small templates of which each shows little, in variants that edits put in one another's place."""

from __future__ import annotations

TEMPLATES: dict[str, tuple[str, ...]] = {
    "base.html": (
        '<!doctype html><title>{{ heading }}</title>é{{ fragment("parts/side.html") }}{% block content %}{% endblock %}{% include "parts/narrow.html" %}{% slot "end" %}',
        '<!doctype html><html lang="{{ site.language }}">{% block content %}{% endblock %}{% include "parts/narrow.html" %}</html>',
        '<!doctype html>{{ fragment("parts/inner.html") }}{% block content %}{% endblock %}<p>{{ fragment("parts/side.html") }}</p>{% slot "end" %}',
        '{% extends "!default/base.html" %}',
    ),
    "post.html": (
        '{% extends "base.html" %}{% block content %}{{ page.content }}<aside>{{ fragment("parts/inner.html") }}</aside>{% endblock %}',
        '{% extends "base.html" %}{% from "parts/macros.html" import terms %}{% block content %}{{ terms(page) }}{{ page.words }}{% endblock %}',
        '{% extends "base.html" %}{% block content %}{{ page.previous.title if page.previous }}{{ page.next.url if page.next }}{% endblock %}',
        '{% extends "base.html" %}{% block content %}{{ page.summary }}{{ page.date|date("%-d %B %Y") if page.date }}{% endblock %}',
        '{% extends "!default/post.html" %}{% block after_content %}{{ page.minutes }}{% endblock %}',
    ),
    "note.html": (
        '{% extends "base.html" %}{% block content %}{{ page.content }}{% endblock %}',
        '{% extends "base.html" %}{% block content %}{% for p in site.posts|sort_by("title") %}{{ p.title }}{% endfor %}{% endblock %}',
        '{% extends "base.html" %}{% block content %}{% set s %}{% include "parts/around.html" %}{% endset %}{{ s|length }}{{ s }}{% endblock %}',
        '{{ fragment("parts/side.html") }} {{ page.content }}',
    ),
    "page.html": (
        '{% extends "base.html" %}{% block content %}{{ page.title_html }}{{ page.content }}{{ fragment("parts/side.html")|length }}{% endblock %}',
        '{% extends "base.html" %}{% block content %}{{ page.updated|isodate if page.updated }}{{ page.toc|length }}{% endblock %}',
        '{% extends "base.html" %}{% block content %}{{ page.title }}{% include "parts/around.html" %}{{ fragment("parts/side.html")|length }}.{% endblock %}',
    ),
    "plain.html": (
        "{{ page.title }} {{ page.licence }} {{ page.image }}",
        "{{ page.title_html }} {{ page.mood if false }}{{ page.words }}",
    ),
    "aside.html": ("{{ page.abstract }} {{ page.link }} {{ page.toc_wanted }}", "{{ page.lang }} {{ page.state }}"),
    "home.html": (
        '{% extends "base.html" %}{% block content %}{{ page.content if page }}{% for p in posts %}{{ p.title }}{% endfor %}{% endblock %}',
        '{% extends "base.html" %}{% block content %}{% for p in posts %}{{ p.url }}{% endfor %}{{ pager.number }}{{ pager.older }}{% endblock %}',
    ),
    "term.html": (
        '{% extends "base.html" %}{% block content %}{{ term.title }}{{ term.count }}{% for p in posts %}{{ p.url }}{% endfor %}{% endblock %}',
        '{% extends "base.html" %}{% block content %}{{ term.description }}{{ page.content if page }}{% endblock %}',
    ),
    "terms.html": ('{% extends "base.html" %}{% block content %}{% for t in taxonomy.terms %}{{ t.name }}{% endfor %}{% endblock %}',),
    "archive.html": (
        '{% extends "base.html" %}{% block content %}{% for p in posts %}{{ p.date|date("%Y") if p.date }}{% endfor %}{% endblock %}',
        '{% extends "base.html" %}{% block content %}{% for g in posts|group("date.year") %}{{ g.key }}{{ g.items|length }}{% endfor %}{% endblock %}',
    ),
    "year.html": (
        '{% extends "base.html" %}{% block content %}{{ year }}{% for m in months %}{{ m.month }}{{ m.count }}{% endfor %}{% endblock %}',
    ),
    "month.html": ('{% extends "base.html" %}{% block content %}{{ month }}{% for p in posts %}{{ p.titled }}{% endfor %}{% endblock %}',),
    "section.html": (
        '{% extends "base.html" %}{% block content %}{{ page.content }}{% for p in posts %}{{ p.slug }}{% endfor %}{% endblock %}',
    ),
    "notes.html": ('{% extends "base.html" %}{% block content %}{% for p in posts %}{{ p.title }}{% endfor %}{% endblock %}',),
    "404.html": ("Nothing here. {{ site.title }}", "Nothing. {{ heading }}"),
    "gone.html": ("Gone: {{ page.gone_reason }}",),
    "redirect.html": ("To {{ to|url }}", "On to {{ to|absolute }}"),
    "parts/narrow.html": ('{% include "parts/deep.html" %}', '<p>{{ site.extra.note }}</p>{% include "parts/deep.html" %}'),
    "parts/deep.html": ("<p>deep</p>", "<p>deeper</p>", "<p>{{ site.description }}</p>"),
    "parts/macros.html": (
        "{% macro terms(page) %}{% for t in page.tags %}{{ t.name }}{{ t.url }}{% endfor %}{% endmacro %}",
        "{% macro terms(page) %}{% for t in page.tags %}{{ t.slug }}{% endfor %}{% endmacro %}",
    ),
    "parts/side.html": (
        '<nav>{{ site.footer }}{% for p in site.notes|list + site.posts[:2]|list %}{{ p.title }}{% endfor %}{{ fragment("parts/inner.html") }}</nav>',
        "<nav>{% for p in site.posts[:1] %}{{ p.title }}{% endfor %}</nav>",
    ),
    "parts/around.html": ('<b>{{ fragment("parts/side.html") }}</b>', '{% filter upper %}{{ fragment("parts/side.html") }}{% endfilter %}'),
    "parts/inner.html": ("<i>{{ site.notes|length }}</i>", "<i>inner</i>"),
    "callouts/note.html": (
        "<aside>{{ callout.title }}{{ callout.content }}</aside>",
        "<aside>{{ page.title }}: {{ callout.content }}</aside>",
    ),
    "callouts/own.html": ("<section>{{ callout.content }}</section>",),
}
"""Each template with its variants; the first is there at the beginning."""

MANIFEST = """\
name = "mine"
api = 1

[options.tone]
type = "text"
default = "low"
help = "A word."
"""

THEME: dict[str, str] = {
    "themes/mine/theme.toml": MANIFEST,
    "themes/mine/translations/de.toml": '"Hello" = "Hallo"\n"Skip to the text" = "Zum Text"\n',
    "themes/other/templates/404.html": "Nothing at all.",
    "themes/other/assets/mark.svg": "<svg>other</svg>",
}
ASSETS: dict[str, str] = {
    "themes/mine/assets/style.css": 'body { background: url("mark.svg") }',
    "themes/mine/assets/mark.svg": "<svg></svg>",
}
