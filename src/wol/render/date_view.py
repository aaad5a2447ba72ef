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

MONTHS = ("January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December")
DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_SIGN = re.compile(r"%(:?-?.|$)", re.DOTALL)
_ISO = re.compile(r"(\d{4})-(\d\d)-(\d\d)(?:[T ](\d\d):(\d\d)(?::(\d\d)(?:\.\d+)?)?\s*(Z|[+-]\d\d:?\d\d)?)?", re.ASCII)


@total_ordering
class DateView(View):
    """A date as the writer typed it, with its own offset; printed as `2026-11-20`, compared by instant."""

    _sort = "A date"
    __slots__ = {"_instant": "", "_local": "", "day_only": "Whether no time was typed."}

    def __init__(self, moment: Moment) -> None:
        self._instant = moment.instant
        self._local = moment.local
        self.day_only = moment.day_only

    @property
    def year(self) -> str:
        """The year, four digits."""
        return self._local[:4]

    @property
    def month(self) -> str:
        """The month, two digits."""
        return self._local[5:7]

    @property
    def day(self) -> str:
        """The day, two digits."""
        return self._local[8:10]

    @property
    def iso(self) -> str:
        """The date for machines: `2026-11-20`, or `2026-11-20T14:05:00+01:00` if a time was typed."""
        return str(self) if self.day_only else "{}T{}:{}:{}".format(self, *_time(self)) + _offset(self)

    def __str__(self) -> str:
        return self._local[:10]

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
        made.append(maker if sign == plain else partial(_stripped, maker))
    return (*made, pattern[end:])


def _stripped(maker: Maker, when: DateView, translate: Translate) -> str:
    return maker(when, translate).lstrip("0 ") or "0"


def _exists(found: re.Match[str]) -> bool:
    try:
        date(int(found[1]), int(found[2]), int(found[3]))
    except ValueError:
        return False
    return int(found[4] or 0) < 24 and int(found[5] or 0) < 60 and int(found[6] or 0) < 60


def _day(when: DateView) -> date:
    return date(int(when.year), int(when.month), int(when.day))


def _parts(when: DateView) -> re.Match[str]:
    found = _ISO.match(when._local)
    assert found is not None, when._local
    return found


def _time(when: DateView) -> tuple[str, str, str]:
    """Give hour, minute and second, two digits each."""
    hour, minute, second = _parts(when).group(4, 5, 6)
    return hour or "00", minute or "00", second or "00"


def _offset(when: DateView) -> str:
    return (_parts(when)[7] or "Z").replace("Z", "+00:00")


def _month(when: DateView) -> str:
    return MONTHS[int(when.month) - 1]


_SIGNS: dict[str, Maker] = {
    "Y": lambda w, _: w.year,
    "y": lambda w, _: w.year[2:],
    "m": lambda w, _: w.month,
    "B": lambda w, t: t(_month(w)),
    "b": lambda w, t: t(_month(w)[:3]),
    "h": lambda w, t: t(_month(w)[:3]),
    "d": lambda w, _: w.day,
    "e": lambda w, _: f"{int(w.day):2d}",
    "j": lambda w, _: f"{_day(w).timetuple().tm_yday:03d}",
    "A": lambda w, t: t(DAYS[_day(w).weekday()]),
    "a": lambda w, t: t(DAYS[_day(w).weekday()][:3]),
    "u": lambda w, _: f"{_day(w).isoweekday()}",
    "w": lambda w, _: f"{_day(w).isoweekday() % 7}",
    "G": lambda w, _: f"{_day(w).isocalendar().year:04d}",
    "V": lambda w, _: f"{_day(w).isocalendar().week:02d}",
    "H": lambda w, _: _time(w)[0],
    "I": lambda w, _: f"{int(_time(w)[0]) % 12 or 12:02d}",
    "M": lambda w, _: _time(w)[1],
    "S": lambda w, _: _time(w)[2],
    "p": lambda w, t: t("PM" if int(_time(w)[0]) >= 12 else "AM"),
    "z": lambda w, _: _offset(w).replace(":", ""),
    ":z": lambda w, _: _offset(w),
    "F": lambda w, _: str(w),
    "R": lambda w, _: ":".join(_time(w)[:2]),
    "T": lambda w, _: ":".join(_time(w)),
    "%": lambda _w, _t: "%",
}
