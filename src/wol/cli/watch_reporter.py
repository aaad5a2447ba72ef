"""What `wol watch` says: what was built, what had changed, what is wrong and when it is good again."""

from __future__ import annotations

import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

import click

from wol import clock
from wol.cli.commands.build import counts, found, local, pages_in
from wol.cli.invocation import Session
from wol.cli.progress_bar import Meter
from wol.cli.report import tell, tell_defect
from wol.cli.terminal import Ink, counted, printable, tally, terminal
from wol.errors import Diagnostic
from wol.watch.messages import Built, Defect, Failed

SHOWN = 3
"""Changed files that a line names."""


class Told:
    """Prints a line for each build that did something (`wol.watch.listener.Listener`). Findings are told when they are new."""

    def __init__(self, session: Session, root: Path) -> None:
        self._session = session
        self._root = root
        self._causes: Sequence[str] = ()
        self._first = True
        self._wrong = False
        self._known: frozenset[Diagnostic] = frozenset()
        self._next_change: int | None = None
        self._meter: Meter | None = None

    def building(self, causes: Sequence[str]) -> None:
        self._causes = causes
        self._meter = Meter(sys.stderr) if terminal(sys.stderr) and not self._session.quiet else None

    def progress(self, stage: str, done: int, total: int) -> None:
        if self._meter is not None:
            self._meter(stage, done, total)

    def rendered(self, staged: Mapping[str, str]) -> None:
        """Nobody looks at a release while it is built."""

    def built(self, built: Built) -> None:
        self._clear()
        tell([d for d in built.diagnostics if d not in self._known], self._session, self._root)
        self._known = frozenset(built.diagnostics)
        mended, self._wrong = self._wrong, False
        work = f"{counts(built.rendered, len(built.written), len(built.removed))}, {built.seconds:.2f} s{found(built.diagnostics)}"
        if self._first:
            self._say(f"{pages_in(built.pages, built.output)}: {work}")
        elif built.written or built.removed or mended:
            self._log(("Good again. " if mended else "") + work, "green" if mended else "")
        if self._session.verbose:
            self._say("".join([*(f"{path}: written\n" for path in built.written), *(f"{path}: removed\n" for path in built.removed)])[:-1])
        if built.next_change is not None and built.next_change != self._next_change:
            self._say(f"Something appears or expires at {local(built.next_change, self._root)}; it is built then.")
        self._next_change = built.next_change
        self._begin()

    def failed(self, failed: Failed) -> None:
        self._clear()
        tell([d for d in failed.diagnostics if d.severity == "error" or d not in self._known], self._session, self._root)
        self._wrong = True
        self._log(f"{tally(failed.diagnostics)}; nothing is changed in the site", "red", error=True)
        self._begin()

    def broken(self, defect: Defect) -> None:
        self._clear()
        self._wrong = True
        if defect.trace:
            tell_defect(defect.sentence, defect.trace, self._session, self._root)
        else:
            click.echo(f"{printable(defect.sentence)}.", err=True)
        self._begin()

    def noticed(self, sentence: str) -> None:
        self._clear()
        click.echo(printable(sentence), err=True)

    def _begin(self) -> None:
        """Say once that there is more to come."""
        if self._first:
            self._first = False
            self._say("Watching for changes; Ctrl-C ends it.")

    def _say(self, text: str) -> None:
        if text and not self._session.quiet:
            click.echo("\n".join(map(printable, text.split("\n"))))

    def _log(self, done: str, colour: str = "", *, error: bool = False) -> None:
        """Print what became of a build, with the time and the files that caused it."""
        if self._session.quiet:
            return
        ink = Ink(sys.stderr if error else sys.stdout)
        named = ", ".join(self._causes[:SHOWN]) or ("its time has come" if self._is_due() else "")
        if len(self._causes) > SHOWN:
            named += f" and {counted(len(self._causes) - SHOWN, 'other')}"
        click.echo(f"{ink(clock.time_of_day(), dim=True)} {printable(f'{named}: ' if named else '')}{ink(done, colour)}", err=error)

    def _is_due(self) -> bool:
        return self._next_change is not None and clock.now() >= self._next_change

    def _clear(self) -> None:
        if self._meter is not None:
            self._meter.clear()
