"""The places of a page where features show something of their own."""

from __future__ import annotations

from collections.abc import Mapping

SLOTS: Mapping[str, str] = {
    "head": "The end of `<head>`.",
    "after_title": "Below the title of a post or page, or the heading of a list.",
    "before_content": "Above the text or the list itself.",
    "after_content": "Below the text or the list itself, above the tags.",
    "end": "Below the whole post, page or list.",
    "aside": "Below that, with the words about the author.",
    "footer": "The foot of the page.",
    "card": "The end of an entry in a list, which is `post`.",
}
"""Each slot, and where the default theme has it, in the order of the page."""
