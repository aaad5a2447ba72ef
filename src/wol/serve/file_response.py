"""A file as a response: whole or in ranges, conditional, with the reload script where it is a page (RFC 9110)."""

from __future__ import annotations

import re
from email.utils import formatdate, parsedate_to_datetime

from starlette.responses import FileResponse, Response
from starlette.types import Receive, Scope, Send

from wol.media import HTML, media_type
from wol.serve.guards import Headers, values
from wol.serve.inject import with_script
from wol.serve.preview import Opened

SMALL = 1 << 20
"""Bytes up to which a file is read at once, so that what is sent is of one state even while a build replaces it."""

_RANGE = re.compile(r"[0-9]{1,18}-[0-9]{0,18}|-[0-9]{1,18}")


class Ranged(Response):
    """A file that is sent piece by piece; only such ranges get to Starlette as have a meaning, others count as not asked for (14.2)."""

    def __init__(self, opened: Opened, headers: dict[str, str]) -> None:
        super().__init__(headers=headers)
        self._file = FileResponse(opened.place, headers=headers, stat_result=opened.stat, media_type=headers["content-type"])

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        requested = values(scope["headers"], b"range")
        byte_range = _readable(requested[0]) if len(requested) == 1 else None
        if byte_range == "backwards":
            size = self._file.headers["content-length"]
            await Response(status_code=416, headers={"content-range": f"bytes */{size}"})(scope, receive, send)
            return
        headers = [pair for pair in scope["headers"] if pair[0] != b"range"]
        if byte_range is not None:
            headers.append((b"range", byte_range.encode("ascii")))
        await self._file({**scope, "headers": headers}, receive, send)


def respond(opened: Opened, path: str, asked: Headers, edition: int, *, status: int = 200) -> Response:
    """Make the response for a file of the output, and close it; `asked` are the headers of the request, `edition` is for the script in pages."""
    sort = media_type(path)
    head = {"content-type": sort, "etag": f'"{opened.tag}"', "last-modified": formatdate(opened.stat.st_mtime, usegmt=True)}
    if status == 200 and _is_known(opened, asked):
        opened.close()
        del head["content-type"]
        return Response(status_code=304, headers=head)
    if sort == HTML:
        return Response(with_script(opened.read(), opened.tag, edition), status, head)
    head["accept-ranges"] = "bytes"
    if status == 200 and (opened.stat.st_size > SMALL or values(asked, b"range")):
        opened.close()
        return Ranged(opened, head)
    return Response(opened.read(), status, head)


def _is_known(opened: Opened, asked: Headers) -> bool:
    """Return whether the client has this very state already (13.1): `If-None-Match` decides where it is sent, else `If-Modified-Since`."""
    tags = values(asked, b"if-none-match")
    if tags:
        known = {tag.strip().removeprefix("W/") for typed in tags for tag in typed.split(",")}
        return not known.isdisjoint({"*", f'"{opened.tag}"'})
    dates = values(asked, b"if-modified-since")
    try:
        return len(dates) == 1 and int(opened.stat.st_mtime) <= parsedate_to_datetime(dates[0]).timestamp()
    except (ValueError, OverflowError):
        return False


def _readable(typed: str) -> str | None:
    """Return a `Range` that has a meaning, `backwards` for one that ends before it begins, None for all else."""
    unit, equals, specs = typed.partition("=")
    ranges = [spec.strip() for spec in specs.split(",")]
    if not equals or unit.strip().lower() != "bytes" or not all(map(_RANGE.fullmatch, ranges)):
        return None
    for first, _, last in (spec.partition("-") for spec in ranges):
        if first and last and int(first) > int(last):
            return "backwards"
    return f"bytes={','.join(ranges)}"
