"""What the templates of the default theme keep to."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

from jinja2 import Environment, nodes

from wol.theme.slot_tag import SlotTag

NAMES = ["base", "home", "post", "page", "note", "section", "archive", "year", "month", "terms", "term", "404", "redirect", "gone"]
PARTS = ["head", "header", "footer", "meta", "card", "toc", "neighbours", "pager"]
BLOCKS = ["title", "head", "styles", "header", "main", "before_content", "content", "after_content", "end", "aside", "footer", "scripts"]
SAME_EVERYWHERE = {"RSS", "Atom", "JSON Feed", "CC-", "CC0-1.0"}
"""Names that have no translation."""


def templates(theme: Path) -> dict[str, str]:
    return {p.relative_to(theme / "templates").as_posix(): p.read_text("utf-8") for p in sorted((theme / "templates").rglob("*.html"))}


def test_every_template_of_the_theme_api_exists(theme: Path) -> None:
    """The authoring format, section 8, names them."""
    wanted = {f"{name}.html" for name in (*NAMES, *(f"parts/{part}" for part in PARTS))}
    assert wanted - set(templates(theme)) == set()


def test_base_has_the_blocks_of_the_theme_api(theme: Path) -> None:
    """A site's own template fills them."""
    tree = Environment(autoescape=True, extensions=[SlotTag]).parse(templates(theme)["base.html"])
    assert sorted(block.name for block in tree.find_all(nodes.Block)) == sorted(BLOCKS)


def test_all_words_can_be_translated(theme: Path) -> None:
    """What stands in a template as text, outside tags and scripts, has no words; and texts in expressions go through `t`."""
    for name, text in templates(theme).items():
        tree = Environment(autoescape=True, extensions=[SlotTag]).parse(text)
        data = " ".join(part.data for part in tree.find_all(nodes.TemplateData))
        data = re.sub(r"<(script|style)\b.*?</\1>", "", data, flags=re.DOTALL)
        data = re.sub(r'<[^<>]*>|https?://\S+|\w+="[^"]*"|\.html', "", data)
        assert re.findall(r"[A-Za-z]{2,}", data) == [], name
        said = {
            found.value for found in tree.find_all(nodes.Const) if isinstance(found.value, str) and re.match(r"[A-Z][A-Za-z]", found.value)
        }
        translated = {c.value for t in tree.find_all(nodes.Filter) if t.name == "t" for c in t.find_all(nodes.Const)}
        assert said - translated - SAME_EVERYWHERE == set(), name


def test_attributes_that_are_read_aloud_can_be_translated(theme: Path) -> None:
    """`aria-label`, `title` and `alt` hold no words of the theme's own."""
    for name, text in templates(theme).items():
        for value in re.findall(r'\b(?:aria-label|title|alt)="([^"{]*)', text):
            assert not value, f"{name}: {value}"


def test_texts_of_others_are_escaped(theme: Path) -> None:
    """`safe` is for closing tags that the theme itself writes, and nothing turns the escaping off."""
    for name, text in templates(theme).items():
        assert "autoescape" not in text, name
        for before in re.findall(r"(\S+)\s*\|\s*safe", text):
            assert before == '"</p>"', f"{name}: {before}"


def test_no_address_is_made_by_hand(theme: Path) -> None:
    """Links go through the views and filters, which know the path of `base_url`."""
    for name, text in templates(theme).items():
        assert not re.findall(r'\b(?:href|src)="/', text), name
        assert re.findall(r'"(/[^"]*)"\s*\|\s*url', text) == [], name


def test_nothing_is_loaded_from_elsewhere(theme: Path) -> None:
    """No template and no style names a file of another host, and there is no script but the redirect's and JSON-LD."""
    for name, text in templates(theme).items():
        assert not re.search(r'<(?:script|img|iframe|source|video|audio)[^>]*src="(?:https?:)?//', text), name
        scripts = re.findall(r"<script[^>]*>", text)
        expected = {"redirect.html": ["<script>"], "parts/json-ld.html": ['<script type="application/ld+json">']}
        assert scripts == expected.get(name, []), name
    for path in (theme / "assets").iterdir():
        text = path.read_text("utf-8").replace('xmlns="http://www.w3.org/2000/svg"', "")
        assert "//" not in text.replace("/*", "").replace("*/", ""), path.name
        assert "@import" not in text
        assert "url(" not in text


def test_what_is_the_same_on_every_page_is_a_fragment(theme: Path) -> None:
    """Header and footer are rendered once, not ten thousand times."""
    base = templates(theme)["base.html"]
    for part in ("parts/header.html", "parts/footer.html", "parts/head-site.html", "parts/styles.html"):
        assert f'fragment("{part}")' in base
        tree = Environment(autoescape=True, extensions=[SlotTag]).parse(templates(theme)[part])
        assert not [n for n in tree.find_all(nodes.Name) if n.name in {"page", "url", "heading", "posts"}], part


def test_the_footer_shows_no_counts(theme: Path) -> None:
    """A new post would otherwise change every page of the site."""
    footer = templates(theme)["parts/footer.html"]
    assert ".count" not in footer
    assert "site.posts" not in footer


def test_every_option_says_what_it_does(theme: Path) -> None:
    """`theme.toml` is the reference of the options, and templates use each of them."""
    manifest = tomllib.loads((theme / "theme.toml").read_text("utf-8"))
    assert manifest["api"] == 1
    everything = "".join(templates(theme).values())
    for name, option in manifest["options"].items():
        assert option["help"].endswith("."), name
        assert f"site.theme.{name}" in everything
    assert set(re.findall(r"site\.theme\.(\w+)", everything)) == set(manifest["options"])
