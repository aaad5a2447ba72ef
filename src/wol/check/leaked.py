"""The search for words of unpublished items in the output as it is now: the same as in a build, at all files."""

from __future__ import annotations

from collections.abc import Sequence

from wol.check.built_site import BuiltSite
from wol.engine.unpublished.hidden_words import HiddenItems
from wol.engine.unpublished.leak_search import COPIES, Artifacts, Known, SearchContext, leaks, own_words, search
from wol.engine.unpublished.public_texts import PublicTexts
from wol.leaks.leak import Leak


def leaked(built: BuiltSite) -> Sequence[Leak]:
    """Return all leaks, also those that are allowed."""
    if not built.hidden:
        return ()
    texts = PublicTexts(built.root, built.config, built.taken, built.arranged, built.items, built.homes)

    def read_key(key: str) -> str:
        return built.read_keys[built.homes.get(key, (key, 0))[0]]

    def subject(path: str) -> str:
        target = built.targets.get(path)
        return target.subject if target is not None and target.subject in built.items else ""

    hidden = HiddenItems(built.config, built.arranged.hidden, texts, built.hidden.__getitem__, read_key, built.targets, built.taken.read)
    language = built.config.site.language
    own = own_words(language, built.load_features)
    around = SearchContext(hidden, texts, frozenset[str], subject, built.items, language, own, built.jobs)
    shown = {path: f"{built.output}/{path}" for path in built.outputs if path in built.targets and built.targets[path].kind not in COPIES}
    found = search(around, Known(), Artifacts(shown, dict[str, str]))
    return leaks(around, found, {path: output.digest for path, output in built.outputs.items() if output.size})
