"""What features may ask for while a target is rendered: read-only views that record whatever they hand out."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, Protocol, TypeVar

from wol.model.feed import EntryData
from wol.model.item import Link
from wol.model.target import Value

V = TypeVar("V")


class Views(Protocol):
    """What a feature's functions may read while a target is rendered. All that is handed out is recorded as a dependency of the target."""

    def value(self, table: str, key: str) -> Value:
        """Give a value of a table, or None; that it is absent is recorded too."""
        ...

    def field(self, table: str, key: str, name: str) -> Any:
        """Give one field of a value; in a table whose fields are dependencies of their own (`Feature.fine`), no more than that is recorded."""
        ...

    def config(self, name: str) -> Any:
        """Give one setting by its dotted name, `site.title`; the value is plain data."""
        ...

    def page(self, key: str) -> Any:
        """Give the view of an item, as templates see it."""
        ...

    def render(self, templates: Iterable[str], context: Mapping[str, object]) -> bytes:
        """Render the first template that exists, with the names that every page has and those of `context`."""
        ...

    def content(self, key: str, *, absolute: bool = False) -> str:
        """Give the HTML of an item's text with all links filled in; `absolute` for feeds (sanitised, with absolute URLs)."""
        ...

    def excerpt(self, key: str, *, absolute: bool = False) -> str:
        """Give the HTML of an item's excerpt, sanitised."""
        ...

    def entry_data(self, key: str) -> list[EntryData]:
        """Return what features add to the entry of an item in feeds."""
        ...

    def resolve(self, link: Link) -> str | None:
        """Give the URL path that a reference leads to, or None where it is missing in this build."""
        ...

    def href(self, url: str) -> str:
        """Make a URL path ready for HTML: percent-encoded, with the path of `base_url`. Absolute URLs stay."""
        ...

    def absolute(self, url: str) -> str:
        """Make a URL path absolute with `base_url`, percent-encoded. Absolute URLs stay."""
        ...

    def asset(self, name: str) -> str:
        """Give the fingerprinted URL of an asset of the theme, ready for HTML."""
        ...

    def source(self, path: str) -> bytes:
        """Give the bytes of an input file by `Source.path`, recorded."""
        ...

    def artifact(self, path: str) -> bytes | None:
        """Return the bytes of another file of the output by its path, or None where there is none; for targets that are `last`."""
        ...

    def markdown(self, text: str) -> str:
        """Return the HTML of a small text of the settings or of a template."""
        ...

    def with_names(self, view: type[V], names: str) -> type[V]:
        """Return a class of views with the names that features add to it: those of `page`, `site` or `term`."""
        ...
