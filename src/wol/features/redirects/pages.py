"""Pages with a canonical link, `noindex` and a refresh that keeps the fragment."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator, Mapping

from wol import paths
from wol.content.urls import NO_PAGE
from wol.errors import Diagnostic, diagnostic
from wol.model.step import Made, SiteInput
from wol.model.target import Target
from wol.model.view_protocol import Views

_PAGE = re.compile(r"\.html?\Z", re.IGNORECASE)
"""An ending of files that browsers show as pages, wherever they are served; others they may download."""


def plan(site: SiteInput) -> Made:
    """Plan a page at each alias of an item and at each path of `[redirects]`."""
    return Made(targets=tuple(_targets(site)), diagnostics=tuple(_unanswered(site)))


def _targets(site: SiteInput) -> Iterator[Target]:
    url = site.column("url")
    to_url = {_place(alias): url[key] for key, aliases in site.column("aliases").items() for alias in aliases}
    for source, to in site.config.redirects.items():
        origin = f"`{source}` in `[redirects]` of `site.toml`"
        yield _target(source, _end(to, site.config.redirects, to_url), "", origin)
    for key, aliases in site.column("aliases").items():
        places = {_place(url[key])}
        for alias in aliases:
            if _place(alias) not in places:
                places.add(_place(alias))
                yield _target(alias, url[key], key, f"{site.config.content.folder}/{key}")


def _unanswered(site: SiteInput) -> Iterator[Diagnostic]:
    """Report redirects of files; reading reports aliases."""
    for source in filter(paths.is_file_of_data, site.config.redirects):
        hint = f"let your host redirect it, or put the file at `static{source}`"
        yield diagnostic("redirect-file", f"`{source}` in `[redirects]` {NO_PAGE}", "site.toml", hint=hint)


def _target(source: str, to: str, subject: str, origin: str) -> Target:
    return Target(
        path=_output(source), kind="redirect", template="redirect.html", subject=subject, args={"to": to}, origin=origin, role="redirect"
    )


def _output(source: str) -> str:
    """Give the file of a path that redirects: a page in a folder, so that `/old`, `/old/` and `/old.php` lead on wherever the site is served."""
    path = paths.output_path(source)
    return path if _PAGE.search(posixpath.basename(path)) else f"{path}/index.html"


def _place(url: str) -> str:
    return paths.fold(_output(url))


def _end(to: str, redirects: Mapping[str, str], aliases: Mapping[str, str]) -> str:
    """Follow redirects to redirects, so that a browser makes one step. `wol.config` has refused circles."""
    onward = {_place(source): target for source, target in redirects.items()}
    for _ in redirects:
        if not to.startswith("/") or "?" in to or "#" in to:
            return to
        further = onward.get(_place(to))
        if further is None:
            break
        to = further
    return aliases.get(_place(to), to) if to.startswith("/") and "?" not in to and "#" not in to else to


def render(views: Views, target: Target) -> bytes:
    return views.render([target.template], {"heading": "Moved", "to": target.args["to"]})
