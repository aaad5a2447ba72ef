"""Releases side by side in a folder of another machine, as `wol.deploy.layout` has them here: scripts that run there, and what they print.

They need what a GNU system has: `mv -T`, `find -printf`, `cp --parents`, `sha256sum -z`. Each step leaves the old site or the new one.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager

import msgspec

from wol.deploy import lease
from wol.deploy.damage import EntryState, damage, foreign
from wol.deploy.deploy_plan import LiveState
from wol.deploy.deploy_target import KeptRelease, TargetContext
from wol.deploy.lease import Lease
from wol.deploy.release import Release, decode, encode, is_id, worth_keeping
from wol.deploy.ssh import SshHost
from wol.errors import Diagnostic, WolError, diagnostic

_STRANGE = r"""
if [ -e current ] || [ -L current ]; then
    case $(readlink current) in releases/*|"$(pwd -P)"/releases/*) ;; *) printf 'strange\0'; exit 0 ;; esac
fi
"""
_LOOK = (
    'cd -- "$1" 2>/dev/null || exit 0'
    + _STRANGE
    + r"""
id=$(readlink current) && id=${id##*/} && printf 'current %s\0' "$id"
for one in releases/* lists/*; do [ -e "$one" ] && printf 'name %s\0' "$one"; done
for one in lists/*; do [ -e "$one" ] && printf 'end %s %s\0' "${one#lists/}" "$(tail -n 1 "$one")"; done
[ -z "$2" ] || [ "$2" = live ] || id=$2
for one in "lists/$id" "lists/$id.next"; do [ -f "$one" ] && printf 'list %s\0' "$(cat "$one")" && break; done
if [ -n "$2" ] && [ -n "$id" ] && cd "releases/$id" 2>/dev/null; then
    find . -printf 'entry %y %m %P\0'
    find . -type f -print0 | xargs -0 -r sha256sum -z --
fi
exit 0
"""
)
_TAKE = (
    r"""
top=$1
for one in "${top%/*}" "$top" "$top/releases"; do [ -z "$one" ] || [ -d "$one" ] || { mkdir -p -- "$one" && chmod 755 -- "$one"; } || exit 1; done
mkdir -p -- "$1/lists" && cd -- "$1" || exit 1
"""
    + _STRANGE
    + r"""
cat > lock.$$.tmp || exit 1
if [ -n "$2" ] && mv lock lock.$$.old 2>/dev/null; then
    [ "$(cat lock.$$.old)" = "$2" ] || ln lock.$$.old lock
    rm -f lock.$$.old
fi
if ln lock.$$.tmp lock 2>/dev/null; then printf ok; else cat lock; fi
rm -f lock.$$.tmp
"""
)
_RENEW = r"""
cd -- "$1" && [ "$(cat lock)" = "$2" ] && cat > lock.$$.tmp && mv lock.$$.tmp lock
"""
_LEAVE = r"""
cd -- "$1" && if [ "$(cat lock)" = "$2" ]; then rm lock; fi
"""
_COPY = r"""
cd -- "$1/releases/$3" && xargs -0 -r cp -a --reflink=auto --parents -t "../$2.tmp" --
"""
_SWITCH = r"""
[ -d "releases/$id" ] && ln -sfn "releases/$id" current.$$.tmp && mv -T current.$$.tmp current || exit 1
if [ -f "lists/$id.next" ]; then mv "lists/$id.next" "lists/$id"; fi
"""
_SETTLE = r"""
if [ -n "$old" ] && [ -f "lists/$old.next" ]; then mv "lists/$old.next" "lists/$old"; fi
"""
_CLEAN = r"""
for one; do
    if [ -d "releases/$one" ]; then rm -rf "releases/$one.tmp"; mv -T "releases/$one" "releases/$one.tmp"; fi
    rm -rf "releases/$one.tmp"
    rm -f "lists/$one" "lists/$one.next" "lists/$one.tmp"
done
rm -f current.*.tmp lock.*.tmp lock.*.old
"""
_CHECK = r"""
if [ -d "releases/$id.tmp" ]; then
    cat > "lists/$id.tmp" && cd "releases/$id.tmp" && chmod 755 . &&
    sed -n 's/^[-0-9]*\t\([0-9a-f]*\)\t/\1  /p' "../../lists/$id.tmp" | sha256sum --check --quiet --strict - &&
    cd ../.. && mv "lists/$id.tmp" "lists/$id.next" && mv -T "releases/$id.tmp" "releases/$id" || exit 1
fi
"""
_FINISH = 'cd -- "$1" && id=$2 old=$3 && shift 3 || exit 1' + _CHECK + _SETTLE + _SWITCH + _CLEAN
_BACK = 'cd -- "$1" && id=$2 || exit 1' + _SWITCH
_TIDY = 'cd -- "$1" 2>/dev/null && old=$2 && shift 2 || exit 0' + _SETTLE + _CLEAN


def unfinished(identity: str) -> str:
    """Return the folder of a release that is not whole yet, below that of the target."""
    return f"releases/{identity}.tmp"


class RemoteState(msgspec.Struct, frozen=True):
    """The state of the folder: the present release (empty: none), all names of releases and lists, how many files each whole list has, the present
    list, and if that was asked for, what there is in its folder.
    """

    current: str = ""
    names: frozenset[str] = frozenset()
    counts: dict[str, int] = {}
    release: Release | None = None
    entries: dict[str, EntryState] = {}

    @property
    def whole(self) -> list[str]:
        """Name the releases that can be gone back to, the oldest first."""
        there = {name.removeprefix("releases/") for name in self.names if name.startswith("releases/")}
        return sorted(name for name in there if is_id(name) and (name in self.counts or (name == self.current and self.release)))


class RemoteLayout:
    """A folder of releases on another machine."""

    def __init__(self, context: TargetContext, remote: SshHost) -> None:
        self._context = context
        self._remote = remote
        self._lease = Lease.new()
        self._note = ""
        self._state = RemoteState()

    @contextmanager
    def lock(self) -> Iterator[None]:
        """Hold the lock: a file there with who holds it. Raises WolError (deploy-locked)."""
        stale = ""
        for _ in range(2):
            answer = self._remote.run(_TAKE, stale, data=self._lease.encode())
            if answer == b"ok":
                break
            if answer == b"strange\0":
                raise WolError(self._strange())
            lease.refuse(self._context, lease.decode(answer))
            stale = answer.decode("utf-8", "replace")
        else:
            raise WolError(self._context.changed_meanwhile())
        self._note = self._lease.encode().decode()
        try:
            yield
        finally:
            self._remote.run(_LEAVE, self._note)

    def renew(self) -> None:
        """Renew the lease of this deploy; raises WolError if another has taken over."""
        if self._lease.is_due:
            self._lease = self._lease.again()
            self._remote.run(_RENEW, self._note, data=self._lease.encode())
            self._note = self._lease.encode().decode()

    def _strange(self) -> Diagnostic:
        message = f"`{self._remote.path}/current` there is not a link that wol made"
        return self._context.failed(message, "move it away, or name another folder in `path`")

    def inspect(self, among: str = "") -> RemoteState:
        """Inspect what is there, changing nothing; with `live` or the name of a release, read all files of that one too."""
        current, release = "", None
        names, counts, entries = set(), {}, {}
        for line in self._remote.run(_LOOK, among).decode("utf-8", "surrogateescape").split("\0")[:-1]:
            word, _, rest = line.partition(" ")
            if word == "strange":
                raise WolError(self._strange())
            if word == "current" and is_id(rest):
                current = rest
            elif word == "name":
                names.add(rest)
            elif word == "end":
                name, _, end = rest.partition(" ")
                if is_id(name) and end.startswith("# ") and end.endswith(" files"):
                    counts[name] = int(end.split()[1])
            elif word == "list":
                release = decode(f"{rest}\n".encode("utf-8", "surrogateescape"))
            elif word == "entry":
                sort, mode, path = rest.split(" ", 2)
                entries[path] = EntryState(sort, int(mode, 8) & 0o777)
            elif rest.startswith(" ./") and rest[3:] in entries:
                entries[rest[3:]] = msgspec.structs.replace(entries[rest[3:]], digest=word)
        wanted = current if among in ("", "live") else among
        release = release if release is not None and release.id == wanted else None
        state = RemoteState(current, frozenset(names), counts, release, entries)
        if wanted == current:
            self._state = state
        return state

    def live(self) -> LiveState:
        """Inspect what readers see, and read all of it there; files beside those of wol are somebody else's."""
        state = self.inspect("live")
        release = state.release
        if release is None or state.current not in state.whole:
            return LiveState(warnings=tuple(self._unlisted(state)))
        others = foreign(release.files, state.entries)
        return LiveState(release.id, release.files, release.carried, others, release.assets, damage(release.files, state.entries))

    def _unlisted(self, state: RemoteState) -> Iterator[Diagnostic]:
        """Warn of a live release of which only the name is left."""
        if state.current:
            message = f"The release that is live at `{self._context.name}`, {state.current}, or its list there is missing; all files are published again"
            yield diagnostic("deploy-record", message, notes=["What others put there is not taken over."])

    def damaged(self, identity: str) -> Mapping[str, str]:
        """Return the files of a release that are not as they were published."""
        state = self.inspect(identity)
        return damage(state.release.files, state.entries) if state.release is not None else {}

    def kept(self) -> Sequence[KeptRelease]:
        """Return the releases that are whole, the newest first."""
        state = self.inspect()
        count = len(state.release.files) if state.release else 0
        return [KeptRelease(name, state.counts.get(name, count), name == state.current) for name in reversed(state.whole)]

    def copy(self, identity: str, before: str, paths: Iterable[str]) -> None:
        """Take files of the release before into a new one."""
        names = [path.encode("utf-8", "surrogateescape") + b"\0" for path in sorted(paths)]
        if names:
            self._remote.run(_COPY, identity, before, data=b"".join(names))

    def finish(self, release: Release, keep: int) -> None:
        """Compare all files of a new release with their digests there, let readers see it, and tidy up."""
        gone = self._gone([*self._state.whole, release.id], release.id, keep)
        self._remote.run(_FINISH, release.id, self._state.current, *gone, data=encode(release))

    def switch(self, identity: str) -> None:
        """Let readers see a release that is there."""
        self._remote.run(_BACK, identity)

    def clean_up(self, keep: int) -> None:
        """Remove what killed or failed runs left, and the oldest releases but for `keep`; the one that readers see always stays."""
        self._remote.run(_TIDY, self._state.current, *self._gone(self._state.whole, self._state.current, keep))

    def _gone(self, whole: Sequence[str], current: str, keep: int) -> list[str]:
        stays = worth_keeping(reversed(whole), current, keep)
        names = {name.rpartition("/")[2].removesuffix(".tmp").removesuffix(".next") for name in self._state.names}
        return sorted(name for name in names if is_id(name) and name not in stays)
