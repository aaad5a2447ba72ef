"""A small server that speaks to the script of the preview as `wol serve` does, with pages made up by the tests."""

from __future__ import annotations

import json
import queue
import threading
import time
from hashlib import sha256
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

STATIC = Path(__file__).parents[2] / "src/wol/serve/static"
TYPES = {"html": "text/html; charset=utf-8", "js": "text/javascript", "css": "text/css", "wav": "audio/wav", "svg": "image/svg+xml"}


def tag(text: str) -> str:
    """Return what stands for a version of a page."""
    return sha256(text.encode()).hexdigest()[:12]


class StandIn:
    """Pages and files by URL path; tells its clients of changes. `slow` holds back answers, in seconds by path."""

    def __init__(self) -> None:
        self.pages: dict[str, str] = {}
        self.files: dict[str, bytes] = {}
        self.slow: dict[str, float] = {}
        self.missing = "<!doctype html><title>Not found</title><body><h1>Not found</h1></body>"
        self.state: dict[str, Any] = {"errors": [], "warnings": []}
        self.asked: list[str] = []
        self.changed: list[str] = []
        self.clients: dict[queue.Queue[str | None], str] = {}
        self._server: ThreadingHTTPServer | None = None
        self.port = 0

    def start(self) -> None:
        """Listen at the same port as before, if there was one."""
        handler = type("Handler", (_Handler,), {"here": self})
        self._server = _Server(("127.0.0.1", self.port), handler)
        self.port = self._server.server_address[1]
        threading.Thread(target=self._server.serve_forever, args=(0.02,), daemon=True).start()

    def stop(self) -> None:
        """End all connections, as a server does that is stopped."""
        assert self._server is not None
        for client in list(self.clients):
            client.put(None)
        self._server.shutdown()
        self._server.server_close()

    def url(self, path: str) -> str:
        return f"http://127.0.0.1:{self.port}{path}"

    def page(self, path: str) -> str:
        return self.pages.get(path, self.missing)

    def put(self, path: str, html: str | None) -> None:
        """Change a page, or take it away, and tell those who look at it."""
        if html is None:
            self.pages.pop(path, None)
        else:
            self.pages[path] = html
        for client, looked_at in list(self.clients.items()):
            if looked_at == path:
                client.put(event("changed", {"tag": tag(self.page(path))}))

    def tell(self, name: str, data: Any) -> None:
        """Send an event to all."""
        if name == "files":
            self.changed += data["paths"]
            data = {**data, "edition": len(self.changed)}
        if name in self.state:
            self.state[name] = data
        if name == "fine":
            self.state["errors"] = []
        for client in list(self.clients):
            client.put(event(name, data))


def event(name: str, data: object) -> str:
    return f"event: {name}\ndata: {json.dumps(data)}\n\n"


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    allow_reuse_address = True

    def handle_error(self, request: Any, client_address: Any) -> None:
        """A browser that goes away is no error."""


class _Handler(BaseHTTPRequestHandler):
    here: StandIn

    def log_request(self, code: int | str = "-", size: int | str = "-") -> None:
        """Say nothing."""

    def do_GET(self) -> None:
        url = urlsplit(self.path)
        self.here.asked.append(url.path)
        if url.path == "/.wol/events":
            self.events({name: values[0] for name, values in parse_qs(url.query).items()})
        elif url.path.startswith("/.wol/"):
            self.answer(200, (STATIC / url.path.removeprefix("/.wol/")).read_bytes(), url.path)
        elif url.path in self.here.files:
            time.sleep(self.here.slow.get(url.path, 0))
            self.answer(200, self.here.files[url.path], url.path)
        else:
            text, edition = self.here.page(url.path), len(self.here.changed)
            time.sleep(self.here.slow.get(url.path, 0))
            script = f'<script type="module" src="/.wol/live.js" data-tag="{tag(text)}" data-edition="{edition}"></script>'
            self.answer(200 if url.path in self.here.pages else 404, text.replace("</body>", script + "</body>").encode(), ".html")

    def answer(self, status: int, body: bytes, path: str) -> None:
        self.send_response(status)
        self.send_header("Content-Type", TYPES.get(path.rpartition(".")[2], "text/plain"))
        self.send_header("Content-Length", str(len(body)))
        self.send_header("Cache-Control", "no-store")
        self.end_headers()
        self.wfile.write(body)

    def events(self, query: dict[str, str]) -> None:
        self.send_response(200)
        self.send_header("Content-Type", "text/event-stream")
        self.end_headers()
        mine: queue.Queue[str | None] = queue.Queue()
        path = query["path"]
        self.here.clients[mine] = path
        state = self.here.state
        mine.put(event("errors", state["errors"]) if state["errors"] else event("fine", None))
        mine.put(event("warnings", state["warnings"]))
        if query.get("tag", tag(self.here.page(path))) != tag(self.here.page(path)):
            mine.put(event("changed", {"tag": tag(self.here.page(path))}))
        if missed := self.here.changed[int(query["edition"]) :]:
            mine.put(event("files", {"paths": missed, "edition": len(self.here.changed)}))
        try:
            while (text := mine.get()) is not None:
                self.wfile.write(text.encode())
                self.wfile.flush()
        finally:
            self.here.clients.pop(mine, None)
