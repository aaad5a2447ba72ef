"""Core tables of items: lists, neighbours, and the names by which items are found."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from wol.errors import Diagnostic, diagnostic
from wol.model.feature import SiteInput
from wol.paths import permalink
from wol.site.builder import Builder, Built
from wol.site.feed_ids import feed_id

LISTS = {"post": "posts", "note": "notes", "page": "pages"}
"""The list of each kind."""


def _lists(site: SiteInput) -> Built:
    """`lists`: `posts`, `notes` and `pages` have the listed items of a kind but those that describe a folder; `items` has all that are listed."""
    lists: dict[str, list[str]] = {name: [] for name in (*LISTS.values(), "items")}
    kind, section = site.column("kind"), site.column("section")
    for key, is_listed in site.table("listed").items():
        if is_listed:
            lists["items"].append(key)
            if not section[key] and kind[key] in LISTS:
                lists[LISTS[kind[key]]].append(key)
    return Built({"lists": lists})


def _neighbours(site: SiteInput) -> Built:
    """`neighbours`: key of each listed post to the next older (`previous`) and the next newer (`next`)."""
    posts = site.table("lists")["posts"]
    ways = zip(posts, [*posts[1:], None], [None, *posts[:-1]], strict=True) if posts else ()
    return Built({"neighbours": {key: {"previous": older, "next": newer} for key, older, newer in ways}})


def _urls(site: SiteInput) -> Built:
    """`urls`: URL path to key, and `sections`: URL path of a folder to the key of the `_index.md` that describes it."""
    urls: dict[str, str] = {}
    sections: dict[str, str] = {}
    found: list[Diagnostic] = []
    section, linkable, folder = site.column("section"), site.table("linkable"), site.config.content.folder
    for key, url in site.column("url").items():
        if not linkable[key]:
            continue
        urls.setdefault(url, key)
        if section[key]:
            other = sections.setdefault(section[key], key)
            if other != key:
                message = f"`{folder}/{other}` and `{folder}/{key}` would both be written to `{url}`"
                found.append(diagnostic("url-collision", message, f"{folder}/{key}"))
    return Built({"urls": urls, "sections": sections}, tuple(found))


def _ids(site: SiteInput) -> Built:
    """`ids`: id to key."""
    linkable = site.table("linkable")
    ids: dict[str, str] = {}
    for key, own_id in site.column("id").items():
        if own_id and linkable[key]:
            ids.setdefault(own_id, key)
    return Built({"ids": ids})


def _feed_ids(site: SiteInput) -> Built:
    """`feed_ids`: key to the id in feeds, and `permanent`: the keys of items whose id in feeds is their permalink."""
    base_url, url, aliases = site.config.site.base_url, site.column("url"), site.column("aliases")
    guids, ids = site.column("guid"), site.column("id")
    linkable, held = site.table("linkable"), site.table("published")
    made = {key: feed_id(guids[key], ids[key], url[key], aliases[key], base_url, held) for key in url if linkable[key]}
    bare = (key for key in made if not guids[key] and not ids[key])
    return Built({"feed_ids": made, "permanent": {key: True for key in bare if not held or made[key] == permalink(base_url, url[key])}})


def _static(site: SiteInput) -> Built:
    """`static`: output path to digest, and `assets`: name to output path."""
    static: Mapping[str, Any] = site.table("static_files")
    assets: Mapping[str, Any] = site.table("asset_files")
    return Built({"static": dict(static), "assets": dict(assets)})


BUILDERS = (
    Builder(("lists",), frozenset({"kind", "section"}), frozenset({"listed"}), _lists),
    Builder(("neighbours",), frozenset(), frozenset({"lists"}), _neighbours),
    Builder(("urls", "sections"), frozenset({"url", "section"}), frozenset({"linkable"}), _urls),
    Builder(("ids",), frozenset({"id"}), frozenset({"linkable"}), _ids),
    Builder(("feed_ids", "permanent"), frozenset({"guid", "id", "url", "aliases"}), frozenset({"linkable", "published"}), _feed_ids),
    Builder(("static", "assets"), frozenset(), frozenset({"static_files", "asset_files"}), _static),
)
