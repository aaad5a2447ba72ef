"""A stand-in for Netlify on loopback, made from its published specification (github.com/netlify/open-api, `swagger.yml` 2.9).

The specification has no order of states: that is as Netlify's own tools wait for them. When they change, and what is refused, is our reading.
"""

from __future__ import annotations

import json
import re
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from hashlib import sha1
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit

import msgspec

SITE = "3970e0fe-8564-4903-9a55-c5f8de49fb8b"
TOKEN = "nfp_not-a-token-at-all-0123"
NEXT = {"preparing": "prepared", "processing": "ready"}
"""What becomes of a deploy by itself, at the next request."""

Answer = tuple[int, Any]


class There(msgspec.Struct):
    """A deploy as it is there; `late` requests pass before it goes on."""

    id: str
    title: str
    files: dict[str, str]
    state: str
    late: int
    locked: bool = False


class Cloud:
    """One site: its deploys, the newest last, the bytes that are there by SHA-1, and what readers see. `asked` are all requests.

    `refuse` may answer a request otherwise: it gets its number and name, and gives status, headers and body, or None. From request number
    `failing` on (0: never) there is nothing but status 500.
    """

    def __init__(self) -> None:
        self.deploys: list[There] = []
        self.blobs: dict[str, bytes] = {}
        self.published: There | None = None
        self.asked: list[str] = []
        self.late = 0
        self.failing = 0
        self.refuse: Callable[[int, str], tuple[int, dict[str, str], bytes] | None] = lambda number, name: None
        self.address = ""

    @property
    def settings(self) -> str:
        """Return the table for `site.toml`."""
        return f'[deploy.live]\ntype = "netlify"\nsite = "{SITE}"\napi = "{self.address}/api/v1"\npublic = false\n'

    def files(self) -> dict[str, bytes]:
        """Return what readers see, but for wol's own marks."""
        found = self.published.files if self.published is not None else {}
        return {path[1:]: self.blobs[name] for path, name in sorted(found.items()) if not path.startswith("/.wol/")}

    def marks(self) -> list[str]:
        """Return the paths of wol's own marks."""
        return sorted(path for path in (self.published.files if self.published is not None else {}) if path.startswith("/.wol/"))

    def put(self, files: dict[str, bytes], title: str = "By hand") -> None:
        """Publish a deploy as somebody else does."""
        names = {f"/{path}": sha1(data).hexdigest() for path, data in files.items()}
        self.blobs |= {sha1(data).hexdigest(): data for data in files.values()}
        self.published = There(f"d{len(self.deploys)}", title, names, "ready", 0)
        self.deploys.append(self.published)

    def missing(self, deploy: There) -> list[str]:
        return sorted(set(deploy.files.values()) - self.blobs.keys())

    def advance(self) -> None:
        """Let time pass: deploys go on by themselves, and one that gets ready is what readers see, unless the present one is locked."""
        for deploy in self.deploys:
            if deploy.state not in NEXT:
                continue
            if deploy.late > 0:
                deploy.late -= 1
                continue
            deploy.state = NEXT[deploy.state]
            if deploy.state == "prepared" and not self.missing(deploy):
                deploy.state = "processing"
            if deploy.state == "ready" and not (self.published is not None and self.published.locked):
                self.published = deploy

    def shown(self, deploy: There) -> dict[str, Any]:
        """Return a deploy as the definition `deploy` has it."""
        known = {} if deploy.state == "preparing" else {"required": self.missing(deploy)}
        return {
            "id": deploy.id, "site_id": SITE, "state": deploy.state, "title": deploy.title, "locked": deploy.locked, "error_message": None, **known
        }  # fmt: skip

    def answer(self, method: str, path: str, query: dict[str, str], body: bytes) -> Answer:
        """Do what a request asks for."""
        site = f"/api/v1/sites/{SITE}"
        if (method, path) == ("GET", site):
            return 200, {"id": SITE, "published_deploy": self.shown(self.published) if self.published is not None else None}
        if (method, path) == ("GET", f"{site}/files") and self.published is not None:
            return 200, [{"id": p, "path": p, "sha": s, "size": len(self.blobs.get(s, b""))} for p, s in self.published.files.items()]
        if (method, path) == ("GET", f"{site}/deploys"):
            size, page = int(query["per_page"]), int(query["page"])
            return 200, [self.shown(one) for one in self.deploys[::-1][(page - 1) * size : page * size]]
        if (method, path) == ("POST", f"{site}/deploys"):
            return self.create(query["title"], json.loads(body))
        for deploy in self.deploys:
            if (method, path) == ("GET", f"{site}/deploys/{deploy.id}"):
                return 200, self.shown(deploy)
            if (method, path) == ("POST", f"{site}/deploys/{deploy.id}/restore") and deploy.state == "ready":
                deploy.state, deploy.late = "processing", self.late
                return 201, self.shown(deploy)
            if method == "PUT" and path.startswith(f"/api/v1/deploys/{deploy.id}/files/"):
                return self.upload(deploy, path.removeprefix(f"/api/v1/deploys/{deploy.id}/files"), body)
        return 404, {"code": 404, "message": "Not Found"}

    def create(self, title: str, asked: dict[str, Any]) -> Answer:
        names = "\n".join(f"{path}\t{name}" for path, name in asked["files"].items())
        if set(asked) != {"files", "async"} or not re.fullmatch(r"(/[^#?\t\n]+\t[0-9a-f]{40}(\n|$))+", names):
            return 422, {"code": 422, "message": "not the definition deployFiles"}
        deploy = There(f"d{len(self.deploys)}", title, asked["files"], "preparing", self.late)
        self.deploys.append(deploy)
        if not asked["async"]:
            deploy.state = "uploading" if self.missing(deploy) else "processing"
        return 200, self.shown(deploy)

    def upload(self, deploy: There, path: str, body: bytes) -> Answer:
        name = sha1(body).hexdigest()
        if deploy.state not in ("prepared", "uploading") or deploy.files.get(path) != name:
            return 422, {"code": 422, "message": f"{path} is not what was announced"}
        self.blobs[name] = body
        deploy.state, deploy.late = ("uploading" if self.missing(deploy) else "processing"), self.late
        return 200, {"id": path, "path": path, "sha": name, "size": len(body)}


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    wbufsize = -1  # an answer is sent in one piece: else its second piece waits until the first is acknowledged
    here: Cloud

    def handle_one(self) -> None:
        url = urlsplit(self.path)
        body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
        self.here.asked.append(f"{self.command} {url.path.removeprefix('/api/v1')}")
        self.here.advance()
        refused = self.here.refuse(len(self.here.asked), self.here.asked[-1])
        if 0 < self.here.failing <= len(self.here.asked):
            refused = 500, {}, b"broken"
        if refused is not None:
            self.send(*refused)
        elif self.headers.get("Authorization") != f"Bearer {TOKEN}":
            self.send(401, {}, b'{"code":401,"message":"Access Denied: ' + self.headers.get("Authorization", "").encode() + b'"}')
        else:
            query = {name: values[0] for name, values in parse_qs(url.query).items()}
            status, found = self.here.answer(self.command, unquote(url.path), query, body)
            self.send(status, {}, json.dumps(found).encode())

    def send(self, status: int, headers: dict[str, str], body: bytes) -> None:
        self.send_response(status)
        for name, value in {**headers, "Content-Length": str(len(body))}.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)

    do_GET = do_POST = do_PUT = handle_one  # noqa: N815

    def log_message(self, *words: Any) -> None:
        """Say nothing."""


@contextmanager
def served() -> Iterator[Cloud]:
    """Return a site that is served as long as it lasts."""
    cloud = Cloud()
    server = ThreadingHTTPServer(("127.0.0.1", 0), type("Handler", (_Handler,), {"here": cloud}))
    server.daemon_threads = True
    cloud.address = f"http://127.0.0.1:{server.server_port}"
    thread = threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True)
    thread.start()
    try:
        yield cloud
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
