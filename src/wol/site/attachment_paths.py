"""Which attachments are public, and where (authoring format, section 1).

Files of a bundle lie below its item's URL, in the item's state. Others are published at their content path, if an item of this build or a
setting refers to them: so the picture of a private note stays at home.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any
from unicodedata import normalize

from wol import paths
from wol.content.reference import read_reference
from wol.content.unread_names import how_to_read, is_document
from wol.errors import Diagnostic, diagnostic
from wol.model.config import Config
from wol.model.feed_settings import feeds_config
from wol.model.step import Made, SiteInput
from wol.site.small_texts import likely_references, small_texts

_KEPT_BACK = ("drafts", "_drafts")
_HISTORY = ".history"


def make_paths(site: SiteInput) -> Made:
    """Two tables of what content paths lead to.

    `paths`: content path to ["item", key] or ["file", URL path]; the folder of a bundle or of an `_index.md` leads to that item, and so do
    both normal forms of a name, since some systems store another than people type.
    `attachments`: output path to `path` from the site's root and `digest`.
    """
    folder = site.config.content.folder
    url = site.column("url")
    shown = {key for key, state in site.table("state").items() if state != "gone"}
    bundle, section = site.column("bundle"), site.column("section")
    found: dict[str, list[str]] = {}
    for key, leads in site.table("input linkable").items():
        if leads:
            found[key] = ["item", key]
            described = bundle[key] or (paths.folder(key) if section[key] else "")
            if described:
                found[described] = ["item", key]
    attachments: dict[str, dict[str, str]] = {}
    files: Mapping[str, str] = site.table("input files")
    bundles = _Bundles(site.table("input bundles"))
    wanted = _wanted(site, shown, files)
    unread: list[str] = []
    for path, digest in files.items():
        home = bundles.of(paths.folder(path))
        if home is None:
            if path not in wanted:
                if is_document(path):
                    unread.append(path)
                continue
            place = "/" + path
        else:
            key = bundles.keys[home]
            inner = path[len(home) + 1 :]
            if key not in shown or (_kept_back(inner) and path not in wanted):
                continue
            place = below(url[key]) + inner
        found[path] = ["file", place]
        attachments[paths.output_path(place)] = {"path": f"{folder}/{path}", "digest": digest}
    for form, path in _forms(found).items():
        found.setdefault(form, found[path])
    return Made({"paths": found, "attachments": attachments}, diagnostics=tuple(_unread(path, folder) for path in unread))


def _unread(path: str, folder: str) -> Diagnostic:
    """Report a document that nobody gets to read."""
    message = f"`{folder}/{path}` is not read, and nothing that is published links to it"
    return diagnostic("source-unread", message, f"{folder}/{path}", hint=how_to_read(f"{folder}/{path}"))


def _forms(names: Iterable[str]) -> dict[str, str]:
    """Give the normal forms, NFC and NFD, of all names that have others than their own."""
    own = [name for name in names if not name.isascii()]
    return {form: name for name in own for form in (normalize("NFC", name), normalize("NFD", name)) if form != name}


def below(url: str) -> str:
    """Give the URL path that the files of an item at `url` lie below: `/a.html` has them in `/a/`."""
    return url if url.endswith("/") else url.removesuffix(".html") + "/"


def _kept_back(inner: str) -> bool:
    """Whether a file of a bundle lies in a folder whose texts are never published."""
    folders = inner.casefold().split("/")[:-1]
    return any(name in _KEPT_BACK or name.endswith(_HISTORY) for name in folders)


def _wanted(site: SiteInput, shown: set[str], files: Mapping[str, str]) -> set[str]:
    """Find the attachments that items with a page or the settings refer to."""
    forms = _forms(files)
    wanted = set(_settings_files(site.config))
    for key, links in site.column("links").items():
        if links and key in shown:
            wanted.update([link.path for link in links if link.path in files or link.path in forms])
    return {path if path in files else forms.get(path, "") for path in wanted}


def _settings_files(config: Config) -> Iterator[str]:
    for typed in (
        config.site.image,
        config.site.author.photo,
        feeds_config(config).podcast.image,
        *(entry.to for entry in config.theme.nav),
        *(typed for _, text in small_texts(config) for typed in likely_references(text)),
    ):
        link = read_reference(typed)
        if link is not None:
            yield link.path


class _Bundles:
    """Finds the bundle that a folder belongs to: the nearest above it with an `index.md`."""

    def __init__(self, keys: Mapping[str, Any]) -> None:
        self.keys = keys
        self._found: dict[str, str | None] = {"": None}

    def of(self, folder: str) -> str | None:
        if folder not in self._found:
            self._found[folder] = folder if folder in self.keys else self.of(paths.folder(folder))
        return self._found[folder]
