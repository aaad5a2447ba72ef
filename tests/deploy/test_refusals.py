"""What is not published: each refusal names its reason, and nothing at the target has changed (D2, D3, D9)."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import msgspec
import pytest

from harness.deploys import LIVE, PAGES, POSTS, build, deploy, edit, made, seen
from harness.site import CONFIG, Site
from wol.deploy.deploy_plan import DeployPlan, LiveState
from wol.deploy.deployment import DeployRequest, deploying
from wol.deploy.refusals import allowed, is_example, is_local, of_plan, of_site
from wol.deploy.release_files import FileInfo
from wol.errors import Diagnostic, WolError, diagnostic
from wol.features import registry
from wol.locks import Lock


def refused(here: Site, code: str, *words: str) -> str:
    """Deploy what must be refused by a code, and give what was said."""
    before = seen(here)
    ran = deploy(here, *words, code=1)
    assert f"error[{code}]" in ran.stderr
    assert "Traceback" not in ran.stderr
    assert seen(here) == before
    return ran.stderr


def test_never_built(site: Callable[..., Site]) -> None:
    """Without a build there is nothing to publish."""
    assert "run `wol build`" in refused(site(POSTS, CONFIG + LIVE), "deploy-unbuilt")


@pytest.mark.parametrize(
    "path", ["content/posts/one.md", "site.toml", "static/x.txt", "content/posts/more.md", "themes/mine/templates/page.html"]
)
def test_older_than_its_sources(site: Callable[..., Site], path: str) -> None:
    """Whatever the build would read now and did not is named (D3)."""
    here = made(site, '[theme]\nuse = ["mine"]\n' + LIVE, {**POSTS, "static/x.txt": "x", "themes/mine/templates/page.html": "x"})
    deploy(here)
    text = (here.root / path).read_text() if (here.root / path).exists() else "New."
    here.write(path, text.replace("A Site", "Another") if path == "site.toml" else text + "\n")
    assert path in refused(here, "deploy-outdated")
    build(here)
    deploy(here)


def test_a_scheduled_post_that_is_due(site: Callable[..., Site]) -> None:
    """A build that was right when it was made is old once an item should have appeared."""
    here = site({**POSTS, "content/posts/later.md": "---\ntitle: L\ndate: 2026-11-20\n---\nText."}, CONFIG + LIVE)
    here.build(at=1_790_000_000_000_000)
    assert "to appear or to expire" in refused(here, "deploy-outdated")


def test_what_changes_no_output(site: Callable[..., Site]) -> None:
    """Other times, and settings of what comes after a build, ask for no build: what is to be published is the same."""
    here = made(site)
    os.utime(here.root / "content/posts/one.md")
    here.write("site.toml", CONFIG + LIVE + "keep = 3\n[check]\nallow = []\n# A remark.\n")
    deploy(here)


def test_built_for_another_address(site: Callable[..., Site]) -> None:
    """A release that was built with --base-url is not published (D3)."""
    here = made(site)
    assert here.run("build", "--base-url", "http://localhost:8000").code == 0
    assert "--base-url" in refused(here, "deploy-outdated")


def test_localhost(site: Callable[..., Site]) -> None:
    """A site whose address is this machine is not published (D3)."""
    here = made(site, config=CONFIG.replace("https://example.org", "http://localhost:8000"))
    assert "reader's own machine" in refused(here, "deploy-localhost")


@pytest.mark.parametrize(
    ("host", "local"),
    [
        ("localhost", True),
        ("127.0.0.2", True),
        ("::1", True),
        ("0.0.0.0", True),
        ("a.localhost", True),
        ("example.org", False),
        ("10.0.0.1", False),
    ],
)
def test_local_hosts(host: str, local: bool) -> None:
    """Names and addresses of one's own machine."""
    assert is_local(host) == local


def test_the_address_of_an_example(site: Callable[..., Site]) -> None:
    """A site that still has the address with which it was made is published with a warning, before anything changes."""
    here = made(site)
    looked = here.run("deploy", "--dry-run")
    assert looked.code == 0
    assert "warning[deploy-sample]" in looked.stderr
    assert "`https://example.org`" in looked.stderr
    assert "deploy-sample" in deploy(here).stderr
    own = made(site, config=CONFIG.replace("https://example.org", "https://me.test"))
    assert deploy(own).stderr == ""


@pytest.mark.parametrize(
    ("host", "example"),
    [
        ("example.org", True),
        ("www.Example.COM.", True),
        ("my.site.example", True),
        ("a.invalid", True),
        ("myexample.org", False),
        ("example.de", False),
        ("example", True),
        ("org", False),
        ("site.test", False),
        ("", False),
    ],
)
def test_names_for_examples(host: str, example: bool) -> None:
    """Those of RFC 2606, but for `.test`: who has that knows that it is a test."""
    assert is_example(host) == example


def test_a_build_with_drafts(site: Callable[..., Site]) -> None:
    """An output with the mark of a preview is refused, however it came there (D3)."""
    here = made(site)
    (here.output / ".wol-profile").write_text("drafts: not to be published\n")
    refused(here, "deploy-preview")


def test_drafts_are_not_published(site: Callable[..., Site]) -> None:
    """A build with drafts lies elsewhere, so that a deploy cannot take it (D3)."""
    here = made(site, files={**POSTS, "content/posts/d.md": "---\ntitle: D\ndate: 2026-11-20\ndraft: true\n---\nCanary.\n"})
    assert here.run("build", "--drafts").code == 0
    deploy(here)
    assert not [path for path, data in seen(here).items() if b"Canary" in data]


@pytest.mark.parametrize("how", ["changed", "removed", "same size"])
def test_changed_by_another_hand(site: Callable[..., Site], how: str) -> None:
    """A file that is not as wol wrote it stops the deploy, and is named; a build mends it."""
    here = made(site)
    page = here.output / "index.html"
    if how == "removed":
        page.unlink()
    else:
        page.write_bytes(page.read_bytes()[:-1] + b"x" if how == "same size" else b"hacked")
    assert "index.html" in refused(here, "deploy-tampered")
    build(here)
    deploy(here)


def test_changed_before_it_is_deployed(site: Callable[..., Site]) -> None:
    """Bytes that are not those of the build are never published, even if file times lie."""
    here = made(site)
    change(here)
    refused(here, "deploy-tampered")


def test_changed_while_it_is_deployed(site: Callable[..., Site]) -> None:
    """A file that changes after wol has looked at the output is not published either."""
    here = made(site)

    def findings() -> tuple[Diagnostic, ...]:
        change(here)
        return ()

    with deploying(DeployRequest(here.root), registry.load, registry.targets, findings) as deployment, pytest.raises(WolError) as refusal:
        deployment.publish(lambda *_: None)
    assert [d.code for d in refusal.value.diagnostics] == ["deploy-changed"]
    assert seen(here) == {}


def change(here: Site) -> None:
    """Change the bytes of the home page and nothing that the file system tells of it first."""
    page = here.output / "index.html"
    found = page.stat()
    page.write_bytes(page.read_bytes().replace(b"A Site", b"B Site"))
    os.utime(page, ns=(found.st_atime_ns, found.st_mtime_ns))


def test_files_of_others_in_the_output_are_not_published(site: Callable[..., Site]) -> None:
    """They are told of, since somebody may have meant them to be."""
    here = made(site)
    (here.output / "CNAME").write_text("example.org")
    assert "not published: CNAME" in deploy(here).stdout
    assert "CNAME" not in seen(here)


def test_an_empty_site(site: Callable[..., Site]) -> None:
    """A site without a home page is not published (D2)."""
    assert [d.code for d in of_site({}, "https://me.test")] == ["deploy-empty"]
    assert [d.code for d in of_site({"index.html": FileInfo("0" * 64, 0)}, "https://me.test")] == ["deploy-empty"]
    here = made(site, "[features]\nhome = false\n" + LIVE, {"content/about.md": "About."})
    refused(here, "deploy-empty")


def test_a_much_smaller_build(site: Callable[..., Site]) -> None:
    """When most of the site would go, that is refused until the number is allowed (D2)."""
    here = made(site, files={f"content/posts/{n}.md": f"---\ntitle: P{n}\ndate: 2026-11-0{n % 9 + 1}\n---\nText.\n" for n in range(40)})
    deploy(here)
    for n in range(4, 40):
        here.remove(f"content/posts/{n}.md")
    build(here)
    told = refused(here, "deploy-removals")
    number = told.partition("--yes-delete ")[2].partition("`")[0]
    refused(here, "deploy-removals", "--yes-delete", str(int(number) - 1))
    dry = here.run("deploy", "--dry-run")
    assert (dry.code, "deploy-removals" in dry.stderr) == (1, True), "a dry run says what would be said"
    deploy(here, "--yes-delete", number)
    assert seen(here) == here.files()


@pytest.mark.parametrize(("total", "few"), [(0, 0), (4, 2), (30, 10), (100, 10), (1000, 100)])
def test_a_sensible_share(total: int, few: int) -> None:
    """Ten files may go, of many a tenth, of few a half."""
    live = LiveState("x", {f"{n}.html": "" for n in range(total)})
    assert allowed(live) == few
    assert not list(of_plan(DeployPlan(removed=("x",) * few), live, 0))
    assert [d.code for d in of_plan(DeployPlan(removed=("x",) * (few + 1)), live, 0)] == ["deploy-removals"]
    assert not list(of_plan(DeployPlan(removed=("x",) * (few + 1)), live, few + 1))


def test_two_deploys_of_a_site_at_once(site: Callable[..., Site]) -> None:
    """The second is refused, and says since when the first is under way (D9)."""
    here = made(site)
    with Lock(here.root / ".wol/deploy/live/here") as lock:
        assert lock.acquire("since long ago") is None
        assert "since long ago" in refused(here, "deploy-locked")
    deploy(here)


def test_two_sites_to_one_folder_at_once(site: Callable[..., Site]) -> None:
    """Two checkouts that publish to one place do not meet there either (D9)."""
    here = made(site)
    with Lock(here.root.parent / "www/lock") as lock:
        assert lock.acquire("process 1 elsewhere") is None
        assert "process 1 elsewhere" in refused(here, "deploy-locked")
        assert here.run("rollback").code == 1
    deploy(here)


@pytest.mark.parametrize(
    ("settings", "words", "said"),
    [
        ("", (), "names no place to publish"),
        (LIVE, ("life",), "did you mean `live`?"),
        (LIVE + PAGES, (), "wol deploy live"),
    ],
)
def test_which_target(site: Callable[..., Site], settings: str, words: tuple[str, ...], said: str) -> None:
    """Where to publish is named, or there is only one place."""
    here = made(site, settings, {"content/about.md": "About."})
    assert said in refused(here, "deploy-target", *words)
    for command in ("rollback", "releases"):
        ran = here.run(command, *words)
        assert (ran.code, "deploy-target" in ran.stderr) == (1, True)


def test_secrets_that_are_not_set(site: Callable[..., Site], monkeypatch: pytest.MonkeyPatch) -> None:
    """The variable is named, and where it is named."""
    monkeypatch.delenv("PAGES_TOKEN", raising=False)
    here = made(site, PAGES + 'token = "PAGES_TOKEN"\n', {"content/about.md": "About."})
    told = refused(here, "deploy-secret")
    assert "`PAGES_TOKEN`" in told
    assert "[deploy.pages]" in told


def test_an_edit_after_the_last_deploy_does_not_hinder_going_back(site: Callable[..., Site]) -> None:
    """Refusals are for what is published anew."""
    here = made(site)
    deploy(here)
    edit(here, 1)
    deploy(here)
    here.write("site.toml", (here.root / "site.toml").read_text() + "# changed\n")
    assert here.run("rollback").code == 0


def test_records_of_a_site_that_is_read_only(site: Callable[..., Site], monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Where `.wol/` is kept elsewhere, so is what deploys keep."""
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    monkeypatch.setattr("wol.engine.workspace._is_writable", lambda cache: "state" in str(cache))
    here = made(site)
    deploy(here)
    assert not (here.root / ".wol").exists()
    assert seen(here) == here.files()


def test_errors_of_the_check(site: Callable[..., Site]) -> None:
    """What the check finds is told, and refuses the deploy; its warnings do not (D3)."""
    here = made(site)
    warning = diagnostic("link-broken", "A link leads nowhere", "content/posts/one.md", 3)
    error = msgspec.structs.replace(warning, severity="error")
    with deploying(DeployRequest(here.root, dry_run=True), registry.load, registry.targets, lambda: [warning]):
        pass
    with (
        pytest.raises(WolError) as refusal,
        deploying(DeployRequest(here.root, dry_run=True), registry.load, registry.targets, lambda: [warning, error]),
    ):
        pass
    assert [d.code for d in refusal.value.diagnostics] == ["link-broken", "deploy-check"]


LEAKING = {"content/posts/one.md": "---\ntitle: One\ndate: 2026-11-18\n---\nIt is at <http://localhost:8000/>.\n"}


def test_what_a_check_finds_stops_a_deploy(site: Callable[..., Site]) -> None:
    """A deploy looks at the pages first: an error of `wol check` refuses it, `--no-check` does not look, an allowance has its effect (D3)."""
    here = made(site, files={**POSTS, **LEAKING})
    ran = deploy(here, code=1)
    assert "content/posts/one.md:5:11: error[check-local]" in ran.stderr
    assert "error[deploy-check]: `wol check` finds 1 error: nothing was deployed" in ran.stderr
    assert not (here.root.parent / "www").exists()
    assert deploy(here, "--dry-run", code=1).stderr.count("error[check-local]") == 1
    deploy(here, "--no-check")
    assert seen(here) == here.files()
    allow = '[check]\nallow = [{ code = "check-local", path = "localhost", reason = "an example" }]\n'
    again = made(site, LIVE + allow, {**POSTS, **LEAKING})
    deploy(again)
    assert seen(again) == again.files()
