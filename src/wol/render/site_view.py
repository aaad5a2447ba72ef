"""The site as templates see it: `site`, and the authors, links and options that belong to it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from markupsafe import Markup

from wol.model.item import Author
from wol.model.languages import direction
from wol.render.addresses import Href
from wol.render.lists import PageList
from wol.render.recorder import View

if TYPE_CHECKING:
    from wol.render.page_view import PageView
    from wol.render.recorded_views import SiteViews


class SiteView(View):
    """The site. Names are those of the authoring format, section 8, and a few more that a theme needs."""

    _sort = "`site`"
    __slots__ = ("_views",)

    def __init__(self, views: SiteViews) -> None:
        self._views = views

    @property
    def title(self) -> str:
        """The name of the site."""
        return self._text("title")

    @property
    def description(self) -> str:
        """What the site is about."""
        return self._text("description")

    @property
    def language(self) -> str:
        """Its language, as a BCP 47 tag."""
        return self._text("language")

    @property
    def dir(self) -> str:
        """`ltr` or `rtl`, by its language."""
        return direction(self.language)

    @property
    def licence(self) -> str:
        """SPDX id or URL of the licence of the texts."""
        return self._text("licence")

    @property
    def url(self) -> Href:
        """The URL path of its home page, ready for HTML."""
        return self._views.href("/")

    @property
    def permalink(self) -> Href:
        """The absolute URL of its home page."""
        return self._views.absolute("/")

    @property
    def image(self) -> Href | None:
        """The picture for social media where an item has none."""
        return self._views.locate(self._text("image"))

    @property
    def author(self) -> AuthorView:
        """Who writes here."""
        return AuthorView(self._views)

    @property
    def posts(self) -> PageList:
        """All listed posts, newest first."""
        return self._views.listed("posts")

    @property
    def pages(self) -> PageList:
        """All listed pages, newest first, then by path."""
        return self._views.listed("pages")

    @property
    def notes(self) -> PageList:
        """All listed notes, newest first, then by path."""
        return self._views.listed("notes")

    @property
    def nav(self) -> list[NavView]:
        """The navigation of `[theme] nav`; an entry whose source is not published is left out."""
        found = ((entry, self._views.link(entry["to"])) for entry in self._views.config("theme.nav"))
        return [NavView(entry["text"], url) for entry, url in found if url is not None]

    @property
    def footer(self) -> Markup:
        """The text of `[theme] footer`, as HTML."""
        return self._views.markdown(self._views.config("theme.footer"))

    @property
    def extra(self) -> Any:
        """Everything of `[extra]`; what is absent there is empty."""
        return self._views.config("extra")

    @property
    def theme(self) -> OptionsView:
        """The options of the theme: `site.theme.accent`."""
        return OptionsView(self._views)

    def by_id(self, wanted: str) -> PageView | None:
        """The item that has an id, or nothing."""
        key = self._views.value("ids", str(wanted))
        return None if key is None else self._views.page(key)

    @property
    def _subject(self) -> tuple[()]:
        return ()

    def __str__(self) -> str:
        return self.title

    def _text(self, name: str) -> str:
        found: str = self._views.config(f"site.{name}")
        return found


class BuildView(View):
    """The build that makes the page."""

    _sort = "`build`"
    __slots__ = {"_views": "", "preview": "Whether drafts and scheduled items are shown."}

    def __init__(self, views: SiteViews, preview: bool) -> None:
        self._views = views
        self.preview = preview

    @property
    def base_path(self) -> str:
        """The path of `base_url` without a slash at its end, encoded."""
        return self._views.base_path


class OptionsView(View):
    """The options of the theme by name; an unknown one is an error."""

    _sort = "The theme"
    __slots__ = ("_views",)

    def __init__(self, views: SiteViews) -> None:
        self._views = views

    def __getattr__(self, name: str) -> Any:
        if name not in self._views.option_names:
            raise AttributeError(name)
        return self._views.value("option", name)

    def __dir__(self) -> list[str]:
        return self._views.option_names


class AuthorView(View):
    """Somebody who writes: the site's author with all that `[site.author]` says, or a name (and link) of the front matter."""

    _sort = "An author"
    __slots__ = ("_named", "_views")

    def __init__(self, views: SiteViews, named: Author | None = None) -> None:
        self._views = views
        self._named = named

    @property
    def of_site(self) -> bool:
        """Whether this is the site's author."""
        return self._named is None

    @property
    def name(self) -> str:
        """The name, as it stands under posts."""
        found: str = self._named.name if self._named is not None else self._setting("name")
        return found

    @property
    def url(self) -> Href | None:
        """A home page; the site's own for its author where no other is named."""
        url = self._named.url if self._named is not None else self._setting("url")
        if url:
            return self._views.typed(url)
        return self._views.href("/") if self._named is None else None

    @property
    def email(self) -> str:
        """The address of `[site.author]`; empty for others."""
        found: str = self._setting("email") or ""
        return found

    @property
    def photo(self) -> Href | None:
        """The URL of the picture of `[site.author]`, ready for HTML; nothing for others."""
        return self._views.locate(self._setting("photo") or "")

    @property
    def bio(self) -> Markup:
        """A sentence or two, as HTML."""
        return self._views.markdown(self._setting("bio") or "")

    @property
    def me(self) -> list[str]:
        """Profiles elsewhere."""
        return list(self._setting("me") or ())

    def __str__(self) -> str:
        return self.name

    def _setting(self, name: str) -> Any:
        return self._views.config(f"site.author.{name}") if self._named is None else None


class NavView(View):
    """An entry of the navigation; it is the current page's if its `url` is the page's `url`."""

    _sort = "An entry of the navigation"
    __slots__ = {"text": "What is shown.", "url": "Where it leads, ready for HTML."}

    def __init__(self, text: str, url: Href) -> None:
        self.text = text
        self.url = url

    def __str__(self) -> str:
        return self.text
