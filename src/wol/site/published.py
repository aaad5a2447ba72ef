"""What the ledger asks of a release: that published URLs are answered, and that items keep their ids in feeds (authoring format, 3 and 6.0)."""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator, Mapping
from shlex import quote

import msgspec

from wol.errors import Diagnostic, diagnostic
from wol.model.config import Config
from wol.model.ledger import PATH
from wol.model.site import State, Table
from wol.site.feed_ids import CLASS, DUE, FEED_ID
from wol.site.link_check import WITHHELD

FEED_ID_COLUMNS = frozenset({"url", "aliases", "guid", "lines"})
"""The summary columns that `check_feed_ids` reads."""

SHOWN = 12
"""Vanished URLs that are told one by one: who changes a pattern loses hundreds at once."""


def check_feed_ids(
    config: Config,
    urls: Mapping[str, str],
    aliases: Mapping[str, tuple[str, ...]],
    guids: Mapping[str, str],
    lines: Mapping[str, Mapping[str, int]],
    feed_ids: Table,
    held: Table,
) -> Iterator[Diagnostic]:
    """Find items that readers' programs would take for new ones; `held` is the table `published`.

    A URL may go to another text as long as the one that was there has kept its id elsewhere.
    """
    if not held:
        return
    given = frozenset(feed_ids.values())
    for key, now in feed_ids.items():
        told = _told(urls[key], aliases[key], held)
        if told and now not in told and told[0] not in given:
            message = (
                f"`{urls[key]}` was published with the id `{told[0]}` in feeds, and would be there as `{now}`: readers would see it as new"
            )
            field = "guid" if guids[key] else "id"
            hint = f'{"change the `guid` to" if guids[key] else "add to its front matter"} `guid: "{told[0]}"`'
            yield diagnostic("feed-id-changed", message, f"{config.content.folder}/{key}", lines[key].get(field, 0), hint=hint)


def _told(url: str, aliases: Iterable[str], held: Table) -> list[str]:
    """Give the ids under which an item was published: at its URL, or, if nothing was, at its aliases."""
    places = (url,) if url in held else aliases
    return [held[place][FEED_ID] for place in places if place in held and held[place][DUE] and held[place][FEED_ID]]


def check_urls(
    config: Config, held: Table, planned: Container[str], hidden: Mapping[str, State], hidden_urls: Mapping[str, str], feed_ids: Table
) -> Iterator[Diagnostic]:
    """Find URLs that were published, and that nothing will answer: no item, no alias, redirect or tombstone; an item that has expired may go.

    `hidden` and `hidden_urls` are those of `wol.site.arrange.Arranged`.
    """
    missing = [url for url, (_, _, due) in held.items() if due and url not in planned and hidden.get(hidden_urls.get(url, "")) != "expired"]
    if not missing:
        return
    moved = {feed_id: key for key, feed_id in feed_ids.items()}
    for url in sorted(url for url in missing if held[url][CLASS] == "list"):
        message = f"The list `{url}` was published, and is planned no more"
        hint = f'lead on from it by `"{url}" = "…"` in `[redirects]`, or withdraw it: `wol gone {quote(url)}`'
        yield msgspec.structs.replace(diagnostic("url-vanished", message, PATH, hint=hint), severity="warning")
    others = sorted(url for url in missing if held[url][CLASS] != "list")
    for url in others[:SHOWN]:
        key = hidden_urls.get(url, "")
        if key:
            yield _withheld(config, url, key, hidden[key])
        elif held[url][CLASS] == "item":
            yield _vanished(config, url, moved.get(held[url][FEED_ID], ""))
        else:
            message = f"The {held[url][CLASS]} `{url}` was published, and is planned no more"
            hint = f"withdraw it: `wol gone {quote(url)}`; if it has readers, let your web host lead on from there"
            yield diagnostic("url-vanished", message, PATH, hint=hint)
    if len(others) > SHOWN:
        message = f"{len(others) - SHOWN:,} more URLs that were published are planned no more"
        hint = "if a pattern in `[content.permalinks]` or another setting has changed, change it back, or publish under aliases"
        yield diagnostic("url-vanished", message, PATH, hint=hint)


def _withheld(config: Config, url: str, key: str, state: State) -> Diagnostic:
    message = f"`{url}` was published, and `{config.content.folder}/{key}` {WITHHELD[state]} now"
    hint = f"publish it again, or withdraw it: `wol gone {quote(url)}`"
    return diagnostic("url-vanished", message, f"{config.content.folder}/{key}", hint=hint)


def _vanished(config: Config, url: str, key: str) -> Diagnostic:
    """Tell of an item; `key` is that which has its id in feeds now."""
    if not key:
        message = f"`{url}` was published, and nothing is there any more"
        hint = f"if the text has moved, `wol mv {quote(url)} FILE` records its old place; else withdraw it: `wol gone {quote(url)}`"
        return diagnostic("url-vanished", message, PATH, hint=hint)
    path = f"{config.content.folder}/{key}"
    message = f"`{url}` was published; its text has moved, and nothing leads on from there"
    return diagnostic("url-vanished", message, path, hint=f"record its old place as an alias: `wol mv {quote(url)} {quote(path)}`")
