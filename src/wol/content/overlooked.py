"""What a scan passes over, or takes for something else, although a writer may have meant it for a post: told, so that no words are lost in silence."""

from __future__ import annotations

import os
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from pathlib import Path

from wol.content import look_alikes
from wol.content.conflict_copies import likeness, originals
from wol.content.unread_names import WELL_KNOWN, is_of_program
from wol.errors import Diagnostic, diagnostic
from wol.fixes import Hint, Rename
from wol.model.source import MARKDOWN

_SYNCTHING = ".sync-conflict-"
"""What is in the names of copies that are not read, whatever they hold."""


def in_another_case(folders: Collection[str], known: Collection[str], content: str) -> Iterator[Diagnostic]:
    """Report folders of the content folder whose names differ from one that gives its files a kind in upper and lower case alone."""
    by_fold = {name.casefold(): name for name in known}
    for folder in sorted(folders):
        meant = by_fold.get(folder.casefold())
        if meant is not None and folder not in known:
            message = f"The files in `{content}/{folder}/` are pages: only `{meant}/`, in small letters, gives them another kind"
            is_there = meant in folders
            words = f"{'move its files to' if is_there else 'rename the folder to'} `{meant}`, or name `{folder}` under `[content.kinds]` in `site.toml`"
            hint = Hint(words, None if is_there else Rename(f"{content}/{folder}", f"{content}/{meant}"))
            yield diagnostic("folder-case", message, f"{content}/{folder}", hint=hint)


def conflict_copies(sources: Iterable[str], unread: Iterable[str], content: str, read: Callable[[str], bytes]) -> Iterator[Diagnostic]:
    """Report sources that seem to be other versions of sources beside them; `unread` are those that are left out by their names.

    All paths are from the content folder; `read` returns the bytes of a file, none where it cannot be read.
    """
    known = dict.fromkeys(sources)
    copies = [*(path for path in known if _may_be_copy(path)), *(path for path in unread if _SYNCTHING in path)]
    for path in sorted(copies):
        folder, _, name = path.rpartition("/")
        stem, dot, ending = name.rpartition(".")
        for original in originals(stem):
            other = f"{folder}/{original}{dot}{ending}" if folder else f"{original}{dot}{ending}"
            if other in known and (alike := likeness(read(other), read(path))):
                message = f"`{content}/{path}` seems to be a copy of `{content}/{other}`, left by a sync conflict: {alike}"
                hint = f"move what is new in it to `{original}.{ending}`, and delete the copy"
                yield diagnostic("conflict-copy", message, f"{content}/{path}", hint=hint)
                break


def _may_be_copy(path: str) -> bool:
    """Rule out nearly all names at once: those of small letters without a space."""
    return " " in path or not path.islower() or "conflict" in path


def beside_content(root: Path, content: str) -> tuple[list[Diagnostic], Mapping[str, str]]:
    """Look for Markdown files at the top of a site: findings for those with the fields of a post, and all others with the reason why nobody reads them."""
    found: list[Diagnostic] = []
    others: dict[str, str] = {}
    with os.scandir(root) as entries:
        names = sorted(entry.name for entry in entries if entry.name.lower().endswith(MARKDOWN))
    for name in names:
        if name[0] in "._" or is_of_program(name) or name.partition(".")[0].casefold() in WELL_KNOWN:
            continue
        data = beginning(root / name)
        if data.lstrip()[:3] in (b"---", b"+++") and look_alikes.holds_fields(data):
            message = f"`{name}` is not read, because it is outside the folder `{content}`"
            found.append(
                diagnostic(
                    "source-unread",
                    message,
                    name,
                    hint=Hint(f"move it to `{content}/posts/{name}`", Rename(name, f"{content}/posts/{name}")),
                )
            )
        else:
            others[name] = f"it is outside the folder `{content}`"
    return found, others


def beginning(path: str | Path) -> bytes:
    """Return the bytes with which a file begins; none where it cannot be read."""
    try:
        with open(path, "rb") as file:
            return file.read(64 * 1024)
    except OSError:
        return b""
