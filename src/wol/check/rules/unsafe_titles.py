"""Templates that write a title with `|safe`: a title is text, and what looks like HTML in it would become HTML."""

from __future__ import annotations

from collections.abc import Iterator

from jinja2 import Environment, TemplateSyntaxError, nodes

from wol.check.site_inspection import SiteInspection
from wol.errors import Span
from wol.model.inspection import Finding

_TEXTS = frozenset({"title", "heading"})


def unsafe_titles(inspection: SiteInspection) -> Iterator[Finding]:
    """Read the templates of the site's own themes, and those of the default theme that they leave in place."""
    environment = Environment(autoescape=True)
    for name in inspection.built.templates.names:
        found = inspection.built.templates.find(name)
        assert found is not None
        path = found[1].path
        text = inspection.built.taken.read(path).decode("utf-8-sig", "replace")
        if "safe" not in text:
            continue
        try:
            tree = environment.parse(text)
        except (TemplateSyntaxError, RecursionError):
            continue
        for line, shown in dict.fromkeys(_unsafe(tree)):
            message = f"`{shown}` is written with `|safe`: what stands in a title would be read as HTML"
            yield Finding("check-unsafe-title", message, span=Span(path, line))


def _unsafe(tree: nodes.Template) -> Iterator[tuple[int, str]]:
    for used in tree.find_all(nodes.Filter):
        if used.name == "safe" and used.node is not None:
            for inner in (used.node, *used.node.find_all(nodes.Expr)):
                if isinstance(inner, nodes.Getattr) and inner.attr in _TEXTS and isinstance(inner.node, nodes.Name):
                    yield used.lineno, f"{inner.node.name}.{inner.attr}"
                elif isinstance(inner, nodes.Name) and inner.name in _TEXTS:
                    yield used.lineno, inner.name
