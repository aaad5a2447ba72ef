"""Items as templates see them, as `page` and in lists. Whatever is asked for is recorded, column by column."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from operator import attrgetter
from typing import TYPE_CHECKING, Any

from markupsafe import Markup, escape

from wol import paths
from wol.model.item import Heading, Summary
from wol.render.addresses import Href, encode_fragment, is_absolute
from wol.render.date_view import DateView
from wol.render.markup import as_html
from wol.render.recorder import View

if TYPE_CHECKING:
    from wol.render.recorded_views import SiteViews
    from wol.render.site_view import AuthorView

_FIRST_PICTURE = re.compile(r'\s*(?:<(?:p|figure|div|a|picture)\b[^>]*>\s*)*<img\b[^>]*?\ssrc="([^"]*)"')
"""The picture with which a text begins."""

WORTH_A_CONTENTS_LIST = 2
"""Headings below which a text has no table of contents unless its front matter asks for one."""


def _column(name: str, description: str) -> Any:
    """Make a property that records a summary column and gives its value as it is."""
    read = attrgetter(name)

    def get(page: PageView) -> Any:
        page._recorder.names.add((name, page._key))
        return read(page._summary)

    return property(get, doc=description)


class PageView(View):
    """One item. Names are those of the authoring format, section 8, and a few more that a theme needs."""

    _sort = "A page"

    __slots__ = ("_date", "_key", "_recorder", "_summary", "_title_html", "_updated", "_views")

    def __init__(self, views: SiteViews, summary: Summary) -> None:
        self._views = views
        self._recorder = views.recorder
        self._summary = summary
        self._key = summary.key
        self._date: DateView | None = None
        self._updated: DateView | None = None
        self._title_html: Markup | None = None

    id: str = _column("id", "The id of the front matter; empty if it has none.")
    kind: str = _column("kind", "`post`, `page` or `note`.")
    title: str = _column("title", "The title as plain text.")
    titled: bool = _column("titled", "Whether the title was given, and not made of the file name.")
    slug: str = _column("slug", "The last part of its URL.")
    lang: str = _column("lang", "Its language, as a BCP 47 tag.")
    dir: str = _column("dir", "`ltr` or `rtl`.")
    draft: bool = _column("draft", "Whether it is a draft.")
    unlisted: bool = _column("unlisted", "Whether it is known by its link only.")
    gone: bool = _column("gone", "Whether it was withdrawn.")
    gone_reason: str = _column("gone_reason", "Why it was withdrawn.")
    description: str = _column("description", "The description of the front matter.")
    abstract: str = _column("abstract", "What it is about, as plain text: the description, else the excerpt.")
    words: int = _column("words", "How many words its text has.")
    minutes: int = _column("minutes", "How long it takes to read.")
    excerpt_cut: bool = _column("excerpt_cut", "Whether the text goes on after `summary`.")
    image_alt: str = _column("image_alt", "What the image shows.")
    canonical: str = _column("canonical", "The URL of the original, if it was published elsewhere first.")
    syndication: tuple[str, ...] = _column("syndication", "URLs of copies elsewhere.")
    extra: dict[str, Any] = _column("extra", "Everything of the front matter that is not wol's; what is absent there is empty.")

    @property
    def path(self) -> str:
        """The path of its source from the content folder."""
        return self._key

    @property
    def title_html(self) -> Markup:
        """The title with its code and emphasis."""
        html = self._value("title_html")
        if self._title_html is None:
            self._title_html = as_html(html)
        return self._title_html

    @property
    def url(self) -> Href:
        """Its URL path, ready for HTML."""
        return self._views.href(self._value("url"))

    @property
    def permalink(self) -> Href:
        """Its absolute URL."""
        return self._views.absolute(self._value("url"))

    @property
    def date(self) -> DateView | None:
        """Its date as it was typed."""
        moment = self._value("date")
        if self._date is None and moment is not None:
            self._date = DateView(moment)
        return self._date

    @property
    def updated(self) -> DateView | None:
        """When it was last changed in earnest, else its date."""
        moment = self._value("updated")
        if moment is None:
            return self.date
        if self._updated is None:
            self._updated = DateView(moment)
        return self._updated

    @property
    def state(self) -> str:
        """`published`, `unlisted`, `draft`, `scheduled`, `expired` or `gone`."""
        found: str = self._views.value("state", self._key) or ""
        return found

    @property
    def listed(self) -> bool:
        """Whether it is in lists."""
        return bool(self._views.value("listed", self._key))

    @property
    def feed_id(self) -> str:
        """By what feeds know it."""
        found: str = self._views.value("feed_ids", self._key) or ""
        return found

    @property
    def authors(self) -> list[AuthorView]:
        """Who wrote it; the site's author if the front matter names nobody."""
        return self._views.authors(self._value("authors"))

    @property
    def summary(self) -> Markup:
        """Its excerpt as HTML, sanitised."""
        return as_html(self._views.excerpt(self._key))

    @property
    def content(self) -> Markup:
        """Its text as HTML."""
        return as_html(self._views.content(self._key))

    @property
    def image(self) -> Href | None:
        """The URL of its picture, ready for HTML; nothing if there is none or the file is missing."""
        link = self._value("image_link")
        if link is not None:
            url = self._views.resolve(link)
            return None if url is None else self._views.href(url)
        typed = self._value("image")
        return self._views.typed(typed) if typed and is_absolute(typed) else None

    @property
    def lead_image(self) -> Href | None:
        """The URL of its picture, if its text does not begin with the same one."""
        image = self.image
        if image is None:
            return None
        found = _FIRST_PICTURE.match(self.content)
        return None if found and found[1] == escape(image) else image

    @property
    def link(self) -> Href | None:
        """Where the title of a link post leads; a source is named from the item's own folder."""
        typed = self._value("link")
        return self._views.link(typed, paths.folder(self._key), self._value("url")) if typed else None

    @property
    def licence(self) -> str:
        """SPDX id or URL of its licence; the site's if it has none of its own."""
        found: str = self._value("licence") or self._views.config("site.licence")
        return found

    @property
    def previous(self) -> PageView | None:
        """The next older item of its list."""
        return self._neighbour("previous")

    @property
    def next(self) -> PageView | None:
        """The next newer item of its list."""
        return self._neighbour("next")

    @property
    def headings(self) -> list[HeadingView]:
        """All headings of its text, in order."""
        return [HeadingView(heading) for heading in self._views.body(self._key).headings]

    @property
    def toc(self) -> list[HeadingView]:
        """Its headings of the levels in `[markdown] toc_levels`, each with those below it as `children`.

        Empty for `toc: no`, and for fewer than two headings unless the front matter says `toc: yes`.
        """
        wanted = self._value("toc")
        if wanted is False:
            return []
        levels = self._views.config("markdown.toc_levels")
        headings = [h for h in self._views.body(self._key).headings if h.level in levels]
        return nest(headings) if wanted or len(headings) >= WORTH_A_CONTENTS_LIST else []

    @property
    def toc_wanted(self) -> bool | None:
        """What the front matter says of a table of contents: yes, no, or nothing."""
        found: bool | None = self._value("toc")
        return found

    @property
    def _subject(self) -> tuple[str]:
        return (self._key,)

    def __str__(self) -> str:
        found: str = self._value("title")
        return found

    def _value(self, column: str) -> Any:
        self._recorder.names.add((column, self._key))
        return getattr(self._summary, column)

    def _neighbour(self, side: str) -> PageView | None:
        key = (self._views.value("neighbours", self._key) or {}).get(side)
        return None if key is None else self._views.page(key)


class HeadingView(View):
    """A heading of a text."""

    _sort = "A heading"
    __slots__ = {"_heading": "", "children": "The headings below it; in `page.toc` only."}

    def __init__(self, heading: Heading, children: Sequence[HeadingView] = ()) -> None:
        self._heading = heading
        self.children = children

    @property
    def level(self) -> int:
        """Its level, 1 to 6."""
        return self._heading.level

    @property
    def anchor(self) -> str:
        """The id by which links name it."""
        return self._heading.anchor

    @property
    def url(self) -> Href:
        """Where it is on its page: `#anchor`, encoded."""
        return Href(encode_fragment(self._heading.anchor))

    @property
    def text(self) -> str:
        """Its text, plain."""
        return self._heading.text

    @property
    def html(self) -> Markup:
        """Its text with code and emphasis, without links."""
        return as_html(self._heading.html)

    def __str__(self) -> str:
        return self._heading.text


def nest(headings: Iterable[Heading]) -> list[HeadingView]:
    """Put each heading under the nearest one before it that is of a higher level."""
    top: list[HeadingView] = []
    above: list[tuple[HeadingView, list[HeadingView]]] = []
    for heading in headings:
        children: list[HeadingView] = []
        view = HeadingView(heading, children)
        while above and above[-1][0].level >= heading.level:
            above.pop()
        (above[-1][1] if above else top).append(view)
        above.append((view, children))
    return top
