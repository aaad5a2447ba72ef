"""Codes that features bring: known wherever the feature is, listed with wol's own, and refused where they cannot be."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from harness.site import CONFIG, Site

PLUGIN = """
from wol.api import DiagnosticCode, Feature, Made, Step, diagnostic, hook


def look(site):
    return Made(diagnostics=tuple(diagnostic("{name}-long", "The title is long", f"content/{{key}}") for key in site.column("title")))


@hook
def wol_features(config):
    code = DiagnosticCode("titles", {severity!r}, "A title is long.", "shorten the title")
    step = Step(name="look", make=look, columns=frozenset({{"title"}}))
    return [Feature(name="{name}", codes={{{code!r}: {declared}}}, steps=(step,))]
"""


def plugin_site(
    site: Callable[..., Site], name: str, settings: str = "", *, severity: str = "warning", code: str = "", declared: str = "code"
) -> Site:
    """Make a site with a plugin that reports every title by a code of its own."""
    plugin = PLUGIN.format(name=name, severity=severity, code=code or f"{name}-long", declared=declared)
    return site({f"{name}.py": plugin, "content/a.md": "Text."}, f'{CONFIG}\n[build]\nplugins = ["{name}"]\n{settings}')


@pytest.mark.parametrize("severity", ["warning", "error"])
def test_a_code_of_a_plugin(site: Callable[..., Site], severity: str) -> None:
    """A diagnostic has the severity and the hint that its code was declared with."""
    here = plugin_site(site, f"codes_{severity}", severity=severity)
    (one,) = here.errors() if severity == "error" else here.build().diagnostics
    assert (one.code, one.severity, one.hint) == (f"codes_{severity}-long", severity, "shorten the title")


def test_a_code_of_a_plugin_in_allow(site: Callable[..., Site]) -> None:
    """`[check] allow` knows the codes of features; a mistyped one is reported at its line, with the one that was meant."""
    allow = '[[check.allow]]\ncode = "{}"\npath = "*"\nreason = "so"\n'
    assert plugin_site(site, "codes_allowed", allow.format("codes_allowed-long")).build().diagnostics
    (one,) = plugin_site(site, "codes_mistyped", allow.format("codes_mistyped-lnog")).errors()
    assert (one.code, one.hint) == ("config-value", "did you mean `codes_mistyped-long`?")
    assert str(one.span).startswith("site.toml:")


@pytest.mark.parametrize(
    ("name", "change", "message"),
    [
        ("codes_own", {"code": "date-invalid"}, "the code `date-invalid`, which is one of wol's own"),
        ("codes_text", {"declared": "'long'"}, "has `'long'` for `codes_text-long`, where a `DiagnosticCode` belongs"),
        ("codes_hint", {"severity": "hint"}, "has the severity `hint`, where `error` or `warning` belongs"),
    ],
)
def test_codes_that_cannot_be(site: Callable[..., Site], name: str, change: dict[str, str], message: str) -> None:
    """A declaration that cannot be used names the feature and the code."""
    (one,) = plugin_site(site, name, **change).errors()
    assert one.code == "plugin-failed"
    assert message in one.message
