"""In which direction a language is written."""

from __future__ import annotations

_SCRIPTS = frozenset(
    {"adlm", "arab", "aran", "armi", "hebr", "mand", "mend", "nkoo", "rohg", "samr", "syrc", "syre", "syrj", "syrn", "thaa", "yezi"}
)
_LANGUAGES = frozenset(
    {
        "ar",
        "arc",
        "azb",
        "ckb",
        "dv",
        "fa",
        "glk",
        "he",
        "iw",
        "ji",
        "khw",
        "ks",
        "lrc",
        "mzn",
        "nqo",
        "pnb",
        "prs",
        "ps",
        "sd",
        "skr",
        "syr",
        "ug",
        "ur",
        "yi",
    }
)


def direction(language: str) -> str:
    """Give `rtl` or `ltr` for a tag of BCP 47: by its script, else by the one in which the language is usually written."""
    primary, *others = language.lower().split("-")
    for part in others:
        if len(part) == 1:
            break
        if len(part) == 4 and part.isalpha():
            return "rtl" if part in _SCRIPTS else "ltr"
    return "rtl" if primary in _LANGUAGES else "ltr"
