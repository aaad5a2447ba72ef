"""Where references lead in this build: to an item, a file, or nowhere."""

from __future__ import annotations

from collections.abc import Callable
from urllib.parse import unquote

from wol.model.item import Link
from wol.model.target import Value
from wol.render.addresses import Addresses, Href, is_absolute, split_typed


class References:
    """Looks references up in the tables of a site, through `value`, which records."""

    def __init__(self, addresses: Addresses, value: Callable[[str, str], Value]) -> None:
        self._addresses = addresses
        self._value = value

    def resolve(self, link: Link) -> str | None:
        """Give the URL path that a reference of a text leads to: to an item or a file by its path, or by its URL path from the root."""
        found = self.path(link.path) if link.path else None
        if found is None and link.url and (self._value("urls", link.url) is not None or self._value("static", link.path) is not None):
            return link.url
        return found

    def path(self, path: str) -> str | None:
        """Give the URL path of what lies at a path of the content folder, if this build publishes it."""
        found = self._value("paths", path)
        if found is None:
            return None
        sort, what = found
        url: str | None = self._value("url", what) if sort == "item" else what
        return url

    def typed(self, url: str) -> Href:
        """Make ready what a writer typed; a URL path gets the path of `base_url` unless it has it already."""
        return self._addresses.typed(url, has_base=self._has_base(url))

    def locate(self, reference: str) -> Href | None:
        """Make ready a source (`about.md`), a file of the content folder or of `static/`, a URL path or a URL; nothing where it leads nowhere."""
        if not reference:
            return None
        if type(reference) is Href or is_absolute(reference) or reference[0] in "/#?":
            return self.typed(reference)
        typed, rest = split_typed(reference)
        path = unquote(typed).removeprefix("./")
        url = self.path(path)
        if url is None and self._value("static", path) is not None:
            url = f"/{path}"
        return None if url is None else Href(self._addresses.href(url) + rest)

    def reference(self, reference: str) -> Href:
        """Make ready what a template names; what is no source or file is a URL path from the root."""
        found = self.locate(reference)
        return self.typed(f"/{reference}") if found is None else found

    def _has_base(self, url: str) -> bool:
        if not url.startswith("/") or url.startswith("//") or not self._addresses.carries_base(url):
            return False
        path = unquote(split_typed(url)[0])
        return self._value("urls", path) is None and self._value("static", path.lstrip("/")) is None
