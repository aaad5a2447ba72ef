"""A callout as the theme's template `callouts/NAME.html` sees it."""

from __future__ import annotations

from markupsafe import Markup

from wol.model.item import Callout
from wol.render.recorder import View


class CalloutView(View):
    """A callout, `> [!name words key=value] Title {#id .class}`."""

    _sort = "`callout`"
    __slots__ = {"_callout": "", "content": "Its text, as HTML.", "title": "Its title, as HTML."}

    def __init__(self, callout: Callout, title: Markup, content: Markup) -> None:
        self._callout = callout
        self.title = title
        self.content = content

    @property
    def name(self) -> str:
        """Its type, after which the template is named."""
        return self._callout.name

    @property
    def folds(self) -> bool:
        """Whether it can be folded."""
        return bool(self._callout.fold)

    @property
    def open(self) -> bool:
        """Whether it is open at first."""
        return self._callout.fold != "-"

    @property
    def id(self) -> str:
        """Its `{#id}`; empty if it has none."""
        return self._callout.id

    @property
    def classes(self) -> tuple[str, ...]:
        """Its classes."""
        return self._callout.classes

    @property
    def words(self) -> tuple[str, ...]:
        """The words after its name."""
        return self._callout.words

    @property
    def values(self) -> dict[str, str]:
        """What stands after its name as `key=value`."""
        return self._callout.values
