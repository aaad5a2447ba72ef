"""A page with `as_of` says to which day it is right, and after 90 days that it may be out of date, without anybody's editing it."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from harness.site import CONFIG, Site, differences, instant

LINE = "{{ page.as_of|date('%-d %B %Y') if page.as_of else 'undated' }} {{ page.may_be_old }}"
THEME = {
    "themes/mine/theme.toml": 'name = "mine"\napi = 1\n',
    **{f"themes/mine/templates/{name}.html": LINE for name in ("post", "note", "page", "section")},
}
SETTINGS = CONFIG + '[theme]\nuse = ["mine"]\n'
PAGE = "use/index.html"

Make = Callable[..., Site]


def use(as_of: str) -> dict[str, str]:
    """Return a site with one page with `as_of` and one without."""
    return {**THEME, "content/use.md": f"---\nas_of: {as_of}\n---\n", "content/about.md": "A\n"}


def test_the_day_comes(site: Make) -> None:
    """Only the page whose day it is is rendered; what is left to come is when the next build is due."""
    here = site({**use("2026-09-02"), "content/later.md": "---\nas_of: 2026-09-22\n---\n"}, SETTINGS)
    first = here.build(at=instant("2026-12-01T23:59"))
    assert here.read(PAGE).strip() == "2 September 2026 False"
    assert here.read("about/index.html").strip() == "undated False"
    assert first.next_change == instant("2026-12-02")
    assert here.build(at=instant("2026-12-01T23:59:59")).rendered == 0
    then = here.build(at=instant("2026-12-02"))
    assert [outcome.path for outcome in then.outcomes] == [PAGE]
    assert here.read(PAGE).strip() == "2 September 2026 True"
    assert then.next_change == instant("2026-12-22")
    assert here.build(at=instant("2026-12-23")).next_change is None
    left = here.files()
    here.build(at=instant("2026-12-23"), clean=True)
    assert not differences(left, here.files())


def test_a_build_that_looks_back(site: Make) -> None:
    here = site(use("2026-09-02"), SETTINGS)
    here.build(at=instant("2027-01-01"))
    here.build(at=instant("2026-12-01"))
    assert here.read(PAGE).strip() == "2 September 2026 False"


EDITS = {
    "a day later": ("as_of: 2026-11-30", "30 November 2026 False", [PAGE]),
    "the field goes": ("title: T", "undated False", [PAGE]),
    "text alone": ("as_of: 2026-09-02", "2 September 2026 True", []),
    "the same day, with a time": ("as_of: 2026-09-02 10:00", "2 September 2026 True", [PAGE]),
    "another spelling of the name": ("As-Of: 2026-09-03", "3 September 2026 False", [PAGE]),
}


@pytest.mark.parametrize("edit", EDITS)
def test_edits(site: Make, edit: str) -> None:
    """An edit wakes this page alone, and none if what it shows is the same."""
    line, shown, rendered = EDITS[edit]
    here = site(use("2026-09-02"), SETTINGS)
    here.build(at=instant("2026-12-02"))
    here.write("content/use.md", f"---\n{line}\n---\nMore.\n")
    outcomes = [one.path for one in here.build(at=instant("2026-12-02")).outcomes if one.path.endswith("index.html")]
    assert outcomes == rendered
    assert here.read(PAGE).strip() == shown


def test_the_time_zone_of_the_site(site: Make) -> None:
    """Another zone is another moment."""
    settings = SETTINGS.replace("[site]", '[site]\ntimezone = "America/New_York"')
    here = site(use("2026-09-02"), settings)
    assert here.build(at=instant("2026-12-02T04:59")).next_change == instant("2026-12-02T05:00")
    assert here.read(PAGE).strip().endswith("False")
    here.write("site.toml", SETTINGS)
    here.build(at=instant("2026-12-02T04:59"))
    assert here.read(PAGE).strip().endswith("True")


@pytest.mark.parametrize("kind", ["posts/x.md", "notes/x.md", "x.md", "talks/_index.md"])
def test_every_kind_of_page(site: Make, kind: str) -> None:
    here = site({**THEME, f"content/{kind}": "---\ntitle: T\ndate: 2026-01-02\nas_of: 2026-01-02\n---\n"}, SETTINGS)
    here.build()
    assert any(data.strip() == b"2 January 2026 True" for data in here.files().values())


@pytest.mark.parametrize("value", ["soon", "[2026-11-01]", "yes", "2026-13-01", "20", "{day: 2026-11-01}"])
def test_what_is_not_a_day(site: Make, value: str) -> None:
    """An error with the line, as for any date."""
    [error] = site(use(value), SETTINGS).errors()
    assert error.code in ("date-invalid", "front-matter-type")
    assert error.span is not None
    assert (error.span.path, error.span.line) == ("content/use.md", 2)


def test_switched_off(site: Make) -> None:
    """No page says it, nothing is to come, and the field is an ordinary key."""
    here = site(use("2026-09-02"), SETTINGS + "[features]\nnow = false\n")
    report = here.build()
    assert here.read(PAGE).strip() == "undated False"
    assert (report.next_change, report.diagnostics) == (None, ())


def test_the_default_theme(site: Make) -> None:
    """Its part has the day for machines too, and the warning only when it is due."""
    files = {path: text for path, text in use("2026-09-02").items() if "mine" not in path}
    here = site({**files, "themes/mine/theme.toml": THEME["themes/mine/theme.toml"]}, SETTINGS)
    here.write("themes/mine/templates/page.html", '{% include "parts/now.html" %}')
    here.build(at=instant("2026-11-01"))
    assert here.read(PAGE).strip() == '<p class="small">As of <time datetime="2026-09-02">2 September 2026</time></p>'
    assert here.read("about/index.html").strip() == ""
    here.build(at=instant("2027-01-01"))
    assert "</time>. <strong>This may be out of date.</strong></p>" in here.read(PAGE)


def test_a_tombstone_does_not_say_it(site: Make) -> None:
    """It has the reason alone, and nothing is to come."""
    here = site({"content/use.md": "---\nas_of: 2026-09-02\ngone: yes\n---\n"}, CONFIG)
    report = here.build(at=instant("2026-11-20"))
    assert "As of" not in here.read(PAGE)
    assert report.next_change is None
