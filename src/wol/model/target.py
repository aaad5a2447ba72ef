"""Targets: what must exist in the output, and why it is made."""

from __future__ import annotations

from typing import Any

import msgspec

from wol.errors import Diagnostic
from wol.model.ledger import Lasting

Name = tuple[str, str]
"""A dependency: (table, key)."""

Value = Any
"""A plain value: text, number, yes/no, None, a list, tuple or dict of such. Never mutated once it is in a table."""


class Target(msgspec.Struct, frozen=True, array_like=True, kw_only=True):
    """A file that must exist in the output.

    `path` is its path in the output. `kind` names the function that makes its bytes (`Feature.kinds`). `template` is the first template to
    try, for kinds that render one. `subject` is the key of the item that it is about, if any. `args` is what planning
    decided, plain values only; it is compared whole with that of the last build. `origin` is what a collision names: the path of the
    source, or words with names in backticks (the setting, the feature). `yields` lets another target take the path without an error: the page of an `_index.md` gives way to
    the list that shows its text. `lasting` says what sort of URL it is if readers and their programs will come back to it: such a one must not vanish once it
    was published.
    """

    path: str
    kind: str
    template: str = ""
    subject: str = ""
    args: dict[str, Value] = {}
    origin: str = ""
    yields: bool = False
    lasting: Lasting = ""


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
            "tampered": "was changed by another hand",
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
