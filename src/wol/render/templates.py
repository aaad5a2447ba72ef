"""The templates of a theme, compiled."""

from __future__ import annotations

from wol.render.environment import ThemeEnvironment
from wol.render.failures import Tools
from wol.render.filters import FILTERS
from wol.theme.closure import Read
from wol.theme.find import Theme

OF_LISTS = ("page", "term", "taxonomy", "posts", "pager", "year", "month", "months", "to")
"""Names of the context that only some kinds of targets have, and that are nothing for all others."""


class Templates:
    """The compiled templates of a theme. They outlive a build: the next one with the same theme takes them over."""

    def __init__(self, theme: Theme, read: Read) -> None:
        self.digest = theme.study.digest
        self.lookup = theme.lookup()
        self.environment = ThemeEnvironment(self.lookup, read, FILTERS, theme.slots)
        self.tools = Tools(self.lookup, self.environment.filters, self.environment.tests)
