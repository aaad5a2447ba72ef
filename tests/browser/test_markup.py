"""The Nu HTML checker finds nothing in what wol writes.

Needs Java and the jar of npm's `vnu-jar`, whose path is in WOL_VNU_JAR (or one made by `npm install --prefix .tools/nu vnu-jar`).
"""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from harness.blogs import copied
from harness.guides import OWN
from harness.site import CONFIG, Site

pytestmark = pytest.mark.browser

ROOT = Path(__file__).parents[2]
JAR = Path(os.environ.get("WOL_VNU_JAR", ROOT / ".tools/nu/node_modules/vnu-jar/build/dist/vnu.jar"))
CONTENT = re.compile(r'(<(\w+)[^>]*class="[^"]*\be-content\b[^"]*"[^>]*>)')


def problems(folder: Path) -> list[str]:
    """Check every page and style sheet below a folder; give what was found, one line each."""
    if not JAR.is_file() or not shutil.which("java"):
        pytest.fail("the Nu HTML checker is not here: name its vnu.jar in WOL_VNU_JAR")
    found = subprocess.run(
        ["java", "-jar", str(JAR), "--format", "json", "--skip-non-html", "--also-check-css", str(folder)],
        capture_output=True,
        text=True,
        check=False,
    )
    messages: list[dict[str, Any]] = json.loads(found.stderr)["messages"]
    return [
        f"{m.get('url', '').rpartition(folder.name)[2]}:{m.get('lastLine')}: {m.get('subType') or m['type']}: {m['message']}  {m.get('extract', '')!r}"
        for m in messages
    ]


def without_content(page: str) -> str:
    """Put a plain paragraph in the place of the text that the author wrote."""
    found = CONTENT.search(page)
    if not found:
        return page
    depth, at = 1, found.end()
    for tag in re.finditer(rf"<(/?){found[2]}\b[^>]*>", page[found.end() :]):
        depth += -1 if tag[1] else 1
        if depth == 0:
            at = found.end() + tag.start()
            break
    return f"{page[: found.end()]}<p>Text.</p>{page[at:]}"


def test_own_site(tmp_path: Path) -> None:
    """The site of this repository has no fault."""
    own = Site.of(ROOT, tmp_path / "own", only=OWN)
    own.build()
    assert problems(own.output) == []


@pytest.mark.corpora
@pytest.mark.parametrize("name", ["18f", "mehdix", "scientific-python-blog"])
def test_frame_of_real_blogs(corpora: Path, tmp_path: Path, name: str) -> None:
    """Around the texts of real blogs, broken HTML and all, the frame of every page has no fault."""
    site = copied(corpora, name, tmp_path / name)
    site.build()
    for place in site.output.rglob("*.html"):
        place.write_text(without_content(place.read_text("utf-8")), "utf-8")
    assert problems(site.output)[:40] == []


MARKUP = (Path(__file__).parents[1] / "fixtures" / "markup" / "everything.md").read_text("utf-8")


@pytest.mark.parametrize("kind", ["posts", "notes", "."])
def test_markup_of_texts(site: Callable[..., Site], kind: str) -> None:
    """What wol makes of every construct of Markdown has no fault: footnotes, callouts, tables, code, tasks, figures, definitions."""
    here = site(
        {
            f"content/{kind}/2026-11-20-everything.md": MARKUP,
            f"content/{kind}/photo.jpg": b"photo",
            f"content/{kind}/2026-11-21-other.md": "---\ntitle: Other & more <b>\ntags: [C++, 日本]\n---\nText [back](2026-11-20-everything.md#a-part).\n",
        },
        CONFIG
        + 'description = "A & B"\n[site.author]\nname = "Ann"\nbio = "Writes *here*."\nphoto = "https://example.org/ann.jpg"\nme = ["https://example.com/@ann"]\n',
    )
    here.build()
    assert problems(here.output) == []


def test_all_states_and_lists(site: Callable[..., Site]) -> None:
    """Tombstones, redirects, link posts, undated and unlisted items, right-to-left ones, long lists, empty ones and 404 have no fault."""
    files: dict[str, str | bytes] = {
        "content/_index.md": "---\ntitle: Home\n---\nWelcome.\n",
        "content/notes/_index.md": "---\ntitle: Garden\n---\nText.\n",
        "content/posts/gone.md": "---\ndate: 2026-10-01\ngone: by wish\naliases: [/was/here/]\n---\nx\n",
        "content/posts/link.md": "---\ndate: 2026-10-02\nlink: https://example.com/?a=1&b=2\nsyndication: [https://example.com/1]\n---\nx\n",
        "content/posts/unlisted.md": "---\ndate: 2026-10-02\nunlisted: yes\n---\nx\n",
        "content/posts/undated.md": "x\n",
        "content/posts/rtl.md": "---\ndate: 2026-10-03\nlang: fa\ntitle: سلام\nlicence: CC-BY-4.0\ncanonical: https://example.com/x\n---\nسلام دنیا\n",
        "content/posts/image.md": "---\ndate: 2026-10-04\nimage: /img/a.jpg\nimage_alt: An image\ntoc: yes\n---\n## One\n\n### Two\n\n## Three\n",
        "content/notes/untitled.md": "A note without a title.\n",
        "static/img/a.jpg": b"x",
        **{
            f"content/posts/2026-09-{day:02}-p{day}.md": f"---\ntags: [t{day}]\nupdated: 2026-10-01\n---\nText {day}.\n"
            for day in range(1, 29)
        },
    }
    here = site(
        files,
        CONFIG
        + '\n[redirects]\n"/old/" = "/notes/"\n"/away/" = "https://example.com/?a=1&b=2"\n\n[theme]\nnav = [{text = "Notes", to = "/notes/"}]\nfooter = "*Foot*"\n',
    )
    here.build()
    here.build(drafts=True, future=True, output=here.root / "public2")
    assert problems(here.output) + problems(here.root / "public2") == []


def test_an_empty_site(site: Callable[..., Site]) -> None:
    """A site without any item has no fault."""
    here = site({"content/.keep": ""})
    here.build()
    assert problems(here.output) == []
