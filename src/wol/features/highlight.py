"""`code.css`: the colours of highlighted code, of the Pygments styles that `[code]` names, for light and dark pages."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from importlib.machinery import PathFinder
from pathlib import Path
from typing import Any

from wol import digest
from wol.model.config import Config
from wol.model.feature import Feature, SiteInput, Views
from wol.model.target import Target

ASSET = "code.css"
SCOPE = ".hl"
"""The class around highlighted code: rules for anything else are left out."""

_COMMENT = re.compile(r"\s*/\*.*?\*/", re.DOTALL)


class Highlight(Feature):
    """One asset, made of two styles; a theme's own `code.css` takes its place."""

    name = "highlight"
    needs = ("assets", "asset_files")

    def assets(self, config: Config) -> Mapping[str, str]:
        return {ASSET: digest.of_parts([config.code.light, config.code.dark, self.version, _pygments()])}

    def targets(self, site: SiteInput) -> Iterable[Target]:
        path = site.table("assets").get(ASSET)
        if path is not None and ASSET not in site.table("asset_files"):
            yield Target(path=path, kind="code.css")

    @property
    def kinds(self) -> Mapping[str, Callable[[Views, Target], bytes]]:
        return {"code.css": _code_css}


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


def _code_css(views: Views, target: Target) -> bytes:
    return stylesheet(views.config("code.light"), views.config("code.dark")).encode("utf-8")


feature = Highlight()
