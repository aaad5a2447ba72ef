"""The lines of a site's files that findings are about, for whoever shows them."""

from __future__ import annotations

from pathlib import Path

from wol.errors import Span

_PACKAGED = "<default>/"


class SourceLines:
    """The lines of a site's files, read when they are first asked for."""

    def __init__(self, root: Path | None) -> None:
        self._root = root
        self._files: dict[str, list[str]] = {}

    def line(self, span: Span) -> str | None:
        """Return the line of a place, or None where there is none."""
        if self._root is None or not span.line:
            return None
        if span.path not in self._files:
            self._files[span.path] = self._read(span.path)
        lines = self._files[span.path]
        return lines[span.line - 1] if span.line <= len(lines) else None

    def _read(self, path: str) -> list[str]:
        file = (self._root or Path()) / path
        if path.startswith(_PACKAGED):
            from wol.theme.folders import default_theme_folder

            file = default_theme_folder() / path.removeprefix(_PACKAGED)
        try:
            text = file.read_bytes().decode("utf-8-sig", "replace")
        except OSError:
            return []
        return text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
