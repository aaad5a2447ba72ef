"""The protocol of features: what a slice of `wol` (or a plugin) may add, as data and pure functions."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import msgspec

from wol.codes import register
from wol.codes.diagnostic_code import DiagnosticCode
from wol.model.commands import Command
from wol.model.field import Field
from wol.model.functions import Function
from wol.model.inputs import Input
from wol.model.markdown_syntax import Syntax
from wol.model.plugin_errors import OldClassError
from wol.model.settings_table import SettingsTable
from wol.model.step import Step


class Name(msgspec.Struct, frozen=True):
    """A name that templates gain, and what it means.

    `make` is called with the views and what the name belongs to: `make(views, key)` for a name of a page or of a term, `make(views)` for one of the
    site, `make(views, target)` for one that every template has. With `takes_arguments` the name is a function, whose arguments follow. `empty` is the value
    while the feature is switched off, so that no theme fails for it.
    """

    make: Function
    description: str
    empty: Any = None
    takes_arguments: bool = False


class _WithoutSubclasses(msgspec.StructMeta):
    """Refuse a class for each feature, as plugins of API 1 have it, before msgspec finds something else wrong with one; raises OldClassError."""

    def __new__(mcls, name: str, bases: tuple[type, ...], namespace: dict[str, Any], **options: Any) -> Any:
        if any(isinstance(base, mcls) for base in bases):
            raise OldClassError(f"`{name}` is a class, and a feature is a value now: `Feature(name=…, steps=…)`")
        return super().__new__(mcls, name, bases, namespace, **options)


class Feature(msgspec.Struct, metaclass=_WithoutSubclasses, frozen=True, kw_only=True):
    """A vertical slice. State what it adds; what is left out costs nothing.

    All functions are pure: the same input gives the same output, in any process. They are given as they are, or as import strings `package.module:name`:
    a built-in feature's package holds this declaration alone, and what the feature does is imported when it is first needed.
    """

    name: str
    version: str = "1"
    description: str = ""
    """What it adds to a site, for the list of features; one sentence."""
    switchable: bool = True
    """Whether `[features]` may switch it off."""
    settings: Mapping[str, SettingsTable] = {}
    """Tables of `site.toml` that it declares: name to a `SettingsTable`. They are checked while it is switched off too."""
    fields: tuple[Field, ...] = ()
    """Fields of the front matter; each is a column `NAME.FIELD` of the items that have a value."""
    syntax: Syntax | None = None
    """Markdown syntax that it adds."""
    marks: tuple[str, ...] = ()
    """The kinds of marks that its Markdown rules make; `marks.KIND` is the column of each."""
    inputs: Mapping[str, Input] = {}
    """Files of the content folder that it reads itself: name of a table to an `Input`. Steps name that table in `needs`."""
    steps: tuple[Step, ...] = ()
    """What makes its tables, plans its targets and checks the site."""
    fine: frozenset[str] = frozenset()
    """Tables in which each field of a value is a dependency of its own, so that a new post in a term does not wake what shows the term's name."""
    channels: tuple[str, ...] = ()
    """Tables of its steps in which each row is a `Channel`, by the URL path of the list: lists that have feeds."""
    entry: Function | None = None
    """Data for the entries of items in feeds: `entry(views, key)` returns an `EntryData`, or None where it has nothing to add."""
    kinds: Mapping[str, Function] = {}
    """Kinds of targets that it renders: `render(views, target)` returns the bytes, or the `File` to copy."""
    page: Mapping[str, Name] = {}
    """Names that `page`, and each item of a list, gains."""
    site: Mapping[str, Name] = {}
    """Names that `site` gains."""
    term: Mapping[str, Name] = {}
    """Names that terms gain."""
    context: Mapping[str, Name] = {}
    """Names that every template has: made when a template first uses them."""
    views: Mapping[str, Function] = {}
    """Views of its own that these names lead to: what the reference calls one, and its class."""
    slots: Mapping[str, tuple[str, ...]] = {}
    """Templates that it shows in the slots of a theme: `{"end": ("parts/series.html",)}`. They see what the template around them sees, as an `include` does."""
    theme: str = ""
    """A folder of its own templates, assets and translations, in the shape of a theme and beneath all others: an absolute path, or `package:folder`."""
    codes: Mapping[str, DiagnosticCode] = {}
    """Codes of its own diagnostics: each with its severity, meaning and hint. `diagnostic(code, …)` knows them wherever the feature is loaded."""
    rules: tuple[Function, ...] = ()
    """What it checks of the built site, for `wol check`: `rule(inspection)` returns or yields the `Finding`s."""
    output_rules: tuple[Function, ...] = ()
    """Rules for files whoever makes them, such as a sitemap of the site's own: they apply even while the feature is switched off."""
    commands: Mapping[str, Command] = {}
    """Commands that it adds to `wol`, by name."""
    sources: Function | None = None
    """Virtual sources: `sources(config)` returns path from the content folder to Markdown text."""
    assets: Function | None = None
    """Assets that it makes itself: `assets(config)` returns name to a digest of all that their bytes depend on. A theme's file of that name wins."""
    plugin: str = ""
    """The plugin that it comes from, and empty for a feature of wol's own; the engine fills it in."""
    is_on: bool = True
    """False for the stand-in of a feature that is switched off; the engine fills it in."""

    def __post_init__(self) -> None:
        register(self.codes)

    def switched_off(self) -> Feature:
        """Return the stand-in for this feature where it is switched off.

        Its names are there, and empty; its settings and fields are no mistakes; the files of its theme may be named, and its slots may be listed in `[theme.slots]`;
        its `output_rules` apply; and `entry` is kept so that feeds depend on the switch.
        """
        return Feature(
            name=self.name,
            version=self.version,
            description=self.description,
            switchable=self.switchable,
            settings=self.settings,
            fields=self.fields,
            fine=self.fine,
            page=self.page,
            site=self.site,
            term=self.term,
            context=self.context,
            slots=self.slots,
            theme=self.theme,
            output_rules=self.output_rules,
            entry=self.entry,
            plugin=self.plugin,
            is_on=False,
        )
