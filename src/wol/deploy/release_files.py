"""The files to publish: their digests, and their bytes, which are what was built or an error."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from pathlib import Path

import msgspec

from wol import digest
from wol.errors import WolError, diagnostic
from wol.model.target import Role


class FileInfo(msgspec.Struct, frozen=True, array_like=True):
    """The SHA-256 of a file, and its size in bytes."""

    digest: str
    size: int


class ReleaseFiles:
    """The files of a build: its folder, the digest and size of each file, and files that a target adds, which are in no folder.

    `assets` are the fingerprinted assets of themes, as the build recorded them: only their names change with their bytes, whatever other names
    look like. `roles` say what files are, as planned (`wol.model.target.Role`); many have none.
    """

    def __init__(
        self,
        folder: Path,
        files: Mapping[str, FileInfo],
        added: Mapping[str, bytes] | None = None,
        assets: Collection[str] = (),
        roles: Mapping[str, Role] = {},
    ) -> None:
        self.folder = folder
        self.assets = frozenset(assets)
        self.roles = roles
        self._added = {path: data for path, data in (added or {}).items() if path not in files}
        self.files = {**files, **{path: FileInfo(digest.of_bytes(data), len(data)) for path, data in self._added.items()}}

    def with_added(self, added: Mapping[str, bytes]) -> ReleaseFiles:
        """Return the same files and more; one that is there already stays as it is."""
        return ReleaseFiles(self.folder, self.files, {**added, **self._added}, self.assets, self.roles) if added else self

    @property
    def feeds(self) -> frozenset[str]:
        """The paths of feeds."""
        return frozenset(path for path, role in self.roles.items() if role == "feed" and path in self.files)

    @property
    def late(self) -> frozenset[str]:
        """The paths of files that tell programs of others, and so come last: feeds, sitemaps and the like."""
        return frozenset(path for path, role in self.roles.items() if role in ("feed", "crawler"))

    @property
    def built(self) -> dict[str, FileInfo]:
        """The files that the build made, without those that a target adds."""
        return {path: piece for path, piece in self.files.items() if path not in self._added}

    def read(self, path: str) -> bytes:
        """Return the bytes of a file; raises WolError (deploy-changed) if they are not what was built."""
        if path in self._added:
            return self._added[path]
        try:
            data = (self.folder / path).read_bytes()
        except OSError:
            data = None
        if data is None or digest.of_bytes(data) != self.files[path].digest:
            raise WolError(diagnostic("deploy-changed", f"`{self.folder.name}/{path}` changed while it was being deployed"))
        return data
