"""Targets: what must exist in the output, and why it is made."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Literal, get_args

import msgspec

from wol.errors import Diagnostic
from wol.model.ledger import Lasting

Name = tuple[str, str]
"""A dependency: (table, key)."""

Role = Literal["", "item", "list", "part", "feed", "file", "redirect", "copy", "asset", "crawler", "gone"]
"""What a target is for readers and their programs: the page of an item, a list or an older `part` of one, a feed (RSS, Atom or JSON Feed), a file that they come back to;
a redirect, a copy of a file of the site (a `File`), an asset of the theme, a file for crawlers, such as a sitemap, a page that says a list is `gone`; and nothing, for all else."""

ROLES: tuple[str, ...] = tuple(role for role in get_args(Role) if role)

LASTING: Mapping[Role, Lasting] = {"item": "item", "list": "list", "part": "list", "feed": "feed", "file": "file"}
"""The roles of URLs that must not vanish once they were published, and what the ledger calls them."""

Value = Any
"""A plain value: text, number, yes/no, None, a list, tuple or dict of such. Never mutated once it is in a table."""


class Target(msgspec.Struct, frozen=True, array_like=True, kw_only=True):
    """A file that must exist in the output.

    `path` is its path in the output. `kind` names the function that makes its bytes (`Feature.kinds`). `template` is the first template to
    try, for kinds that render one. `subject` is the key of the item that it is about, if any. `args` is what planning
    decided, plain values only; it is compared whole with that of the last build. `origin` is what a collision names: the path of the
    source, or words with names in backticks (the setting, the feature). `yields` lets another target take the path without an error: the page of an `_index.md` gives way to
    the list that shows its text. `role` says what it is: by it the sitemap, the ledger and checks know it. A `last` target is made of other artifacts, when
    all of those are made: it alone may ask for `Views.artifact`.
    """

    path: str
    kind: str
    template: str = ""
    subject: str = ""
    args: dict[str, Value] = {}
    origin: str = ""
    yields: bool = False
    role: Role = ""
    last: bool = False

    @property
    def source(self) -> str:
        """The path of the file that it is a copy or an asset of, where that is known; else empty."""
        return self.origin if self.role in ("copy", "asset") and "`" not in self.origin else ""

    @property
    def lasting(self) -> Lasting:
        """What the ledger calls its URL, if that must not vanish once it was published; else empty."""
        return LASTING.get(self.role, "")


class File(msgspec.Struct, frozen=True):
    """An artifact that is a copy of an input file: its path from the site's root (see `Source.path`).

    `strip` asks for the copy without what pictures say besides their pixels (`wol.images`).
    """

    path: str
    digest: str
    strip: bool = False


class Reason(msgspec.Struct, frozen=True):
    """Why a target is rendered, as a sentence for `--explain`."""

    code: str
    """`new`, `planned`, `dependency`, `fragment` (it uses fragments that are others now, and nothing else is), `missing`, `tampered` or `forced`."""
    detail: str = ""

    def __str__(self) -> str:
        sentence = {
            "new": "is new",
            "planned": "was planned otherwise",
            "dependency": "uses what has changed",
            "fragment": "shows what has changed",
            "missing": "is not in the output",
            "tampered": "was changed by something other than wol",
            "forced": "everything is rendered anew",
        }[self.code]
        return f"{sentence}: {self.detail}" if self.detail else sentence


class Outcome(msgspec.Struct, frozen=True):
    """What became of one target: rendered for a reason, and whether its bytes were written."""

    path: str
    reason: Reason
    written: bool


class BuildReport(msgspec.Struct, frozen=True):
    """What a build did. `pages` counts HTML targets, `outcomes` has the rendered ones; `seconds` is for people only.

    `unnoticed` are files of the input and the output that `--verify` found changed although nothing that the file system says of them is.
    """

    output: str
    profile: str
    pages: int
    targets: int
    outcomes: tuple[Outcome, ...]
    removed: tuple[str, ...]
    diagnostics: tuple[Diagnostic, ...]
    next_change: int | None
    seconds: float
    unnoticed: tuple[str, ...] = ()

    @property
    def rendered(self) -> int:
        return len(self.outcomes)

    @property
    def written(self) -> int:
        return sum(o.written for o in self.outcomes)

    @property
    def errors(self) -> int:
        return sum(d.severity == "error" for d in self.diagnostics)
