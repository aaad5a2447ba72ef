"""A site whose writer withdraws files of all shapes, many with names like those of a theme's assets, and what its readers may see after that."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from harness.deploys import build, deploy, made, restyle
from harness.site import Site

STAYS = {
    "content/about.md": "---\ntitle: About\n---\nAbout.\n",
    "content/posts/stays.md": "---\ntitle: Stays\ndate: 2026-11-18\ntags: [all]\n---\nThis stays.\n",
    "themes/mine/assets/own.css": "/* 0 */",
    "themes/mine/assets/style.css": "/* 0 */",
}
GOES = {
    "static/assets/salaries.20261120.pdf": "salaries",
    "static/assets/report.abcdef12.css": "/* report */",
    "static/assets/deep/er/minutes.0123456789abcdef.js": "minutes",
    "static/assets/style.0123456789abcdef.css": "/* mine */",
    "static/assets/style.0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef.css": "/* mine too */",
    "static/assets/plain.txt": "plain",
    "static/plain.12345678.txt": "plain",
    "static/.well-known/secret.deadbeef.json": "{}",
    "content/posts/bundle/index.md": "---\ntitle: Bundle\ndate: 2026-11-19\nurl: /assets/bundle/\n---\nSee [the plan](plan.0123456789abcdef.pdf).\n",
    "content/posts/bundle/plan.0123456789abcdef.pdf": "plan",
    "content/posts/bundle/data.cafebabe.csv": "a,b\n",
    "content/posts/page.md": "---\ntitle: Page\ndate: 2026-11-19\nurl: /assets/page.0123456789abcdef.html\n---\nA page.\n",
    "content/posts/moved.md": "---\ntitle: Moved\ndate: 2026-11-19\naliases: [/assets/old.0123456789abcdef.html, /assets/older/]\n---\nMoved.\n",
    "content/posts/plain.md": "---\ntitle: Plain\ndate: 2026-11-19\ntags: [secret]\n---\nA post whose tag has a feed.\n",
}
GONE = (
    *(path.removeprefix("static/") for path in GOES if path.startswith("static/")),
    "assets/bundle/index.html",
    "assets/bundle/plan.0123456789abcdef.pdf",
    "assets/bundle/data.cafebabe.csv",
    "assets/page.0123456789abcdef.html",
    "assets/old.0123456789abcdef.html",
    "assets/older/index.html",
    "2026/11/moved/index.html",
    "2026/11/plain/index.html",
    "tags/secret/index.html",
    "tags/secret/feed.xml",
)

Seen = Callable[[Site], Mapping[str, bytes]]


def check(site: Callable[..., Site], settings: str, seen: Seen, *, goes_back: bool) -> None:
    """Publish all, withdraw, publish three times more with another style each time, then go back: what was withdrawn is never there again.

    What a theme's asset was called is found as long as it is promised.
    """
    here = made(site, '[theme]\nuse = ["mine"]\n' + settings, {**STAYS, **GOES})
    deploy(here)
    assert set(GONE) <= seen(here).keys()
    first = next(path for path in here.files() if path.startswith("assets/own."))
    for path in GOES:
        here.remove(path)
    here.remove("themes/mine/assets/own.css")
    build(here)
    deploy(here, "--yes-delete", "50")
    for number in range(1, 4):
        after = seen(here)
        assert set(GONE).isdisjoint(after), sorted(set(GONE) & after.keys())
        assert {path for path in after.keys() - here.files().keys() if path not in (".nojekyll", first)} == _styles(after, here)
        assert first in after, "an asset of a theme stays for three releases"
        if number < 3:
            restyle(here, number)
            deploy(here)
    if goes_back:
        for _ in range(2):
            ran = here.run("rollback")
            assert ran.code == 0, ran.stderr
            assert set(GONE).isdisjoint(seen(here))
        deploy(here)
        assert set(GONE).isdisjoint(seen(here))


def _styles(after: Mapping[str, bytes], site: Site) -> set[str]:
    """Name the style sheets of earlier releases that are there."""
    return {path for path in after if path.startswith("assets/style.") and path not in site.files()}
