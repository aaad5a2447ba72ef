"""The Markdown syntax and the marks of all features: what reading has to know of them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from wol.content.settings import FeatureRules
from wol.errors import WolError, diagnostic
from wol.model.feature import Feature
from wol.model.functions import import_string
from wol.model.mark import LINK, column_of


def rules_of(features: Iterable[Feature]) -> tuple[FeatureRules, ...]:
    """Return what features add to Markdown; raises WolError (plugin-failed) where two have a part or a kind of mark of one name."""
    rules = tuple(_rules_of(features))
    _refuse_twins("part", ((one.name, one.parts) for one in rules), {})
    _refuse_twins("mark", ((one.name, one.marks) for one in rules), {LINK: "wol"})
    return rules


def _refuse_twins(what: str, given: Iterable[tuple[str, Iterable[str]]], owners: dict[str, str]) -> None:
    for feature, kinds in given:
        for kind in kinds:
            if kind in owners:
                message = f"The feature `{feature}` has a kind of {what} `{kind}`, as {owners[kind]} has"
                raise WolError(diagnostic("plugin-failed", message, hint="rename one of them"))
            owners[kind] = f"the feature `{feature}`"


def mark_columns(features: Iterable[Feature]) -> frozenset[str]:
    """Return the columns of the kinds of marks that texts may have."""
    return frozenset(map(column_of, (LINK, *(kind for feature in features for kind in feature.marks))))


def _rules_of(features: Iterable[Feature]) -> Iterator[FeatureRules]:
    for feature in features:
        if feature.syntax is None:
            if feature.marks:
                yield FeatureRules(feature.name, feature.version, "", (), tuple(feature.marks))
            continue
        rules = import_string(feature.syntax.rules)
        yield FeatureRules(feature.name, feature.version, rules, tuple(sorted(feature.syntax.parts)), tuple(feature.marks))
