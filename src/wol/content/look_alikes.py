"""Names of files and folders that are almost ones that wol reads, or that keep texts from readers: none is passed over in silence.

Source: the authoring format, section 1.
"""

from __future__ import annotations

import re

import msgspec

from wol.content.misspelt import is_near
from wol.content.visibility import FOREIGN
from wol.fixes import Hint, Rename
from wol.model.field_table import is_field_name, normal

PRIVATE = "private"
OTHER_WORDS = frozenset(("crafts", "grafts", "drafty", "ports", "pots", "pasts", "posta", "poste", "primate"))
"""Words that are near one of ours by chance."""

_KEY = re.compile(r"""^[ \t]*\{?[ \t]*["']?([\w-]+)["']?[ \t]*[:=]""", re.MULTILINE)
_LANGUAGE = re.compile(r"[a-z]{2,3}(?:[-_][a-z]{4})?(?:[-_](?:[a-z]{2}|[0-9]{3}))?", re.IGNORECASE)
_ENOUGH = 64 * 1024
_INDEXES = ("_index.md", "_index.markdown")


class Doubt(msgspec.Struct, frozen=True):
    """A name that may have been meant to give a text a state: settled where a field says `state`, yes or no."""

    state: str
    message: str
    hint: str
    cause: str


def is_private(name: str) -> bool:
    """Tell whether a name, without its extension, ends in `.private`, or has it before the tag of a language: `a.private`, `a.PRIVATE.fr`."""
    parts = [part.strip() for part in name.split(".")]
    if len(parts) > 2 and _LANGUAGE.fullmatch(parts[-1]):
        return PRIVATE in (parts[-1].casefold(), parts[-2].casefold())
    return len(parts) > 1 and parts[-1].casefold() == PRIVATE


def has_private(name: str) -> bool:
    """Tell whether any part of a name after its first dot is `private`."""
    return any(part.strip().casefold() == PRIVATE for part in name.split(".")[1:])


def without_private(name: str) -> str:
    """Give a name without its parts `private`."""
    first, *parts = name.split(".")
    return ".".join([first, *(part for part in parts if part.strip().casefold() != PRIVATE)])


def is_like(name: str, known: str) -> bool:
    """Tell whether a name is almost a known one, or its singular, in any case."""
    typed = name.strip().casefold()
    return typed not in OTHER_WORDS and (typed == known.removesuffix("s") or is_near(typed, known)) and typed != known


def doubt(folders: list[str], file: str, stem: str, content: str) -> Doubt | None:
    """Find what in a source's path, from the folder `content`, may have been meant to hold it back; `stem` is the file's name without extension."""
    for number, folder in enumerate(folders):
        place = "/".join((content, *folders[: number + 1]))
        bare = folder.strip().lstrip("_")
        if is_like(bare, "drafts"):
            words = f"rename it to `drafts`; or write `draft = true` or `draft = false` into `{place}/_defaults.toml`"
            hint = Hint(words, Rename(place, "/".join((content, *folders[:number], "drafts"))))
            return Doubt("draft", f"The folder `{place}/` makes no drafts: only `drafts` does", hint, place)
        if PRIVATE in (bare.casefold(), _like_private(folder)) or is_like(bare, PRIVATE):
            words = f"write `private = true` into `{place}/_defaults.toml`, or `private = false` if all may read it"
            return Doubt("private", f"The name of the folder `{place}/` does not keep its texts private", words, place)
    if _like_private(stem) and not is_private(stem):
        kept = ".".join(part for part in stem.split(".") if part not in _parts_like_private(stem))
        right = f"{kept}.{PRIVATE}{file[len(stem) :]}"
        place = "/".join((content, *folders))
        hint = Hint(
            f"rename it to `{right}`; or write `private: true` or `private: false` into its front matter",
            Rename(f"{place}/{file}", f"{place}/{right}"),
        )
        return Doubt("private", f"The name `{file}` does not keep the text private: `.{PRIVATE}` must come last", hint, "")
    return None


def _parts_like_private(name: str) -> list[str]:
    return [part for part in name.split(".")[1:] if part.strip().casefold() == PRIVATE or is_like(part, PRIVATE)]


def _like_private(name: str) -> str:
    """Give `private` if some part of a name after its first dot is that word, or almost, and the name does not make things private."""
    return PRIVATE if _parts_like_private(name) and not is_private(name) else ""


def unread(name: str, *, is_folder: bool) -> str:
    """Give the name that was meant by one that begins with `_` and is not read; empty if it was meant for nothing."""
    typed = name.casefold()
    stem = typed.partition(".")[0][1:].strip()
    if is_folder:
        return next((f"_{known}" for known in ("drafts", "posts") if is_like(stem, known) or (stem == known and typed != f"_{known}")), "")
    if stem == "defaults" or is_like(stem, "defaults"):
        return "_defaults.toml"
    return typed if typed in _INDEXES else ""


def may_be_defaults(name: str) -> bool:
    """Tell whether a file may have been meant for a `_defaults.toml`, though it has no `_`."""
    stem, _, suffix = name.casefold().partition(".")
    return stem in ("default", "defaults") and suffix in ("toml", "yaml", "yml", "json")


def holds_fields(data: bytes) -> bool:
    """Tell whether a file of settings has a key that is a field of the front matter, or one of visibility."""
    text = data[:_ENOUGH].decode("utf-8", "replace")
    return any(is_field_name(key) or normal(key) in FOREIGN for key in _KEY.findall(text))
