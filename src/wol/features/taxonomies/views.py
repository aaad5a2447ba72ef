"""Taxonomies and their terms as templates see them, and the names that pages and the site gain by them. Each field of a term is a dependency of its own."""

from __future__ import annotations

from typing import Any

from wol.errors import WolError, diagnostic, did_you_mean
from wol.model.view_protocol import Views
from wol.render.lists import PageList
from wol.render.recorder import View


def of_site(views: Views) -> list[TaxonomyView]:
    return [TaxonomyView(views, name) for name in views.config("taxonomies")]


def terms_of_site(views: Views, taxonomy: str) -> list[TermView]:
    return taxonomy_named(views, taxonomy).terms


def terms_of_page(views: Views, key: str, taxonomy: str) -> list[TermView]:
    return _terms(views, key, taxonomy_named(views, taxonomy).name)


def tags_of_page(views: Views, key: str) -> list[TermView]:
    return _terms(views, key, "tags")


def categories_of_page(views: Views, key: str) -> list[TermView]:
    return _terms(views, key, "categories")


def taxonomy_named(views: Views, name: str) -> TaxonomyView:
    """Return a taxonomy; raises WolError (template-name) for an unknown one."""
    name = str(name)
    if views.field("taxonomies", name, "name") is None:
        hint = did_you_mean(name, views.config("taxonomies"))
        raise WolError(diagnostic("template-name", f"There is no taxonomy `{name}`", hint=hint))
    return TaxonomyView(views, name)


def term(views: Views, key: str) -> TermView:
    """Return the term with a key of the table `terms`, with the names that other features give it."""
    return views.with_names(TermView, "term")(views, key)


def _terms(views: Views, key: str, taxonomy: str) -> list[TermView]:
    filed = views.value("item_terms", key) or {}
    return [term(views, of_taxonomy) for of_taxonomy in filed.get(taxonomy, ())]


class TaxonomyView(View):
    """A way to file items: tags, categories, or one of the site's own."""

    _sort = "A taxonomy"
    __slots__ = {"_views": "", "name": "Its key in `[taxonomies]`."}

    def __init__(self, views: Views, name: str) -> None:
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
    def url(self) -> str:
        """The URL path of the list of its terms, ready for HTML."""
        return self._views.href(self._field("url"))

    @property
    def terms(self) -> list[TermView]:
        """Its terms that listed items have, by name."""
        return [term(self._views, f"{self.name}/{slug}") for slug in self._field("terms")]

    def __str__(self) -> str:
        return self.label

    def _field(self, name: str) -> Any:
        return self._views.field("taxonomies", self.name, name)


class TermView(View):
    """A term of a taxonomy."""

    _sort = "A term"
    __slots__ = ("_key", "_views")

    def __init__(self, views: Views, key: str) -> None:
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
    def url(self) -> str:
        """The URL path of its list, ready for HTML."""
        return self._views.href(self._field("url"))

    @property
    def permalink(self) -> str:
        """The absolute URL of its list."""
        return self._views.absolute(self._field("url"))

    @property
    def count(self) -> int:
        """How many listed items have it."""
        found: int = self._field("count")
        return found

    @property
    def description(self) -> str:
        """What it is about, as HTML."""
        return self._views.markdown(self._field("description"))

    @property
    def taxonomy(self) -> TaxonomyView:
        """The taxonomy that it belongs to."""
        return TaxonomyView(self._views, self._field("taxonomy"))

    @property
    def items(self) -> PageList:
        """The listed items that have it, newest first."""
        return PageList(self._field("items"), self._views.page)

    @property
    def _subject(self) -> tuple[str]:
        return (self._key,)

    def __str__(self) -> str:
        return self.title

    def _field(self, name: str) -> Any:
        return self._views.field("terms", self._key, name)
