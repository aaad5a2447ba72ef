"""Which inputs of features a build may know of: like attachments, those of a hidden item are hidden with it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from wol import paths
from wol.model.site import Visibility
from wol.site.arrange import Arranged

_DRAFTS = frozenset({"drafts", "_drafts"})


def shown(keys: Iterable[str], arranged: Arranged, visibility: Visibility) -> Iterator[str]:
    """Give the keys of the files that are not in the folder of a hidden item, nor in one of drafts unless drafts are shown."""
    folders: dict[str, bool] = {"": True}

    def is_shown(folder: str) -> bool:
        found = folders.get(folder)
        if found is None:
            item = arranged.bundles.get(folder)
            found = arranged.states.get(item, "gone") != "gone" if item is not None else is_shown(paths.folder(folder))
            if folder.rpartition("/")[2].casefold() in _DRAFTS:
                found = found and visibility.drafts
            folders[folder] = found
        return found

    return (key for key in keys if is_shown(paths.folder(key)))
