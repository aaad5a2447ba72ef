"""Before a build: settings, features, folders, and what all of it is known by."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

import msgspec

from wol import clock, digest
from wol.engine import cache_files, toolchain
from wol.engine.protocol.feature_declarations import SiteFields, check_meanings, site_fields
from wol.engine.request import BuildRequest
from wol.engine.workspace import Folders, folders, records
from wol.errors import WolError, diagnostic
from wol.model.config import Config, SiteConfig
from wol.model.feature import Feature

if TYPE_CHECKING:
    from wol.config.declared_tables import Tables
    from wol.engine.jobs.remote import OpenRemote
    from wol.engine.toolchain import LoadedCode

LoadFeatures = Callable[[Config, Path], Sequence[Feature]]
"""Gives the features that a site (settings, folder) uses, built-in ones and plugins."""

UNWRITTEN = Config(site=SiteConfig(title="", base_url=""))
"""Settings before any are read: with them there are wol's own features alone."""

MAGIC = b"wol config 1\n"


class _Cached(msgspec.Struct, array_like=True):
    code: str
    digest: str
    config: Any


class Setup(msgspec.Struct, frozen=True):
    """All that is settled before anything is read.

    `written` are the settings as in site.toml, from which ids in feeds are made; `config` has the overrides of the command line. `remote` opens
    the workers of a cluster, where one is used. `load_features` is for a site that a build makes for itself (`wol.engine.unpublished.own_words`).
    """

    request: BuildRequest
    written: Config
    config: Config
    config_digest: str
    place: Folders
    features: tuple[Feature, ...]
    fields: SiteFields
    toolchain: str
    now: int
    jobs: int
    load_features: LoadFeatures
    remote: OpenRemote | None = None

    @property
    def options(self) -> str:
        seen = self.request.visibility
        return f"{self.config.site.base_url} {seen.drafts} {seen.future}"


def prepare(request: BuildRequest, load_features: LoadFeatures, loaded: LoadedCode | None = None) -> Setup:
    """Settle everything; raises WolError for errors in site.toml, plugins and the output folder, and OutdatedProcessError where `loaded` does."""
    code = toolchain.fingerprint(loaded)
    cache = records(request.root)
    written, config_digest, keep = read_config(request.root, code, cache, lambda: load_features(UNWRITTEN, request.root))
    features = tuple(load_features(overridden(written, request.base_url), request.root))
    written = completed(written, features, request.root, is_checked=keep is None)
    config = overridden(written, request.base_url)
    fields = site_fields(features, config)
    check_meanings(config, request.root, fields)
    plugins = tuple((f.name, f.version, f.plugin) for f in features if f.plugin)
    identity = toolchain.of_site(plugins, loaded, own=code)
    place = folders(request, config, cache)
    if keep is not None:
        keep()
    return Setup(
        request=request,
        written=written,
        config=config,
        config_digest=config_digest,
        place=place,
        features=features,
        fields=fields,
        toolchain=identity,
        now=clock.now() if request.at is None else request.at,
        jobs=config.build.jobs if request.jobs is None else request.jobs,
        load_features=load_features,
        remote=_remote(request, config, plugins, identity),
    )


def read_config(
    root: Path, code: str, cache: Path, built_in: Callable[[], Sequence[Feature]] | None = None
) -> tuple[Config, str, Callable[[], None] | None]:
    """Read site.toml, from the cache where it is unchanged so that its validator need not be loaded.

    Gives the settings, the digest of the file, and what puts them into the cache: to be called when it is known that anything may be written;
    None if they are from there. `built_in` gives the features that declare tables before any plugin is known; without it these are taken as they are.
    """
    from wol.config import load

    data = load.read(root)
    file_digest = digest.of_bytes(data)
    file = cache / "config"
    cached = cache_files.load(file, MAGIC, _Cached)
    if cached is not None and cached.code == code and cached.digest == file_digest:
        return load.restore(cached.config), file_digest, None
    config = load.parse(data, tables=_declared(built_in) if built_in is not None else None)

    def keep() -> None:
        with contextlib.suppress(OSError):
            cache_files.save(file, MAGIC, _Cached(code, file_digest, load.dump(config)))

    return config, file_digest, keep


def _declared(built_in: Callable[[], Sequence[Feature]]) -> Tables:
    from wol.config.declared_tables import tables_of

    return tables_of(built_in())


def completed(config: Config, features: Sequence[Feature], root: Path, *, is_checked: bool) -> Config:
    """Return the settings with the tables that plugins declare."""
    if not config.build.plugins:
        return config
    from wol.config import load
    from wol.config.declared_tables import complete

    return complete(config, features, lambda: load.read(root), is_checked=is_checked)


def overridden(config: Config, address: str | None) -> Config:
    """Return the settings with another `base_url`; raises WolError (config-value) if it cannot be one."""
    if address is None:
        return config
    from wol.config.load import base_url

    try:
        return msgspec.structs.replace(config, site=msgspec.structs.replace(config.site, base_url=base_url(address)))
    except ValueError as error:
        raise WolError(diagnostic("config-value", f"`--base-url {address}` cannot be used: {error}")) from error


def _remote(request: BuildRequest, config: Config, plugins: Sequence[tuple[str, str, str]], identity: str) -> OpenRemote | None:
    """Return the way to the cluster that the settings name; none where the command line says how many processes are used here."""
    if not config.build.executor or request.jobs is not None:
        return None
    from wol.engine.jobs import remote

    return partial(remote.open_cluster, config.build.executor, request.root, partial(toolchain.of_site, plugins), identity)
