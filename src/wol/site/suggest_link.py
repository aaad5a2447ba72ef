"""What a broken link may have meant, as it would be typed in the same place: "did you mean `../d.png`?"."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from urllib.parse import quote, unquote

import msgspec

from wol import paths
from wol.content.relink import relative
from wol.errors import Diagnostic, near
from wol.fixes import Hint, Replace
from wol.model.source import MARKDOWN
from wol.site.link_check import LinkProblem

_GUESSES = 50
"""Broken links of a site that are compared with every name of a folder."""

_MANY = 2000
"""Names of a folder that are compared."""


def suggested(problems: Iterable[LinkProblem], known: Iterable[str]) -> Iterator[Diagnostic]:
    """Return the findings of all problems, with a suggestion where something of `known` is near: content paths, and URL paths that begin with `/`."""
    nearest = _Nearest(known)
    for problem in dict.fromkeys(problems):
        hint = _hint(nearest, problem) if problem.wanted else None
        found = problem.diagnostic
        yield found if hint is None else msgspec.structs.replace(found, hint=str(hint), fix=hint.fix)


def _hint(nearest: _Nearest, problem: LinkProblem) -> Hint | None:
    raw = problem.raw
    for wanted in dict.fromkeys((_literal(problem), problem.wanted)):
        found = nearest.of(wanted)
        right = _typed(raw, found, problem.folder) if found else ""
        if right and right != raw:
            case = " Upper and lower case count" if paths.fold(unquote(right)) == paths.fold(unquote(raw)) else ""
            return Hint(f"did you mean `{right}`?{case}", Replace(raw, right))
    return None


def _literal(problem: LinkProblem) -> str:
    """Return the path of the file that is called as was typed, with `?`, `#` or `%` in its name."""
    raw = problem.raw
    if raw.startswith("/") or not set("?#%") & set(raw):
        return problem.wanted
    return paths.join(problem.folder, raw)


def _typed(raw: str, found: str, folder: str) -> str:
    """Return how a path is typed in a source of a folder; `raw` is what was typed there, whose query and fragment stay unless they were part of a name."""
    name = found.rpartition("/")[2]
    rest = "" if any(char in name for char in "?#") else raw[len(raw.partition("#")[0].partition("?")[0]) :]
    if found.startswith("/"):
        return quote(found, safe="/~!$&'()*+,;=:@-._") + rest
    return relative(raw[: len(raw) - len(rest)] if rest else raw.partition("?")[0].partition("#")[0], found, folder) + rest


class _Nearest:
    """Finds a file of the same folder, or one of the same name elsewhere."""

    def __init__(self, known: Iterable[str]) -> None:
        self._known = known
        self._near: dict[str, list[str]] | None = None
        """Every file by its folder, with a slash, and by its name; made when a link is broken."""
        self._guesses = _GUESSES

    def of(self, wanted: str) -> str:
        """Return the content path or the URL path that is nearest to a content path; empty where nothing is near."""
        if self._near is None:
            self._near = defaultdict(list)
            for known in self._known:
                self._near[paths.fold(paths.folder(known.lstrip("/"))) + "/"].append(known)
                self._near[paths.fold(known.rpartition("/")[2])].append(known)
        folded, name = paths.fold(wanted), wanted.rpartition("/")[2]
        is_text = name.endswith(MARKDOWN)
        near_by = self._near.get(paths.fold(paths.folder(wanted)) + "/", [])
        beside = {known.rpartition("/")[2]: known for known in near_by if "." not in name or known.endswith(MARKDOWN) == is_text}
        same = next((known for known in beside.values() if paths.fold(known.lstrip("/")) == folded), None)
        if same is not None:
            return same
        elsewhere = self._near.get(paths.fold(name), [])
        if elsewhere:
            return min(elsewhere, key=lambda known: (known.startswith("/"), known))
        self._guesses -= 1
        close = near(name, beside) if self._guesses >= 0 and len(beside) <= _MANY else ()
        return beside[close[0]] if close else ""
