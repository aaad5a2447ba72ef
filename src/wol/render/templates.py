"""The templates of a theme, compiled, and the names that they find in every context."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from functools import partial
from typing import TYPE_CHECKING, Any

from jinja2 import TemplateError

from wol.errors import WolError
from wol.model.feature import Feature
from wol.render.environment import Lazy, ThemeEnvironment
from wol.render.failures import EndlessError, HelperError, Tools
from wol.render.filters import FILTERS
from wol.theme.closure import Read
from wol.theme.find import Theme

if TYPE_CHECKING:
    from wol.render.views import SiteViews

OF_LISTS = ("page", "term", "taxonomy", "posts", "pager", "year", "month", "months", "to")
"""Names of the context that only some kinds of targets have, and that are nothing for all others."""


class Templates:
    """The compiled templates of a theme. They outlive a build: the next one with the same theme takes them over."""

    def __init__(self, theme: Theme, read: Read) -> None:
        self.digest = theme.study.digest
        self.lookup = theme.lookup()
        self.environment = ThemeEnvironment(self.lookup, read, FILTERS)
        self.tools = Tools(self.lookup, self.environment.filters, self.environment.tests)


def context_names(views: SiteViews, features: Iterable[Feature]) -> dict[str, object]:
    """Give what every template finds, whatever it renders: functions, and the names of features, each made for templates that have it."""
    names: dict[str, object] = {"feeds": Lazy(partial(_no_feeds, views))}  # a name of the theme API, also where the feature is switched off
    for feature in features:
        names |= {
            name: _guarded(partial(HelperError, feature.name, name, False), views, function) for name, function in feature.helpers.items()
        }
        made = {name: _guarded(partial(HelperError, feature.name, name, True), views, make) for name, make in feature.context.items()}
        names |= {name: Lazy(_remembered(make, views)) for name, make in made.items()}
    return names


def _no_feeds(views: SiteViews) -> Sequence[object]:
    """Give no feeds, for as long as the feature is switched off."""
    views.config("features.feeds")
    return ()


def _guarded(failed: Callable[[], HelperError], views: SiteViews, function: Callable[..., object]) -> Callable[..., object]:
    """Call a feature's function with the views; what it raises is known by its name."""

    def call(*arguments: Any, **named: Any) -> object:
        try:
            return function(views, *arguments, **named)
        except (WolError, TemplateError, EndlessError, RecursionError):
            raise
        except (Exception, SystemExit) as error:
            raise failed() from error

    return call


def _remembered(make: Callable[..., object], views: SiteViews) -> Callable[[], object]:
    """Make a value once for each target."""
    last: Sequence[object] = (None, None)

    def get() -> object:
        nonlocal last
        if last[0] is not views.recorder.names:
            last = (views.recorder.names, make(views.target))
        return last[1]

    return get
