"""Withdraws what was published and leaves a tombstone at its URL."""

from __future__ import annotations

import os
from pathlib import Path

import msgspec

from wol import clock
from wol.content.amend import Value, amend
from wol.errors import WolError, diagnostic
from wol.ledger.edits import Edit, edit
from wol.ledger.overview import Overview
from wol.ledger.record import after
from wol.model.ledger import Line
from wol.model.slugs import slug
from wol.model.target import Target
from wol.site.link_check import WITHHELD

FOLDER = "gone"
"""The folder, in the content folder, of tombstones whose source is gone."""


class Withdrawal(msgspec.Struct, frozen=True):
    """What has to be written: an edit of a source, a new source, or lines of the ledger; nothing if it was withdrawn before."""

    edits: tuple[Edit, ...] = ()
    new: tuple[Edit, ...] = ()
    lines: tuple[Line, ...] = ()


def url_of(over: Overview, here: Path, typed: str) -> str:
    """Return the URL path of what was typed in the folder `here`: a URL, or a source; raises WolError (url-unknown)."""
    for base in (here, over.root, over.root / over.folder):
        place = os.path.relpath(os.path.abspath(base / typed), os.path.abspath(over.root / over.folder))
        for key in (place, f"{place}/index.md"):
            if key in over.summaries:
                return over.summaries[key].url
            over.refuse_errors(key)
    url = over.url(typed)
    if not url:
        raise WolError(diagnostic("url-unknown", f"`{typed}` is neither a URL of this site nor a source", hint=over.suggestion(typed)))
    return url


def withdraw(over: Overview, url: str, reason: str) -> Withdrawal:
    """Decide how a URL path is withdrawn; raises WolError: url-unknown, or as `amend`.

    An item becomes a tombstone by its front matter. If its source is gone, a new one is made that says nothing but that. Of feeds, files and lists
    the ledger alone remembers that they were withdrawn; the feeds of a list go with it.
    """
    key = over.by_url.get(url, "")
    if key and over.state(key) != "private":
        return _edited(over, key, reason)
    if url in over.aliases:
        path = f"{over.folder}/{over.aliases[url]}"
        hint = f"withdraw that, or take `{url}` out of its `aliases` first"
        raise WolError(diagnostic("url-unknown", f"`{url}` leads on to `{over.summaries[over.aliases[url]].url}`", path, hint=hint))
    entry = over.held.get(url)
    if entry is None:
        raise WolError(diagnostic("url-unknown", f"Nothing is, or was, at `{url}`", hint=over.suggestion(url)))
    if entry.kind == "item":
        return Withdrawal(new=() if entry.event == "gone" else (_tombstone(over, url, reason),))
    target = over.targets.get(url)
    if entry.event == "live" and target is not None and _has_posts(target):
        message = f"The {entry.kind} `{url}` has posts, so the next build would make it again"
        raise WolError(
            diagnostic("url-unknown", message, hint="remove the tag from its posts first; `wol tag OLD NEW` renames it everywhere")
        )
    now = clock.now()
    going = [other for other in sorted(over.held) if over.held[other].event == "live" and _goes_with(other, over.held[other].kind, url)]
    return Withdrawal(lines=tuple(Line(after(now, over.held[o]), "gone", o, "", over.held[o].kind) for o in going))


def withdraw_missing(over: Overview) -> Withdrawal:
    """Decide that all feeds, lists and files are withdrawn that were published and that the next build would not make; raises WolError with the errors of the site."""
    targets = over.planned()
    now = clock.now()
    going = [
        url
        for url, entry in sorted(over.held.items())
        if entry.event == "live" and entry.kind != "item" and ((target := targets.get(url)) is None or target.role == "gone")
    ]
    return Withdrawal(lines=tuple(Line(after(now, over.held[url]), "gone", url, "", over.held[url].kind) for url in going))


def _has_posts(target: Target) -> bool:
    """Return whether a URL has content: neither the page of an emptied list nor a feed without entries."""
    if target.role == "feed":
        return bool(target.args.get("items") or target.args.get("events"))
    return target.role != "gone"


def _goes_with(other: str, kind: str, url: str) -> bool:
    """Return whether something is at a URL, or is a feed or a further page of the list that is there."""
    below = other.removeprefix(url) if url.endswith("/") and other.startswith(url) else ""
    return other == url or (kind == "feed" and bool(below) and "/" not in below) or (kind == "list" and below.startswith("page/"))


def _edited(over: Overview, key: str, reason: str) -> Withdrawal:
    summary, path = over.summaries[key], f"{over.folder}/{key}"
    if over.state(key) in ("draft", "scheduled") and not over.was_published(key):
        message = f"`{summary.url}` was never published: `{path}` {WITHHELD[over.state(key)]}"
        raise WolError(diagnostic("url-unknown", message, path, hint="remove the file, or keep it out with `private: true`"))
    if summary.gone and reason in ("", summary.gone_reason):
        return Withdrawal()
    if over.sources.scan.tree.items[key].path != path:
        raise WolError(diagnostic("url-unknown", f"`{summary.url}` has no source: a plugin makes it", hint="change what the plugin makes"))
    before = (over.root / path).read_bytes()
    fields: dict[str, Value] = {"gone": reason or True}
    return Withdrawal(edits=(edit(path, before, amend(before, path, fields)),))


def _tombstone(over: Overview, url: str, reason: str) -> Edit:
    """Make a source of a tombstone alone."""
    name = slug("-".join(url.removesuffix(".html").strip("/").split("/"))) or "home"
    path = f"{over.folder}/{FOLDER}/{name}.md"
    return Edit(path, "", amend(b"---\n---\n", path, {"url": url, "gone": reason or True}))
