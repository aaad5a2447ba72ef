"""The target of buckets: S3 and look-alikes, with moto's server as the other side."""

from __future__ import annotations

import shutil
import sys
import threading
from collections.abc import Callable
from http.server import BaseHTTPRequestHandler, HTTPServer
from typing import Any

import pytest

from harness.buckets import KEYS, Counted, Shop
from harness.deploys import build, deploy, edit, made, restyle
from harness.site import Site
from wol.deploy.bucket import Bucket
from wol.deploy.in_place import LOCK
from wol.deploy.lease import Lease

pytestmark = pytest.mark.slow

Shops = Callable[..., Shop]
ABOUT = {"content/about.md": "About."}


def test_the_bucket_is_the_site(site: Callable[..., Site], shop: Shops) -> None:
    """The objects are the files of the site, and one that says what was published."""
    bucket = shop()
    here = made(site, bucket.settings)
    deploy(here)
    assert bucket.files() == here.files()
    assert set(bucket.keys()) == {*here.files(), ".wol/release"}
    assert "Nothing to publish" in deploy(here).stdout


def test_edits_and_removals(site: Callable[..., Site], shop: Shops) -> None:
    """What changed is written, what went is removed, and the rest is not touched."""
    bucket = shop()
    here = made(site, bucket.settings)
    for number in range(3):
        edit(here, number)
        before = {one["path"]: one["last_modified"] for chunk in bucket.store.list() for one in chunk}
        old = bucket.files()
        deploy(here)
        assert bucket.files() == here.files()
        after = {one["path"]: one["last_modified"] for chunk in bucket.store.list() for one in chunk}
        same = [path for path, data in old.items() if here.files().get(path) == data]
        assert [path for path in same if before[path] != after[path]] == []


def test_headers(site: Callable[..., Site], shop: Shops) -> None:
    """Each object has its type; an asset whose name changes with its bytes may be kept for a year, of all else browsers ask."""
    bucket = shop()
    here = made(site, bucket.settings)
    deploy(here)
    (style,) = (path for path in here.files() if path.startswith("assets/style."))
    for path, sort, keep in (
        ("index.html", "text/html; charset=utf-8", "no-cache"),
        ("feed.xml", "application/xml; charset=utf-8", "no-cache"),
        (style, "text/css; charset=utf-8", "public, max-age=31536000, immutable"),
        (".wol/release", "application/json", "no-store"),
    ):
        assert bucket.headers(path) == {"Content-Type": sort, "Cache-Control": keep}


def test_a_prefix(site: Callable[..., Site], shop: Shops) -> None:
    """A site below a prefix is kept apart from whatever else is in the bucket."""
    whole, bucket = shop(), shop("blog/en")
    whole.store.put("other.txt", b"x")
    here = made(site, bucket.settings, ABOUT)
    deploy(here)
    assert bucket.files() == here.files()
    assert [key for key in whole.keys() if not key.startswith("blog/en/")] == ["other.txt"]  # noqa: SIM118  # it is no mapping


def test_files_of_others_stay(site: Callable[..., Site], shop: Shops) -> None:
    """CNAME, `.well-known` and what else lies there are kept; a console's empty object for a folder stands in nobody's way (D4)."""
    bucket = shop()
    here = made(site, bucket.settings)
    others = {"CNAME": b"example.org", ".well-known/acme/token": b"x", "ünï/c o#d?e%20.txt": b"y"}
    for key, data in others.items():
        bucket.store.put(key, data)
    for number in range(2):
        edit(here, number)
        assert "3 files of others stay there" in deploy(here).stdout
    assert bucket.files() == dict(sorted({**here.files(), **others}.items()))


def test_a_file_of_others_in_the_way(site: Callable[..., Site], shop: Shops) -> None:
    """Somebody else's object where the site has its own is replaced only if that is allowed, unless it is the same."""
    bucket = shop()
    here = made(site, bucket.settings, ABOUT)
    bucket.store.put("index.html", here.files()["index.html"])
    bucket.store.put("about/index.html", b"mine")
    assert "--yes-delete 1`" in deploy(here, code=1).stderr
    assert bucket.files()["about/index.html"] == b"mine"
    deploy(here, "--yes-delete", "1")
    assert bucket.files() == here.files()
    bucket.store.put("about/index.html", b"changed by another hand")
    assert "deploy-foreign" in deploy(here, code=1).stderr


def test_an_object_that_is_gone(site: Callable[..., Site], shop: Shops) -> None:
    """What somebody removed there is written again."""
    bucket = shop()
    here = made(site, bucket.settings, ABOUT)
    deploy(here)
    bucket.store.delete("about/index.html")
    deploy(here)
    assert bucket.files() == here.files()


def test_assets_of_the_last_three_releases_stay(site: Callable[..., Site], shop: Shops) -> None:
    """A page that somebody has open finds its style sheet after three more releases, not after the fourth."""
    bucket = shop()
    here = made(site, '[theme]\nuse = ["mine"]\n' + bucket.settings, {**ABOUT, "themes/mine/assets/style.css": "/* 0 */"})
    deploy(here)
    first = next(path for path in here.files() if path.startswith("assets/style."))
    for number in range(1, 5):
        restyle(here, number)
        deploy(here)
        assert (first in bucket.keys()) == (number < 4)  # noqa: SIM118


def test_no_way_back(site: Callable[..., Site], shop: Shops) -> None:
    """A bucket keeps nothing of earlier releases, and says so."""
    here = made(site, shop().settings, ABOUT)
    deploy(here)
    ran = here.run("rollback")
    assert (ran.code, "error[deploy-no-rollback]" in ran.stderr) == (1, True)


def test_two_at_once(site: Callable[..., Site], shop: Shops) -> None:
    """A lock object keeps others out; it lapses, and one of a process that is gone does not count (D9)."""
    bucket = shop()
    here = made(site, bucket.settings, ABOUT)
    new = Lease.new()
    there = Lease("elsewhere", 1, new.since, new.renewed)
    bucket.store.put(LOCK, there.encode())
    ran = deploy(here, code=1)
    assert "process 1 on elsewhere" in ran.stderr
    assert "lapses in 21 minutes" in ran.stderr
    assert bucket.files() == {}
    bucket.store.put(LOCK, Lease("elsewhere", 1, new.since, new.renewed - 1300).encode())
    deploy(here)
    assert set(bucket.keys()) == {*here.files(), ".wol/release"}
    here.write("content/about.md", "Again.")
    build(here)
    bucket.store.put(LOCK, Lease(new.host, 2**22 + 1, new.since, new.renewed).encode())
    deploy(here)
    bucket.store.put(LOCK, b'{"host": "x')
    deploy(here)
    assert set(bucket.keys()) == {*here.files(), ".wol/release"}


def test_keys_from_named_variables(site: Callable[..., Site], shop: Shops, monkeypatch: pytest.MonkeyPatch) -> None:
    """Settings name variables; one that is not set is told; nothing of them is printed, or in the bucket (D8)."""
    bucket = shop()
    here = made(site, bucket.settings + 'access_key = "BUCKET_ID"\nsecret_key = "BUCKET_SECRET"\n', ABOUT)
    assert "error[deploy-secret]" in deploy(here, code=1).stderr
    monkeypatch.setenv("BUCKET_ID", KEYS["AWS_ACCESS_KEY_ID"])
    monkeypatch.setenv("BUCKET_SECRET", "another-secret-0123456")
    told = deploy(here, "-v").stdout
    assert not any(
        b"another-secret" in data for data in [*bucket.files().values(), bytes(bucket.store.get(".wol/release").bytes()), told.encode()]
    )


def test_there_is_no_bucket(site: Callable[..., Site], shop: Shops) -> None:
    """The host's words are told, with what to do (D7)."""
    bucket = shop()
    here = made(site, bucket.settings.replace(bucket.name, "no-such-bucket"), ABOUT)
    ran = deploy(here, code=1)
    assert "NoSuchBucket" in ran.stderr
    assert "make the bucket" in ran.stderr


def test_without_the_package(site: Callable[..., Site], shop: Shops, monkeypatch: pytest.MonkeyPatch) -> None:
    """Without the extra, the command that installs it is named."""
    here = made(site, shop().settings, ABOUT)
    for name in [name for name in sys.modules if name.partition(".")[0] == "obstore"]:
        monkeypatch.setitem(sys.modules, name, None)
    assert 'pip install "wol-ssg[s3]"' in deploy(here, code=1).stderr


@pytest.mark.parametrize(("status", "words"), [(503, "SlowDown"), (403, "AccessDenied")])
def test_a_host_that_refuses(site: Callable[..., Site], monkeypatch: pytest.MonkeyPatch, status: int, words: str) -> None:
    """What may pass is tried three times and no more; what will not pass, once; no key is in what is told (D7, D8)."""
    asked: list[str] = []

    class Refusing(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            asked.append(self.path)
            answer = f"<Error><Code>{words}</Code><Message>Key {KEYS['AWS_SECRET_ACCESS_KEY']}</Message></Error>".encode()
            self.send_response(status)
            self.send_header("Content-Length", str(len(answer)))
            self.end_headers()
            self.wfile.write(answer)

        do_PUT = do_GET  # noqa: N815

        def log_message(self, *words: Any) -> None:
            pass

    for name, value in KEYS.items():
        monkeypatch.setenv(name, value)
    server = HTTPServer(("127.0.0.1", 0), Refusing)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    try:
        settings = f'[deploy.live]\ntype = "s3"\nbucket = "site"\nregion = "x"\nendpoint = "http://127.0.0.1:{server.server_port}"\n'
        here = made(site, settings, ABOUT)
        ran = deploy(here, code=1)
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
    assert len(asked) == (3 if status == 503 else 1)
    assert f"{words}: Key ***" in ran.stderr
    assert ("AWS_ACCESS_KEY_ID" in ran.stderr) == (status == 403)


def test_a_host_without_conditions(site: Callable[..., Site], shop: Shops, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where nothing can be locked, the deploy goes on without."""
    put = Bucket.put

    def unknowing(self: Bucket, key: str, data: bytes, headers: Any, only: str | None = None) -> str:
        if only is not None:
            raise self._failed("Server returned non-2xx status code: 501 Not Implemented: <Error><Code>NotImplemented</Code></Error>")
        return put(self, key, data, headers)

    monkeypatch.setattr(Bucket, "put", unknowing)
    bucket = shop()
    here = made(site, bucket.settings, ABOUT)
    deploy(here)
    assert set(bucket.keys()) == {*here.files(), ".wol/release"}


def test_a_network_that_fails_half_way(site: Callable[..., Site], shop: Shops, monkeypatch: pytest.MonkeyPatch) -> None:
    """What was written before an error is not written again (D7)."""
    from obstore.exceptions import GenericError

    bucket = shop()
    here = made(site, bucket.settings)
    opened = Bucket._opened
    stores: list[Counted] = []

    def failing(self: Bucket) -> Any:
        stores.append(Counted(opened(self), 13, GenericError("connection closed")))
        return stores[-1]

    with monkeypatch.context() as patch:
        patch.setattr(Bucket, "_opened", failing)
        assert "connection closed" in deploy(here, code=1).stderr
    there = len(bucket.files())
    assert 0 < there <= 10
    bucket.store.delete(LOCK)
    told = deploy(here).stdout
    assert f"+ {len(here.files()) - there} new" in told
    assert f"{there} as they are" in told
    assert bucket.files() == here.files()


def test_another_build_after_a_broken_deploy(site: Callable[..., Site], shop: Shops, monkeypatch: pytest.MonkeyPatch) -> None:
    """Objects of a deploy that was not completed are wol's own, though the next one publishes something else."""
    from obstore.exceptions import GenericError

    bucket = shop()
    here = made(site, bucket.settings)
    deploy(here)
    opened = Bucket._opened
    for number in range(1, 4):
        edit(here, number)
        with monkeypatch.context() as patch:
            patch.setattr(Bucket, "_opened", lambda self: Counted(opened(self), 12, GenericError("closed")))
            deploy(here, code=1)
        assert f"2026/11/new-{number}/index.html" in bucket.keys()  # noqa: SIM118
        bucket.store.delete(LOCK)
    shutil.rmtree(here.root / ".wol/deploy")
    edit(here, 9)
    deploy(here)
    assert bucket.files() == here.files()
    assert set(bucket.keys()) == {*here.files(), ".wol/release"}
