"""One mistake in many files is told once, with its number."""

from __future__ import annotations

from collections.abc import Callable

from harness.site import Site
from wol.errors import diagnostic, fold


def test_findings_with_one_cause() -> None:
    """The first in the order of files stays, where the first of them was, with the number of all and some places; others stay as they are."""
    first, *others = [diagnostic("status-unknown", "A", f"content/{n}.md", 4, 9, cause="status=x") for n in range(6)]
    other = diagnostic("status-unknown", "B", "content/0.md", 4, 9, cause="status=y")
    plain = diagnostic("link-broken", "C", "content/0.md", 4, 9)
    found = fold([plain, *reversed(others), first, other, plain])
    assert [one.message for one in found] == ["C", "A", "B", "C"]
    assert found[1].span == first.span
    assert found[1].notes == ("6 times in all; also at `content/1.md:4:9`, `content/2.md:4:9`, `content/3.md:4:9` and 2 more",)
    assert (found[0], found[2]) == (plain, other)
    assert fold([first]) == (first,)
    assert fold([first, others[0]])[0].notes == ("2 times in all; also at `content/1.md:4:9`",)


def test_every_command_tells_a_cause_once(site: Callable[..., Site]) -> None:
    """A status in files and in the defaults above others: build and list agree, and so does a build that reads one file alone."""
    some = site({f"content/posts/{n}.md": f"---\ntitle: P{n}\ndate: 2026-11-20\nstatus: Ready\n---\nText.\n" for n in range(4)})
    some.write("content/notes/_defaults.toml", 'status = "ready"\n')
    some.write("content/notes/a.md", "A note.\n")
    some.write("content/notes/b.md", "A note.\n")
    for command in ("build", "list"):
        text = some.run(command).stderr
        assert text.count("status-unknown") == 1, command
        assert "5 times in all" in text
    some.write("content/posts/4.md", "---\ntitle: P4\ndate: 2026-11-20\nstatus: ready\n---\nText.\n")
    assert "6 times in all" in some.run("build").stderr
    some.write("site.toml", (some.root / "site.toml").read_text() + '[content.fields]\nstatus = "foreign"\n')
    assert some.run("build").code == 0
    some.write("site.toml", (some.root / "site.toml").read_text().replace("foreign", "licence"))
    assert some.run("build").code == 0
    assert [row.split("\t")[0] for row in some.run("list").stdout.splitlines()] == ["published"] * 7
