"""The search for words of unpublished items in the artifacts of a release, before any of them is committed.

It looks at the artifacts that this build has rendered; at all others only for words for which the last build did not look. A word is no leak if a
public text has it too: for each word a few such texts are remembered, so that the edit of one does not send the search to all of them.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence, Set
from typing import Any

import msgspec

from wol.engine.jobs import execute
from wol.engine.prepare import LoadFeatures
from wol.engine.state import State
from wol.engine.unpublished.hidden_words import HiddenItems
from wol.engine.unpublished.public_texts import PublicTexts
from wol.leaks.excuses import WITNESSES, Witnesses, excused
from wol.leaks.leak import Leak
from wol.leaks.needles import HiddenWords, Needles
from wol.leaks.search import Search

BATCH = 64
COPIES = frozenset({"static", "copy"})
"""Kinds of targets whose bytes are those of a source, so that nothing is in them that was not published by hand."""

OWN = "<wol> "
"""How the name, among public texts, of what wol writes into every site of a language begins."""


class Known(msgspec.Struct, frozen=True):
    """What the last search left: for which items it was made, what it looked for, which public texts excuse which words, and what it found."""

    identity: str = ""
    words: Mapping[str, HiddenWords] = {}
    suspects: Needles = Needles()
    excuses: Mapping[str, tuple[str, ...]] = {}
    found: Mapping[str, tuple[str, ...]] = {}

    @classmethod
    def of(cls, state: State) -> Known:
        """Take it out of a state."""
        return cls(
            state.section("hidden identity", str, ""),
            state.section("hidden words", dict[str, HiddenWords], {}),
            state.section("leak suspects", Needles, Needles()),
            state.section("leak excuses", dict[str, tuple[str, ...]], {}),
            state.section("leaks", dict[str, tuple[str, ...]], {}),
        )

    def sections(self) -> dict[str, Any]:
        """Return the sections of a state."""
        return {
            "hidden identity": self.identity,
            "hidden words": self.words,
            "leak suspects": self.suspects,
            "leak excuses": self.excuses,
            "leaks": self.found,
        }


class Artifacts(msgspec.Struct, frozen=True):
    """Where to read the artifacts that may have anything: `rendered` in this build, and all that are `standing` since an earlier one."""

    rendered: Mapping[str, str]
    standing: Callable[[], Mapping[str, str]]


class SearchContext(msgspec.Struct, frozen=True):
    """What a search may know of the site. `touched` gives the paths of sources that differ from those of the last search, and of items that do."""

    hidden: HiddenItems
    texts: PublicTexts
    touched: Callable[[], Set[str]]
    subject: Callable[[str], str]
    """Gives the key of the item to which an artifact belongs, if there is one."""
    keys: Collection[str]
    """The keys of all public items."""
    language: str
    own_words: Callable[[], str]
    """Gives what wol itself writes into every site."""
    jobs: int


def search(around: SearchContext, known: Known, artifacts: Artifacts) -> Known:
    """Bring what is known up to date; `found` is then what a search of every artifact for every word would find."""
    return _Search(around, known).run(artifacts)


def leaks(around: SearchContext, known: Known, digests: Mapping[str, str]) -> list[Leak]:
    """Return what was found item by item, and the artifacts (path to digest) that are files of unpublished items."""
    keys: defaultdict[str, list[str]] = defaultdict(list)
    wanted = {needle for needles in known.found.values() for needle in needles}
    for key, hidden in known.words.items() if wanted else ():
        for needle in (*hidden.words, *hidden.phrases):
            if needle in wanted:
                keys[needle].append(key)
    files = around.texts.hidden_files
    copies = [Leak(path, files[digest][1], file=files[digest][0]) for path, digest in digests.items() if digest in files] if files else []
    copied = {(leak.path, leak.key) for leak in copies}
    found: list[Leak] = []
    for path, needles in known.found.items():
        by_key: defaultdict[str, list[str]] = defaultdict(list)
        for needle in needles:
            for key in keys[needle]:
                by_key[key].append(needle)
        found += [Leak(path, key, tuple(words)) for key, words in by_key.items() if (path, key) not in copied]
    return [*found, *copies]


def own_words(language: str, load_features: LoadFeatures) -> Callable[[], str]:
    """Return what makes the text of all that wol itself writes for a language, which is seldom asked for."""

    def made() -> str:
        from wol.engine.unpublished.own_words import texts

        return "\n".join(texts(language, load_features))

    return made


class _Search:
    def __init__(self, around: SearchContext, known: Known) -> None:
        self._around = around
        self._texts = around.texts
        self._known = known
        self._excuses = dict(known.excuses)
        self._suspects = known.suspects
        self._own = OWN + around.language

    def run(self, artifacts: Artifacts) -> Known:
        around, known = self._around, self._known
        identity = around.hidden.digest
        words = known.words
        lost = self._renewed(is_same=identity == known.identity)
        if identity != known.identity:
            words = around.hidden.words(known.words)
            excused = {needle for needles in self._excuses.values() for needle in needles}
            self._suspects = Needles.of_all(words.values()).without(excused)
            unlooked = self._suspects.without(set(known.suspects))
        else:
            self._suspects = Needles.told_apart({*self._suspects, *lost}) if lost else self._suspects
            unlooked = Needles.told_apart(lost)
        if unlooked:
            self._excuse_common(unlooked)
            unlooked = unlooked.among(set(self._suspects))
        found = {path: needles for path, needles in known.found.items() if path not in artifacts.rendered}
        looked = self._look(self._suspects, artifacts.rendered)
        if unlooked:
            standing = artifacts.standing()
            for path, needles in self._look(unlooked, standing).items():
                looked[path] = tuple(dict.fromkeys((*found.get(path, ()), *needles)))
        found = {**found, **looked}
        self._excuse(found)
        left = set(self._suspects)
        kept = {path: tuple(n for n in needles if n in left) for path, needles in sorted(found.items())}
        return Known(identity, words, self._suspects, self._excuses, {path: needles for path, needles in kept.items() if needles})

    def _renewed(self, *, is_same: bool) -> set[str]:
        """Drop the excuses of texts that are no longer public or no longer have the word; returns the words that lose their last one."""
        public = self._excuses.keys() if is_same else {*self._texts.paths, self._own}
        lost: set[str] = set()
        touched = self._around.touched() if self._excuses else frozenset[str]()
        for path, needles in list(self._excuses.items()):
            if path in touched or path not in public or (path.startswith(OWN) and path != self._own):
                still = self._of_text(path, Needles.told_apart(needles)) if path in public else frozenset[str]()
                if still != set(needles):
                    lost.update(set(needles) - still)
                    self._set(path, still)
        if lost:
            lost.difference_update(*self._excuses.values())
        return lost

    def _set(self, path: str, needles: Iterable[str]) -> None:
        found = tuple(sorted(needles))
        if found:
            self._excuses[path] = found
        else:
            self._excuses.pop(path, None)

    def _of_text(self, path: str, needles: Needles) -> frozenset[str]:
        if path == self._own:
            return excused(needles, self._around.own_words())
        return excused(needles, self._texts.data(path).decode("utf-8", "replace"))

    def _add(self, path: str, needles: Iterable[str]) -> None:
        self._set(path, {*self._excuses.get(path, ()), *needles})

    def _excuse_common(self, unlooked: Needles) -> None:
        """Excuse most of the words that public texts have."""
        counts: Counter[str] = Counter()
        left = {word for word in unlooked.words if word.isascii()}
        work = execute.batches(list(self._texts.paths), BATCH)
        processes = execute.processes(self._around.jobs, len(self._texts.paths))
        for found in execute.run(_common, _Common(self._texts, Witnesses(unlooked)), work, processes):
            for path, words in found:
                new = [word for word in words if counts[word] < WITNESSES]
                counts.update(new)
                if new:
                    self._add(path, new)
            left = {word for word in left if counts[word] < WITNESSES} if len(left) < BATCH else left
            if not left and not unlooked.phrases:
                break
        self._suspects = self._suspects.without(counts.keys())

    def _look(self, needles: Needles, places: Mapping[str, str]) -> dict[str, tuple[str, ...]]:
        """Look for needles in artifacts."""
        if not needles or not places:
            return {}
        work = execute.batches(sorted(places.items()), BATCH)
        results = execute.run(_look, Search(needles), work, execute.processes(self._around.jobs, len(places)))
        return {path: found for batch in results for path, found in batch}

    def _excuse(self, found: Mapping[str, tuple[str, ...]]) -> None:
        """Excuse what was found, if a public text or wol itself explains it: the texts of the artifacts first, all others last."""
        left = self._suspects.among({needle for needles in found.values() for needle in needles})
        subjects = dict.fromkeys(self._around.subject(path) for path in found)
        own = [path for path in dict.fromkeys(self._texts.source(key) for key in subjects if key) if path]
        for path in own:
            left = self._excused_by(path, left)
        if left:
            left = self._excused_by_summaries(left)
        for path in self._texts.paths if left else ():
            left = self._excused_by(path, left)
        if left:
            gained = excused(left, self._around.own_words())
            self._take(self._own, gained)

    def _excused_by(self, path: str, left: Needles) -> Needles:
        return self._without(path, left, self._of_text(path, left)) if left else left

    def _excused_by_summaries(self, left: Needles) -> Needles:
        """Excuse what wol makes of titles, terms and headings, as slugs; the sources that they are from are named by the item."""
        for key in self._around.keys:
            if not left:
                break
            left = self._without(self._texts.source(key), left, excused(left, self._texts.made_of((key,))))
        return left

    def _without(self, path: str, left: Needles, gained: Set[str]) -> Needles:
        if not gained:
            return left
        self._take(path, gained)
        return left.without(gained)

    def _take(self, path: str, gained: Set[str]) -> None:
        if gained:
            self._add(path, gained)
            self._suspects = self._suspects.without(gained)


class _Common(msgspec.Struct, frozen=True):
    texts: PublicTexts
    witnesses: Witnesses


def _common(context: _Common, batch: Sequence[str]) -> list[tuple[str, tuple[str, ...]]]:
    """Look which words public texts have."""
    return [(path, found) for path in batch if (found := context.witnesses.of(context.texts.data(path)))]


def _look(search: Search, batch: Sequence[tuple[str, str]]) -> list[tuple[str, tuple[str, ...]]]:
    """Look at a batch of artifacts; one that is gone has nothing."""
    found = []
    for path, place in batch:
        try:
            with open(place, "rb") as file:
                data = file.read()
        except OSError:
            data = b""
        needles = search.found(path, data)
        if needles:
            found.append((path, needles))
    return found
