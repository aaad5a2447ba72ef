"""What `wol check` and the build have to say of links, tags and templates, on texts as people write them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable

import pytest

from harness.cases import cases
from harness.site import CONFIG, Site
from wol.features.taxonomies.rules import alike

POST = "---\ntitle: A\ndate: 2026-10-01\ndescription: Words.\n---\n{}\n"
ALLOW = '[[check.allow]]\ncode = "check-link"\npath = "/app/*"\nreason = "another program serves it"\n'


def test_one_line_for_a_part_of_the_domain(site: Callable[..., Site]) -> None:
    """However the links are written, neither the build nor the check tells of them; what is beside that part is told."""
    text = "[a](/app/one)\n[b](/app/two/)\n[c](https://example.org/app/three?x#y)\n<a href='/app/four'>d</a>\n\n[e](/application/)"
    here = site({"content/posts/a.md": POST.format(text)}, CONFIG + ALLOW)
    assert [one.message for one in here.build().diagnostics] == ["The link to `/application/` leads nowhere"]
    told = here.run("check")
    assert "/app/" not in told.stderr + told.stdout
    assert "check-allowance" not in told.stderr + told.stdout
    assert "/application/" in told.stderr + told.stdout


@pytest.mark.parametrize(
    "address",
    [
        "http://localhost",
        "http://localhost:8000/a",
        "https://127.0.0.1:8443/",
        "http://0.0.0.0:80",
        "http://box.local/x",
        "http://a.localhost/",
    ],
)
def test_addresses_of_this_computer_in_prose(site: Callable[..., Site], address: str) -> None:
    """A bare one is an example, and no link; one that is a link is still an error."""
    here = site({"content/posts/a.md": POST.format(f"Open {address} and see.")})
    here.build()
    assert f"Open {address} and see." in (here.root / "public/2026/10/a/index.html").read_text("utf-8")
    assert here.run("check").code == 0
    here.write("content/posts/a.md", POST.format(f"Open [this]({address})."))
    here.build()
    assert "check-local" in here.run("check").stderr


def test_tags_that_are_alike() -> None:
    expected = {
        ("mobile", "t-mobile"): False,
        ("mobile", "mobile web"): False,
        ("open source", "source"): False,
        ("e-mail", "email"): True,
        ("note-taking", "notetaking"): True,
        ("javascript", "javascripts"): True,
        ("collaboration", "colaboration"): True,
        ("C", "C++"): False,
        ("café culture", "cafe culture"): True,
        ("web-design", "web design"): False,
        ("t mobile", "mobile"): False,
        ("x-files", "files"): False,
    }
    with cases() as case:
        for pair, told in expected.items():
            with case(pair):
                assert bool(list(alike(Counter(pair)))) == told


def test_an_unknown_template_is_told_before_anything_is_rendered(site: Callable[..., Site]) -> None:
    """Each with its line, all at once, with what may have been meant; and again after an edit."""
    files = {
        "content/posts/a.md": "---\ntitle: A\ndate: 2026-10-01\ntemplate: pots\n---\n",
        "content/posts/b.md": "---\ntitle: B\ndate: 2026-10-02\ntemplate: nothing-like-it.html\n---\n",
        "content/posts/c.md": "---\ntitle: C\ndate: 2026-10-02\ntemplate: note\n---\n",
    }
    here = site(files)
    ran = here.run("build")
    assert ran.code == 1
    assert "content/posts/a.md:4: error[template-missing]: No theme has the template `pots.html`" in ran.stderr
    assert "did you mean `post`?" in ran.stderr
    assert "content/posts/b.md:4: error[template-missing]" in ran.stderr
    assert "while rendering" not in ran.stderr
    here.write("content/posts/a.md", files["content/posts/a.md"].replace("pots", "post"))
    here.write("content/posts/b.md", files["content/posts/b.md"].replace("nothing-like-it", "page"))
    assert here.run("build").code == 0
    here.write("content/posts/c.md", files["content/posts/c.md"].replace("note", "notes-of-mine"))
    again = here.run("build")
    assert "content/posts/c.md:4: error[template-missing]" in again.stderr
    assert "while rendering" not in again.stderr
