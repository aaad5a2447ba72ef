"""Which features a site has: the built-in ones, by import string, and those of the plugins that `site.toml` names."""

from __future__ import annotations

import importlib
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path
from types import ModuleType
from typing import Any

import msgspec

from wol.codes import CODES
from wol.errors import Diagnostic, WolError, diagnostic, did_you_mean
from wol.model.commands import CORE_COMMANDS
from wol.model.config import Config
from wol.model.feature import Feature
from wol.model.plugin_errors import MIGRATION_HINT, OldPluginError, is_of_plugin, told
from wol.model.settings_table import SettingsTable

BUILT_IN: tuple[str, ...] = (
    "items",
    "home",
    "archives",
    "notes",
    "taxonomies",
    "series",
    "feeds",
    "enclosures",
    "redirects",
    "sitemap",
    "robots",
    "not_found",
    "assets",
    "highlight",
    "static",
    "attachments",
    "mark",
    "backlinks",
    "now",
    "reading_list",
    "emptied_lists",
)
"""Packages of `wol.features`, each with a declaration `feature`."""


def load(config: Config, root: Path) -> list[Feature]:
    """Return the features of a site in the order in which they are asked, with stand-ins for those that are off; raises WolError (plugin-failed, config-unknown, config-value).

    Modules of plugins are looked for in the site's folder too.
    """
    features = declared()
    if config.build.plugins:
        features += _plugins(config, root)
    wrong = [*_wrong_switches(config, root, {f.name: f.switchable for f in features}), *_unknown_codes(config, root)]
    if wrong:
        raise WolError(wrong)
    switched = [f if config.features.get(f.name, True) else f.switched_off() for f in features]
    _refuse_clashes(switched)
    return switched


def _refuse_clashes(features: Iterable[Feature]) -> None:
    """Raise WolError (plugin-failed) where two features bring a command of one name, or one brings a command that wol has itself."""
    owners: dict[str, str] = {}
    for feature in features:
        for name in feature.commands:
            owner = owners.setdefault(name, feature.name)
            if name in CORE_COMMANDS or owner != feature.name:
                other = "wol itself" if name in CORE_COMMANDS else f"the feature `{owner}`"
                message = f"The feature `{feature.name}` brings the command `{name}`, and so does {other}"
                raise WolError(
                    diagnostic("plugin-failed", message, hint="rename the command, or switch one of the features off in `[features]`")
                )


def declared() -> list[Feature]:
    """Return the declarations of all built-in features: data alone; nothing of what a feature does is imported for it."""
    return [_built_in(name) for name in BUILT_IN]


def tables() -> dict[str, SettingsTable]:
    """Return the tables of `site.toml` that built-in features declare."""
    from wol.config.declared_tables import tables_of

    return tables_of(declared())


def _wrong_switches(config: Config, root: Path, names: Mapping[str, bool]) -> Iterator[Diagnostic]:
    """Tell of names in `[features]` that no feature has, and of those that cannot be switched off."""
    for name, wanted in config.features.items():
        if name in names and (wanted or names[name]):
            continue
        from wol.config.load import NAME, read
        from wol.config.locate import locate
        from wol.config.syntax import decode

        line, column = locate(decode(read(root))).of_key(("features", name))
        if name in names:
            yield diagnostic("config-value", f"The feature `{name}` cannot be switched off", NAME, line, column, hint="remove the line")
        else:
            hint = did_you_mean(name, names)
            yield diagnostic("config-unknown", f"There is no feature `{name}` to switch in `[features]`", NAME, line, column, hint=hint)


def _unknown_codes(config: Config, root: Path) -> Iterator[Diagnostic]:
    """Tell of codes in `[check] allow` that neither wol nor any feature has."""
    for number, entry in enumerate(config.check.allow):
        meant = did_you_mean(entry.code, CODES)
        if entry.code in CODES or (config.build.plugins and not meant):
            continue  # rules of plugins may report by codes that they do not declare
        from wol.config.load import NAME, read
        from wol.config.locate import locate
        from wol.config.syntax import decode

        line, column = locate(decode(read(root))).of_value(("check", "allow", number, "code"))
        hint = meant or "write the code that stands in brackets after `warning` or `error`"
        message = f"`code` of entry {number + 1} of `allow` in `[check]` is `{entry.code}`, which is no code"
        yield diagnostic("config-value", message, NAME, line, column, hint=hint)


def _built_in(name: str) -> Feature:
    feature: Feature = importlib.import_module(f"wol.features.{name}").feature
    return feature


def targets(config: Config, root: Path) -> dict[str, Callable[[Any], Any]]:
    """Give the types of deploy targets that plugins add: name to what makes a `wol.deploy.deploy_target.DeployTarget`; raises WolError (plugin-failed)."""
    found: dict[str, Callable[[Any], Any]] = {}
    from wol.engine.protocol.result_types import target_types

    for _, given in _given(config, root, "wol_targets", target_types):
        found |= given
    return found


def _plugins(config: Config, root: Path) -> Iterable[Feature]:
    for plugin, given in _given(config, root, "wol_features", _checked):
        yield from (msgspec.structs.replace(feature, plugin=plugin) for feature in given)


def _checked(given: object) -> list[Feature]:
    from wol.engine.protocol import declared_types
    from wol.engine.protocol.type_checks import several

    return [declared_types.feature(one) for one in several(given, "`wol_features`")]


def _code_of(plugin: object) -> str:
    """Return the module that stands for a plugin's code: its package from the top, if that is one; empty for a plugin of wol's own."""
    name: str = plugin.__name__ if isinstance(plugin, ModuleType) else getattr(plugin, "__module__", "") or type(plugin).__module__
    top = name.partition(".")[0]
    if top == "wol":
        return ""
    return top if getattr(sys.modules.get(top), "__file__", None) else name


def _given(config: Config, root: Path, hook: str, check: Callable[[Any], Any]) -> Iterable[tuple[str, Any]]:
    """Load each plugin by a manager of its own, so that what fails can be named, and give its code's name with what a hook of it gives, checked."""
    from wol.features.hooks import manager

    if str(root) not in sys.path:
        sys.path.append(str(root))
    for name in config.build.plugins:
        try:
            plugins = manager()
            plugin = _module(name)
            plugins.register(plugin, name)
            found = [check(given) for given in getattr(plugins.hook, hook)(config=config)]
        except WolError:
            raise
        except ModuleNotFoundError as error:
            if error.name != name.partition(".")[0] and error.name != name:
                raise WolError(_failed(name, error)) from error
            message = f"There is no plugin or module `{name}`"
            hint = f"install it, or put `{name.replace('.', '/')}.py` beside `site.toml`"
            raise WolError(diagnostic("plugin-failed", message, "site.toml", hint=hint)) from error
        except BaseException as error:
            if not is_of_plugin(error):
                raise
            raise WolError(_failed(name, error)) from error
        yield from ((_code_of(plugin), given) for given in found)


def _failed(name: str, error: BaseException) -> Diagnostic:
    if isinstance(error, OldPluginError):
        return diagnostic(
            "plugin-failed", f"The plugin `{name}` was written for API 1 of plugins: {error}", "site.toml", hint=MIGRATION_HINT
        )
    return diagnostic("plugin-failed", f"The plugin `{name}` could not be loaded: {told(error)}", "site.toml")


def _module(name: str) -> object:
    """Find a plugin: the entry point of that name in the group `wol.plugins`, else the module."""
    from importlib.metadata import entry_points

    for point in entry_points(group="wol.plugins", name=name):
        found: object = point.load()
        return found
    module = importlib.import_module(name)
    if getattr(module, "__file__", None) is None:  # any folder of that name, such as one of the site, passes for a package
        raise ModuleNotFoundError(f"No module named {name!r}", name=name)
    return module
