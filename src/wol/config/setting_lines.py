"""Adding lines to the text of `site.toml`, and removing a redirect: all else stays as its writer typed it."""

from __future__ import annotations

import json
import re
import tomllib
from collections.abc import Mapping


def with_line(text: str, table: str, line: str) -> str:
    """Return a TOML text with a line at the beginning of a table, which is added at the end of the text if there is none; an empty name is the top of the file."""
    end = "\r\n" if "\r\n" in text else "\n"
    if not table:
        return f"{line}{end}{text}"
    header = re.search(rf"^[ \t]*\[[ \t]*{re.escape(table)}[ \t]*\][ \t]*(?:#[^\r\n]*)?(?:\r?\n|\Z)", text, re.MULTILINE)
    if header is not None:
        joint = "" if header[0].endswith("\n") else end
        return f"{text[: header.end()]}{joint}{line}{end}{text[header.end() :]}"
    joint = "" if not text or text.endswith("\n") else end
    return f"{text}{joint}{end if text else ''}[{table}]{end}{line}{end}"


def redirect_line(source: str, to: str) -> str:
    """Return the line that redirects one URL path to another."""
    return f"{json.dumps(source, ensure_ascii=False)} = {json.dumps(to, ensure_ascii=False)}"


def with_redirects(text: str, redirects: Mapping[str, str]) -> str | None:
    """Return the text of `site.toml` with exactly these redirects; None where that cannot be done without changing anything else.

    A redirect that is new gets a line at the beginning of the table, which is added at the end of the text if there is none. One that goes must have a line of its own.
    """
    mark = "\ufeff" if text.startswith("\ufeff") else ""
    done = text[len(mark) :]
    try:
        before = tomllib.loads(done)
        known = before.get("redirects", {})
        for source in known.keys() - redirects.keys():
            line = rf"^[ \t]*{re.escape(json.dumps(source, ensure_ascii=False))}[ \t]*=[^\r\n]*(?:\r\n|\n|\Z)"
            done = re.sub(line, "", done, count=1, flags=re.MULTILINE)
        for source, to in redirects.items():
            if source not in known:
                done = with_line(done, "redirects", redirect_line(source, to))
        after = tomllib.loads(done)
    except tomllib.TOMLDecodeError:
        return None
    return mark + done if after == {**before, "redirects": dict(redirects)} else None
