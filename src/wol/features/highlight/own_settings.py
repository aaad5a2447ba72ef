"""`[code]`: the colours of highlighted code."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated

from wol.errors import did_you_mean
from wol.model.config import Config
from wol.model.settings_table import SettingProblem, Table, setting


class CodeConfig(Table, frozen=True, kw_only=True):
    """How code is highlighted."""

    light: Annotated[str, setting("Pygments style of code on light pages.")] = "default"
    dark: Annotated[str, setting("Pygments style of code on dark pages.")] = "github-dark"


def code_config(config: Config) -> CodeConfig:
    """Return the settings of highlighting."""
    return config.table("code", CodeConfig)


def check(settings: CodeConfig) -> Iterator[SettingProblem]:
    """Find styles that Pygments does not have."""
    usual = CodeConfig()
    for key, style, default in (("light", settings.light, usual.light), ("dark", settings.dark, usual.dark)):
        if style == default:
            continue
        from pygments.styles import get_all_styles

        styles = sorted(get_all_styles())
        if style not in styles:
            hint = did_you_mean(style, styles) or "pygments.org/styles shows them all"
            yield SettingProblem(key, f"`{key}` in `[code]` is `{style}`, which is no style of Pygments", hint)
