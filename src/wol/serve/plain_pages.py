"""Plain pages for when there is no page of the site to show. All text in them is escaped."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from html import escape
from typing import Any

_PAGE = """\
<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<meta name="color-scheme" content="light dark">
<title>{title}</title>
<style>body {{ font: 1.1rem/1.5 system-ui, sans-serif; max-width: 48rem; margin: 4rem auto; padding: 0 1rem }} pre {{ overflow-x: auto }}</style>
</head>
<body>
<h1>{title}</h1>
{rest}
</body>
</html>
"""


def missing(base: str, hint: str) -> bytes:
    """Return the page for a missing path if the site has no 404 page."""
    top = escape(f"{base}/")
    return _page("Nothing is here", f'<p>{escape(hint) or "The site has no such page."}</p>\n<p><a href="{top}">{top}</a></p>')


def building() -> bytes:
    """Return the page that is shown during a long first build."""
    return _page("The site is being built", "<p>This page appears as soon as it is ready.</p>")


def broken(errors: Sequence[Mapping[str, Any]]) -> bytes:
    """Return the page with the errors of a site that has never been built."""
    return _page("The site cannot be built", "\n".join(map(_error, errors)))


def _error(one: Mapping[str, Any]) -> str:
    place = ":".join(str(part) for part in (one["path"], one["line"], one["column"]) if part)
    said = [f"<h2>{escape(place)}</h2>"] if place else []
    said.append(f"<p>{escape(one['message'])} <small>({escape(one['code'])})</small></p>")
    said += [f"<pre>{escape(one['excerpt'])}</pre>"] if one["excerpt"] else []
    said += [f"<p>{escape(note)}</p>" for note in one["notes"]]
    said += [f"<p>Way out: {escape(one['hint'])}</p>"] if one["hint"] else []
    return "\n".join(said)


def _page(title: str, rest: str) -> bytes:
    return _PAGE.format(title=title, rest=rest).encode("utf-8", "replace")
