"""Taxonomies, their terms and their feeds as templates see them. Each field of a term is a dependency of its own."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from markupsafe import Markup

from wol.render.addresses import Href
from wol.render.lists import PageList
from wol.render.recorder import View

if TYPE_CHECKING:
    from wol.render.views import SiteViews


class TaxonomyView(View):
    """A way to file items: tags, categories, or one of the site's own."""

    __slots__ = {"_views": "", "name": "Its key in `[taxonomies]`."}

    def __init__(self, views: SiteViews, name: str) -> None:
        self._views = views
        self.name = name

    @property
    def label(self) -> str:
        """Its name in the plural."""
        found: str = self._field("label")
        return found

    @property
    def singular(self) -> str:
        """The name of one term's sort."""
        found: str = self._field("singular")
        return found

    @property
    def url(self) -> Href:
        """The URL path of the list of its terms, ready for HTML."""
        return self._views.href(self._field("url"))

    @property
    def terms(self) -> list[TermView]:
        """Its terms that listed items have, by name."""
        return [self._views.term(f"{self.name}/{slug}") for slug in self._field("terms")]

    def __str__(self) -> str:
        return self.label

    def _field(self, name: str) -> Any:
        return self._views.field("taxonomies", self.name, name)


class TermView(View):
    """A term of a taxonomy."""

    __slots__ = ("_key", "_views")

    def __init__(self, views: SiteViews, key: str) -> None:
        self._views = views
        self._key = key

    @property
    def name(self) -> str:
        """The term as it is written."""
        found: str = self._field("name")
        return found

    @property
    def title(self) -> str:
        """How it is shown: the title of `site.toml`, else the name."""
        found: str = self._field("title") or self._field("name")
        return found

    @property
    def slug(self) -> str:
        """The last part of its URL."""
        found: str = self._field("slug")
        return found

    @property
    def url(self) -> Href:
        """The URL path of its list, ready for HTML."""
        return self._views.href(self._field("url"))

    @property
    def permalink(self) -> Href:
        """The absolute URL of its list."""
        return self._views.absolute(self._field("url"))

    @property
    def count(self) -> int:
        """How many listed items have it."""
        found: int = self._field("count")
        return found

    @property
    def description(self) -> Markup:
        """What it is about, as HTML."""
        return self._views.markdown(self._field("description"))

    @property
    def taxonomy(self) -> TaxonomyView:
        """The taxonomy that it belongs to."""
        return self._views.taxonomy(self._field("taxonomy"))

    @property
    def items(self) -> PageList:
        """The listed items that have it, newest first."""
        return PageList(self._field("items"), self._views.page)

    @property
    def feeds(self) -> list[FeedView]:
        """Its feeds."""
        return [
            FeedView(feed["title"], self._views.href(feed["url"]), feed["type"])
            for feed in self._views.value("feeds", self._field("url")) or ()
        ]

    def __str__(self) -> str:
        return self.title

    def _field(self, name: str) -> Any:
        return self._views.field("terms", self._key, name)


class FeedView(View):
    """A feed."""

    __slots__ = {"title": "What it is called.", "type": "Its media type.", "url": "Its URL path, ready for HTML."}

    def __init__(self, title: str, url: Href, media_type: str) -> None:
        self.title = title
        self.url = url
        self.type = media_type
