"""From the values of a front matter and the `_defaults.toml` above it to typed fields.

Source: the authoring format, section 2.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Protocol
from zoneinfo import ZoneInfo

import msgspec

from wol.content.field_layer import Layer, read_layer
from wol.content.field_schema import front_matter_schema
from wol.content.foreign_states import STRENGTH
from wol.content.raw import Block, Defaults, Raw
from wol.content.spellings import Reading
from wol.errors import Diagnostic
from wol.model.field import Declared, Field
from wol.model.field_table import FIELDS, is_taxonomy, normal
from wol.model.item import Author, Moment

__all__ = ["FIELDS", "Field", "FieldSettings", "Fields", "front_matter_schema", "read_fields"]


class FieldSettings(Protocol):
    """What reading fields depends on (see `wol.content.settings.ReadSettings`)."""

    @property
    def folder(self) -> str: ...
    @property
    def timezone(self) -> str: ...
    @property
    def taxonomies(self) -> Mapping[str, str]:
        """Name of each taxonomy to `comma` or `space`: where a text of several names is cut."""
        ...

    @property
    def fields(self) -> Mapping[str, str]:
        """What foreign keys mean on this site: key, without case, `-` and `_`, to the name of a field or `foreign`."""
        ...

    @property
    def misspelt(self) -> str:
        """`error` or `warning`."""
        ...

    @property
    def declared(self) -> tuple[Declared, ...]:
        """The fields of features."""
        ...

    @property
    def absent(self) -> frozenset[str]:
        """The names of the fields of features that are off, without case, `-` and `_`."""
        ...


class Fields(msgspec.Struct, frozen=True):
    """The front matter of one source, typed; what is absent there and in all defaults has the value below.

    `lines` has the line and column of each given field, in the file that gave it; `origins` names that file, from the content
    folder, where it is a `_defaults.toml`. So `"draft" in lines and not draft` is an explicit no. A field with an error is absent.
    """

    title: str | None = None
    date: Moment | None = None
    updated: Moment | None = None
    id: str = ""
    guid: str = ""
    slug: str = ""
    url: str = ""
    """As typed, not yet checked."""
    aliases: tuple[str, ...] = ()
    """Paths, as typed: what holds a `/` or ends in `.html`."""
    names: tuple[str, ...] = ()
    """Aliases that are no paths."""
    kind: str = ""
    template: str = ""
    terms: dict[str, tuple[str, ...]] = {}
    """Taxonomy to names, without repeated ones; only taxonomies that were given."""
    authors: tuple[Author, ...] = ()
    description: str = ""
    summary: str = ""
    """Markdown."""
    image: str = ""
    image_alt: str = ""
    lang: str = ""
    draft: bool = False
    scheduled: bool = False
    """`status: future`: published from its date on, and a draft without one."""
    publish: Moment | None = None
    expires: Moment | None = None
    unlisted: bool = False
    private: bool = False
    gone: bool = False
    gone_reason: str = ""
    canonical: str = ""
    link: str = ""
    syndication: tuple[str, ...] = ()
    toc: bool | None = None
    feed: bool | None = None
    licence: str = ""
    declared: dict[str, Any] = {}
    """The fields of features by the names of their facts; references are `Reference`, as typed."""
    extra: dict[str, Any] = {}
    """Plain data: `extra`, `params` and all foreign keys."""
    lines: dict[str, tuple[int, int]] = {}
    origins: dict[str, str] = {}
    keys: dict[str, str] = {}
    """The keys that gave a state, where that was another than its own: `draft` by `status`."""
    diagnostics: tuple[Diagnostic, ...] = ()


def read_fields(block: Block, defaults: Sequence[Defaults], settings: FieldSettings) -> Fields:
    """Read the fields of a source: the file wins, then the nearest defaults, field by field; `extra` key by key.

    `defaults` come nearest first. Findings in them are given once for each source, always the same, so they can be told once.
    """
    reading = _reading(settings)
    layers = [read_layer(block.path, block.form, block.values, reading)]
    layers += [read_layer(above.path, "toml", above.values, reading) for above in defaults]
    return _merge(layers, settings.folder + "/", {one.field.name: one.fact for one in settings.declared})


def own_terms(block: Block, taxonomy: str, settings: FieldSettings) -> Raw | None:
    """Return what the file itself has as the terms of a taxonomy, as typed; None if nothing."""
    given = read_layer(block.path, block.form, block.values, _reading(settings)).given.get(taxonomy)
    return None if given is None else given.raw


def _reading(settings: FieldSettings) -> Reading:
    return Reading(
        ZoneInfo(settings.timezone),
        tuple(settings.taxonomies.items()),
        tuple(settings.fields.items()),
        settings.misspelt,
        settings.declared,
        settings.absent,
    )


def _merge(layers: Sequence[Layer], folder: str, facts: Mapping[str, str]) -> Fields:
    values: dict[str, Any] = {}
    terms: dict[str, tuple[str, ...]] = {}
    declared: dict[str, Any] = {}
    extra: dict[str, Any] = {}
    lines: dict[str, tuple[int, int]] = {}
    origins: dict[str, str] = {}
    keys: dict[str, str] = {}
    diagnostics: list[Diagnostic] = []
    for number, layer in enumerate(layers):
        diagnostics += layer.diagnostics
        for name, given in layer.given.items():
            if name in lines:
                continue
            lines[name] = (given.raw.line, given.raw.column)
            if name in STRENGTH and given.value is not False and normal(given.key) != name:
                keys[name] = given.key
            if number:
                origins[name] = layer.path.removeprefix(folder)
            if name in facts:
                declared[facts[name]] = given.value
            elif is_taxonomy(name):
                terms[name] = given.value
            else:
                values[name] = given.value
        for key, foreign in layer.extra.items():
            extra.setdefault(key, foreign.value)
    kept = max((STRENGTH[name] for name in STRENGTH.keys() & values.keys() if values[name] is not False), default=0)
    diagnostics += (found for layer in layers for state, found in layer.suspects if STRENGTH[state] > kept)
    speaking = next((layer for layer in layers if layer.scheduled or "draft" in layer.given), None)
    values["scheduled"] = speaking is not None and speaking.scheduled
    _finish(values, terms, layers[0])
    return Fields(
        **values, terms=terms, declared=declared, extra=extra, lines=lines, origins=origins, keys=keys, diagnostics=tuple(diagnostics)
    )


def _finish(values: dict[str, Any], terms: dict[str, tuple[str, ...]], layer: Layer) -> None:
    """Turn what a field was given as into the attributes that `Fields` has for it."""
    gone = values.get("gone")
    if isinstance(gone, str):
        values["gone"], values["gone_reason"] = True, gone
    aliases = values.get("aliases")
    if aliases is not None:
        values["aliases"] = tuple(one for one in aliases if _is_path(one))
        values["names"] = tuple(one for one in aliases if not _is_path(one))
    if "authors" in layer.taxonomies and "authors" in values:
        terms["authors"] = tuple(author.name for author in values["authors"])


def _is_path(alias: str) -> bool:
    return "/" in alias or alias.endswith(".html")
