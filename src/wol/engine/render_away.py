"""Rendering by workers that share no file with us: they get all that pages are made of, and send the bytes of artifacts back.

Copies of files are made here, and so is a target whose plugin reads a file that was not sent.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, cast

import msgspec

from wol import fsio
from wol.engine import execute
from wol.engine.items import Items
from wol.engine.render_job import LEFT, NotHereError, RenderContext, Rendered, RenderResult, RenderTask, render_batch, unwritten
from wol.engine.uses import Uses, renumber

if TYPE_CHECKING:
    from wol.engine.away import Away
    from wol.theme.find import Theme

TEMPLATES = "templates/"


class Sent(msgspec.Struct, frozen=True):
    """The input files that workers get; any other is not there."""

    files: dict[str, bytes]

    def __call__(self, path: str) -> bytes:
        found = self.files.get(path)
        if found is None:
            raise NotHereError(path)
        return found


class AwayResult(msgspec.Struct, frozen=True):
    """What a worker sends back for a batch: the results, and the bytes of the artifacts by the name under which they are to be staged."""

    result: RenderResult
    made: dict[str, bytes]


def run(context: RenderContext, work: Sequence[Sequence[RenderTask]], away: Away) -> Iterator[RenderResult]:
    """Render batches elsewhere, and give results as `render_batch` does here: what was made is staged."""
    if work:
        results = execute.run(_render, portable(context), work, 1, away)
        for tasks, result in zip(work, results, strict=True):
            yield _completed(context, tasks, result)


def portable(context: RenderContext) -> RenderContext:
    """Give a context that needs no file of this machine."""
    items = cast(Items, context.site.summaries)
    assert items.pages is not None
    pages = items.pages.held()
    site = msgspec.structs.replace(context.site, summaries=Items(items.arranged, pages))
    return RenderContext(
        site=site,
        theme=context.theme,
        features=context.features,
        bodies=pages.body,
        fragments=context.fragments,
        read=Sent(_templates(context.theme, context)),
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


def _render(context: RenderContext, tasks: Sequence[RenderTask]) -> AwayResult:
    """The render job where there is no stage."""
    made: dict[str, bytes] = {}
    context.kept = made
    result = render_batch(context, tasks)
    return AwayResult(result, made)


def _completed(context: RenderContext, tasks: Sequence[RenderTask], away: AwayResult) -> RenderResult:
    """Stage what was made elsewhere, and make what was left to us."""
    rendered, seconds = list(away.result.rendered), list(away.result.seconds)
    for number, task in enumerate(tasks):
        data = away.made.get(task.staged)
        if data is not None:
            rendered[number] = _staged(context, task, rendered[number], data)
    uses = Uses(away.result.uses)
    left = [number for number, done in enumerate(rendered) if done.size == LEFT.size]
    own = render_batch(context, [tasks[number] for number in left])
    numbers = uses.translate(Uses(own.uses))
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
