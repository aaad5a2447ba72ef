"""The pages of items.

A template that is named in the front matter must exist; else the kind's is taken, else `page.html`. The page of an `_index.md`
gives way to a list at its URL, which then shows its text.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

import msgspec

from wol import paths
from wol.model.step import Made, SiteInput
from wol.model.target import Target
from wol.model.view_protocol import Views
from wol.render.list_pages import list_context

_NUMBER = re.compile(r"(\d+)")


def plan(site: SiteInput) -> Made:
    """Plan a page for each item of this build."""
    return Made(targets=tuple(_targets(site)))


def _targets(site: SiteInput) -> Iterator[Target]:
    kind, template, section, state = site.column("kind"), site.column("template"), site.column("section"), site.table("state")
    below = _below(site)
    home = site.config.features.get("home", True)
    for key, url in site.column("url").items():
        if home and section[key] == "/":
            continue
        yields = bool(section[key])
        path, origin = paths.output_path(url), f"{site.config.content.folder}/{key}"
        if state.get(key) == "gone":
            yield Target(path=path, kind="gone", template="gone.html", subject=key, origin=origin, yields=yields, role="item")
        elif section[key]:
            name = _file(template[key]) or "section.html"
            args = {"items": below[key]}
            yield Target(path=path, kind="section", template=name, subject=key, args=args, origin=origin, yields=True, role="item")
        else:
            name = _file(template[key]) or f"{kind[key]}.html"
            yield Target(path=path, kind="item", template=name, subject=key, origin=origin, role="item")


def _file(template: str) -> str:
    return template if not template or template.endswith(".html") else f"{template}.html"


def render(views: Views, target: Target) -> bytes:
    named = views.value("template", target.subject)
    return views.render([target.template] if named else [target.template, "page.html"], {"page": views.page(target.subject)})


def render_section(views: Views, target: Target) -> bytes:
    """Render what is below a folder, by title; the titles are looked up here, so that a new one plans nothing anew."""
    titles = {key: views.value("title", key) for key in target.args["items"]}
    keys = sorted(titles, key=lambda key: (_by_title(titles[key]), key))
    return views.render([target.template], list_context(views, msgspec.structs.replace(target, args={**target.args, "items": keys}), ""))


def render_gone(views: Views, target: Target) -> bytes:
    """Render a tombstone. What was withdrawn is not named: the heading is no title."""
    return views.render([target.template], {"page": views.page(target.subject), "heading": "Gone"})


def _below(site: SiteInput) -> dict[str, list[str]]:
    """Give for each `_index.md` what its page lists: the listed items below its folder.

    A folder below that has its own `_index.md` stands for what is in it, unless that one is not listed itself.
    """
    section, listed, state = site.column("section"), site.table("listed"), site.table("state")
    folders = {paths.folder(key): key for key in section if section[key] and section[key] != "/" and state.get(key) != "gone"}
    below: dict[str, list[str]] = {key: [] for key in section if section[key]}
    if not folders:
        return below
    for key in section:
        if not listed.get(key):
            continue
        folder = paths.folder(key)
        if folders.get(folder) == key:
            folder = paths.folder(folder)
        while folder:
            above = folders.get(folder)
            if above is not None:
                below[above].append(key)
                if listed.get(above):
                    break
            folder = paths.folder(folder)
    return below


def _by_title(title: str) -> tuple[tuple[int, int, str], ...]:
    """Order titles as people do: without case and accents, numbers by their value (`Part 2` before `Part 10`)."""
    plain = "".join(sign for sign in unicodedata.normalize("NFKD", title.casefold()) if not unicodedata.combining(sign))
    return tuple((0, int(part), "") if part.isdecimal() else (1, 0, part) for part in _NUMBER.split(plain) if part)
