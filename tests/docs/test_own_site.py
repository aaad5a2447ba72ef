"""wol's own site: it builds without a finding, and every link in it leads somewhere."""

from __future__ import annotations

import re
import tomllib
from collections import Counter
from pathlib import Path

from harness.crawl import broken, crawl
from harness.guides import LATE, ROOT, Own


def test_it_builds_without_a_finding(own: Own) -> None:
    """Not even a warning: `wol build --strict` goes through."""
    assert [str(d) for d in own.report.diagnostics] == []


def test_a_check_finds_nothing(own: Own) -> None:
    """`wol check --strict` goes through too, with no more than the default theme."""
    ran = own.site.run("check", "--strict")
    assert (ran.stderr, ran.code) == ("", 0)


def test_a_second_build_has_nothing_to_do(own: Own) -> None:
    """The reference pages are the same each time they are made, also after commands have run."""
    own.site.run("build", "--help")
    again = own.site.build(jobs=1, at=LATE)
    assert (again.rendered, again.written, again.removed) == (0, 0, ())


def test_every_link_and_anchor_resolves(own: Own) -> None:
    """Every reference inside the site leads to a file, and to a place on it where it names one."""
    settings = tomllib.loads((own.site.root / "site.toml").read_text("utf-8"))
    assert list(broken(own.site.output, own.pages, settings["site"]["base_url"])) == []


def test_the_crawler_sees_what_is_broken(tmp_path: Path) -> None:
    """A missing file, a missing picture and a missing anchor are told; what is elsewhere is not."""
    (tmp_path / "index.html").write_text(
        '<a href="/a/">a</a><a href="#x">x</a><img src="b.png"><a href="https://example.com/">y</a><p id="z"><a href="#z">z</a>'
    )
    found = list(broken(tmp_path, crawl(tmp_path), "https://example.org"))
    assert [line.split(": ")[1] for line in found] == ["/a/", "#x", "b.png"]


def test_every_decision_is_in_the_archives(own: Own) -> None:
    """Every post is in the archive, on the page of its year and on that of its month."""
    posts = {page.url for page in own.pages.values() if re.fullmatch(r"/decisions/\d{4}-[^/]+/", page.url)}
    assert len(posts) >= 7
    for lists in (r"/archive/", r"/\d{4}/", r"/\d{4}/\d\d/"):
        listed = {reference for page in own.pages.values() if re.fullmatch(lists, page.url) for reference in page.references}
        assert posts - listed == set(), lists


def test_ids_are_unique(own: Own) -> None:
    """No page has one id twice."""
    assert {page.url: twice for page in own.pages.values() if (twice := [i for i, n in Counter(page.ids).items() if n > 1])} == {}


def test_every_page_has_a_title_of_its_own(own: Own) -> None:
    """Titles tell the pages apart."""
    titles = Counter(page.title for page in own.pages.values())
    assert [title for title, number in titles.items() if number > 1 or not title.strip()] == []


def test_every_guide_is_in_the_index(own: Own) -> None:
    """Each guide and each reference page is linked from the list of its folder, which says what it is about."""
    guides = {f"/docs/{p.stem}/" for p in (ROOT / "content/docs").glob("*.md") if not p.name.startswith("_")}
    assert guides - set(own.pages["docs/index.html"].references) == set()
    references = {page.url for page in own.pages.values() if page.url.startswith("/docs/reference/")} - {"/docs/reference/"}
    assert len(references) >= 5
    assert references - set(own.pages["docs/reference/index.html"].references) == set()
