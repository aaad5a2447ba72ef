"""Targets that are made of other artifacts: they follow every byte of these, and of nothing else."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from harness.site import CONFIG, Site, differences, tree

PLUGIN = """
from wol.api import Feature, Made, Step, Target, hook

PAGES = ("a/index.html", "b/index.html", "robots.txt", "absent/index.html", "sizes.txt")


def plan(site):
    return Made(targets=(Target(path="sizes.txt", kind="sizes", last=LAST),))


def render(views, target):
    sizes = {path: views.artifact(path) for path in PAGES}
    return "\\n".join(f"{path} {None if data is None else len(data)}" for path, data in sizes.items()).encode()


@hook
def wol_features(config):
    return [Feature(name="sizes", steps=(Step(name="file", make=plan, plans=True),), kinds={"sizes": render})]
"""


def made(site: Callable[..., Site], name: str, last: bool = True) -> Site:
    texts = {f"content/{key}.md": f"---\ntitle: {key}\n---\nText.\n" for key in "abc"}
    return site({**texts, f"{name}.py": PLUGIN.replace("LAST", str(last))}, CONFIG + f'[build]\nplugins = ["{name}"]\n')


@pytest.mark.parametrize("jobs", [1, 2])
def test_it_follows_what_it_is_made_of(site: Callable[..., Site], jobs: int) -> None:
    """An edit of a page that it read makes it again, that of another page does not, and it is always as a clean build makes it."""
    here = made(site, f"sizes_follow{jobs}")
    here.build(jobs=jobs)
    before = here.read("sizes.txt")
    assert "absent/index.html None" in before
    assert "sizes.txt None" in before
    here.write("content/c.md", "---\ntitle: c\n---\nMore text.\n")
    assert "sizes.txt" not in {outcome.path for outcome in here.build(jobs=jobs).outcomes}
    here.write("content/a.md", "---\ntitle: a\n---\nMore text.\n")
    report = here.build(jobs=jobs)
    assert str(next(o.reason for o in report.outcomes if o.path == "sizes.txt")) == "uses what has changed: artifact of a/index.html"
    assert here.read("sizes.txt") != before
    here.write("content/absent.md", "---\ntitle: absent\n---\n")
    here.build(jobs=jobs)
    assert "absent/index.html None" not in here.read("sizes.txt")
    here.remove("content/absent.md")
    here.remove("content/b.md")
    here.build(jobs=jobs)
    assert "b/index.html None" in here.read("sizes.txt")
    clean = here.copy(here.root.parent / f"clean{jobs}")
    clean.build(clean=True)
    assert differences(tree(here.output), tree(clean.output)) == ""
    assert here.build(verify=True).unnoticed == ()


def test_a_file_that_another_hand_changed(site: Callable[..., Site]) -> None:
    """What it was made of is put right, and it stays as it was."""
    here = made(site, "sizes_damaged")
    here.build()
    before = here.read("sizes.txt")
    (here.output / "a/index.html").write_text("x")
    (here.output / "sizes.txt").unlink()
    here.build()
    assert here.read("sizes.txt") == before


def test_only_last_targets_may_look(site: Callable[..., Site]) -> None:
    """Any other would depend on the order in which things are made."""
    (found,) = made(site, "sizes_early", last=False).errors()
    assert found.code == "plugin-failed"
    assert found.message.endswith("reads the artifact `a/index.html`, but is not planned as `last`")
