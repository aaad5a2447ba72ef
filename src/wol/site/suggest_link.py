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
        found = nearest.of(wanted, is_page=_names_a_page(raw))
        right = _typed(raw, found, problem.folder) if found else ""
        if right and right != raw:
            right = unquote(right) if " " in raw else right
            case = " Upper and lower case count" if paths.fold(unquote(right)) == paths.fold(unquote(raw)) else ""
            return Hint(f"did you mean `{right}`?{case}", Replace(raw, right))
    return None


def _names_a_page(raw: str) -> bool:
    """Whether a reference is the URL path of a page: `/about/`."""
    path = raw.partition("#")[0].partition("?")[0]
    return path.startswith("/") and "." not in path.rpartition("/")[2]


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

    def of(self, wanted: str, *, is_page: bool) -> str:
        """Return the content path or the URL path that is nearest to a content path, of pages the URL path; empty where nothing is near."""
        if self._near is None:
            self._near = defaultdict(list)
            for known in self._known:
                bare = known.strip("/")
                self._near[paths.fold(paths.folder(bare)) + "/"].append(known)
                self._near[paths.fold(bare.rpartition("/")[2])].append(known)
        folded, name = paths.fold(wanted), wanted.rpartition("/")[2]
        beside: dict[str, str] = {}
        for known in self._near.get(paths.fold(paths.folder(wanted)) + "/", []):
            if _is_alike(name, known, is_page=is_page):
                beside.setdefault(known.strip("/").rpartition("/")[2], known)
        same = next((known for known in beside.values() if paths.fold(known.strip("/")) == folded), None)
        if same is not None:
            return same
        elsewhere = [known for known in self._near.get(paths.fold(name), []) if _is_alike(name, known, is_page=is_page)]
        if elsewhere:
            return min(elsewhere, key=lambda known: (known.startswith("/"), known))
        self._guesses -= 1
        close = near(name, beside) if self._guesses >= 0 and len(beside) <= _MANY else ()
        return beside[close[0]] if close else ""


def _is_alike(name: str, known: str, *, is_page: bool) -> bool:
    """Whether a path is of the sort that a name is: a page for a page, a source for a source, a file for a file."""
    if is_page or known.endswith("/"):
        return is_page and known.endswith("/")
    return "." not in name or known.endswith(MARKDOWN) == name.endswith(MARKDOWN)
