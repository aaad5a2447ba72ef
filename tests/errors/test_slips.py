"""Slips of a writer: one cause gives one message, and what its hint says, applied as it stands, ends it."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping

import pytest

from harness.site import CONFIG, Site
from wol.config.value_checks import is_zone
from wol.errors import Diagnostic, WolError

POST = "---\ntitle: A\ndate: 2026-11-20\n{}---\n{}\n"
OTHER = "---\ntitle: B\ndate: 2026-11-20\n{}---\nText.\n"

Fix = Callable[[Site, Diagnostic], None]


def quoted(hint: str, number: int = 0) -> str:
    """Return what a hint has in backticks."""
    found: list[str] = re.findall(r"`([^`]+)`", hint)
    return found[number]


def rewrite_line(here: Site, found: Diagnostic) -> None:
    """Write the line that the hint gives in place of the one that the finding is about."""
    assert found.span is not None
    lines = (here.root / found.span.path).read_text().split("\n")
    lines[found.span.line - 1] = quoted(found.hint)
    here.write(found.span.path, "\n".join(lines))


def rename_key(here: Site, found: Diagnostic) -> None:
    """Write the key that the hint gives."""
    assert found.span is not None
    lines = (here.root / found.span.path).read_text().split("\n")
    _, _, rest = lines[found.span.line - 1].partition("=")
    lines[found.span.line - 1] = f"{quoted(found.hint)} ={rest}"
    here.write(found.span.path, "\n".join(lines))


def add_slug(here: Site, found: Diagnostic) -> None:
    """Add the table and the line that the hint gives."""
    here.write("site.toml", (here.root / "site.toml").read_text() + f"\n{quoted(found.hint, 1)}\n{quoted(found.hint, 2)}\n")


def remove_aliases(here: Site, found: Diagnostic) -> None:
    """Remove the alias from its file."""
    assert found.span is not None
    here.write(found.span.path, re.sub("aliases:.*\n", "", (here.root / found.span.path).read_text()))


def rename_to_hint(here: Site, found: Diagnostic) -> None:
    """Give the file or folder the name that the hint gives."""
    assert found.span is not None
    old = here.root / found.span.path
    old.rename(old.with_name(quoted(found.hint)))


def break_comment(here: Site, found: Diagnostic) -> None:
    """Begin the comment on a line of its own, after an empty one."""
    assert found.span is not None
    here.write(found.span.path, (here.root / found.span.path).read_text().replace("<!--", "\n\n<!--"))


def remove_markers(here: Site, found: Diagnostic) -> None:
    """Delete the lines that begin with the markers which the hint names."""
    assert found.span is not None
    markers = re.findall(r"`([<=>]{7})`", found.hint)
    lines = (here.root / found.span.path).read_text().split("\n")
    here.write(found.span.path, "\n".join(line for line in lines if not line.startswith(tuple(markers))))


def delete_copy(here: Site, found: Diagnostic) -> None:
    """Delete the copy."""
    assert found.span is not None
    here.remove(found.span.path)


def settings(old: str, new: str) -> str:
    """Return settings with a line that is wrong."""
    assert old in CONFIG
    return CONFIG.replace(old, new)


TITLE = next(line for line in CONFIG.split("\n") if line.startswith("title"))

SLIPS: Mapping[str, tuple[dict[str, str], str, str, Fix]] = {
    **{
        f"timezone {zone}": ({}, settings(TITLE, f'{TITLE}\ntimezone = "{zone}"'), "config-value", rewrite_line)
        for zone in ("GMT+1", "UTC-5", "utc+5:30", "+2", "UTC+0", "UTC+05:45", "GMT+13")
    },
    "an option among the settings of the theme": ({}, f'{CONFIG}[theme]\naccent = "#17614a"\n', "config-unknown", rewrite_line),
    "the title by another name": ({}, settings("title =", "name ="), "config-unknown", rename_key),
    "a misspelt title": ({}, settings("title =", "tilte ="), "config-unknown", rename_key),
    "curly quotes": ({}, settings(TITLE, "title = “A site”"), "config-syntax", rewrite_line),
    "single curly quotes": ({}, settings(TITLE, "title = ‘A site’"), "config-syntax", rewrite_line),
    **{
        f"the tag {tag}": ({"content/posts/a.md": POST.format(f'tags: ["{tag}"]\n', "Text.")}, CONFIG, "slug-invalid", add_slug)
        for tag in ("🎉", "!!!", "❤️", "…")
    },
    "an alias that is an address": (
        {"content/posts/a.md": POST.format("aliases: [/b/]\n", "Text."), "content/posts/b.md": OTHER.format("url: /b/\n")},
        CONFIG,
        "url-collision",
        remove_aliases,
    ),
    "an alias of two posts": (
        {"content/posts/a.md": POST.format("aliases: [/o/]\n", "Text."), "content/posts/b.md": OTHER.format("aliases: [/o/]\n")},
        CONFIG,
        "url-collision",
        remove_aliases,
    ),
    "a comment over an empty line": (
        {"content/posts/a.md": POST.format("", "Text <!-- one\n\ntwo --> and more.")},
        CONFIG,
        "comment-unclosed",
        break_comment,
    ),
    "a folder in another case": ({"content/Posts/a.md": POST.format("", "Text.")}, CONFIG, "folder-case", rename_to_hint),
    "a text file": ({"content/posts/b.md.txt": POST.format("", "Text.")}, CONFIG, "source-unread", rename_to_hint),
    "a merge conflict": (
        {"content/posts/a.md": POST.format("", "<<<<<<< HEAD\nOne.\n=======\nTwo.\n>>>>>>> topic")},
        CONFIG,
        "merge-conflict",
        remove_markers,
    ),
    "a conflict copy": (
        {"content/posts/a.md": POST.format("", "Text."), "content/posts/a 2.md": POST.format("", "Text.")},
        CONFIG,
        "conflict-copy",
        delete_copy,
    ),
}


@pytest.mark.parametrize("slip", SLIPS)
def test_a_slip(site: Callable[..., Site], slip: str) -> None:
    """One finding, with its place; the hint ends it, and brings no other."""
    files, config, code, fix = SLIPS[slip]
    here = site(files or {"content/posts/a.md": POST.format("", "Text.")}, config)
    found = found_in(here)
    assert [one.code for one in found] == [code]
    assert found[0].span is not None
    fix(here, found[0])
    assert not found_in(here)


def found_in(here: Site) -> list[Diagnostic]:
    """Return all that a build reports, whether it ends well or not."""
    try:
        return list(here.build().diagnostics)
    except WolError as error:
        return list(error.diagnostics)


@pytest.mark.parametrize("zone", ["GMT+25", "UTC+5:17", "GMT+99"])
def test_offsets_that_no_zone_has(site: Callable[..., Site], zone: str) -> None:
    """No zone is made up for them."""
    here = site({"content/posts/a.md": POST.format("", "Text.")}, settings(TITLE, f'{TITLE}\ntimezone = "{zone}"'))
    (found,) = here.errors()
    assert is_zone(re.findall('"([^"]+)"', found.hint)[0])


@pytest.mark.parametrize(
    ("setting", "line"),
    [
        ('[theme]\nnav = [\n  {text = "A", to = "posts/a.md"},\n  {text = "X", to = "nowhere.md"},\n]\n', 'to = "nowhere.md"'),
        ('[redirects]\n"/old/" = "/nowhere/"\n', '"/old/"'),
        ('[site.author]\nphoto = "nowhere.png"\n', "photo"),
    ],
)
def test_settings_that_lead_nowhere(site: Callable[..., Site], setting: str, line: str) -> None:
    """The line of the setting is named."""
    here = site({"content/posts/a.md": POST.format("", "Text.")}, CONFIG + setting)
    (found,) = here.build().diagnostics
    assert found.span is not None
    assert line in (here.root / "site.toml").read_text().split("\n")[found.span.line - 1]
