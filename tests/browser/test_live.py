"""The page in the browser follows its source, and what its reader has done to it stays: the script against a small server of the tests."""

from __future__ import annotations

import io
import re
import wave
from collections.abc import Callable, Iterator
from random import Random
from typing import TYPE_CHECKING

import pytest

from harness.stand_in import StandIn

if TYPE_CHECKING:
    from playwright.sync_api import Page

pytestmark = pytest.mark.browser


@pytest.fixture
def here() -> Iterator[StandIn]:
    server = StandIn()
    server.start()
    yield server
    server.stop()


@pytest.fixture
def show(here: StandIn, opened: Callable[..., Page]) -> Callable[..., Page]:
    """Give `show("<p>Text")`: a page with that body at `/`, which follows its source and has a mark that loading it again would wipe out."""

    def show_page(body: str, head: str = "", **options: object) -> Page:
        here.pages["/"] = document(body, head)
        page = opened(here.url("/"), **options)
        settled(page)
        return page

    return show_page


def document(body: str, head: str = "") -> str:
    return (
        f"<!doctype html>\n<html lang=en>\n<head><meta charset=utf-8><title>Page</title>{head}</head>\n<body>\n{body}\n</body>\n</html>\n"
    )


def settled(page: Page) -> None:
    """Wait until the script knows the page, and leave a mark."""
    page.wait_for_function("document.documentElement.lastElementChild.localName === 'wol-preview'")
    page.wait_for_function("performance.getEntriesByType('resource').filter((one) => one.initiatorType === 'fetch').length >= 2")
    page.evaluate("window.stayed = true")


def stayed(page: Page) -> bool:
    """Whether the page was not loaded again."""
    return bool(page.evaluate("window.stayed === true"))


def sees(page: Page, text: str) -> None:
    from playwright.sync_api import expect

    expect(page.locator("body")).to_contain_text(text)


def top(page: Page, selector: str) -> float:
    return float(page.evaluate("(selector) => document.querySelector(selector).getBoundingClientRect().top", selector))


LONG = "".join(f"<p class=p{n}>Paragraph {n} has a few words.</p>" for n in range(80))


def test_the_text_changes_without_loading_the_page(here: StandIn, show: Callable[..., Page]) -> None:
    """Title, text and attributes become the new ones."""
    page = show("<h1>Old</h1><p class=a>One.</p>", "<meta name=description content=old>")
    here.put("/", document("<h1>New</h1><p class=b>One.</p><p>Two.</p>", "<meta name=description content=new>").replace("Page", "Other"))
    sees(page, "Two.")
    assert page.title() == "Other"
    assert page.locator("meta[name=description]").get_attribute("content") == "new"
    assert page.locator("p").first.get_attribute("class") == "b"
    assert page.locator("body").inner_text().split() == ["New", "One.", "Two."]
    assert "wol-mark" not in page.content()
    assert stayed(page)


@pytest.mark.parametrize("anchoring", ["auto", "none"], ids=["browser anchors", "browser does not"])
def test_the_view_stays_when_something_above_it_grows(here: StandIn, show: Callable[..., Page], anchoring: str) -> None:
    """What is looked at keeps its place in the window; one who is at the top sees what is new there."""
    head = f"<style>html {{ scroll-behavior: smooth; overflow-anchor: {anchoring} }} nav {{ position: sticky; top: 0 }}</style>"
    menu = "<nav>Menu</nav>"
    page = show(menu + LONG, head)
    page.evaluate("scrollTo({top: document.querySelector('.p41').offsetTop - 40, behavior: 'instant'})")
    at = top(page, ".p41")
    assert 30 < at < 50
    grown = LONG.replace("Paragraph 12 ", "Paragraph 12 " + "grows " * 200)
    here.put("/", document(f"{menu}<h2>New above</h2><p>And more.</p>{grown}", head))
    sees(page, "New above")
    page.evaluate("new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))")
    assert top(page, ".p41") == pytest.approx(at, abs=1)
    here.put("/", document(menu + LONG.replace("Paragraph 45", "Changed in sight"), head))
    sees(page, "Changed in sight")
    page.evaluate("new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))")
    assert top(page, ".p41") == pytest.approx(at, abs=1)
    page.evaluate("scrollTo({top: 0, behavior: 'instant'})")
    here.put("/", document(f"{menu}<h1>At the top</h1>{LONG}", head))
    sees(page, "At the top")
    assert page.evaluate("scrollY") == 0
    assert stayed(page)


def test_what_one_types_stays(here: StandIn, show: Callable[..., Page]) -> None:
    """Focus, selection, typed and chosen values: all but what the author changed."""
    form = "<form><label>A <input name=a value=given></label><textarea name=b>given</textarea><input type=checkbox name=c><select name=d><option>1<option>2</select>%s</form>"
    page = show(form % "" + "<p>Old.</p>")
    page.fill("textarea", "two\nlines")
    page.check("[name=c]")
    page.select_option("select", "2")
    page.fill("[name=a]", "typed text")
    page.evaluate("document.querySelector('[name=a]').setSelectionRange(2, 5)")
    here.put("/", document("<p>Above.</p>" + form % "<button>Send</button>" + "<p>New.</p>"))
    sees(page, "New.")
    values = "(() => { const f = document.forms[0].elements; return [f.a.value, f.b.value, f.c.checked, f.d.value] })()"
    assert page.evaluate(values) == ["typed text", "two\nlines", True, "2"]
    active = "(() => { const one = document.activeElement; return [one.name, one.selectionStart, one.selectionEnd] })()"
    assert page.evaluate(active) == ["a", 2, 5]
    here.put("/", document(form.replace("value=given", "value=other") % ""))
    page.wait_for_function("document.forms[0].elements.a.value === 'other'")
    assert page.evaluate(values) == ["other", "two\nlines", True, "2"]
    assert stayed(page)


def test_details_stay_open(here: StandIn, show: Callable[..., Page]) -> None:
    """Until their author decides otherwise."""
    details = "<details><summary>More</summary><p>Inside %s.</p></details>"
    page = show(details % "one")
    page.click("summary")
    here.put("/", document("<p>Above.</p>" + details % "two"))
    sees(page, "Inside two.")
    assert page.evaluate("document.querySelector('details').open")
    here.put("/", document(details.replace("<details", "<details name=x") % "three"))
    sees(page, "Inside three.")
    page.click("summary")
    here.put("/", document(details.replace("<details", "<details open") % "four"))
    sees(page, "Inside four.")
    assert page.evaluate("document.querySelector('details').open")
    assert stayed(page)


def test_a_film_plays_on(here: StandIn, show: Callable[..., Page]) -> None:
    """What plays is not touched, whatever changes around it."""
    sound = io.BytesIO()
    with wave.open(sound, "wb") as out:
        out.setparams((1, 2, 8000, 0, "NONE", ""))
        out.writeframes(b"\0\0" * 8000 * 60)
    here.files["/a.wav"] = sound.getvalue()
    audio = "<figure><audio src=/a.wav controls></audio></figure>"
    page = show("<p>One.</p>" + audio + "<p>Two.</p>")
    page.evaluate("window.film = document.querySelector('audio'); film.play()")
    page.wait_for_function("film.currentTime > 0")
    here.put("/", document("<h1>New</h1><p>Zero.</p><p>One.</p>" + audio + "<p>Two, changed.</p>"))
    sees(page, "Two, changed.")
    assert page.evaluate("film.isConnected && !film.paused && film.currentTime > 0")
    assert stayed(page)


def test_scripts_that_change_load_the_page_again(here: StandIn, show: Callable[..., Page]) -> None:
    """A script cannot be taken back; data that only look like a script can."""
    page = show("<p>Old.</p><script>window.ran = 1</script><script type=application/ld+json>{}</script>")
    here.put("/", document('<p>Newer.</p><script>window.ran = 1</script><script type=application/ld+json>{"a": 1}</script>'))
    sees(page, "Newer.")
    assert stayed(page)
    here.put("/", document("<p>Newest.</p><script>window.ran = 2</script>"))
    page.wait_for_function("window.ran === 2")
    assert not stayed(page)


def test_text_that_scripts_rebuild_is_loaded_again(here: StandIn, show: Callable[..., Page]) -> None:
    """A morph would undo the work of the script; loading does it again."""
    script = "<script>for (const one of document.querySelectorAll('pre')) one.append(document.createElement('button'))</script>"
    page = show("<pre>one</pre>" + script)
    here.put("/", document("<pre>two</pre>" + script))
    page.wait_for_function("document.querySelector('pre').textContent === 'two' && document.querySelector('pre button')")
    assert not stayed(page)
    settled(page)
    here.put("/", document("<pre>two</pre><pre>three</pre>" + script))
    page.wait_for_function("document.querySelectorAll('pre button').length === 2")
    assert not stayed(page)


def test_what_scripts_set_on_elements_stays(here: StandIn, show: Callable[..., Page]) -> None:
    """Classes of theirs, and elements that they or extensions of the browser put beside the text."""
    page = show("<nav class=menu><a href=/>Home</a></nav><p>Old.</p><noscript><p>No script</p></noscript>")
    page.evaluate(
        """() => {
            document.documentElement.dataset.theme = "dark";
            document.querySelector("a").className = "here";
            document.body.prepend(document.createElement("aside"));
            document.querySelector("noscript").after(document.createElement("div"));
            document.head.append(Object.assign(document.createElement("style"), {textContent: "p { color: rgb(1, 2, 3) }"}));
        }"""
    )
    here.put("/", document("<nav class=menu><a href=/>Start</a></nav><p>New.</p><noscript><p>No script</p></noscript><div>More</div>"))
    sees(page, "New.")
    assert page.evaluate("[document.documentElement.dataset.theme, document.querySelector('a').className]") == ["dark", "here"]
    assert page.evaluate("['aside', 'div'].map((name) => document.querySelectorAll(name).length)") == [1, 2]
    assert sorted(page.locator("body > div").all_inner_texts()) == ["", "More"]
    assert page.evaluate("document.querySelector('noscript').textContent") == "<p>No script</p>"
    assert page.evaluate("getComputedStyle(document.querySelector('p')).color") == "rgb(1, 2, 3)"
    assert stayed(page)


def anything(random: Random) -> str:
    """Make up a body: blocks with few words, so that many are alike, some with ids, some within others."""
    words = random.choice(["One.", "Two.", "Three <b>bold</b>.", "Four<br>lines.", "<!-- Five -->", "<img alt=six>", "<input name=seven>"])
    kind = random.choice(["p", "p", "p", "li", "h2", "div", "details", "section", "pre"])
    name = random.choice(["", "", f" id=i{random.randrange(12)}", " class=c"])
    inner = words if random.random() < 0.6 or kind in ("p", "h2") else "".join(anything(random) for _ in range(random.randrange(3)))
    return f"<{kind}{name}>{inner}</{kind}>"


EACH = """async (bodies) => {
    const { relate, morph } = await import("/.wol/morph.js");
    const read = (html) => new DOMParser().parseFromString(html, "text/html");
    const found = { wrong: [], refused: 0 };
    bodies.reduce((served, html) => {
        const fresh = read(html);
        const relation = relate(served, fresh);
        if (!relation) {
            found.wrong.push([served.body.outerHTML, html, document.body.outerHTML]);
        } else if (!morph(fresh, relation)) {
            found.refused += 1;
            document.documentElement.replaceWith(document.importNode(read(html).documentElement, true));
        } else if (document.body.outerHTML !== read(html).body.outerHTML) {
            found.wrong.push([served.body.outerHTML, html, document.body.outerHTML]);
        }
        return fresh;
    }, read(document.documentElement.outerHTML));
    return found;
}"""


@pytest.mark.parametrize("ids", ["once", "many times"])
@pytest.mark.parametrize("seed", range(2))
def test_any_page_becomes_any_other(here: StandIn, opened: Callable[..., Page], seed: int, ids: str) -> None:
    """A morph gives what loading the page would give, whatever was written, moved and taken away; or says that it cannot, where ids are there twice."""
    random = Random(seed)
    blocks = [anything(random) for _ in range(12)]
    bodies = []
    for _ in range(150):
        for _ in range(random.randrange(1, 4)):
            act = random.randrange(4)
            place = random.randrange(len(blocks) + 1)
            if act == 0 or len(blocks) < 4:
                blocks.insert(place, anything(random))
            elif act == 1:
                blocks.insert(place, blocks.pop(random.randrange(len(blocks))))
            elif act == 2:
                del blocks[place : place + random.randrange(1, 3)]
            else:
                blocks[place - 1] = anything(random)
        body = "".join(blocks)
        for name in set(re.findall(r" id=i\d+", body)) if ids == "once" else ():
            first, *others = body.split(name + ">")
            body = first + name + ">" + ">".join(others)
        bodies.append(document(body))
    here.files["/plain.html"] = bodies[0].encode()
    page = opened(here.url("/plain.html"))
    found = page.evaluate(EACH, bodies)
    assert found["wrong"] == []
    assert found["refused"] == 0 or (ids != "once" and found["refused"] < 50)


def test_style_sheets_are_swapped_without_a_flash(here: StandIn, show: Callable[..., Page]) -> None:
    """No frame is shown without the one or the other, however long the new one takes."""
    here.files |= {f"/{n}.css": f"p {{ margin-top: {10 * n}px; color: red }}".encode() for n in (1, 2, 3)}
    here.files["/last.css"] = b"p { color: rgb(0, 0, 1) }"
    here.slow["/2.css"] = 0.3
    link = "<link rel=stylesheet href=/%s.css>"
    page = show("<p>Text.</p>", link % 1 + link % "last")
    page.evaluate(
        """() => {
            window.seen = new Set();
            const look = () => { const style = getComputedStyle(document.querySelector("p")); seen.add(style.marginTop).add(style.color); requestAnimationFrame(look) };
            look();
        }"""
    )
    here.put("/", document("<p>Text.</p>", link % 3 + link % 2 + link % "last"))
    page.wait_for_function("seen.has('20px') && document.querySelectorAll('link').length === 3")
    assert page.evaluate("[...seen]") == ["10px", "rgb(0, 0, 1)", "20px"]
    assert stayed(page)


def test_files_that_change_under_the_same_address(here: StandIn, show: Callable[..., Page]) -> None:
    """Style sheets and pictures are asked for again; a script of the page loads the page again."""
    svg = "<svg xmlns='http://www.w3.org/2000/svg' width='{0}' height='{0}'/>"
    here.files |= {"/a.css": b"p { color: rgb(1, 1, 1) }", "/i.svg": svg.format(10).encode(), "/s.js": b"window.n = 1"}
    page = show("<p>Text.</p><img src=/i.svg>", "<link rel=stylesheet href=/a.css><script src=/s.js></script>")
    here.files |= {"/a.css": b"p { color: rgb(2, 2, 2) }", "/i.svg": svg.format(20).encode()}
    here.tell("files", {"paths": ["/a.css", "/i.svg", "/other.css"]})
    page.wait_for_function("getComputedStyle(document.querySelector('p')).color === 'rgb(2, 2, 2)' && document.images[0].width === 20")
    del here.files["/a.css"]
    here.tell("files", {"paths": ["/a.css"]})
    page.wait_for_function("performance.getEntriesByType('resource').filter((e) => e.name.includes('a.css')).length === 3")
    here.put("/", document("<p>New.</p><img src=/i.svg>", "<link rel=stylesheet href=/a.css><script src=/s.js></script>"))
    sees(page, "New.")
    assert page.evaluate("getComputedStyle(document.querySelector('p')).color") == "rgb(2, 2, 2)", "one that is gone keeps its last look"
    assert stayed(page)
    here.files["/s.js"] = b"window.n = 2"
    here.tell("files", {"paths": ["/s.js"]})
    page.wait_for_function("window.n === 2")
    assert not stayed(page)


def test_files_that_change_while_the_page_is_hidden(here: StandIn, show: Callable[..., Page]) -> None:
    """What has changed in a tab that nobody looked at is there when somebody looks again, though the page itself is the same."""
    here.files["/a.css"] = b"p { color: rgb(1, 1, 1) }"
    page = show("<p>Text.</p>", "<link rel=stylesheet href=/a.css>")
    page.evaluate(HIDDEN, True)
    here.files["/a.css"] = b"p { color: rgb(2, 2, 2) }"
    here.clients.clear()
    here.tell("files", {"paths": ["/a.css"]})
    page.evaluate(HIDDEN, False)
    page.wait_for_function("getComputedStyle(document.querySelector('p')).color === 'rgb(2, 2, 2)'")
    asked = here.asked.count("/a.css")
    page.evaluate(HIDDEN, True)
    page.evaluate(HIDDEN, False)
    here.put("/", document("<p>New.</p>", "<link rel=stylesheet href=/a.css>"))
    sees(page, "New.")
    assert here.asked.count("/a.css") == asked, "it knows that one"
    assert stayed(page)


def test_many_changes_become_few(here: StandIn, show: Callable[..., Page]) -> None:
    """The last one is shown, also when it comes while another is fetched; not each is fetched."""
    page = show("<p>0</p>")
    asked = len(here.asked)
    for n in range(1, 101):
        here.put("/", document(f"<p>{n}.</p>"))
    sees(page, "100.")
    assert len(here.asked) - asked < 60
    here.slow["/"] = 0.3
    asked = len(here.asked)
    here.put("/", document("<p>Last but one.</p>"))
    until(page, lambda: len(here.asked) > asked)
    here.put("/", document("<p>Last.</p>"))
    sees(page, "Last.")
    assert page.evaluate("document.querySelector('p').textContent") == "Last."
    assert stayed(page)


def test_a_page_that_moves(here: StandIn, show: Callable[..., Page]) -> None:
    """A redirect takes the reader along."""
    here.pages["/there/"] = document("<p>There.</p>")
    page = show("<p>Here.</p>")
    here.put("/", document("", "<meta http-equiv=refresh content='0; url=/there/'>"))
    page.wait_for_url("**/there/")
    sees(page, "There.")


HIDDEN = "(hidden) => { Object.defineProperty(document, 'visibilityState', {value: hidden ? 'hidden' : 'visible', configurable: true}); document.dispatchEvent(new Event('visibilitychange')) }"


def until(page: Page, condition: Callable[[], bool]) -> None:
    """Wait for something that the server sees."""
    for _ in range(500):
        if condition():
            return
        page.wait_for_timeout(20)
    raise AssertionError("it did not come")


def test_hidden_tabs_hold_nothing(here: StandIn, show: Callable[..., Page]) -> None:
    """They hang up, and take what changed when they are looked at again. So do pages in the browser's store of pages to go back to."""
    page = show("<p>One.</p>")
    until(page, lambda: len(here.clients) == 1)
    page.evaluate(HIDDEN, True)
    here.put("/", document("<p>Two.</p>"))
    here.put("/", document("<p>Three.</p>"))

    def hung_up() -> bool:
        here.tell("warnings", [])  # a client that went away is noticed when something is sent
        return not here.clients

    until(page, hung_up)
    page.evaluate(HIDDEN, False)
    sees(page, "Three.")
    page.evaluate("dispatchEvent(new PageTransitionEvent('pagehide', {persisted: true}))")
    here.put("/", document("<p>Four.</p>"))
    here.put("/", document("<p>Five.</p>"))
    page.evaluate("dispatchEvent(new PageTransitionEvent('pageshow', {persisted: true}))")
    sees(page, "Five.")
    assert stayed(page)


def test_a_script_that_goes_to_another_path(here: StandIn, show: Callable[..., Page]) -> None:
    """After `pushState` the page follows that path; only loading can show what changes there."""
    here.pages["/other/"] = document("<p>Other.</p>")
    page = show("<p>One.</p>")
    page.evaluate("history.pushState(null, '', '/other/')")
    until(page, lambda: "/other/" in here.clients.values())
    assert stayed(page)
    here.put("/other/", document("<p>Other, new.</p>"))
    sees(page, "Other, new.")
    assert not stayed(page)


def test_nothing_is_wrong_on_the_console(here: StandIn, opened: Callable[..., Page]) -> None:
    """The script says nothing, also when it morphs."""
    here.pages["/"] = document("<p>Old.</p>")
    said: list[str] = []
    page = opened("about:blank")
    page.on("console", lambda message: said.append(message.text))
    page.on("pageerror", lambda error: said.append(str(error)))
    page.goto(here.url("/"))
    settled(page)
    here.put("/", document("<p>New.</p>"))
    sees(page, "New.")
    assert [one for one in said if not re.search("favicon|404", one)] == []
