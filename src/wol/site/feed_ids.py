"""Ids of items in feeds, which stay when everything else about an item changes (authoring format, section 3)."""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID, uuid5

from wol import paths
from wol.model.site import Table

NAMESPACE = UUID("42b543ff-1c4f-41c1-9881-d093826c36dc")
"""The project's namespace for UUIDv5 (RFC 9562): it must never change, or every feed of every site would resurface."""


def feed_id(guid: str, own_id: str, url: str, aliases: Iterable[str], base_url: str, held: Table) -> str:
    """Give the id of an item in feeds: its `guid` word for word, else a URN made of its own id, else what it had when it was published here
    or at one of its aliases, else its permalink.

    `base_url` is that of `site.toml`, whatever address a build is made for; `held` is the table `published`.
    """
    if guid:
        return guid
    if own_id:
        return id_urn(own_id)
    return held_id(url, aliases, held) or paths.permalink(base_url, url)


def held_id(url: str, aliases: Iterable[str], held: Table) -> str:
    """Give the id under which an item was published, at its URL or the first of its aliases that the ledger has; nothing if there is none."""
    if not held:
        return ""
    return next((told for place in (url, *aliases) if place in held and (told := held[place]["feed_id"])), "")


def id_urn(own_id: str) -> str:
    """Give the URN of an id, the same on every site and machine."""
    return f"urn:uuid:{uuid5(NAMESPACE, own_id)}"
