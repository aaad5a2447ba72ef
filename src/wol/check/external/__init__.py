"""Links to other sites: asked politely, remembered for a while, and never more than a warning.

`link_checker(cache)` gives what `wol.check.check` takes as `ask`. The HTTP client is imported only here, when it is needed.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from wol.check.run import Ask


def link_checker(cache: Path) -> Ask:
    """Return the function that looks at addresses of other sites; what it learns is kept in the folder of the site's records."""
    return partial(_ask, cache)


def _ask(cache: Path, urls: Collection[str]) -> Mapping[str, str]:
    from wol.check.external.asking import ask
    from wol.check.external.fetch import Visitor

    return ask(cache, urls, Visitor())
