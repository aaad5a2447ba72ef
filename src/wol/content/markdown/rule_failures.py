"""What goes wrong in the Markdown rules of a feature: known by the feature, and by the line of the text that was being read."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from markdown_it.rules_block import StateBlock
from markdown_it.rules_inline import StateInline

from wol.content.markdown.findings import Findings
from wol.content.markdown.limits import TextRefusedError
from wol.errors import WolError, diagnostic
from wol.model.plugin_errors import is_of_plugin, told

CODE = "plugin-failed"


class RuleFailedError(Exception):
    """A rule of a feature failed; `line` counts from 0 in the text, `position` in the inline text of the block at that line."""

    def __init__(self, feature: str, said: str, line: int = 0, position: int = 0) -> None:
        super().__init__(feature, said)
        self.feature = feature
        self.said = said
        self.line = line
        self.position = position


def guarded(feature: str, rule: Callable[..., Any]) -> Callable[..., Any]:
    """Wrap a rule of a plugin, so that what it raises is known by its name."""

    @wraps(rule)
    def call(*arguments: Any, **named: Any) -> Any:
        try:
            return rule(*arguments, **named)
        except (RuleFailedError, TextRefusedError, WolError, RecursionError):
            raise
        except BaseException as error:
            if not is_of_plugin(error):
                raise
            state = arguments[0] if arguments else None
            line = arguments[1] if isinstance(state, StateBlock) and len(arguments) > 1 and isinstance(arguments[1], int) else 0
            position = state.pos if isinstance(state, StateInline) else 0
            raise RuleFailedError(feature, told(error), line, position) from error

    return call


def report(findings: Findings, error: RuleFailedError) -> None:
    """Report the failure at its place in the file."""
    if error.feature:
        message = f"The plugin `{error.feature}` failed in its Markdown rules: {error.said}"
    else:
        message = f"A Markdown rule of a plugin failed: {error.said}"
    findings.diagnostics.append(diagnostic(CODE, message, findings.path, findings.first_line + error.line, cause=message))
