"""The theme of a site: all themes of its search path taken together."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import partial

import msgspec

from wol import digest
from wol.config.locate import locate
from wol.config.syntax import decode
from wol.errors import Diagnostic, WolError, diagnostic
from wol.model.config import Config
from wol.model.feature import Feature
from wol.model.source import Source
from wol.model.target import Value
from wol.theme.closure import Closures, Read, find_closures
from wol.theme.folders import ThemeFolder, default_theme_folder, theme_folders
from wol.theme.lookup import Files, Lookup
from wol.theme.options import API, Option, ThemeManifest, check_options, read_manifest, read_toml
from wol.theme.slot_templates import Slots, missing_templates, slot_problems, slots_of

__all__ = ["Theme", "ThemeFolder", "callouts", "default_theme_folder", "load_theme", "theme_folders"]

_ASSETS = "assets/"
_CALLOUTS = "templates/callouts/"
_TRANSLATIONS = "translations/"
_PLACES = ("templates/", _ASSETS, _TRANSLATIONS)


class Theme(msgspec.Struct, frozen=True):
    """What a build needs of the themes.

    `search` are the unique names of the themes, the first one first. `options` has every option with its value. `translations` maps a language to the
    texts of the theme in that language. `study` is what the texts of the templates say; it is dear to make and may be stored.
    `slots` is what each slot shows.
    """

    search: tuple[str, ...]
    files: Files
    options: Mapping[str, Value]
    translations: Mapping[str, Mapping[str, str]]
    study: Closures
    slots: Slots = {}

    @property
    def closures(self) -> Mapping[str, str]:
        """Name of each template to the digest of it and of all that it uses."""
        return self.study.digests

    @property
    def fragments(self) -> tuple[str, ...]:
        """Templates that `fragment("…")` asks for, in the order in which they can be rendered."""
        return self.study.fragments

    @property
    def tables(self) -> dict[str, Mapping[str, Value]]:
        """What rendering records of a theme, as tables: `template`, `option` and `translation` (a language's texts)."""
        return {"template": self.closures, "option": self.options, "translation": self.translations}

    def lookup(self) -> Lookup:
        """Make the lookup of templates by name."""
        return Lookup(self.search, self.files)

    def assets(self) -> dict[str, Source]:
        """Make the mapping of assets: name from `assets/` to the file of the first theme that has it."""
        found: dict[str, Source] = {}
        for theme in reversed(self.search):
            found.update((path[len(_ASSETS) :], source) for path, source in self.files[theme].items() if path.startswith(_ASSETS))
        return dict(sorted(found.items()))


def callouts(files: Files) -> tuple[str, ...]:
    """Return the names of callouts that some theme has a template for: `callouts/NAME.html`."""
    names = {
        path[len(_CALLOUTS) : -5] for theme in files.values() for path in theme if path.startswith(_CALLOUTS) and path.endswith(".html")
    }
    return tuple(sorted(names - {""}))


def load_theme(
    config: Config,
    themes: Sequence[ThemeFolder],
    files: Files,
    read: Read,
    known: Closures | None = None,
    features: Sequence[Feature] = (),
) -> Theme:
    """Put the scanned themes together with what features show in slots; check the manifests, what `site.toml` gives, and the text of every template.

    `read` gives the bytes of a file by its path from the site's root (`Source.path`; `site.toml` too). `known` is `Theme.study` of an earlier build: it is
    taken if no file of any theme has changed, and then nothing of Jinja is loaded. Raises WolError with all errors: theme-missing (a folder that is
    no theme), theme-api, theme-option, template-syntax, and others in the themes' TOML files.
    """
    search = tuple(theme.name for theme in themes)
    found: list[Diagnostic] = []
    options: dict[str, Option] = {}
    translations: dict[str, dict[str, str]] = {}
    for theme in reversed(themes):
        found += _no_theme(theme, files[theme.name])
        manifest, wrong = _manifest(files[theme.name], read)
        found += wrong
        options.update(manifest.options)
        for path, source in files[theme.name].items():
            if path.startswith(_TRANSLATIONS) and path.endswith(".toml"):
                texts, wrong = _texts(read(source.path), source.path)
                found += wrong
                translations.setdefault(path[len(_TRANSLATIONS) : -5].lower(), {}).update(texts)
    values: dict[str, Value] = {}
    settings = partial(_settings, read)
    if not found:
        values, found = check_options(config.theme.options, options, settings)
    lookup = Lookup(search, files)
    slots = slots_of(features, config.theme.slots)
    identity = _digest(search, files, slots)
    study = known if known is not None and known.digest == identity else find_closures(lookup, read, identity, slots)
    found = [
        *found,
        *slot_problems(features, config.theme.slots, settings),
        *missing_templates(features, slots, lookup),
        *study.diagnostics,
    ]
    if found:
        raise WolError(found)
    return Theme(search, {theme: files[theme] for theme in search}, values, translations, study, slots)


def _settings(read: Read) -> str:
    return decode(read("site.toml"))


def _digest(search: Iterable[str], files: Files, slots: Slots) -> str:
    """Digest all files of all themes, their order, and what slots show."""
    parts = [str(API), *(f"slot {slot} {template}" for slot, templates in slots.items() for template in templates)]
    for theme in search:
        parts.append(f"theme {theme}")
        for path, source in sorted(files[theme].items()):
            parts += [path, source.path, source.digest]
    return digest.of_parts(parts)


def _manifest(files: Mapping[str, Source], read: Read) -> tuple[ThemeManifest, list[Diagnostic]]:
    source = files.get("theme.toml")
    return (ThemeManifest(), []) if source is None else read_manifest(read(source.path), source.path)


def _no_theme(theme: ThemeFolder, files: Mapping[str, Source]) -> Iterable[Diagnostic]:
    """A folder whose files are all in the wrong place would be taken for a theme that changes nothing."""
    if files and "theme.toml" not in files and not any(path.startswith(_PLACES) for path in files):
        message = f"`{theme.label}/` has neither `templates/` nor `assets/`, so it changes nothing"
        yield diagnostic(
            "theme-missing", message, next(iter(files.values())).path, hint=f"move its templates to `{theme.label}/templates/`"
        )


def _texts(data: bytes, path: str) -> tuple[dict[str, str], list[Diagnostic]]:
    """Read the texts of a language: a TOML file of `"text" = "its translation"`."""
    text, values, wrong = read_toml(data, path)
    if wrong is not None:
        return {}, [wrong]
    texts = {key: value for key, value in values.items() if isinstance(value, str)}
    if len(texts) == len(values):
        return texts, []
    places = locate(text)
    return texts, [
        diagnostic("config-value", f"The translation of `{key}` is not a text", path, *places.of_value((key,)), hint="write it in quotes")
        for key in values
        if key not in texts
    ]
