"""What went wrong in a template, as diagnostics at the theme's file and line, with the page that was being rendered as a note."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from types import TracebackType

import msgspec
from jinja2 import Template, TemplateAssertionError, TemplateNotFound, TemplatesNotFound, TemplateSyntaxError
from jinja2.exceptions import SecurityError
from jinja2.utils import missing

from wol.errors import Diagnostic, Span, WolError, diagnostic, did_you_mean
from wol.render.undefined import UnknownNameError
from wol.theme.closure import syntax_error
from wol.theme.lookup import Lookup

_NO_SUCH = re.compile(r"No (filter|test) named '(.+?)'")
_LOCAL = re.compile(r"l_\d+_(.+)")
_CONTEXT_NAMES = frozenset({"site", "build", "page", "url", "heading", "fragment", "feeds", "posts", "pager", "term"})


class HelperError(Exception):
    """A feature's function raised inside a template; `is_name`: one that makes a name of the context."""

    def __init__(self, feature: str, function: str, is_name: bool) -> None:
        super().__init__(feature, function)
        self.feature = feature
        self.function = function
        self.is_name = is_name


class EndlessError(Exception):
    """A template does more than any page needs."""


class Frame(msgspec.Struct, frozen=True):
    """A place in a template that was being run, and the names that it saw."""

    template: Template
    line: int
    names: frozenset[str]

    @property
    def path(self) -> str:
        return self.template.filename or ""

    def first_mention(self, name: str) -> Frame:
        """Give the line that names something first: Jinja looks up all names of a block where the block begins."""
        loader = self.template.environment.loader
        assert loader is not None
        assert self.template.name is not None
        text, _, _ = loader.get_source(self.template.environment, self.template.name)
        found = re.search(rf"\b{re.escape(name)}\b", text)
        return self if found is None else msgspec.structs.replace(self, line=text.count("\n", 0, found.start()) + 1)


class Tools(msgspec.Struct, frozen=True):
    """What there is, for "did you mean"."""

    lookup: Lookup
    filters: Iterable[str]
    tests: Iterable[str]


def failure(error: Exception, tools: Tools, note: str) -> tuple[Diagnostic, ...] | None:
    """Say what went wrong in a template; None if it was no fault of a template or a feature, but one of wol or of the disk.

    `note` says which page was being rendered.
    """
    frames = template_frames(error.__traceback__)
    if isinstance(error, HelperError) and error.is_name and frames:
        frames[-1] = frames[-1].first_mention(error.function)
    if isinstance(error, WolError):
        return tuple(_at(d, frames, (*_came_from(frames, d.span), note)) for d in error.diagnostics)
    notes = (*_came_from(frames), note)
    if isinstance(error, TemplateSyntaxError):
        return (_noted(_syntax(error, frames, tools), notes),)
    found = _explain(error, frames, tools)
    return None if found is None else (_at(found, frames, notes),)


def template_frames(trace: TracebackType | None) -> list[Frame]:
    """Give the places in templates that a traceback runs through, the outermost first."""
    frames: list[Frame] = []
    while trace is not None:
        template = trace.tb_frame.f_globals.get("__jinja_template__")
        if template is not None:
            seen = trace.tb_frame.f_locals
            context = seen.get("context")
            names = set(context.get_all()) if context is not None else set()
            names.update(found[1] for name, value in seen.items() if value is not missing and (found := _LOCAL.fullmatch(name)))
            frames.append(Frame(template, template.get_corresponding_lineno(trace.tb_lineno), frozenset(names)))
        trace = trace.tb_next
    return frames


def _explain(error: Exception, frames: Sequence[Frame], tools: Tools) -> Diagnostic | None:
    if isinstance(error, UnknownNameError):
        known = frames[-1].names if frames else frozenset()
        hint = error.hint(known)
        if error.of_context and error.name in _CONTEXT_NAMES - known:
            hint = "an imported macro sees it only with `{% import … with context %}`; a fragment has no page"
        return diagnostic("template-name", error.sentence(), hint=hint)
    if isinstance(error, TemplatesNotFound | TemplateNotFound):
        return _not_found(error, tools.lookup)
    if isinstance(error, HelperError):
        cause = error.__cause__
        message = f"`{error.function}` of the feature `{error.feature}` failed: {type(cause).__name__}: {cause}"
        return diagnostic("plugin-failed", message, hint="update the plugin, or do not use it here")
    if isinstance(error, RecursionError):
        return diagnostic("template-failed", "The template does not come to an end: it includes or calls itself", hint="end the circle")
    if isinstance(error, EndlessError | MemoryError | OverflowError):
        said = str(error) or "it needs more memory than there is"
        return diagnostic("template-failed", f"The template does not come to an end: {said}")
    if isinstance(error, SecurityError):
        return diagnostic("template-name", f"A template cannot do that: {error}")
    if type(error).__module__.startswith("wol.") or isinstance(error, OSError) or not frames:
        return None
    no_such = _NO_SUCH.match(str(error))
    if no_such:
        return _no_such(no_such, tools)
    said = str(error).strip().rstrip(".")
    return diagnostic("template-failed", f"The template failed: {type(error).__name__}{': ' if said else ''}{said}")


def _syntax(error: TemplateSyntaxError, frames: Sequence[Frame], tools: Tools) -> Diagnostic:
    path = error.filename or (frames[-1].path if frames else "")
    no_such = _NO_SUCH.match(error.message or "") if isinstance(error, TemplateAssertionError) else None
    if no_such is None:
        return syntax_error(error, path)
    found = _no_such(no_such, tools)
    return msgspec.structs.replace(found, span=Span(path, error.lineno))


def _no_such(found: re.Match[str], tools: Tools) -> Diagnostic:
    known = tools.filters if found[1] == "filter" else tools.tests
    return diagnostic("template-name", f"There is no {found[1]} `{found[2]}`", hint=did_you_mean(found[2], known))


def _not_found(error: TemplateNotFound, lookup: Lookup) -> Diagnostic:
    names = [str(n) for n in (error.templates if isinstance(error, TemplatesNotFound) else [error.name])]
    return template_missing(names, lookup)


def template_missing(names: Sequence[str], lookup: Lookup, note: str = "") -> Diagnostic:
    """Say that no theme has a template, with every place that was tried."""
    if any(".." in name.split("/") or name.startswith("/") for name in names):
        hint = "templates are named from the `templates/` folder of a theme; nothing outside can be read"
    else:
        hint = next(filter(None, (did_you_mean(name, lookup.names) for name in names)), "")
    message = "No theme has the template " + " or ".join(f"`{name}`" for name in names)
    tried = [f"tried {place}" for name in names for place in lookup.tried(name)]
    return diagnostic("template-missing", message, hint=hint, notes=[*tried, *([note] if note else [])])


def _at(found: Diagnostic, frames: Sequence[Frame], notes: Iterable[str]) -> Diagnostic:
    span = found.span
    if span is None and frames:
        span = Span(frames[-1].path, frames[-1].line)
    return msgspec.structs.replace(found, span=span, notes=tuple(dict.fromkeys((*found.notes, *notes))))


def _noted(found: Diagnostic, notes: Iterable[str]) -> Diagnostic:
    return msgspec.structs.replace(found, notes=(*found.notes, *notes))


def _came_from(frames: Sequence[Frame], span: Span | None = None) -> list[str]:
    """Name the templates by which the place of an error was reached, nearest first, each once; the error is in the last one or at `span`."""
    named = {span.path if span is not None else frames[-1].path if frames else ""}
    found: list[str] = []
    for frame in reversed(frames):
        if frame.path not in named:
            named.add(frame.path)
            found.append(f"used by {frame.path}:{frame.line}")
    return found[:5]
