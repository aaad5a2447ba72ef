"""What the features of a site declare together: names that clash, declarations that cannot be, and what has precedence."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from harness.site import CONFIG, Site
from wol.api import Feature, Field
from wol.engine.protocol import declared_types
from wol.engine.protocol.feature_declarations import SiteFields, site_fields
from wol.errors import WolError
from wol.model.config import Config, SiteConfig, TaxonomyConfig

SETTINGS = Config(site=SiteConfig(title="A", base_url="https://example.org"))


def declaring(name: str, *fields: Field) -> Feature:
    return Feature(name=name, fields=fields)


def field(name: str, kind: str = "text", **limits: Any) -> Field:
    return Field(name, kind, "What it is.", **limits)


def refused(*features: Feature) -> list[tuple[str, str]]:
    with pytest.raises(WolError) as caught:
        site_fields(features, SETTINGS)
    assert {one.code for one in caught.value.diagnostics} == {"plugin-failed"}
    return [(one.message, one.hint) for one in caught.value.diagnostics]


OFF = "switch one of them off in `[features]`: `two = false`"


@pytest.mark.parametrize(
    ("one", "two", "message", "hint"),
    [
        (field("part"), field("part"), "The features `one` and `two` both declare the front matter field `part`", OFF),
        (field("part_of"), field("partof"), "The features `one` and `two` declare the front matter fields `part_of` and `partof`, which can be written alike", OFF),
        (field("part", also=("chapter",)), field("chapter"), "The features `one` and `two` declare the front matter fields `part` and `chapter`, which can be written alike", OFF),
        (field("part", also=("no",)), field("number", also=("No",)), "The features `one` and `two` declare the front matter fields `part` and `number`, which can be written alike", OFF),
        (field("part"), field("title"), "The feature `two` declares the front matter field `title`, which is one of wol's own", "give the field of `two` another name"),
        (field("part"), field("tags"), "The feature `two` declares the front matter field `tags`, which is one of wol's own", "give the field of `two` another name"),
        (field("part"), field("cover"), "The feature `two` declares the front matter field `cover`, which is one of wol's own", "give the field of `two` another name"),
        (field("part"), field("status"), "The feature `two` declares the front matter field `status`, which is one of wol's own", "give the field of `two` another name"),
        (field("part"), field("episode", also=("Perma-Link",)), "The feature `two` declares the front matter field `Perma-Link`, which is one of wol's own", "give the field of `two` another name"),
        (field("part"), field("password"), "The feature `two` declares the front matter field `password`, which is one of wol's own", "give the field of `two` another name"),
        (field("part"), field("in_reply_to"), "The feature `two` declares the front matter field `in_reply_to`, which is one of wol's own", "give the field of `two` another name"),
    ],
)  # fmt: skip
def test_two_fields_of_one_name(one: Field, two: Field, message: str, hint: str) -> None:
    """Both owners are named."""
    assert refused(declaring("one", one), declaring("two", two)) == [(message, hint)]


def test_one_feature_declares_a_field_twice() -> None:
    """Also within one feature a name has one field; a field may repeat its own name among its spellings."""
    message = "The feature `one` declares the front matter field `part` twice"
    assert refused(declaring("one", field("part"), field("part", "number"))) == [(message, "give one of them another name")]
    assert site_fields([declaring("one", field("part", also=("part", "Part")))], SETTINGS).columns == {"one.part"}


@pytest.mark.parametrize(
    ("wrong", "problem", "hint"),
    [
        (field("Part"), "cannot have that name", "use small letters, digits and `_`"),
        (field("a.b"), "cannot have that name", "use small letters, digits and `_`"),
        (field(""), "cannot have that name", "use small letters, digits and `_`"),
        (field("part", "int"), "has the unknown type `int`", "write `text`, `number`, `yes-no`, `date`, `list`, `reference` or `map`"),
        (field("part", "terms"), "has the unknown type `terms`", "write `text`, `number`, `yes-no`, `date`, `list`, `reference` or `map`"),
        (field("part", minimum=1), "is a text with a `minimum` or `maximum`", "only numbers have these, and lists a `maximum`"),
        (field("part", "date", choices=("a",)), "is a date with `choices`", "only fields of the types `text` and `list` have these"),
        (field("part", "map"), "is a map of nothing", "name what it holds in `fields`"),
        (field("part", fields=(field("a"),)), "is a text with `fields`", 'write `type="map"`'),
        (field("part", "map", fields=(field("a"),), shorthand="b"), "has the shorthand `b`, which is not among its `fields`", "name one of them"),
        (field("part", "map", fields=(field("a", "map", fields=(field("b"),)),)), "holds the map `a`", "a map holds single values and lists; give it another type"),
        (field("part", "map", fields=(field("a", "int"),)), "holds `a`, which has the unknown type `int`", "write `text`, `number`, `yes-no`, `date`, `list`, `reference` or `map`"),
    ],
)  # fmt: skip
def test_declarations_that_cannot_be(wrong: Field, problem: str, hint: str) -> None:
    """A wrong declaration is named with its feature, on or off."""
    expected = (f"The field `{wrong.name}` of the feature `one` {problem}", hint)
    assert refused(declaring("one", wrong)) == [expected]
    with pytest.raises(WolError) as caught:
        site_fields([declaring("one", wrong).switched_off()], SETTINGS)
    assert [(one.message, one.hint) for one in caught.value.diagnostics] == [expected]


@pytest.mark.parametrize("given", [field("part"), (1,), "part", ({"name": "part"},), (Field("part", "text", 3),), (Field("part", "text", "", also="chapter"),)])  # type: ignore[arg-type]  # fmt: skip
def test_fields_that_are_none(given: Any) -> None:
    """What a plugin gives in place of fields is told where it comes in."""
    feature = Feature(name="one", fields=given)
    with pytest.raises(TypeError, match=r"`one`"):
        declared_types.feature(feature)


def test_a_taxonomy_wins() -> None:
    """A taxonomy of the site takes the name of a feature's field, in any spelling; the feature can see that."""
    taxonomies = {**SETTINGS.taxonomies, "Series-Name": TaxonomyConfig()}
    config = Config(site=SETTINGS.site, taxonomies=taxonomies)
    fields = site_fields([declaring("one", field("series_name"), field("part"))], config)
    assert [one.fact for one in fields.declared] == ["one.part"]
    assert [one.fact for one in fields.shadowed] == ["one.series_name"]
    assert fields.columns == {"one.part", "one.series_name"}


def test_features_that_are_off_clash_with_none() -> None:
    """Only the names of fields that are read must differ."""
    fields = site_fields([declaring("one", field("part")), declaring("two", field("part", also=("Chap-Ter",))).switched_off()], SETTINGS)
    assert fields.absent_names == {"part", "chapter"}
    assert site_fields([declaring("one"), declaring("two").switched_off()], SETTINGS) == SiteFields()


@pytest.mark.parametrize(
    ("line", "hint"),
    [
        ("hidden = 'hidden'", "did you mean `unlisted`?"),
        ("hidden = ''", "write `unlisted`, `draft`, `private`, `status`, `published` or `foreign`, or another field"),
        ("hidden = 'expired'", "did you mean `expires`?"),
        ("episode = 'prat'", "did you mean `part`?"),
    ],
)
def test_meanings_that_are_no_field(site: Callable[..., Site], line: str, hint: str) -> None:
    """What `[content.fields]` names must be a field of wol, a taxonomy, or a field of a feature."""
    here = site({"content/a.md": "A"}, CONFIG + f'[content.fields]\n{line}\n[build]\nplugins = ["harness.tale"]\n')
    (found,) = here.errors()
    key, value = (part.strip() for part in line.split("="))
    line_number = CONFIG.count("\n") + 2
    assert (found.code, found.hint) == ("config-value", hint)
    assert found.message == f"`{key}` in `[content.fields]` is `{value[1:-1]}`, which is not a field"
    assert found.span is not None
    assert (found.span.path, found.span.line) == ("site.toml", line_number)
    here.write("site.toml", CONFIG + '[content.fields]\nepisode = "Part"\n[build]\nplugins = ["harness.tale"]\n')
    assert not here.build().diagnostics
