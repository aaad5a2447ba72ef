"""The style sheet of highlighted code, made of two Pygments styles."""

from __future__ import annotations

import re
from collections.abc import Mapping
from importlib.machinery import PathFinder
from pathlib import Path
from typing import Any

from wol import digest
from wol.features.highlight.own_settings import code_config
from wol.model.config import Config
from wol.model.step import Made, SiteInput
from wol.model.target import Target
from wol.model.view_protocol import Views

ASSET = "code.css"
SCOPE = ".hl"
"""The class around highlighted code: rules for anything else are left out."""

_COMMENT = re.compile(r"\s*/\*.*?\*/", re.DOTALL)
_VERSION = "1"


def digests(config: Config) -> Mapping[str, str]:
    """Return what the bytes of the style sheet depend on."""
    code = code_config(config)
    return {ASSET: digest.of_parts([code.light, code.dark, _VERSION, _pygments()])}


def plan(site: SiteInput) -> Made:
    """Plan the style sheet, unless a theme has its own."""
    path = site.table("assets").get(ASSET)
    if path is None or ASSET in site.table("asset_files"):
        return Made()
    return Made(targets=(Target(path=path, kind="code.css", role="asset"),))


def stylesheet(light: str, dark: str) -> str:
    """Give the rules of two Pygments styles; each holds only for its colour scheme, so that nothing of one shows through in the other.

    `wol.config` has checked that there are such styles.
    """
    if light == dark:
        return _rules(light)
    return (
        f"@media not all and (prefers-color-scheme: dark) {{\n{_rules(light)}}}\n@media (prefers-color-scheme: dark) {{\n{_rules(dark)}}}\n"
    )


def _rules(style: str) -> str:
    from pygments.formatters.html import HtmlFormatter

    formatter: Any = HtmlFormatter(style=style)
    lines = _COMMENT.sub("", formatter.get_style_defs(SCOPE)).splitlines()
    return "".join(f"{line.strip()}\n" for line in lines if line.startswith(SCOPE))


def _pygments() -> str:
    """Digest the file that holds Pygments' version, which is far quicker than to import it."""
    spec = PathFinder.find_spec("pygments")
    return digest.of_bytes(Path(spec.origin).read_bytes()) if spec is not None and spec.origin is not None else ""


def render(views: Views, target: Target) -> bytes:
    return stylesheet(views.config("code.light"), views.config("code.dark")).encode("utf-8")
