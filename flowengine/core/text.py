"""Authors' templates: Jinja2 syntax, cut down to what a message needs; compiled once; folding of case and accents.

Three belts: an allow-list of syntax (no loops, calls, multiplication, assignments), look-ups that reach into plain
mappings and lists only (no Python attribute can be named at all), and limits on source, depth and output.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from decimal import Decimal
from functools import lru_cache
from typing import Any

from jinja2 import TemplateError
from jinja2.sandbox import ImmutableSandboxedEnvironment

from flowengine.core.errors import BadTemplate
from flowengine.core.filters import FILTERS, TESTS, shown
from flowengine.core.filters.values import LONGEST_VALUE, TooLong, short
from flowengine.core.nothing import Nothing
from flowengine.core.quick_templates import Read, read_quickly
from flowengine.core.template_parts import Steps, as_assignment, as_json, only_expression, plain_pieces
from flowengine.core.template_syntax import WIDEST, Path, bad, look_over

LONGEST_SOURCE = 8_000  # characters
SHORT = 1_000  # characters: nearly all of them
LONGEST_OUTPUT = 20_000  # four times the longest message any channel takes

TOO_DEEP = (RecursionError, MemoryError, SyntaxError)  # what Python says of code that is nested too deeply
MISTAKES = (
    *(TemplateError, TypeError, ValueError, ArithmeticError, LookupError),
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
    return _fold_kept(text) if len(text) <= 100 else _fold(text)


def _fold(text: str) -> str:
    # Compatibility caseless matching (Unicode, definition D146): each of the two steps can make work for the other.
    for _ in range(2):
        text = unicodedata.normalize("NFKD", text).casefold()
    return "".join(character for character in text if not unicodedata.combining(character))


_fold_kept = lru_cache(maxsize=4096)(_fold)  # the words that authors compare with come again and again


class Template:
    """A compiled template. `reads` are the names it looks up, e.g. ("vars", "pedido"); of the `unguarded` ones the
    author has not said what happens when nothing is there (`default`, `if`, `or`, `is defined`).
    """

    __slots__ = ("_compiled", "_plain", "_single", "_valued", "reads", "source", "unguarded")

    def __init__(self, source: str, read: Read) -> None:
        self.source = source
        self.reads = read.reads
        self.unguarded = read.unguarded
        self._plain = read.pieces
        self._single = read.single
        # Made by Jinja when first asked for: the checker reads thousands of templates and shows none.
        self._compiled: Any = None
        self._valued: Any = None

    def render(self, names: Mapping[str, Any], *, language: str, timezone: str) -> str:
        """The text for these names; what is undefined is empty. Raises BadTemplate when it cannot be rendered."""
        if self._plain == (self.source,):
            return self.source
        pieces, length = [], 0
        with _told_of(self.source):
            for piece in self._pieces({**names, "_language": language, "_timezone": timezone}):
                pieces.append(piece)
                length += len(piece)
                if length > LONGEST_OUTPUT:
                    raise TooLong
        return "".join(pieces)

    def value(self, names: Mapping[str, Any], *, language: str, timezone: str) -> Any:
        """What a template that is one expression comes to, unwritten: `{{ vars.price }}` is 1234.5, not "1.234,5".

        Plain JSON values: moments in ISO 8601, None where nothing is there; the text for all other templates.
        """
        if not self._single:
            return self.render(names, language=language, timezone=timezone)
        known = {**names, "_language": language, "_timezone": timezone}
        with _told_of(self.source):
            if self._plain is not None:
                return as_json(_reach(known, next(piece for piece in self._plain if not isinstance(piece, str))))
            if self._valued is None:
                self._valued = _ENVIRONMENT.from_string(as_assignment(_ENVIRONMENT.parse(self.source)))
            context = self._valued.new_context(known)
            for _ in self._valued.root_render_func(context):
                pass
            return as_json(context.vars["result"])

    def missing(self, names: Mapping[str, Any]) -> tuple[str, ...]:
        """The names that render as empty text because nothing is there, save where a `default` says what then."""
        return tuple(sorted(".".join(path) for path in self.unguarded if _is_missing(path, names)))

    def _pieces(self, known: dict[str, Any]) -> Iterator[str]:
        if self._plain is None:
            if self._compiled is None:
                self._compiled = _ENVIRONMENT.from_string(self.source)
            yield from self._compiled.generate(known)
            return
        for piece in self._plain:  # text and names only: four times as fast
            yield piece if isinstance(piece, str) else shown(known, _reach(known, piece))


@contextmanager
def _told_of(source: str) -> Iterator[None]:
    """What goes wrong with a template is its author's to mend."""
    try:
        yield
    except TooLong as wide:
        raise bad(source, "output", limit=LONGEST_OUTPUT) from wide
    except TOO_DEEP as mistake:
        raise bad(source, "depth") from mistake
    except MISTAKES as mistake:
        raise bad(source, "render", what=type(mistake).__name__) from mistake


def compile_template(source: str) -> Template:
    """The template of this source, read once; raises BadTemplate with what is wrong and would help."""
    if len(source) > LONGEST_SOURCE:
        raise bad(source, "source", limit=LONGEST_SOURCE)
    read = _compile_kept(source) if len(source) <= SHORT else _compile_long(source)
    if isinstance(read, BadTemplate):
        raise read.with_traceback(None)
    return read


def _compile(source: str) -> Template | BadTemplate:
    """The mistake is kept as well: what cannot be read is asked for as often as what can."""
    try:
        return _read(source)
    except BadTemplate as mistake:
        return mistake.with_traceback(None)


def _read(source: str) -> Template:
    quick = read_quickly(source)
    if quick is not None:
        if quick.parts > WIDEST:
            raise bad(source, "width", limit=WIDEST)
        return Template(source, quick)
    try:
        tree = _ENVIRONMENT.parse(source)
        reads, unguarded = look_over(tree, source)
        return Template(source, Read(plain_pieces(tree), reads, unguarded, single=only_expression(tree) is not None))
    except BadTemplate:
        raise
    except TemplateError as mistake:
        raise bad(source, "syntax", what=mistake.message or "") from mistake
    except ValueError as mistake:  # Python: a whole number of more than 4,300 digits
        raise bad(source, "syntax", what=str(mistake)[:60]) from mistake
    except TOO_DEEP as mistake:
        raise bad(source, "depth") from mistake


_compile_kept = lru_cache(maxsize=1024)(_compile)
_compile_long = lru_cache(maxsize=64)(_compile)  # each may take some hundred kilobytes

A_TEMPLATE = 10  # what the parser takes to begin with, in words
_WORD = re.compile(r"\w+|[^\w\s]")


def work_in(source: str) -> int:
    """How many words and signs of a text the parser would have to put together; 0 where none, or where it refuses."""
    if len(source) > LONGEST_SOURCE or ("{{" not in source and "{%" not in source):
        return 0
    if read_quickly(source) is not None:
        return 0
    inside = [part.partition("}}")[0] for part in source.split("{{")[1:]]
    inside += [part.partition("%}")[0] for part in source.split("{%")[1:]]
    return A_TEMPLATE + sum(len(_WORD.findall(part)) for part in inside)


class _Environment(ImmutableSandboxedEnvironment):
    """Look-ups reach into mappings and lists, and nowhere else: `contact.items` is a field, never a method.

    Texts too long for a message cannot be computed with, so that nothing grows out of them.
    """

    intercepted_binops = frozenset("+-")

    def getattr(self, obj: Any, attribute: str) -> Any:
        return self.getitem(obj, attribute)

    def getitem(self, obj: Any, argument: Any) -> Any:
        value = _item(obj, argument)
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


_ENVIRONMENT = _environment()


def _item(obj: Any, argument: Any) -> Any:
    if isinstance(obj, Mapping):
        return obj.get(argument) if isinstance(argument, str | int) else None
    if isinstance(obj, list | tuple) and isinstance(argument, int) and -len(obj) <= argument < len(obj):
        return obj[argument]
    return None


def _reach(names: Any, path: Steps) -> Any:
    for part in path:
        names = _item(names, part)
    return names


def _is_missing(path: Path, names: Any) -> bool:
    for part in path:
        if not isinstance(names, Mapping) or names.get(part) is None:
            return True
        names = names[part]
    return False
