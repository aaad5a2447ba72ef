"""Inputs: files of the content folder that are not Markdown, and that a feature reads itself."""

from __future__ import annotations

import msgspec

from wol.model.functions import Function


class Input(msgspec.Struct, frozen=True):
    """Which files a feature reads, and how. Each becomes one value of a table, by its path from the content folder.

    `glob` has one or more patterns of paths from the content folder, as `.gitignore` writes them: `data/*.toml` is one folder, `data/**/*.toml` all below
    it, `*.mp3` any folder; upper and lower case count. Markdown, `_defaults.toml` and what wol never reads (names that begin with `.` or `_`, temporary
    files, private folders, `[content] ignore`) is not matched.

    `parse(key, data)` makes a value of the bytes of one file: plain data (numbers, texts, lists, dicts with texts as keys). It is a function of a
    module, or its import string `module:function`, since it runs in several processes. It knows nothing but its arguments. It runs again when the file has
    other bytes, or when the code of the feature has changed. ValueError means that the file is wrong: its message is shown to the writer. An attribute
    `lineno`, or the end of a message such as `(at line 3, column 5)`, is where. Any other exception is a fault of the feature.

    With `whole=False` it is `parse(key, file)` instead, and the file is open for reading: for sounds and films, which are too large to be held in memory.

    A file is published only if `public`: then it stays an attachment. If two features want the same file, it is published only if both say so.
    """

    glob: str | tuple[str, ...]
    parse: Function
    public: bool = False
    whole: bool = True

    @property
    def globs(self) -> tuple[str, ...]:
        """All its patterns."""
        return (self.glob,) if isinstance(self.glob, str) else tuple(self.glob)
