"""Where the time goes is measured only for those who ask, and nothing else depends on it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import count

import pytest

from harness.site import CONFIG, Site, tree
from wol import clock
from wol.engine.timings import OFF, Spent, Timings, slowest
from wol.model.target import Target

POSTS = {f"content/posts/2026-01-{n:02}-p{n}.md": f"---\ntags: x\n---\nText {n} [next](2026-01-01-p1.md)\n" for n in range(1, 9)}


@pytest.fixture
def ticking(monkeypatch: pytest.MonkeyPatch) -> None:
    """A clock that goes on by a second whenever it is asked."""
    seconds: Iterator[int] = count()
    monkeypatch.setattr(clock, "elapsed", lambda: float(next(seconds)))


@pytest.mark.usefixtures("ticking")
def test_a_stage_within_another_is_not_counted_twice() -> None:
    """Each has its own seconds only, and they come in the order in which they begin."""
    timings = Timings()
    with timings.stage("outer"), timings.stage("inner"):
        pass
    with timings.stage("inner"):
        pass
    assert timings.stages == {"outer": Spent(2.0, 1), "inner": Spent(2.0, 2)}
    assert list(timings.stages) == ["outer", "inner"]


@pytest.mark.usefixtures("ticking")
def test_what_fails_has_taken_time_too() -> None:
    """An error leaves no stage open."""
    timings = Timings()
    with pytest.raises(ValueError, match="no"), timings.stage("a"), timings.feature("f", "tables"), timings.fragment("t.html"):
        raise ValueError("no")
    with timings.stage("b"):
        pass
    assert (timings.stages["a"].times, timings.stages["b"]) == (1, Spent(1.0, 1))
    assert list(timings.features) == ["f: tables"]
    assert list(timings.templates) == ["t.html"]


def test_what_a_page_took_counts_for_its_template_and_feature() -> None:
    """What has no template, such as a feed, is no template's."""
    timings = Timings()
    timings.rendered(Target(path="a/index.html", kind="item", template="post.html"), "items", 2.0)
    timings.rendered(Target(path="b/index.html", kind="item", template="post.html"), "items", 1.0)
    timings.rendered(Target(path="feed.xml", kind="rss"), "feeds", 4.0)
    assert timings.templates == {"post.html": Spent(3.0, 2)}
    assert timings.features == {"items: item": Spent(3.0, 2), "feeds: rss": Spent(4.0, 1)}
    assert [name for name, _ in slowest(timings.pages, 2)] == ["feed.xml", "a/index.html"]


def test_where_nobody_asks_the_clock_is_not_read(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing is kept either: one object serves all builds."""

    def asked() -> float:
        raise AssertionError("the clock was read")

    monkeypatch.setattr(clock, "elapsed", asked)
    with OFF.stage("a"), OFF.feature("b", "tables"), OFF.fragment("c.html"):
        pass
    assert (OFF.stages, OFF.features, OFF.templates) == ({}, {}, {})


@pytest.mark.parametrize("jobs", [1, 2])
def test_a_build_that_is_measured(site: Callable[..., Site], jobs: int) -> None:
    """Every source, file, template and feature has its seconds, in one process and in two; and the site is the one that any build makes."""
    plain, measured = site(POSTS, CONFIG), site(POSTS, CONFIG)
    timings = Timings()
    report = measured.build(jobs=jobs, timings=timings)
    plain.build(jobs=jobs)
    assert tree(measured.output) == tree(plain.output)
    assert timings.pages.keys() == tree(measured.output).keys()
    assert timings.sources.keys() == {path.removeprefix("content/") for path in POSTS}
    assert timings.templates["post.html"].times == len(POSTS)
    assert {"items: item", "feeds: rss", "taxonomies: terms", "sitemap: entries", "home: pages"} <= timings.features.keys()
    assert {"prepare", "scan", "read", "assemble", "plan", "decide", "render", "commit"} <= timings.stages.keys()
    timed = [spent.seconds for stage, spent in timings.stages.items() if stage != "store"]  # it is saved after the report is made
    assert 0 < sum(timed) <= report.seconds
    assert measured.build().rendered == 0


def test_a_measured_build_with_nothing_to_do(site: Callable[..., Site]) -> None:
    """Neither kind of build makes the other do something."""
    here = site(POSTS, CONFIG)
    here.build()
    timings = Timings()
    assert here.build(timings=timings).rendered == 0
    assert (timings.pages, timings.sources) == ({}, {})
    assert "render" not in timings.stages
