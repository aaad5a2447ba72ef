"""The reload script in a page: put into what is sent, never into a file."""

from __future__ import annotations

import re

_TAIL = 4096
"""Bytes at the end of a page among which its `</body>` is looked for."""

_END = re.compile(rb"</body\s*>(?=(?:\s|</html\s*>|<!--(?:(?!-->).)*-->)*\Z)", re.IGNORECASE | re.DOTALL)


def with_script(page: bytes, tag: str, edition: int) -> bytes:
    """Return a page with the script before the end of its body; where that is not to be seen, at its end, where parsers take it into the body.

    `tag` is the ETag of the file without its quotes: by it the script knows whether the page at hand is still the page there.
    `edition` (`Parts`) says the same of its styles and images: those that it loads are at least of that one.
    """
    start = max(0, len(page) - _TAIL)
    found = _END.search(page, start)
    at = found.start() if found else len(page)
    script = b'<script type="module" src="/.wol/live.js" data-tag="%b" data-edition="%d"></script>' % (tag.encode("ascii"), edition)
    return page[:at] + script + page[at:]
