"""The text of a page that somebody looks at is read before the scan: that shows it sooner, and changes nothing of what is committed."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import pytest

from harness.onlooker import Onlooker
from harness.site import CONFIG, NOW, Site, differences
from wol.engine import scanning
from wol.engine.session import Session
from wol.errors import WolError
from wol.features import registry
from wol.model.target import BuildReport

HERE = ".wol/preview"
POST = "---\ntitle: {}\ndate: 2026-10-{:02}\n---\n{}\n"
FILES: dict[str, str | bytes] = {f"content/posts/p{n}.md": POST.format(f"Number {n}", n + 1, f"Text {n}.") for n in range(9)}
PAGE = "2026/10/p{}/index.html".format
LOOKED_AT = (PAGE(3), "index.html", PAGE(5), "feed.xml")


@pytest.fixture
def session() -> Session:
    return Session(registry.load)


def build(session: Session, here: Site, ahead: Onlooker | None, **options: object) -> BuildReport:
    return session.build(here.request(preview=True, ahead=ahead, **options))


def good(here: Site) -> None:
    """The preview is as a build from nothing makes it."""
    files = here.files(HERE)
    here.build(preview=True, clean=True)
    assert not (told := differences(here.files(HERE), files)), told


@contextmanager
def told_before_the_scan(ahead: Onlooker) -> Iterator[list[str]]:
    """Give what is told before the scan begins."""
    before: list[str] = []
    take = scanning.scan_files

    def watched(*given: object) -> object:
        before.extend(ahead.order)
        return take(*given)  # type: ignore[arg-type]  # whatever it is given

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(scanning, "scan_files", watched)
        yield before


def test_an_edited_text_is_told_before_the_scan(site: Callable[..., Site], session: Session) -> None:
    """Of what somebody looks at, all that follows from it: the page, the home page, the feed. It is told once."""
    here = site(FILES)
    build(session, here, None)
    here.write("content/posts/p3.md", POST.format("A new title", 4, "A new text."))
    ahead = Onlooker(LOOKED_AT)
    with told_before_the_scan(ahead) as before:
        report = build(session, here, ahead)
    assert before == [PAGE(3), "index.html", "feed.xml"]
    assert sorted(ahead.order) == sorted(o.path for o in report.outcomes if o.written)
    assert b"A new text." in here.files(HERE)[PAGE(3)]
    good(here)


def test_a_session_that_begins_with_nothing_to_do(site: Callable[..., Site], session: Session) -> None:
    """It knows the site after that as after any build."""
    here = site(FILES)
    here.build(preview=True)
    assert build(session, here, None).rendered == 0
    here.write("content/posts/p3.md", POST.format("Number 3", 4, "A new text."))
    ahead = Onlooker(LOOKED_AT)
    with told_before_the_scan(ahead) as before:
        build(session, here, ahead)
    assert before[0] == PAGE(3)
    good(here)


OTHERS: dict[str, tuple[str, str | bytes | None]] = {
    "another post": ("content/posts/p5.md", POST.format("Number 5", 6, "Another text.")),
    "the title of a neighbour": ("content/posts/p4.md", POST.format("Another neighbour", 5, "Text 4.")),
    "a new post": ("content/posts/new.md", POST.format("New", 4, "Text.")),
    "a post that is gone": ("content/posts/p4.md", None),
    "a template": ("themes/mine/templates/post.html", "{{ page.title }} {{ page.content }} again"),
    "a static file": ("static/a.txt", "a"),
    "the settings": ("site.toml", CONFIG.replace("A Site", "Another") + "[theme]\nuse = ['mine']\n"),
    "a file that is no text": ("content/posts/p5.rst", "Text"),
}


@pytest.mark.parametrize("other", OTHERS)
def test_more_was_edited(site: Callable[..., Site], session: Session, other: str) -> None:
    """What the scan finds besides is built too, and told: the last word is what is committed."""
    template = "themes/mine/templates/post.html"
    here = site(
        {**FILES, template: "{{ page.title }} {{ page.content }} {{ page.next.title if page.next }}"}, CONFIG + "[theme]\nuse = ['mine']\n"
    )
    build(session, here, None)
    here.write("content/posts/p3.md", POST.format("A new title", 4, "A new text."))
    path, text = OTHERS[other]
    if text is None:
        here.remove(path)
    else:
        here.write(path, text)
    ahead = Onlooker(LOOKED_AT)
    report = build(session, here, ahead)
    written = [o.path for o in report.outcomes if o.written]
    assert PAGE(3) in written
    assert {p: here.files(HERE)[p] for p in written} == {p: ahead.files[p] for p in written}
    assert ("source-unsupported" in {d.code for d in report.diagnostics}) == (other == "a file that is no text")
    good(here)


EDITS: dict[str, str | None] = {
    "in error": "---\ntitle: [\n---\n",
    "removed": None,
    "private": "---\ntitle: Number 3\ndate: 2026-10-04\nprivate: yes\n---\nText.\n",
    "at another place": "---\ntitle: Number 3\ndate: 2026-10-04\nslug: moved\n---\nText.\n",
    "at the place of another": "---\ntitle: Number 3\ndate: 2026-10-04\nslug: p4\n---\nText.\n",
    "in words that other bytes say": POST.format("Number 3", 4, "Text 3.\n\n"),
}


@pytest.mark.parametrize("edit", EDITS)
def test_whatever_becomes_of_the_text(site: Callable[..., Site], session: Session, edit: str) -> None:
    """An edit that is wrong is told of as by any build, and changes nothing; any other is as from nothing."""
    here, plain = site(FILES), site(FILES)
    build(session, here, None)
    text = EDITS[edit]
    for one in (here, plain):
        if text is None:
            one.remove("content/posts/p3.md")
        else:
            one.write("content/posts/p3.md", text)
    if edit not in ("in error", "at the place of another"):
        build(session, here, Onlooker(LOOKED_AT))
    else:
        before = here.files(HERE)
        with pytest.raises(WolError) as error:
            build(session, here, Onlooker(LOOKED_AT))
        assert error.value.diagnostics == plain.errors(preview=True)
        assert here.files(HERE) == before
        here.write("content/posts/p3.md", POST.format("Number 3", 4, "Mended."))
        build(session, here, Onlooker(LOOKED_AT))
    good(here)


def test_links_are_left_to_the_scan(site: Callable[..., Site], session: Session) -> None:
    """A text that has become a link, or lies below one, is not read before it is known where it leads."""
    here = site({**FILES, "content/notes/deep/note.md": "# Note\n\nText.\n"})
    build(session, here, None)
    secret = here.root.parent / "secret"
    (secret / "deep").mkdir(parents=True)
    (secret / "deep/note.md").write_text("zqsecret", "utf-8")
    here.remove("content/posts/p3.md")
    (here.root / "content/posts/p3.md").symlink_to(secret / "deep/note.md")
    ahead = Onlooker((PAGE(3), "notes/deep/note/index.html"))
    with pytest.raises(WolError, match="leads out"):
        build(session, here, ahead)
    here.remove("content/posts/p3.md")
    here.write("content/posts/p3.md", FILES["content/posts/p3.md"])
    here.remove("content/notes")
    os.symlink(secret, here.root / "content/notes")
    with pytest.raises(WolError, match="leads out"):
        build(session, here, ahead)
    assert not any(b"zqsecret" in data for data in ahead.files.values())


@pytest.mark.parametrize("option", [{"base_url": "http://127.0.0.1:1"}, {"drafts": True}, {"at": NOW + 400 * 86_400_000_000}])
def test_other_options(site: Callable[..., Site], session: Session, option: dict[str, object]) -> None:
    """Where more than a text is another, the scan comes first."""
    later = {"content/posts/later.md": "---\ndate: 2027-10-01\n---\nLater.\n"}
    here = site({**FILES, **later})
    build(session, here, None)
    here.write("content/posts/p3.md", POST.format("Number 3", 4, "A new text."))
    ahead = Onlooker(LOOKED_AT)
    with told_before_the_scan(ahead) as before:
        build(session, here, ahead, **option)
    assert before == []
    assert PAGE(3) in ahead.order


def test_an_output_that_was_taken_away(site: Callable[..., Site], session: Session) -> None:
    """Files are staged under other names then, and all of them are made."""
    here = site(FILES)
    build(session, here, None)
    here.remove(HERE)
    here.write("content/posts/p3.md", POST.format("Number 3", 4, "A new text."))
    build(session, here, Onlooker(LOOKED_AT))
    good(here)


def test_another_process_has_built(site: Callable[..., Site], session: Session) -> None:
    """What the session remembers is not used then."""
    here = site(FILES)
    build(session, here, None)
    here.write("content/posts/p4.md", POST.format("Another neighbour", 5, "Text 4."))
    here.build(preview=True)
    here.write("content/posts/p3.md", POST.format("Number 3", 4, "A new text."))
    ahead = Onlooker(LOOKED_AT)
    with told_before_the_scan(ahead) as before:
        build(session, here, ahead)
    assert before == []
    good(here)


def test_an_edit_that_is_taken_back(site: Callable[..., Site], session: Session, monkeypatch: pytest.MonkeyPatch) -> None:
    """A text that is again what it was when the scan comes leaves nothing to do."""
    here = site(FILES)
    build(session, here, None)
    before = here.files(HERE)
    here.write("content/posts/p3.md", POST.format("Number 3", 4, "A new text."))
    os.utime(here.root / "content/posts/p3.md", ns=(1, 1))
    take = scanning.scan_files

    def taken_back(*given: object) -> object:
        here.write("content/posts/p3.md", FILES["content/posts/p3.md"])
        return take(*given)  # type: ignore[arg-type]  # whatever it is given

    monkeypatch.setattr(scanning, "scan_files", taken_back)
    ahead = Onlooker(LOOKED_AT)
    report = build(session, here, ahead)
    assert b"A new text." in ahead.files[PAGE(3)]
    assert not [o for o in report.outcomes if o.written]
    assert here.files(HERE) == before
    assert not (here.root / ".wol/state/preview/stage").exists()
    good(here)
