"""Numbers that no program reads, and nesting that none follows, are errors of the file that has them, with the line."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from harness.site import CONFIG, Site

HUGE = "1" * 5000
DEEP = "[" * 3000 + "]" * 3000
LONG = " + ".join(["1"] * 5000)
POST = "---\ntitle: B\ndate: 2026-11-02\n{}\n---\nText.\n"
THEME = CONFIG + '[theme]\nuse = ["m"]\n'

# Files, settings, the code, and the place that is named (nothing where the site is good all the same).
WRONG: dict[str, tuple[dict[str, str | bytes], str, str, str]] = {
    "YAML": ({"content/posts/b.md": POST.format(f"weight: {HUGE}\nx: [{HUGE}]")}, CONFIG, "", ""),
    "TOML": ({"content/b.md": f"+++\ntitle = 'B'\nx = {HUGE}\n+++\n"}, CONFIG, "front-matter-syntax", "content/b.md:3"),
    "TOML in a list": ({"content/b.md": f"+++\ntitle = 'B'\nx = [1,\n -{HUGE}]\n+++\n"}, CONFIG, "front-matter-syntax", "content/b.md:4"),
    "TOML of base 16": ({"content/b.md": f"+++\ntitle = 'B'\nx = 0x{HUGE}\n+++\n"}, CONFIG, "", ""),
    "TOML of a power": ({"content/b.md": "+++\ntitle = 'B'\nx = 1e999999\n+++\n"}, CONFIG, "", ""),
    "a field of TOML": ({"content/b.md": f"+++\ntitle = {HUGE}\n+++\n"}, CONFIG, "front-matter-syntax", "content/b.md:2"),
    "defaults": ({"content/posts/_defaults.toml": f"x = {HUGE}\n"}, CONFIG, "front-matter-syntax", "content/posts/_defaults.toml:1"),
    "settings": ({}, f"{CONFIG}[feeds]\nlimit = {HUGE}\n", "config-syntax", "site.toml:5"),
    "deep settings": ({}, f"{CONFIG}x = {DEEP}\n", "config-syntax", "site.toml"),
    "a theme": ({"themes/m/theme.toml": f"api = 1\nx = {HUGE}\n"}, THEME, "config-syntax", "themes/m/theme.toml:2"),
    "a deep theme": ({"themes/m/theme.toml": f"x = {DEEP}\n"}, THEME, "config-syntax", "themes/m/theme.toml"),
    "a template": ({"themes/m/templates/post.html": f"\n{{{{ {HUGE} }}}}"}, THEME, "template-syntax", "themes/m/templates/post.html:2"),
    "a long template": ({"themes/m/templates/post.html": f"{{{{ {LONG} }}}}"}, THEME, "template-syntax", "themes/m/templates/post.html"),
    "filters of a template": (
        {"themes/m/templates/post.html": "{{ 1" + "|string" * 3000 + " }}"},
        THEME,
        "template-syntax",
        "themes/m/templates/post.html",
    ),
    "a power in a template": (
        {"themes/m/templates/post.html": "{{ 10 ** 100000 }}"},
        THEME,
        "template-failed",
        "themes/m/templates/post.html:1",
    ),
    "a text of a template": (
        {"themes/m/templates/post.html": "{{ 'x' * 10 ** 12 }}"},
        THEME,
        "template-failed",
        "themes/m/templates/post.html:1",
    ),
    "a text made a number": (
        {"themes/m/templates/post.html": "{{ ('1' * 5000)|int + 1 }}"},
        THEME,
        "",
        "",
    ),
    "a date": ({"content/posts/b.md": POST.format(f"expires: {HUGE}")}, CONFIG, "date-invalid", "content/posts/b.md:4"),
    "a character": ({"content/posts/b.md": POST.format("x: y") + f"&#{HUGE};"}, CONFIG, "", ""),
    "a numbered list": ({"content/posts/b.md": POST.format("x: y") + f"{HUGE}. x"}, CONFIG, "", ""),
}


@pytest.mark.parametrize("what", WRONG)
def test_a_number_or_nesting_beyond_all_measure(site: Callable[..., Site], what: str) -> None:
    """It is no defect of wol: the file is good, or it has one error with its place and a hint."""
    files, config, code, place = WRONG[what]
    post = POST.format("x: y").replace("B", "A")
    ran = site({"content/posts/a.md": post, **files}, config).run("build", "--at", "2026-12-01")
    assert ran.code == (1 if code else 0), ran.stderr[:2000]
    if code:
        assert f"{place}:" in ran.stderr
        assert ran.stderr.count(f"error[{code}]") == 1
        assert "hint:" in ran.stderr
