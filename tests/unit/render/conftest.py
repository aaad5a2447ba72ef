"""A small site in memory: templates as text, items as summaries and bodies."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from harness.assembled import SiteFiles, assemble
from wol import digest
from wol.config.values import flatten
from wol.engine.steps import fine_tables
from wol.features import registry
from wol.model.config import Config, SiteConfig
from wol.model.feature import Feature
from wol.model.item import Body, Moment, Summary
from wol.model.site import Site, Visibility
from wol.model.source import Source
from wol.model.target import Target
from wol.render.views import SiteViews
from wol.theme.find import Theme, load_theme
from wol.theme.folders import ThemeFolder

NOW = 2_000_000_000_000_000


class PlainReader:
    """Stands for the Markdown reader: what matters here is that it is asked."""

    def block(self, text: str) -> str:
        return f"<p>{text}</p>"


class Blog:
    """A site in memory. `themes` are (name, files) from the first to the last; paths are from the theme's folder."""

    def __init__(
        self,
        themes: Iterable[tuple[str, Mapping[str, str]]],
        items: Iterable[Summary],
        bodies: Mapping[str, Body],
        config: Config,
        features: tuple[Feature, ...],
        tables: Mapping[str, Any],
        attachments: Iterable[str],
        static: Iterable[str],
    ) -> None:
        self.bytes: dict[str, bytes] = {}
        scanned: dict[str, dict[str, Source]] = {}
        folders = []
        for name, files in themes:
            label = name if name.startswith("<") else f"themes/{name}"
            folders.append(ThemeFolder(name, Path(label), label))
            scanned[name] = {}
            for path, text in files.items():
                data = text.encode()
                self.bytes[f"{label}/{path}"] = data
                scanned[name][path] = Source(f"{label}/{path}", path, len(data), 0, digest.of_bytes(data))
        self.theme: Theme = load_theme(config, folders, scanned, self.bytes.__getitem__)
        known = SiteFiles(
            attachments=dict.fromkeys(attachments, "0"),
            static=dict.fromkeys(static, "0"),
            assets={name: f"assets/{name}" for name in self.theme.assets()},
        )
        assembled = assemble(config, items, Visibility(), NOW, known)
        self.site = Site(config, assembled.summaries, {**assembled.tables, **self.theme.tables, "config": flatten(config), **tables})
        self.fragments: dict[str, str] = {}
        reader: Any = PlainReader
        self.views = SiteViews(
            self.site,
            self.theme,
            bodies=lambda key: bodies.get(key, Body()),
            read=self.bytes.__getitem__,
            reader=reader,
            features=features,
            fragments=self.fragments,
            fine=fine_tables(features),
        )
        self.names: set[tuple[str, str]] = set()

    def html(self, template: str = "page.html", subject: str = "", path: str = "x/index.html", **context: object) -> str:
        """Render a template; `subject` is its `page`. What it asked for is in `names` afterwards."""
        with self.views.recording(Target(path=path, kind="item", subject=subject)) as names:
            if subject:
                context["page"] = self.views.page(subject)
            try:
                return self.views.render([template], context).decode().removesuffix("\n")
            finally:
                self.names = names


def _midnight(day: str) -> Moment:
    local = f"{day}T00:00:00+00:00"
    return Moment(int(datetime.fromisoformat(local).timestamp()) * 1_000_000, local, True)


@pytest.fixture
def blog() -> Callable[..., Blog]:
    """Make a site: `blog("{{ page.title }}", item(…))`; keywords as in `Blog`, and the tables of the settings."""

    def make(page: str = "", *items: Summary, files: Mapping[str, str] = {}, **given: Any) -> Blog:
        themes = given.pop("themes", (("<default>", {"templates/page.html": page, **files}),))
        parts = {name: given.pop(name, ()) for name in ("attachments", "static")}
        bodies, features, tables = given.pop("bodies", {}), (*registry.declared(), *given.pop("features", ())), given.pop("tables", {})
        site = SiteConfig(**{"title": "T", "base_url": "https://example.org/blog", **given.pop("site", {})})
        return Blog(themes, items, bodies, Config(site=site, **given), features, tables, **parts)

    return make


@pytest.fixture
def item() -> Callable[..., Summary]:
    """Make an item; its date is a day, `2026-11-20` unless another is given."""

    def make(key: str = "posts/a.md", *, day: str | None = "2026-11-20", tags: tuple[str, ...] = (), **fields: Any) -> Summary:
        slug = key.rpartition("/")[2].removesuffix(".md")
        date = None if day is None else _midnight(day)
        known: dict[str, Any] = {
            "kind": "post",
            "title": slug.upper(),
            "title_html": slug.upper(),
            "url": f"/{slug}/",
            "slug": slug,
            "date": date,
            "terms": {"tags": tags} if tags else {},
        }
        return Summary(key=key, **{**known, **fields})

    return make
