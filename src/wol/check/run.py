"""One check of the public site as it was last built: open, look at each file once, ask the rules, place and sort what they found."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping
from pathlib import Path

import msgspec

from wol import clock
from wol.check.address_parser import host_of
from wol.check.allow import allowed, idle
from wol.check.built_site import BuiltSite, built_site
from wol.check.file_facts import Context, Progress, Task, inspect_all, is_inspected
from wol.check.leaked import leaked
from wol.check.rules import RULES
from wol.check.site_inspection import SiteInspection
from wol.check.source_locator import LocatedFinding, locate
from wol.engine.prepare import LoadFeatures
from wol.engine.protocol import result_types
from wol.engine.protocol.feature_calls import call
from wol.errors import Diagnostic, Span
from wol.model.functions import name_of
from wol.model.inspection import Finding

EXTERNAL = "check-external"

Ask = Callable[[Collection[str]], Mapping[str, str]]
"""Looks at addresses of other sites; returns those that seem to be broken, each with what is wrong."""


class Checked(msgspec.Struct, frozen=True):
    """What a check found, in the order of places. `pages` and `files` were looked at; `outside` is how many addresses of other sites pages link to."""

    diagnostics: tuple[Diagnostic, ...]
    pages: int
    files: int
    outside: int
    seconds: float

    @property
    def errors(self) -> int:
        return sum(d.severity == "error" for d in self.diagnostics)


def findings(root: Path, load_features: LoadFeatures) -> tuple[Diagnostic, ...]:
    """Check the public site as it was last built, and give all that is wrong with it, errors and warnings; what `[check] allow` names is left out.

    This is for whoever is about to publish: an error among them is a reason not to. Nothing is built and nothing is fetched. What the build itself told
    (`link-broken` and others) is among the findings. Raises WolError where there is nothing to check: check-no-build, check-outdated, build-locked,
    write-failed, and errors in site.toml.
    """
    return check(root, load_features).diagnostics


def check(
    root: Path, load_features: LoadFeatures, *, jobs: int | None = None, ask: Ask | None = None, progress: Progress | None = None
) -> Checked:
    """Check the public site as `findings` does; `ask` follows links to other sites too, after the site is free again."""
    started = clock.elapsed()
    with built_site(root, load_features, jobs) as built:
        inspection = inspect(built, progress)
        found = [finding for rule in RULES for finding in rule(inspection)]
        found += _of_features(inspection)
        outside = _outside(inspection)
        there = list(locate(inspection, found))
    if ask is not None:
        wrong = ask(outside)
        there += locate(inspection, [_external(url, wrong[url], *outside[url]) for url in outside if url in wrong])
    told = [LocatedFinding(one, (one.span.path,) if one.span is not None else ()) for one in built.told]
    entries = built.config.check.allow
    left, used = allowed((*told, *there), entries)
    left += idle(root, entries, used, frozenset() if ask is not None else frozenset({EXTERNAL}))
    ordered = tuple(sorted(dict.fromkeys(left), key=lambda one: (one.span or Span(""), one.code, one.message)))
    return Checked(ordered, len(inspection.pages), len(inspection.built.outputs), len(outside), clock.elapsed() - started)


def inspect(built: BuiltSite, progress: Progress | None = None) -> SiteInspection:
    """Inspect each file of a build once."""
    context = Context(str(built.output))
    facts = inspect_all(context, list(_tasks(built)), built.jobs, progress)
    pages = {page.path: page for page in facts.pages}
    feeds = {feed.path: feed for feed in facts.feeds}
    styles = {style.path: style for style in facts.styles}
    return SiteInspection(built, pages, feeds, styles, leaked(built), dict(facts.exposed))


def _of_features(inspection: SiteInspection) -> Iterator[Finding]:
    """Ask the rules of features; raises WolError (plugin-failed)."""
    for feature in inspection.built.features:
        for rule in (*feature.rules, *feature.output_rules):
            yield from call(feature, f"the rule `{name_of(rule)}`", rule, result_types.findings, inspection)


def _tasks(built: BuiltSite) -> Iterator[Task]:
    for path, target in built.targets.items():
        if path in built.outputs and is_inspected(path, target.role):
            yield Task(path, target.role)


def _external(url: str, what: str, page: str, typed: str) -> Finding:
    return Finding(EXTERNAL, f"The link to `{typed}` seems to be broken: {what}", page, typed, names=(url, host_of(url)))


def _outside(inspection: SiteInspection) -> Mapping[str, tuple[str, str]]:
    """Return each address of another site to which a page links: the first page, and what is typed there."""
    found: dict[str, tuple[str, str]] = {}
    for one in inspection.links.outside:
        if one.sort == "link":
            found.setdefault(one.url, (one.page, one.typed))
    return found
