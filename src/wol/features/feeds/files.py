"""The files of feeds, each in its format."""

from __future__ import annotations

from wol.features.feeds import json_feed, syndication
from wol.features.feeds.entries import read_feed
from wol.model.target import Target
from wol.model.view_protocol import Views


def render_rss(views: Views, target: Target) -> bytes:
    return syndication.rss(read_feed(views, target))


def render_atom(views: Views, target: Target) -> bytes:
    return syndication.atom(read_feed(views, target))


def render_json(views: Views, target: Target) -> bytes:
    return json_feed.json_feed(read_feed(views, target))
