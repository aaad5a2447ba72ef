"""Feeds: RSS 2.0, Atom and JSON Feed of the site, and of each list that a feature names as a channel, such as the notes and each term.

Feed files lie in the folder of the list that they follow: `/feed.xml`, `/atom.xml` and `/feed.json`, `/notes/feed.xml`, `/tags/python/feed.xml`.
"""

from __future__ import annotations

from wol.model.commands import Command
from wol.model.feature import Feature, Name
from wol.model.settings_table import SettingsTable
from wol.model.step import Step

_COLUMNS = frozenset({"kind", "date", "feed", "section"})
_NEEDS = frozenset({"state", "lists", "channels", "published"})

feature = Feature(
    name="feeds",
    description="RSS 2.0, Atom and JSON Feed of the site, of the notes, and of each term.",
    settings={
        "feeds": SettingsTable(
            kind="wol.model.feed_settings:FeedsConfig",
            description="RSS, Atom and JSON Feed.",
            check="wol.features.feeds.own_settings:check",
        )
    },
    steps=(
        Step(name="links", make="wol.features.feeds.choose:link", provides=("feeds",), columns=_COLUMNS, needs=_NEEDS),
        Step(name="files", make="wol.features.feeds.choose:plan", columns=_COLUMNS, needs=_NEEDS, plans=True),
    ),
    kinds={
        "rss": "wol.features.feeds.files:render_rss",
        "atom": "wol.features.feeds.files:render_atom",
        "json": "wol.features.feeds.files:render_json",
    },
    context={
        "feeds": Name(
            "wol.features.feeds.views:of_target",
            "The feeds that a page names in its head: the site's, then those of the list that it is a page of.",
            empty=(),
        ),
    },
    term={"feeds": Name("wol.features.feeds.views:of_term", "Its feeds.", empty=())},
    views={"A feed": "wol.features.feeds.views:FeedView"},
    commands={
        "feeds": Command(
            "List the feeds of the site, with their URLs and how many entries each has.", "wol.features.feeds.feeds_command:run"
        )
    },
    output_rules=("wol.features.feeds.rules:check_feeds",),
)
