"""Names that features add to what templates see. A name is there, empty, while its feature is switched off, so that no theme fails for it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from functools import cache
from typing import TYPE_CHECKING, Any

import msgspec
from jinja2 import TemplateError

from wol.errors import WolError
from wol.model.feature import Feature, Name
from wol.model.functions import load_function
from wol.render.environment import Lazy
from wol.render.failures import EndlessError, HelperError

if TYPE_CHECKING:
    from wol.render.recorded_views import SiteViews


class FeatureName(msgspec.Struct, frozen=True):
    """A name, and the feature that gives it."""

    key: str
    name: Name
    feature: str
    is_on: bool

    def value(self, views: SiteViews, *subject: Any) -> Any:
        """Return what a template gets, and record the switch of the feature."""
        views.config(f"features.{self.feature}")
        if not self.name.takes_arguments:
            return self._call(views, *subject) if self.is_on else self.name.empty

        def called(*arguments: Any, **named: Any) -> Any:
            return self._call(views, *subject, *arguments, **named) if self.is_on else self.name.empty

        return called

    def _call(self, views: SiteViews, *arguments: Any, **named: Any) -> Any:
        """Call the feature's function; what it raises is known by its name."""
        try:
            return load_function(self.name.make)(views, *arguments, **named)
        except (WolError, TemplateError, EndlessError, RecursionError):
            raise
        except (Exception, SystemExit) as error:
            raise HelperError(self.feature, self.key, not self.name.takes_arguments) from error


def names_of(features: Iterable[Feature], view: str) -> Iterator[FeatureName]:
    """Return the names that features add to `page`, `site`, `term`, or to every template (`context`)."""
    for feature in features:
        for key, name in getattr(feature, view).items():
            yield FeatureName(key, name, feature.name, feature.is_on)


@cache
def with_names(base: Any, names: tuple[FeatureName, ...]) -> type[Any]:
    """Return a class of views with further names, each a property."""
    added: dict[str, Any] = {name.key: _property(name) for name in names}
    return type(base.__name__, (base,), {"__slots__": (), "__module__": base.__module__, "__doc__": base.__doc__, **added})


def _property(name: FeatureName) -> property:
    def get(view: Any) -> Any:
        return name.value(view._views, *view._subject)

    return property(get, doc=name.name.description)


def context_names(views: SiteViews, features: Iterable[Feature]) -> dict[str, object]:
    """Return the names that every template has: values are made when a template first uses them, once for each target."""
    return {name.key: _in_context(views, name) for name in names_of(features, "context")}


def _in_context(views: SiteViews, name: FeatureName) -> object:
    if not name.name.takes_arguments:
        return Lazy(_remembered(lambda target: name.value(views, target), views))

    def called(*arguments: Any, **named: Any) -> Any:
        return name.value(views)(*arguments, **named)

    return called


def _remembered(make: Callable[..., object], views: SiteViews) -> Callable[[], object]:
    """Make a value once for each target."""
    last: tuple[object, object] = (None, None)

    def get() -> object:
        nonlocal last
        if last[0] is not views.recorder.names:
            last = (views.recorder.names, make(views.target))
        return last[1]

    return get
