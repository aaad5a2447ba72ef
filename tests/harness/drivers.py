"""Ways to build a site: a new build in this process, a session that lives long, a process of its own, and one that is killed on the way."""

from __future__ import annotations

import json
import os
import sys
import warnings
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from itertools import count
from pathlib import Path
from typing import Any

import pytest

from harness.onlooker import Onlooker
from harness.processes import NO_PRIVILEGES
from harness.site import Site, request
from harness.world import LARGE
from wol import clock, fsio
from wol.cli.json_output import diagnostics_data
from wol.deploy.deployment import DeployRequest, deploying
from wol.engine.session import Session
from wol.errors import Diagnostic, WolError
from wol.features import registry
from wol.model.site import Profile
from wol.model.target import BuildReport

LIMIT = f"from wol.content import scan; scan.TOO_LARGE = {LARGE}"

LOOKED_AT = ("notes/one/index.html", "index.html", "feed.xml", "about/index.html", "tags/red/index.html")
"""What a session's previews are looked at."""

REASONS = frozenset({"new", "planned", "dependency", "fragment", "missing", "tampered"})
"""Why a target may be rendered where nobody asks for all of them."""


@dataclass(frozen=True, slots=True)
class Done:
    """What a build told, whoever ran it. `errors` are sorted; where there are any, nothing else is."""

    errors: tuple[str, ...] = ()
    diagnostics: tuple[str, ...] = ()
    """Sorted, as often as they are told."""
    outcomes: tuple[tuple[str, str, str, bool], ...] = ()
    """Path, code of the reason, detail, and whether bytes were written."""
    removed: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Options:
    """What a build is asked for."""

    at: int
    jobs: int = 1
    profile: Profile = "release"
    adopt: bool = False

    def typed(self) -> dict[str, Any]:
        """Give them as fields of a request."""
        shown = self.profile != "release"
        typed = {"at": self.at, "jobs": self.jobs, "drafts": shown, "future": shown, "adopt": self.adopt}
        return {**typed, "preview": True} if self.profile == "preview" else typed


Driver = Callable[[Path, Options], Done]


def told(found: dict[str, Any]) -> str:
    """Give a diagnostic as a line that can be compared; its fix follows from the hint and from the file."""
    return json.dumps({name: value for name, value in found.items() if name != "fix"}, sort_keys=True, ensure_ascii=False)


def _lines(found: Iterable[Diagnostic]) -> list[str]:
    return [told(json.loads(json.dumps(data))) for data in diagnostics_data(found, None)]


def _attempt(build: Callable[[], BuildReport]) -> Done:
    try:
        report = build()
    except WolError as error:
        return Done(errors=tuple(sorted(_lines(error.diagnostics))))
    outcomes = tuple((o.path, o.reason.code, o.reason.detail, o.written) for o in report.outcomes)
    assert report.rendered == len(outcomes)
    return Done((), tuple(sorted(_lines(report.diagnostics))), outcomes, report.removed)


def fresh(root: Path, options: Options) -> Done:
    """Build as a new `build()` in this process does."""
    return _attempt(lambda: Site.at(root).build(**options.typed()))


def long_lived() -> Driver:
    """Give a driver that keeps one session for as long as it lives, as watch mode does, with somebody who looks at its previews."""
    session = Session(registry.load)

    def build(root: Path, options: Options) -> Done:
        ahead = Onlooker(LOOKED_AT) if options.profile == "preview" else None
        done = _attempt(lambda: session.build(request(root, ahead=ahead, **options.typed())))
        if ahead is not None and not done.errors:
            written = {path for path, *_, is_written in done.outcomes if is_written}
            assert set(ahead.files) >= written, "all that is written is told"
            assert all((root / ".wol/preview" / path).read_bytes() == ahead.files[path] for path in written), "it is told as it will be"
        return done

    return build


@dataclass(frozen=True, slots=True)
class Process:
    """The command `wol build` in a process of its own, with its own hash seed, zone and locale."""

    seed: int
    zone: str
    locale: str
    home: Path
    before: str = field(default=f"import sys; sys.path.insert(0, {str(Path(__file__).parents[1])!r})\n{NO_PRIVILEGES}\n{LIMIT}")

    def __call__(self, root: Path, options: Options) -> Done:
        moment = datetime.fromtimestamp(options.at / 1_000_000, UTC).isoformat()
        words = ["--at", moment, "--jobs", str(options.jobs), "--format", "json", "--explain"]
        words += {"release": [], "drafts": ["--drafts", "--future"]}[options.profile]
        words += ["--adopt"] if options.adopt else []
        variables = {
            "PYTHONHASHSEED": str(self.seed),
            "TZ": self.zone,
            "LC_ALL": self.locale,
            "HOME": str(self.home),
            "TMPDIR": str(self.home),
        }
        done = Site.at(root).process("build", *words, before=self.before, **variables)
        stdout, stderr = done.communicate(timeout=200)
        assert not stderr, f"wol build broke off: {stderr}"
        said = json.loads(stdout)
        lines = [told(found) for found in said["diagnostics"]]
        if not said["ok"]:
            return Done(errors=tuple(sorted(lines)))
        outcomes = tuple((o["path"], o["reason"], o["detail"], o["written"]) for o in said["outcomes"])
        return Done((), tuple(sorted(lines)), outcomes, tuple(said["removals"]))


CHANGES = ("append", "write", "place", "place_folder", "replace", "write_pieces", "remove", "remove_tree")
"""The functions of `fsio` that change something."""


def killed(root: Path, options: Options, after: int, only: str = "") -> bool:
    """Build in a forked process that is killed before it changes its (after + 1)th file; tells whether it lived that long.

    `only` counts one function of `fsio` alone: `place` kills among the files that are put in their places.
    """
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)  # the fork of a process with threads; the child starts none
        child = os.fork()
    if child == 0:
        left = after

        def dying(change: Callable[..., Any]) -> Callable[..., Any]:
            def call(*arguments: Any, **named: Any) -> Any:
                nonlocal left
                if left == 0:
                    os._exit(9)
                left -= 1
                return change(*arguments, **named)

            return call

        try:
            for name in [only] if only else CHANGES:
                setattr(fsio, name, dying(getattr(fsio, name)))
            fresh(root, options)
        finally:
            os._exit(0)
    _, status = os.waitpid(child, 0)
    return os.waitstatus_to_exitcode(status) == 9


def full(root: Path, options: Options, after: int) -> Done:
    """Build on a disk that is full after some files, and give what the build told."""
    left = after
    kept = {name: getattr(fsio, name) for name in ("write", "place", "replace", "write_pieces", "append")}

    def failing(change: Callable[..., Any]) -> Callable[..., Any]:
        def call(*arguments: Any, **named: Any) -> Any:
            nonlocal left
            left -= 1
            if left < 0:
                raise OSError(28, "No space left on device", str(arguments[0]))
            return change(*arguments, **named)

        return call

    try:
        for name, change in kept.items():
            setattr(fsio, name, failing(change))
        return fresh(root, options)
    finally:
        for name, change in kept.items():
            setattr(fsio, name, change)


def deployed(root: Path, moment: int) -> None:
    """Deploy the last release build to the folder target, at a time; whatever may vanish there."""
    ticks = count(moment, 1000)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(clock, "now", lambda: next(ticks))
        with deploying(DeployRequest(root, yes_delete=1 << 30), registry.load, lambda config, root: {}, None) as deployment:
            deployment.publish(lambda *told: None)


def scratch() -> Path:
    """Give where sites are built: in memory where that is possible, since each build waits for its disk."""
    memory = Path("/dev/shm")
    return memory if memory.is_dir() and os.access(memory, os.W_OK) else Path(os.environ.get("TMPDIR", "/tmp"))


assert sys.version_info >= (3, 11)
