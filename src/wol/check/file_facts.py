"""The job that looks at files of the output, in batches, here or in several processes: each file is read and parsed once."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

import msgspec

from wol.check.exposed import exposed, may_expose
from wol.check.feed_facts import read_feed
from wol.check.page_facts import addresses_of_style, read_page
from wol.engine.jobs import execute
from wol.model.inspection import FeedFacts, PageFacts
from wol.model.target import Role

BATCH = 64
PAGES = (".html", ".htm")
_FEEDS = (".xml", ".json")
_TEXTS = (*PAGES, *_FEEDS, ".txt")


class Style(msgspec.Struct, frozen=True, array_like=True):
    """The addresses in a style sheet."""

    path: str
    links: tuple[str, ...]


class Task(msgspec.Struct, frozen=True, array_like=True):
    """A file to look at, and the role of its target."""

    path: str
    role: Role


class FileFacts(msgspec.Struct, frozen=True, array_like=True):
    """What was found in a batch of files; `unread` are those that could not be read."""

    pages: list[PageFacts] = []
    feeds: list[FeedFacts] = []
    styles: list[Style] = []
    exposed: list[tuple[str, str]] = []
    """Paths of files that give away what should stay at home, each with what it is (`wol.check.exposed`)."""
    unread: list[str] = []


class Context(msgspec.Struct, frozen=True):
    """Where the files are."""

    output: str


def is_inspected(path: str, role: Role) -> bool:
    """Return whether a file has anything that this job reads."""
    return role == "feed" or path.endswith((*_TEXTS, ".css")) or may_expose(path)


def inspect(context: Context, batch: Sequence[Task]) -> FileFacts:
    """Inspect a batch of files."""
    done = FileFacts([], [], [], [], [])
    for task in batch:
        try:
            with open(f"{context.output}/{task.path}", "rb") as file:
                data = file.read()
        except OSError:
            done.unread.append(task.path)
            continue
        _inspect(task, data, done)
    return done


def _inspect(task: Task, data: bytes, done: FileFacts) -> None:
    path = task.path
    if task.role == "copy" and may_expose(path) and (found := exposed(path, data)):
        done.exposed.append((path, found))
    if path.endswith(PAGES):
        done.pages.append(read_page(path, data))
    elif path.endswith(".css"):
        done.styles.append(Style(path, tuple(dict.fromkeys(addresses_of_style(data.decode("utf-8", "replace"))))))
    elif task.role == "feed" or (path.endswith(_FEEDS) and task.role != "copy"):
        feed = read_feed(path, data)
        if feed is None and task.role == "feed":
            feed = FeedFacts(path, problem="neither RSS, Atom nor JSON Feed")
        if feed is not None:
            done.feeds.append(feed)


Progress = Callable[[str, int, int], None]


def inspect_all(context: Context, tasks: Sequence[Task], jobs: int, progress: Progress | None) -> FileFacts:
    """Inspect all files, in their order, in as many processes as help."""
    done = FileFacts([], [], [], [], [])
    inspection = 0
    work = execute.batches(tasks, BATCH)
    for batch, found in zip(work, _results(context, work, jobs, len(tasks)), strict=True):
        for name in FileFacts.__struct_fields__:
            getattr(done, name).extend(getattr(found, name))
        inspection += len(batch)
        if progress is not None:
            progress("check", inspection, len(tasks))
    return done


def _results(context: Context, work: Sequence[Sequence[Task]], jobs: int, pieces: int) -> Iterator[FileFacts]:
    return execute.run(inspect, context, work, execute.processes(jobs, pieces))
