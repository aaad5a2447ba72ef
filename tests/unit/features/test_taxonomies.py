"""Names of terms as readers see them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Literal
from unicodedata import normalize

from harness.site import Site


def test_names_that_differ_in_normal_form_are_one(site: Callable[..., Site]) -> None:
    """`é` is one sign or two, by the system that it was typed on; no reader sees it, so nothing is told."""
    post = "---\ntitle: {}\ndate: 2026-10-0{}\ntags: [{}]\nseries: {}\n---\nWords.\n"
    forms: tuple[Literal["NFC", "NFD"], ...] = ("NFC", "NFD", "NFC", "NFD")
    here = site(
        {f"content/posts/{n}.md": post.format(n, n + 1, normalize(form, "Café"), normalize(form, "Été")) for n, form in enumerate(forms)}
    )
    report = here.build()
    assert [one.message for one in report.diagnostics if one.code == "term-variants"] == []
    assert [path for path in here.files() if path.startswith(("tags/caf", "series/"))] == [
        *("series/index.html", "series/été/index.html"),
        *("tags/café/atom.xml", "tags/café/feed.json", "tags/café/feed.xml", "tags/café/index.html"),
    ]
