"""What changes by itself: a build may trust what it left only until the next moment that a step has given."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from harness.site import CONFIG, Site, instant

PLUGIN = '''
from wol.api import Feature, Made, Step, Target, hook


def watch(site):
    """The moments of texts that must be reviewed."""
    due = {key: extra["due"] for key, extra in site.column("extra").items() if "due" in extra}
    return Made(moments={key: moment * 86_400_000_000 for key, moment in due.items()})


def plan(site):
    return Made(targets=(Target(path="due.txt", kind="due", args={"keys": sorted(site.table("review.due"))}),))


def render(views, target):
    return " ".join(f"{key}={views.value('review.due', key)}" for key in target.args["keys"]).encode()


@hook
def wol_features(config):
    return [
        Feature(
            name="review",
            steps=(
                Step(name="moments", make=watch, columns=frozenset({"extra"}), moments="review.due"),
                Step(name="file", make=plan, needs=frozenset({"review.due"}), plans=True),
            ),
            kinds={"due": render},
        )
    ]
'''


@pytest.fixture
def here(site: Callable[..., Site]) -> Site:
    """A site with two texts, of which one is due on 10 January 2027 and one on the 20th."""
    texts = {f"content/{name}.md": f"---\ntitle: {name}\ndue: {day}\n---\n" for name, day in (("a", 20828), ("b", 20838))}
    return site({**texts, "review_moments.py": PLUGIN}, CONFIG + '[build]\nplugins = ["review_moments"]\n')


def test_a_moment_that_comes(here: Site) -> None:
    """Only what shows it is made again, and the next moment is the one that follows."""
    first = here.build(at=instant("2027-01-01"))
    assert here.read("due.txt") == "a.md=False b.md=False"
    assert first.next_change == instant("2027-01-10")
    assert here.build(at=instant("2027-01-09")).rendered == 0
    then = here.build(at=instant("2027-01-10"))
    assert [outcome.path for outcome in then.outcomes] == ["due.txt"]
    assert here.read("due.txt") == "a.md=True b.md=False"
    assert then.next_change == instant("2027-01-20")
    assert here.build(at=instant("2027-01-15")).rendered == 0
    assert here.build(at=instant("2027-02-01")).next_change is None
    assert here.read("due.txt") == "a.md=True b.md=True"


def test_a_build_that_looks_back(here: Site) -> None:
    """A build of an earlier day undoes what later ones showed."""
    here.build(at=instant("2027-02-01"))
    here.build(at=instant("2027-01-12"))
    assert here.read("due.txt") == "a.md=True b.md=False"


def test_moments_of_a_step_that_runs_again(here: Site) -> None:
    """A text that is no more due later ends what was to come."""
    here.build(at=instant("2027-01-01"))
    here.remove("content/a.md")
    assert here.build(at=instant("2027-01-02")).next_change == instant("2027-01-20")
    assert here.read("due.txt") == "b.md=False"
