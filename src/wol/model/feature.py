"""The protocol of features: what a slice of `wol` (or a plugin) may add, as data and pure functions."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import TYPE_CHECKING, Any, Protocol

from wol.model.config import Config
from wol.model.item import Link
from wol.model.target import File, Target, Value

if TYPE_CHECKING:
    from wol.errors import Diagnostic


class SiteInput(Protocol):
    """What `tables()` and `targets()` may read: the settings, and the columns and tables that the feature declares.

    The core tables (`wol.site.assemble` documents each): `state`, `listed`, `lists`, `neighbours`, `sections`, `paths`, `urls`,
    `ids`, `feed_ids`, `permanent`, `taxonomies`, `terms`, `item_terms`, `attachments`, `static`, `assets`; and `profile`, whose key "" is the
    build's. Reading what was not declared raises `wol.errors.WolError` (plugin-failed).
    """

    @property
    def config(self) -> Config:
        """The settings of the site."""
        ...

    def column(self, name: str) -> Mapping[str, Any]:
        """Give a summary column of the items that this build has: key to value, newest first, then by path."""
        ...

    def table(self, name: str) -> Mapping[str, Value]:
        """Give a whole table."""
        ...


class Views(Protocol):
    """What `kinds` and `helpers` may read while a target is rendered. All that is handed out is recorded."""

    def value(self, table: str, key: str) -> Value:
        """Give a value of a table, or None; that it is absent is recorded too."""
        ...

    def config(self, name: str) -> Any:
        """Give one setting by its dotted name, `site.title`; the value is plain data."""
        ...

    def page(self, key: str) -> Any:
        """Give the view of an item, as templates see it."""
        ...

    def term(self, key: str) -> Any:
        """Give the view of a term by its key in the table `terms` (`tags/python`), as templates see it."""
        ...

    def taxonomy(self, name: str) -> Any:
        """Give the view of a taxonomy, as templates see it."""
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


class Feature:
    """A vertical slice. Override what it needs; what is left alone costs nothing.

    `columns` and `needs` name all that `tables` and `targets` read: the engine runs them again only if one of these has changed.
    All methods are pure: the same input gives the same output, in any process.
    """

    name: str = ""
    version: str = "1"
    columns: frozenset[str] = frozenset()
    needs: tuple[str, ...] = ()
    provides: tuple[str, ...] = ()
    """Names of the tables that `tables` gives: exactly these."""

    def sources(self, config: Config) -> Mapping[str, str]:
        """Virtual sources: path from the content folder to Markdown text."""
        return {}

    def tables(self, site: SiteInput) -> Mapping[str, Mapping[str, Value]]:
        """Tables that it adds: name to key to value. Table names are unique over all features."""
        return {}

    def targets(self, site: SiteInput) -> Iterable[Target]:
        """Files that must exist in the output."""
        return ()

    def assets(self, config: Config) -> Mapping[str, str]:
        """Assets that it makes itself: name to a digest of all that their bytes depend on. A theme's file of that name wins."""
        return {}

    def check(self, site: SiteInput) -> Iterable[Diagnostic]:
        """What the writer should know about the site as a whole; errors stop the build."""
        return ()

    @property
    def kinds(self) -> Mapping[str, Callable[[Views, Target], bytes | File]]:
        """Kinds of targets that it renders: name to function."""
        return {}

    @property
    def context(self) -> Mapping[str, Callable[[Views, Target], object]]:
        """Names that every template has: computed when a template first uses them."""
        return {}

    @property
    def helpers(self) -> Mapping[str, Callable[..., object]]:
        """Functions that templates call: `helper(views, *arguments)`."""
        return {}
