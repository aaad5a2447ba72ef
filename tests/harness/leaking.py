"""A plugin that writes what it should not, and what the build says of it."""

from __future__ import annotations

from itertools import count
from typing import Any

from harness.site import CONFIG, Site
from wol.errors import Diagnostic, WolError

NUMBERS = count()
PLUGIN = '''"""A plugin that makes one file."""

from wol.api import Feature, Made, Step, Target, hook


def plan(site):
    return Made(targets=(Target(path={path!r}, kind="extra"),))


def render(views, target):
    return {text!r}.encode()


@hook
def wol_features(config):
    return [Feature(name="extra", steps=(Step(name="file", make=plan, plans=True),), kinds={{"extra": render}})]
'''


def leaks(here: Site, **options: Any) -> list[Diagnostic]:
    """Build, and give the leaks that stop the build."""
    found: tuple[Diagnostic, ...] = ()
    try:
        here.build(**options)
    except WolError as error:
        found = error.diagnostics
        if not any(one.code == "leak-found" for one in found):
            raise
    return [one for one in found if one.code == "leak-found"]


def leaking(path: str, text: str) -> tuple[dict[str, str], str]:
    """Give a plugin, of a name of its own, that writes a text into a file of the output, and the settings with it."""
    name = f"leaking{next(NUMBERS)}"
    return {f"{name}.py": PLUGIN.format(path=path, text=text)}, CONFIG + f'[build]\nplugins = ["{name}"]\n'
