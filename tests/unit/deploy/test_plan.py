"""Plans: what comes, changes, goes and stays, as a function of two lists of files."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from wol.deploy.deploy_plan import GENERATIONS, LiveState, in_order, plan_deploy
from wol.deploy.release_files import FileInfo

NAMES = st.sampled_from(
    ["a.html", "b/index.html", "b", "feed.xml", "assets/s.0123456789abcdef.css", "assets/t.0123456789abcdef.css", "assets/x.png", "CNAME"]
)
FILES = st.dictionaries(NAMES, st.sampled_from("123"))


def planned(names: dict[str, str], live: LiveState) -> dict[str, str]:
    """Carry a plan out on a list of files, and check what it says on the way."""
    plan = plan_deploy({path: FileInfo("", 10) for path in names}, names, live)
    assert plan.size == 10 * len(plan.new)
    assert plan.kept == len(names) - len(plan.new)
    assert set(plan.repaired) == {path for path in live.damaged if path in names and names[path] == live.files.get(path)}
    parts = [*plan.new, *plan.removed, *plan.dropped, *plan.carried]
    assert len(parts) == len(set(parts))
    after = {**live.files, **{path: names[path] for path in (*plan.added, *plan.changed)}}
    return {path: name for path, name in after.items() if path not in (*plan.removed, *plan.dropped)}


@given(FILES, FILES, st.frozensets(NAMES), st.sets(NAMES))
def test_a_plan_leads_to_the_site(names: dict[str, str], files: dict[str, str], assets: frozenset[str], damaged: set[str]) -> None:
    """After it, the target has the site, and beside it only assets that its record names and that are whole; no name is enough."""
    after = planned(names, LiveState("r", files, assets=assets, damaged=dict.fromkeys(damaged & files.keys(), "changed")))
    assert {path: after[path] for path in names} == names
    assert after.keys() - names.keys() == (files.keys() & assets) - names.keys() - damaged


@given(FILES)
def test_nothing_to_do(names: dict[str, str]) -> None:
    """A site against itself is an empty plan."""
    assert plan_deploy({path: FileInfo("", 1) for path in names}, names, LiveState("r", names)).is_empty


@given(FILES, FILES)
def test_files_of_others_are_in_no_plan_but_where_they_are_in_the_way(names: dict[str, str], foreign: dict[str, str]) -> None:
    """They are neither changed nor removed; those at a place of the site are named."""
    plan = plan_deploy({path: FileInfo("", 1) for path in names}, names, LiveState("", {}, {}, foreign))
    assert not plan.changed
    assert not plan.removed
    for path in plan.overwritten:
        assert foreign[path] != names.get(path)
        assert path in names or any(n.startswith(f"{path}/") or path.startswith(f"{n}/") for n in names)
    assert {path for path in foreign if path in names and foreign[path] != names[path]} <= set(plan.overwritten)


def test_how_long_an_asset_is_carried() -> None:
    """Through three further releases; a run that changes nothing does not count."""
    style = "assets/s.0123456789abcdef.css"
    live = LiveState("r", {"index.html": "0", style: "s"}, assets=frozenset({style}))
    for number in range(1, GENERATIONS + 2):
        names = {"index.html": str(number)}
        plan = plan_deploy({"index.html": FileInfo("", 1)}, names, live)
        assert plan.carried == ({style: number} if number <= GENERATIONS else {})
        assert plan.dropped == (() if number <= GENERATIONS else (style,))
        assert plan.removed == ()
        live = LiveState("r", {**names, **dict.fromkeys(plan.carried, "s")}, plan.carried)
        assert plan_deploy({"index.html": FileInfo("", 1)}, names, live).is_empty


def test_order() -> None:
    """What others need comes first, what leads to it later: files, new pages, changed pages, the home page, feeds."""
    added = {"new/index.html", "assets/z.css", "new/photo.jpg"}
    paths = [
        "feed.xml",
        "index.html",
        "old/index.html",
        "new/index.html",
        "sitemap.xml",
        "assets/z.css",
        "new/photo.jpg",
        "x.txt",
        "tags/a/atom.xml",
    ]
    assert in_order(paths, added, {"feed.xml", "sitemap.xml", "tags/a/atom.xml"}) == [
        "assets/z.css", "new/photo.jpg", "x.txt", "new/index.html", "old/index.html", "index.html", "feed.xml", "sitemap.xml", "tags/a/atom.xml",
    ]  # fmt: skip
