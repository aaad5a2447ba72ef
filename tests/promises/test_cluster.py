"""A site that is built on a Dask cluster has the bytes of one that is built here."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator

import pytest

from harness.elsewhere import cluster
from harness.site import CONFIG, Site, differences

pytestmark = pytest.mark.long
pytest.importorskip("distributed", reason="the extra `dask` is not installed")

FILES: dict[str, str | bytes] = {
    **{
        f"content/posts/p{n}.md": f"---\ntitle: P{n}\ndate: 2026-01-{n % 28 + 1:02}\ntags: [a, b{n % 7}]\n---\n"
        f"## One\n\nSee [next](p{(n + 1) % 150}.md).[^1]\n\n[^1]: Note {n}.\n\n```python\nx = {n}\n```\n"
        for n in range(150)
    },
    "content/posts/p3/pic.png": b"\x89PNG",
    "content/about.md": "---\ntitle: About\naliases: [/me/]\n---\n> [!note]\n> Hello.\n",
    "content/notes/n.md": "A note.\n",
    "static/favicon.ico": b"icon",
    "themes/mine/templates/post.html": "{% extends '!default/post.html' %}\n",
}
SETTINGS = CONFIG + '[theme]\nuse = ["mine"]\n'


@pytest.fixture(scope="module")
def address() -> Iterator[str]:
    with cluster() as (found, _):
        yield found


def built(here: Site, **environment: str) -> None:
    process = here.process("build", "--at", "2026-12-01", "--strict", **environment)
    out, err = process.communicate(timeout=240)
    assert process.returncode == 0, out + err
    assert "distributed" not in err, err


def test_the_same_bytes(site: Callable[..., Site], address: str) -> None:
    """From nothing, after an edit of a text, of a title and of a template, and where a file goes."""
    here, there = site(FILES, SETTINGS), site(FILES, SETTINGS + f'[build]\nexecutor = "{address}"\n')
    edits: list[Callable[[Site], None]] = [
        lambda s: None,
        lambda s: s.write("content/posts/p7.md", str(FILES["content/posts/p7.md"]) + "\nMore.\n"),
        lambda s: s.write("content/posts/p7.md", str(FILES["content/posts/p7.md"]).replace("title: P7", "title: Another")),
        lambda s: s.write("themes/mine/templates/post.html", "{% extends '!default/post.html' %}\n{% block title %}x{% endblock %}\n"),
        lambda s: s.remove("content/notes/n.md"),
    ]
    for edit in edits:
        for each in (here, there):
            edit(each)
            built(each)
        assert not (told := differences(here.files(), there.files())), told


def test_workers_of_other_versions(site: Callable[..., Site], address: str) -> None:
    """A machine with another package than the workers refuses them, and changes nothing."""
    there = site({"content/a.md": "A"}, CONFIG + f'[build]\nexecutor = "{address}"\n')
    there.write("more/other-1.0.dist-info/METADATA", "Name: other\n")
    process = there.process("build", PYTHONPATH=str(there.root / "more"))
    _, err = process.communicate(timeout=60)
    assert process.returncode == 1
    assert "has other versions" in err
    assert not there.output.exists()


def test_a_worker_that_is_killed(site: Callable[..., Site]) -> None:
    """Others do its work, and the bytes are the same."""
    posts = {
        f"content/posts/q{n}.md": f"---\ntitle: Q{n}\ndate: 2025-01-{n % 28 + 1:02}\n---\n" + "Word *word*.\n\n" * 50 for n in range(800)
    }
    here, there = site(FILES | posts, SETTINGS), site(FILES | posts, SETTINGS)
    built(here)
    with cluster() as (address, kill):
        there.write("site.toml", SETTINGS + f'[build]\nexecutor = "{address}"\n')
        process = there.process("build", "--at", "2026-12-01", "--strict")
        while process.poll() is None and not list((there.root / ".wol").glob("**/texts-*")):
            time.sleep(0.01)
        assert process.poll() is None, "it was over before the first text was read"
        kill(0)
        out, err = process.communicate(timeout=240)
    assert process.returncode == 0, out + err
    assert not (told := differences(here.files(), there.files())), told
