"""The views of a site: what features and templates may ask for while a target is rendered; all of it is recorded."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, TypeVar

from markupsafe import Markup

from wol import paths
from wol.errors import WolError, diagnostic, did_you_mean
from wol.model.feature import Feature
from wol.model.feed import EntryData
from wol.model.item import Author, Body, Link
from wol.model.site import Site
from wol.model.target import Name, Target
from wol.render.addresses import Addresses, Href
from wol.render.environment import Lazy
from wol.render.failures import failure, template_missing
from wol.render.feature_names import context_names, names_of, with_names
from wol.render.feed_entries import FeedEntries
from wol.render.holes import Fragment, PrintedText, to_page
from wol.render.lists import PageList
from wol.render.markup import as_html
from wol.render.page_view import PageView
from wol.render.part_renderers import PartRenderers
from wol.render.recorded_reads import NOTHING, RecordedReads
from wol.render.recorder import Remembered, View
from wol.render.references import References
from wol.render.site_view import AuthorView, BuildView, SiteView
from wol.render.templates import OF_LISTS, Templates
from wol.render.text_filler import Filler, plain_callout
from wol.render.texts import Texts
from wol.theme.find import Theme

if TYPE_CHECKING:
    from wol.content.markdown.reader import Reader, SmallText

V = TypeVar("V", bound=View)


class SiteViews(RecordedReads):
    """The views of one site (`model.views.Views`); made once in each process, and used for one target after the other.

    The site's tables are those of assembling and of the features, `config` (`config.values.flatten`) and `Theme.tables`.
    `bodies` gives the text of an item, `read` the bytes of an input file by its path, `reader` the Markdown reader when one is first needed. `fragments`
    maps a site-only template to its HTML; it may be filled while fragments are rendered. `templates` may be those of an earlier site with the same theme. `artifact` reads other files of
    the output, for targets that are last.
    """

    def __init__(
        self,
        site: Site,
        theme: Theme,
        *,
        bodies: Callable[[str], Body],
        read: Callable[[str], bytes],
        reader: Callable[[], Reader],
        features: Sequence[Feature] = (),
        fragments: Mapping[str, str] = {},
        preview: bool = False,
        templates: Templates | None = None,
        fine: frozenset[str] = frozenset(),
        artifact: Callable[[str], bytes | None] = lambda path: None,
    ) -> None:
        super().__init__(site, bodies=bodies, read=read, fine=fine, artifact=artifact)
        self.remembered = Remembered(self.recorder)
        self.fragments = fragments
        self.fragments_given = 0
        self.templates = Templates(theme, read) if templates is None or templates.digest != theme.study.digest else templates
        self._reader = reader
        self._addresses = Addresses(site.config.site.base_url)
        self.references = References(self._addresses, self.value)
        self._texts = Texts(self)
        self._features = features
        self._page_view = self.with_names(PageView, "page")
        self.part_renderers = PartRenderers(features)
        self._entries = FeedEntries(features)
        self._pages: dict[str, PageView] = {}
        self._markdown: dict[str, SmallText] = {}
        self._subject: object = None
        self._translations: Mapping[str, str] | None = None
        self._names: dict[str, object] = {
            "site": self.with_names(SiteView, "site")(self),
            "build": BuildView(self, preview),
            "fragment": self.fragment,
            **context_names(self, features),
        }
        self._page_names = {**dict.fromkeys(OF_LISTS), **self._names, "heading": Lazy(self._heading)}

    @contextmanager
    def recording(self, target: Target) -> Iterator[set[Name]]:
        """Use the views for a target, and give the names of all that it asks for."""
        before = self.fragments_given
        self.templates.environment.rounds = 0
        self.fragments_given = 0
        try:
            with super().recording(target) as names:
                yield names
        finally:
            self.fragments_given = before

    # What features ask for

    def page(self, key: str) -> Any:
        found = self._pages.get(key)
        if found is None:
            summary = self._site.summaries.get(key)
            if summary is None:
                self.recorder.record("url", key)
                return None
            found = self._pages[key] = self._page_view(self, summary)
        return found

    def render(self, templates: Iterable[str], context: Mapping[str, object]) -> bytes:
        names = list(templates)
        name = self._first(names)
        if name is None:
            raise WolError(template_missing(names, self.templates.lookup, self._note()))
        url = context.get("url")
        here = url if isinstance(url, str) and url else paths.url_path(self.target.path)
        self._subject, self._translations = context.get("page"), None
        text = self._run(name, {**self._page_names, **context, "url": self.href(here)})
        try:
            return to_page(text)
        except UnicodeEncodeError:  # a lone surrogate, which no file can hold
            return f"{text.html.strip()}\n".encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace").encode("utf-8")

    def content(self, key: str, *, absolute: bool = False) -> str:
        return self._texts.content(key, for_feed=absolute)

    def excerpt(self, key: str, *, absolute: bool = False) -> str:
        return self._texts.excerpt(key, for_feed=absolute)

    def entry_data(self, key: str) -> list[EntryData]:
        return self._entries.of(self, key)

    def resolve(self, link: Link) -> str | None:
        return self.references.resolve(link)

    def href(self, url: str) -> Href:
        self.recorder.names.add(("config", "site.base_url"))
        return self._addresses.href(url)

    def absolute(self, url: str) -> Href:
        self.recorder.names.add(("config", "site.base_url"))
        return self._addresses.absolute(url)

    def asset(self, name: str) -> Href:
        path = self.value("assets", name)
        if path is None:
            hint = did_you_mean(name, self._tables.get("assets", {}))
            raise WolError(diagnostic("asset-missing", f"No theme has the asset `{name}`", hint=hint))
        return self.href(f"/{path}")

    def with_names(self, view: type[V], names: str) -> type[V]:
        return with_names(view, tuple(names_of(self._features, names)))  # type: ignore[arg-type]  # a class is hashable

    # What views and filters ask for besides

    @property
    def base_path(self) -> str:
        self.recorder.names.add(("config", "site.base_url"))
        return self._addresses.base_path

    def typed(self, url: str) -> Href:
        """Make ready a URL that a writer typed."""
        self.recorder.names.add(("config", "site.base_url"))
        return self.references.typed(url)

    def locate(self, reference: str) -> Href | None:
        """Make ready a source, a file, a URL path or a URL that a writer typed; nothing where it leads nowhere."""
        self.recorder.names.add(("config", "site.base_url"))
        return self.references.locate(reference)

    def link(self, reference: str, folder: str = "", here: str = "/") -> Href | None:
        """Make ready what a setting or a field links to, from a content folder and a URL path; nothing where it names a source that is missing."""
        self.recorder.names.add(("config", "site.base_url"))
        return self.references.link(reference, folder, here)

    def reference(self, reference: str) -> Href:
        """Make ready what a template names; what is no source or file is a URL path."""
        self.recorder.names.add(("config", "site.base_url"))
        return self.references.reference(reference)

    def listed(self, name: str) -> PageList:
        """Give a list of the site: `posts`, `notes` or `pages`."""
        return PageList(self.value("lists", name) or (), self.page)

    def authors(self, named: Sequence[Author]) -> list[AuthorView]:
        """Give the authors that a front matter names, else the site's; the site's is known again by name."""
        name = self.config("site.author.name")
        if not named:
            return [AuthorView(self)] if name else []
        return [AuthorView(self, None if author.name == name and not author.url else author) for author in named]

    def markdown(self, text: str) -> Markup:
        """Make HTML of a small text of the settings or of a template; its references are from the content folder."""
        self.recorder.record("config", "markdown")
        if not text.strip():
            return as_html("")
        found = self._markdown.get(text)
        if found is None:
            found = self._markdown[text] = self._reader().block(text)
        return as_html(Filler(self, found.links, "", plain_callout).html(found.parts))

    def translate(self, text: str) -> str:
        """Give a text of the theme in the language of what is rendered."""
        if self._translations is None:
            self._translations = self._texts_in(self._subject.lang if isinstance(self._subject, PageView) else self.config("site.language"))
        return self._translations.get(text, text)

    @property
    def option_names(self) -> list[str]:
        """The names of the theme's options."""
        return list(self._tables["option"])

    # What is rendered

    def part(self, name: str, context: Mapping[str, object]) -> str:
        """Render a template inside a page."""
        if self._first([name]) is None:
            raise WolError(template_missing([name], self.templates.lookup, self._note()))
        return self._run(name, {**self._page_names, **context, "url": self.href(paths.url_path(self.target.path))}).html

    def fragment(self, name: str) -> Markup:
        """Give the HTML of a site-only template, which was rendered once."""
        name = str(name)
        self.recorder.record("fragment", name)
        self.fragments_given += 1
        html = self.fragments.get(name)
        if html is None:
            if self.templates.lookup.find(name) is None:
                raise WolError(template_missing([name], self.templates.lookup))
            hint = 'write the name of the template between the brackets: `fragment("parts/header.html")`'
            raise WolError(
                diagnostic("template-failed", f"The fragment `{name}` was not rendered, because its name is only known here", hint=hint)
            )
        return Fragment.named(name, html)

    def fragment_html(self, name: str) -> tuple[str, set[Name]]:
        """Render a site-only template: its HTML, and the names of all that it used. It has no page."""
        with self.recording(NOTHING) as names:
            self._subject, self._translations = None, None
            note = f"while rendering the fragment `{name}`"
            if self._first([name]) is None:
                raise WolError(template_missing([name], self.templates.lookup, note))
            return self._run(name, self._names, note).html.strip(), names

    def _first(self, names: Sequence[str]) -> str | None:
        """Give the first of the templates that exists; those before it are recorded too."""
        for name in names:
            self.recorder.record("template", name)
            if self.templates.lookup.find(name) is not None:
                return name
        return None

    def _run(self, name: str, context: dict[str, object], note: str = "") -> PrintedText:
        environment = self.templates.environment
        environment.views = self
        self.remembered.templates_run += 1
        try:
            return environment.run(name, context)
        except Exception as error:
            found = failure(error, self.templates.tools, note or self._note())
            if found is None:
                raise
            raise WolError(found) from error

    def _heading(self) -> str:
        return self._subject.title if isinstance(self._subject, PageView) else self.config("site.title")

    def _texts_in(self, language: str) -> Mapping[str, str]:
        tag = language.lower()
        texts = self.value("translation", tag)
        if "-" not in tag:
            return texts or {}
        return {**(self.value("translation", tag.partition("-")[0]) or {}), **(texts or {})}

    def _note(self) -> str:
        """Say what is being rendered."""
        summary = self._site.summaries.get(self.target.subject)
        if summary is None:
            return f"while rendering {paths.url_path(self.target.path)}"
        return f"while rendering {self._site.config.content.folder}/{summary.key} ({summary.url})"
