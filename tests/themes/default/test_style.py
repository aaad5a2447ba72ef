"""The style sheet of the default theme: small, readable in both schemes, for both directions of writing."""

from __future__ import annotations

import colorsys
import math
import re
import tomllib
from pathlib import Path

import pytest

HEX = re.compile(r"--([a-z]+): (#[0-9a-f]{6})")
TEXT = ("ink", "soft", "accent", "tip", "warn", "stop", "ask")


def sheet(theme: Path) -> str:
    return (theme / "assets" / "style.css").read_text("utf-8")


def colours(theme: Path, scheme: str) -> dict[str, str]:
    css = sheet(theme)
    light, _, rest = css.partition("@media (prefers-color-scheme: dark)")
    return dict(HEX.findall(light if scheme == "light" else rest.partition("/* The options")[0]))


def linear(value: float) -> float:
    return value / 12.92 if value <= 0.04045 else ((value + 0.055) / 1.055) ** 2.4


def channels(colour: str) -> tuple[float, float, float]:
    red, green, blue = (linear(int(colour[at : at + 2], 16) / 255) for at in (1, 3, 5))
    return red, green, blue


def luminance(rgb: tuple[float, float, float]) -> float:
    return 0.2126 * rgb[0] + 0.7152 * rgb[1] + 0.0722 * rgb[2]


def contrast(one: float, other: float) -> float:
    """WCAG 2.2: the ratio of two relative luminances."""
    return (max(one, other) + 0.05) / (min(one, other) + 0.05)


def oklch(rgb: tuple[float, float, float]) -> tuple[float, float, float]:
    """CSS Color 4, section 9: linear sRGB to OKLCH."""
    red, green, blue = rgb
    cone = (
        0.4122214708 * red + 0.5363325363 * green + 0.0514459929 * blue,
        0.2119034982 * red + 0.6806995451 * green + 0.1073969566 * blue,
        0.0883024619 * red + 0.2817188376 * green + 0.6299787005 * blue,
    )
    long, medium, short = (math.cbrt(c) for c in cone)
    lightness = 0.2104542553 * long + 0.7936177850 * medium - 0.0040720468 * short
    a = 1.9779984951 * long - 2.4285922050 * medium + 0.4505937099 * short
    b = 0.0259040371 * long + 0.7827717662 * medium - 0.8086757660 * short
    return lightness, math.hypot(a, b), math.atan2(b, a)


def from_oklch(lightness: float, chroma: float, hue: float) -> tuple[float, float, float]:
    """The way back, cut to what a screen can show."""
    a, b = chroma * math.cos(hue), chroma * math.sin(hue)
    long = (lightness + 0.3963377774 * a + 0.2158037573 * b) ** 3
    medium = (lightness - 0.1055613458 * a - 0.0638541728 * b) ** 3
    short = (lightness - 0.0894841775 * a - 1.2914855480 * b) ** 3
    found = (
        4.0767416621 * long - 3.3077115913 * medium + 0.2309699292 * short,
        -1.2684380046 * long + 2.6097574011 * medium - 0.3413193965 * short,
        -0.0041960863 * long - 0.7034186147 * medium + 1.7076147010 * short,
    )
    red, green, blue = (min(1.0, max(0.0, value)) for value in found)
    return red, green, blue


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("ground", ["paper", "wash"])
@pytest.mark.parametrize("text", TEXT)
def test_texts_can_be_read(theme: Path, scheme: str, ground: str, text: str) -> None:
    """WCAG 2.2 AA: 4.5:1 on either ground, in either scheme."""
    found = colours(theme, scheme)
    assert contrast(luminance(channels(found[text])), luminance(channels(found[ground]))) >= 4.5


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_marked_texts_can_be_read(theme: Path, scheme: str) -> None:
    """`<mark>` and the ribbon have a ground of their own."""
    found = colours(theme, scheme)
    assert contrast(luminance(channels(found["ink"])), luminance(channels(found["mark"]))) >= 4.5


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_any_accent_can_be_read(theme: Path, scheme: str) -> None:
    """The option `accent` keeps its hue and gets a lightness: yellow on white and blue on black are readable too."""
    sign, limit = re.findall(r"from var\(--tint\) (min|max)\(l, (\.\d+)\)", sheet(theme))[("light", "dark").index(scheme)]
    choose = {"min": min, "max": max}[sign]
    grounds = [luminance(channels(colours(theme, scheme)[name])) for name in ("paper", "wash")]
    for step in range(72):
        for saturation, value in ((1.0, 1.0), (0.5, 1.0), (1.0, 0.5), (0.2, 0.9)):
            red, green, blue = colorsys.hsv_to_rgb(step / 72, saturation, value)
            lightness, chroma, hue = oklch((linear(red), linear(green), linear(blue)))
            shown = luminance(from_oklch(choose(lightness, float(limit)), chroma, hue))
            assert min(contrast(shown, ground) for ground in grounds) >= 4.5, (step, saturation, value)


def test_both_schemes_have_the_same_colours(theme: Path) -> None:
    """None is forgotten in the dark."""
    assert colours(theme, "light").keys() == colours(theme, "dark").keys()


def test_the_browser_is_told_the_same_colours(theme: Path) -> None:
    """`theme-color` and the option's default are those of the style sheet."""
    head = (theme / "templates/parts/head-site.html").read_text("utf-8")
    for scheme in ("light", "dark"):
        assert f'(prefers-color-scheme: {scheme})" content="{colours(theme, scheme)["paper"]}"' in head
    accent = colours(theme, "light")["accent"]
    assert tomllib.loads((theme / "theme.toml").read_text("utf-8"))["options"]["accent"]["default"] == accent
    assert f'"{accent}"' in (theme / "templates/parts/look.html").read_text("utf-8")


def test_the_sheet_is_small(theme: Path) -> None:
    """Ten kilobytes, to be read as it is."""
    assert len(sheet(theme).encode()) <= 10_240


def test_it_is_for_both_directions(theme: Path) -> None:
    """No property names a left or right side, so that Arabic and Hebrew pages are mirrored."""
    assert not re.findall(
        r"(?:^|[\s;{])(?:(?:margin|padding|border)-(?:left|right)|left|right|float|(?:text-align: (?:left|right)))\b",
        sheet(theme),
        re.MULTILINE,
    )


def test_it_minds_what_readers_ask_for(theme: Path) -> None:
    """Dark pages, less motion, paper, and the keyboard."""
    css = sheet(theme)
    for wish in ("prefers-color-scheme: dark", "prefers-reduced-motion: no-preference", "@media print", ":focus-visible"):
        assert wish in css
    assert css.index("scroll-behavior") > css.index("prefers-reduced-motion")


def test_every_class_that_templates_write_is_known(theme: Path) -> None:
    """A class has a rule, or is one of microformats'."""
    css = sheet(theme)
    found: set[str] = set()
    for path in (theme / "templates").rglob("*.html"):
        plain = re.sub(r"\{\{.*?\}\}|\{%.*?%\}", " ", path.read_text("utf-8"))
        found.update(name for value in re.findall(r'class="([^"]*)"', plain) for name in value.split())
    formats = {name for name in found if re.match(r"(?:h|p|u|dt|e)-", name)}
    assert [name for name in sorted(found - formats) if not re.search(rf"\.{name}\b", css)] == []
