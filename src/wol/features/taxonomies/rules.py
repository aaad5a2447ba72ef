"""Terms that differ so little that one of the two may be a slip."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterator

from wol.errors import Span
from wol.model.inspection import Finding, Inspection

SHORTEST = 6
"""Letters of the shortest names that count as alike when one letter is added or lost; other slips need two more."""

_TELLING = frozenset("+#")
"""Signs that make another name: `C`, `C++`, `C#`."""

_DIGITS = re.compile(r"\d+")


def similar_terms(inspection: Inspection) -> Iterator[Finding]:
    """Compare the names of each taxonomy; the rarer of two is told of, where it is first used."""
    uses: defaultdict[str, Counter[str]] = defaultdict(Counter)
    first: dict[tuple[str, str], str] = {}
    for key in sorted(inspection.listed):
        for taxonomy, names in inspection.items[key].terms.items():
            for name in names:
                uses[taxonomy][name] += 1
                first.setdefault((taxonomy, name), key)
    for taxonomy, counted in sorted(uses.items()):
        for one, other in alike(counted):
            common, rare = sorted((one, other), key=lambda name: (-counted[name], name))
            key = first[taxonomy, rare]
            span = Span(f"{inspection.config.content.folder}/{key}", inspection.items[key].lines.get(taxonomy, 0))
            message = f"`{rare}` ({counted[rare]:,}) is almost the same as `{common}` ({counted[common]:,}) in `{taxonomy}`"
            yield Finding("check-tags", message, span=span, names=(rare, common))


def alike(names: Counter[str]) -> Iterator[tuple[str, str]]:
    """Return pairs of names that are equal but for accents, spaces, a plural or one slip of the pen; those that one term has under two spellings are not meant."""
    groups: defaultdict[str, list[str]] = defaultdict(list)
    for name in sorted(names):
        plain = _plain(name)
        for form in _forms(plain):
            groups[form].append(name)
    told = set()
    for group in groups.values():
        for number, one in enumerate(group):
            for other in group[number + 1 :]:
                if (
                    (one, other) not in told
                    and _same(one) != _same(other)
                    and not _has_more_words(one, other)
                    and _is_slip(_plain(one), _plain(other))
                ):
                    told.add((one, other))
                    yield one, other


def _plain(name: str) -> str:
    """Return letters, digits and telling signs alone, without accents and case."""
    decomposed = unicodedata.normalize("NFKD", name.casefold())
    return "".join(char for char in decomposed if char.isalnum() or char in _TELLING)


def _same(name: str) -> str:
    """Return the form by which the site's own terms are one (authoring format, section 4)."""
    return re.sub(r"[-_\s]+", " ", unicodedata.normalize("NFC", name).casefold()).strip()


def _forms(plain: str) -> set[str]:
    """Return what is left of a name without one of its letters: two names that share a form differ by one slip at most."""
    shorter = {plain[:n] + plain[n + 1 :] for n in range(len(plain))} if len(plain) >= SHORTEST - 1 else set()
    return {plain, *shorter}


def _has_more_words(one: str, other: str) -> bool:
    """Whether one name is the other with a word before, within or after it: `t-mobile` is not `mobile`."""
    fewer, more = sorted((_same(one).split(), _same(other).split()), key=len)
    return len(fewer) < len(more) and Counter(fewer) <= Counter(more)


def _is_slip(one: str, other: str) -> bool:
    if _DIGITS.findall(one) != _DIGITS.findall(other):
        return False
    if one == other:
        return bool(one)
    if abs(len(one) - len(other)) == 1:
        return min(len(one), len(other)) >= SHORTEST - 1
    return len(one) == len(other) and len(one) >= SHORTEST + 2
