"""A small site in memory: templates as text, items as summaries and bodies."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any

import pytest

from harness.assembled import SiteFiles, assemble
from harness.items import post
from harness.settings import settings
from harness.themes import Files, load, theme_files
from wol.config.values import flatten
from wol.content.markdown.reader import SmallText
from wol.engine.steps import fine_tables
from wol.features import registry
from wol.model.config import Config
from wol.model.feature import Feature
from wol.model.item import Body, Summary
from wol.model.site import Site, Visibility
from wol.model.target import Target
from wol.render.recorded_views import SiteViews
from wol.theme.find import Theme

NOW = 2_000_000_000_000_000


class PlainReader:
    """Stands for the Markdown reader: what matters here is that it is asked."""

    def block(self, text: str) -> SmallText:
        return SmallText((f"<p>{text}</p>",), ())


class Blog:
    """A site in memory. `themes` are (name, files) from the first to the last; paths are from the theme's folder."""

    def __init__(
        self,
        themes: Iterable[tuple[str, Files]],
        items: Iterable[Summary],
        bodies: Mapping[str, Body],
        config: Config,
        features: tuple[Feature, ...],
        tables: Mapping[str, Any],
        attachments: Iterable[str],
        static: Iterable[str],
    ) -> None:
        self.bytes = theme_files(dict(themes))
        self.theme: Theme = load(dict(themes), config, self.bytes.__getitem__)
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


@pytest.fixture
def blog() -> Callable[..., Blog]:
    """Make a site: `blog("{{ page.title }}", item(…))`; keywords as in `Blog`, and the tables of the settings."""

    def make(page: str = "", *items: Summary, files: Mapping[str, str] = {}, **given: Any) -> Blog:
        themes = given.pop("themes", (("<default>", {"templates/page.html": page, **files}),))
        parts = {name: given.pop(name, ()) for name in ("attachments", "static")}
        bodies, features, tables = given.pop("bodies", {}), (*registry.declared(), *given.pop("features", ())), given.pop("tables", {})
        config = settings(site={"title": "T", **given.pop("site", {})}, **given)
        return Blog(themes, items, bodies, config, features, tables, **parts)

    return make


@pytest.fixture
def item() -> Callable[..., Summary]:
    """Make an item; its date is a day, `2026-11-20` unless another is given."""

    def make(key: str = "posts/a.md", *, day: str | None = "2026-11-20", **fields: Any) -> Summary:
        name = key.rpartition("/")[2].removesuffix(".md").upper()
        return post(key, **{"title": name, "title_html": name, "date": day, **fields})

    return make
