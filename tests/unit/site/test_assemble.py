"""The site graph: order, lists, names, and that nothing hidden enters anything."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import msgspec
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from harness.assembled import STEPS_OF_ITEMS, Assembled, SiteFiles, assemble
from harness.settings import settings as made
from wol.model.config import Config
from wol.model.functions import load_function
from wol.model.item import COLUMNS, Link, Moment, Summary
from wol.model.site import Table, Visibility
from wol.site.feed_ids import NAMESPACE

Make = Callable[..., Summary]
Build = Callable[..., Assembled]
Settings = Callable[..., Config]

NOW = 1_000_000_000
CORE = {
    "state",
    "listed",
    "lists",
    "neighbours",
    "sections",
    "paths",
    "urls",
    "ids",
    "feed_ids",
    "permanent",
    "published",
    "taxonomies",
    "terms",
    "item_terms",
    "attachments",
    "static",
    "assets",
}


def test_an_empty_site_has_all_tables(build: Build) -> None:
    """No item is no error, and every core table is there."""
    site = build()
    assert set(site.tables) == CORE
    assert not site.summaries
    assert site.next_change is None
    assert not site.diagnostics
    assert site.tables["lists"] == {"posts": [], "notes": [], "pages": [], "items": []}


def test_order_is_by_date_then_path_and_undated_last(build: Build, item: Make) -> None:
    """Newest first, equal instants by path, undated ones at the end by path."""
    site = build(
        item("b.md"), item("z.md", date=None), item("old.md", date=900), item("a.md"), item("y.md", date=None), item("new.md", date=1)
    )
    expected = ["new.md", "a.md", "b.md", "old.md", "y.md", "z.md"]
    assert list(site.summaries) == list(site.tables["state"]) == list(site.tables["listed"]) == site.tables["lists"]["posts"] == expected


def test_lists_by_kind(build: Build, item: Make) -> None:
    """Folder pages are in `items` alone; unlisted ones in none."""
    site = build(
        item("p.md"),
        item("n.md", kind="note"),
        item("about.md", kind="page", date=None),
        item("notes/_index.md", kind="page", url="/notes/", section="/notes/", date=None),
        item("secret.md", unlisted=True),
    )
    assert site.tables["lists"] == {
        "posts": ["p.md"],
        "notes": ["n.md"],
        "pages": ["about.md"],
        "items": ["n.md", "p.md", "about.md", "notes/_index.md"],
    }
    assert site.tables["sections"] == {"/notes/": "notes/_index.md"}
    assert site.tables["listed"]["secret.md"] is False
    assert site.tables["state"]["secret.md"] == "unlisted"


def test_neighbours_are_listed_posts(build: Build, item: Make) -> None:
    """`previous` is older, `next` newer; what is not listed is skipped."""
    site = build(item("1.md", date=3), item("2.md", date=2, unlisted=True), item("3.md", date=1), item("n.md", kind="note", date=2))
    assert site.tables["neighbours"] == {"3.md": {"previous": "1.md", "next": None}, "1.md": {"previous": None, "next": "3.md"}}
    assert build(item("1.md")).tables["neighbours"] == {"1.md": {"previous": None, "next": None}}


def test_feed_ids(build: Build, item: Make) -> None:
    """`guid` word for word, else a URN of the id, else the permalink under `base_url`, encoded."""
    site = build(item("a.md", guid="tag:old,1", id="x1"), item("b.md", id="x1b"), item("c.md", url="/café/"))
    assert site.tables["feed_ids"] == {
        "a.md": "tag:old,1",
        "b.md": "urn:uuid:b681b97d-758c-582a-b98f-abaf8e8ecbc0",
        "c.md": "https://example.org/blog/caf%C3%A9/",
    }


def test_the_namespace_never_changes() -> None:
    """Another one would make every item of every site new in every feed reader."""
    assert str(NAMESPACE) == "42b543ff-1c4f-41c1-9881-d093826c36dc"


def test_a_withdrawn_item_is_a_tombstone(build: Build, item: Make) -> None:
    """Reason, place and language stay; title, text, date, terms and id are gone from every table."""
    gone = item(
        "a.md",
        gone=True,
        gone_reason="Wrong",
        id="k1",
        tags=("Secret",),
        aliases=("/old/",),
        title="Secret",
        description="Secret",
        lang="fr",
    )
    site = build(gone)
    kept = {field: getattr(site.summaries["a.md"], field) for field in COLUMNS if getattr(site.summaries["a.md"], field)}
    assert kept == {
        "key": "a.md",
        "kind": "post",
        "url": "/a/",
        "gone": True,
        "gone_reason": "Wrong",
        "lang": "fr",
        "dir": "ltr",
        "titled": True,
        "aliases": ("/old/",),
    }
    assert "Secret" not in str(site.tables)
    assert site.tables["state"] == {"a.md": "gone"}
    assert site.tables["listed"] == {"a.md": False}
    assert not site.tables["paths"]
    assert not site.tables["urls"]
    assert not site.tables["ids"]
    assert not site.tables["feed_ids"]


def test_profiles(build: Build, item: Make) -> None:
    """Drafts and scheduled items are listed where they are asked for; expired ones only have a page; private ones never are."""
    items = [
        item("draft.md", draft=True),
        item("later.md", date=-60),
        item("over.md", expires=Moment(NOW, "")),
        item("private.md", private=True),
        item("quiet.md", draft=True, unlisted=True),
    ]
    release = build(*items)
    assert not release.summaries
    assert dict(release.hidden) == {
        "draft.md": "draft",
        "later.md": "scheduled",
        "over.md": "expired",
        "private.md": "private",
        "quiet.md": "draft",
    }
    preview = build(*items, visibility=Visibility("preview", drafts=True, future=True))
    assert preview.tables["lists"]["posts"] == ["later.md", "draft.md"]
    assert set(preview.summaries) == {"draft.md", "later.md", "over.md", "quiet.md"}
    assert set(preview.hidden) == {"private.md"}
    assert set(preview.tables["paths"]) == {"draft.md", "later.md", "quiet.md"}


def test_next_change_is_the_earliest_of_all(build: Build, item: Make) -> None:
    """Hidden items count: a scheduled one is what changes next."""
    assert build(item("a.md", date=-60), item("b.md", expires=Moment(NOW + 5, ""))).next_change == NOW + 5
    assert build(item("a.md", date=-60)).next_change == NOW + 60_000_000
    assert build(item("a.md")).next_change is None


def test_two_texts_of_one_folder_collide(build: Build, item: Make) -> None:
    """`index.md` at the root is the same as `_index.md`: both at once are an error naming both."""
    site = build(item("_index.md", url="/", section="/"), item("index.md", url="/", section="/"))
    assert [d.code for d in site.diagnostics] == ["url-collision"]
    assert "content/_index.md" in site.diagnostics[0].message
    assert "content/index.md" in site.diagnostics[0].message


def test_steps_read_only_what_they_declare(config: Settings, item: Make) -> None:
    """A column or table that is read but not named would let an incremental build miss a change."""
    everything = [
        item("a.md", tags=("X", "x"), to=("p.jpg", "b.md"), id="i1"),
        item("b/index.md", bundle="b", guid="g", url="/b/"),
        item("_index.md", section="/", url="/"),
        item("u.md", unlisted=True, tags=("X",)),
        item("g.md", gone=True),
    ]
    site = assemble(config(), everything, Visibility(), NOW, SiteFiles({"p.jpg": "1", "b/q.jpg": "2"}, {"s.css": "3"}, {"a.css": "4"}))
    tables = {**site.tables, **site.inputs}
    provided = set(tables) - {table for step in STEPS_OF_ITEMS for table in step.provides}

    class Recording:
        def __init__(self) -> None:
            self.columns: set[str] = set()
            self.needs: set[str] = set()
            self.config = config()

        def column(self, name: str) -> dict[str, Any]:
            self.columns.add(name)
            return {key: getattr(summary, name) for key, summary in site.summaries.items()}

        def table(self, name: str) -> Table:
            self.needs.add(name)
            return tables[name]

    for step in STEPS_OF_ITEMS:
        recording = Recording()
        made = load_function(step.make)(recording)
        assert (recording.columns, recording.needs) == (set(step.columns), set(step.needs)), step.name
        assert set(made.tables) == set(step.provides)
        assert all(site.tables[name] == table for name, table in made.tables.items())
        assert step.needs <= provided, f"{step.name} comes before what it needs"
        provided |= set(step.provides)
    assert provided >= CORE


def test_tables_are_plain_data(build: Build, item: Make) -> None:
    """What is written and read back is the same, so that a stored table can be compared with a new one."""
    site = build(item("a.md", tags=("X",), to=("p.jpg",)), item("b/index.md", bundle="b"), attachments=("p.jpg", "b/q.jpg"))
    for name, table in site.tables.items():
        assert msgspec.msgpack.decode(msgspec.msgpack.encode(table)) == table, name


STATES: dict[str, dict[str, Any]] = {
    "published": {},
    "unlisted": {"unlisted": True},
    "scheduled": {"date": Moment(NOW + 50, "2030-01-01T00:00:00+00:00")},
    "draft": {"draft": True},
    "expired": {"expires": Moment(NOW - 1, "")},
    "gone": {"gone": True},
    "private": {"private": True},
}
NAMES = ("a", "b", "c", "d", "e")


@st.composite
def summaries(draw: st.DrawFn) -> list[Summary]:
    """A handful of items that have tags, ids, URLs, bundles, attachments and links in common."""
    made = []
    for name in draw(st.lists(st.sampled_from(NAMES), unique=True)):
        bundle = draw(st.booleans())
        key = f"posts/{name}/index.md" if bundle else f"posts/{name}.md"
        fields: dict[str, Any] = {
            "kind": draw(st.sampled_from(["post", "note", "page"])),
            "url": f"/{draw(st.sampled_from(NAMES))}/",
            "bundle": f"posts/{name}" if bundle else "",
            "section": draw(st.sampled_from(["", "", "/s/"])),
            "id": draw(st.sampled_from(["", "one", "two"])),
            "guid": draw(st.sampled_from(["", "", "g"])),
            "date": draw(st.none() | st.integers(NOW - 3, NOW).map(lambda t: Moment(t, "2026-01-01T00:00:00+00:00"))),
            "terms": {"tags": tuple(draw(st.lists(st.sampled_from(["Foo", "foo", "FOO", "C", "C++", "don't", "dont", "😀"]), max_size=3)))},
            "links": tuple(Link("image", n, f"posts/{n}.jpg") for n in draw(st.lists(st.sampled_from(NAMES), max_size=3))),
            "aliases": (f"/old/{name}/",),
        }
        fields |= STATES[draw(st.sampled_from(sorted(STATES)))]
        made.append(Summary(key=key, title=f"Title {name}", title_html=name, slug=name, **fields))
    return made


def _site(items: list[Summary], visibility: Visibility, left_out: set[str]) -> Assembled:
    bundles = {item.bundle for item in items if item.bundle}
    files = [f"posts/{name}.jpg" for name in NAMES] + [f"{bundle}/{name}.jpg" for bundle in sorted(bundles) for name in NAMES]
    kept = {path: path for path in files if path.rpartition("/")[0] not in left_out}
    return assemble(made(), items, visibility, NOW, SiteFiles(kept))


@pytest.mark.parametrize("visibility", [Visibility(), Visibility("drafts", drafts=True), Visibility("preview", drafts=True, future=True)])
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=150, deadline=None)
@given(items=summaries(), data=st.data())
def test_hidden_items_change_nothing(visibility: Visibility, items: list[Summary], data: st.DataObject) -> None:
    """A site with hidden items and their files equals one without them, in every table, in any order of sources."""
    site = _site(items, visibility, set())
    hidden = {item.bundle for item in items if item.key in site.hidden and item.bundle}
    visible = [item for item in items if item.key not in site.hidden]
    without = _site(data.draw(st.permutations(visible)), visibility, hidden)
    assert list(site.summaries.items()) == list(without.summaries.items())
    assert site.tables == without.tables
    assert [list(table) for table in site.tables.values()] == [list(table) for table in without.tables.values()]
    assert site.diagnostics == without.diagnostics
