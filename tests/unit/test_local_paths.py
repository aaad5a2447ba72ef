"""Links and images that work only on the writer's computer: none is published."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from harness.site import CONFIG, Site
from wol.errors import Diagnostic, WolError
from wol.local_paths import hint, is_home, is_local

LOCAL = r"""
[a](file:///home/ada/x.pdf)
![a](FILE:///C:/Users/Ada/x.png)
[a](file:C:/x.pdf)
[a](file://server/share/x.pdf)
<file:///home/ada/x.pdf>
![a](C:\Users\Ada\x.png)
![a](c:/Users/Ada/x.png)
![a](/C:/Users/Ada/x.png)
![a](C%3A%5CUsers%5CAda%5Cx.png)
![a](C:\Users\Ada Lovelace\my picture.png)
[a](<C:\Users\Ada Lovelace\x.pdf>)
[a](\\server\share\x.pdf)
[a](\\\\server\share\x.pdf "Title")
[ref]: file:///home/ada/ref.pdf
[**bold** words](file:///home/ada/x.pdf)
![a](app://local/C:/Users/Ada/x.png)
![a](blob:https://example.org/123)
![a](content://media/external/images/1)
![a](webkit-fake-url://123/x.png)
[a](vscode://file/home/ada/x.md:12)
[![a](file:///x.png)](/)
| a | ![a](file:///x.png) |
> ![a](file:///x.png)
- ![a](file:///x.png)
<img src="C:\Users\Ada\x.png" alt="a">
<img src="x" srcset="file:///x.png 2x" alt="a">
<video poster="file:///x.png"></video>
<a href="\\server\share\x.pdf">a</a>
<object data="file:///x.pdf"></object>
<img data-src="D:\x.png" alt="a" src="/">
<div style="background: url('file:///x.png')"></div>
<form action="file:///x"></form>
"""

INNOCENT = r"""
[a](https://example.org/C:/Users/)
[a](mailto:ada@example.org)
[a](tel:+4412345)
[a](obsidian://show-plugin?id=x)
[a](vscode:extension/ada.x)
[a](magnet:?xt=urn:btih:1)
[a](#C:x)
[a](https://example.org/?file:///x)
`![a](C:\Users\Ada\x.png)` and `file:///home/ada`
Open C:\Users\Ada\x.png or file:///home/ada/x.pdf, or \\server\share.
See (C:\Users\Ada\), [note] and /home/ada/x.
![a](data:image/gif;base64,R0lGODlhAQABAAAAACw=)
<code title="C:\Users\Ada">x</code>
\[a](file:///home/ada/x.pdf) is how not to do it.
<!-- ![a](C:\Users\Ada\x.png) -->

    ![a](C:\Users\Ada\x.png)

```
[a](file:///home/ada/x.pdf)
<img src="C:\Users\Ada\x.png">
```
"""


def told(made: Site) -> list[Diagnostic]:
    """Give the errors of a build; none if it succeeds."""
    try:
        made.build()
    except WolError as error:
        return [d for d in error.diagnostics if d.severity == "error"]
    return []


def test_each_is_an_error_at_its_line(site: Callable[..., Site]) -> None:
    """Whatever it is spelt like, in Markdown and HTML, in tables, quotes and lists."""
    lines = [line for line in LOCAL.splitlines() if line]
    text = "".join(f"{line}\n\n" for line in lines)
    found = told(site({"content/posts/2026-01-01-a.md": text}))
    assert {d.code for d in found} == {"link-local"}
    assert [d.span.line for d in found if d.span] == [1 + 2 * number for number in range(len(lines))]


def test_mentions_are_text(site: Callable[..., Site]) -> None:
    """Paths in prose and code are what many posts are about; and other programs' addresses work for those who have them."""
    assert not told(site({"content/posts/2026-01-01-a.md": INNOCENT}))


def test_home_folders(site: Callable[..., Site]) -> None:
    """A path of a home folder is an error only if it leads nowhere: `/home/` may be a folder of the site. Old pages below it are broken links."""
    files = {
        "content/home/ada/x.pdf": b"x",
        "content/a.md": "[a](/home/ada/x.pdf)\n\n[b](/home/about/team.html) [c](/home/2012/party/) [d](/home/about/us)\n",
        "content/b.md": "![a](/Users/ada/x.png)\n\n![b](/home/ada/y.png)\n\n[c](/home/ada/z.pdf)\n\n![d](~/x.png)\n\n![e](/mnt/c/Users/ada/x.png)\n",
        "content/c.md": "---\nimage: /Users/ada/x.png\n---\n",
    }
    expected = [
        ("content/b.md", 1),
        ("content/b.md", 3),
        ("content/b.md", 5),
        ("content/b.md", 7),
        ("content/b.md", 9),
        ("content/c.md", 2),
    ]
    for config in (CONFIG, CONFIG + '[links]\nbroken = "ignore"\n'):
        found = told(site(files, config))
        assert [(d.span.path, d.span.line) for d in found if d.span and d.code == "link-local"] == expected


@pytest.mark.parametrize(
    "field",
    [
        r"image: C:\Users\Ada\x.png",
        "image: {src: 'file:///x.png', alt: a}",
        r"cover: C:\Users\Ada\x.png",
        "link: file:///home/ada/x.pdf",
        r"link: \\server\share\x.pdf",
        "canonical: file:///home/ada/x.html",
        "syndication: [file:///x]",
        "authors: [{name: Ada, url: 'file:///home/ada/index.html'}]",
        "licence: file:///home/ada/LICENCE",
        "summary: '![a](file:///x.png)'",
    ],
)
def test_front_matter(field: str, site: Callable[..., Site]) -> None:
    """The fields that are published as links and pictures, by all their names."""
    found = told(site({"content/posts/2026-01-01-a.md": f"---\ntitle: A\n{field}\n---\ntext\n"}))
    assert [(d.code, d.span.line) for d in found if d.span] == [("link-local", 3)]


@pytest.mark.parametrize(
    "setting",
    ['[site.author]\nphoto = "file:///x.png"', '[site.author]\nme = ["file:///x"]', '[theme]\nnav = [{text = "A", to = "file:///x"}]'],
)
def test_settings(setting: str, site: Callable[..., Site]) -> None:
    """Addresses in `site.toml` too."""
    assert [d.code for d in told(site({"content/a.md": "x"}, f"{CONFIG}{setting}\n"))] == ["link-local"]


def test_hints() -> None:
    """The hint is what to write, with brackets where a name needs them."""
    assert hint(r"C:\Users\Ada\x.png") == "copy `x.png` next to this file and write `x.png`; if it is an example, put it in backticks"
    assert hint("file:///home/ada/my%20x.png", in_text=False) == "copy `my x.png` next to this file and write `my x.png`"
    assert "<my x.png>" in hint("file:///home/ada/my%20x.png")
    assert "its name alone" in hint("file:///")
    assert "published" in hint("app://local/x")
    assert not is_local("/C/x")
    assert not is_home("/home/", "link")
