"""Where references lead in this build, as URLs for HTML; `wol.site.resolve` decides, and each of its lookups is recorded."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from urllib.parse import unquote

from wol.content.reference import is_external, read_reference
from wol.model.item import Link
from wol.model.source import MARKDOWN
from wol.model.step import PLACES
from wol.model.target import Value
from wol.render.addresses import Addresses, Href, split_typed
from wol.site.resolve import Destination, at_url, beside, resolve


class RecordingLookup:
    """Looks up the tables of a site through `value`, which records. What is withheld and what lists are planned makes no difference to a page."""

    def __init__(self, value: Callable[[str, str], Value]) -> None:
        self._value = value

    def path(self, path: str) -> Sequence[str] | None:
        entry: Sequence[str] | None = self._value("paths", path)
        return entry

    def item(self, url: str) -> str | None:
        key: str | None = self._value("urls", url)
        return key

    def is_output(self, url: str) -> bool:
        return self._value("static", url[1:]) is not None

    def is_list(self, url: str) -> bool:
        place = self._value(PLACES, url)
        return place is not None and place["role"] == "list"

    def withheld(self, path: str, url: str) -> str:
        return ""


class References:
    """Makes URLs of references, looking them up through `value`, which records."""

    def __init__(self, addresses: Addresses, value: Callable[[str, str], Value]) -> None:
        self._addresses = addresses
        self._value = value
        self._lookup = RecordingLookup(value)

    def resolve(self, link: Link) -> str | None:
        """Return the URL path that a reference of a text leads to; None where it is shown as typed, or as its text alone."""
        return self._url(resolve(link, self._lookup))

    def typed(self, url: str) -> Href:
        """Make ready what a writer typed; a URL path gets the path of `base_url` unless it has it already."""
        return self._addresses.typed(url, has_base=self._has_base(url))

    def locate(self, reference: str, folder: str = "", here: str = "/") -> Href | None:
        """Make ready a source (`about.md`), a file of the content folder or of `static/`, a URL path or a URL; nothing where it leads nowhere.

        A relative reference is from a content `folder`, else from the URL path `here`.
        """
        if not reference:
            return None
        if type(reference) is Href or is_external(reference) or reference[0] in "#?":
            return self.typed(reference)
        link = read_reference(reference, folder)
        url = self._url(resolve(link, self._lookup, url=here)) if link is not None else None
        if reference[0] == "/" and (url is None or link is None or url == link.url):
            return self.typed(reference)
        return None if url is None else Href(self._addresses.href(url) + split_typed(reference)[1])

    def link(self, reference: str, folder: str = "", here: str = "/") -> Href | None:
        """Make ready what a setting or a field links to: nothing where it names a source that this build does not have; anything else stays as typed."""
        href = self.locate(reference, folder, here)
        path, rest = split_typed(reference)
        if href is not None or not path or path.endswith(MARKDOWN):
            return href
        return Href(self._addresses.href(beside(here, path)) + rest)

    def reference(self, reference: str) -> Href:
        """Make ready what a template names; what is no source or file is a URL path from the root."""
        href = self.locate(reference)
        return self.typed(f"/{reference}") if href is None else href

    def _url(self, destination: Destination) -> str | None:
        if destination.url or not destination.key:
            return destination.url or None
        url: str | None = self._value("url", destination.key)
        return url

    def _has_base(self, url: str) -> bool:
        if not url.startswith("/") or url.startswith("//") or not self._addresses.carries_base(url):
            return False
        return at_url(unquote(split_typed(url)[0]), self._lookup) is None
