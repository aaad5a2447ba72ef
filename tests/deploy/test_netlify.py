"""The target of Netlify, with a stand-in made from its published specification as the other side."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any

import pytest

from harness import netlify
from harness.deploys import POSTS, deploy, edit, made, restyle
from harness.failing_writes import Killed
from harness.netlify import TOKEN, Cloud
from harness.site import Site
from wol.deploy.deployment import DeployRequest, at_target, deploying
from wol.deploy.netlify_api import Netlify, asked_wait
from wol.deploy.retry import TransientError
from wol.deploy.rollback import roll_back
from wol.errors import WolError
from wol.features import registry

pytestmark = pytest.mark.slow

ABOUT = {"content/about.md": "About."}
PLAIN = "[features]\n" + "".join(f"{name} = false\n" for name in ("archives", "taxonomies", "feeds", "sitemap", "robots"))


def publish(site: Site) -> None:
    """Deploy inside this process, as the command does."""
    with deploying(DeployRequest(site.root, "", 50), registry.load, registry.targets, None) as deployment:
        deployment.publish(lambda stage, done, total: None)


def uploads(cloud: Cloud) -> list[str]:
    """Give the paths that were sent since the last time, and forget all requests."""
    found = [one.partition("/files/")[2] for one in cloud.asked if one.startswith("PUT ")]
    cloud.asked.clear()
    return found


def test_the_deploy_is_the_site(site: Callable[..., Site], cloud: Cloud) -> None:
    """What readers see is what was built; a second deploy has nothing to say."""
    here = made(site, cloud.settings)
    assert "nothing of this site" in deploy(here, "--dry-run").stdout
    assert {one.partition(" ")[0] for one in cloud.asked} == {"GET"}
    deploy(here)
    assert cloud.files() == here.files()
    assert [mark for mark in cloud.marks() if not mark.startswith("/.wol/asset/0/assets/")] == []
    assert "Nothing to publish" in deploy(here).stdout
    assert len(cloud.deploys) == 1


def test_only_what_is_missing_is_sent(site: Callable[..., Site], cloud: Cloud) -> None:
    """Files whose bytes are there, from whatever deploy, are not sent again; the same bytes are sent once."""
    here = made(site, cloud.settings, {**POSTS, "static/a.txt": "same", "static/ünï c%20.txt": "same", "static/empty.txt": ""})
    deploy(here)
    assert len(uploads(cloud)) == len(set(here.files().values()))
    old = here.files()
    edit(here, 1)
    deploy(here)
    sent = uploads(cloud)
    assert cloud.files() == here.files()
    assert 0 < len(sent) == len(set(here.files().values()) - set(old.values()))


def test_many_files(site: Callable[..., Site], cloud: Cloud, monkeypatch: pytest.MonkeyPatch) -> None:
    """With many files Netlify compares on its own time: its answer is waited for, and so is the switch."""
    monkeypatch.setattr("wol.deploy.netlify_api.MANY", 2)
    cloud.late = 3
    here = made(site, cloud.settings, ABOUT)
    deploy(here)
    assert cloud.files() == here.files()
    here.write("content/about.md", "Again.")
    here.run("build")
    old = cloud.files()
    deploy(here)
    assert cloud.files() == here.files()
    assert here.run("rollback").code == 0
    assert cloud.files() == old


def test_rollback(site: Callable[..., Site], cloud: Cloud) -> None:
    """Each deploy is a release to go back to, as many as are kept; nothing is sent."""
    here = made(site, cloud.settings)
    states = []
    for number in range(4):
        edit(here, number)
        deploy(here)
        states.append(cloud.files())
    uploads(cloud)
    told = here.run("releases").stdout
    assert told.count("Z-") == 3
    assert f"{len(states[-1])} files" in told
    assert here.run("rollback").code == 0
    assert cloud.files() == states[2]
    assert here.run("rollback").code == 0
    assert cloud.files() == states[1]
    assert uploads(cloud) == []
    assert len(cloud.deploys) == 4
    deploy(here)
    assert cloud.files() == states[3]
    assert uploads(cloud) == []


def test_files_of_others_stay(site: Callable[..., Site], cloud: Cloud) -> None:
    """What somebody else put there is in each new deploy, and is not taken for wol's own (D4)."""
    others = {"CNAME": b"example.org", ".well-known/acme/token": b"x"}
    cloud.put(others)
    here = made(site, cloud.settings)
    for number in range(2):
        edit(here, number)
        assert "2 files of others stay there" in deploy(here).stdout
        assert cloud.files() == dict(sorted({**here.files(), **others}.items()))
    assert cloud.marks()[-2:] == ["/.wol/foreign/.well-known/acme/token", "/.wol/foreign/CNAME"]
    del cloud.blobs[next(iter(cloud.deploys[0].files.values()))]
    edit(here, 2)
    assert "has its bytes no more" in deploy(here, code=1).stderr


def test_a_file_of_others_in_the_way(site: Callable[..., Site], cloud: Cloud) -> None:
    """Somebody else's page where the site has its own is replaced only if that is allowed."""
    cloud.put({"index.html": b"mine"})
    here = made(site, cloud.settings, ABOUT)
    assert "--yes-delete 1`" in deploy(here, code=1).stderr
    assert cloud.files() == {"index.html": b"mine"}
    deploy(here, "--yes-delete", "1")
    assert cloud.files() == here.files()


def test_assets_of_the_last_three_releases_stay(site: Callable[..., Site], cloud: Cloud) -> None:
    """A page that somebody has open finds its style sheet after three more releases, not after the fourth."""
    here = made(site, '[theme]\nuse = ["mine"]\n' + cloud.settings, {**ABOUT, "themes/mine/assets/style.css": "/* 0 */"})
    deploy(here)
    first = next(path for path in here.files() if path.startswith("assets/style."))
    for number in range(1, 5):
        restyle(here, number)
        deploy(here)
        assert (first in cloud.files()) == (number < 4)
        assert (f"/.wol/asset/{number}/{first}" in cloud.marks()) == (number < 4)


def test_an_old_asset_that_is_lost_there(site: Callable[..., Site], cloud: Cloud) -> None:
    """An asset that is only carried on, whose bytes Netlify has no more, stops no deploy."""
    here = made(site, '[theme]\nuse = ["mine"]\n' + cloud.settings, {**ABOUT, "themes/mine/assets/style.css": "/* 0 */"})
    deploy(here)
    first = next(path for path in here.files() if path.startswith("assets/style."))
    assert cloud.published is not None
    del cloud.blobs[cloud.published.files[f"/{first}"]]
    restyle(here, 1)
    deploy(here)
    assert cloud.files() == here.files()


def test_somebody_else_publishes_meanwhile(site: Callable[..., Site], cloud: Cloud, monkeypatch: pytest.MonkeyPatch) -> None:
    """A deploy of somebody else after the plan was made is seen; the plan is made anew (D9)."""
    here = made(site, cloud.settings, ABOUT)
    opened, left = Netlify._opened, 1

    def opening(self: Netlify) -> Any:
        nonlocal left
        left -= 1
        if left < 0:
            cloud.put({"other.txt": str(left).encode()})
        return opened(self)

    with monkeypatch.context() as patch:
        patch.setattr(Netlify, "_opened", opening)
        assert "somebody else publishes there" in deploy(here, code=1).stderr
    deploy(here)
    assert set(cloud.files()) == {*here.files(), "other.txt"}


def test_a_locked_deploy(site: Callable[..., Site], cloud: Cloud) -> None:
    """Where Netlify was told to stay with a deploy, wol does not say that the new one is live."""
    here = made(site, cloud.settings, ABOUT)
    deploy(here)
    assert cloud.published is not None
    cloud.published.locked = True
    here.write("content/about.md", "Again.")
    here.run("build")
    assert "switch on auto publishing" in deploy(here, code=1).stderr


def test_a_deploy_that_fails_there(site: Callable[..., Site], cloud: Cloud, monkeypatch: pytest.MonkeyPatch) -> None:
    """A deploy that Netlify gives up, or never completes, is an error; the old site stays."""
    here = made(site, cloud.settings, ABOUT)
    deploy(here)
    old = cloud.files()
    for state, words in (
        ("error", "could not complete"),
        ("rejected", "could not complete"),
        ("processing", "still `processing` after 600 s"),
    ):
        here.write("content/about.md", state)
        here.run("build")
        with monkeypatch.context() as patch:
            patch.setitem(netlify.NEXT, "processing", state)
            assert words in deploy(here, code=1).stderr
        assert cloud.files() == old
        cloud.deploys[-1].state = "error"
    deploy(here)
    assert cloud.files() == here.files()


def test_no_right_and_no_site(site: Callable[..., Site], cloud: Cloud, monkeypatch: pytest.MonkeyPatch) -> None:
    """A token that is absent, wrong or none, and a site that is not there, are told once with what to do; the token never is (D7, D8)."""
    here = made(site, cloud.settings, ABOUT)
    monkeypatch.delenv("NETLIFY_AUTH_TOKEN")
    assert "error[deploy-secret]" in deploy(here, code=1).stderr
    for wrong, words in (
        ("nfp_wrong-0123456789", "Access Denied: Bearer ***"),
        ("two words-0123", "cannot be a token"),
        ("ünï-0123456", "cannot be"),
    ):
        cloud.asked.clear()
        monkeypatch.setenv("NETLIFY_AUTH_TOKEN", wrong)
        told = deploy(here, code=1).stderr
        assert words in told
        assert "`NETLIFY_AUTH_TOKEN`" in told
        assert wrong not in told
        assert len(cloud.asked) == ("Denied" in words)
    monkeypatch.setenv("NETLIFY_AUTH_TOKEN", TOKEN)
    here.write("site.toml", (here.root / "site.toml").read_text("utf-8").replace(netlify.SITE, "no-such/site"))
    here.run("build")
    cloud.asked.clear()
    told = deploy(here, code=1).stderr
    assert 'correct `site = "no-such/site"`' in told
    assert cloud.asked == ["GET /sites/no-such%2Fsite"]


def test_a_named_token(site: Callable[..., Site], cloud: Cloud, monkeypatch: pytest.MonkeyPatch) -> None:
    """Another variable may hold the token; it is nowhere in what is told, published or kept (D8)."""
    here = made(site, cloud.settings + 'token = "SITE_TOKEN"\n', ABOUT)
    monkeypatch.delenv("NETLIFY_AUTH_TOKEN")
    assert "`SITE_TOKEN`" in deploy(here, code=1).stderr
    monkeypatch.setenv("SITE_TOKEN", TOKEN + "\n")
    ran = deploy(here, "-v")
    kept = [path.read_bytes() for path in here.root.rglob("*") if path.is_file()]
    assert not any(TOKEN.encode() in data for data in [ran.stdout.encode(), ran.stderr.encode(), *kept, *cloud.blobs.values()])


def test_a_rate_limit(site: Callable[..., Site], cloud: Cloud, monkeypatch: pytest.MonkeyPatch) -> None:
    """Netlify says when it takes requests again; it is asked three times and no more."""
    here = made(site, cloud.settings, ABOUT)
    waits: list[float] = []
    monkeypatch.setattr("wol.clock.wait", waits.append)
    cloud.refuse = lambda number, name: (429, {"X-RateLimit-Reset": str(int(time.time()) + 31)}, b"") if number in (1, 2) else None
    deploy(here)
    assert [round(wait, -1) for wait in waits[:2]] == [30, 30]
    here.write("content/about.md", "Again.")
    here.run("build")
    cloud.asked.clear()
    cloud.refuse = lambda number, name: (429, {"Retry-After": "7"}, b"slow " + TOKEN.encode())
    told = deploy(here, code=1).stderr
    assert len(cloud.asked) == 3
    assert waits[-2:] == [7.0, 7.0]
    assert "slow ***" in told


@pytest.mark.parametrize(
    ("headers", "seconds"),
    [({}, 0), ({"Retry-After": "5"}, 5), ({"Retry-After": "-5"}, 0), ({"X-RateLimit-Reset": "x"}, 0), ({"X-RateLimit-Reset": "1"}, 0)],
)
def test_when_to_ask_again(headers: dict[str, str], seconds: float) -> None:
    """What cannot be read, or has passed, is no time to wait."""
    assert asked_wait(headers) == seconds


def test_lost_answers(site: Callable[..., Site], cloud: Cloud, monkeypatch: pytest.MonkeyPatch) -> None:
    """What was done, though the answer was lost, may be asked for again, the last file of a deploy too."""
    here = made(site, cloud.settings, ABOUT)
    once, lost = Netlify._once, set()

    def losing(self: Netlify, method: str, path: str, **sent: Any) -> bytes:
        answer = once(self, method, path, **sent)
        if method != "GET" and path not in lost:
            lost.add(path)
            raise TransientError(WolError(self._context.failed("lost")))
        return answer

    monkeypatch.setattr(Netlify, "_once", losing)
    for text in ("One.", "Two."):
        here.write("content/about.md", text)
        here.run("build")
        deploy(here)
        assert cloud.files() == here.files()
        lost.clear()
    assert here.run("rollback").code == 0
    assert b"One." in cloud.files()["about/index.html"]


def test_an_answer_of_another_host(site: Callable[..., Site], cloud: Cloud) -> None:
    """A page where JSON is due, and an address where nobody answers, are told as what they are."""
    here = made(site, cloud.settings, ABOUT)
    cloud.refuse = lambda number, name: (200, {}, b"<html>")
    assert "see whether `api` is right" in deploy(here, code=1).stderr
    cloud.refuse = lambda number, name: (302, {"Location": "https://example.org/"}, b"")
    assert "answers 302" in deploy(here, code=1).stderr
    here.write("site.toml", (here.root / "site.toml").read_text("utf-8").replace(cloud.address, "http://127.0.0.1:9"))
    here.run("build")
    assert "Netlify does not answer" in deploy(here, code=1).stderr


def test_names_that_netlify_does_not_take(site: Callable[..., Site], cloud: Cloud) -> None:
    """A file with `#` in its name is refused before anything is asked."""
    here = made(site, cloud.settings, {**ABOUT, "static/a#b.txt": "x"})
    assert "`a#b.txt`" in deploy(here, code=1).stderr
    assert cloud.asked == []


@pytest.mark.parametrize(("how", "every"), [("killed", 1), ("refused", 3)])
def test_at_every_request(site: Callable[..., Site], cloud: Cloud, monkeypatch: pytest.MonkeyPatch, how: str, every: int) -> None:
    """Killed before any request, or refused at it: readers see the old site or the new one, and the next run completes it (D1)."""
    here = made(site, PLAIN + cloud.settings, ABOUT)
    publish(here)
    ask = Netlify._once
    states: list[bool] = []
    at = 1 - every
    while True:
        at += every
        old = cloud.files()
        here.write("content/about.md", f"Edit {at}.")
        here.write("content/more.md", f"Edit {at}, too.")
        here.run("build")
        done = 0

        def broken(self: Netlify, method: str, path: str, at: int = at, **sent: Any) -> bytes:
            nonlocal done
            done += 1
            if done == at and how == "killed":
                raise Killed
            return ask(self, method, path, **sent)

        cloud.asked.clear()
        cloud.failing = at if how == "refused" else 0
        with monkeypatch.context() as patch:
            patch.setattr(Netlify, "_once", broken)
            try:
                publish(here)
            except (Killed, WolError):
                states.append(cloud.files() == old)
            else:
                break
        assert cloud.files() in (old, here.files())
        cloud.failing = 0
        publish(here)
        assert cloud.files() == here.files()
        with at_target(here.root, "", registry.targets, hold=True) as (place, target):
            roll_back(place, target, "")
        assert cloud.files() == old
        publish(here)
    assert states == sorted(states, reverse=True)
    assert len(states) * every > 7
    assert set(states) == {True, False}
    assert cloud.files() == here.files()
