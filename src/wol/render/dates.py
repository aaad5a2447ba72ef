"""Dates in templates: as the writer typed them, formatted without any locale of the machine."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from functools import lru_cache, partial, total_ordering

from wol.errors import WolError, diagnostic
from wol.model.item import Moment
from wol.render.recorder import View

Translate = Callable[[str], str]
Maker = Callable[["DateView", Translate], str]

DEFAULT_FORMAT = "%-d %B %Y"

_MONTHS = ("January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December")
_DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_SIGN = re.compile(r"%(:?-?.|$)", re.DOTALL)
_ISO = re.compile(r"(\d{4})-(\d\d)-(\d\d)(?:[T ](\d\d):(\d\d)(?::(\d\d)(?:\.\d+)?)?\s*(Z|[+-]\d\d:?\d\d)?)?")


@total_ordering
class DateView(View):
    """A date as the writer typed it, with its own offset; printed as `2026-11-20`, compared by instant."""

    __slots__ = {"_instant": "", "_numbers": "", "_offset": "", "day_only": "Whether no time was typed."}

    def __init__(self, moment: Moment) -> None:
        found = _ISO.match(moment.local)
        assert found is not None, moment.local
        self._instant = moment.instant
        self._numbers = tuple(int(n or 0) for n in found.group(1, 2, 3, 4, 5, 6))
        self._offset = (found[7] or "Z").replace("Z", "+00:00")
        self.day_only = moment.day_only

    @property
    def year(self) -> str:
        """The year, four digits."""
        return f"{self._numbers[0]:04d}"

    @property
    def month(self) -> str:
        """The month, two digits."""
        return f"{self._numbers[1]:02d}"

    @property
    def day(self) -> str:
        """The day, two digits."""
        return f"{self._numbers[2]:02d}"

    @property
    def iso(self) -> str:
        """The date for machines: `2026-11-20`, or `2026-11-20T14:05:00+01:00` if a time was typed."""
        return str(self) if self.day_only else "{:04d}-{:02d}-{:02d}T{:02d}:{:02d}:{:02d}".format(*self._numbers) + self._offset

    def __str__(self) -> str:
        return "{:04d}-{:02d}-{:02d}".format(*self._numbers[:3])

    def __format__(self, spec: str) -> str:
        return format(str(self), spec)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, DateView) and self._instant == other._instant

    def __hash__(self) -> int:
        return hash(self._instant)

    def __lt__(self, other: object) -> bool:
        return self._instant < other._instant if isinstance(other, DateView) else NotImplemented


def to_date(value: object) -> DateView:
    """Take what a template may have for a date: a date of a page, or a text like `2026-11-20`; raises WolError (template-failed) for anything else."""
    if isinstance(value, DateView):
        return value
    if isinstance(value, Moment):
        return DateView(value)
    if isinstance(value, str):
        found = _ISO.fullmatch(value.strip())
        if found is not None and _exists(found):
            return DateView(Moment(0, value.strip(), found[4] is None))
    raise WolError(diagnostic("template-failed", f"`{value}` is not a date", hint="give a page's date, or a text such as `2026-11-20`"))


def format_date(when: DateView, pattern: str, translate: Translate) -> str:
    """Format a date by the signs of `strftime`; names of months and days are English or as the theme translates them.

    `%-d` has no leading zero. Raises WolError (template-failed) for an unknown sign.
    """
    return "".join([piece if isinstance(piece, str) else piece(when, translate) for piece in _pieces(pattern)])


@lru_cache(maxsize=64)
def _pieces(pattern: str) -> tuple[str | Maker, ...]:
    """Read a format: plain text, and what makes a piece of a date; raises WolError (template-failed) for an unknown sign."""
    made: list[str | Maker] = []
    end = 0
    for found in _SIGN.finditer(pattern):
        made.append(pattern[end : found.start()])
        end = found.end()
        sign = found[1]
        plain = sign.removeprefix("-")
        maker = _SIGNS.get(plain)
        if maker is None:
            hint = "the signs are " + " ".join(f"%{s}" for s in _SIGNS) + "; `%-d` is `%d` without a leading zero"
            raise WolError(diagnostic("template-failed", f"`%{sign}` is no sign of a date format", hint=hint))
        made.append(maker if sign == plain else _short(plain) if plain in _NUMBERS else partial(_stripped, maker))
    return (*made, pattern[end:])


def _number(sign: str) -> Maker:
    """Write one of the numbers of a date with leading zeros."""
    place, width = _NUMBERS[sign]
    form = f"{{:0{width}d}}".format
    return lambda when, _: form(when._numbers[place])


def _short(sign: str) -> Maker:
    place, _ = _NUMBERS[sign]
    return lambda when, _: str(when._numbers[place])


def _stripped(maker: Maker, when: DateView, translate: Translate) -> str:
    return maker(when, translate).lstrip("0 ") or "0"


def _exists(found: re.Match[str]) -> bool:
    try:
        date(int(found[1]), int(found[2]), int(found[3]))
    except ValueError:
        return False
    return int(found[4] or 0) < 24 and int(found[5] or 0) < 60 and int(found[6] or 0) < 60


def _day(when: DateView) -> date:
    return date(*when._numbers[:3])


def _time(when: DateView) -> tuple[int, int, int]:
    _, _, _, hour, minute, second = when._numbers
    return hour, minute, second


_NUMBERS = {"Y": (0, 4), "m": (1, 2), "d": (2, 2), "H": (3, 2), "M": (4, 2), "S": (5, 2)}
"""The signs that are numbers of a date: place there, and digits."""

_SIGNS: dict[str, Maker] = {
    "Y": _number("Y"),
    "y": lambda w, _: w.year[2:],
    "m": _number("m"),
    "B": lambda w, t: t(_MONTHS[w._numbers[1] - 1]),
    "b": lambda w, t: t(_MONTHS[w._numbers[1] - 1][:3]),
    "h": lambda w, t: t(_MONTHS[w._numbers[1] - 1][:3]),
    "d": _number("d"),
    "e": lambda w, _: f"{int(w.day):2d}",
    "j": lambda w, _: f"{_day(w).timetuple().tm_yday:03d}",
    "A": lambda w, t: t(_DAYS[_day(w).weekday()]),
    "a": lambda w, t: t(_DAYS[_day(w).weekday()][:3]),
    "u": lambda w, _: f"{_day(w).isoweekday()}",
    "w": lambda w, _: f"{_day(w).isoweekday() % 7}",
    "G": lambda w, _: f"{_day(w).isocalendar().year:04d}",
    "V": lambda w, _: f"{_day(w).isocalendar().week:02d}",
    "H": _number("H"),
    "I": lambda w, _: f"{_time(w)[0] % 12 or 12:02d}",
    "M": _number("M"),
    "S": _number("S"),
    "p": lambda w, t: t("PM" if _time(w)[0] >= 12 else "AM"),
    "z": lambda w, _: w._offset.replace(":", ""),
    ":z": lambda w, _: w._offset,
    "F": lambda w, _: str(w),
    "R": lambda w, _: "{:02d}:{:02d}".format(*_time(w)),
    "T": lambda w, _: "{:02d}:{:02d}:{:02d}".format(*_time(w)),
    "%": lambda _w, _t: "%",
}
