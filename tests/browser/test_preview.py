"""A writer, an editor and a browser side by side: `wol serve` as a process of its own, and Chromium."""

from __future__ import annotations

import re
import subprocess
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import pytest

from harness.site import CONFIG, Site

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

pytestmark = pytest.mark.browser

POST = "---\ntitle: %s\ndate: 2026-11-20\n---\n%s\n"
LONG = "\n\n".join(f"Paragraph {n} has a few words to fill its line with." for n in range(100))


class Preview:
    """A site that is served: its address, and the process that can be stopped and started again."""

    def __init__(self, site: Site) -> None:
        self.site = site
        self.port = "0"
        self.url = ""
        self._process: subprocess.Popen[str] | None = None

    def start(self, *options: str) -> None:
        """Serve; at the same port as before, if there was one."""
        self._process = self.site.process("serve", "--port", self.port, *options)
        assert self._process.stdout is not None
        said = re.search(r"http://\S+", self._process.stdout.readline())
        assert said is not None, self._process.communicate()
        self.url = said[0].rstrip("/")
        self.port = str(urlsplit(self.url).port)

    def stop(self) -> None:
        """End the server as Ctrl-C does."""
        if self._process is not None:
            self._process.terminate()
            out, err = self._process.communicate(timeout=20)
            assert "Traceback" not in out + err, out + err
            self._process = None


@pytest.fixture
def serve(site: Callable[..., Site]) -> Iterator[Callable[..., Preview]]:
    """Give `serve({"content/a.md": "…"})`: a site that is built and served."""
    made: list[Preview] = []

    def start(files: dict[str, str], config: str = CONFIG, *options: str) -> Preview:
        made.append(Preview(site(files, config)))
        made[-1].start(*options)
        return made[-1]

    yield start
    for one in made:
        one.stop()


@pytest.fixture
def show(opened: Callable[..., Page]) -> Callable[..., Page]:
    """Give `show(url)`: a page that follows its source, with a mark that loading it again would wipe out."""

    def show_page(url: str, **options: object) -> Page:
        page = opened(url, **options)
        page.wait_for_function("performance.getEntriesByType('resource').filter((one) => one.initiatorType === 'fetch').length >= 2")
        page.evaluate("window.stayed = true")
        return page

    return show_page


def stayed(page: Page) -> bool:
    return bool(page.evaluate("window.stayed === true"))


def sees(page: Page, text: str) -> None:
    from playwright.sync_api import expect

    expect(page.locator("body")).to_contain_text(text)


def test_a_saved_text_is_there_without_loading_the_page(serve: Callable[..., Preview], show: Callable[..., Page]) -> None:
    """The reader keeps the view, what was typed into a form, and the focus."""
    form = '<form><input name="a"></form>\n\n'
    here = serve({"content/posts/a.md": POST % ("A", form + LONG)})
    page = show(here.url + "/2026/11/a/")
    page.fill("[name=a]", "typed")
    page.evaluate("scrollTo({top: 1500, behavior: 'instant'})")
    place = "[...document.querySelectorAll('p')].find((p) => p.textContent.startsWith('Paragraph 40 ')).getBoundingClientRect().top"
    at = page.evaluate(place)
    changed = LONG.replace("Paragraph 45 has", "Paragraph 45 had").replace("Paragraph 3 ", "New above.\n\n" * 9 + "Paragraph 3 ")
    here.site.write("content/posts/a.md", POST % ("Another title", form + changed))
    sees(page, "Paragraph 45 had")
    assert page.title().startswith("Another title")
    assert page.evaluate(place) == pytest.approx(at, abs=1)
    assert page.evaluate("[document.activeElement.name, document.activeElement.value]") == ["a", "typed"]
    assert stayed(page)


def test_the_look_changes_without_loading_the_page(serve: Callable[..., Preview], show: Callable[..., Page]) -> None:
    """A style sheet of the theme, whose name changes with it, and one in `static/`, whose name does not."""
    head = '<link rel="stylesheet" href="{{ "mine.css"|asset }}"><link rel="stylesheet" href="/plain.css">\n'
    here = serve(
        {
            "content/about.md": "About.",
            "themes/mine/theme.toml": "api = 1\n",
            "themes/mine/assets/mine.css": "p { color: rgb(1, 1, 1) }",
            "themes/mine/templates/parts/styles.html": head,
            "static/plain.css": "p { background-color: rgb(1, 1, 1) }",
        },
        CONFIG + '[theme]\nuse = ["mine", "default"]\n',
    )
    page = show(here.url + "/about/")
    look = "(() => { const style = getComputedStyle(document.querySelector('main p')); return [style.color, style.backgroundColor].join(' ') })()"
    assert page.evaluate(look) == "rgb(1, 1, 1) rgb(1, 1, 1)"
    here.site.write("themes/mine/assets/mine.css", "p { color: rgb(2, 2, 2) }")
    page.wait_for_function(f"{look} === 'rgb(2, 2, 2) rgb(1, 1, 1)'")
    here.site.write("static/plain.css", "p { background-color: rgb(3, 3, 3) }")
    page.wait_for_function(f"{look} === 'rgb(2, 2, 2) rgb(3, 3, 3)'")
    assert stayed(page)


def test_a_broken_save_is_said_over_the_last_good_page(serve: Callable[..., Preview], show: Callable[..., Page]) -> None:
    """With its place, its line and the link to the editor; the next good save takes it away."""
    from playwright.sync_api import expect

    here = serve({"content/posts/a.md": POST % ("A", "Good.")}, CONFIG + '[serve]\neditor = "vscode"\n')
    page = show(here.url + "/2026/11/a/")
    panel = page.locator("wol-preview section")
    here.site.write("content/posts/a.md", "---\ntitle: A\ndate: <script>alert(1)</script>\n---\nBroken.\n")
    expect(panel).to_contain_text("content/posts/a.md:3:7")
    expect(panel.locator("pre")).to_have_text("date: <script>alert(1)</script>")
    expect(panel.locator("mark")).to_have_text("<")
    expect(panel.locator("script")).to_have_count(0)
    assert panel.get_by_role("link").get_attribute("href") == f"vscode://file{here.site.root}/content/posts/a.md:3:7"
    sees(page, "Good.")
    here.site.write("content/posts/a.md", POST % ("A", "Better."))
    sees(page, "Better.")
    expect(panel).to_have_count(0)
    assert stayed(page)


def test_a_site_that_is_broken_from_the_start(serve: Callable[..., Preview], opened: Callable[..., Page]) -> None:
    """The browser says why, and shows the page as soon as there is one."""
    here = serve({"content/about.md": "---\ntitle: [\n---\n"})
    page = opened(here.url + "/about/")
    sees(page, "content/about.md")
    here.site.write("content/about.md", "About.")
    sees(page, "About.")


def test_drafts_wear_a_ribbon(serve: Callable[..., Preview], show: Callable[..., Page]) -> None:
    """It goes when the draft is none any more, and comes back."""
    from playwright.sync_api import expect

    here = serve({"content/posts/a.md": POST.replace("---\n%s", "draft: yes\n---\n%s") % ("A", "Text.")})
    page = show(here.url + "/2026/11/a/")
    ribbon = page.locator("p.ribbon")
    expect(ribbon).to_contain_text("Draft")
    here.site.write("content/posts/a.md", POST % ("A", "Text."))
    expect(ribbon).to_have_count(0)
    here.site.write("content/posts/a.md", POST.replace("2026-11-20", "2126-11-20") % ("A", "Text."))
    sees(page, "Page not found")
    assert stayed(page)


def test_tabs_follow_their_own_pages(serve: Callable[..., Preview], show: Callable[..., Page]) -> None:
    """A list and a post: a new title is in both, a new text in one."""
    here = serve({"content/posts/a.md": POST % ("First title", "Text."), "content/about.md": "About."})
    post, home, about = show(here.url + "/2026/11/a/"), show(here.url + "/"), show(here.url + "/about/")
    asked: list[str] = []
    about.on("request", lambda request: asked.append(request.url))
    here.site.write("content/posts/a.md", POST % ("Second title", "Text."))
    sees(post, "Second title")
    sees(home, "Second title")
    here.site.write("content/about.md", "About us.")
    sees(about, "About us.")
    assert len(asked) == 1
    assert stayed(post)
    assert stayed(home)
    assert stayed(about)


def test_a_page_that_is_written_while_one_waits_for_it(serve: Callable[..., Preview], show: Callable[..., Page]) -> None:
    """Where nothing was, the page appears; where it was, nothing is."""
    here = serve({"content/about.md": "About."})
    page = show(here.url + "/new/")
    here.site.write("content/new.md", "Here I am.")
    sees(page, "Here I am.")
    here.site.remove("content/new.md")
    sees(page, "Page not found")
    assert stayed(page)


def test_the_server_is_started_again(serve: Callable[..., Preview], show: Callable[..., Page]) -> None:
    """The page says that it waits, and takes what was saved meanwhile."""
    from playwright.sync_api import expect

    here = serve({"content/about.md": "About."})
    page = show(here.url + "/about/")
    here.stop()
    lost = page.locator("wol-preview .lost")
    expect(lost).to_be_visible()
    here.site.write("content/about.md", "About us.")
    here.start()
    sees(page, "About us.")
    expect(lost).to_have_count(0)
    assert stayed(page)


def test_a_site_below_a_path(serve: Callable[..., Preview], show: Callable[..., Page]) -> None:
    """The preview has the path of the site's address; its script stands at the top of the host all the same."""
    here = serve({"content/about.md": "About."}, CONFIG.replace("example.org", "example.org/blog"))
    assert here.url.endswith("/blog")
    page = show(here.url + "/about/")
    here.site.write("content/about.md", "About us.")
    sees(page, "About us.")
    page.get_by_role("link", name="A Site").first.click()
    page.wait_for_url("**/blog/")
    assert page.locator("link[rel=stylesheet]").first.evaluate("(link) => link.sheet.cssRules.length > 9")


def test_warnings_are_counted_in_the_corner(serve: Callable[..., Preview], show: Callable[..., Page]) -> None:
    """A click lists them; they go with their cause."""
    from playwright.sync_api import expect

    here = serve({"content/posts/undated.md": "Text."})
    page = show(here.url + "/")
    page.get_by_role("button", name="1 warning").click()
    expect(page.locator("wol-preview section")).to_contain_text("content/posts/undated.md")
    here.site.write("content/posts/undated.md", POST % ("A", "Text."))
    expect(page.locator("wol-preview button")).to_have_count(0)


def test_many_windows(serve: Callable[..., Preview], browser: Browser) -> None:
    """More windows of one browser than it makes connections: each follows its source, and pages load meanwhile."""
    from playwright.sync_api import expect

    here = serve({f"content/p{number}.md": f"# Page {number}\n\nOld {number}.\n" for number in range(9)})
    context = browser.new_context()
    try:
        pages = [context.new_page() for _ in range(9)]
        for number, page in enumerate(pages):
            page.goto(f"{here.url}/p{number}/", timeout=15_000)
            page.wait_for_function("document.documentElement.lastElementChild.localName === 'wol-preview'")
        for number in (0, 4, 8):
            here.site.write(f"content/p{number}.md", f"# Page {number}\n\nNew {number}.\n")
            expect(pages[number].locator("body")).to_contain_text(f"New {number}.", timeout=15_000)
        expect(pages[1].locator("body")).to_contain_text("Old 1.")
        here.site.write("content/p1.md", "---\ndate: soon\n---\n")
        for page in pages:
            expect(page.locator("wol-preview")).to_contain_text("write it as", timeout=15_000)
        pages[3].close()
        here.site.write("content/p1.md", "# Page 1\n\nNewest.\n")
        expect(pages[1].locator("body")).to_contain_text("Newest.", timeout=15_000)
        expect(pages[8].locator("wol-preview")).not_to_contain_text("write it as", timeout=15_000)
    finally:
        context.close()
