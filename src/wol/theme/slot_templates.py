"""What each slot of a site's templates shows: templates of the features that are on, in the order of the site."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence

from wol.errors import Diagnostic, diagnostic, did_you_mean, listed
from wol.model.feature import Feature
from wol.model.slots import SLOTS
from wol.theme.lookup import Lookup

Slots = Mapping[str, tuple[str, ...]]
"""Name of a slot to the templates that it shows, in order; slots that show nothing are absent."""


def slots_of(features: Sequence[Feature], chosen: Slots) -> dict[str, tuple[str, ...]]:
    """Return what each slot shows: what `[theme.slots]` lists, in that order and nothing else; a slot that it does not name shows all, in the order of features."""
    by_name = {feature.name: feature for feature in features if feature.is_on}
    shown = {}
    for slot in SLOTS:
        names = chosen.get(slot, by_name)
        templates = [template for name in names if name in by_name for template in by_name[name].slots.get(slot, ())]
        if templates:
            shown[slot] = tuple(dict.fromkeys(templates))
    return shown


def slot_problems(features: Sequence[Feature], chosen: Slots, settings: Callable[[], str]) -> Iterator[Diagnostic]:
    """Report names in `[theme.slots]` that are unknown or show nothing there; `settings` reads the text of `site.toml`."""
    from wol.config.locate import locate

    by_name = {feature.name: feature for feature in features}
    for slot, names in chosen.items():
        if slot not in SLOTS:
            line, column = locate(settings()).of_key(("theme", "slots", slot))
            hint = did_you_mean(slot, SLOTS) or f"the slots are {listed(SLOTS, 'and')}"
            yield diagnostic("config-unknown", f"There is no slot `{slot}`", "site.toml", line, column, hint=hint)
            continue
        able = [name for name, feature in by_name.items() if slot in feature.slots]
        for number, name in enumerate(names):
            if name in able:
                continue
            line, column = locate(settings()).of_value(("theme", "slots", slot, number))
            there = f"the features for this slot are {listed(able, 'and')}" if able else "remove it: no feature shows anything in this slot"
            if name in by_name:
                message = f"The feature `{name}` shows nothing in the slot `{slot}`"
                yield diagnostic("config-value", message, "site.toml", line, column, hint=there)
            else:
                hint = did_you_mean(name, able) or did_you_mean(name, by_name) or there
                yield diagnostic(
                    "config-unknown", f"There is no feature `{name}` for the slot `{slot}`", "site.toml", line, column, hint=hint
                )


def missing_templates(features: Sequence[Feature], slots: Slots, lookup: Lookup) -> Iterator[Diagnostic]:
    """Report templates of slots that no theme has."""
    for feature in features:
        for slot, templates in feature.slots.items():
            for template in templates:
                if template in slots.get(slot, ()) and lookup.find(template) is None:
                    message = f"The feature `{feature.name}` shows `{template}` in the slot `{slot}`, and no theme has that template"
                    hint = did_you_mean(template, lookup.names) or "update the plugin, or ask its author"
                    yield diagnostic("plugin-failed", message, hint=hint)
