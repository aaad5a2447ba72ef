"""What the browser says over the page when something is wrong with the site."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Any

import pytest

from harness.stand_in import StandIn

if TYPE_CHECKING:
    from playwright.sync_api import Locator, Page

pytestmark = pytest.mark.browser

BODY = "<h1>The last good page</h1><form><input name=a></form><p>Text.</p>" + "<p>More.</p>" * 60
HOSTILE = """
* { color: red !important; font-size: 60px !important; --paper: red !important }
body > *, wol-preview, section { display: none !important; opacity: .1 !important; position: static !important; inset: 0 !important; z-index: -1 !important }
"""

ERROR: dict[str, Any] = {
    "path": "content/posts/a.md",
    "line": 3,
    "column": 7,
    "code": "date-invalid",
    "severity": "error",
    "message": "`2026-02-30` is not a date: February has 28 days",
    "hint": "write a day that there is, such as `2026-02-28`",
    "notes": ["in the front matter of a post"],
    "excerpt": "date: 2026-02-30",
    "caret": 6,
    "open": "vscode://file/site/content/posts/a.md:3:7",
}
EVIL = ERROR | {
    "path": 'content/"><img src=x onerror=alert(1)>.md',
    "message": "title <script>alert(1)</script> is <b>odd</b>",
    "excerpt": "title: <script>alert(1)</script>",
    "notes": ["<img src=x onerror=alert(1)>"],
    "hint": "no <i>tags</i>",
    "open": None,
}


@pytest.fixture
def here() -> Iterator[StandIn]:
    server = StandIn()
    server.pages["/"] = f"<!doctype html><html lang=en><head><title>T</title></head><body>{BODY}</body></html>"
    server.start()
    yield server
    server.stop()


def panel(page: Page) -> Locator:
    return page.locator("wol-preview section")


def test_an_error_is_said_in_full(here: StandIn, opened: Callable[..., Page]) -> None:
    """Place, code, sentence, the line with a caret, note, way out and the link to the editor; gone when all is fine."""
    from playwright.sync_api import expect

    here.state["errors"] = [ERROR]
    page = opened(here.url("/"))
    found = panel(page).locator("li")
    expect(found).to_have_count(1)
    for text in ("content/posts/a.md:3:7", ERROR["code"], ERROR["message"], ERROR["hint"], ERROR["notes"][0]):
        expect(found).to_contain_text(text.replace("`", ""))
    expect(found.locator(".message code")).to_have_text("2026-02-30")
    expect(found.locator("pre")).to_have_text(ERROR["excerpt"])
    assert found.locator("mark").evaluate("(mark) => [mark.previousSibling.data, mark.textContent]") == ["date: ", "2"]
    assert found.get_by_role("link", name="Open in the editor").get_attribute("href") == ERROR["open"]
    expect(page.locator("wol-preview [role=alert]")).to_have_text(f"1 error. content/posts/a.md:3:7 {ERROR['message']}")
    here.tell("fine", None)
    expect(panel(page)).to_have_count(0)
    expect(page.locator("wol-preview button")).to_have_count(0)


def test_a_fix_can_be_copied(here: StandIn, opened: Callable[..., Page]) -> None:
    """What fixes an error is shown as it would be typed, with a button that copies it; an error without a fix has no button."""
    from playwright.sync_api import expect

    here.state["errors"] = [ERROR | {"fix": "date: <b>2026-02-28</b>"}, ERROR | {"fix": None}]
    page = opened(here.url("/"))
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    found = panel(page).locator("li")
    expect(found.nth(0).locator(".fix code")).to_have_text("date: <b>2026-02-28</b>")
    expect(found.nth(1).locator(".fix")).to_have_count(0)
    found.nth(0).get_by_role("button", name="Copy").click()
    expect(found.nth(0).get_by_role("button", name="Copied")).to_be_visible()
    assert page.evaluate("navigator.clipboard.readText()") == "date: <b>2026-02-28</b>"


def test_texts_of_errors_stay_texts(here: StandIn, opened: Callable[..., Page]) -> None:
    """Tags in titles and paths are shown as they were typed, and run nothing."""
    from playwright.sync_api import expect

    page = opened(here.url("/"))
    dialogs: list[object] = []
    page.on("dialog", lambda dialog: dialogs.append(dialog))
    here.tell("errors", [EVIL])
    expect(panel(page)).to_contain_text("title <script>alert(1)</script> is <b>odd</b>")
    expect(panel(page)).to_contain_text(EVIL["path"])
    assert panel(page).evaluate("(panel) => panel.querySelectorAll('script, img, i').length") == 0
    page.evaluate("new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))")
    assert dialogs == []


def test_it_can_be_put_away_and_comes_back(here: StandIn, opened: Callable[..., Page]) -> None:
    """By Esc and by its button, to a mark in the corner; the same errors do not open it again, others do."""
    from playwright.sync_api import expect

    page = opened(here.url("/"))
    here.tell("errors", [ERROR])
    expect(panel(page)).to_be_visible()
    page.keyboard.press("Escape")
    expect(panel(page)).to_have_count(0)
    mark = page.get_by_role("button", name="1 error")
    mark.click()
    expect(panel(page)).to_be_visible()
    page.get_by_role("button", name="Close").click()
    expect(panel(page)).to_have_count(0)
    here.tell("errors", [ERROR])
    here.tell("warnings", [ERROR | {"severity": "warning"}])
    expect(page.get_by_role("button", name="1 warning")).to_be_visible()
    expect(panel(page)).to_have_count(0)
    here.tell("errors", [ERROR, EVIL])
    expect(panel(page)).to_contain_text("2 errors")


def test_the_reader_is_left_alone(here: StandIn, opened: Callable[..., Page]) -> None:
    """Focus stays where it is, the page can be read and scrolled."""
    from playwright.sync_api import expect

    page = opened(here.url("/"))
    page.focus("[name=a]")
    here.tell("errors", [ERROR])
    expect(panel(page)).to_be_visible()
    page.keyboard.type("typed")
    assert page.input_value("[name=a]") == "typed"
    box = panel(page).bounding_box()
    assert box is not None
    assert box["height"] < 300
    assert page.get_by_role("heading", name="The last good page").is_visible()


def test_with_the_keyboard_alone(here: StandIn, opened: Callable[..., Page]) -> None:
    """The tab key leads from the page to the panel; what closes or opens it hands the focus on."""
    from playwright.sync_api import expect

    page = opened(here.url("/"))
    here.tell("errors", [ERROR])
    expect(panel(page)).to_be_visible()
    active = "document.activeElement.shadowRoot?.activeElement?.className ?? document.activeElement.localName"
    page.focus("[name=a]")
    page.keyboard.press("Tab")
    assert page.evaluate(active) == "close"
    page.keyboard.press("Enter")
    expect(panel(page)).to_have_count(0)
    assert page.evaluate(active) == "open-errors"
    page.keyboard.press("Enter")
    expect(panel(page)).to_be_visible()
    assert page.evaluate(active) == "close"


def test_warnings_are_a_mark_in_the_corner(here: StandIn, opened: Callable[..., Page]) -> None:
    """The mark has their number and opens the list."""
    from playwright.sync_api import expect

    here.state["warnings"] = [ERROR | {"severity": "warning", "path": "", "line": 0, "column": 0, "excerpt": "", "caret": None}] * 3
    page = opened(here.url("/"))
    expect(panel(page)).to_have_count(0)
    page.get_by_role("button", name="3 warnings").click()
    expect(panel(page).locator("li")).to_have_count(3)
    here.tell("warnings", [])
    expect(panel(page)).to_have_count(0)
    expect(page.locator("wol-preview button")).to_have_count(0)


def test_page_and_overlay_do_not_style_each_other(here: StandIn, opened: Callable[..., Page]) -> None:
    """Whatever the site's style sheet says, and the other way round."""
    from playwright.sync_api import expect

    page = opened(here.url("/"))
    here.tell("errors", [ERROR])
    expect(panel(page)).to_be_visible()
    look = """(one) => {
        const style = getComputedStyle(one);
        return [style.fontSize, style.color, style.backgroundColor, style.fontFamily, style.display, JSON.stringify(one.getBoundingClientRect())];
    }"""
    before = panel(page).evaluate(look)
    mine = page.locator("h1").evaluate(look)
    page.add_style_tag(content=HOSTILE)
    assert panel(page).evaluate(look) == before
    here.tell("fine", None)
    expect(panel(page)).to_have_count(0)
    page.reload()
    assert page.locator("h1").evaluate(look) == mine


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_small_windows_and_print(here: StandIn, opened: Callable[..., Page], scheme: str) -> None:
    """At 320 px nothing is cut off; on paper there is nothing of it."""
    from playwright.sync_api import expect

    page = opened(here.url("/"), width=320, height=560, color_scheme=scheme)
    here.tell("errors", [ERROR, EVIL | {"excerpt": "x" * 500, "caret": 400, "path": "content/" + "long" * 40 + ".md"}])
    here.tell("warnings", [ERROR])
    expect(panel(page)).to_contain_text("2 errors")
    wide = "(one) => [...one.querySelectorAll('*:not(pre, pre *)')].filter((x) => x.getBoundingClientRect().right > innerWidth).length"
    assert panel(page).evaluate(wide) == 0
    assert page.evaluate("document.documentElement.scrollWidth") == 320
    page.emulate_media(media="print")
    assert not panel(page).is_visible()
