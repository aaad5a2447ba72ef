"""nginx serves a folder target while it is switched, again and again, under load: no reader gets a mixture."""

from __future__ import annotations

import gzip
import http.client
import os
import random
import re
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from hashlib import sha256
from pathlib import Path

import pytest

from harness import hosts
from harness.deploys import LIVE, made
from harness.guides import ROOT, blocks
from harness.site import Site
from wol.config.load import load
from wol.deploy.deploy_plan import plan_deploy
from wol.deploy.deploy_target import PublishJob, TargetContext
from wol.deploy.release import Release, release_id
from wol.deploy.release_files import ReleaseFiles
from wol.deploy.targets.folder import FolderTarget

pytestmark = pytest.mark.hosts

SWITCHES = 200
CLIENTS = 4
AT_MOST = 40.0
"""Seconds."""


def version(files: Mapping[str, bytes], number: int) -> dict[str, bytes]:
    """Give the files of a site as they are in one version: a style sheet with another name, which all pages ask for, and other pages."""
    (style,) = (path for path in files if path.startswith("assets/style."))
    name = f"assets/style.{sha256(b'%d' % number).hexdigest()[:16]}.css"
    mark = b"\n<!-- version %d -->" % number
    found = {
        path: data.replace(style.encode(), name.encode()).replace(b"<body", mark + b"<body", 1) + mark * 3000
        if path.endswith(".html")
        else data
        for path, data in files.items()
        if path != style
    }
    return {**found, name: files[style] + b"/* %d */" % number * 3000}


class Switching:
    """Publishes one version after the other; a client says which one it may still be reading, as assets stay for three releases and no longer."""

    def __init__(self, here: Site, files: Mapping[str, bytes]) -> None:
        config = load(here.root)
        self.target = FolderTarget(TargetContext("live", config.deploy["live"], here.root, config, here.root / ".wol/deploy/live"))
        self.files = files
        self.here = here
        self.number = 0
        self.known: dict[str, set[bytes]] = {}
        self.readers: dict[int, int] = {}
        self.changed = threading.Condition()

    def publish(self) -> None:
        """Make the next version live, as a deploy does."""
        with self.changed:
            assert self.changed.wait_for(lambda: all(self.number + 1 - at <= 3 for at in self.readers.values()), 20)
            for path, data in (files := version(self.files, self.number + 1)).items():
                self.known.setdefault(path, set()).add(sha256(data).digest())
            self.number += 1
        contents = ReleaseFiles(self.here.output, {}, files, {path for path in files if path.startswith("assets/")})
        names, live = self.target.file_ids(contents), self.target.live()
        plan = plan_deploy(contents.files, names, live)
        release = Release(release_id(names), {**names, **{path: live.files[path] for path in plan.carried}}, plan.carried, contents.assets)
        self.target.publish(PublishJob(release, contents, plan, live, lambda step, done, total: None))

    @contextmanager
    def reading(self, client: int) -> Iterator[None]:
        """Hold the promise for what is live at this moment; a version that is about to be live may be, too."""
        with self.changed:
            self.readers[client] = self.number - 1
        try:
            yield
        finally:
            with self.changed:
                del self.readers[client]
                self.changed.notify_all()


class Reader(threading.Thread):
    """Fetches a page and then, after a while, everything that it names."""

    def __init__(self, number: int, switching: Switching, port: int, ended: threading.Event) -> None:
        super().__init__()
        self.number, self.switching, self.port, self.ended = number, switching, port, ended
        self.chance = random.Random(number)
        self.wrong: list[str] = []
        self.responses = self.waited = 0

    def run(self) -> None:
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=20)
        while not self.ended.is_set() and not self.wrong:
            with self.switching.reading(self.number):
                before = self.switching.number
                page = self.fetch(connection, self.chance.choice(["/", "/archive/", "/2026/11/one/", "/tags/"]))
                named = set(re.findall(rb'(?:href|src)="(?:https://example\.org)?(/[^"#?]*)', page))
                time.sleep(self.chance.uniform(0, 0.15))
                self.waited += self.switching.number > before
                for path in sorted(named, key=lambda _: self.chance.random()):
                    self.fetch(connection, path.decode())
        connection.close()

    def fetch(self, connection: http.client.HTTPConnection, path: str) -> bytes:
        """Fetch a path: it must be there, whole, and of one version."""
        try:
            connection.request("GET", path)
            answer = connection.getresponse()
            data = answer.read()
        except (OSError, http.client.HTTPException) as error:
            self.wrong.append(f"{path}: {error!r}")
            connection.close()
            return b""
        self.responses += 1
        if answer.headers["Content-Encoding"] == "gzip":
            data = gzip.decompress(data)
        name = f"{path}index.html".lstrip("/") if path.endswith("/") else path.lstrip("/")
        if answer.status != 200:
            self.wrong.append(f"{path}: {answer.status}")
        elif sha256(data).digest() not in self.switching.known.get(name, ()):
            self.wrong.append(f"{path}: {len(data)} bytes of no version")
        elif name.startswith("assets/") != ("immutable" in answer.headers["Cache-Control"]):
            self.wrong.append(f"{path}: may be kept for {answer.headers['Cache-Control']}")
        return data


def settings(folder: Path, www: Path, port: int) -> Path:
    """Write settings for nginx around those of the guide."""
    (server,) = (b.text for b in blocks((ROOT / "content/docs/hosts/server.md").read_text("utf-8")) if b.language == "nginx")
    server = server.replace("listen 80;", f"listen 127.0.0.1:{port};").replace("/srv/my-site", str(www))
    temporary = "".join(f"{name}_temp_path {folder}/{name};\n" for name in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi"))
    place = folder / "nginx.conf"
    place.write_text(
        f"daemon off;\npid {folder}/pid;\nerror_log {folder}/error.log;\n{'user root;' if os.geteuid() == 0 else ''}\nworker_processes 2;\n"
        f"events {{}}\nhttp {{\naccess_log off;\nsendfile on;\ntypes {{ text/html html; text/css css; }}\n{temporary}{server}}}\n"
    )
    return place


def test_switched_under_load(site: Callable[..., Site], tmp_path: Path) -> None:
    """200 releases while clients read: not one response is mixed, cut short or missing."""
    nginx, port = hosts.program("nginx"), hosts.free_port()
    here = made(site, LIVE)
    switching = Switching(here, here.files())
    switching.publish()
    folder = tmp_path / "nginx"
    folder.mkdir()
    conf = settings(folder, here.root.parent / "www", port)
    ended = threading.Event()
    with hosts.serving([nginx, "-e", str(folder / "error.log"), "-p", str(folder), "-c", str(conf)], port, folder / "log"):
        readers = [Reader(number, switching, port, ended) for number in range(CLIENTS)]
        started = time.monotonic()
        for reader in readers:
            reader.start()
        while switching.number <= SWITCHES and time.monotonic() - started < AT_MOST and not any(reader.wrong for reader in readers):
            switching.publish()
        took = time.monotonic() - started
        ended.set()
        for reader in readers:
            reader.join(30)
    assert [words for reader in readers for words in reader.wrong] == []
    assert switching.number > SWITCHES, f"{switching.number} switches in {took:.0f} s"
    assert sum(reader.responses for reader in readers) > 500
    assert sum(reader.waited for reader in readers) > 20, "pages were switched while they were read"
