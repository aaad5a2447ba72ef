"""What features add to the entries of feeds; all that they read for it is recorded, and whether they are on."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from wol.errors import WolError, diagnostic
from wol.model.feature import Feature
from wol.model.feed import Enclosure, EntryData, Origin
from wol.model.functions import load_function
from wol.model.plugin_errors import is_of_plugin, told

if TYPE_CHECKING:
    from wol.render.recorded_views import SiteViews


class FeedEntries:
    """The features that add to entries, in the order in which they are asked."""

    def __init__(self, features: Iterable[Feature]) -> None:
        self._features = tuple(feature for feature in features if feature.entry is not None)

    def of(self, views: SiteViews, key: str) -> list[EntryData]:
        """Return what all of them add to the entry of an item; raises WolError (plugin-failed) that names the plugin and the item."""
        added = []
        for feature in self._features:
            views.config(f"features.{feature.name}")
            data = _entry(views, feature, key) if feature.is_on else None
            if data is not None:
                added.append(data)
        return added


def _entry(views: SiteViews, feature: Feature, key: str) -> EntryData | None:
    assert feature.entry is not None
    if not feature.plugin:
        data: EntryData | None = load_function(feature.entry)(views, key)
        return data
    try:
        return _checked(load_function(feature.entry)(views, key))
    except WolError:
        raise
    except BaseException as error:
        if not is_of_plugin(error):
            raise
        path = f"{views.config('content.folder')}/{key}"
        message = f"The plugin `{feature.name}` failed to add to the entry of this item in feeds: {told(error)}"
        raise WolError(diagnostic("plugin-failed", message, path)) from error


def _checked(data: object) -> EntryData | None:
    """Return the data if it has the types that `EntryData` promises; raises TypeError."""
    if data is None:
        return None
    if not isinstance(data, EntryData):
        raise TypeError(f"it returned a value of the type `{type(data).__name__}`, where an `EntryData` belongs")
    if not isinstance(data.enclosures, (tuple, list)) or not all(isinstance(one, Enclosure) for one in data.enclosures):
        raise TypeError("`enclosures` is not a tuple of `Enclosure`")
    for one in data.enclosures:
        if not isinstance(one.url, str) or not isinstance(one.type, str) or not one.url or not one.type:
            raise TypeError("an `Enclosure` needs a text as `url` and as `type`")
        if not all(number is None or (isinstance(number, (int, float)) and number >= 0) for number in (one.length, one.duration)):
            raise TypeError(f"`length` or `duration` of the `Enclosure` `{one.url}` is not a number of at least 0")
    if not isinstance(data.comments, str):
        raise TypeError("`comments` is not a text")
    if data.source is not None and not isinstance(data.source, Origin):
        raise TypeError("`source` is not an `Origin`")
    return data
