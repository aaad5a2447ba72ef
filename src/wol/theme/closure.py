"""On which templates a template depends, from their text alone.

What a page loads while it is rendered is not recorded: Jinja keeps an imported macro file, so a second page would record less
than it uses. So the closure over `extends`, `include` and `import` is taken from the source, and a name that is not a literal makes it all templates.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from graphlib import CycleError, TopologicalSorter
from typing import TYPE_CHECKING

import msgspec

from wol import digest
from wol.errors import Diagnostic, diagnostic
from wol.model.numbers import huge_number
from wol.theme.lookup import Lookup
from wol.theme.slot_templates import Slots

if TYPE_CHECKING:
    from jinja2 import TemplateSyntaxError
    from jinja2.nodes import Template

Read = Callable[[str], bytes]
"""Gives the bytes of an input file by its path from the site's root (`Source.path`)."""


class Closures(msgspec.Struct, frozen=True, array_like=True):
    """What the texts of all templates of a search path say.

    `digest` is that of all files of all themes, in their order; as long as it is the same, so is the rest. `digests` maps each name of a template to the digest of it and of all that it uses; it changes too when another theme's file takes the place of one of
    them, or when one that was missing appears. `fragments` are the templates that `fragment("…")` asks for, those that others of them use first.
    """

    digest: str
    digests: dict[str, str]
    fragments: tuple[str, ...]
    diagnostics: tuple[Diagnostic, ...]


def find_closures(lookup: Lookup, read: Read, identity: str, slots: Slots) -> Closures:
    """Read all templates of a search path with what their slots show, whose digest is `identity`, also those that are not used: an error in one must not wait for its first use.

    Errors come back as diagnostics: template-syntax, source-encoding, template-failed for fragments that use one another in a circle.
    """
    study = _Study(lookup, read, slots)
    closures = {name: study.closure(name) for name in lookup.settled}
    digests = {
        name: digest.of_parts(part for used in sorted(closure) for part in study.identity(used)) for name, closure in closures.items()
    }
    reached = set().union(*(closures[name] for name in lookup.names)) if lookup.names else set()
    wanted = {fragment for name in reached for fragment in study.fragments.get(name, ())}
    graph = {f: sorted({used for name in closures.get(f, ()) for used in study.fragments.get(name, ())}) for f in sorted(wanted)}
    try:
        order = tuple(f for f in TopologicalSorter(graph).static_order() if f in wanted)
    except CycleError as error:
        order = tuple(sorted(wanted))
        circle = " uses ".join(f"`{name}`" for name in reversed(error.args[1]))
        place = lookup.find(error.args[1][0])
        study.diagnostics.append(
            diagnostic("template-failed", f"Fragments use one another in a circle: {circle}", place[1].path if place else "")
        )
    return Closures(identity, digests, order, tuple(study.diagnostics))


def syntax_error(error: TemplateSyntaxError, path: str) -> Diagnostic:
    """Make a diagnostic of what Jinja says about a template's text."""
    message = (error.message or "it cannot be read").rstrip(".")
    return diagnostic("template-syntax", f"The template is not valid Jinja: {message[0].lower()}{message[1:]}", path, error.lineno or 0)


def template_text(data: bytes, path: str) -> tuple[str, Diagnostic | None]:
    """Decode a template."""
    try:
        return data.decode("utf-8-sig"), None
    except UnicodeDecodeError as error:
        return "", diagnostic("source-encoding", f"`{path}` is not UTF-8: byte {error.start} is 0x{data[error.start]:02x}", path)


class _Study:
    """What every template refers to, by settled name; None stands for a name that only rendering knows."""

    def __init__(self, lookup: Lookup, read: Read, slots: Slots) -> None:
        from jinja2 import Environment

        from wol.theme.slot_tag import with_slots

        self.lookup = lookup
        self.diagnostics: list[Diagnostic] = []
        self.references: dict[str, tuple[str | None, ...]] = {}
        self.fragments: dict[str, tuple[str, ...]] = {}
        environment = Environment(autoescape=True)
        with_slots(environment, slots)
        for name in lookup.settled:
            self._read(name, environment, read)

    def closure(self, name: str) -> set[str]:
        """Return the settled names of a template and of all that it uses, missing ones too."""
        closure: set[str] = set()
        pending = [name]
        while pending:
            used = pending.pop()
            if used in closure:
                continue
            closure.add(used)
            for reference in self.references.get(used, ()):
                pending += self.lookup.settled if reference is None else [reference]
        return closure

    def identity(self, name: str) -> tuple[str, ...]:
        """Return what identifies the text of a template: whose file it is, its bytes, and in which order it refers to others, which its slots decide too."""
        found = self.lookup.find(name)
        references = (reference or "" for reference in self.references.get(name, ()))
        return (name, "", "") if found is None else (name, found[0], found[1].digest, "\0".join(references))

    def _read(self, name: str, environment: object, read: Read) -> None:
        from jinja2 import Environment, TemplateSyntaxError
        from jinja2.meta import find_referenced_templates

        assert isinstance(environment, Environment)
        found = self.lookup.find(name)
        assert found is not None
        path = found[1].path
        text, wrong = template_text(read(path), path)
        if wrong is not None:
            self.diagnostics.append(wrong)
            return
        try:
            tree = environment.parse(text)
            self.references[name] = tuple(r if r is None else self.lookup.settle(r, name) for r in find_referenced_templates(tree))
            self.fragments[name] = tuple(dict.fromkeys(_fragments(tree)))
        except TemplateSyntaxError as error:
            self.diagnostics.append(syntax_error(error, path))
        except RecursionError:
            hint = "break long expressions up with `{% set … %}`, and nested blocks into macros"
            self.diagnostics.append(diagnostic("template-syntax", "The template is nested too deeply", path, hint=hint))
        except ValueError:  # a whole number of over 4,300 digits
            hint = "shorten it, or put it in quotes"
            self.diagnostics.append(diagnostic("template-syntax", "A number has too many digits", path, huge_number(text), hint=hint))


def _fragments(tree: Template) -> Iterator[str]:
    """Find the names in calls of `fragment("…")`."""
    from jinja2 import nodes

    for call in tree.find_all(nodes.Call):
        if isinstance(call.node, nodes.Name) and call.node.name == "fragment" and call.args and isinstance(call.args[0], nodes.Const):
            name = call.args[0].value
            if isinstance(name, str):
                yield name
