"""A preview tells of its pages as they are made, first of those that somebody looks at; what is committed is the same, and whole."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pytest

from harness.onlooker import Onlooker
from harness.site import CONFIG, Site, differences
from wol.engine import rendering
from wol.engine.output.output_state import OutputState
from wol.engine.request import BuildRequest
from wol.engine.session import Session
from wol.errors import WolError
from wol.features import registry
from wol.model.target import BuildReport

HERE = ".wol/preview"
POST = "---\ntitle: {}\ndate: 2026-10-{:02}\n---\n{}\n"
POSTS: dict[str, str | bytes] = {f"content/posts/p{n}.md": POST.format(f"Number {n}", n % 28 + 1, f"Text {n}.") for n in range(90)}
PAGE = "2026/10/p{}/index.html".format
JOBS = pytest.mark.parametrize("jobs", [1, 2])


def preview(here: Site, ahead: Onlooker | None = None, jobs: int = 1, session: Session | None = None) -> BuildReport:
    """Build a preview."""
    return (session or Session(registry.load)).build(here.request(preview=True, ahead=ahead, jobs=jobs))


@pytest.fixture(autouse=True)
def small_batches(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rendering, "BATCH", 8)


@JOBS
def test_all_is_told_and_is_what_is_committed(site: Callable[..., Site], jobs: int) -> None:
    """From nothing and after edits: each file that is written is told once, readable and as it will be; the output is as without anybody who looks."""
    here, plain = site(POSTS), site(POSTS)
    session = Session(registry.load)
    wanted = (PAGE(80), "index.html", "nothing/here.html")
    edits: list[Mapping[str, str]] = [
        {},
        {"content/posts/p80.md": POST.format("Number 80", 80 % 28 + 1, "Another text.")},
        {"content/posts/p27.md": POST.format("A new title", 28, "Text 27."), "site.toml": CONFIG.replace("A Site", "Another")},
    ]
    for edit in edits:
        for path, text in edit.items():
            here.write(path, text)
            plain.write(path, text)
        ahead = Onlooker(wanted)
        report = preview(here, ahead, jobs, session)
        preview(plain)
        assert not (told := differences(plain.files(HERE), here.files(HERE))), told
        assert sorted(ahead.order) == sorted(outcome.path for outcome in report.outcomes if outcome.written)
        assert {path: here.files(HERE)[path] for path in ahead.order} == ahead.files
        assert not any(place.exists() for place in ahead.places)
    assert len(ahead.order) > len(POSTS)


@JOBS
def test_what_is_looked_at_comes_first(site: Callable[..., Site], jobs: int) -> None:
    """Wanted files are rendered before all others, one after the other in the order in which they are wanted, if they are outdated."""
    here = site(POSTS)
    ahead = Onlooker((PAGE(7), "page/2/index.html", PAGE(3)))
    preview(here, ahead, jobs)
    assert ahead.told[:3] == [(PAGE(7),), ("page/2/index.html",), (PAGE(3),)]
    here.write("content/posts/p27.md", POST.format("A new title", 28, "Text 27."))
    ahead = Onlooker((PAGE(5), "index.html", PAGE(27), PAGE(27)))
    preview(here, ahead, jobs)
    assert ahead.told[:2] == [("index.html",), (PAGE(27),)]
    assert PAGE(5) not in ahead.order


@JOBS
def test_somebody_who_comes_while_it_is_built(site: Callable[..., Site], jobs: int) -> None:
    """What is asked for during a build comes next, though it would be among the last."""
    here = site(POSTS)
    last = "sitemap.xml"
    ahead = Onlooker((), (), (last,))
    preview(here, ahead, jobs)
    assert len(ahead.told[0]) == 8
    if jobs == 1:  # of several processes one may have done all batches when the first result comes
        assert ahead.told[1] == (last,)
    assert ahead.order.count(last) == 1
    plain = site(POSTS)
    preview(plain)
    assert not (told := differences(plain.files(HERE), here.files(HERE))), told


@JOBS
def test_a_build_in_error_drops_what_it_told(site: Callable[..., Site], jobs: int) -> None:
    """Whether a page that is looked at fails or another: the output stays, what was told is dropped, and the errors are those of any build."""
    template = "themes/mine/templates/post.html"
    here = site({**POSTS, template: "{{ page.title }}"}, CONFIG + "[theme]\nuse = ['mine']\n")
    preview(here)
    before = here.files(HERE)
    here.write(template, "{{ page.title }} {{ 1 / (page.title != 'Number 60') }} {{ 1 / (page.title != 'Number 70') }}")
    expected = here.errors(preview=True)
    for wanted in (PAGE(70), PAGE(5)):
        ahead = Onlooker((wanted,))
        with pytest.raises(WolError) as error:
            preview(here, ahead, jobs)
        assert error.value.diagnostics == expected
        assert (ahead.told[0] == (PAGE(5),)) == (wanted == PAGE(5))
        assert PAGE(60) not in ahead.order
        assert not any(place.exists() for place in ahead.places)
        assert here.files(HERE) == before
    here.write(template, "{{ page.title }}.")
    ahead = Onlooker((PAGE(60),))
    preview(here, ahead, jobs)
    assert ahead.told[0] == (PAGE(60),)
    assert ahead.files[PAGE(60)] == b"Number 60.\n"


def test_an_output_that_is_changed_meanwhile(site: Callable[..., Site], monkeypatch: pytest.MonkeyPatch) -> None:
    """A file that is good when its page is looked at, and is changed by another hand a moment later, is made again."""
    template = "themes/mine/templates/post.html"
    here = site({**POSTS, template: "{{ page.title }}"}, CONFIG + "[theme]\nuse = ['mine']\n")
    session = Session(registry.load)
    preview(here, session=session)
    before = here.files(HERE)
    here.write(template, "{{ page.title }}{# other bytes, the same pages #}")
    digest = OutputState.digest

    def changed(self: OutputState, path: str) -> str:
        found = digest(self, path)
        here.write(f"{HERE}/{path}", "by hand")
        return found

    monkeypatch.setattr(OutputState, "digest", changed)
    ahead = Onlooker((PAGE(5),))
    report = preview(here, ahead, session=session)
    assert [o.path for o in report.outcomes if o.written] == [PAGE(5)]
    assert here.files(HERE) == before


def test_one_who_stops_looking_stops_the_build(site: Callable[..., Site]) -> None:
    """What the onlooker raises ends the build, and nothing is committed."""

    class Gone(Onlooker):
        def rendered(self, staged: Mapping[str, str]) -> None:
            raise EOFError

    here = site(POSTS)
    with pytest.raises(EOFError):
        preview(here, Gone(), jobs=2)
    assert not (here.root / HERE).exists()


@pytest.mark.parametrize("options", [{}, {"drafts": True}])
def test_only_a_preview_is_looked_at(options: dict[str, Any]) -> None:
    """A release is seen when it is whole."""
    with pytest.raises(ValueError, match="preview"):
        BuildRequest(Path(), ahead=Onlooker(), **options)
