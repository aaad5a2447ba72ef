"""Editors that open a file by a URL, at a line and a column. The patterns are those that the editors document."""

from __future__ import annotations

import re
from urllib.parse import quote

from wol.errors import did_you_mean

EDITORS = {
    "vscode": "vscode://file{path}:{line}:{column}",
    "vscode-insiders": "vscode-insiders://file{path}:{line}:{column}",
    "vscodium": "vscodium://file{path}:{line}:{column}",
    "cursor": "cursor://file{path}:{line}:{column}",
    "windsurf": "windsurf://file{path}:{line}:{column}",
    "zed": "zed://file{path}:{line}:{column}",
    "idea": "idea://open?file={path}&line={line}&column={column}",
    "pycharm": "pycharm://open?file={path}&line={line}&column={column}",
    "webstorm": "webstorm://open?file={path}&line={line}&column={column}",
    "phpstorm": "phpstorm://open?file={path}&line={line}&column={column}",
    "sublime": "subl://open?url=file://{path}&line={line}&column={column}",
    "emacs": "emacs://open?url=file://{path}&line={line}&column={column}",
    "macvim": "mvim://open?url=file://{path}&line={line}&column={column}",
    "textmate": "txmt://open?url=file://{path}&line={line}&column={column}",
    "bbedit": "x-bbedit://open?url=file://{path}&line={line}",
    "nova": "nova://open?path={path}&line={line}&column={column}",
    "obsidian": "obsidian://open?path={path}",
}

_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:")
_HOLES = re.compile(r"\{([^{}]*)\}")
_SIGNS = re.compile(r"[^\s\"'<>`\\^|\x00-\x1f\x7f]+")
_RUNS_HERE = frozenset({"javascript:", "data:", "vbscript:", "blob:"})


def link(editor: str, path: str, line: int, column: int) -> str | None:
    """Return the URL that opens a file (absolute path) in an editor that has no `problem`; None where none is set. Line and column from 1."""
    pattern = EDITORS.get(editor, editor)
    if not pattern or problem(editor) is not None:
        return None
    values = {"path": quote(path, safe="/"), "line": str(max(line, 1)), "column": str(max(column, 1))}
    return _HOLES.sub(lambda hole: values[hole[1]], pattern)


def problem(editor: str) -> tuple[str, str] | None:
    """Return what is wrong with an editor, as the end of a sentence, and the way out; None where it can be used."""
    if editor in EDITORS:
        return None
    scheme = _SCHEME.match(editor)
    if scheme is None:
        names = ", ".join(f"`{name}`" for name in EDITORS)
        hint = did_you_mean(editor, EDITORS) or f"write {names}, or a URL such as `myeditor://open?file={{path}}&line={{line}}`"
        return f"is `{editor}`, which is no editor that wol knows", hint
    if scheme[0].lower() in _RUNS_HERE:
        return f"is a `{scheme[0]}` URL, which would run in the page", "write a URL that opens an editor"
    if not _SIGNS.fullmatch(editor):
        return "has blanks, quotes or other signs that no URL has", "percent-encode them"
    holes = _HOLES.findall(editor)
    for name in holes:
        if name not in ("path", "line", "column"):
            return f"has `{{{name}}}` in it, which stands for nothing", "write `{path}`, `{line}` or `{column}`"
    if "path" not in holes:
        return "does not say which file is to be opened", "put `{path}` where the file's path belongs"
    return None
