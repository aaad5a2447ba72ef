"""What the path of a source says of its item: kind, name, date, bundle, and whether its place keeps it from being published.

Source: the authoring format, section 1.
"""

from __future__ import annotations

import re

import msgspec

from wol.content.look_alikes import Doubt, doubt, is_private, without_private
from wol.content.settings import ReadSettings
from wol.errors import Diagnostic, diagnostic, did_you_mean

KINDS = ("post", "note", "page")
"""The kinds of items."""

RESERVED = ("clip", "seek", "sense", "gathering", "reply", "person", "log")
"""Kinds that later versions have: refused, since a text of such a kind may be meant for few."""

DRAFT_FOLDERS = ("drafts", "_drafts")
HISTORY = ".history"
JEKYLL_FOLDERS = ("_posts", *DRAFT_FOLDERS)
"""Folders that are known in any case."""

_EXTENSION = re.compile(r"\.(?:md|markdown)$", re.IGNORECASE)
_DATE = re.compile(r"([0-9]{4}-[0-9]{1,2}-[0-9]{1,2})(?![0-9A-Za-z])[-_. ]?")
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_GAPS = re.compile(r"[-_\s]+")


class Naming(msgspec.Struct, frozen=True):
    """What the path of a source says.

    `folders` are those above the item: of a bundle its own is not among them, of `_index.md` it is. `name` is the file's name, or that of
    the bundle's folder, without date and extension. `date` is as it stands in the name, if it does. `private` and `draft` say what makes
    the item so by its place, or are empty. `named_by` is what `name` and `date` come from. `doubt` is a name that is almost one that
    would keep it from readers.
    """

    kind: str
    kind_from: str
    kind_folder: str
    folders: tuple[str, ...]
    name: str
    date: str = ""
    index: bool = False
    bundle: str = ""
    private: str = ""
    draft: str = ""
    named_by: str = "file name"
    doubt: Doubt | None = None

    @property
    def title(self) -> str:
        """The name with spaces, for an item without a title; as it stands if it has spaces already."""
        return self.name.strip() if " " in self.name.strip() else _GAPS.sub(" ", self.name).strip() or self.name


def naming(key: str, settings: ReadSettings) -> Naming:
    """Read a source's path from the content folder."""
    *folders, file = key.split("/")
    stem = _EXTENSION.sub("", file)
    doubtful = doubt(folders, file, stem, settings.folder)
    private = f"the file's name, `{file}`" if is_private(stem) else ""
    stem = without_private(stem) if private else stem
    draft = ""
    for folder in folders:
        if folder.casefold() in DRAFT_FOLDERS:
            draft = f"the folder `{folder}/`"
        elif folder.casefold().endswith(HISTORY) or is_private(folder):
            private = private or f"the folder `{folder}/`"
    index = stem == "_index" or (stem == "index" and not folders)
    kind, kind_from, kind_folder = ("page", "file name", "") if index or stem.casefold() == "readme" else _kind(folders, stem, settings)
    bundle = "/".join(folders) if stem == "index" and folders else ""
    named_by = "file name"
    if bundle:
        stem, named_by = folders.pop(), "folder name"
    elif index:
        stem, named_by = (folders[-1], "folder name") if folders else ("home", "file name")
    date = ""
    if not index and (found := _DATE.match(stem)):
        date = found[1]
        stem = stem[found.end() :] or stem
    return Naming(kind, kind_from, kind_folder, tuple(folders), stem, date, index, bundle, private, draft, named_by, doubtful)


def _kind(folders: list[str], stem: str, settings: ReadSettings) -> tuple[str, str, str]:
    """Give the kind by the first folder, else the default; what decided; and the folder if it was one."""
    first = folders[0] if folders else ""
    if first in settings.kinds:
        return settings.kinds[first], f"folder `{first}/`", first
    if first.casefold() in JEKYLL_FOLDERS and first.casefold() in settings.kinds:
        return settings.kinds[first.casefold()], f"folder `{first}/`", first
    if first == "log" and _DAY.fullmatch(stem):
        return "log", f"folder `{first}/`", first
    return settings.default_kind, "`[content] default_kind`", ""


def kind_problem(kind: str, path: str, line: int = 0, column: int = 0, *, folder: str = "") -> Diagnostic | None:
    """Refuse a kind that is reserved or unknown. `path` is where it was named; or `folder` gave the file its kind."""
    if kind in KINDS:
        return None
    if kind not in RESERVED:
        return diagnostic("kind-unknown", f"There is no kind `{kind}`", path, line, column, hint=did_you_mean(kind, KINDS))
    if not folder:
        return diagnostic("name-reserved", f"The kind `{kind}` is reserved", path, line, column)
    hint = f'give the folder another kind in `site.toml`, under `[content.kinds]`: `page = ["{folder}"]`'
    return diagnostic("name-reserved", f"The folder `{folder}/` makes the text a `{kind}`, a kind that is reserved", path, hint=hint)
