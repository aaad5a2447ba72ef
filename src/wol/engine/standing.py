"""What stands in the output, held against what the last build left there: looked at when it is first asked, since it takes long."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property

from wol.engine import commit, disk, owned
from wol.engine.folders import Folders
from wol.engine.state import Output, State


class Standing:
    """The output before a build."""

    def __init__(self, place: Folders, state: State, *, verify: bool = False) -> None:
        self._place = place
        self._state = state
        self._verify = verify

    @cached_property
    def _found(self) -> tuple[Mapping[str, str], Mapping[str, Output]]:
        return disk.damage(self._place.output, self._state.outputs, self._left_ns)

    @property
    def damaged(self) -> Mapping[str, str]:
        """The files that are `missing` or `tampered`."""
        return self._found[0]

    @property
    def touched(self) -> Mapping[str, Output]:
        """The files of which only the time is another, as they are now."""
        return self._found[1]

    @cached_property
    def _left_ns(self) -> int:
        """When the last commit was done; 0 where no stamp is to be trusted."""
        return 0 if self._verify else commit.done_ns(self._place.state)

    @cached_property
    def is_ours(self) -> bool:
        """Whether the list of what wol owns is the one that the last build left."""
        return owned.identity(self._place.state / "owned") == self._state.section("owned", str, "?")

    @property
    def is_as_left(self) -> bool:
        """Whether nothing at all has happened to it."""
        return self.is_ours and not self.damaged and not self.touched

    def digest(self, path: str) -> str:
        """Give the digest of one file, if it is good; looks at no other."""
        was = self._state.outputs.get(path)
        return was.digest if was is not None and not disk.damage(self._place.output, {path: was}, self._left_ns)[0] else ""
