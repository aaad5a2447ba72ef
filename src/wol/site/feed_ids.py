"""Ids of items in feeds, which stay when everything else about an item changes (authoring format, section 3)."""

from __future__ import annotations

from uuid import UUID, uuid5

from wol import paths

NAMESPACE = UUID("42b543ff-1c4f-41c1-9881-d093826c36dc")
"""The project's namespace for UUIDv5 (RFC 9562): it must never change, or every feed of every site would resurface."""


def feed_id(guid: str, own_id: str, url: str, base_url: str) -> str:
    """Give the id of an item in feeds: its `guid` word for word, else a URN made of its own id, else its permalink.

    `base_url` is that of `site.toml`, whatever address a build is made for.
    """
    if guid:
        return guid
    return id_urn(own_id) if own_id else paths.permalink(base_url, url)


def id_urn(own_id: str) -> str:
    """Give the URN of an id, the same on every site and machine."""
    return f"urn:uuid:{uuid5(NAMESPACE, own_id)}"
