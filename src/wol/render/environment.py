"""The Jinja environment: templates see views and plain data, cannot reach anything else, and come to an end."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, MutableMapping
from types import FunctionType, MethodType
from typing import TYPE_CHECKING, Any

from jinja2 import BaseLoader, Environment, Template, TemplateNotFound
from jinja2.environment import TemplateModule
from jinja2.runtime import Context, LoopContext
from jinja2.sandbox import ImmutableSandboxedEnvironment
from jinja2.utils import missing

from wol.errors import WolError
from wol.render.bounds import GROWING, MAX_TEXT, WIDTH, bounded_filters, bounded_method, factor
from wol.render.code import TemplateCode
from wol.render.failures import EndlessError
from wol.render.holes import PrintedText
from wol.render.printing import joined, limited, place, shown
from wol.render.recorder import View
from wol.render.undefined import Absent, Unknown
from wol.theme.closure import Read, template_text
from wol.theme.lookup import Lookup
from wol.theme.slot_tag import with_slots
from wol.theme.slot_templates import Slots

if TYPE_CHECKING:
    from wol.render.recorded_views import SiteViews

MAX_ROUNDS = 1_000_000
"""Numbers that all `range()` of one page may give together."""
_SEEN = (View, LoopContext)
_FUNCTIONS = frozenset({FunctionType, MethodType})
_SPECIAL_CALLS = ("jinja_pass_arg", "unsafe_callable", "alters_data")
_REMOVED = ("random",)


class Lazy:
    """A name of the context whose value is made when a block of a template begins in which the name stands."""

    __slots__ = ("make",)

    def __init__(self, make: Callable[[], object]) -> None:
        self.make = make


class LazyContext(Context):
    """A context that knows lazy names."""

    def __init__(
        self,
        environment: Environment,
        parent: dict[str, Any],
        name: str | None,
        blocks: dict[str, Callable[[Context], Iterator[str]]],
        globals: MutableMapping[str, Any] | None = None,  # noqa: A002  # Jinja passes it by this name
    ) -> None:
        # without globals, which only serve the memory of macros that `FreshTemplate` does without
        super().__init__(environment, parent, name, blocks)

    def resolve_or_missing(self, key: str) -> Any:
        found = self.vars.get(key, missing)
        if found is missing:
            found = self.parent.get(key, missing)
        if type(found) is Lazy:
            found = found.make()
        return found


class FreshTemplate(Template):
    """A template whose macros are made anew for each page that imports them: Jinja's memory of them would hide what the next page uses."""

    def _get_default_module(self, ctx: Context | None = None) -> TemplateModule:
        return self.make_module()


class ThemeLoader(BaseLoader):
    """Finds templates in the scanned files of the themes, and nowhere else."""

    def __init__(self, lookup: Lookup, read: Read) -> None:
        self.lookup = lookup
        self.read = read

    def get_source(self, environment: Environment, template: str) -> tuple[str, str | None, Callable[[], bool] | None]:
        found = self.lookup.find(template)
        if found is None:
            raise TemplateNotFound(template)
        path = found[1].path
        text, wrong = template_text(self.read(path), path)
        if wrong is not None:
            raise WolError(wrong)
        return text, path, None

    def list_templates(self) -> list[str]:
        return list(self.lookup.settled)


class ThemeEnvironment(ImmutableSandboxedEnvironment):
    """The environment of a theme. It is made once in each process and serves one site after the other: `views` are those of the present one."""

    context_class = LazyContext
    template_class = FreshTemplate
    code_generator_class = TemplateCode
    show = staticmethod(shown)
    place = staticmethod(place)
    limited = staticmethod(limited)
    intercepted_binops = frozenset({"+", "*", "**", "%"})
    views: SiteViews

    def __init__(self, lookup: Lookup, read: Read, filters: Mapping[str, Callable[..., Any]], slots: Slots) -> None:
        super().__init__(
            loader=ThemeLoader(lookup, read),
            autoescape=True,
            undefined=Unknown,
            auto_reload=False,
            cache_size=-1,
            lstrip_blocks=True,
            optimized=False,  # folding constants takes longer than it saves: a build compiles what it runs a few times
        )
        with_slots(self, slots)
        self.lookup = lookup
        self.rounds = 0
        self._compiled: dict[str, Template] = {}
        self._having: dict[str, set[type]] = {}
        self.filters.update(bounded_filters())
        for name in _REMOVED:
            del self.filters[name]
        self.filters.update(filters)
        del self.globals["lipsum"]
        self.globals["range"] = self.range

    def join_path(self, template: str, parent: str) -> str:
        return self.lookup.settle(template, parent)

    def get_template(
        self,
        name: str | Template,
        parent: str | None = None,
        globals: MutableMapping[str, Any] | None = None,  # noqa: A002  # as Jinja has it
    ) -> Template:
        if isinstance(name, Template):
            return name
        settled = name if parent is None else self.join_path(name, parent)
        found = self._compiled.get(settled)
        if found is None:
            found = self._compiled[settled] = super().get_template(settled)
        return found

    def having(self, attribute: str) -> set[type]:
        """Return the classes whose attribute of a name templates may take as it is; what is not among them goes through `getattr`, which adds it."""
        found = self._having.get(attribute)
        if found is None:
            seen = () if attribute[0] == "_" else (kind for base in _SEEN for kind in _with_subclasses(base))
            found = self._having[attribute] = {kind for kind in seen if hasattr(kind, attribute)}
        return found

    def getattr(self, obj: Any, attribute: str) -> Any:
        if isinstance(obj, _SEEN):
            if attribute[0] == "_":
                return self.unsafe_undefined(obj, attribute)
            if hasattr(type(obj), attribute):
                self.having(attribute).add(type(obj))
            try:
                return getattr(obj, attribute)
            except AttributeError:
                if attribute in dir(type(obj)):
                    raise
                return self.undefined(obj=obj, name=attribute)
        if isinstance(obj, Mapping):
            if attribute in obj:
                return obj[attribute]
            found = super().getattr(obj, attribute)
            return Absent(obj, attribute) if type(found) is Unknown and attribute[0] != "_" else found
        if attribute in GROWING and isinstance(obj, str):
            return bounded_method(super().getattr(obj, attribute), obj, attribute)
        return super().getattr(obj, attribute)

    def getitem(self, obj: Any, argument: Any) -> Any:
        if isinstance(obj, Mapping):
            try:
                return obj[argument]
            except (LookupError, TypeError):
                return self.getattr(obj, argument) if isinstance(argument, str) and argument else Absent(obj, argument)
        if isinstance(obj, str | View) and isinstance(argument, str) and argument:
            return self.getattr(obj, argument)
        return super().getitem(obj, argument)

    def call(self, context: Context, function: Any, /, *arguments: Any, **named: Any) -> Any:
        if type(function) not in _FUNCTIONS or any(getattr(function, sign, None) for sign in _SPECIAL_CALLS):
            return super().call(context, function, *arguments, **named)
        named.pop("_block_vars", None)
        named.pop("_loop_vars", None)
        try:
            return function(*arguments, **named)
        except StopIteration:
            return self.undefined("value was undefined because a callable raised a StopIteration exception")

    def call_binop(self, context: Context, operator: str, left: Any, right: Any) -> Any:
        if operator == "**":
            if abs(right) > 10_000 or abs(left) > MAX_TEXT:
                raise EndlessError(f"`{left} ** {right}` is too large")
        elif operator == "%":
            if isinstance(left, str) and WIDTH.search(left):
                raise EndlessError("a format makes too long a text")
        elif hasattr(left, "__len__") or hasattr(right, "__len__"):
            size = factor(left) + factor(right) if operator == "+" else factor(left) * factor(right)
            if size > MAX_TEXT:
                raise EndlessError(f"`{operator}` makes a text or list of {size:,} elements")
        return super().call_binop(context, operator, left, right)

    def range(self, *numbers: int) -> range:
        """Give numbers, not more in one page than any page needs."""
        found = range(*numbers)
        self.rounds += len(found)
        if self.rounds > MAX_ROUNDS:
            raise EndlessError(f"its loops over `range()` have over {MAX_ROUNDS:,} rounds")
        return found

    def run(self, name: str, context: dict[str, Any]) -> PrintedText:
        """Render a template by its settled name; whatever is raised comes as it is, with the frames of templates in its traceback."""
        template = self.get_template(name)
        return joined(template.root_render_func(LazyContext(self, {**self.globals, **context}, template.name, template.blocks)))


def _with_subclasses(kind: type) -> Iterator[type]:
    yield kind
    below: type
    for below in kind.__subclasses__():
        yield from _with_subclasses(below)
