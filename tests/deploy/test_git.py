"""The git target: each release is a commit on a branch, by plumbing, without force."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from harness.deploys import PAGES, bare, branch, build, checked_out, commits, deploy, edit, git, made
from harness.site import CONFIG, Site
from wol.deploy import programs
from wol.deploy.targets.git import GitTarget

ABOUT = {"content/about.md": "About."}


def pages(site: Callable[..., Site], **options: Any) -> Site:
    """Make a site with a bare repository beside it."""
    here = made(site, PAGES + options.pop("more", ""), **options)
    bare(here)
    return here


def test_the_branch_is_the_site(site: Callable[..., Site]) -> None:
    """The branch has the files of the site and `.nojekyll`, in one commit."""
    here = pages(site)
    deploy(here)
    assert branch(here) == dict(sorted({**here.files(), ".nojekyll": b""}.items()))
    assert len(commits(here)) == 1


def test_nothing_to_say_is_no_commit(site: Callable[..., Site]) -> None:
    """A second deploy, and a build that changes nothing, leave the branch as it is."""
    here = pages(site)
    deploy(here)
    build(here)
    assert "Nothing to publish" in deploy(here).stdout
    assert len(commits(here)) == 1


def test_each_deploy_is_a_commit_on_the_one_before(site: Callable[..., Site]) -> None:
    """The history grows; what is no longer in the site is no longer in the branch."""
    here = pages(site)
    for number in range(3):
        edit(here, number)
        deploy(here)
    assert branch(here) == dict(sorted({**here.files(), ".nojekyll": b""}.items()))
    assert len(commits(here)) == 3


def test_without_nojekyll(site: Callable[..., Site]) -> None:
    """The empty file is left out where the settings say so; a site's own stays as it is."""
    here = pages(site, more="nojekyll = false\n", files=ABOUT)
    deploy(here)
    assert branch(here) == here.files()
    own = pages(site, files={**ABOUT, "static/.nojekyll": "mine"})
    git(own, "update-ref", "-d", "refs/heads/site")
    deploy(own)
    assert branch(own)[".nojekyll"] == b"mine"


@pytest.mark.slow
def test_files_of_others_stay(site: Callable[..., Site]) -> None:
    """CNAME, `.well-known` and whatever somebody commits to the branch outlive deploys and rollbacks (D4)."""
    here = pages(site)
    deploy(here)
    others = {"CNAME": "example.org\n", ".well-known/x": "y\n", 'ünïcode "quoted"\\name': "z"}
    checked_out(here, others)
    edit(here, 1)
    deploy(here)
    edit(here, 2)
    deploy(here)
    assert here.run("rollback").code == 0
    assert here.run("rollback").code == 0
    found = branch(here)
    assert {path: found[path].decode() for path in others} == others
    deploy(here, "--yes-delete", "50")
    expected = {**here.files(), ".nojekyll": b"", **{path: text.encode() for path, text in others.items()}}
    assert branch(here) == dict(sorted(expected.items()))


def test_a_branch_of_another_generator(site: Callable[..., Site]) -> None:
    """Files of somebody else where the site has its own are replaced only if that is allowed; the rest stays."""
    here = pages(site, files=ABOUT)
    git(here, "init", "-q", "-b", "site", folder="clone")
    git(here, "remote", "add", "origin", "../pages.git", folder="clone")
    (here.root.parent / "clone/index.html").write_text("old")
    (here.root.parent / "clone/old.html").write_text("old")
    (here.root.parent / "clone/about").write_text("a file where a folder must be")
    git(here, "add", "-A", folder="clone")
    git(here, "commit", "-qm", "Old", folder="clone")
    git(here, "push", "-q", "origin", "site", folder="clone")
    ran = deploy(here, code=1)
    assert "deploy-foreign" in ran.stderr
    assert "--yes-delete 2" in ran.stderr
    assert len(commits(here)) == 1
    deploy(here, "--yes-delete", "2")
    assert branch(here) == dict(sorted({**here.files(), ".nojekyll": b"", "old.html": b"old"}.items()))


def test_a_page_that_was_edited_in_the_branch(site: Callable[..., Site]) -> None:
    """What another hand changed there is not lost without a word."""
    here = pages(site, files=ABOUT)
    deploy(here)
    checked_out(here, {"about/index.html": "edited there"})
    assert "deploy-foreign" in deploy(here, code=1).stderr
    deploy(here, "--yes-delete", "1")
    assert branch(here)["about/index.html"] == here.files()["about/index.html"]


def test_the_branch_of_the_sources_is_refused(site: Callable[..., Site]) -> None:
    """A site is never published among its own sources."""
    here = pages(site, files=ABOUT)
    git(here, "init", "-q", "-b", "site", folder="clone")
    (here.root.parent / "clone/site.toml").write_text(CONFIG)
    git(here, "add", "-A", folder="clone")
    git(here, "commit", "-qm", "Sources", folder="clone")
    git(here, "push", "-q", "../pages.git", "site", folder="clone")
    assert "holds the sources" in deploy(here, code=1).stderr
    assert commits(here) == ["Sources"]


@pytest.mark.slow
def test_somebody_else_was_quicker(site: Callable[..., Site], monkeypatch: pytest.MonkeyPatch) -> None:
    """A push that is no fast-forward is made again on what is there now, once; nothing is forced (D9)."""
    here = pages(site, files=ABOUT)
    deploy(here)
    publish, quicker = GitTarget.publish, [1]

    def late(self: GitTarget, job: Any) -> None:
        while quicker:
            checked_out(here, {f"hand-{quicker.pop()}.txt": "x"})
        publish(self, job)

    monkeypatch.setattr(GitTarget, "publish", late)
    edit(here, 1)
    deploy(here)
    assert "hand-1.txt" in branch(here)
    assert branch(here)["2026/11/one/index.html"] == here.files()["2026/11/one/index.html"]
    assert commits(here)[1] == "By hand"

    def always(self: GitTarget, job: Any) -> None:
        checked_out(here, {f"hand-{len(commits(here))}.txt": "x"})
        publish(self, job)

    monkeypatch.setattr(GitTarget, "publish", always)
    edit(here, 2)
    before = branch(here)["2026/11/one/index.html"]
    assert "somebody else publishes" in deploy(here, code=1).stderr
    assert branch(here)["2026/11/one/index.html"] == before


@pytest.mark.slow
def test_rollback_twice_and_deploy(site: Callable[..., Site]) -> None:
    """Going back is a commit too; the history is whole (D10)."""
    here = pages(site, more="keep = 3\n")
    states = []
    for number in range(3):
        edit(here, number)
        deploy(here)
        states.append(branch(here))
    assert here.run("rollback").code == 0
    assert branch(here) == states[1]
    assert here.run("rollback").code == 0
    assert branch(here) == states[0]
    ran = here.run("rollback")
    assert (ran.code, "deploy-release" in ran.stderr) == (1, True)
    deploy(here, "--yes-delete", "50")
    assert branch(here) == states[2]
    assert len(commits(here)) == 6
    assert len(here.run("releases").stdout.splitlines()) == 3


def test_releases_are_those_of_the_branch(site: Callable[..., Site]) -> None:
    """From a machine that has never deployed, one can go back all the same."""
    here = pages(site, files=ABOUT)
    deploy(here)
    first = branch(here)
    edit(here, 1)
    deploy(here)
    other = site({}, CONFIG + PAGES)
    assert len(other.run("releases").stdout.splitlines()) == 2
    assert other.run("rollback").code == 0
    assert branch(here) == first


def test_a_remote_of_the_site(site: Callable[..., Site]) -> None:
    """Without a `repository` it is the site's own `origin`; without that, the writer is told what to name."""
    here = made(site, PAGES.replace('repository = "../pages.git"\n', ""), ABOUT)
    bare(here)
    git(here, "init", "-q", folder=here.root.name)
    assert 'repository = "https://' in deploy(here, code=1).stderr
    git(here, "remote", "add", "origin", f"file://{here.root.parent}/pages.git", folder=here.root.name)
    deploy(here)
    assert len(commits(here)) == 1


def test_who_commits(site: Callable[..., Site], monkeypatch: pytest.MonkeyPatch, tmp_path: Any) -> None:
    """Where git knows no name, the site's author commits; never the name of the machine."""
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path))
    monkeypatch.setenv("GIT_CONFIG_NOSYSTEM", "1")
    author = '[site.author]\nname = "A Writer"\nemail = "a@example.org"\n'
    here = made(site, author + PAGES, ABOUT)
    bare(here)
    deploy(here)
    assert git(here, "log", "-1", "--format=%an <%ae> %cn", "site").strip() == "A Writer <a@example.org> A Writer"


def test_a_remote_that_refuses(site: Callable[..., Site]) -> None:
    """A protected branch is told in the words of the host, and nothing has changed (D7)."""
    here = pages(site, files=ABOUT)
    hook = here.root.parent / "pages.git/hooks/pre-receive"
    hook.write_text("#!/bin/sh\necho 'this branch is protected' >&2\nexit 1\n")
    hook.chmod(0o755)
    ran = deploy(here, code=1)
    assert "deploy-failed" in ran.stderr
    assert "this branch is protected" in ran.stderr
    assert git(here, "branch", "--list") == ""


def test_there_is_no_repository(site: Callable[..., Site]) -> None:
    """An address that leads nowhere is an error with git's own words (D7)."""
    here = made(site, PAGES, ABOUT)
    ran = deploy(here, code=1)
    assert "deploy-failed" in ran.stderr
    assert "pages.git" in ran.stderr


def test_a_network_that_fails(site: Callable[..., Site], monkeypatch: pytest.MonkeyPatch) -> None:
    """What may pass is tried three times and no more; then the deploy resumes (D7)."""
    here = pages(site, files=ABOUT)
    waits: list[float] = []
    monkeypatch.setattr("wol.clock.wait", waits.append)
    run, failing = programs.run, 2

    def flaky(words: list[str], **options: Any) -> programs.Ran:
        nonlocal failing
        if "push" in words and failing:
            failing -= 1
            return programs.Ran(128, b"", "fatal: unable to access: Could not resolve host: example.org")
        return run(words, **options)

    monkeypatch.setattr(programs, "run", flaky)
    deploy(here)
    assert waits == [1.0, 4.0]
    edit(here, 1)
    failing = 100
    ran = deploy(here, code=1)
    assert "Could not resolve host" in ran.stderr
    assert failing == 97
    failing = 0
    deploy(here)
    assert len(commits(here)) == 2


def test_a_repository_of_wol_that_a_crash_has_broken(site: Callable[..., Site]) -> None:
    """A lock that git left, or a missing piece, is mended by making wol's own repository anew."""
    here = pages(site, files=ABOUT)
    deploy(here)
    edit(here, 1)
    (here.root / ".wol/deploy/pages/git/shallow.lock").touch()
    (here.root / ".wol/deploy/pages/git/refs/wol/live.lock").touch()
    deploy(here)
    (here.root / ".wol/deploy/pages/git/config").write_bytes(b"[broken")
    edit(here, 2)
    deploy(here)
    assert len(commits(here)) == 3


def test_no_git(site: Callable[..., Site], monkeypatch: pytest.MonkeyPatch) -> None:
    """A machine without git says so."""
    here = pages(site, files=ABOUT)
    monkeypatch.setenv("PATH", "/nowhere")
    assert "there is no program `git`" in deploy(here, code=1).stderr


def test_many_commits_of_others(site: Callable[..., Site], monkeypatch: pytest.MonkeyPatch) -> None:
    """What wol published is known however many commits there are since: a page that is withdrawn goes, and is not taken for somebody else's."""
    monkeypatch.setattr("wol.deploy.repository.DEPTH", 2)
    here = pages(site, files={**ABOUT, "content/secret.md": "Secret."})
    deploy(here)
    for number in range(4):
        checked_out(here, {"CNAME": f"{number}.example.org"})
    here.remove("content/secret.md")
    build(here)
    deploy(here)
    assert branch(here) == dict(sorted({**here.files(), ".nojekyll": b"", "CNAME": b"3.example.org"}.items()))
