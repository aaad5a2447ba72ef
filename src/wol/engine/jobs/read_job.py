"""The read job: the bytes of sources become records and texts for the page store; pure, and the same in any process."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import msgspec

from wol import clock
from wol.content.settings import ReadSettings
from wol.engine.page_store import Stored

if TYPE_CHECKING:
    from wol.content.defaults import Defaults
    from wol.content.markdown.reader import Reader
    from wol.engine.page_store import Highlighted

BATCH = 32


class ReadContext(msgspec.Struct):
    """What the read job needs, the same for every source; the reader is built when it is first used, once in each process."""

    settings: ReadSettings
    timed: bool = False
    _reader: Reader | None = None

    @property
    def reader(self) -> Reader:
        if self._reader is None:
            from wol.content.markdown.reader import Reader

            self._reader = Reader(self.settings)
        return self._reader

    def __reduce__(self) -> tuple[type[ReadContext], tuple[ReadSettings, bool]]:
        """Leave out what each process makes for itself."""
        return ReadContext, (self.settings, self.timed)


class ReadTask(msgspec.Struct, frozen=True):
    """One source to read: its key, bytes, and the defaults that hold for it, nearest first; `code` is what was highlighted when it was last read."""

    key: str
    data: bytes
    defaults: tuple[Defaults, ...]
    code: tuple[Highlighted, ...] = ()


class ReadResult(msgspec.Struct, frozen=True):
    """What came of a batch, encoded as it goes into the store: a record and the highlighted code of each source, and a text for each of its items."""

    records: tuple[bytes, ...]
    texts: tuple[tuple[bytes, ...], ...]
    code: tuple[bytes, ...]
    seconds: tuple[float, ...] = ()
    """What each source took, where that is wanted."""


def read_batch(context: ReadContext, tasks: Sequence[ReadTask]) -> ReadResult:
    """The read job: pure, and the same in any process."""
    from wol.content.read import read_source

    encode = msgspec.msgpack.Encoder().encode
    records, texts, code, seconds = [], [], [], []
    highlighter = context.reader.highlighter
    for task in tasks:
        started = clock.elapsed() if context.timed else 0.0
        highlighter.remember(task.code)
        highlighter.used = {}
        reading = read_source(task.key, task.data, task.defaults, context.settings, context.reader)
        of_items = tuple(d for item in reading.items for d in item.diagnostics)
        summaries, digests = tuple(item.summary for item in reading.items), tuple(item.text for item in reading.items)
        records.append(encode(Stored(summaries, (*reading.diagnostics, *of_items), digests)))
        texts.append(tuple(encode(item.body) for item in reading.items))
        code.append(encode([(*known, html) for known, html in highlighter.used.items()]) if highlighter.used else b"")
        if context.timed:
            seconds.append(clock.elapsed() - started)
    return ReadResult(tuple(records), tuple(texts), tuple(code), tuple(seconds))
