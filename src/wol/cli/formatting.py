"""Numbers, times and results of builds as words of a sentence, as several commands print them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path

from wol.cli.invocation import display_path
from wol.errors import Diagnostic


def counted(number: int, noun: str, plural: str = "") -> str:
    """Return a number with its noun: "1 page", "1,300 pages"."""
    return f"{number:,} {noun if number == 1 else plural or noun + 's'}"


def tally(diagnostics: Iterable[Diagnostic]) -> str:
    """Count errors and warnings: "2 errors, 14 warnings"; an empty text if there are none."""
    severities = [d.severity for d in diagnostics]
    numbers = [(severities.count("error"), "error"), (severities.count("warning"), "warning")]
    return ", ".join(counted(number, noun) for number, noun in numbers if number)


def byte_size(number: int) -> str:
    """Return a number of bytes as people read it: "1.2 MB"."""
    amount = float(number)
    for unit in ("bytes", "kB", "MB"):
        if amount < 1000:
            return f"{amount:,.0f} {unit}" if unit == "bytes" or amount >= 100 else f"{amount:.1f} {unit}"
        amount /= 1000
    return f"{amount:,.1f} GB"


def page_count(number: int, output: str) -> str:
    """Return how many pages there are, and in which folder."""
    return f"{counted(number, 'page')} in {display_path(output)}/"


def work_summary(rendered: int, written: int, removed: int) -> str:
    """Return what a build did, in numbers of files."""
    work = [f"{rendered:,} rendered", f"{written:,} written"] if rendered else []
    work += [f"{removed:,} removed"] if removed else []
    return ", ".join(work) if work else "nothing to do"


def diagnostic_counts(diagnostics: Sequence[Diagnostic]) -> str:
    """Return the numbers of errors and warnings as the end of a sentence; an empty text if there are none."""
    return f"; {tally(diagnostics)}" if diagnostics else ""


def local_time(instant: int, root: Path) -> str:
    """Return a moment for people, in the time zone of the site."""
    from datetime import datetime

    from wol.config.load import site_zone

    zone = site_zone(root)
    return f"{datetime.fromtimestamp(instant // 1_000_000, zone):%Y-%m-%d %H:%M} ({zone.key})"
