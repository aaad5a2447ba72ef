"""What the guide "How builds stay right" shows is what builds say."""

from __future__ import annotations

from collections.abc import Callable

from harness.guides import blocks, guide
from harness.site import Site

POST = "---\ntitle: {}\ndate: 2026-11-{}\ntags: [x]\n---\n{}\n"


def test_the_reasons_in_the_example(site: Callable[..., Site]) -> None:
    """The lines below the example's first are printed, letter by letter, after that edit."""
    shown = next(block.text for block in blocks(guide("right")) if "--explain" in block.text).splitlines()
    edited, reasons = shown[0].partition(":")[0], shown[2:]
    assert edited == "content/posts/first.md"
    here = site({edited: POST.format("First", 20, "One."), "content/posts/second.md": POST.format("Second", 21, "Two.")})
    here.run("build")
    here.write(edited, POST.format("Another", 20, "One."))
    told = here.run("build", "--explain").stdout.splitlines()
    assert set(reasons) - set(told) == set()


def test_a_sentence_more_reaches_no_list(site: Callable[..., Site]) -> None:
    """It changes the page and the feeds only, as the guide says."""
    text = POST.format("First", 20, "One.\n\nTwo.")
    here = site({"content/posts/first.md": text, "content/posts/second.md": POST.format("Second", 21, "Two.")})
    here.build()
    here.write("content/posts/first.md", f"{text}\nThree.\n")
    made = {outcome.path for outcome in here.build().outcomes if outcome.written}
    feeds = {f"{folder}{name}" for folder in ("", "tags/x/") for name in ("feed.xml", "atom.xml", "feed.json")}
    assert made == {"2026/11/first/index.html", *feeds}
