"""Authors' templates: Jinja2 syntax, cut down to what a message needs; compiled once; folding of case and accents.

Three belts: an allow-list of syntax (no loops, calls, multiplication, assignments), look-ups that reach into plain
mappings and lists only (no Python attribute can be named at all), and limits on source, depth and output.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from functools import lru_cache
from typing import Any

from jinja2 import TemplateError
from jinja2.sandbox import ImmutableSandboxedEnvironment

from flowengine.core.errors import BadTemplate
from flowengine.core.filter_values import TooLong
from flowengine.core.filters import FILTERS, TESTS, shown
from flowengine.core.nothing import Nothing
from flowengine.core.template_syntax import Path, bad, look_over

LONGEST_SOURCE = 8_000  # characters
LONGEST_OUTPUT = 20_000  # four times the longest message any channel takes

MISTAKES = (
    *(TemplateError, TypeError, ValueError, ArithmeticError, LookupError, RecursionError),
    AttributeError,  # Babel: the hour of a date, the day of a time
    NameError,  # Jinja writes a constant beyond all floats as `inf`, which it then looks up
)


def fold(text: str) -> str:
    """The text without case and accents, for comparing.

    >>> fold("Não, OBRIGADO")
    'nao, obrigado'
    """
    if text.isascii():
        return text.lower()
    # Compatibility caseless matching (Unicode, definition D146): each of the two steps can make work for the other.
    for _ in range(2):
        text = unicodedata.normalize("NFKD", text).casefold()
    return "".join(character for character in text if not unicodedata.combining(character))


class Template:
    """A compiled template. `reads` are the names it looks up, e.g. ("vars", "pedido"); of the `unguarded` ones the
    author has not said what happens when nothing is there (`default`, `if`, `or`, `is defined`).
    """

    __slots__ = ("_compiled", "reads", "source", "unguarded")

    def __init__(self, source: str, compiled: Any, reads: frozenset[Path], unguarded: frozenset[Path]) -> None:
        self.source = source
        self.reads = reads
        self.unguarded = unguarded
        self._compiled = compiled

    def render(self, names: Mapping[str, Any], *, language: str, timezone: str) -> str:
        """The text for these names; what is undefined is empty. Raises BadTemplate when it cannot be rendered."""
        if self._compiled is None:
            return self.source
        pieces, length = [], 0
        try:
            for piece in self._compiled.generate({**names, "_language": language, "_timezone": timezone}):
                pieces.append(piece)
                length += len(piece)
                if length > LONGEST_OUTPUT:
                    raise bad(self.source, "output", limit=LONGEST_OUTPUT)
        except TooLong as wide:
            raise bad(self.source, "output", limit=LONGEST_OUTPUT) from wide
        except MISTAKES as mistake:
            raise bad(self.source, "render", what=type(mistake).__name__) from mistake
        return "".join(pieces)

    def missing(self, names: Mapping[str, Any]) -> tuple[str, ...]:
        """The names that render as empty text because nothing is there, save where a `default` says what then."""
        return tuple(sorted(".".join(path) for path in self.unguarded if _is_missing(path, names)))


@lru_cache(maxsize=4096)
def compile_template(source: str) -> Template:
    """The template of this source, compiled once; raises BadTemplate with what is wrong and would help."""
    if len(source) > LONGEST_SOURCE:
        raise bad(source, "source", limit=LONGEST_SOURCE)
    if "{" not in source:
        return Template(source, None, frozenset(), frozenset())
    try:
        tree = _ENVIRONMENT.parse(source)
        reads, unguarded = look_over(tree, source)
        compiled = _ENVIRONMENT.from_string(tree)
    except BadTemplate:
        raise
    except TemplateError as mistake:
        raise bad(source, "syntax", what=mistake.message or "") from mistake
    except ValueError as mistake:  # Python: a whole number of more than 4,300 digits
        raise bad(source, "syntax", what=str(mistake)[:60]) from mistake
    except (RecursionError, MemoryError, SyntaxError) as mistake:
        raise bad(source, "depth") from mistake
    return Template(source, compiled, reads, unguarded)


class _Environment(ImmutableSandboxedEnvironment):
    """Look-ups reach into mappings and lists, and nowhere else: `contact.items` is a field, never a method."""

    def getattr(self, obj: Any, attribute: str) -> Any:
        return self.getitem(obj, attribute)

    def getitem(self, obj: Any, argument: Any) -> Any:
        if isinstance(obj, Mapping) and isinstance(argument, str | int):
            value = obj.get(argument, Nothing)
        elif isinstance(obj, list | tuple) and isinstance(argument, int) and -len(obj) <= argument < len(obj):
            value = obj[argument]
        else:
            value = Nothing
        return Nothing(name=str(argument)) if value is None or value is Nothing else value


def _environment() -> _Environment:
    environment = _Environment(undefined=Nothing, finalize=shown, keep_trailing_newline=True, autoescape=False)
    environment.globals.clear()
    environment.filters = dict(FILTERS)
    environment.tests = {name: environment.tests[name] for name in TESTS}
    return environment


_ENVIRONMENT = _environment()


def _is_missing(path: Path, names: Any) -> bool:
    for part in path:
        if not isinstance(names, Mapping) or names.get(part) is None:
            return True
        names = names[part]
    return False
