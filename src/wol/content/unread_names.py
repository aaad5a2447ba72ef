"""Names of files that are no sources: what programs keep for themselves, and documents that a writer may have meant for posts."""

from __future__ import annotations

from wol.fixes import Hint, Rename

DOCUMENTS = (".txt", ".text", ".rtf", ".doc", ".docx", ".odt", ".pages", ".wpd", ".mdown", ".mkd", ".mkdn", ".mdwn", ".mdtext")
"""How the names of documents end that hold writing, and that wol does not read."""

MARKDOWN_ENDINGS = (".mdown", ".mkd", ".mkdn", ".mdwn", ".mdtext")
"""Those of them that are Markdown by another name."""

WELL_KNOWN = (
    "readme",
    "changelog",
    "contributing",
    "code_of_conduct",
    "security",
    "license",
    "licence",
    "authors",
    "todo",
    "agents",
    "claude",
)
"""Names of Markdown files that a repository has at its top, and that are not meant for readers of the site."""

FOR_PROGRAMS = frozenset({"robots.txt", "humans.txt", "security.txt", "ads.txt", "app-ads.txt", "llms.txt", "keybase.txt"})
"""Names of texts that hosts and programs ask for at the top of a site."""

_OF_PROGRAMS = frozenset({".ds_store", ".appledouble", ".directory", "desktop.ini", "thumbs.db", "icon\r", "__macosx", "@eadir"})
_PREFIXES = ("._", "~$", ".~lock.", ".~")


def is_of_program(name: str) -> bool:
    """Whether an operating system, file server or office program keeps a file or folder of this name for itself."""
    return name.startswith(_PREFIXES) or name.casefold() in _OF_PROGRAMS


def is_document(name: str) -> bool:
    """Whether a file seems to hold writing, in a form that wol does not read."""
    return name.casefold().endswith(DOCUMENTS)


def how_to_read(path: str) -> Hint:
    """Return the hint for a document that is not read; `path` is its path from the site's root."""
    folder, _, name = path.rpartition("/")
    if name.casefold() in FOR_PROGRAMS:
        return Hint("move it to `static/`, so that it is published as it is", Rename(path, f"static/{name}"))
    stem, _, ending = name.rpartition(".")
    if stem.casefold().endswith((".md", ".markdown")):
        way, right = f"rename it to `{stem}`", stem
    elif f".{ending.casefold()}" in (".txt", ".text", *MARKDOWN_ENDINGS):
        way, right = f"rename it to `{stem}.md`", f"{stem}.md"
    else:
        way, right = f"save its text as `{stem}.md`", ""
    words = f"{way}, or link to it from a post; if nobody is to read it, name it in `[content] ignore`"
    return Hint(words, Rename(path, f"{folder}/{right}") if right else None)
