"""Core tables of items: lists, neighbours, and the names by which items are found."""

from __future__ import annotations

from wol.errors import Diagnostic, diagnostic
from wol.model.step import Made, SiteInput
from wol.paths import permalink
from wol.site.feed_ids import feed_id
from wol.site.published import PUBLISHED

LISTS = {"post": "posts", "note": "notes", "page": "pages"}
"""The list of each kind."""


def make_lists(site: SiteInput) -> Made:
    """`lists`: `posts`, `notes` and `pages` have the listed items of a kind but those that describe a folder; `items` has all that are listed."""
    lists: dict[str, list[str]] = {name: [] for name in (*LISTS.values(), "items")}
    kind, section = site.column("kind"), site.column("section")
    for key, is_listed in site.table("listed").items():
        if is_listed:
            lists["items"].append(key)
            if not section[key] and kind[key] in LISTS:
                lists[LISTS[kind[key]]].append(key)
    return Made({"lists": lists})


def make_neighbours(site: SiteInput) -> Made:
    """`neighbours`: key of each listed post to the next older (`previous`) and the next newer (`next`)."""
    posts = site.table("lists")["posts"]
    ways = zip(posts, [*posts[1:], None], [None, *posts[:-1]], strict=True) if posts else ()
    return Made({"neighbours": {key: {"previous": older, "next": newer} for key, older, newer in ways}})


def make_urls(site: SiteInput) -> Made:
    """`urls`: URL path to key, and `sections`: URL path of a folder to the key of the `_index.md` that describes it."""
    urls: dict[str, str] = {}
    sections: dict[str, str] = {}
    found: list[Diagnostic] = []
    section, linkable, folder = site.column("section"), site.table("input linkable"), site.config.content.folder
    for key, url in site.column("url").items():
        if not linkable[key]:
            continue
        urls.setdefault(url, key)
        if section[key]:
            other = sections.setdefault(section[key], key)
            if other != key:
                message = f"`{folder}/{other}` and `{folder}/{key}` would both be written to `{url}`"
                found.append(diagnostic("url-collision", message, f"{folder}/{key}"))
    return Made({"urls": urls, "sections": sections}, diagnostics=tuple(found))


def make_ids(site: SiteInput) -> Made:
    """`ids`: id to key."""
    linkable = site.table("input linkable")
    ids: dict[str, str] = {}
    for key, own_id in site.column("id").items():
        if own_id and linkable[key]:
            ids.setdefault(own_id, key)
    return Made({"ids": ids})


def make_feed_ids(site: SiteInput) -> Made:
    """`feed_ids`: key to the id in feeds, and `permanent`: the keys of items whose id in feeds is their permalink."""
    base_url, url, aliases = site.table("input settings")["base_url"], site.column("url"), site.column("aliases")
    guids, ids = site.column("guid"), site.column("id")
    linkable, held = site.table("input linkable"), site.table(PUBLISHED)
    made = {key: feed_id(guids[key], ids[key], url[key], aliases[key], base_url, held) for key in url if linkable[key]}
    bare = (key for key in made if not guids[key] and not ids[key])
    return Made({"feed_ids": made, "permanent": {key: True for key in bare if not held or made[key] == permalink(base_url, url[key])}})
