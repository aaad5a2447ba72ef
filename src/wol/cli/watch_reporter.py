"""What `wol watch` prints: each build, what caused it, its errors, and that they are fixed."""

from __future__ import annotations

import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

import click

from wol import clock
from wol.cli.formatting import counted, diagnostic_counts, local_time, page_count, tally, work_summary
from wol.cli.invocation import Invocation
from wol.cli.progress_bar import ProgressBar
from wol.cli.report import print_defect, print_diagnostics
from wol.cli.terminal import Styler, is_terminal, printable
from wol.errors import Diagnostic
from wol.watch.messages import BuildCrashed, BuildFailed, BuildSucceeded

SHOWN = 3
"""Changed files that a line names."""


class WatchReporter:
    """Prints a line for each build that did something (`wol.watch.listener.Listener`). Diagnostics are printed when they are new."""

    def __init__(self, invocation: Invocation, root: Path) -> None:
        self._invocation = invocation
        self._root = root
        self._causes: Sequence[str] = ()
        self._first = True
        self._wrong = False
        self._known: frozenset[Diagnostic] = frozenset()
        self._next_change: int | None = None
        self._progress_bar: ProgressBar | None = None

    def building(self, causes: Sequence[str]) -> None:
        self._causes = causes
        self._progress_bar = ProgressBar(sys.stderr) if is_terminal(sys.stderr) and not self._invocation.quiet else None

    def progress(self, stage: str, done: int, total: int) -> None:
        if self._progress_bar is not None:
            self._progress_bar(stage, done, total)

    def rendered(self, staged: Mapping[str, str]) -> None:
        """Nobody looks at a release while it is built."""

    def built(self, built: BuildSucceeded) -> None:
        self._clear()
        print_diagnostics([d for d in built.diagnostics if d not in self._known], self._invocation, self._root)
        self._known = frozenset(built.diagnostics)
        fixed, self._wrong = self._wrong, False
        work = f"{work_summary(built.rendered, len(built.written), len(built.removed))}, {built.seconds:.2f} s{diagnostic_counts(built.diagnostics)}"
        if self._first:
            self._say(f"{page_count(built.pages, built.output)}: {work}")
        elif built.written or built.removed or fixed:
            self._log(("Good again. " if fixed else "") + work, "green" if fixed else "")
        if self._invocation.verbose:
            self._say("".join([*(f"{path}: written\n" for path in built.written), *(f"{path}: removed\n" for path in built.removed)])[:-1])
        if built.next_change is not None and built.next_change != self._next_change:
            self._say(f"Something appears or expires at {local_time(built.next_change, self._root)}; it is built then.")
        self._next_change = built.next_change
        self._begin()

    def failed(self, failed: BuildFailed) -> None:
        self._clear()
        print_diagnostics([d for d in failed.diagnostics if d.severity == "error" or d not in self._known], self._invocation, self._root)
        self._wrong = True
        self._log(f"{tally(failed.diagnostics)}; nothing is changed in the site", "red", error=True)
        self._begin()

    def broken(self, defect: BuildCrashed) -> None:
        self._clear()
        self._wrong = True
        if defect.trace:
            print_defect(defect.sentence, defect.trace, self._invocation, self._root)
        else:
            click.echo(f"{printable(defect.sentence)}.", err=True)
        self._begin()

    def noticed(self, sentence: str) -> None:
        self._clear()
        click.echo(printable(sentence), err=True)

    def _begin(self) -> None:
        """Print once that wol keeps watching."""
        if self._first:
            self._first = False
            self._say("Watching for changes; Ctrl-C ends it.")

    def _say(self, text: str) -> None:
        if text and not self._invocation.quiet:
            click.echo("\n".join(map(printable, text.split("\n"))))

    def _log(self, done: str, colour: str = "", *, error: bool = False) -> None:
        """Print the result of a build, with the time and the files that caused it."""
        if self._invocation.quiet:
            return
        style = Styler(sys.stderr if error else sys.stdout)
        named = ", ".join(self._causes[:SHOWN]) or ("its time has come" if self._is_due() else "")
        if len(self._causes) > SHOWN:
            named += f" and {counted(len(self._causes) - SHOWN, 'other')}"
        click.echo(f"{style(clock.time_of_day(), dim=True)} {printable(f'{named}: ' if named else '')}{style(done, colour)}", err=error)

    def _is_due(self) -> bool:
        return self._next_change is not None and clock.now() >= self._next_change

    def _clear(self) -> None:
        if self._progress_bar is not None:
            self._progress_bar.clear()
