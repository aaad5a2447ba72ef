"""What stops a release: words of unpublished items in what it is about to publish."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

import msgspec

from wol.engine.assembling import Assembly
from wol.engine.items import Items
from wol.engine.prepare import Setup
from wol.engine.rendering import Rendering
from wol.engine.scanning import ScannedFiles, is_same_setup
from wol.engine.state import State
from wol.engine.traces import BuildTraces
from wol.engine.unpublished.hidden_words import HiddenItems
from wol.engine.unpublished.leak_search import COPIES, Artifacts, Known, SearchContext, leaks, own_words, search
from wol.engine.unpublished.public_texts import COPIED, SETTINGS, PublicTexts
from wol.errors import Diagnostic, diagnostic
from wol.leaks.leak import CODE, Leak, reports, split


class ReleaseCheck(msgspec.Struct, frozen=True):
    """What was found, as errors, and what the next build is to know of it: new sections of its state, and those that stay."""

    errors: tuple[Diagnostic, ...] = ()
    values: Mapping[str, Any] = {}
    kept: tuple[str, ...] = ()


def check_release(
    setup: Setup, state: State, taken: ScannedFiles, assembly: Assembly, rendering: Rendering, after: BuildTraces, stage: str
) -> ReleaseCheck:
    """Search what was rendered for a release of a site that hides anything."""
    items = assembly.context.site.summaries
    assert isinstance(items, Items)
    known = Known() if setup.request.verify else Known.of(state)
    around = _search_context(setup, state, taken, assembly, items)
    plan = assembly.plan
    rendered = {
        path: f"{stage}/{rendering.staged[path]}" if path in rendering.staged else f"{setup.place.output}/{path}"
        for path in rendering.results
        if (path in rendering.staged or plan.differs(path)) and plan[path].kind not in COPIES
    }

    def standing() -> Mapping[str, str]:
        others = (path for path in after.outputs if path not in rendered and path in plan.raws)
        return {path: f"{setup.place.output}/{path}" for path in others if plan[path].kind not in COPIES}

    left = {path: found for path, found in known.found.items() if path in plan.raws and plan[path].kind not in COPIES}
    if left != known.found:
        known = msgspec.structs.replace(known, found=left)
    made = search(around, known, Artifacts(rendered, standing))
    found, _ = split(leaks(around, made, {path: output.digest for path, output in after.outputs.items() if output.size}), setup.config)
    before = Known.of(state)
    sections = made.sections()
    kept = tuple(name for name, value in before.sections().items() if name in state and value == sections[name])
    return ReleaseCheck(tuple(_errors(setup, items, found)), {name: value for name, value in sections.items() if name not in kept}, kept)


def _search_context(setup: Setup, state: State, taken: ScannedFiles, assembly: Assembly, items: Items) -> SearchContext:
    pages, plan = items.pages, assembly.plan
    assert pages is not None
    homes, read_keys = assembly.values["homes"], assembly.values["read_keys"]
    texts = PublicTexts(setup.place.root, setup.config, taken, items.arranged, items, homes)

    def touched() -> set[str]:
        found = {key for table, key in assembly.changed if table == "file"}
        if any(not path.endswith(".md") for path in found):
            found.add(COPIED)
        found.update(texts.source(key) for key in {key for _, key in assembly.changed} if key in items)
        return found if is_same_setup(setup, state) else {*found, SETTINGS}

    def subject(path: str) -> str:
        found = plan[path].subject if path in plan.raws else ""
        return found if found in items else ""

    hidden = HiddenItems(
        setup.config,
        items.arranged.hidden,
        texts,
        pages.summary,
        lambda key: read_keys[homes.get(key, (key, 0))[0]],
        plan.raws,
        taken.read,
    )
    language = setup.config.site.language
    return SearchContext(hidden, texts, touched, subject, items, language, own_words(language, setup.load_features), setup.jobs)


def _errors(setup: Setup, items: Items, found: Iterable[Leak]) -> Iterator[Diagnostic]:
    for one in reports(found, setup.config, items.arranged.hidden):
        yield diagnostic(CODE, one.message, one.source, hint=one.hint, notes=one.notes)
