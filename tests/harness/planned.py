"""A site of summaries: assembled and planned by the real floors below, rendered through views that only look things up and record."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from types import SimpleNamespace
from typing import Any

from harness.assembled import SiteFiles, assemble
from harness.items import at
from harness.settings import settings
from wol import digest
from wol.config.values import flatten
from wol.engine.plan import make_plan
from wol.engine.protocol.feature_declarations import site_fields
from wol.engine.state import State
from wol.engine.step_cache import Columns, StepCache
from wol.engine.steps import fine_tables, in_order
from wol.errors import Diagnostic
from wol.features import registry
from wol.model.config import Config
from wol.model.feature import Feature
from wol.model.functions import load_function
from wol.model.item import COLUMNS, Summary
from wol.model.site import Table, Visibility
from wol.model.target import Target
from wol.render.addresses import Addresses
from wol.theme.fingerprint import Asset, fingerprint


@dataclass
class Views:
    """Views as rendering has them, without templates: what is rendered is kept, with the names that were recorded."""

    config_of: Config
    tables: Mapping[str, Table]
    summaries: Mapping[str, Summary]
    texts: Mapping[str, str] = field(default_factory=dict)
    files: Mapping[str, bytes] = field(default_factory=dict)
    names: set[tuple[str, str]] = field(default_factory=set)
    templates: list[str] = field(default_factory=list)
    context: Mapping[str, Any] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self._settings = flatten(self.config_of)
        self._addresses = Addresses(self.config_of.site.base_url)
        self.href = self._addresses.href
        self.absolute = self._addresses.absolute

    def value(self, table: str, key: str) -> Any:
        self.names.add((table, key))
        if table in self.tables and (table not in COLUMNS or key in self.tables[table]):
            return self.tables[table].get(key)
        summary = self.summaries.get(key)
        return None if summary is None else getattr(summary, table, None)

    def config(self, name: str) -> Any:
        self.names.add(("config", name))
        return self._settings[name]

    def page(self, key: str) -> Any:
        summary = self.summaries[key]
        authors = [SimpleNamespace(name=a.name, url=a.url, email="") for a in summary.authors] or [
            SimpleNamespace(name=a.name, url=a.url, email=a.email) for a in (self.config_of.site.author,) if a.name
        ]
        return SimpleNamespace(
            key=key,
            title=summary.title,
            link=self.href(summary.link) if summary.link else None,
            image=self.href(summary.image) if summary.image else None,
            authors=authors,
        )

    def field(self, table: str, key: str, name: str) -> Any:
        self.names.add((f"{table}.{name}", key))
        return self.tables[table][key][name]

    def entry_data(self, key: str) -> list[Any]:
        return []

    def with_names(self, view: type, names: str) -> type:
        return view

    def markdown(self, text: str) -> str:
        return text

    def content(self, key: str, *, absolute: bool = False) -> str:
        self.names.add(("body", key))
        assert absolute, "feeds need absolute URLs"
        return self.texts.get(key, f"<p>The text of {key}.</p>")

    def excerpt(self, key: str, *, absolute: bool = False) -> str:
        self.names.add(("excerpt", key))
        assert absolute, "feeds need absolute URLs"
        return f"<p>The excerpt of {key}.</p>"

    def source(self, path: str) -> bytes:
        self.names.add(("file", path))
        return self.files[path]

    def render(self, templates: Iterable[str], context: Mapping[str, object]) -> bytes:
        self.templates = list(templates)
        self.context = context
        return b"<!doctype html>"


@dataclass
class Planned:
    """A planned site."""

    config: Config
    summaries: Mapping[str, Summary]
    tables: Mapping[str, Table]
    targets: dict[str, Target]
    collisions: Sequence[Diagnostic]
    features: list[Feature]
    files: Mapping[str, bytes]

    def views(self, **texts: str) -> Views:
        return Views(self.config, self.tables, self.summaries, texts, self.files)

    def render(self, path: str, views: Views | None = None) -> Any:
        """Render one target."""
        target = self.targets[path]
        kinds: dict[str, Any] = {name: kind for feature in self.features for name, kind in feature.kinds.items()}
        return load_function(kinds[target.kind])(views or self.views(), target)

    def context(self, path: str) -> Mapping[str, Any]:
        """Give the names that a page's template gets."""
        views = self.views()
        self.render(path, views)
        return views.context

    def paths(self, kind: str) -> list[str]:
        """Give the paths of all targets of a kind."""
        return [path for path, target in self.targets.items() if target.kind == kind]


def make(
    *items: Summary,
    config: Config | None = None,
    now: str = "2026-11-20",
    visibility: Visibility | None = None,
    static: Mapping[str, str] | None = None,
    attachments: Mapping[str, str] | None = None,
    assets: Mapping[str, bytes] | None = None,
) -> Planned:
    """Assemble and plan a site; `static` goes from output path to source, `attachments` from content path to digest, `assets` from name to bytes."""
    config = config or settings()
    features = registry.load(config, Path())
    made = {name: Asset(found) for feature in features if feature.assets for name, found in load_function(feature.assets)(config).items()}
    known = {name: Asset(digest.of_bytes(data), partial(bytes, data)) for name, data in (assets or {}).items()}
    files = SiteFiles(attachments=attachments or {}, static=dict.fromkeys(static or {}, "d" * 64), assets=fingerprint({**made, **known}))
    assembled = assemble(config, items, visibility or Visibility(), at(now).instant, files)
    columns = Columns(assembled.summaries, site_fields(features, config).columns)
    memo = StepCache(State(), frozenset(), everything=True, fine=fine_tables(features))
    given = {
        **assembled.inputs,
        **{name: assembled.tables[name] for name in ("state", "listed", "static", "assets")},
        "asset_files": {name: {"path": f"themes/mine/assets/{name}", "digest": known[name].digest} for name in known},
        "static_files": {path: {"path": source, "digest": "d" * 64} for path, source in (static or {}).items()},
        "profile": {"": (visibility or Visibility()).profile},
    }
    for name, table in given.items():
        memo.store(name, table)
    plan, collisions = make_plan(in_order(features), config, columns, memo, State())
    texts = {f"themes/mine/assets/{name}": data for name, data in (assets or {}).items()}
    return Planned(config, assembled.summaries, memo.tables, {path: plan[path] for path in plan}, collisions, features, texts)
