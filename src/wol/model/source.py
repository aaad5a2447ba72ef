"""Sources: the files that are read, and the whole input as one value."""

from __future__ import annotations

from collections.abc import Mapping

import msgspec

from wol.stamps import Stamp

MARKDOWN = (".md", ".markdown")


class Source(msgspec.Struct, frozen=True, array_like=True):
    """One input file.

    `path` is from the site's root (`content/posts/a.md`, `themes/mine/templates/post.html`); for a file of a
    packaged theme it begins with the theme's name in angle brackets (`<default>/templates/base.html`), for a virtual source with
    `<NAME of the feature>/`. `key` is the path that the rest of wol knows it by: from the content folder, from the static
    root with its prefix, or from the theme's folder. `size`, `mtime_ns`, `changed_ns` and `inode` are the
    stamp by which an unchanged file is known (`wol.stamps`); `digest` is the SHA-256 of the bytes.
    """

    path: str
    key: str
    size: int
    mtime_ns: int
    digest: str
    changed_ns: int = 0
    inode: int = 0

    def has(self, stamp: Stamp) -> bool:
        """Whether a stamp is the one that the file had when it was read."""
        return (
            self.mtime_ns == stamp.mtime_ns
            and self.changed_ns == stamp.changed_ns
            and self.inode == stamp.inode
            and self.size == stamp.size
        )


class Tree(msgspec.Struct, frozen=True):
    """The whole input of a build.

    Each mapping goes from a source's `key` to the source, in sorted order. `theme` maps a theme's name to its files.
    """

    items: Mapping[str, Source]
    """Markdown files, by path from the content folder."""
    attachments: Mapping[str, Source]
    """All other files of the content folder."""
    defaults: Mapping[str, Source]
    """The `_defaults.toml` files, by path from the content folder."""
    static: Mapping[str, Source]
    """Files to copy, by output path."""
    theme: Mapping[str, Mapping[str, Source]]
    ledger: Source | None = None
    """What was published (`wol.model.ledger`), if the site has it on record."""
    inputs: Mapping[str, Mapping[str, Source]] = {}
    """The files that features read themselves (`wol.model.inputs`): name of the table to path from the content folder to source.

    Public ones are among the attachments too; all others are nowhere else.
    """

    @property
    def others(self) -> dict[str, Source]:
        """All files of the content folder that are neither Markdown nor `_defaults.toml`, published or not, by path from the content folder."""
        return dict(self.attachments) | {key: source for files in self.inputs.values() for key, source in files.items()}
