"""Adding a redirect to the text of `site.toml`, and removing one: all else stays as its writer typed it."""

from __future__ import annotations

import json
import re
import tomllib
from collections.abc import Mapping

_HEADER = re.compile(r"[ \t]*\[[ \t]*redirects[ \t]*\][ \t]*(?:#[^\r\n]*)?(?:\r\n|\n|\Z)", re.MULTILINE)


def redirect_line(source: str, to: str) -> str:
    """Return the line that redirects one URL path to another."""
    return f"{json.dumps(source, ensure_ascii=False)} = {json.dumps(to, ensure_ascii=False)}"


def with_redirects(text: str, redirects: Mapping[str, str]) -> str | None:
    """Return the text of `site.toml` with exactly these redirects; None where that cannot be done without changing anything else.

    A redirect that is new gets a line at the beginning of the table, which is added at the end of the text if there is none. One that goes must have a line of its own.
    """
    before = tomllib.loads(text)
    known = before.get("redirects", {})
    end = "\r\n" if "\r\n" in text else "\n"
    new = "".join(f"{redirect_line(source, to)}{end}" for source, to in redirects.items() if source not in known)
    done = text
    for source in known.keys() - redirects.keys():
        line = rf"^[ \t]*{re.escape(json.dumps(source, ensure_ascii=False))}[ \t]*=[^\r\n]*(?:\r\n|\n|\Z)"
        done = re.sub(line, "", done, count=1, flags=re.MULTILINE)
    header = next((found for found in _HEADER.finditer(done) if found.start() == 0 or done[found.start() - 1] == "\n"), None)
    if new and header is not None:
        joint = "" if header[0].endswith("\n") else end
        done = done[: header.end()] + joint + new + done[header.end() :]
    elif new:
        done = f"{done}{'' if not done or done.endswith(chr(10)) else end}{end}[redirects]{end}{new}"
    try:
        after = tomllib.loads(done)
    except tomllib.TOMLDecodeError:
        return None
    return done if after == {**before, "redirects": dict(redirects)} else None
