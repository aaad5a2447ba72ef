"""Fragments: the site-only templates of a build, and how they are put into pages whose own text is unchanged."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

from wol.engine.state import KnownFragment, State
from wol.engine.timings import Timings
from wol.model.page import MAX_PAGE, Hole, Page, unpack
from wol.model.target import Name

if TYPE_CHECKING:
    from wol.engine.jobs.render_job import RenderContext


def render_fragments(
    context: RenderContext, wanted: Iterable[str], state: State, changed: set[Name], timings: Timings
) -> dict[str, KnownFragment]:
    """Render the site-only templates whose inputs changed; a fragment whose HTML is another is a changed name itself."""
    before = state.fragments
    after: dict[str, KnownFragment] = {}
    for name in wanted:
        old = before.get(name)
        if old is not None and not any(dependency in changed for dependency in old.dependencies):
            after[name] = old
            context.fragments[name] = old.html
            continue
        with timings.fragment(name):
            html, dependencies = context.views.fragment_html(name)
        after[name] = KnownFragment(html, tuple(sorted(dependencies)))
        context.fragments[name] = html
        if old is None or old.html != html:
            changed.add(("fragment", name))
    changed.update(("fragment", name) for name in before.keys() - after.keys())
    return after


def patch_fragments(page: bytes, packed: bytes, fragments: Mapping[str, str]) -> Page | None:
    """Put the present fragments into the holes of a page: the same bytes as rendering gives; None where only rendering can tell."""
    pieces: list[bytes] = []
    holes: list[Hole] = []
    done = size = 0
    for start, end, name in unpack(packed):
        try:
            filling = fragments[name].encode()
        except (KeyError, UnicodeEncodeError):
            return None
        pieces += (page[done:start], filling)
        begin = size + start - done
        size = begin + len(filling)
        holes.append((begin, size, name))
        done = end
    pieces.append(page[done:])
    patched = Page.with_holes(b"".join(pieces), holes)
    return patched if len(patched) <= MAX_PAGE else None
