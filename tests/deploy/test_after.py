"""What follows a deploy: a hub is told of feeds that changed, each state once, whatever fails in between (D10, D11)."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from urllib.parse import parse_qs

import pytest

from harness.deploys import LIVE, build, deploy, edit, made, seen
from harness.site import Site
from wol.deploy import notification_log, websub
from wol.deploy.notification_log import Notification

OWN_HUB = '[check]\nallow = [{ code = "check-local", path = "127.0.0.1", reason = "the hub of the test" }]\n'
TARGETS = LIVE.replace("public = false\n", "") + '[deploy.try]\ntype = "folder"\npath = "../try"\npublic = false\n'


class Hub:
    """A hub on this machine: remembers what it is told, and answers with `code`."""

    def __init__(self) -> None:
        self.told: list[str] = []
        self.code = 202
        outer = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                fields = parse_qs(self.rfile.read(int(self.headers["Content-Length"])).decode())
                assert fields["hub.mode"] == ["publish"]
                if outer.code < 300:
                    outer.told += fields["hub.url"]
                self.send_response(outer.code)
                self.end_headers()

            def log_message(self, *_: object) -> None:
                pass

        self.server = HTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self.server.server_port}/"

    def take(self) -> list[str]:
        """Give what was told since the last time."""
        told, self.told = sorted(self.told), []
        return told


@pytest.fixture
def there() -> Iterator[Hub]:
    found = Hub()
    thread = threading.Thread(target=found.server.serve_forever)
    thread.start()
    yield found
    found.server.shutdown()
    thread.join()
    found.server.server_close()


def site_with(site: Callable[..., Site], there: Hub) -> Site:
    feeds = f'[feeds]\nhub = "{there.url}"\nformats = ["atom"]\n'
    return made(site, feeds + "[taxonomies.tags]\nfeeds = false\n" + OWN_HUB + TARGETS)


FEEDS = ["https://example.org/atom.xml"]


@pytest.mark.slow
def test_each_state_of_a_feed_is_told_once(site: Callable[..., Site], there: Hub) -> None:
    """The first deploy and each that changes the feed tell the hub; one that changes nothing does not."""
    here = site_with(site, there)
    deploy(here, "live")
    assert there.take() == FEEDS
    deploy(here, "live")
    assert there.take() == []
    here.write("content/about.md", "About.")
    build(here)
    deploy(here, "live")
    assert there.take() == [], "no feed has changed"
    edit(here, 1)
    deploy(here, "live")
    assert there.take() == FEEDS


def test_feeds_name_the_hub(site: Callable[..., Site], there: Hub) -> None:
    """Readers learn from the feed where to subscribe."""
    here = made(site, f'[feeds]\nhub = "{there.url}"\n' + OWN_HUB)
    assert f'<link href="{there.url}" rel="hub"/>' in here.read("atom.xml")
    assert f'<atom:link rel="hub" href="{there.url}"/>' in here.read("feed.xml")
    assert f'"url": "{there.url}"' in here.read("feed.json").partition('"items"')[0]


def test_rollback_tells_nobody(site: Callable[..., Site], there: Hub) -> None:
    """Neither going back nor publishing again what was told before is news (D10)."""
    here = site_with(site, there)
    deploy(here, "live")
    edit(here, 1)
    deploy(here, "live")
    assert there.take() == FEEDS * 2
    assert here.run("rollback", "live").code == 0
    deploy(here, "live", "--yes-delete", "50")
    assert there.take() == []


def test_a_hub_that_fails(site: Callable[..., Site], there: Hub) -> None:
    """The site is published, the exit code is good, the ledger shows what is due, and the next deploy tells it once (D11)."""
    here = site_with(site, there)
    there.code = 500
    ran = deploy(here, "live")
    assert "warning[deploy-hub]" in ran.stderr
    assert "answers 500" in ran.stderr
    assert seen(here) == here.files()
    assert set(notification_log.recorded(here.root).values()) == {"due"}
    there.code = 202
    assert "Nothing to publish" in deploy(here, "live").stdout
    assert there.take() == FEEDS
    assert set(notification_log.recorded(here.root).values()) == {"sent"}
    deploy(here, "live")
    assert there.take() == []


@pytest.mark.slow
def test_nobody_answers(site: Callable[..., Site], there: Hub) -> None:
    """A hub that is not there is a warning."""
    here = made(site, '[feeds]\nhub = "http://127.0.0.1:9/"\n' + OWN_HUB + TARGETS)
    assert "does not answer" in deploy(here, "live").stderr


def test_what_is_overtaken_is_not_told(site: Callable[..., Site], there: Hub) -> None:
    """Of a state that was never told and is not live any more nobody need learn."""
    here = site_with(site, there)
    there.code = 500
    deploy(here, "live")
    edit(here, 1)
    there.code = 202
    deploy(here, "live")
    assert there.take() == FEEDS


def test_killed_before_it_was_told(site: Callable[..., Site], there: Hub, monkeypatch: pytest.MonkeyPatch) -> None:
    """A run that dies between publishing and telling leaves the word to the next one."""
    here = site_with(site, there)

    def die(word: Notification) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(websub, "tell", die)
        assert here.run("deploy", "live", "--yes").code == 130
    assert seen(here) == here.files()
    deploy(here, "live")
    assert there.take() == FEEDS


def test_a_target_that_is_not_public_tells_nobody(site: Callable[..., Site], there: Hub) -> None:
    """A place to try things makes no news, and takes none from the place that readers see."""
    here = site_with(site, there)
    deploy(here, "try")
    assert there.take() == []
    assert not (here.root / "ledger").exists()
    deploy(here, "live")
    assert there.take() == FEEDS


def test_the_ledger(site: Callable[..., Site], there: Hub) -> None:
    """It is a text that can be merged line by line: lines that cannot be read are kept, and order does not matter."""
    here = site_with(site, there)
    deploy(here, "live")
    lines = (here.root / notification_log.PATH).read_text("utf-8").splitlines()
    assert lines[0] == notification_log.HEADER.strip()
    assert [line.split("\t")[1:5] for line in lines[1:]] == [[what, "hub", there.url, FEEDS[0]] for what in ("due", "sent")]
    here.write(notification_log.PATH, "\n".join([lines[2], "<<<<<<< torn", lines[1], lines[2] + "\tmore"]) + "\n")
    assert set(notification_log.recorded(here.root).values()) == {"sent"}
    edit(here, 1)
    deploy(here, "live")
    assert "<<<<<<< torn" in (here.root / notification_log.PATH).read_text("utf-8")
