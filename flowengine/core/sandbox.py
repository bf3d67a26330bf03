"""Where templates that compute are run: Jinja's sandbox, cut down further, and what its failures tell the author."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from jinja2 import TemplateError
from jinja2.sandbox import ImmutableSandboxedEnvironment

from flowengine.core.errors import BadTemplate
from flowengine.core.filters import FILTERS, TESTS, shown
from flowengine.core.filters.values import LONGEST_VALUE, TooLong, short
from flowengine.core.nothing import Nothing
from flowengine.core.pieces import LONGEST_OUTPUT, item
from flowengine.core.template_syntax import bad

TOO_DEEP = (RecursionError, MemoryError, SyntaxError)  # what Python says of code that is nested too deeply
MISTAKES = (
    *(TooLong, *TOO_DEEP),
    *(TemplateError, TypeError, ValueError, ArithmeticError, LookupError),
    AttributeError,  # Babel: the hour of a date, the day of a time
    NameError,  # Jinja writes a constant beyond all floats as `inf`, which it then looks up
)


def told_of(source: str, mistake: Exception) -> BadTemplate:
    """What went wrong while a template was rendered, which is its author's to mend."""
    if isinstance(mistake, TooLong):
        return bad(source, "output", limit=LONGEST_OUTPUT)
    if isinstance(mistake, TOO_DEEP):
        return bad(source, "depth")
    return bad(source, "render", what=type(mistake).__name__)


class _Environment(ImmutableSandboxedEnvironment):
    """Look-ups reach into mappings and lists, and nowhere else: `contact.items` is a field, never a method.

    Texts too long for a message cannot be computed with, so that nothing grows out of them.
    """

    intercepted_binops = frozenset("+-")

    def getattr(self, obj: Any, attribute: str) -> Any:
        return self.getitem(obj, attribute)

    def getitem(self, obj: Any, argument: Any) -> Any:
        value = item(obj, argument)
        if isinstance(value, str):
            return short(value)
        return Nothing(name=str(argument)) if value is None else value

    def call_binop(self, context: Any, operator: str, left: Any, right: Any) -> Any:
        if isinstance(left, str | list | tuple) and isinstance(right, str | list | tuple):
            if len(left) + len(right) > LONGEST_VALUE:
                raise TooLong
        elif isinstance(left, Decimal) and isinstance(right, float):  # what `round` and `times` give, and a variable
            right = Decimal(repr(right))
        elif isinstance(left, float) and isinstance(right, Decimal):
            left = Decimal(repr(left))
        return super().call_binop(context, operator, left, right)


def _environment() -> _Environment:
    environment = _Environment(undefined=Nothing, finalize=shown, keep_trailing_newline=True, autoescape=False)
    environment.globals.clear()
    environment.filters = dict(FILTERS)
    environment.tests = {name: environment.tests[name] for name in TESTS}
    return environment


ENVIRONMENT = _environment()
