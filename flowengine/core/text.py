"""Authors' templates: Jinja2 syntax, cut down to what a message needs; compiled once; folding of case and accents.

Three belts: an allow-list of syntax (no loops, calls, multiplication, assignments), look-ups that reach into plain
mappings and lists only (no Python attribute can be named at all), and limits on source, depth and output.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from functools import lru_cache
from typing import Any

from jinja2 import TemplateError

from flowengine.core.errors import BadTemplate
from flowengine.core.filters.values import TooLong, as_json
from flowengine.core.pieces import LONGEST_OUTPUT, MAPPINGS, Named, put_together
from flowengine.core.quick_templates import Read, read_quickly
from flowengine.core.sandbox import ENVIRONMENT, MISTAKES, TOO_DEEP, told_of
from flowengine.core.template_parts import as_assignment, only_expression, plain_pieces
from flowengine.core.template_syntax import WIDEST, Path, bad, look_over

LONGEST_SOURCE = 8_000  # characters
SHORT = 1_000  # characters: nearly all of them


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

    __slots__ = ("_compiled", "_pieces", "_single", "_text", "_valued", "reads", "source", "unguarded")

    def __init__(self, source: str, read: Read) -> None:
        self.source = source
        self.reads = read.reads
        self.unguarded = read.unguarded
        self._pieces = read.pieces
        self._single = read.single
        self._text = source if read.pieces == (source,) else None
        # Made by Jinja when first asked for: the checker reads thousands of templates and shows none.
        self._compiled: Any = None
        self._valued: Any = None

    def render(self, names: Mapping[str, Any], *, language: str, timezone: str) -> str:
        """The text for these names; what is undefined is empty. Raises BadTemplate when it cannot be rendered."""
        if self._text is not None:
            return self._text
        known = {**names, "_language": language, "_timezone": timezone}
        try:
            return self._computed(known) if self._pieces is None else put_together(self._pieces, known)
        except MISTAKES as mistake:
            raise told_of(self.source, mistake) from mistake

    def value(self, names: Mapping[str, Any], *, language: str, timezone: str) -> Any:
        """What a template that is one expression comes to, unwritten: `{{ vars.price }}` is 1234.5, not "1.234,5".

        Plain JSON values: moments in ISO 8601, None where nothing is there; the text for all other templates.
        """
        if not self._single:
            return self.render(names, language=language, timezone=timezone)
        known = {**names, "_language": language, "_timezone": timezone}
        try:
            if self._pieces is None:
                return as_json(self._computed_value(known))
            return as_json(next(piece for piece in self._pieces if isinstance(piece, Named)).value(known))
        except MISTAKES as mistake:
            raise told_of(self.source, mistake) from mistake

    def missing(self, names: Mapping[str, Any]) -> tuple[str, ...]:
        """The names that render as empty text because nothing is there, save where a `default` says what then."""
        return tuple(sorted([".".join(path) for path in self.unguarded if _is_missing(path, names)]))

    def _computed(self, known: dict[str, Any]) -> str:
        if self._compiled is None:
            self._compiled = ENVIRONMENT.from_string(self.source)
        written, length = [], 0
        for text in self._compiled.root_render_func(self._compiled.new_context(known, shared=True)):
            written.append(text)
            length += len(text)
            if length > LONGEST_OUTPUT:
                raise TooLong
        return "".join(written)

    def _computed_value(self, known: dict[str, Any]) -> Any:
        if self._valued is None:
            self._valued = ENVIRONMENT.from_string(as_assignment(ENVIRONMENT.parse(self.source)))
        context = self._valued.new_context(known, shared=True)
        for _ in self._valued.root_render_func(context):
            pass
        return context.vars["result"]


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
        tree = ENVIRONMENT.parse(source)
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


def _is_missing(path: Path, names: Any) -> bool:
    for part in path:
        if not isinstance(names, MAPPINGS) or names.get(part) is None:
            return True
        names = names[part]
    return False
