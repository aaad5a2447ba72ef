"""Nothing that may be a post is passed over in silence, and what programs keep for themselves is never read or published."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from harness.site import Site

POST = "---\ntitle: A\ndate: 2026-11-20\n---\n{}\n"


def told(here: Site) -> list[str]:
    """Return the paths of files that the next build reports as unread."""
    return [d.span.path for d in here.build().diagnostics if d.code == "source-unread" and d.span]


@pytest.mark.parametrize(
    "name",
    [
        *("a.txt", "a.md.txt", "a.markdown.txt", "a.text", "a.docx", "a.doc", "a.odt", "a.rtf", "a.pages"),
        *("a.mkd", "a.mdown", "A.TXT", "a b.txt", "ä.txt", "robots.txt"),
    ],
)
def test_documents(site: Callable[..., Site], name: str) -> None:
    """A document that no post links to is told until one does, or until it is ignored."""
    here = site({"content/posts/p.md": POST.format("Words."), f"content/posts/{name}": "Words."})
    assert told(here) == [f"content/posts/{name}"] == told(here)
    here.write("content/posts/p.md", POST.format(f"[x](<{name}>)"))
    assert told(here) == []
    here.write("content/posts/p.md", POST.format("Words."))
    assert told(here) == [f"content/posts/{name}"]
    here.write("site.toml", (here.root / "site.toml").read_text() + f'\n[content]\nignore = ["{name}"]\n')
    assert told(here) == []


def test_documents_of_bundles(site: Callable[..., Site]) -> None:
    """The files of a bundle are published with it, so nobody overlooks them."""
    here = site({"content/posts/p/index.md": POST.format("Words."), "content/posts/p/a.txt": "Words.", "content/a.pdf": "%PDF"})
    assert told(here) == []
    assert "2026/11/p/a.txt" in here.files()


@pytest.mark.parametrize(
    "name", ["~$a.md", "._a.md", "Icon\r", ".DS_Store", ".AppleDouble/a.md", "desktop.ini", "Thumbs.db", "__MACOSX/a.md"]
)
@pytest.mark.parametrize("folder", ["content/posts", "static", "static/img"])
def test_files_of_programs(site: Callable[..., Site], folder: str, name: str) -> None:
    """What systems and office programs keep for themselves is no part of a site, wherever it is."""
    here = site({"content/posts/p.md": POST.format("Words.")})
    before = here.build() and here.files()
    here.write(f"{folder}/{name}", POST.format("Not for readers."))
    assert not here.build().diagnostics
    assert here.files() == before


def test_markdown_beside_the_content_folder(site: Callable[..., Site]) -> None:
    """A post at the top of a site is told; another Markdown file is in `wol list --why`; what a repository has there is neither."""
    here = site({"content/posts/p.md": POST.format("Words."), "late.md": POST.format("Words."), "ideas.md": "Words.", "README.md": POST})
    assert told(here) == ["late.md"]
    assert "ideas.md: it is outside the folder `content`" in here.run("list", "--why").stdout


def test_a_link_in_static_that_leads_nowhere(site: Callable[..., Site]) -> None:
    """It is an error under its own path."""
    here = site({"content/posts/p.md": POST.format("Words."), "static/img/a.png": "a"})
    (here.root / "static/img/b.png").symlink_to("nowhere.png")
    (one,) = here.errors()
    assert one.code == "source-unreadable"
    assert one.span is not None
    assert one.span.path == "static/img/b.png"
