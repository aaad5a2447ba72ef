"""What the features of a site declare about texts: front matter fields, Markdown syntax and marks, and that no two have one name."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

import msgspec

from wol.content.settings import FeatureRules
from wol.errors import Diagnostic, WolError, diagnostic, listed
from wol.model.config import Config
from wol.model.feature import Feature
from wol.model.field import FEATURE_TYPES, Declared, Field
from wol.model.field_table import FIELDS, RESERVED, SECRECY, STATE_FIELDS, normal
from wol.model.functions import import_string
from wol.model.mark import LINK, column_of

_NAME = re.compile(r"[a-z][a-z0-9_]*")


class SiteFields(msgspec.Struct, frozen=True):
    """What the features of a site declare.

    `declared` are the fields that are read, `shadowed` those whose name is that of a taxonomy in `site.toml`, `absent` those of features that are off.
    """

    declared: tuple[Declared, ...] = ()
    shadowed: tuple[Declared, ...] = ()
    absent: tuple[Declared, ...] = ()

    @property
    def columns(self) -> frozenset[str]:
        """The columns of facts that may be asked for; those of fields that are not read have no item."""
        return frozenset(one.fact for one in (*self.declared, *self.shadowed, *self.absent))

    @property
    def absent_names(self) -> frozenset[str]:
        """The names of fields of features that are off, without case, `-` and `_`."""
        return frozenset(normal(name) for one in self.absent for name in (one.field.name, *one.field.also))


NONE = SiteFields()


def site_fields(features: Sequence[Feature], config: Config) -> SiteFields:
    """Return what features declare, and what those do that are off; raises WolError (plugin-failed) for fields that cannot be."""
    declared = tuple(Declared(feature.name, field) for feature in features if feature.is_on for field in feature.fields)
    off = tuple(Declared(feature.name, field) for feature in features if not feature.is_on for field in feature.fields)
    if not declared and not off:
        return NONE
    if wrong := [*_invalid((*declared, *off)), *_clashes(declared)]:
        raise WolError(wrong)
    taxonomies = {normal(name) for name in config.taxonomies}
    shadowed = tuple(one for one in declared if normal(one.field.name) in taxonomies)
    return SiteFields(tuple(one for one in declared if one not in shadowed), shadowed, off)


def check_meanings(config: Config, root: Path, fields: SiteFields) -> None:
    """Raise WolError (config-value) if `[content.fields]` names a field that there is not."""
    if not config.content.fields:
        return
    from wol.config.foreign_field_checks import unknown_meanings

    names = [one.field.name for one in (*fields.declared, *fields.shadowed, *fields.absent)]
    problems = list(unknown_meanings(config.content.fields, [*config.taxonomies, *names]))
    if problems:
        from wol.config.load import NAME, read
        from wol.config.locate import locate
        from wol.config.problems import report
        from wol.config.syntax import decode

        raise WolError(report(problems, locate(decode(read(root))), NAME))


def _invalid(declared: Sequence[Declared]) -> Iterator[Diagnostic]:
    """Find declarations that cannot be read by."""
    for one in declared:
        field = one.field
        problem, hint = _problem(field)
        for part in field.fields if not problem else ():
            if part.type == "map":
                problem, hint = f"holds the map `{part.name}`", "a map holds single values and lists; give it another type"
            elif not problem:
                problem, hint = _problem(part)
                problem = problem and f"holds `{part.name}`, which {problem}"
        if problem:
            yield diagnostic("plugin-failed", f"The field `{field.name}` of the feature `{one.feature}` {problem}", hint=hint)


def _problem(field: Field) -> tuple[str, str]:
    if not _NAME.fullmatch(field.name):
        return "cannot have that name", "use small letters, digits and `_`"
    if field.type not in FEATURE_TYPES:
        return f"has the unknown type `{field.type}`", f"write {listed(FEATURE_TYPES)}"
    if field.type not in ("number", "list") and (field.minimum is not None or field.maximum is not None):
        return f"is a {field.type} with a `minimum` or `maximum`", "only numbers have these, and lists a `maximum`"
    if field.type == "list" and (field.minimum is not None or (field.maximum is not None and field.maximum < 1)):
        return "is a list with a `minimum`, or a `maximum` below 1", "a list has at most a `maximum`, of 1 or more"
    if field.choices and field.type not in ("text", "list"):
        return f"is a {field.type} with `choices`", "only fields of the types `text` and `list` have these"
    if (field.type == "map") != bool(field.fields):
        return (
            ("is a map of nothing", "name what it holds in `fields`")
            if not field.fields
            else (f"is a {field.type} with `fields`", 'write `type="map"`')
        )
    if field.shorthand and field.shorthand not in {one.name for one in field.fields}:
        return f"has the shorthand `{field.shorthand}`, which is not among its `fields`", "name one of them"
    return "", ""


def _clashes(declared: Sequence[Declared]) -> Iterator[Diagnostic]:
    """Find names that two features give, or that wol has itself."""
    own = {normal(name) for field in (*FIELDS, *STATE_FIELDS) for name in (field.name, *field.also)}
    own |= {normal(name) for name in (*RESERVED, *SECRECY, "taxonomies")}
    owners: dict[str, Declared] = {}
    for one in declared:
        names = {normal(name): name for name in reversed((one.field.name, *one.field.also))}
        for name, spelling in names.items():
            if name in own:
                message = f"The feature `{one.feature}` declares the front matter field `{spelling}`, which is one of wol's own"
                yield diagnostic("plugin-failed", message, hint=f"give the field of `{one.feature}` another name")
            elif (other := owners.setdefault(name, one)) is not one:
                yield _clash(other, one)


def _clash(one: Declared, other: Declared) -> Diagnostic:
    same = one.field.name == other.field.name
    alike = f"the front matter fields `{one.field.name}` and `{other.field.name}`, which can be written alike"
    fields = f"the front matter field `{one.field.name}`" if same else alike
    if one.feature == other.feature:
        message = f"The feature `{one.feature}` declares {fields}{' twice' if same else ''}"
        return diagnostic("plugin-failed", message, hint="give one of them another name")
    message = f"The features `{one.feature}` and `{other.feature}` {'both ' if same else ''}declare {fields}"
    return diagnostic("plugin-failed", message, hint=f"switch one of them off in `[features]`: `{other.feature} = false`")


def rules_of(features: Iterable[Feature]) -> tuple[FeatureRules, ...]:
    """Return what features add to Markdown; raises WolError (plugin-failed) where two have a part or a kind of mark of one name."""
    rules = tuple(_rules_of(features))
    _refuse_twins("part", ((one.name, one.parts) for one in rules), {})
    _refuse_twins("mark", ((one.name, one.marks) for one in rules), {LINK: "wol"})
    return rules


def _refuse_twins(what: str, declared: Iterable[tuple[str, Iterable[str]]], owners: dict[str, str]) -> None:
    for feature, kinds in declared:
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
