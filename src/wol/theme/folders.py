"""Finding the folders of the themes that a site uses, the first one first."""

from __future__ import annotations

import importlib.util
import os
from collections.abc import Iterable
from pathlib import Path
from typing import NamedTuple

import wol
from wol.errors import Diagnostic, WolError, diagnostic, did_you_mean
from wol.model.feature import Feature

DEFAULT = "default"
PACKAGED = "<default>"
"""Name of the theme that comes with wol, beneath all others but those of features; a site's own `themes/default` is `default`."""


class ThemeFolder(NamedTuple):
    """One theme of the search path.

    `name` is unique and names its files in `Tree.theme`; `label` is what `Source.path` of its files begins with.
    """

    name: str
    path: Path
    label: str


def default_theme_folder() -> Path:
    """Return the folder of the theme that comes with wol: beside the code where wol is installed, `themes/default` in a checkout."""
    package = Path(wol.__file__).parent
    installed = package / "themes" / DEFAULT
    return installed if installed.is_dir() else package.parents[1] / "themes" / DEFAULT


def feature_theme_folder(feature: Feature) -> ThemeFolder:
    """Return the theme that a feature brings; raises ValueError with the rest of a sentence where it is not a folder that can be used."""
    label = f"<{feature.name}>"
    if label in (PACKAGED, "<virtual>") or any(char in feature.name for char in "/\\\0<>"):
        raise ValueError(f"and the name of the feature, `{feature.name}`, cannot be that of a theme")
    if os.path.isabs(feature.theme):
        folder = Path(feature.theme)
    else:
        module, _, inside = feature.theme.partition(":")
        folder = _package_folder(module) / inside
    if not folder.is_dir():
        raise ValueError(f"and `{folder}` is not a folder")
    return ThemeFolder(label, folder, label)


def _package_folder(module: str) -> Path:
    """Return the folder of a package, or the folder in which a module of one file is; raises ValueError."""
    try:
        spec = importlib.util.find_spec(module)
    except (ImportError, ValueError):
        spec = None
    if spec is None:
        raise ValueError(f"and there is no package `{module}`")
    places = list(spec.submodule_search_locations or ())
    if places:
        return Path(places[0])
    if not spec.origin:
        raise ValueError(f"and `{module}` is not in a folder")
    return Path(spec.origin).parent


def theme_folders(root: Path, use: Iterable[str], features: Iterable[Feature] = ()) -> tuple[ThemeFolder, ...]:
    """Return the search path: each theme of `[theme] use` in turn, then the default one, then those that features bring.

    A site's own `themes/default` comes before the packaged one. Raises WolError (theme-missing) for every theme that is not there.
    """
    themes = root / "themes"
    found: list[ThemeFolder] = []
    missing: list[Diagnostic] = []
    for place, name in enumerate(use):
        if name == DEFAULT or any(name == theme.name for theme in found):
            continue
        folder = themes / name
        if _is_name(name) and os.path.isdir(folder):
            found.append(ThemeFolder(name, folder, f"themes/{name}"))
        else:
            missing.append(_missing(root, name, place))
    if missing:
        raise WolError(missing)
    brought = [feature_theme_folder(feature) for feature in features if feature.theme]
    own, packaged = themes / DEFAULT, default_theme_folder()
    if not os.path.isdir(own) and _is_there(own):
        message = (
            f"`themes/{DEFAULT}` is there and cannot be read as a folder: the site would get the look of the theme that comes with wol"
        )
        raise WolError(diagnostic("source-unreadable", message, f"themes/{DEFAULT}", hint="restore it, or remove it"))
    if own.is_dir() and own.resolve() == packaged.resolve():
        return (*found, ThemeFolder(PACKAGED, own, f"themes/{DEFAULT}"), *brought)
    if own.is_dir():
        found.append(ThemeFolder(DEFAULT, own, f"themes/{DEFAULT}"))
    return (*found, ThemeFolder(PACKAGED, packaged, PACKAGED), *brought)


def _is_there(place: Path) -> bool:
    """Return whether something is at a place, or nobody can say."""
    try:
        os.lstat(place)
    except (FileNotFoundError, NotADirectoryError):
        return False
    except OSError:
        return True
    return True


def _is_name(name: str) -> bool:
    return bool(name) and not name.startswith(("!", ".", "<")) and not any(char in name for char in "/\\\0")


def _missing(root: Path, name: str, place: int) -> Diagnostic:
    from wol.config.locate import locate

    try:
        text = (root / "site.toml").read_text("utf-8-sig")
    except (OSError, UnicodeDecodeError):
        text = ""
    line, column = locate(text.replace("\r\n", "\n")).of_value(("theme", "use", place))
    if not _is_name(name):
        return diagnostic(
            "theme-missing", f"`{name}` cannot be the name of a theme: it is a folder in `themes/`", "site.toml", line, column
        )
    try:
        there = sorted(p.name for p in (root / "themes").iterdir() if p.is_dir())
    except OSError:
        there = []
    hint = did_you_mean(name, [*there, DEFAULT])
    return diagnostic(
        "theme-missing", f"There is no theme `{name}`: `themes/{name}/` is not a folder", "site.toml", line, column, hint=hint
    )
