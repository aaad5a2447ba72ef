"""`wol check` looks at the last build, and only if that is what the sources would give now."""

from __future__ import annotations

import json
import os
from collections.abc import Callable
from itertools import count

import pytest

from harness.drivers import Options, killed
from harness.site import CONFIG, NOW, Site
from wol.check import findings
from wol.check.built_site import built_site
from wol.engine.workspace import locked
from wol.errors import WolError
from wol.features import registry

POST = "---\ntitle: A\ndate: 2026-11-20\n---\nWords.\n"


def codes(site: Site) -> list[str]:
    """Give the codes of a check, of refusals too."""
    try:
        return [one.code for one in findings(site.root, registry.load)]
    except WolError as error:
        return [f"refused {one.code}" for one in error.diagnostics]


def test_a_site_that_was_never_built(site: Callable[..., Site]) -> None:
    """There is nothing to look at, and nothing is written."""
    here = site({"content/posts/a.md": POST})
    ran = here.run("check")
    assert ran.code == 1
    assert ran.stderr == "error[check-no-build]: The site has not been built yet\n  hint: run `wol build`, then check again\n"
    assert not here.output.exists()


def test_an_output_that_was_removed(site: Callable[..., Site]) -> None:
    """Who removes the output has no build to look at; who removes the caches neither."""
    here = site({"content/posts/a.md": POST})
    here.build()
    here.remove("public")
    assert codes(here) == ["refused check-no-build"]
    here.build()
    assert codes(here) == []
    here.remove(".wol/state/release/state")
    assert codes(here) == ["refused check-no-build"]


def test_sources_that_are_newer(site: Callable[..., Site]) -> None:
    """Any input that is another than at the last build is named, and the way out."""
    here = site({"content/posts/a.md": POST, "content/about.md": "About.", "static/x.txt": "x"})
    here.build()
    here.write("content/posts/a.md", POST + "More.\n")
    ran = here.run("check")
    assert ran.stderr.splitlines()[0] == "error[check-outdated]: `content/posts/a.md` has changed since the last build"
    assert "hint: run `wol build`, then check again" in ran.stderr
    for path in ("content/b.md", "content/c.md", "content/d.md", "static/x.txt"):
        here.write(path, "new")
    text = here.run("check").stderr
    assert "`content/b.md`, `content/c.md`, `content/d.md` and 2 other files have changed since the last build" in text
    here.build()
    assert [code for code in codes(here) if code.startswith("refused")] == []


def test_a_touched_file_is_no_change(site: Callable[..., Site]) -> None:
    """A file with another time and the same bytes, as after a checkout, is as it was."""
    here = site({"content/posts/a.md": POST})
    here.build()
    os.utime(here.root / "content/posts/a.md")
    assert codes(here) == []


def test_settings_that_are_newer(site: Callable[..., Site]) -> None:
    """A setting that a page may depend on makes the build old; one of `[check]` does not."""
    here = site({"content/posts/a.md": POST, "content/lost.md": "Words."})
    here.build()
    assert codes(here) == ["check-orphan"]
    here.write("site.toml", CONFIG + '[check]\nallow = [{code = "check-orphan", path = "/lost/", reason = "so"}]\n')
    assert codes(here) == []
    here.write("site.toml", CONFIG + 'description = "Another"\n')
    assert codes(here) == ["refused check-outdated"]


def test_an_address_of_the_command_line(site: Callable[..., Site]) -> None:
    """A build for another address is looked at as it is; the address of the settings still counts, since ids in feeds are made of it."""
    here = site({"content/posts/a.md": POST})
    assert here.run("build", "--base-url", "https://preview.example").code == 0
    assert [code for code in codes(here) if code.startswith("refused")] == []
    here.write("site.toml", CONFIG.replace("https://example.org", "https://example.net"))
    assert codes(here) == ["refused check-outdated"]


def test_time_that_has_passed(site: Callable[..., Site]) -> None:
    """Where a text was to appear since, the build is old."""
    here = site({"content/posts/a.md": POST})
    here.build(at=NOW - 365 * 24 * 3600 * 1_000_000)
    with pytest.raises(WolError) as raised:
        findings(here.root, registry.load)
    assert "something was to appear or to expire" in str(raised.value)


def test_another_version_of_wol(site: Callable[..., Site], monkeypatch: pytest.MonkeyPatch) -> None:
    """What another wol has built may be otherwise."""
    here = site({"content/posts/a.md": POST})
    here.build()
    monkeypatch.setattr("wol.engine.toolchain.packages", lambda: ["another"])
    assert codes(here) == ["refused check-outdated"]


def test_an_output_changed_by_another_hand(site: Callable[..., Site]) -> None:
    """A page that was edited or removed is told of; a link to one that is gone is broken."""
    here = site({"content/posts/a.md": POST, "content/about.md": "See [a](posts/a.md).", "content/_index.md": "[About](about.md)"})
    here.build()
    (here.output / "about/index.html").write_text(here.read("about/index.html") + " ")
    (here.output / "2026/11/a/index.html").unlink()
    ran = here.run("check")
    assert "public/about/index.html: error[check-output]: `public/about/index.html` was changed by something other than wol" in ran.stderr
    assert "public/2026/11/a/index.html: error[check-output]: `public/2026/11/a/index.html` is not there any more" in ran.stderr
    assert "hint: run `wol build`, which makes it again" in ran.stderr
    assert "The link to `/2026/11/a/` leads nowhere" in ran.stderr


def test_a_killed_build_is_completed_first(site: Callable[..., Site]) -> None:
    """An open journal is carried through before anything is looked at, so that no half of it is seen."""
    here = site({f"content/posts/{n}.md": POST.replace("A", f"A{n}") for n in range(6)})
    here.build()
    for n in range(6):
        here.write(f"content/posts/{n}.md", POST.replace("A", f"B{n}"))
    assert killed(here.root, Options(at=NOW), 3, only="place")
    assert any(place.name == "journal" for place in here.root.rglob("journal"))
    assert codes(here) == []
    assert "B5" in here.read("2026/11/5/index.html")


def test_a_build_that_runs(site: Callable[..., Site], monkeypatch: pytest.MonkeyPatch) -> None:
    """While another build has the site, nothing is looked at."""
    here = site({"content/posts/a.md": POST})
    here.build()
    monkeypatch.setattr("wol.clock.elapsed", count(step=3).__next__)
    with locked(here.root / ".wol"):
        assert codes(here) == ["refused build-locked"]


def test_a_build_in_between(site: Callable[..., Site]) -> None:
    """A build need not wait for a check; what it changes meanwhile is seen."""
    here = site({"content/posts/a.md": POST})
    here.build()
    with built_site(here.root, registry.load):
        assert here.build().rendered == 0
    here.write("content/posts/a.md", POST + "More.\n")
    here.build()

    def look_and_build() -> None:
        with built_site(here.root, registry.load):
            here.write("content/posts/a.md", POST)
            here.build()

    with pytest.raises(WolError) as raised:
        look_and_build()
    assert "Another build has changed the output meanwhile" in str(raised.value)


def test_nothing_is_written(site: Callable[..., Site]) -> None:
    """A check changes no file of the output, and none of what builds know."""
    here = site({"content/posts/a.md": POST})
    here.build()
    before = here.files(), here.files(".wol/state")
    assert codes(here) == []
    assert (here.files(), here.files(".wol/state")) == before


def test_refusals_as_data(site: Callable[..., Site]) -> None:
    """A refusal is told in the form that was asked for."""
    here = site({"content/posts/a.md": POST})
    ran = here.run("check", "--format", "json")
    assert ran.code == 1
    assert [d["code"] for d in json.loads(ran.stdout)["diagnostics"]] == ["check-no-build"]
    ran = here.run("check", "--format", "github")
    assert ran.stdout == "::error title=check-no-build::The site has not been built yet%0Ahint: run `wol build`, then check again\n"
