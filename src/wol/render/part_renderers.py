"""Parts of texts that features render: by the feature whose syntax has their kind."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import TYPE_CHECKING

from markupsafe import Markup

from wol.errors import WolError, diagnostic
from wol.model.feature import Feature
from wol.model.functions import Function, load_function
from wol.model.item import Dynamic
from wol.model.markdown_syntax import FilledPart
from wol.model.plugin_errors import is_of_plugin, told

if TYPE_CHECKING:
    from wol.render.recorded_views import SiteViews


class PartRenderers:
    """The renderers of all features; each is loaded when a text first has a part of its kind."""

    def __init__(self, features: Iterable[Feature]) -> None:
        self._known: Mapping[str, tuple[str, Function]] = {
            kind: (feature.name, function)
            for feature in features
            if feature.syntax is not None
            for kind, function in feature.syntax.parts.items()
        }
        self._loaded: dict[str, Callable[..., object]] = {}

    def html(self, views: SiteViews, part: Dynamic, content: str, *, key: str, absolute: bool) -> str:
        """Return the HTML of a part of an item's text; `content` is the HTML inside it. Raises WolError (plugin-failed)."""
        feature, function = self._known[part.kind]
        try:
            render = self._loaded.get(part.kind)
            if render is None:
                render = self._loaded[part.kind] = load_function(function)
            made = render(views, FilledPart(part.kind, part.args, part.text, Markup(content), key, absolute))  # noqa: S704  # HTML of ours
            if not isinstance(made, str):
                raise TypeError(f"it returned a value of the type `{type(made).__name__}`, where HTML belongs")
        except BaseException as error:
            if _is_of_wol(error, function) or not is_of_plugin(error):
                raise
            path = f"{views.config('content.folder')}/{key}"
            message = f"The plugin `{feature}` failed to render `{part.text or part.kind}`: {told(error)}"
            raise WolError(diagnostic("plugin-failed", message, path)) from error
        return str(made)


def _is_of_wol(error: BaseException, function: Function) -> bool:
    module = function if isinstance(function, str) else function.__module__
    return type(error).__module__.startswith("wol.") or module.startswith("wol.")
