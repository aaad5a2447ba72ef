"""The lines of a site's files that findings are about, for whoever shows them."""

from __future__ import annotations

from pathlib import Path

from wol.errors import Span

_PACKAGED = "<default>/"


class SourceLines:
    """The lines of a site's files, read when they are first asked for."""

    def __init__(self, root: Path | None) -> None:
        self._root = root
        self._texts: dict[str, str | None] = {}
        self._lines: dict[str, list[str]] = {}

    def line(self, span: Span) -> str | None:
        """Return the line of a place, or None where there is none."""
        if self._root is None or not span.line:
            return None
        text = self.text(span.path)
        if span.path not in self._lines:
            self._lines[span.path] = (text or "").replace("\r\n", "\n").replace("\r", "\n").split("\n")
        lines = self._lines[span.path]
        return lines[span.line - 1] if span.line <= len(lines) else None

    def text(self, path: str) -> str | None:
        """Return the text of a file, by its path from the site's root; None where it cannot be read."""
        if self._root is None:
            return None
        if path not in self._texts:
            self._texts[path] = self._read(self._root, path)
        return self._texts[path]

    def _read(self, root: Path, path: str) -> str | None:
        file = root / path
        if path.startswith(_PACKAGED):
            from wol.theme.folders import default_theme_folder

            file = default_theme_folder() / path.removeprefix(_PACKAGED)
        try:
            return file.read_bytes().decode("utf-8-sig", "replace")
        except OSError:
            return None
