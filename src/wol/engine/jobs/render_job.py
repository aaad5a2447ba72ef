"""The render job: outdated targets become artifacts in staging, with the dependencies that rendering recorded."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING

import msgspec

from wol import clock, digest, fsio
from wol.engine.cache_files import CorruptCacheError
from wol.engine.dependencies import DependencyData, DependencyIndex
from wol.engine.fragments import patch_fragments
from wol.engine.memory import SessionMemory
from wol.engine.protocol import result_types
from wol.engine.protocol.feature_calls import call
from wol.engine.steps import fine_tables
from wol.errors import Diagnostic, WolError, diagnostic
from wol.model.feature import Feature
from wol.model.functions import Function
from wol.model.item import Body
from wol.model.page import Hole, Page, pack
from wol.model.site import Site
from wol.model.target import File, Target

if TYPE_CHECKING:
    from wol.content.markdown.reader import Reader
    from wol.content.settings import ReadSettings
    from wol.render.recorded_views import SiteViews
    from wol.theme.find import Theme


class RenderTask(msgspec.Struct, frozen=True, array_like=True):
    """One target to render: where to stage it, and the digest of the bytes that the output has already, if they are good.

    `holes` are those of a page in which nothing but fragments is another (`wol.render.holes`): then those bytes are all that is needed.
    """

    target: Target
    staged: str
    existing: str
    holes: bytes = b""


class Rendered(msgspec.Struct, frozen=True, array_like=True):
    """The result of rendering one target; `written` is false where the output already has these bytes.

    `trace` counts by the batch's `uses`; None where the target uses what it used before, and what was found in it stays too.
    """

    digest: str
    size: int
    mtime_ns: int
    written: bool
    trace: bytes | None
    diagnostics: tuple[Diagnostic, ...]
    holes: bytes = b""
    inode: int = 0


class RenderResult(msgspec.Struct, frozen=True, array_like=True):
    """The results of a batch, in order, and what they used; `seconds` is what each took, where that is wanted."""

    rendered: list[Rendered]
    uses: DependencyData
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
    output: str
    preview: bool
    timed: bool = False
    kept: dict[str, bytes] | None = None
    """Where artifacts go on a machine that has no stage: by the name under which they would be staged."""
    _memory: SessionMemory = msgspec.field(default_factory=SessionMemory)
    _read_artifact: Callable[[str], bytes | None] | None = None
    _views: SiteViews | None = None
    _kinds: dict[str, tuple[Feature, Function]] | None = None

    def __reduce__(self) -> tuple[type[RenderContext], tuple[object, ...]]:
        """Leave out what each process makes for itself."""
        return RenderContext, tuple(getattr(self, name) for name in self.__struct_fields__ if name[0] != "_")

    def take_templates(self, memory: SessionMemory) -> None:
        """Use the templates of the last build where its theme is this one, and leave those of this one for the next."""
        self._memory = memory

    @property
    def views(self) -> SiteViews:
        if self._views is None:
            from wol.render.recorded_views import SiteViews

            self._views = SiteViews(
                self.site,
                self.theme,
                bodies=self.bodies,
                read=self.read,
                reader=self._reader,
                features=self.features,
                fragments=self.fragments,
                preview=self.preview,
                fine=fine_tables(self.features),
                templates=self._memory.templates,
                artifact=self._artifact,
            )
            self._memory.templates = self._views.templates
        return self._views

    def take_artifacts(self, read: Callable[[str], bytes | None]) -> None:
        """Let targets that are last read other artifacts, now that all of these are made."""
        self._read_artifact = read

    def _artifact(self, path: str) -> bytes | None:
        return None if self._read_artifact is None else self._read_artifact(path)

    def _reader(self) -> Reader:
        from wol.content.markdown.reader import Reader

        return Reader(self.settings)

    @property
    def kinds(self) -> Mapping[str, tuple[Feature, Function]]:
        if self._kinds is None:
            self._kinds = {name: (feature, kind) for feature in self.features for name, kind in feature.kinds.items()}
        return self._kinds

    def kind(self, target: Target) -> tuple[Feature, Function]:
        """Return what makes a target; raises WolError (plugin-failed) if no feature says how."""
        if target.kind not in self.kinds:
            message = f"`{target.path}` of {target.origin} is of the kind `{target.kind}`, which no feature can make"
            raise WolError(diagnostic("plugin-failed", message, hint="add it to `kinds` of the plugin, or correct the name"))
        return self.kinds[target.kind]


def render_batch(context: RenderContext, tasks: Sequence[RenderTask]) -> RenderResult:
    """Render a batch: pure but for the staged files. What goes wrong becomes a diagnostic, never an exception."""
    uses = DependencyIndex(DependencyData())
    rendered = []
    seconds = []
    for task in tasks:
        started = clock.elapsed() if context.timed else 0.0
        done = _refill(context, task) if task.holes else None
        rendered.append(done or _render(context, task, uses))
        if context.timed:
            seconds.append(clock.elapsed() - started)
    return RenderResult(rendered, uses.data, seconds)


def _refill(context: RenderContext, task: RenderTask) -> Rendered | None:
    """Make a page of the one that stands in the output; None where that is not the one that was left there, or has to be rendered."""
    try:
        with open(f"{context.output}/{task.target.path}", "rb") as file:
            existing = file.read()
    except OSError:
        return None
    patched = patch_fragments(existing, task.holes, context.fragments) if digest.of_bytes(existing) == task.existing else None
    if patched is None:
        return None
    try:
        return msgspec.structs.replace(_kept(context, task, patched), holes=pack(patched.holes))
    except OSError as error:
        return unwritten(task, error)


def _render(context: RenderContext, task: RenderTask, uses: DependencyIndex) -> Rendered:
    views = context.views
    with views.recording(task.target) as names:
        done, artifact = _make(context, task)
        holes = _known_holes(artifact, views.fragments_given)
    return Rendered(done.digest, done.size, done.mtime_ns, done.written, uses.numbers(names), done.diagnostics, pack(holes), done.inode)


def _known_holes(artifact: bytes | None, fragments: int) -> tuple[Hole, ...]:
    """Return the holes of a page if all fragments that it was given stand in them."""
    return artifact.holes if isinstance(artifact, Page) and len(artifact.holes) == fragments else ()


def _make(context: RenderContext, task: RenderTask) -> tuple[Rendered, bytes | None]:
    """Make a target; return its bytes too, where it was rendered and not copied, by a feature that does nothing else to what views render."""
    target = task.target
    try:
        feature, kind = context.kind(target)
        artifact = call(feature, f"the kind `{target.kind}`", kind, result_types.artifact, context.views, target)
        if feature.plugin and target.role == "copy" and not isinstance(artifact, File):
            message = f"The plugin `{feature.name}` plans `{target.path}` as a copy, but makes its bytes itself"
            raise WolError(diagnostic("plugin-failed", message, hint='return the `File` to copy, or leave out `role="copy"`'))
        if isinstance(artifact, File):
            return _copy(context, artifact, task), None
        return _kept(context, task, artifact), None if feature.plugin else artifact
    except WolError as error:
        return _failed(error.diagnostics), None
    except CorruptCacheError:
        raise
    except NotHereError:
        return LEFT, None
    except OSError as error:
        return unwritten(task, error), None


def _kept(context: RenderContext, task: RenderTask, artifact: bytes) -> Rendered:
    """Stage what was made, unless the output has it already."""
    artifact_digest = digest.of_bytes(artifact)
    if artifact_digest == task.existing:
        return Rendered(artifact_digest, len(artifact), 0, False, None, ())
    return _put(context, task, artifact, artifact_digest)


def _put(context: RenderContext, task: RenderTask, data: bytes, data_digest: str) -> Rendered:
    if context.kept is not None:
        context.kept[task.staged] = data
        return Rendered(data_digest, len(data), 0, True, None, ())
    stamp = fsio.write(f"{context.stage}/{task.staged}", data)
    return Rendered(data_digest, stamp.size, stamp.mtime_ns, True, None, (), inode=stamp.inode)


def unwritten(task: RenderTask, error: OSError) -> Rendered:
    """Report that an artifact could not be written."""
    message = f"What was made could not be written: {error.strerror or error}"
    return _failed((diagnostic("write-failed", message, notes=(f"the first is `{task.target.path}`",)),))


def _copy(context: RenderContext, file: File, task: RenderTask) -> Rendered:
    context.views.recorder.record("file", file.path)
    if file.digest == task.existing and not file.strip:
        return Rendered(file.digest, 0, 0, False, None, ())
    try:
        data = context.read(file.path)
    except OSError as error:
        finding = diagnostic("source-unreadable", f"`{file.path}` cannot be read: {error.strerror}", file.path, hint="build again")
        return _failed((finding,))
    data_digest = digest.of_bytes(data)
    if data_digest != file.digest:
        return _failed((diagnostic("source-changed", f"`{file.path}` changed while the site was being built", file.path),))
    if file.strip:
        return _stripped(context, file, task, data)
    return _put(context, task, data, data_digest)


def _stripped(context: RenderContext, file: File, task: RenderTask, data: bytes) -> Rendered:
    """Stage a copy without metadata, and report a location that could not be removed."""
    from wol.engine.unpublished.published_location import located
    from wol.images.published_image import publish

    published = publish(data, file.path)
    done = _kept(context, task, published.data)
    return msgspec.structs.replace(done, diagnostics=(located(file.path, published),)) if published.located else done


def _failed(diagnostics: Sequence[Diagnostic]) -> Rendered:
    return Rendered("", 0, 0, False, None, tuple(diagnostics))


LEFT = Rendered("", -1, 0, False, None, ())
"""What stands for a target that needs a file which is not on this machine."""


class NotHereError(BaseException):
    """A file is not on this machine. No plugin or template may take it for a failure of its own, so it is no Exception."""
