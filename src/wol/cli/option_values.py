"""Values of options and arguments that several commands take, read from what was typed."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from zoneinfo import ZoneInfo

    from wol.content.dates import ParsedDate


def base_url_value(typed: str) -> str:
    """Return the value of `--base-url`; raises click.BadParameter."""
    from wol.config.url_checks import base_url

    try:
        return base_url(typed)
    except ValueError as error:
        raise click.BadParameter(f"`{typed}` {error}.", param_hint="--base-url") from None


def date_value(typed: str, zone: ZoneInfo, option: str) -> ParsedDate:
    """Return the date that was given to an option, in a zone unless it names an offset; raises click.BadParameter."""
    from wol.content.dates import parse

    try:
        return parse(typed, zone)
    except ValueError as error:
        raise click.BadParameter(f'{error}; write it as 2026-11-20 or "2026-11-20 14:05".', param_hint=option) from None


def title_value(typed: str) -> str:
    """Return a title on one line, without control characters; raises click.UsageError if it is not text."""
    if any(0xD800 <= ord(char) <= 0xDFFF for char in typed):
        raise click.UsageError("The title is not UTF-8.")
    return " ".join("".join(char if char.isspace() or not _is_control(char) else " " for char in typed).split())


def _is_control(char: str) -> bool:
    return ord(char) < 32 or 127 <= ord(char) < 160 or char in "\ufffe\uffff"
