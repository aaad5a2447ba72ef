"""What was published, from the ledger, and what that asks of a release: that URLs are answered, and that items keep their ids in feeds (authoring format, 3 and 6.0)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from shlex import quote
from typing import Any

import msgspec

from wol.errors import NAMED, Diagnostic, diagnostic, listed
from wol.fixes import AddField, Hint, Replace, RunCommand
from wol.model.config import Config
from wol.model.ledger import PATH, Line, Standing, standing
from wol.model.site import State, Table
from wol.model.step import Made, SiteInput
from wol.model.target import Value
from wol.site.link_check import WITHHELD
from wol.site.resolve import is_planned

LEDGER = "input ledger"
TIMES = "input ledger times"
PUBLISHED = "published"
HIDDEN = "input hidden"
PLANNED = "input planned"
"""The tables, which `wol.site.core_tables` describes."""

ASKED_BY_LEDGER = frozenset({"url-vanished", "feed-id-changed"})
"""The errors of a release that would lose what was published."""

_NOBODY = ("", "")

URL_COLUMNS = frozenset({"url", "lines"})
"""The summary columns that `check_urls` reads."""

FEED_ID_COLUMNS = frozenset({"url", "aliases", "guid", "lines"})
"""The summary columns that `check_feed_ids` reads."""

SHOWN = 12
"""Vanished URLs that are told one by one: who changes a pattern loses hundreds at once."""


def lines_by_url(lines: Iterable[Line]) -> dict[str, Value]:
    """Return the table `input ledger`."""
    table: dict[str, Value] = {}
    for line in lines:
        table.setdefault(line.url, []).append([line.time, line.event, line.feed_id, line.kind])
    return table


def give_times(site: SiteInput) -> Made:
    """Give each time of the ledger as a moment: a build may look back (`--at`), and clocks of others may be ahead."""
    times = {time for lines in site.table(LEDGER).values() for time, *_ in lines}
    return Made(moments={time: int(datetime.fromisoformat(time).timestamp()) * 1_000_000 for time in sorted(times)})


def make_published(site: SiteInput) -> Made:
    """`published`: what the ledger holds: URL path to `kind`, `feed_id` and `is_due`.

    A URL that was live first at a later date than the build's "now" asks for nothing yet; one that is withdrawn at a later date asks for nothing any more.
    """
    have_come = site.table(TIMES)
    table: dict[str, Value] = {}
    for url, lines in site.table(LEDGER).items():
        whole = _standing(url, lines)
        assert whole is not None  # it has a line
        by_now = _standing(url, [line for line in lines if have_come[line[0]]])
        is_due = by_now is not None and by_now.event == whole.event == "live"
        table[url] = {"kind": whole.kind, "feed_id": whole.feed_id, "is_due": is_due}
    return Made({PUBLISHED: table})


def check_feed_ids(site: SiteInput) -> Made:
    """Find items of a release that readers' programs would take for new ones; drafts may be wherever they like.

    A URL may go to another text as long as the one that was there has kept its id elsewhere.
    """
    return Made(diagnostics=tuple(_changed_ids(site)) if site.table("profile")[""] == "release" else ())


def _changed_ids(site: SiteInput) -> Iterator[Diagnostic]:
    held, feed_ids = site.table(PUBLISHED), site.table("feed_ids")
    if not held:
        return
    urls, aliases, guids, lines = (site.column(name) for name in ("url", "aliases", "guid", "lines"))
    given = frozenset(feed_ids.values())
    for key, now in feed_ids.items():
        told = _told(urls[key], aliases[key], held)
        if told and now not in told and told[0] not in given:
            message = (
                f"`{urls[key]}` was published with the id `{told[0]}` in feeds, and would be there as `{now}`: readers would see it as new"
            )
            field = "guid" if guids[key] else "id"
            words = f'{"change the `guid` to" if guids[key] else "add to its front matter"} `guid: "{told[0]}"`'
            hint = Hint(words, Replace(guids[key], told[0]) if guids[key] else AddField("guid", told[0]))
            yield diagnostic("feed-id-changed", message, f"{site.config.content.folder}/{key}", lines[key].get(field, 0), hint=hint)


def _standing(url: str, lines: Iterable[Sequence[Any]]) -> Standing | None:
    return standing(Line(time, event, url, feed_id, kind) for time, event, feed_id, kind in lines).get(url)


def _told(url: str, aliases: Iterable[str], held: Table) -> list[str]:
    """Give the ids under which an item was published: at its URL, or, if nothing was, at its aliases."""
    places = (url,) if url in held else aliases
    entries = [held[place] for place in places if place in held]
    return [entry["feed_id"] for entry in entries if entry["is_due"] and entry["feed_id"]]


def check_urls(site: SiteInput) -> Made:
    """Find URLs that were published, and that nothing in a release will answer: no item, no alias, redirect or tombstone; an item that has expired may go."""
    return Made(diagnostics=tuple(_vanished_urls(site)) if site.table("profile")[""] == "release" else ())


def _vanished_urls(site: SiteInput) -> Iterator[Diagnostic]:
    config, held, feed_ids = site.config, site.table(PUBLISHED), site.table("feed_ids")
    planned, hidden = site.table(PLANNED), site.table(HIDDEN)
    due = (url for url, entry in held.items() if entry["is_due"] and not is_planned(planned, url))
    missing = [url for url in due if hidden.get(url, _NOBODY)[1] != "expired"]
    if not missing:
        return
    moved = {feed_id: key for key, feed_id in feed_ids.items()}
    for url in sorted(url for url in missing if held[url]["kind"] == "list"):
        message = f"This build no longer makes the list `{url}`, which was published"
        hint = Hint(
            f'lead on from it by `"{url}" = "…"` in `[redirects]`, or withdraw it: `wol gone {quote(url)}`',
            RunCommand(f"wol gone {quote(url)}"),
        )
        yield msgspec.structs.replace(diagnostic("url-vanished", message, PATH, hint=hint), severity="warning")
    files = sorted(url for url in missing if held[url]["kind"] not in ("list", "item"))
    if files:
        yield _vanished_files(files, held)
    items = sorted(url for url in missing if held[url]["kind"] == "item")
    for url in items[:SHOWN]:
        if url in hidden:
            yield _withheld(config, url, *hidden[url])
        else:
            yield _vanished(site, url, moved.get(held[url]["feed_id"], ""))
    if len(items) > SHOWN:
        message = f"This build no longer makes {len(items) - SHOWN:,} more URLs that were published"
        words = "if a pattern in `[content.permalinks]` or another setting has changed, change it back, or publish under aliases"
        yield diagnostic("url-vanished", message, PATH, hint=words)


def _vanished_files(urls: Sequence[str], held: Table) -> Diagnostic:
    """Report feeds and files that were published: mostly one setting has made all of them vanish."""
    kinds = " and ".join(f"{kind}s" for kind in sorted({held[url]["kind"] for url in urls}))
    if len(urls) == 1:
        command = f"wol gone {quote(urls[0])}"
        message = f"This build no longer makes the {held[urls[0]]['kind']} `{urls[0]}`, which was published"
        words = f"undo the change that removed it, or withdraw it: `{command}`"
    else:
        command = "wol gone --missing"
        rest = f", {listed(urls[NAMED - 1 : NAMED])} and {len(urls) - NAMED:,} more" if len(urls) > NAMED else ""
        named = ", ".join(f"`{url}`" for url in urls[: NAMED - 1]) + rest if rest else listed(urls, "and")
        message = f"This build no longer makes {len(urls)} {kinds} that were published: {named}"
        words = f"undo the change that removed them, or withdraw all of them: `{command}`"
    return diagnostic("url-vanished", message, PATH, hint=Hint(words, RunCommand(command)))


def _withheld(config: Config, url: str, key: str, state: State) -> Diagnostic:
    message = f"`{url}` was published, and `{config.content.folder}/{key}` {WITHHELD[state]} now"
    hint = Hint(f"publish it again, or withdraw it: `wol gone {quote(url)}`", RunCommand(f"wol gone {quote(url)}"))
    return diagnostic("url-vanished", message, f"{config.content.folder}/{key}", hint=hint)


def _vanished(site: SiteInput, url: str, key: str) -> Diagnostic:
    """Report an item; `key` is that which has its id in feeds now."""
    if not key:
        message = f"`{url}` was published, and nothing is there any more"
        words = f"if the text has moved, `wol mv {quote(url)} FILE` records its old place; else withdraw it: `wol gone {quote(url)}`"
        return diagnostic("url-vanished", message, PATH, hint=Hint(words, RunCommand(f"wol gone {quote(url)}")))
    path, now, lines = f"{site.config.content.folder}/{key}", site.column("url")[key], site.column("lines")[key]
    message = f"`{path}` has moved from `{url}`, which was published, to `{now}`, and the old URL does not redirect"
    command = f"wol mv {quote(url)} {quote(path)}"
    words = f"record its old place as an alias: `{command}`"
    field = next((name for name in ("url", "slug", "date") if name in lines), "")
    if field:
        words += f"; or, if that is a mistake, correct the `{field}`"
    return diagnostic("url-vanished", message, path, lines.get(field, 0), hint=Hint(words, RunCommand(command)))
