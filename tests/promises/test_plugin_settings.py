"""A plugin declares a table of `site.toml`: it is checked as wol's own are, and what reads it is made again when it changes."""

from __future__ import annotations

import json
from collections.abc import Callable
from itertools import count

import pytest

from harness.site import CONFIG, Site, differences, tree
from wol.errors import WolError

NUMBERS = count()
PLUGIN = """
from typing import Annotated, Literal
from wol.api import Feature, Made, SettingProblem, SettingsTable, Step, Table, Target, hook, setting


class PartConfig(Table, frozen=True, kw_only=True):
    title: Annotated[str, setting("What it is called.")]
    size: Annotated[int, setting("How large it is.", ge=1)] = 1


class ShopConfig(Table, frozen=True, kw_only=True):
    \"\"\"The shop.\"\"\"

    items: Annotated[int, setting("Items on a page.", ge=1, le=50)] = 10
    rate: Annotated[float, setting("The rate of tax.", ge=0, le=1)] = 0.2
    currency: Annotated[Literal["EUR", "GBP"], setting("What prices are in.")] = "GBP"
    owner: Annotated[str, setting("Who sells.")]DEFAULT
    open: Annotated[bool, setting("Whether it is open.")] = True
    days: Annotated[tuple[str, ...], setting("When it is open.")] = ()
    parts: Annotated[dict[str, PartConfig], setting("What is sold.")] = {}


def check(settings):
    if settings.owner == "nobody":
        yield SettingProblem("owner", "`owner` in `[shop]` is nobody", "write a name")


def plan(site):
    return Made(targets=(Target(path="shop.txt", kind="shop"), Target(path="plan.txt", kind="text", args={"text": str(site.config.table("shop", ShopConfig).items)})))


def render(views, target):
    return f"{views.config('shop.currency')} {sorted(views.config('shop'))}".encode()


def text(views, target):
    return target.args["text"].encode()


@hook
def wol_features(config):
    table = SettingsTable(kind=ShopConfig, description="The shop.", check=check)
    step = Step(name="files", make=plan, plans=True)
    return [Feature(name="shop", settings={"NAME": table}, steps=(step,), kinds={"shop": render, "text": text})]
"""


def shop(site: Callable[..., Site], settings: str = "", *, default: str = ' = ""', name: str = "shop") -> Site:
    """Return a site with the plugin, and with some lines behind line 8 of its settings."""
    module = f"shop{next(NUMBERS)}"
    files = {"content/a.md": "A.\n", f"{module}.py": PLUGIN.replace("DEFAULT", default).replace("NAME", name)}
    return site(files, f'{CONFIG}[build]\nplugins = ["{module}"]\n{settings}')


def problem(here: Site) -> tuple[str, int, str, str]:
    """Build a site, and return code, line, message and hint of the one thing that is wrong with it."""
    with pytest.raises(WolError) as caught:
        here.build()
    (found,) = caught.value.diagnostics
    return found.code, found.span.line if found.span else 0, found.message, found.hint


FIRST = CONFIG.count("\n") + 3


@pytest.mark.parametrize(
    ("settings", "code", "line", "message", "hint"),
    [
        ("[shop]\nitms = 3\n", "config-unknown", 1, "has no key `itms` in `[shop]`", "did you mean `items`?"),
        ("[shop]\nitems = 'x'\n", "config-value", 1, "must be a whole number", "write digits alone"),
        ("[shop]\nitems = '7'\n", "config-value", 1, "must be a whole number", "`items = 7`"),
        ("[shop]\nitems = 51\n", "config-value", 1, "must be at most 50", "within the limits"),
        ("[shop]\nitems = 2026-01-01\n", "config-value", 1, "must be a whole number; it is the date 2026-01-01", ""),
        ("[shop]\nrate = 1.5\n", "config-value", 1, "must be at most 1", ""),
        ("[shop]\nrate = 'x'\n", "config-value", 1, "must be a number", ""),
        ("[shop]\n\ncurrency = 'USD'\n", "config-value", 2, "it must be `EUR` or `GBP`", "write one of these"),
        ("[shop]\nowner = 1\n", "config-value", 1, "must be a text", '`owner = "1"`'),
        ("[shop]\nowner = 2026-01-01\n", "config-value", 1, "must be a text", '`owner = "2026-01-01"`'),
        ("[shop]\nopen = 'yes'\n", "config-value", 1, "must be `true` or `false`", ""),
        ("[shop]\ndays = 'Mon'\n", "config-value", 1, "must be a list", '`days = ["Mon"]`'),
        ("[shop.parts.a]\n", "config-required", 0, "lacks `title`", "add `title = "),
        ("[shop.parts.a]\ntitle = 'A'\nsiez = 1\n", "config-unknown", 2, "no key `siez`", "did you mean `size`?"),
        ("[shop]\nowner = 'nobody'\n", "config-value", 1, "`owner` in `[shop]` is nobody", "write a name"),
        ("shop = 1\n", "config-unknown", 0, "no key `shop` in `[build]`", ""),
        ("[shpo]\nitems = 1\n", "config-unknown", 0, "has no table `[shpo]`", "did you mean `[shop]`?"),
        ("[feedz]\nitems = 1\n", "config-unknown", 0, "has no table `[feedz]`", "did you mean `[feeds]`?"),
        ("[feeds]\nitems = 0\n", "config-value", 1, "must be at least 1", ""),
        ("[feeds]\nhub = 'x'\n", "config-value", 1, "is not a whole address", ""),
        ("[code]\nlight = 'monokay'\n", "config-value", 1, "no style of Pygments", "`monokai`"),
    ],
)
def test_what_is_wrong_is_told_as_of_wols_own(
    site: Callable[..., Site], settings: str, code: str, line: int, message: str, hint: str
) -> None:
    """A wrong value or key has its line, its message and its way out, whoever declared the table; it is told again by the next build."""
    here = shop(site, settings)
    told = problem(here)
    assert told[:2] == (code, FIRST + line)
    assert message in told[2]
    assert hint in told[3]
    assert problem(here) == told


@pytest.mark.parametrize("settings", ["[shop]\nitms = 3\n", "[shop]\nitems = 0\n", "[shop]\nowner = 'nobody'\n"])
def test_a_feature_that_is_off(site: Callable[..., Site], settings: str) -> None:
    """Its table is checked all the same, and is no unknown one."""
    assert problem(shop(site, f"[features]\nshop = false\n{settings}"))[1] == FIRST + 3
    here = shop(site, "[features]\nshop = false\n[shop]\nitems = 3\n")
    here.build()
    assert not (here.output / "shop.txt").exists()


def test_a_key_without_a_default(site: Callable[..., Site]) -> None:
    """It must be there, unless the feature is off."""
    told = problem(shop(site, default=""))
    assert told[0] == "config-required"
    assert told[2:] == ("`site.toml` lacks `owner` in `[shop]`", 'add `owner = "About"`')
    shop(site, "[features]\nshop = false\n", default="").build()
    shop(site, "[shop]\nowner = 'Ann'\n", default="").build()


@pytest.mark.parametrize("name", ["site", "feeds", "tables", "table", "my-shop", "class", "Shop", ""])
def test_names_that_cannot_be(site: Callable[..., Site], name: str) -> None:
    """A table of wol's own or of another feature, and what is no name, is a fault of the plugin."""
    assert problem(shop(site, name=name))[0] == "plugin-failed"


def test_values_in_steps_and_views(site: Callable[..., Site]) -> None:
    """Steps read the class, views read dotted names; an edit makes again what read it, as a clean build does."""
    here = shop(site)
    here.build()
    assert here.read("plan.txt") == "10"
    assert here.read("shop.txt") == "GBP ['currency', 'days', 'items', 'open', 'owner', 'parts', 'rate']"
    here.write("site.toml", f"{(here.root / 'site.toml').read_text()}[shop]\nitems = 3\ncurrency = 'EUR'\n")
    here.build()
    assert here.read("plan.txt") == "3"
    assert here.read("shop.txt").startswith("EUR")
    assert here.build().outcomes == ()
    clean = here.copy(here.root.parent / "clean")
    clean.build(clean=True)
    assert differences(tree(here.output), tree(clean.output)) == ""


@pytest.mark.parametrize("settings", ["[shop]\nitems = 0\n", "[feeds]\nitems = 0\n"])
def test_commands_of_features(site: Callable[..., Site], settings: str) -> None:
    """They are given settings that were checked, before any build."""
    here = shop(site, settings)
    ran = here.run("feeds")
    assert (ran.code, ran.stdout) == (1, "")
    assert f"site.toml:{FIRST + 1}:" in ran.stderr
    assert "must be at least 1" in ran.stderr
    assert shop(site).run("feeds").code == 0


def test_the_plugin_changes(site: Callable[..., Site]) -> None:
    """Settings that were good are checked again when the plugin declares another class."""
    here = shop(site, "[shop]\nitems = 3\n")
    here.build()
    module = next(here.root.glob("shop*.py"))
    other = f"other{next(NUMBERS)}"
    here.write(f"{other}.py", module.read_text().replace("ge=1, le=50", "ge=5, le=50"))
    here.write("site.toml", (here.root / "site.toml").read_text().replace(module.stem, other))
    assert "at least 5" in problem(here)[2]


def test_the_schema_has_it(site: Callable[..., Site]) -> None:
    """Editors learn of the table in the site that has the plugin."""
    here = shop(site)
    schema = json.loads(here.run("schema").stdout)
    assert schema["$defs"]["ShopConfig"]["properties"]["items"]["maximum"] == 50
    assert schema["$defs"]["FeedsConfig"]["properties"]["items"]["maximum"] == 1000
