"""The code that Jinja makes of a template, where ours is quicker and does the same."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby

from jinja2 import nodes
from jinja2.compiler import CodeGenerator, Frame


class TemplateCode(CodeGenerator):
    """Prints what follows one another as one piece, each value by one call of `shown`, and takes attributes of views without a call.

    Jinja would make an object of each piece of HTML, hand each to the one above, and ask the environment for every attribute.
    """

    def visit_Template(self, node: nodes.Template, frame: Frame | None = None) -> None:  # noqa: N802  # names of Jinja
        self._attributes: set[str] = set()
        super().visit_Template(node, frame)
        self.writeline("show = environment.show")
        self.writeline("place = environment.place")
        self.writeline("limited = environment.limited")
        for name in sorted(self._attributes):
            self.writeline(f"having_{name} = environment.having({name!r})")

    def visit_Getattr(self, node: nodes.Getattr, frame: Frame) -> None:  # noqa: N802  # as above
        if not self.environment.having(node.attr):  # type: ignore[attr-defined]  # ThemeEnvironment has it
            super().visit_Getattr(node, frame)
            return
        self._attributes.add(node.attr)
        self.write(f"(it.{node.attr} if type(it := ")
        self.visit(node.node, frame)
        self.write(f") in having_{node.attr} else environment.getattr(it, {node.attr!r}))")

    def visit_Concat(self, node: nodes.Concat, frame: Frame) -> None:  # noqa: N802  # as above
        self.write("limited(")
        super().visit_Concat(node, frame)
        self.write(")")

    def visit_Output(self, node: nodes.Output, frame: Frame) -> None:  # noqa: N802  # as above
        is_text = frame.eval_ctx.volatile or not frame.eval_ctx.autoescape
        runs = [(found, list(children)) for found, children in groupby(node.nodes, lambda child: not is_text and _is_fragment(child))]
        if frame.buffer is not None or (len(node.nodes) < 2 and not runs[0][0]):
            super().visit_Output(node, frame)
            return
        if frame.require_output_check:
            if self.has_known_extends:
                return
            self.writeline("if parent_template is None:")
            self.indent()
        for is_fragment, children in runs:
            if is_fragment:
                self._yield_fragments(children, frame)
            else:
                self._yield_together(children, frame)
        if frame.require_output_check:
            self.outdent()

    def _yield_fragments(self, children: Sequence[nodes.Expr], frame: Frame) -> None:
        """Hand up each as it is, not as a part of a longer text: so its place in the page is known (`wol.render.holes`)."""
        for child in children:
            self.writeline("yield place(", child)
            self.visit(child, frame)
            self.write(")")

    def _yield_together(self, children: Sequence[nodes.Expr], frame: Frame) -> None:
        self.writeline('yield "".join((')
        self.indent()
        for child in children:
            self.newline(child)
            try:
                self.write(repr(self._output_child_to_const(child, frame, self._make_finalize())))
            except Exception:  # as Jinja has it: what is not constant, and what fails, is for the time of rendering
                self._output_child_pre(child, frame, self._make_finalize())
                self.visit(child, frame)
                self._output_child_post(child, frame, self._make_finalize())
            self.write(",")
        self.outdent()
        self.writeline("))")

    def _output_child_pre(self, node: nodes.Expr, frame: Frame, finalize: CodeGenerator._FinalizeInfo) -> None:
        if frame.eval_ctx.volatile or not frame.eval_ctx.autoescape:
            super()._output_child_pre(node, frame, finalize)
        else:
            self.write("show(")

    def _output_child_post(self, node: nodes.Expr, frame: Frame, finalize: CodeGenerator._FinalizeInfo) -> None:
        if frame.eval_ctx.volatile or not frame.eval_ctx.autoescape:
            super()._output_child_post(node, frame, finalize)
        else:
            self.write(")")


def _is_fragment(node: nodes.Node) -> bool:
    """Whether what is printed is the call `fragment(…)` and nothing else."""
    return isinstance(node, nodes.Call) and isinstance(node.node, nodes.Name) and node.node.name == "fragment"
