"""The tag `{% slot "end" %}`: while a template is parsed it becomes includes of what features show there, so it costs nothing later."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from jinja2 import nodes
from jinja2.ext import Extension

from wol.errors import did_you_mean, listed
from wol.model.slots import SLOTS
from wol.theme.slot_templates import Slots

if TYPE_CHECKING:
    from jinja2 import Environment
    from jinja2.parser import Parser


class SlotTag(Extension):
    """Reads the tag; what slots show is `environment.slots` (see `with_slots`)."""

    tags = {"slot"}  # noqa: RUF012  # as Jinja declares it

    def parse(self, parser: Parser) -> list[nodes.Node]:
        line = next(parser.stream).lineno
        if parser.stream.current.type != "string":
            parser.fail('the name of a slot is written in quotes: `{% slot "end" %}`', line)
        name = next(parser.stream).value
        if name not in SLOTS:
            hint = did_you_mean(name, SLOTS) or f"the slots are {listed(SLOTS, 'and')}"
            parser.fail(f"there is no slot `{name}`; {hint.rstrip('?')}", line)
        slots: Slots = getattr(self.environment, "slots", {})
        return [nodes.Include(nodes.Const(template), True, False, lineno=line) for template in slots.get(name, ())]


def with_slots(environment: Environment, slots: Slots) -> None:
    """Let an environment know the tag."""
    environment.add_extension(SlotTag)
    extended: Any = environment
    extended.slots = slots
