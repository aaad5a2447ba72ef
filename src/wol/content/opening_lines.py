"""Lines at the beginning of a source, as somebody may have typed front matter: which is meant as a fence, and which as `key: value`.

Autocorrection, mail programs, word processors and phones change what was typed, so each line is first levelled: without invisible
characters, with ASCII for full-width forms, with one sort of dash.
"""

from __future__ import annotations

import re
import unicodedata
from typing import NamedTuple

from wol.content.openings import ODD_BREAK
from wol.content.visibility import hides, trimmed
from wol.model.field_table import FIELDS, SECRECY, STATE_FIELDS, normal

_MAX_CHARACTERS = 32_768
_MAX_LINES = 200
_BLANK = re.compile(r"(?:[ \t]*+\n)*+")
_INVISIBLE = re.compile(
    "[\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u202a-\u202e\u2060-\u206f\u2800\u3164\ufe00-\ufe0f\ufeff\uffa0"
    "\ufff0-\ufffb\U000e0000-\U000e0fff]"
)
_DASHES = str.maketrans(
    {
        **dict.fromkeys(
            "\u00ac\u00af\u058a\u2010\u2011\u2012\u203e\u2043\u207b\u208b\u2212\u2500\u2501\u2504\u2505\u2508\u2509\u254c\u254d\u30fc", "-"
        ),
        **dict.fromkeys("\u2013\ufe58", "--"),
        **dict.fromkeys("\u2014\u2015\u2e3a\u2e3b", "---"),
        "\u1680": " ",
    }
)
"""Dashes of every sort as the hyphens that they are made of."""

_ESCAPED = re.compile(r"\\([-_.#+=;])")
_RUN = re.compile(
    r"-{2,}|\+{2,}|;{2,}|={3,6}|%{3,6}|\#{3,6}|\.{3,6}|:{3,6}|/{3,6}|!{3,6}|@{3,6}|&{3,6}|\^{3,6}|\|{3,6}|,{3,6}|(?=.?[-+].?[-+])[-+.=_~;*|:\#]{2,8}"
)
_LABELLED = re.compile(r"[^\w\s-]{0,3}\s?(?P<run>-{3,}|\+{3,}|;{3,})\s*(?P<label>\S.{0,60})")
_NAMED_FORM = re.compile(r"(?:json|ya?ml|toml)(?=.)", re.IGNORECASE)
_CODE_FENCE = re.compile(r"\s*(?:`{3,}|~{3,})")
_PAIR = re.compile(
    r"""(?P<lead>(?:<!--|[\s!#$%&*+,./:;=@\[\\^{}~\u2022\u00b7\u2023-])*+)(?:(?:const|let|var|export)\s+)*"""
    r"""["'\u2018\u201c`]?(?P<key>[^\W\d][\w.-]{0,60})["'\u2019\u201d`]?\s*(?P<sep>:=|::?(?!/)|=>?)(?P<value>.*)""",
    re.DOTALL,
)
_INLINE = re.compile(
    r"""(?:^|(?<=[\s,;{(\-+]))["'\u2018\u201c]?(?P<key>[^\W\d][\w-]{0,60})["'\u2019\u201d]?\s*[:=]\s*(?P<value>"[^"]*"|'[^']*'|[^\s,;{}]+)"""
    r"""(?=\s*(?:$|[,;})]|-{2,}|\+{2,}|["'\u2018\u201c]?[^\W\d][\w-]*["'\u2019\u201d]?\s*[:=]))"""
)
_FENCED = re.compile(r"[^\w>|`]{0,4}(?:--|\+\+|;;)\W*(?:(?:json|ya?ml|toml)\b|\w{0,6}(?=\{))?[^\w{]*\d*", re.IGNORECASE)
_BRACED = re.compile(r"[^\w>|`{]{0,8}_?\{")
_COMMENT = re.compile(r"(?:\s(?:#|//)|\s*(?:<!--|/\*)).*", re.DOTALL)
_TAIL = re.compile(r"(?:\s|\\|<br\s?/?>|[,;}\]]|-->|\*/|-{2,}|\+{2,}|\.\.\.)+$")
_QUOTED = re.compile(r"""("[^"]*"|'[^']*')\s*(?:$|#|//|<!--|[,;}\]])""")
_BLOCK_SIGN = re.compile(r"\A(?:[>|][-+]?|!\S*)(?:\s+|$)")

_LONG = 160
_LONGEST = 2000
"""Characters of a line that are looked at: what hides is shorter. More, where several fields may stand on the line."""

_SEVERAL = re.compile(r"\W{0,4}[{+;\-\u2010-\u2015<]")

_CANONICAL = {normal(name): field.name for field in (*FIELDS, *STATE_FIELDS) for name in (field.name, *field.also)}
_REFUSED = frozenset(normal(name) for name in SECRECY)


class Pair(NamedTuple):
    """A line `key: value`: as typed, its key, the field that the key names (empty for others), and its value.

    `plain` says that nothing stands before the key, no bullet, heading or indentation.
    """

    key: str
    field: str
    value: str
    plain: bool


def level(line: str) -> str:
    """Give a line without what no eye sees, and with one sign for all that look alike."""
    if len(line) > _LONG:
        line = line[: _LONGEST if _SEVERAL.match(line) else _LONG]
    if not line.isascii():
        line = _INVISIBLE.sub("", unicodedata.normalize("NFKC", _INVISIBLE.sub("", line)).translate(_DASHES))
    return _ESCAPED.sub(r"\1", line) if "\\" in line else line


def is_code_fence(line: str) -> bool:
    return _CODE_FENCE.match(line) is not None


def is_run(line: str) -> bool:
    """Tell whether a levelled line is made of the characters of a fence alone: `---`, `- - -`, `+++`, `;;;`, `-----`, an em dash."""
    bare = line.strip().replace(" ", "")
    return bool(bare) and _RUN.fullmatch(bare) is not None


def label_of(line: str, typed: str) -> str | None:
    """Give what follows the fence on its own line: `# note`, `yaml`, `title: A`. None: the line is no such fence.

    Behind a single dash that was typed as one (`— Ann Smith`), only what names a form or begins a comment is a label.
    """
    match = _LABELLED.fullmatch(line.strip())
    if match is None:
        return None
    typed_as_one = re.match(r"\W*?(?:[\u2013-\u2015]|\u2e3a|\u2e3b)\s*[^\W_]", typed) is not None
    if typed_as_one and _NAMED_FORM.match(match["label"]) is None:
        return None
    return match["label"]


def pair_of(line: str) -> Pair | None:
    """Read a levelled line as `key: value` or `key = value`, also with what comments, lists and other generators put before the key."""
    if ":" not in line and "=" not in line:
        return None
    match = _PAIR.match(line)
    if match is None or (match["key"][0] == line.rstrip()[-1] == "_"):
        return None
    lead, key = match["lead"], match["key"].rstrip(".-")
    plain = not lead or lead.strip() == ".."
    return Pair(key, field_of(key), match["value"].strip(), plain and match["sep"] in (":", "="))


def field_of(key: str) -> str:
    """Give the field that a key names, in any spelling; a key that wol refuses names itself, a foreign key nothing."""
    name = normal(key)
    return _CANONICAL.get(name, "") or (name if name in _REFUSED else "")


def is_hiding(pair: Pair, line: str) -> bool:
    """Tell whether the whole value of a pair hides; `line` is the line that it was read from."""
    if pair.value.startswith("`"):  # shown as code, so it is text
        return False
    quoted = _QUOTED.match(pair.value)
    value = quoted[1] if quoted is not None else _BLOCK_SIGN.sub("", _COMMENT.sub("", pair.value))
    keys = {pair.key, pair.key.rpartition(".")[2], pair.key.removeprefix("hugo_")}
    if line.lstrip(" #/*")[:2] in ("--", "++"):  # the break behind the fence may be lost
        keys |= {pair.key[begin:] for begin in range(len(pair.key))}
    return any(_hides(key, typed) for key in keys for typed in (pair.value, value, _TAIL.sub("", value)))


def _hides(key: str, value: str) -> bool:
    if normal(key) in ("protected", "encrypt"):
        return trimmed(value).lower() in ("true", "yes", "on", "1", "y")
    return hides(key, value)


def hiding_within(line: str) -> str:
    """Give a `key: value` that hides out of several on one line, such as `{"title": "A", "draft": true}` or `--- title: A draft: true ---`.

    Behind the signs of a fence it counts only if fields are all that follows them.
    """
    fence = _FENCED.match(line)
    if fence is not None:
        first = pair_of(line[fence.end() :])
        if first is None:
            return ""
        if is_hiding(first, line):
            return f"{first.key}: {first.value}"
    elif _BRACED.match(line) is None:
        return ""
    for match in _INLINE.finditer(line):
        if _hides(match["key"], match["value"]):
            return f"{match['key']}: {match['value']}"
    return ""


class OpeningLine(NamedTuple):
    """A line at the beginning of a text: its position there, its number in the file, as typed, levelled, and read as a pair."""

    position: int
    number: int
    typed: str
    text: str
    pair: Pair | None


class Lines:
    """The lines at the beginning of a text, also where something other than LF breaks them; their numbers count LF alone.

    Each is cut off and levelled when it is asked for: most texts are known by their first lines.
    """

    def __init__(self, text: str, first_line: int) -> None:
        blank = _BLANK.match(text)
        self.text = text
        self.at = blank.end() if blank is not None else 0
        self.end = min(len(text), self.at + _MAX_CHARACTERS)
        self.number = first_line + text.count("\n", 0, self.at)
        self.known: list[OpeningLine] = []

    def get(self, index: int) -> OpeningLine | None:
        """Give a line by its index, None behind the last one."""
        while index >= len(self.known):
            if self.at >= self.end or len(self.known) >= _MAX_LINES:
                return None
            end = self.text.find("\n", self.at, self.end)
            end = self.end if end < 0 else end
            row = self.text[self.at : end]
            for part in ODD_BREAK.split(row) if ODD_BREAK.search(row) else (row,):
                text = level(part)
                self.known.append(OpeningLine(len(self.known), self.number, part, text, pair_of(text)))
            self.at = end + 1
            self.number += 1
        return self.known[index]
