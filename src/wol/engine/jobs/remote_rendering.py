"""Rendering by workers that share no file with us: they get all that pages are made of, and send the bytes of artifacts back.

Copies of files are made here, and so is a target whose plugin reads a file that was not sent.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, cast

import msgspec

from wol import fsio
from wol.engine.dependencies import DependencyIndex, renumber
from wol.engine.items import Items
from wol.engine.jobs import execute
from wol.engine.jobs.render_job import LEFT, NotHereError, RenderContext, Rendered, RenderResult, RenderTask, render_batch, unwritten

if TYPE_CHECKING:
    from wol.engine.jobs.remote import OpenRemote
    from wol.theme.find import Theme

TEMPLATES = "templates/"


class SentFiles(msgspec.Struct, frozen=True):
    """The input files that workers get; any other is not there."""

    files: dict[str, bytes]

    def __call__(self, path: str) -> bytes:
        data = self.files.get(path)
        if data is None:
            raise NotHereError(path)
        return data


class RemoteResult(msgspec.Struct, frozen=True):
    """What a worker sends back for a batch: the results, and the bytes of the artifacts by the name under which they are to be staged."""

    result: RenderResult
    made: dict[str, bytes]


def render_remotely(context: RenderContext, work: Sequence[Sequence[RenderTask]], remote: OpenRemote) -> Iterator[RenderResult]:
    """Render batches elsewhere, and return results as `render_batch` does here: what was made is staged."""
    if work:
        results = execute.run(_render, portable_context(context), work, 1, remote)
        for tasks, result in zip(work, results, strict=True):
            yield _completed(context, tasks, result)


def portable_context(context: RenderContext) -> RenderContext:
    """Return a context that needs no file of this machine."""
    items = cast(Items, context.site.summaries)
    assert items.pages is not None
    pages = items.pages.in_memory()
    site = msgspec.structs.replace(context.site, summaries=Items(items.arranged, pages))
    return RenderContext(
        site=site,
        theme=context.theme,
        features=context.features,
        bodies=pages.body,
        fragments=context.fragments,
        read=SentFiles(_templates(context.theme, context)),
        settings=context.settings,
        stage="",
        output="",
        preview=context.preview,
        timed=context.timed,
        kept={},
    )


def _templates(theme: Theme, context: RenderContext) -> dict[str, bytes]:
    """Read the templates of all themes. One that has gone is looked for, and missed, by what is made here."""
    files = {}
    for sources in theme.files.values():
        for path, source in sources.items():
            if path.startswith(TEMPLATES):
                try:
                    files[source.path] = context.read(source.path)
                except OSError:
                    continue
    return files


def _render(context: RenderContext, tasks: Sequence[RenderTask]) -> RemoteResult:
    """The render job where there is no stage."""
    artifacts: dict[str, bytes] = {}
    context.kept = artifacts
    result = render_batch(context, tasks)
    return RemoteResult(result, artifacts)


def _completed(context: RenderContext, tasks: Sequence[RenderTask], remote: RemoteResult) -> RenderResult:
    """Stage what was made elsewhere, and make what was left to us."""
    rendered, seconds = list(remote.result.rendered), list(remote.result.seconds)
    for number, task in enumerate(tasks):
        data = remote.made.get(task.staged)
        if data is not None:
            rendered[number] = _staged(context, task, rendered[number], data)
    uses = DependencyIndex(remote.result.uses)
    left = [number for number, done in enumerate(rendered) if done.size == LEFT.size]
    own = render_batch(context, [tasks[number] for number in left])
    numbers = uses.translate(DependencyIndex(own.uses))
    for place, number in enumerate(left):
        done = own.rendered[place]
        rendered[number] = msgspec.structs.replace(done, trace=renumber(done.trace or b"", numbers))
        if seconds:
            seconds[number] = own.seconds[place]
    return RenderResult(rendered, uses.data, seconds)


def _staged(context: RenderContext, task: RenderTask, done: Rendered, data: bytes) -> Rendered:
    try:
        stamp = fsio.write(f"{context.stage}/{task.staged}", data)
    except OSError as error:
        return unwritten(task, error)
    return msgspec.structs.replace(done, size=stamp.size, mtime_ns=stamp.mtime_ns, inode=stamp.inode)
