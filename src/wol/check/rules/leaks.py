"""What is not published and stands in the output all the same: words, titles, addresses and files of unpublished items."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from wol.check.canaries import FEW, Hit
from wol.check.finding import Finding
from wol.check.hidden import bundles, is_of_hidden
from wol.check.inspection import Inspection
from wol.errors import Span
from wol.site.links import WITHHELD


def leaks(inspection: Inspection) -> Iterator[Finding]:
    """Tell of each unpublished item of which something was found, and where; then of files that belong to one."""
    by_key: defaultdict[str, list[Hit]] = defaultdict(list)
    for hit in inspection.hits:
        by_key[hit.key].append(hit)
    folder, output = inspection.built.config.content.folder, inspection.built.config.build.output
    for key, hits in sorted(by_key.items()):
        first = hits[0]
        shown = ", ".join(f"`{what}`" for what in sorted(first.what, key=lambda what: (-len(what), what))[:FEW])
        message = f"`{output}/{first.path}` has what stands only in `{folder}/{key}`, which {_state(inspection, key)}: {shown}"
        notes = (f"it is in {len(hits):,} files",) if len(hits) > 1 else ()
        names = tuple(f"{output}/{hit.path}" for hit in hits)
        yield Finding("leak-found", message, span=Span(f"{folder}/{key}"), names=names, notes=notes)
    yield from _files(inspection)


def _state(inspection: Inspection, key: str) -> str:
    return WITHHELD[inspection.built.hidden_states[key]]


def _files(inspection: Inspection) -> Iterator[Finding]:
    """Tell of copied files that only unpublished items have."""
    built = inspection.built
    tree = built.taken.scan.tree
    folder = built.config.content.folder
    hidden: dict[str, str] = {}
    folders = bundles(built)
    shown = {source.digest for source in tree.static.values()}
    for path, source in tree.others.items():
        if is_of_hidden(path, folders):
            hidden[source.digest] = path
        elif path in tree.attachments:
            shown.add(source.digest)
    for path, written in built.outputs.items():
        if written.digest in hidden and written.digest not in shown and written.size:
            own = hidden[written.digest]
            message = f"`{built.config.build.output}/{path}` is the file `{folder}/{own}` of an item that is not published"
            yield Finding("leak-found", message, span=Span(f"{folder}/{own}"), names=(path,))
