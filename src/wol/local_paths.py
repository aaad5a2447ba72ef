"""Recognise links and images that work only on the writer's computer, and reveal the names of its user and folders."""

from __future__ import annotations

import re
from urllib.parse import unquote

CODE = "link-local"

_FILE = re.compile(
    r"""
      file:                                                     # file:///home/ada/x.png, file:C:/x.png
    | /?[a-z][:|][\\/]                                          # C:\Users\Ada\x.png, /C:/Users/Ada/x.png
    | \\{1,2}[^\\/\s]+\\                                        # \\server\share\x.png; Markdown reads `\\` as one sign
    | (?:content|ph|assets-library|filesystem|webkit-fake-url|ms-local-stream)://?
    """,
    re.VERBOSE | re.IGNORECASE,
)
_APP = re.compile(
    r"""
      blob: | app://
    | (?:vscode|vscode-insiders|vscodium|cursor|windsurf|zed)://file/
    | (?:txmt|mvim|subl|atom|emacs|idea|phpstorm|pycharm|webstorm)://open/?\?(?:url|file)=
    """,
    re.VERBOSE | re.IGNORECASE,
)
_HOME = re.compile(
    r"""
      (?:/Users|/home|/mnt/[a-z]/Users|/run/media|/storage/emulated|/export/home)/[^/]+/[^/]
    | /Volumes/[^/]+/[^/] | (?:/private)?/var/(?:folders|mobile)/ | ~/[^/]
    """,
    re.VERBOSE,
)
"""Paths of home folders and the like. They may be paths of the site as well, so they count only where the site has no such path."""
_PAGE = re.compile(r"(?:/|/[^/.]+|\.(?:html?|php\d?|aspx?|jsp|cgi))\Z", re.IGNORECASE)
_USUAL = ("https://", "http://", "mailto:", "#")


def is_local(typed: str) -> bool:
    """Whether an address names a file, or something in a program, of the computer on which it is opened."""
    if typed.startswith(_USUAL) or (":" not in typed and "\\" not in typed and "%" not in typed):
        return False
    plain = unquote(typed).strip()
    return _FILE.match(plain) is not None or _APP.match(plain) is not None


def is_home(typed: str, use: str) -> bool:
    """Whether a path that the site does not have is one of a home folder. A path under `/home/` that looks like a page of an old site is not one."""
    plain = unquote(typed).partition("#")[0].partition("?")[0]
    if _HOME.match(plain) is None:
        return False
    return use != "link" or not plain.startswith("/home/") or _PAGE.search(plain) is None


def hint(typed: str, *, in_text: bool = True) -> str:
    """Return how to write the address of a file on this computer so that readers find it; `in_text` is false for a field."""
    plain = unquote(typed).strip()
    or_else = "; if it is an example, put it in backticks" if in_text else ""
    if _APP.match(plain):
        return f"link to the published page or file instead{or_else}"
    name = re.split(r"[\\/]", plain.partition("?")[0].partition("#")[0])[-1]
    if not name or ":" in name:
        return f"copy the file next to this one and write its name alone{or_else}"
    written = f"<{name}>" if " " in name and in_text else name
    return f"copy `{name}` next to this file and write `{written}`{or_else}"


def message(what: str, typed: str) -> str:
    """Return the sentence for a link (`The link to`), a setting (`… is`), an image or a field."""
    plain = unquote(typed).strip()
    if what.endswith(" is"):
        return f"{what} `{plain}`, which is only on your computer"
    return f"{what} `{plain}` {'works' if what.endswith(' to') else 'is'} only on your computer"
