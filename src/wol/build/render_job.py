"""The render job: outdated targets become artifacts in staging, with the dependencies that rendering recorded."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from wol import clock, digest, fsio
from wol.build.features import guarded
from wol.build.memo import FINE
from wol.build.memory import Memory
from wol.build.sealed import CorruptCacheError
from wol.build.uses import Uses, UsesData
from wol.errors import Diagnostic, WolError, diagnostic
from wol.model.feature import Feature, Views
from wol.model.item import Body
from wol.model.site import Site
from wol.model.target import File, Target

if TYPE_CHECKING:
    from wol.content.markdown.reader import Reader
    from wol.content.settings import ReadSettings
    from wol.render.views import SiteViews
    from wol.theme.find import Theme


Kind = Callable[["Views", Target], "bytes | File"]
"""A function that makes the bytes of a target."""


class RenderTask(msgspec.Struct, frozen=True, array_like=True):
    """One target to render: where to stage it, and the digest of the bytes that already stand in the output, if they are good."""

    target: Target
    staged: str
    standing: str


class Rendered(msgspec.Struct, frozen=True, array_like=True):
    """What became of one target; `written` is false where the output already has these bytes. `trace` counts by the batch's `uses`."""

    digest: str
    size: int
    mtime_ns: int
    written: bool
    trace: bytes
    diagnostics: tuple[Diagnostic, ...]


class RenderResult(msgspec.Struct, frozen=True, array_like=True):
    """The results of a batch, in order, and what they used; `seconds` is what each took, where that is wanted."""

    rendered: list[Rendered]
    uses: UsesData
    seconds: list[float] = []


class RenderContext(msgspec.Struct):
    """What rendering may know. `views` are made when first used, once in each process."""

    site: Site
    theme: Theme
    features: tuple[Feature, ...]
    bodies: Callable[[str], Body]
    fragments: dict[str, str]
    read: Callable[[str], bytes]
    settings: ReadSettings
    stage: str
    preview: bool
    timed: bool = False
    kept: dict[str, bytes] | None = None
    """Where artifacts go on a machine that has no stage: by the name under which they would be staged."""
    _memory: Memory = msgspec.field(default_factory=Memory)
    _views: SiteViews | None = None
    _kinds: dict[str, tuple[Feature, Kind]] | None = None

    def __reduce__(self) -> tuple[type[RenderContext], tuple[object, ...]]:
        """Leave out what each process makes for itself."""
        return RenderContext, tuple(getattr(self, name) for name in self.__struct_fields__ if name[0] != "_")

    def take_templates(self, memory: Memory) -> None:
        """Use the templates of the last build where its theme is this one, and leave those of this one for the next."""
        self._memory = memory

    @property
    def views(self) -> SiteViews:
        if self._views is None:
            from wol.render.views import SiteViews

            self._views = SiteViews(
                self.site,
                self.theme,
                bodies=self.bodies,
                read=self.read,
                reader=self._reader,
                features=self.features,
                fragments=self.fragments,
                preview=self.preview,
                fine=FINE,
                templates=self._memory.templates,
            )
            self._memory.templates = self._views.templates
        return self._views

    def _reader(self) -> Reader:
        from wol.content.markdown.reader import Reader

        return Reader(self.settings)

    @property
    def kinds(self) -> Mapping[str, tuple[Feature, Kind]]:
        if self._kinds is None:
            self._kinds = {name: (feature, kind) for feature in self.features for name, kind in feature.kinds.items()}
        return self._kinds


def render_batch(context: RenderContext, tasks: Sequence[RenderTask]) -> RenderResult:
    """Render a batch: pure but for the staged files. What goes wrong becomes a diagnostic, never an exception."""
    uses, views = Uses(UsesData()), context.views
    rendered = []
    seconds = []
    for task in tasks:
        started = clock.elapsed() if context.timed else 0.0
        with views.recording(task.target) as names:
            done = _render(context, task)
        rendered.append(Rendered(done.digest, done.size, done.mtime_ns, done.written, uses.numbers(names), done.diagnostics))
        if context.timed:
            seconds.append(clock.elapsed() - started)
    return RenderResult(rendered, uses.data, seconds)


def _render(context: RenderContext, task: RenderTask) -> Rendered:
    target = task.target
    try:
        feature, kind = context.kinds[target.kind]
        made = guarded(feature, f"the kind `{target.kind}`", lambda: kind(context.views, target))
        if isinstance(made, File):
            return _copy(context, made, task)
        found = digest.of_bytes(made)
        if found == task.standing:
            return Rendered(found, len(made), 0, False, b"", ())
        return _put(context, task, made, found)
    except WolError as error:
        return _failed(error.diagnostics)
    except CorruptCacheError:
        raise
    except NotHereError:
        return LEFT
    except OSError as error:
        return unwritten(task, error)


def _put(context: RenderContext, task: RenderTask, data: bytes, found: str) -> Rendered:
    if context.kept is not None:
        context.kept[task.staged] = data
        return Rendered(found, len(data), 0, True, b"", ())
    size, mtime_ns = fsio.write(f"{context.stage}/{task.staged}", data)
    return Rendered(found, size, mtime_ns, True, b"", ())


def unwritten(task: RenderTask, error: OSError) -> Rendered:
    """Say that an artifact could not be written."""
    message = f"What was made could not be written: {error.strerror or error}"
    return _failed((diagnostic("write-failed", message, notes=(f"the first is `{task.target.path}`",)),))


def _copy(context: RenderContext, file: File, task: RenderTask) -> Rendered:
    context.views.recorder.record("file", file.path)
    if file.digest == task.standing:
        return Rendered(file.digest, 0, 0, False, b"", ())
    try:
        data = context.read(file.path)
    except OSError as error:
        finding = diagnostic("source-unreadable", f"`{file.path}` cannot be read: {error.strerror}", file.path, hint="build again")
        return _failed((finding,))
    return _put(context, task, data, digest.of_bytes(data))


def _failed(diagnostics: Sequence[Diagnostic]) -> Rendered:
    return Rendered("", 0, 0, False, b"", tuple(diagnostics))


LEFT = Rendered("", -1, 0, False, b"", ())
"""What stands for a target that needs a file which is not on this machine."""


class NotHereError(BaseException):
    """A file is not on this machine. No plugin or template may take it for a failure of its own, so it is no Exception."""


class SourceReader(msgspec.Struct, frozen=True):
    """Reads input files by `Source.path`: those of the site, of packaged themes (by label), and virtual ones."""

    root: Path
    labels: Mapping[str, Path]
    virtual: Mapping[str, str]

    def __call__(self, path: str) -> bytes:
        if path.startswith("<"):
            label, _, rest = path.partition("/")
            if label == "<virtual>":
                return self.virtual[rest].encode("utf-8")
            return (self.labels[label] / rest).read_bytes()
        return (self.root / path).read_bytes()
