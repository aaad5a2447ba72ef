"""`wol`: the commands, and the one place where everything that goes wrong ends.

Exit codes: 0 good, 1 errors in the site, 2 wrong use, 3 a defect of wol, 130 stopped by Ctrl-C (143 and 129 by SIGTERM and a closed
terminal), 141 nobody reads the output any more.
"""

from __future__ import annotations

import contextlib
import gc
import os
import signal
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn

import click

from wol.cli.command_group import CommandGroup
from wol.cli.invocation import HELP, Invocation, common_options

if TYPE_CHECKING:
    from wol.errors import Diagnostic

GOOD, WRONG, USAGE, DEFECT, UNREAD = 0, 1, 2, 3, 141
BY_SIGNAL = 128
"""What a shell adds to the number of a signal to give the exit code of what it ended."""

COMPLETE = "_WOL_COMPLETE"

EPILOG = """\b
Begin:
  wol init my-site        make a site
  cd my-site
  wol new "First steps"   write a post
  wol serve               see it in a browser while you write
  wol build               build it into public/

\b
Completion, once for your shell:
  bash:  eval "$(_WOL_COMPLETE=bash_source wol)"     in ~/.bashrc
  zsh:   eval "$(_WOL_COMPLETE=zsh_source wol)"      in ~/.zshrc
  fish:  _WOL_COMPLETE=fish_source wol | source      in ~/.config/fish/config.fish

Exit codes: 0 good, 1 errors in the site, 2 wrong use, 3 a defect of wol.
"""


class Wol(CommandGroup):
    """The group of all commands. Calling it runs the command line and ends the process with the exit code."""

    def main(self, args: Sequence[str] | None = None, prog_name: str | None = None, *_: Any, **__: Any) -> NoReturn:
        if os.environ.get(COMPLETE):
            super().main(args, prog_name="wol", complete_var=COMPLETE)
        code = run(sys.argv[1:] if args is None else args)
        gc.disable()
        gc.freeze()  # Python looks for circles among all objects before it ends; after a build of 10,000 posts that takes 0.16 s
        sys.exit(code)


main = Wol(
    "wol",
    params=common_options(),
    help="A static site generator for people who think in public.",
    epilog=EPILOG,
    context_settings={"help_option_names": list(HELP), "max_content_width": 100},
)


def run(arguments: Sequence[str]) -> int:
    """Run a command line and give its exit code; nothing but a closed process is raised."""
    for stream in (sys.stdout, sys.stderr):
        with contextlib.suppress(AttributeError, ValueError):
            stream.reconfigure(errors="backslashreplace")  # type: ignore[union-attr]  # a stream may be closed or replaced
    try:
        with _stoppable():
            code = _run(list(arguments), Invocation())
        if sys.stdout is not None:
            sys.stdout.flush()
    except BrokenPipeError:
        _mute()
        return UNREAD
    return code


def _run(arguments: list[str], invocation: Invocation) -> int:
    try:
        with main.make_context("wol", arguments, obj=invocation) as context:
            return int(main.invoke(context) or GOOD)
    except click.exceptions.Exit as exit_:
        return exit_.exit_code
    except click.ClickException as error:
        error.show()
        return error.exit_code
    except (KeyboardInterrupt, EOFError, click.Abort) as stopped:
        with contextlib.suppress(OSError):  # the terminal may be gone
            click.echo("\nStopped.", err=True)
        return BY_SIGNAL + (stopped.signal if isinstance(stopped, _Stopped) else signal.SIGINT)
    except BrokenPipeError:
        raise
    except Exception as error:
        from wol.errors import WolError

        if isinstance(error, WolError):
            return _wrong(error.diagnostics, invocation)
        if isinstance(error, OSError):
            from wol.write_errors import system_refused

            return _wrong((system_refused(error),), invocation)
        if isinstance(error, MemoryError):
            from wol.errors import diagnostic

            return _wrong((diagnostic("out-of-memory", "There is not enough memory for this command"),), invocation)
        return _defect(error, invocation)


class _Stopped(KeyboardInterrupt):
    """Something other than Ctrl-C asks the process to end; all that has to be tidied up then is the same."""

    def __init__(self, number: int) -> None:
        super().__init__()
        self.signal = number


@contextlib.contextmanager
def _stoppable() -> Iterator[None]:
    """Let SIGTERM and the end of the terminal stop a command as Ctrl-C does, unless somebody (`nohup`) has said otherwise.

    Ctrl-C itself raises the same, so that it is told from a plugin that raises KeyboardInterrupt.
    """

    def stop(number: int, _: object) -> None:
        raise _Stopped(number)

    ours = []
    with contextlib.suppress(ValueError):  # only the main thread may
        for number in (signal.SIGTERM, signal.SIGHUP, signal.SIGINT):
            before = signal.getsignal(number)
            if before in (signal.SIG_DFL, signal.default_int_handler):
                signal.signal(number, stop)
                ours.append((number, before))
    try:
        yield
    finally:
        for number, before in ours:
            signal.signal(number, before)


def _wrong(diagnostics: Sequence[Diagnostic], invocation: Invocation) -> int:
    from wol.cli.report import print_diagnostics

    print_diagnostics(diagnostics, invocation, _root(invocation))
    return WRONG


def _root(invocation: Invocation) -> Path | None:
    from wol.errors import WolError

    try:
        return invocation.root()
    except (WolError, click.UsageError, OSError):
        return None


def _defect(error: Exception, invocation: Invocation) -> int:
    import traceback

    from wol.cli.report import print_defect

    words = str(error)
    trace = "".join(traceback.format_exception(error))
    print_defect(f"{type(error).__name__}{f': {words}' if words else ''}", trace, invocation, _root(invocation))
    return DEFECT


def _mute() -> None:
    """Point stdout at nothing, so that Python does not complain about the closed pipe at its end."""
    with contextlib.suppress(OSError, ValueError):
        nothing = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nothing, sys.stdout.fileno())
