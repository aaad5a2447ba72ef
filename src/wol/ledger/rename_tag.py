"""Renaming a tag, or a term of another taxonomy, in all sources: its page redirects, and who follows its feeds goes on with the new name."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import msgspec

from wol.config.setting_lines import redirect_line, with_redirects
from wol.content.amend import ByHandError
from wol.content.rename_term import rename_term
from wol.content.value_readers import terms
from wol.engine.reading import read_all_defaults
from wol.errors import WolError, diagnostic, near
from wol.features.taxonomies.terms import term_slug
from wol.ledger.edits import Edit, edit
from wol.ledger.overview import Overview
from wol.model.config import TaxonomyConfig
from wol.model.slugs import slug, slug_problem, term_key

SITE = "site.toml"


class TagPlan(msgspec.Struct, frozen=True):
    """What renaming a term takes: `sources` are the paths of texts that change, `redirect` is the old and the new URL path, None where the URL stays.

    `notes` are sentences about what its writer has to change by hand.
    """

    taxonomy: str
    old: str
    new: str
    edits: tuple[Edit, ...]
    sources: tuple[str, ...]
    redirect: tuple[str, str] | None
    notes: tuple[str, ...]


def rename_tag(over: Overview, old: str, new: str, taxonomy: str = "") -> TagPlan:
    """Decide all that renaming a term changes; without a taxonomy it is looked for in all of them, in the order of `site.toml`.

    Raises WolError: url-unknown where no post has it, slug-invalid or term-collision where the new name cannot be.
    """
    found = _taxonomy_of(over, old, taxonomy)
    return _Renaming(over, found, old.strip().removeprefix("#"), new.strip().removeprefix("#").strip()).plan()


def _taxonomy_of(over: Overview, old: str, taxonomy: str) -> str:
    key = term_key(old.strip().removeprefix("#"))
    names = [taxonomy] if taxonomy else list(over.config.taxonomies)
    if taxonomy and taxonomy not in over.config.taxonomies:
        hint = f"write one of {', '.join(f'`{name}`' for name in over.config.taxonomies)}"
        raise WolError(diagnostic("url-unknown", f"There is no taxonomy `{taxonomy}`", SITE, hint=hint))
    known = {name: _spellings(over, name) for name in names}
    for name in names:
        if key in known[name]:
            return name
    similar = near(old, [spelling for terms in known.values() for group in terms.values() for spelling in group])
    hint = f"did you mean `{similar[0]}`?" if similar else "`wol list` shows every item with its file and URL"
    raise WolError(diagnostic("url-unknown", f"No post has the tag `{old}`", hint=hint))


def _spellings(over: Overview, taxonomy: str) -> dict[str, dict[str, list[str]]]:
    """Return the terms of a taxonomy: `term_key` to spelling to keys of items, hidden ones too."""
    terms: dict[str, dict[str, list[str]]] = {}
    for key, summary in over.summaries.items():
        for name in summary.terms.get(taxonomy, ()):
            terms.setdefault(term_key(name), {}).setdefault(name, []).append(key)
    return terms


class _Renaming:
    """One renaming on the way to its plan."""

    def __init__(self, over: Overview, taxonomy: str, old: str, new: str) -> None:
        self.over = over
        self.taxonomy = taxonomy
        self.config: TaxonomyConfig = over.config.taxonomies[taxonomy]
        self.terms = _spellings(over, taxonomy)
        self.old, self.new = old, new
        self.old_key, self.new_key = term_key(old), term_key(new)
        self.notes: list[str] = []

    def plan(self) -> TagPlan:
        old_slug, new_slug = self._slug(self.old_key, self.old), self._slug(self.new_key, self.new)
        self._refuse(new_slug)
        edits, sources = self._of_sources()
        self.notes += self._of_defaults()
        self.notes += self._of_settings()
        redirect = None
        path = self.config.path or self.taxonomy
        places = (f"/{path}/{old_slug}/", f"/{path}/{new_slug}/")
        if old_slug != new_slug and sources and self._is_known(places[0]):
            redirect = places
            edits += self._redirected(*places)
        return TagPlan(self.taxonomy, self.old, self.new, tuple(edits), tuple(sources), redirect, tuple(self.notes))

    def _slug(self, key: str, name: str) -> str:
        given = {term_key(typed): slug(wanted) for typed, wanted in self.config.slugs.items()}
        return term_slug(given.get(key, ""), self.terms.get(key, {name: []}))

    def _refuse(self, new_slug: str) -> None:
        problem = slug_problem("", new_slug)
        if problem:
            hint = f'give it a slug first, below `[taxonomies.{self.taxonomy}.slugs]` in `site.toml`: `"{self.new}" = "…"`'
            raise WolError(diagnostic("slug-invalid", f"The name `{self.new}` makes no slug", hint=hint))
        for key, spellings in self.terms.items():
            if key not in (self.old_key, self.new_key) and self._slug(key, "") == new_slug:
                message = f"`{self.new}` and `{min(spellings)}` are different names in `{self.taxonomy}` with one slug, `{new_slug}`"
                hint = f'use one name for both, or give the new one a slug first, below `[taxonomies.{self.taxonomy}.slugs]`: `"{self.new}" = "…"`'
                raise WolError(diagnostic("term-collision", message, hint=hint))

    def _is_known(self, url: str) -> bool:
        """Return whether readers may know the page of the old term: the ledger has it, or a text that is published has the term."""
        keys = {key for group in self.terms[self.old_key].values() for key in group}
        return url in self.over.held or any(self.over.state(key) == "published" for key in keys)

    def _of_sources(self) -> tuple[list[Edit], list[str]]:
        over, edits, sources = self.over, [], []
        for key in sorted({key for group in self.terms[self.old_key].values() for key in group}):
            path = f"{over.folder}/{key}"
            if over.sources.scan.tree.items[key].path != path:
                self.notes.append(f"`{path}` is made by a plugin, and keeps `{self.old}`")
                continue
            before = (over.root / path).read_bytes()
            try:
                after = rename_term(before, path, self.taxonomy, self.old_key, self.new, over.sources.settings)
            except ByHandError:
                line = over.summaries[key].lines.get(self.taxonomy, 0)
                self.notes.append(f"{path}:{line}: write `{self.new}` for `{self.old}` by hand")
                continue
            if after != before:
                edits.append(edit(path, before, after))
                sources.append(path)
        return edits, sources

    def _of_defaults(self) -> Iterator[str]:
        """Report the `_defaults.toml` that give the old name."""
        cut = self.over.sources.settings.taxonomies.get(self.taxonomy, "comma")
        for given in read_all_defaults(self.over.sources.scan.tree, self.over.root)[0].values():
            raw = given.values.get(self.taxonomy)
            if raw is not None and self.old_key in map(term_key, terms(raw, cut) or ()):
                yield f"{given.path}: write `{self.new}` for `{self.old}` by hand"

    def _of_settings(self) -> Iterator[str]:
        """Report what `site.toml` says of the old name."""
        for table, names in (("slugs", self.config.slugs), ("terms", self.config.terms)):
            for name in names:
                if term_key(name) == self.old_key and self.old_key != self.new_key:
                    yield f"{SITE}: `{name}` in `[taxonomies.{self.taxonomy}.{table}]` should be `{self.new}` now"

    def _redirected(self, source: str, to: str) -> list[Edit]:
        redirects: Mapping[str, str] = self.over.config.redirects
        wanted = {**{known: end for known, end in redirects.items() if known != to}, source: to}
        before = (self.over.root / SITE).read_bytes()
        after = with_redirects(before.decode("utf-8"), wanted)
        if after is None:
            self.notes.append(f"{SITE}: write `{redirect_line(source, to)}` below `[redirects]` by hand")
            return []
        return [edit(SITE, before, after.encode("utf-8"))]
