"""What templates see, and what is recorded of it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wol.errors import WolError
from wol.model.config import NavEntry, TaxonomyConfig, TermConfig, ThemeConfig
from wol.model.feature import Feature, Name
from wol.model.item import Author, Body, Callout, Close, Heading, Link, Moment, Open
from wol.model.target import Target
from wol.model.view_protocol import Views
from wol.model.words import reading_minutes

Make = Callable[..., Any]


def test_page_names(blog: Make, item: Make) -> None:
    """Plain names of an item give what its summary has, escaped."""
    shown = blog(
        "{{ page.title }}|{{ page.title_html }}|{{ page.kind }}|{{ page.slug }}|{{ page.path }}|{{ page.lang }}|{{ page.id }}",
        item(title="A & <b>", title_html="A &amp; <code>b</code>", id="k7", lang="de"),
    ).html(subject="posts/a.md")
    assert shown == "A &amp; &lt;b&gt;|A &amp; <code>b</code>|post|a|posts/a.md|de|k7"


def test_only_what_was_asked_is_recorded(blog: Make, item: Make) -> None:
    """A page that shows a title depends on that title, not on the description."""
    made = blog("{{ page.title }}", item())
    made.html(subject="posts/a.md")
    assert made.names == {("template", "page.html"), ("title", "posts/a.md"), ("config", "site.base_url")}


def test_absence_is_recorded(blog: Make, item: Make) -> None:
    """What was looked for and not found is a dependency like any other."""
    made = blog("{{ site.by_id('nobody') }}{{ page.next }}", item())
    assert made.html(subject="posts/a.md") == ""
    assert {("ids", "nobody"), ("neighbours", "posts/a.md")} <= made.names
    with made.views.recording(Target(path="x", kind="x")) as names:
        assert made.views.page("posts/gone.md") is None
        assert made.views.render(["absent.html", "page.html"], {"page": made.views.page("posts/a.md")}) == b"\n"
    assert {("url", "posts/gone.md"), ("template", "absent.html"), ("template", "page.html")} <= names


def test_urls_have_the_base_path_and_are_encoded(blog: Make, item: Make) -> None:
    """`url` is ready for HTML, `permalink` is absolute; both can go through the filters without harm."""
    shown = blog(
        "{{ page.url }} {{ page.permalink }} {{ page.url|url }} {{ page.url|absolute }} {{ site.url }} {{ build.base_path }}",
        item(url="/é b/"),
    ).html(subject="posts/a.md")
    assert shown == (
        "/blog/%C3%A9%20b/ https://example.org/blog/%C3%A9%20b/ /blog/%C3%A9%20b/ https://example.org/blog/%C3%A9%20b/ /blog/ /blog"
    )


def test_dates(blog: Make, item: Make) -> None:
    """A date prints as a day, and `updated` is the date where nothing else was said."""
    shown = blog("{{ page.date }} {{ page.date.year }}-{{ page.date.month }} {{ page.updated }} {{ page.updated == page.date }}", item())
    assert shown.html(subject="posts/a.md") == "2026-11-20 2026-11 2026-11-20 True"
    later = item(updated=Moment(10**18, "2027-01-02T03:04:05+01:00"))
    shown = blog("{{ page.updated|isodate }} {{ page.updated > page.date }} {{ page.date|isodate }}", later)
    assert shown.html(subject="posts/a.md") == "2027-01-02T03:04:05+01:00 True 2026-11-20"


def test_an_undated_page_fails_nowhere(blog: Make, item: Make) -> None:
    """No date prints nothing, and formats to nothing."""
    assert blog("[{{ page.date }}{{ page.date|date }}{{ page.date|isodate }}]", item(day=None)).html(subject="posts/a.md") == "[]"


def test_neighbours_and_lists(blog: Make, item: Make) -> None:
    """Posts have an older and a newer one; lists can be cut and counted."""
    items = [item(f"posts/{n}.md", day=f"2026-11-0{n}") for n in (1, 2, 3)]
    made = blog(
        "{{ page.previous.title }}<{{ page.next.title }} {{ site.posts|length }} {% for p in site.posts[:2] %}{{ p }}{% endfor %}", *items
    )
    assert made.html(subject="posts/2.md") == "1<3 3 32"
    assert ("lists", "posts") in made.names
    assert ("title", "posts/2.md") in made.names
    assert ("url", "posts/1.md") not in made.names


def test_terms(blog: Make, item: Make) -> None:
    """Tags are terms with a name, a URL, a count and their items."""
    made = blog(
        "{% for t in page.tags %}{{ t.name }} {{ t.url }} {{ t.count }} {{ t.items[0].title }} {{ t.description }}{% endfor %}"
        "{{ page.categories|length }} {{ site.terms('tags')|map(attribute='slug')|join(',') }} {{ site.taxonomies|join(',') }}",
        item(tags=("C++",)),
        taxonomies={
            "tags": TaxonomyConfig(label="Tags", singular="Tag", path="tags", terms={"C++": TermConfig(title="See", description="d")})
        },
    )
    assert made.html(subject="posts/a.md") == "See /blog/tags/c-plus-plus/ 1 A <p>d</p>0 c-plus-plus Tags"


def test_fields_of_fine_tables_are_recorded_one_by_one(blog: Make, item: Make) -> None:
    """A page that names its tags need not be rendered again when a tag gets one more post."""
    page, a = "{% for t in page.tags %}{{ t.slug }}{% endfor %}", item(tags=("x",))
    made = blog(page, a)
    made.html(subject="posts/a.md")
    assert ("terms.slug", "tags/x") in made.names
    assert ("terms", "tags/x") not in made.names
    assert made.views.field("lists", "posts", 0) == "posts/a.md"
    with made.views.recording(Target(path="x", kind="item")) as names:
        made.views.field("lists", "posts", 0)
    assert names == {("lists", "posts")}, "of other tables a whole value is one dependency"


def test_unknown_taxonomy(blog: Make, item: Make) -> None:
    """A taxonomy that the site does not have is an error with the nearest one, at the template's line."""
    with pytest.raises(WolError) as caught:
        blog("\n{{ page.terms('tagz') }}", item()).html(subject="posts/a.md")
    found = caught.value.diagnostics[0]
    assert (found.code, str(found.span), found.hint) == ("template-name", "<default>/templates/page.html:2", "did you mean `tags`?")


def test_authors(blog: Make, item: Make) -> None:
    """The site's author stands in where nobody is named, and is known again by name."""
    from wol.model.config import AuthorConfig

    author = AuthorConfig(name="Ann", bio="hi", photo="/me.jpg", email="a@example.org", me=("https://m.example",))
    page = "{% for a in page.authors %}{{ a.name }};{{ a.url }};{{ a.photo }};{{ a.bio }};{{ a.email }}|{% endfor %}"
    site = {"author": author}
    assert blog(page, item(), site=site).html(subject="posts/a.md") == "Ann;/blog/;/blog/me.jpg;<p>hi</p>;a@example.org|"
    named = item(authors=(Author("Ann"), Author("Bob", "https://bob.example")))
    shown = blog(page, named, site=site).html(subject="posts/a.md")
    assert shown == "Ann;/blog/;/blog/me.jpg;<p>hi</p>;a@example.org|Bob;https://bob.example;;;|"
    assert blog(page, item()).html(subject="posts/a.md") == ""


def test_image(blog: Make, item: Make) -> None:
    """A picture is the published file, an address elsewhere, or nothing where the file is missing."""
    page = "{{ page.image }} {{ page.image|absolute if page.image }}"
    here = item(image="photo.jpg", image_link=Link("image", "photo.jpg", path="posts/photo.jpg"))
    made = blog(page, here, attachments=("posts/photo.jpg",))
    assert made.html(subject="posts/a.md").strip() == ""
    referred = item(image="photo.jpg", image_link=here.image_link, links=(here.image_link,))
    made = blog(page, referred, attachments=("posts/photo.jpg",))
    assert made.html(subject="posts/a.md") == "/blog/posts/photo.jpg https://example.org/blog/posts/photo.jpg"
    assert blog(page, item(image="https://x.example/a.png")).html(subject="posts/a.md") == "https://x.example/a.png https://x.example/a.png"


def test_table_of_contents(blog: Make, item: Make) -> None:
    """Headings nest by level; those of other levels are left out; the front matter has the last word."""
    headings = tuple(Heading(level, f"h{n}", f"<b>{n}</b>", str(n)) for n, level in enumerate((1, 2, 3, 3, 2, 4)))
    bodies = {"posts/a.md": Body(headings=headings)}
    page = "{% macro show(l) %}{% for h in l %}{{ h.url }}({{ show(h.children) }}){% endfor %}{% endmacro %}{{ show(page.toc) }} {{ page.headings|length }}"
    assert blog(page, item(), bodies=bodies).html(subject="posts/a.md") == "#h1(#h2()#h3())#h4() 6"
    assert blog(page, item(toc=False), bodies=bodies).html(subject="posts/a.md") == " 6".strip()
    one = {"posts/a.md": Body(headings=headings[:2])}
    assert blog("{{ page.toc|length }}{{ page.toc_wanted }}", item(), bodies=one).html(subject="posts/a.md") == "0"
    assert blog("{{ page.toc|length }}{{ page.toc_wanted }}", item(toc=True), bodies=one).html(subject="posts/a.md") == "1True"


def test_reading_time(blog: Make, item: Make) -> None:
    """At least a minute, 230 words each."""
    assert [reading_minutes(words) for words in (0, 1, 344, 346, 1150)] == [1, 1, 1, 2, 5]
    assert blog("{{ page.minutes }}", item(minutes=5)).html(subject="posts/a.md") == "5"


def test_extra_is_foreign(blog: Make, item: Make) -> None:
    """Foreign keys that are absent are nothing; keys win over the methods of a table; nothing can be changed."""
    made = blog(
        "[{{ page.extra.nope }}{% if page.extra.nope %}x{% endif %}]{{ page.extra.items }}{{ page.extra['deep'].x }}",
        item(extra={"items": "mine", "deep": {"x": 1}}),
    )
    assert made.html(subject="posts/a.md") == "[]mine1"
    with pytest.raises(WolError) as caught:
        blog("{{ page.extra.nope.further }}", item()).html(subject="posts/a.md")
    assert caught.value.diagnostics[0].code == "template-name"
    with pytest.raises(WolError):
        blog("{{ page.extra.update({'x': 1}) }}", item()).html(subject="posts/a.md")


def test_site_names(blog: Make, item: Make) -> None:
    """The settings of the site, its navigation and the theme's options and footer."""
    theme = ThemeConfig(
        nav=(
            NavEntry(text="About", to="about.md"),
            NavEntry(text="Gone", to="gone.md"),
            NavEntry(text="All", to="/archive/#x"),
            NavEntry(text="E", to="https://e.example/"),
        ),
        footer="foot",
        options={"accent": "#123456"},
    )
    manifest = 'api = 1\n[options.accent]\ntype = "colour"\ndefault = "#fff"\nhelp = ""\n[options.dark]\ntype = "yes/no"\ndefault = true\nhelp = ""\n'
    made = blog(
        "{{ site.title }} {{ site.language }} {{ site.dir }} {{ site.extra.x }} {{ site.theme.accent }} {{ site.theme.dark }} {{ site.footer }}"
        "{% for e in site.nav %} {{ e.text }}={{ e.url }}{{ '*' if e.url == url }}{% endfor %}",
        item("about.md", url="/about/", kind="page"),
        files={"theme.toml": manifest},
        theme=theme,
        extra={"x": "y"},
        site={"language": "ar"},
    )
    shown = made.html(path="about/index.html")
    assert shown == "T ar rtl y #123456 True <p>foot</p> About=/blog/about/* All=/blog/archive/#x E=https://e.example/"
    assert {("config", "theme.nav"), ("paths", "about.md"), ("paths", "gone.md"), ("option", "accent"), ("config", "extra")} <= made.names


def test_unknown_option(blog: Make) -> None:
    """An option that the theme does not have is an error that names the nearest one."""
    manifest = 'api = 1\n[options.accent]\ntype = "text"\ndefault = ""\nhelp = ""\n'
    with pytest.raises(WolError) as caught:
        blog("{{ site.theme.acent }}", files={"theme.toml": manifest}).html()
    assert caught.value.diagnostics[0].hint == "did you mean `accent`?"


def test_names_that_only_some_targets_have(blog: Make) -> None:
    """Shared parts may ask for `page`, `term` and the like anywhere: they are nothing where they do not belong."""
    assert (
        blog("[{{ page }}{{ term }}{{ pager }}{{ posts }}{{ taxonomy }}{{ year }}{{ months }}{{ to }}]{{ heading }}{{ url }}").html()
        == "[]T/blog/x/"
    )


def test_heading_is_the_title_of_the_page(blog: Make, item: Make) -> None:
    """A page without a heading of its own is headed by its title; a list by what it is given."""
    assert blog("{{ heading }}", item()).html(subject="posts/a.md") == "A"
    assert blog("{{ heading }}", item()).html(heading="2026") == "2026"


class Counter:
    """Counts how often a name is made."""

    def __init__(self) -> None:
        self.made = 0

    def count(self, views: Views, target: Target) -> int:
        self.made += 1
        views.value("lists", "posts")
        return self.made


def extras(counter: Counter) -> Feature:
    """A feature with names and functions."""
    return Feature(
        name="extras",
        context={
            "count": Name(counter.count, "How often."),
            "broken": Name(lambda views, target: 1 // 0, "Fails."),
            "shout": Name(lambda views, text: f"{views.config('site.title')} {text}!", "Shouts.", takes_arguments=True),
            "fail": Name(_fail, "Fails.", takes_arguments=True),
        },
    )


def _fail(views: Views, reason: str) -> str:
    raise KeyError(reason)


def test_features_give_names_and_functions(blog: Make) -> None:
    """A name is made for templates that have it, once for each target, and what it reads is recorded each time."""
    counter = Counter()
    files = {"templates/part.html": "{{ count }}", "templates/all.html": "{{ count }}{{ count }}{% include 'part.html' %}"}
    made = blog("{{ shout('hey') }}", features=[extras(counter)], files=files)
    assert made.html() == "T hey!"
    assert (counter.made, ("lists", "posts") in made.names) == (0, False)
    assert made.html("all.html") == "111"
    assert made.html("all.html") == "222"
    assert ("lists", "posts") in made.names


@pytest.mark.parametrize(
    ("page", "said"), [("{{ fail('why') }}", "`fail` of the feature `extras` failed: KeyError: 'why'"), ("{{ broken }}", "`broken` of")]
)
def test_a_feature_that_raises_is_named(blog: Make, item: Make, page: str, said: str) -> None:
    """What a plugin raises is its fault, at the place in the template that called it."""
    with pytest.raises(WolError) as caught:
        blog(f"\n{page}", item(), features=[extras(Counter())]).html(subject="posts/a.md")
    found = caught.value.diagnostics[0]
    assert (found.code, str(found.span)) == ("plugin-failed", "<default>/templates/page.html:2")
    assert said in found.message
    assert "while rendering content/posts/a.md (/a/)" in found.notes


def test_pages_with_many_empty_pieces(blog: Make, item: Make) -> None:
    """A loop that shows nothing for a thousand pages and more does not end the page."""
    for nothing in ("''", "page.description"):
        template = f"a{{% for n in range(3000) %}}{{{{ {nothing} }}}}{{% endfor %}}z"
        assert blog(template, item()).html(subject="posts/a.md") == "az"


def test_fragments(blog: Make, item: Make) -> None:
    """A fragment is rendered once without a page; a page that shows it depends on its HTML, not on what is in it."""
    made = blog(
        "<{{ fragment('side.html') }}>", item(), files={"templates/side.html": "{% for p in site.posts %}{{ p.title }}{% endfor %}&"}
    )
    assert made.theme.fragments == ("side.html",)
    html, names = made.views.fragment_html("side.html")
    assert html == "A&"
    assert names == {("template", "side.html"), ("lists", "posts"), ("title", "posts/a.md")}
    made.fragments["side.html"] = html
    assert made.html(subject="posts/a.md") == "<A&>"
    assert ("fragment", "side.html") in made.names
    assert ("lists", "posts") not in made.names


def test_fragments_have_no_page(blog: Make) -> None:
    """A fragment that asks for the page is an error that says why."""
    made = blog("{{ fragment('side.html') }}", files={"templates/side.html": "\n{{ page.title }}"})
    with pytest.raises(WolError) as caught:
        made.views.fragment_html("side.html")
    found = caught.value.diagnostics[0]
    assert (found.code, str(found.span)) == ("template-name", "<default>/templates/side.html:2")
    assert "a fragment has no page" in found.hint
    assert found.notes == ("while rendering the fragment `side.html`",)


def test_fragments_that_are_not_there(blog: Make) -> None:
    """A fragment without a template, or with a name that is not written out, is an error."""
    with pytest.raises(WolError) as caught:
        blog("{{ fragment('nope.html') }}").html()
    assert caught.value.diagnostics[0].code == "template-missing"
    with pytest.raises(WolError) as caught:
        blog("{{ fragment('page' ~ '.html') }}").html()
    assert caught.value.diagnostics[0].code == "template-failed"


def test_callouts_are_the_themes(blog: Make, item: Make) -> None:
    """A callout is rendered by its template, with what it holds as HTML, and depends on that template."""
    callout = Callout("tip", ("T &amp; ",), ("<p>x</p>", Callout("tip", (), ("in",))), "-", "i", ("c",), ("w",), {"k": "v"})
    files = {
        "templates/callouts/tip.html": "<{{ callout.name }} {{ callout.id }} {{ callout.open }} {{ callout.values.k }} {{ page.slug }}>"
        "{{ callout.title }}{{ callout.content }}</>"
    }
    made = blog("{{ page.content }}", item(), files=files, bodies={"posts/a.md": Body(parts=(callout,))})
    assert made.html(subject="posts/a.md") == "<tip i False v a>T &amp; <p>x</p><tip  True  a>in</></>"
    assert ("template", "callouts/tip.html") in made.names


def test_a_text_in_several_feeds_is_used_by_each(blog: Make, item: Make) -> None:
    """The second feed takes the text that the first one made, and depends on all that it depends on."""
    body = Body(parts=(Open(0), "B", Close()), links=(Link("link", "b.md", "b.md"),))
    views = blog("", item("a.md"), item("b.md"), bodies={"a.md": body}).views
    used = []
    for path in ("feed.xml", "atom.xml"):
        with views.recording(Target(path=path, kind="rss")) as names:
            assert views.content("a.md", absolute=True) == '<a href="https://example.org/blog/b/">B</a>'
        used.append(names)
    assert used[0] == used[1]
    assert {("body", "a.md"), ("paths", "b.md"), ("url", "b.md")} <= used[0]


def test_callouts_in_feeds_are_made_for_each(blog: Make, item: Make) -> None:
    """What a template has a part in may differ from feed to feed."""
    files = {"templates/callouts/note.html": "<p>{{ url }}</p>"}
    views = blog("", item("a.md"), files=files, bodies={"a.md": Body(parts=(Callout("note", (), ()),))}).views
    for path in ("feed.xml", "atom.xml"):
        with views.recording(Target(path=path, kind="rss")):
            assert views.content("a.md", absolute=True) == f"<p>/blog/{path}</p>"


def test_settings_and_files(blog: Make) -> None:
    """Settings are handed out one by one, files by their path; both are recorded."""
    made = blog("")
    with made.views.recording(Target(path="x", kind="x")) as names:
        assert made.views.config("site.title") == "T"
        assert made.views.config("extra.nope") is None
        assert made.views.source("<default>/templates/page.html") == b""
    assert names == {("config", "site.title"), ("config", "extra.nope"), ("file", "<default>/templates/page.html")}


def test_assets(blog: Make) -> None:
    """An asset is known by its name; one that is not there is an error with the nearest name."""
    made = blog("\n{{ 'style.css'|asset }}", files={"assets/style.css": ""})
    assert made.html() == "/blog/assets/style.css"
    assert ("assets", "style.css") in made.names
    with pytest.raises(WolError) as caught:
        blog("\n{{ 'stile.css'|asset }}", files={"assets/style.css": ""}).html()
    found = caught.value.diagnostics[0]
    assert (found.code, str(found.span), found.hint) == ("asset-missing", "<default>/templates/page.html:2", "did you mean `style.css`?")


def test_imported_macros_record_for_every_page(blog: Make, item: Make) -> None:
    """The second page that imports a macro file depends on what it uses as the first one does."""
    files = {"templates/m.html": "{% set css = 'style.css'|asset %}{% macro link() %}{{ css }}{% endmacro %}", "assets/style.css": ""}
    made = blog("{% from 'm.html' import link %}{{ link() }}", item(), item("posts/b.md"), files=files)
    made.html(subject="posts/a.md")
    first = made.names
    made.html(subject="posts/b.md")
    assert ("assets", "style.css") in first & made.names


def test_prose_is_no_template(blog: Make, item: Make) -> None:
    """Template syntax in a text or a title is printed as it stands (fault C15)."""
    text = "{{ config }} {% include '/etc/passwd' %} {{ ''.__class__ }}"
    made = blog("{{ page.title|safe }}\n{{ page.content }}", item(title=text), bodies={"posts/a.md": Body(parts=(text,))})
    assert made.html(subject="posts/a.md") == f"{text}\n{text}"


def test_titles_of_every_kind_are_escaped(blog: Make, item: Make) -> None:
    """No title breaks out of its place; what no file can hold is replaced (fault C14)."""
    title = "</title><script>\"'&\ud800"
    shown = blog('<title>{{ page.title }}</title><i title="{{ page.title }}">', item(title=title)).html(subject="posts/a.md")
    escaped = "&lt;/title&gt;&lt;script&gt;&#34;&#39;&amp;\ufffd"
    assert shown == f'<title>{escaped}</title><i title="{escaped}">'


def test_the_same_views_serve_many_targets(blog: Make, item: Make) -> None:
    """Nothing that one target asked for is left over for the next, and recordings nest."""
    made = blog("{{ page.title }}", item(), item("posts/b.md"))
    with made.views.recording(Target(path="x", kind="x")) as outer:
        made.views.config("site.title")
        made.html(subject="posts/b.md")
        made.views.config("site.language")
    assert outer == {("config", "site.title"), ("config", "site.language")}
    assert ("title", "posts/b.md") in made.names


def test_link_posts(blog: Make, item: Make) -> None:
    """The title of a link post leads elsewhere, to a source beside it, or nowhere if that is not published."""
    page = "{{ page.link }}"
    for typed, shown in (
        ("https://e.example/x y", "https://e.example/x%20y"),
        ("b.md#p", "/blog/b/#p"),
        ("../about.md", "/blog/about/"),
        ("/z/", "/blog/z/"),
        ("no.md", ""),
    ):
        made = blog(page, item(link=typed), item("posts/b.md"), item("about.md", url="/about/", kind="page"))
        assert made.html(subject="posts/a.md") == shown


def test_licence_and_tombstones(blog: Make, item: Make) -> None:
    """The site's licence holds where an item has none; a withdrawn item has a state and a reason."""
    made = blog("{{ page.licence }}", item(licence="MIT"), item("posts/b.md"), site={"licence": "CC-BY-4.0"})
    assert [made.html(subject=f"posts/{n}.md") for n in "ab"] == ["MIT", "CC-BY-4.0"]
    made = blog("{{ page.state }} {{ page.gone_reason }} {{ page.listed }}", item(gone=True, gone_reason="wrong"))
    assert made.html(subject="posts/a.md") == "gone wrong False"


def test_years(blog: Make) -> None:
    """Years and months come from the table of the archives; without that feature there are none."""
    years = {"": [{"year": "2026", "url": "/2026/", "count": 3, "months": [{"month": "11", "url": "/2026/11/", "count": 2}]}]}
    page = "{% for y in site.years %}{{ y.year }} {{ y.url }} {{ y.count }}{% for m in y.months %} {{ m.year }}-{{ m.month }} {{ m.url }} {{ m }}{% endfor %}{% endfor %}"
    assert blog(page, tables={"years": years}).html() == "2026 /blog/2026/ 3 2026-11 /blog/2026/11/ 11"
    assert blog(page).html() == ""


def test_feeds_of_a_term(blog: Make, item: Make) -> None:
    """A term knows its feeds, ready for HTML."""
    feeds = {"/tags/x/": [{"title": "T: x (RSS)", "url": "/tags/x/feed.xml", "type": "application/rss+xml"}]}
    made = blog(
        "{% for f in page.tags[0].feeds %}{{ f.title }} {{ f.url }} {{ f.url|url }} {{ f.type }}{% endfor %}",
        item(tags=("x",)),
        tables={"feeds": feeds},
    )
    assert made.html(subject="posts/a.md") == "T: x (RSS) /blog/tags/x/feed.xml /blog/tags/x/feed.xml application/rss+xml"


@pytest.mark.parametrize("template", ["{{ site.by_id(3) }}", "{{ site.by_id([1]) }}", "{{ 3|t }}", "{{ page.extra[3] }}"])
def test_recorded_names_are_texts(blog: Make, item: Make, template: str) -> None:
    """Whatever a template asks for, what is recorded can be sorted and stored."""
    made = blog(template, item())
    made.html(subject="posts/a.md")
    assert all(type(part) is str for name in made.names for part in name)


def test_compiled_templates_outlive_a_site(blog: Make, item: Make) -> None:
    """The next build of the same theme takes the compiled templates over, and sees its own site; another theme does not."""
    from wol.render.recorded_views import SiteViews

    first = blog("{{ page.title }}", item())
    assert first.html(subject="posts/a.md") == "A"
    second = blog("{{ page.title }}", item(title="New"))
    parts: dict[str, Any] = {"bodies": second.views._bodies, "read": second.views._read, "reader": second.views._reader}
    kept = SiteViews(second.site, second.theme, **parts, templates=first.views.templates)
    assert kept.templates is first.views.templates
    second.views = kept
    assert second.html(subject="posts/a.md") == "New"
    other = blog("{{ page.slug }}", item())
    assert SiteViews(other.site, other.theme, **parts, templates=first.views.templates).templates is not first.views.templates


def test_a_theme_can_be_sent_to_another_process(blog: Make) -> None:
    """Where processes are not forked, the theme goes to each of them."""
    import pickle

    theme = blog("x").theme
    assert pickle.loads(pickle.dumps(theme)) == theme


def test_views_are_what_features_are_promised(blog: Make) -> None:
    """The protocol of the model is kept, as the type checker sees it too."""
    views: Views = blog("x").views
    names = [n for n in vars(Views) if not n.startswith("_")]
    assert names
    assert all(callable(getattr(views, n)) for n in names)


PRINTED = (
    "{{ v }}|{% set s %}{{ v }}{% endset %}{{ s }}|{% macro m(x) %}<i>{{ x }}{% if caller %}{{ caller() }}{% endif %}</i>{% endmacro %}{{ m(v) }}|{% call m(1) %}{{ v }}{% endcall %}|{{ v ~ '<' }}"
    "|{{ v|safe }}|{% filter upper %}{{ v }}{% endfilter %}|{{ v|e }}|{{ [v] }}|{% autoescape false %}{{ v }}{% endautoescape %}|{{ 1 }}{{ 1.5 }}{{ true }}"
)


@given(value=st.text(alphabet=st.sampled_from(list("a<>&'\" é{}%"))))
def test_printing_is_that_of_jinja(value: str) -> None:
    """What is printed is escaped where Jinja escapes it, once and no more."""
    from jinja2 import Environment

    from wol.render.environment import ThemeEnvironment
    from wol.render.printing import joined
    from wol.theme.lookup import Lookup

    ours = ThemeEnvironment(Lookup((), {}), lambda path: b"", {}, {}).from_string(PRINTED)
    theirs = Environment(autoescape=True).from_string(PRINTED)
    assert joined(ours.root_render_func(ours.new_context({"v": value}))).html == theirs.render(v=value)
