"""Over random edits, renames and moves no id in feeds changes, and no published URL is lost unnoticed."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path
from random import Random

import pytest
from hypothesis import HealthCheck, Phase, given, note, settings
from hypothesis import strategies as st

from harness.drivers import scratch
from harness.site import Site, tree
from harness.waiting import wait_for_nothing
from wol import paths
from wol.engine.session import Session
from wol.errors import WolError
from wol.features.registry import load
from wol.ledger.edits import carry_out
from wol.ledger.identify import identify
from wol.ledger.move import move
from wol.ledger.overview import Overview
from wol.ledger.place import renaming
from wol.ledger.record import add, publication, record
from wol.ledger.withdrawal import withdraw

pytestmark = pytest.mark.slow

CONFIG = """\
[site]
title = "A Site"
base_url = "https://example.org/blog"
[feeds]
items = 1000
kinds = ["post", "note"]
"""
NAMES = ("a", "b", "c", "d", "e", "f")
FOLDERS = ("posts", "notes", "posts/deep", "notes/deep")
NOTICED = {
    "url-vanished",
    "feed-id-changed",
    "guid-duplicate",
    "url-collision",
    "id-duplicate",
    "write-failed",
    "slug-invalid",
    "redirect-loop",
}

Edit = tuple[str, int, int]


def first(number: int, name: str) -> str:
    """Give the text that a source begins with; its mark tells it from all others."""
    own = f"id: first-{name}\n" if number % 3 == 0 else f"guid: tag:{name}\n" if number % 3 == 1 else ""
    return f"---\ntitle: {name}\ndate: 2026-10-0{number + 1}\ntags: [red]\n{own}---\nMark-{name}. See [it](/posts/{NAMES[number % 6 - 1]}.md).\n"


class Blog:
    """A blog that is edited, built and recorded again and again."""

    def __init__(self, root: Path) -> None:
        files = {f"content/posts/{name}.md": first(number, name) for number, name in enumerate(NAMES)}
        self.site = Site(root, {**files, "content/posts/trip/index.md": first(8, "trip")}, CONFIG)
        self.session = Session(load)
        self.request = self.site.request(jobs=1)
        self.ids: dict[str, str] = {}
        """The id that each text had when it was first published, by its mark."""
        self.urls: set[str] = set()
        """What was published and not withdrawn."""
        self.publish()

    def texts(self) -> list[str]:
        return sorted(path for path in tree(self.site.root / "content") if path.endswith(".md"))

    def publish(self) -> None:
        """Build, hold what is there against what was, and record."""
        self.session.build(self.request)
        files = tree(self.site.output)
        lost = sorted(url for url in self.urls if paths.output_path(url) not in files)
        assert not lost, f"lost unnoticed: {lost}"
        for name in ("feed.json", "notes/feed.json"):
            for entry in json.loads(files.get(name, b'{"items": []}'))["items"]:
                mark = re.search(r"Mark-(\w+)", entry["content_html"])
                assert mark is not None
                assert self.ids.setdefault(mark[1], entry["id"]) == entry["id"], f"the id of {mark[1]} changed"
        lines = record(publication(self.request, load), load)
        self.urls |= {line.url for line in lines if line.event == "live" and line.kind != "list"}
        self.urls -= {line.url for line in lines if line.event == "gone"}

    def step(self, change: Edit) -> None:
        """Make an edit; if a build refuses it, it was noticed: then it is done as the error says, or taken back."""
        kind, a, b = change
        before = tree(self.site.root / "content")
        config = (self.site.root / "site.toml").read_text("utf-8")
        try:
            way_out = EDITS[kind](self, a, b)
            try:
                self.publish()
                return
            except WolError as error:
                self.noticed(kind, error)
                if way_out is None:
                    raise
            way_out()
            self.publish()
        except WolError as error:
            self.noticed(kind, error)
            self.restore(before, config)
            self.publish()

    def noticed(self, kind: str, error: WolError) -> None:
        codes = {found.code for found in error.diagnostics if found.severity == "error"}
        note(f"{kind}: noticed by {sorted(codes)}")
        assert codes <= NOTICED, error

    def restore(self, files: dict[str, bytes], config: str) -> None:
        for path in tree(self.site.root / "content"):
            if path not in files:
                self.site.remove(f"content/{path}")
        for path, data in files.items():
            self.site.write(f"content/{path}", data)
        self.site.write("site.toml", config)

    def text(self, a: int) -> str:
        keys = self.texts()
        return keys[a % len(keys)]

    def change(self, key: str, pattern: str, line: str) -> None:
        """Replace lines of the front matter, or add one."""
        place = self.site.root / "content" / key
        text = re.sub(pattern, "", place.read_text("utf-8"), count=1, flags=re.MULTILINE)
        self.site.write(f"content/{key}", text.replace("---\n", f"---\n{line}", 1))


WayOut = Callable[[], None] | None


def _field(name: str, *values: str) -> Callable[[Blog, int, int], WayOut]:
    def edit(blog: Blog, a: int, b: int) -> WayOut:
        value = values[b % len(values)]
        blog.change(blog.text(a), rf"^{name}:.*\n", f"{name}: {value}\n" if value else "")
        return None

    return edit


def _body(blog: Blog, a: int, b: int) -> WayOut:
    key = blog.text(a)
    blog.site.write(f"content/{key}", blog.site.root.joinpath("content", key).read_text("utf-8") + f"More {b}.\n")
    return None


def _place(a: int, b: int) -> str:
    return f"{FOLDERS[b % len(FOLDERS)]}/{NAMES[(a + b) % len(NAMES)]}{b % 3 or ''}.md"


def _move(blog: Blog, a: int, b: int) -> WayOut:
    over = Overview(blog.site.root, load)
    key = blog.text(a)
    new = _place(a, b).removesuffix(".md") if key.endswith("index.md") else _place(a, b)
    found = renaming(over, blog.site.root, over.summaries[key].url if b % 2 else key, new)
    moved = move(over, found, links=True)
    carry_out(blog.site.root, moved.edits, rename=moved.rename)
    return None


def _rename(blog: Blog, a: int, b: int) -> WayOut:
    """Rename a file by hand; the way out is the command that records it afterwards."""
    key, new = blog.text(a), _place(b, a)
    url = Overview(blog.site.root, load).summaries[key].url
    place = blog.site.root / "content" / new
    if key.endswith("index.md") or place.exists():
        return None
    place.parent.mkdir(parents=True, exist_ok=True)
    (blog.site.root / "content" / key).rename(place)

    def way_out() -> None:
        over = Overview(blog.site.root, load)
        moved = move(over, renaming(over, blog.site.root, url, new), links=True)
        carry_out(blog.site.root, moved.edits)

    return way_out if b % 3 else None


def _withdraw(blog: Blog, a: int, b: int) -> WayOut:
    over = Overview(blog.site.root, load)
    found = withdraw(over, over.summaries[blog.text(a)].url, "")
    carry_out(blog.site.root, found.edits, found.new)
    return None


def _delete(blog: Blog, a: int, b: int) -> WayOut:
    key = blog.text(a)
    url = Overview(blog.site.root, load).summaries[key].url
    blog.site.remove(f"content/{key}")

    def way_out() -> None:
        over = Overview(blog.site.root, load)
        found = withdraw(over, url, "")
        carry_out(blog.site.root, found.edits, found.new)

    return way_out if b % 4 == 0 and len(blog.texts()) > 4 else None


def _untag(blog: Blog, a: int, b: int) -> WayOut:
    """Take a tag away from all, which takes its feeds away; or put another one on."""
    for key in blog.texts():
        blog.change(key, r"^tags:.*\n", f"tags: [{('red', 'blue', 'green')[b % 3]}]\n")

    def way_out() -> None:
        for name in ("red", "blue", "green"):
            over = Overview(blog.site.root, load)
            if f"/tags/{name}/" in over.held and name != ("red", "blue", "green")[b % 3]:
                add(blog.site.root, lambda known, over=over, name=name: withdraw(over, f"/tags/{name}/", "").lines)  # type: ignore[misc]  # mypy has no inference for defaults
                blog.urls -= {url for url in blog.urls if url.startswith(f"/tags/{name}/")}

    return way_out


def _identify(blog: Blog, a: int, b: int) -> WayOut:
    over = Overview(blog.site.root, load)
    key = blog.text(a)
    carry_out(blog.site.root, [one for one, _ in identify(over, [key], lambda: f"made-{a}-{b}").edits])
    return None


def _settings(blog: Blog, a: int, b: int) -> WayOut:
    domain = ("https://example.org/blog", "https://example.net", "https://example.com/x")[b % 3]
    pattern = '[content.permalinks]\npost = "/:slug/"\n' if a % 5 == 0 else ""
    blog.site.write("site.toml", CONFIG.replace("https://example.org/blog", domain) + pattern)
    return None


EDITS: dict[str, Callable[[Blog, int, int], WayOut]] = {
    "title": _field("title", "One", "Two", "Three"),
    "body": _body,
    "slug": _field("slug", "other", "another", ""),
    "date": _field("date", "2026-09-01", "2026-09-02", "2026-10-01"),
    "id": _field("id", "by-hand", "", "by-hand-2"),
    "guid": _field("guid", "tag:by-hand", ""),
    "aliases": _field("aliases", "", "[/x/]"),
    "url": _field("url", "/pinned/", ""),
    "draft": _field("draft", "yes", ""),
    "move": _move,
    "move again": _move,
    "rename": _rename,
    "rename again": _rename,
    "gone": _withdraw,
    "delete": _delete,
    "tag": _untag,
    "identify": _identify,
    "settings": _settings,
}
STEPS = 50


@settings(max_examples=2, database=None, deadline=None, derandomize=True, phases=(Phase.generate,), suppress_health_check=list(HealthCheck))
@given(st.integers(0, 1 << 32))
def test_no_id_changes_and_no_url_is_lost(seed: int) -> None:
    """Each edit leaves all that was published in its place, or is refused by the build; what the error says to type then puts it right."""
    import shutil
    import tempfile

    root = Path(tempfile.mkdtemp(prefix="wol-lasting-", dir=scratch()))
    patch = pytest.MonkeyPatch()
    wait_for_nothing(patch)
    try:
        blog = Blog(root / "site")
        chance = Random(seed)
        for _ in range(STEPS):
            change = (chance.choice(sorted(EDITS)), chance.randrange(1000), chance.randrange(1000))
            note(str(change))
            blog.step(change)
    finally:
        patch.undo()
        shutil.rmtree(root, ignore_errors=True)
