"""The folders and files to watch for a site, from its settings."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from pathlib import Path

import wol
from wol import digest
from wol.config.load import NAME, read
from wol.engine import prepare, toolchain
from wol.engine.workspace import records
from wol.errors import WolError
from wol.features import registry
from wol.model.config import Config, SiteConfig
from wol.model.ledger import PATH
from wol.theme.folders import default_theme_folder, feature_theme_folder
from wol.watch.messages import WatchedFolder, WatchedPaths


class LiveSettings:
    """The settings of a site, reloaded when site.toml changes; the last valid ones while it has errors."""

    def __init__(self, root: Path) -> None:
        self._root = root
        self._code = toolchain.fingerprint()
        self._digest = ""
        self.config = Config(site=SiteConfig(title="", base_url=""))

    def update(self) -> bool:
        """Reload them if site.toml has changed; returns whether it is valid."""
        try:
            new_digest = digest.of_bytes(read(self._root))
            if new_digest != self._digest:
                self.config, self._digest, _ = prepare.read_config(self._root, self._code, records(self._root))
        except WolError:
            return False
        return True


def plugin_themes(root: Path, config: Config) -> tuple[Path, ...]:
    """Return the folders of the themes that plugins bring; none while a plugin cannot be loaded."""
    if not config.build.plugins:
        return ()
    try:
        return tuple(feature_theme_folder(feature).path for feature in registry.load(config, root) if feature.theme)
    except WolError:
        return ()


def watched_paths(root: Path, config: Config, code: Iterable[str] = ()) -> WatchedPaths:
    """Return what to watch for a site; `code` are the Python files that its plugins use."""
    trees = [WatchedFolder(_real(root / config.content.folder), "content")]
    trees += [WatchedFolder(_real(root / folder), "static") for folder in config.content.static.values()]
    themes = [root / "themes" / name for name in (*config.theme.use, "default") if name and os.sep not in name]
    trees += [WatchedFolder(_real(theme), "theme") for theme in (*themes, default_theme_folder(), *plugin_themes(root, config))]
    package = _real(Path(wol.__file__).parent)
    plugins = [name.replace(".", "/") for name in config.build.plugins]  # also of those that cannot be loaded as they are
    trees += [WatchedFolder(package, "code"), *(WatchedFolder(_real(root / path.partition("/")[0]), "code") for path in plugins)]
    named = [f"{path}{ending}" for path in plugins for ending in ("", ".py")]
    named += [config.content.folder, *config.content.static.values(), *(f"themes/{theme.name}" for theme in themes), NAME, PATH]
    entries = [entry for path in named for entry in _steps(root, path)]
    entries += [_real(Path(file)) for file in code if not _real(Path(file)).startswith(package + os.sep)]
    return WatchedPaths(tuple(dict.fromkeys(trees)), tuple(dict.fromkeys(entries)))


def _steps(root: Path, path: str) -> Iterator[str]:
    """Yield each path from the site's folder to a path in it, and the target of a link at its end."""
    place = root
    for part in Path(path).parts:
        place = place / part
        yield os.path.join(_real(place.parent), place.name)
    yield _real(place)


def _real(path: Path) -> str:
    return os.path.realpath(path)
