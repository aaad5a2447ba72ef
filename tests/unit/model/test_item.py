"""Items as they are stored: what goes into the page store comes out of it as it was."""

from __future__ import annotations

from collections.abc import Callable

import msgspec

from harness.site import Site
from wol.model.item import Body, Callout, Close, Link, Open, Place


def test_pieces_inside_callouts_are_stored() -> None:
    """What a callout holds comes back as the pieces that it was, also in a callout within a callout."""
    inner = Callout("tip", ("In",), (Open(0), "there", Close(), '<img src="', Place(1), '">'))
    body = Body(
        (Callout("note", (Open(0), "Title", Close()), ("<p>", inner)),), (Link("link", "/a/", "a", "/a/"), Link("image", "b.jpg", "b.jpg"))
    )
    assert msgspec.msgpack.decode(msgspec.msgpack.encode(body), type=Body) == body


def test_a_link_inside_a_callout_of_the_theme(site: Callable[..., Site]) -> None:
    """A theme that renders callouts itself gets the links in them filled in."""
    here = site(
        {
            "content/about.md": "# About\n",
            "content/notes/a.md": "> [!note] See [there](/about/)\n> and [here](../about.md).\n",
            "themes/mine/templates/callouts/note.html": "<aside>{{ callout.title }}: {{ callout.content }}</aside>",
        },
        config='[site]\ntitle = "T"\nbase_url = "https://example.org"\n[theme]\nuse = ["mine"]\n',
    )
    here.build()
    assert '<aside>See <a href="/about/">there</a>: <p>and <a href="/about/">here</a>.</p>' in here.read("notes/a/index.html")
