"""What a writer means by a file or URL on the command line, and what a renamed file will be called."""

from __future__ import annotations

import os
from pathlib import Path

import msgspec

from wol import paths
from wol.errors import WolError, diagnostic
from wol.ledger.overview import Overview
from wol.model.source import MARKDOWN


class Renaming(msgspec.Struct, frozen=True):
    """A file or folder of the content folder and its new name, both from there; `is_done` says that only the new one is there.

    `url` is the URL at which it was, where that was typed and no item has it any more.
    """

    old: str
    new: str
    is_folder: bool
    is_done: bool = False
    url: str = ""

    def of(self, key: str) -> str:
        """Give the path that a file has afterwards."""
        if self.is_folder:
            return self.new + key[len(self.old) :] if key == self.old or key.startswith(self.old + "/") else key
        return self.new if key == self.old else key


def renaming(over: Overview, here: Path, old: str, new: str) -> Renaming:
    """Read what was typed as OLD and NEW in the folder `here`; raises WolError: url-unknown, write-failed."""
    content = over.root / over.folder
    known, url = _old(over, here, old)
    target = _key(over, here, new)
    if target is None:
        raise WolError(diagnostic("write-failed", f"`{new}` is not in `{over.folder}/`", hint="give a path in the content folder"))
    if not known and url in over.aliases and not os.path.lexists(content / target):
        known = over.aliases[url]
    if not known or not os.path.lexists(content / known):
        return _done(over, old, known, url, target)
    is_folder = (content / known).is_dir()
    bundle = paths.folder(known)
    if not is_folder and known.rpartition("/")[2] in ("index.md", "index.markdown") and bundle:
        if not target.endswith(MARKDOWN) or target.rpartition("/")[2] == "index.md":
            known, is_folder = bundle, True
        else:
            _refuse_files(over, bundle)
    if is_folder and target.rpartition("/")[2] == "index.md":
        target = paths.folder(target)
    if new.endswith("/") or ((content / target).is_dir() and not _is_same(content / known, content / target)):
        target = f"{target}/{known.rpartition('/')[2]}".lstrip("/")
    elif not is_folder and not target.endswith(MARKDOWN):
        target += "." + known.rpartition(".")[2]
    if target == known:
        raise WolError(diagnostic("write-failed", f"`{over.folder}/{known}` has that name already", hint="give another name"))
    if is_folder and target.startswith(known + "/"):
        raise WolError(diagnostic("write-failed", f"`{over.folder}/{known}/` cannot be moved into itself", hint="give another name"))
    if os.path.lexists(content / target) and not _is_same(content / known, content / target):
        message = f"`{over.folder}/{target}` is there already; nothing was written"
        raise WolError(diagnostic("write-failed", message, f"{over.folder}/{target}", hint="give another name"))
    return Renaming(known, target, is_folder)


def _is_same(one: Path, other: Path) -> bool:
    return other.exists() and os.path.samefile(one, other)


def _old(over: Overview, here: Path, typed: str) -> tuple[str, str]:
    """Give the content path that is meant, and the URL if one was typed that no item has."""
    key = _key(over, here, typed)
    if key is not None and os.path.lexists(over.root / over.folder / key):
        return key, ""
    url = over.url(typed)
    if url in over.by_url:
        return over.by_url[url], ""
    return ("", url) if url else (key or "", "")


def _key(over: Overview, here: Path, typed: str) -> str | None:
    """Give the path from the content folder: of one from here, from the site's root, or from the content folder; None for one that is elsewhere."""
    content = Path(os.path.abspath(over.root / over.folder))
    tried = [Path(os.path.abspath(base / typed)) for base in (here, over.root, content)]
    inside = [place.relative_to(content).as_posix() for place in tried if place != content and place.is_relative_to(content)]
    there = [key for key in inside if os.path.lexists(content / key)]
    return next(iter([*there, *inside]), None)


def _done(over: Overview, typed: str, known: str, url: str, target: str) -> Renaming:
    """Take it that the file was renamed already, by hand or by a run that was stopped: then its old place is put on record."""
    keys = [key for key in (target, f"{target}/index.md", f"{target}.md") if key in over.summaries or over.errors(key)]
    if not keys or not (known or url):
        raise WolError(diagnostic("url-unknown", f"There is no `{typed}`", hint=over.suggestion(typed)))
    return Renaming(known, keys[0], False, is_done=True, url=url)


def _refuse_files(over: Overview, bundle: str) -> None:
    """A bundle becomes a single file only if there is nothing else in it."""
    others = sorted(key for key in (*over.sources.scan.tree.others, *over.summaries) if key.startswith(f"{bundle}/"))
    others = [key for key in others if key != f"{bundle}/index.md"]
    if others:
        message = f"`{over.folder}/{bundle}/` holds `{others[0]}` too, which would be left behind"
        raise WolError(diagnostic("write-failed", message, hint="give a folder as the new name, or move the other files first"))
