"""Whatever can be typed has its entry in the reference: commands, settings, fields, names, hooks and codes."""

from __future__ import annotations

import typing
from collections.abc import Iterator
from typing import Any

import click

from harness.codes import CODES
from harness.guides import ROOT, Own, guide, rows
from wol import api
from wol.cli.main import main
from wol.config.classes import fields, is_table
from wol.config.declared_tables import settings_class
from wol.features.registry import declared, tables
from wol.model.feature import Feature
from wol.model.field_table import FIELDS, STATE_FIELDS
from wol.model.item import COLUMNS
from wol.model.step import SiteInput, Step
from wol.model.view_protocol import Views
from wol.render.names import BLOCKS, OF_TEMPLATES, PARTS, VIEWS, names, reference
from wol.site.core_tables import INPUT, STEPS


def words(text: str) -> str:
    """Give a text as a page shows it: without backticks, in one line."""
    return " ".join(text.replace("`", "").split())


def test_codes(own: Own) -> None:
    """Every code is an anchor, with what it means and the way out."""
    page = own.reference("codes")
    shown = " ".join(page.text.split())
    assert set(CODES) - set(page.ids) == set()
    for name, code in CODES.items():
        assert f" {name} {code.severity.capitalize()}. {words(code.meaning)} Way out: {words(code.way_out)}." in shown


def test_commands_and_options(own: Own) -> None:
    """Every command is a heading, and every option of it, or of all, is there with its help."""
    page = own.reference("commands")
    shown = " ".join(page.text.split())
    context = click.Context(main)
    for name in main.list_commands(context):
        command = main.get_command(context, name)
        assert command is not None
        assert name in page.ids
        assert command.help
        assert words(command.help.split("\n")[0]) in shown
        for parameter in command.params:
            if isinstance(parameter, click.Option):
                long = parameter.opts[-1].lstrip("-")
                assert {f"{name}-{long}", f"wol-{long}"} & set(page.ids), (name, long)
            assert words(getattr(parameter, "help", "")) in shown


def keys(kind: Any, path: tuple[str, ...] = ()) -> Iterator[tuple[str, ...]]:
    """Give the dotted names of all keys of `site.toml`; NAME stands for names that the writer gives."""
    for name, hint in ((field.name, field.type) for field in fields(kind)):
        below = next((one for one in (hint, *typing.get_args(hint)) if is_table(one)), None)
        where = (*path, name)
        yield where
        if below is not None:
            yield from keys(below, (*where, "NAME") if typing.get_origin(hint) is dict else where)


def test_settings(own: Own) -> None:
    """Every key of `site.toml` is an anchor, every feature that can be switched, and every option of the default theme."""
    page = own.reference("settings")
    expected = {".".join(path) for path in keys(settings_class(tables()))}
    assert {"site.title", "site.author.name", "taxonomies.NAME.terms.NAME.title", "theme.nav.to"} < expected
    assert expected - set(page.ids) == set()
    assert {f"features.{feature.name}" for feature in declared() if feature.switchable} - set(page.ids) == set()
    theme = (ROOT / "themes/default/theme.toml").read_text("utf-8")
    options = {line[9:-1] for line in theme.splitlines() if line.startswith("[options.")}
    assert options
    assert {f"theme.options.{name}" for name in options} - set(page.ids) == set()


def test_settings_show_their_defaults(own: Own) -> None:
    """A default is shown as it is typed in TOML."""
    shown = " ".join(own.reference("settings").text.split())
    assert 'folder Text, default "content". ' in shown
    assert "page_size Whole number, 1 to 1000, default 10. " in shown
    assert 'static Table of texts, default {"/" = "static"}. ' in shown
    assert "html true or false, default true" in shown
    assert "base_url Text, required. " in shown


def test_front_matter(own: Own) -> None:
    """Every field is an anchor, and its other spellings are named."""
    page = own.reference("front-matter")
    for field in (*FIELDS, *STATE_FIELDS):
        assert field.name in page.ids
        assert words(field.description) in " ".join(page.text.split())
        assert f"Also written {', '.join(field.also)}." in page.text or not field.also


def test_template_names(own: Own) -> None:
    """Every name that the views give is an anchor below its sort."""
    page = own.reference("templates")
    by_end = {i.partition(".")[2] for i in page.ids if "." in i}
    for title, entries in reference(declared()):
        assert entries, title
        for name, meaning in entries:
            assert name.partition("(")[0] in by_end, name
            assert words(meaning) in " ".join(page.text.split())
    assert {"page.title", "page.terms", "site.posts", "pager.older", "callout.title", "filters.date"} < set(page.ids)
    for title, view in VIEWS.items():
        assert words(title) in page.text
        assert list(names(view)), title
    assert {*OF_TEMPLATES, *BLOCKS, *PARTS} - by_end == set()


def test_hooks_of_plugins(own: Own) -> None:
    """Every hook of a feature is in the guide and in the reference, as are all that plugins may read."""
    page = own.reference("plugins")
    assert {f"feature.{name}" for name in Feature.__struct_fields__} - set(page.ids) == set()
    assert {f"step.{name}" for name in Step.__struct_fields__} - set(page.ids) == set()
    filled_in = {"name", "version", "description", "switchable", "plugin", "is_on"}
    assert {row[0].strip("`").partition("(")[0] for row in rows(guide("plugins"), "part")} == set(Feature.__struct_fields__) - filled_in
    assert {f"site.{name}" for name in vars(SiteInput) if name[0] != "_"} - set(page.ids) == set()
    assert {f"views.{name}" for name in vars(Views) if name[0] != "_"} - set(page.ids) == set()
    assert {f"api.{name}" for name in api.__all__} - set(page.ids) == set()
    assert {f"columns.{name}" for name in COLUMNS if name != "key"} - set(page.ids) == set()
    assert {
        f"tables.{step.provides[0]}"
        for step in (*STEPS, *(step for feature in declared() for step in feature.steps))
        if step.provides and not step.provides[0].startswith(INPUT)
    } - set(page.ids) == set()


def test_no_entry_is_empty(own: Own) -> None:
    """Each entry of a reference has words below its name."""
    for name in ("codes", "commands", "settings", "front-matter", "templates", "plugins"):
        html = own.site.read(f"docs/reference/{name}/index.html")
        assert "<dd></dd>" not in html
        assert html.count("<dt>") > 5
        assert "</dt>\n<dt>" not in html
