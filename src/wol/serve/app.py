"""The application that answers requests (ASGI): guards first, then wol's own files, then those of the site."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from email.utils import formatdate
from urllib.parse import parse_qs

import msgspec
from starlette.responses import Response, StreamingResponse
from starlette.types import Message, Receive, Scope, Send

from wol import clock
from wol.media import HTML, media_type
from wol.paths import NOT_FOUND
from wol.serve import plain_pages, request_path
from wol.serve.descriptors import are_used_up
from wol.serve.file_response import respond
from wol.serve.guards import Hosts, refusal
from wol.serve.hub import NOTHING, Hub, Window
from wol.serve.inject import with_script
from wol.serve.request_path import Asked, Found, Malformed, Moved

OWN = b"/.wol/"
"""Where wol's own files are: no file of a site can have such a path, since names with a dot are not served."""

MOST_VIEWS = 64
"""Windows of one browser that are told of changes."""

_NAME = re.compile(r"[a-z][a-z0-9.-]*")
_NUMBER = re.compile(r"[0-9]{1,18}")
_ALWAYS = ((b"cache-control", b"no-store"), (b"cross-origin-resource-policy", b"same-origin"))
_TEXT = "text/plain; charset=utf-8"


class App:
    """Answers for a hub, to those who call it by one of its names; `failed` is told of a defect."""

    def __init__(self, hub: Hub, hosts: Hosts, failed: Callable[[Exception], None]) -> None:
        self._hub = hub
        self._hosts = hosts
        self._failed = failed

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        begun = False

        async def dressed(message: Message) -> None:
            nonlocal begun
            if message["type"] == "http.response.start":
                begun = True
                date = formatdate(clock.now() / clock.MICROSECONDS, usegmt=True).encode("ascii")
                message = {**message, "headers": [(b"date", date), *_ALWAYS, *message["headers"]]}
            await send(message)

        try:
            response = await self._answer(scope)
            await response(scope, receive, dressed)
        except Exception as error:
            if begun:  # the file was replaced by a shorter one while it was sent, or the client has gone
                raise
            if isinstance(error, OSError) and are_used_up(error):
                await _said(503, "wol has too many files open; try again in a moment.")(scope, receive, dressed)
                return
            self._failed(error)
            await _said(500, "A defect of wol; the terminal says more.")(scope, receive, dressed)

    async def _answer(self, scope: Scope) -> Response:
        target = scope["raw_path"] + scope["query_string"]
        refused = refusal(scope["method"], target, scope["http_version"], scope["headers"], self._hosts)
        if refused is not None:
            return _said(refused.status, refused.why)
        if scope["raw_path"].startswith(OWN):
            return self._own(scope)
        return await self._page(scope)

    def _own(self, scope: Scope) -> Response:
        """Answer for wol's own files, and for the line by which browsers are told of changes."""
        name = scope["raw_path"].removeprefix(OWN).decode("ascii")
        if name == "events":
            if scope["method"] == "HEAD":
                return Response(media_type="text/event-stream")
            query = parse_qs(scope["query_string"].decode("latin-1"), keep_blank_values=True)
            views = _views(query)
            if views is None:
                return _said(400, "These views are none.")
            return StreamingResponse(self._hub.events_of(views), media_type="text/event-stream")
        from importlib import resources  # it brings much, and a browser asks for these last

        file = resources.files("wol.serve").joinpath("static", name) if _NAME.fullmatch(name) else None
        if file is None or not file.is_file():
            return _said(404, "wol has no such file.")
        return Response(file.read_bytes(), headers={"content-type": media_type(name)})

    async def _page(self, scope: Scope) -> Response:
        hub, edition = self._hub, self._hub.parts.edition  # before anything is waited for: rather one too old
        asked = request_path.read(scope["raw_path"], hub.base)
        if isinstance(asked, Malformed):
            return _said(400, asked.why)
        found = await hub.find(asked) if isinstance(asked, Asked) else asked
        if isinstance(found, Moved):
            query = scope["query_string"].decode("ascii", "ignore")
            return Response(status_code=302, headers={"location": f"{found.location}?{query}" if query else found.location})
        if isinstance(found, Found) and (opened := hub.preview.open(found.path)) is not None:
            return respond(opened, found.path, scope["headers"], edition)
        hint = "" if isinstance(found, Found) else found.hint
        if hub.is_unbuilt:
            body = plain_pages.broken(hub.errors) if hub.errors else plain_pages.building()
            return Response(with_script(body, NOTHING, edition), 503, {"content-type": HTML, "retry-after": "1"})
        own = hub.preview.open(NOT_FOUND) if not hint else None
        if own is not None:
            return respond(own, NOT_FOUND, scope["headers"], edition, status=404)
        return Response(with_script(plain_pages.missing(hub.base, hint), NOTHING, edition), 404, {"content-type": HTML})


def _views(query: Mapping[str, Sequence[str]]) -> list[Window] | None:
    """Return what the windows of a browser show: one, or several that share a line, as `[[path, tag, edition], …]`; None for what is neither."""
    if "views" not in query:
        path, tag, edition = (query.get(key, [""])[0] for key in ("path", "tag", "edition"))
        return [Window(path, tag, _edition(edition))]
    try:
        asked = msgspec.json.decode(query["views"][0], type=list[tuple[str, str, str]])
    except msgspec.DecodeError:
        return None
    return [Window(path, tag, _edition(edition)) for path, tag, edition in asked] if 0 < len(asked) <= MOST_VIEWS else None


def _edition(typed: str) -> int | None:
    return int(typed) if _NUMBER.fullmatch(typed) else None


def _said(status: int, sentence: str) -> Response:
    """Respond with a sentence; nothing more is read from that client then."""
    headers = {"content-type": _TEXT, "connection": "close"}
    if status == 405:
        headers["allow"] = "GET, HEAD"
    return Response(f"{sentence}\n", status, headers)
