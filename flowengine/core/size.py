"""F002: whether a document is small enough to be looked at: in values, characters, depth, and work that it makes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from flowengine.core.findings import Finding, finding
from flowengine.core.text import work_in

MOST_DEPTH = 60  # the deepest sound document has a condition of some twenty nested groups
MOST_VALUES = 200_000  # 5,000 nodes of forty values each, wires among them; people's have twenty
MOST_CHARACTERS = 5_000_000
LARGEST_NUMBER = 2**53  # beyond it a JSON number is not the same in every language

# What takes long to read: some 0.3 s each. The largest flows seen have a tenth of it.
MOST_EXPRESSIONS = 40_000  # words and signs of templates that compute, not of those that only name things
MOST_NAMES = 25_000  # in all templates
MOST_TESTS = 5_000  # and groups of them
VALUES_AS_A_TEST = 8  # of a list on the right
MOST_PATTERNS = 200


def too_big(document: Any, *, times: int = 1) -> Finding | None:
    """Looks at every value once, without recursion, and gives up at the first limit that is passed.

    What holds several documents may be so many `times` as big, but no deeper.
    """
    seen = _Seen()
    level: Sequence[Any] = [document]
    for _ in range(MOST_DEPTH):
        below = seen.look_at(level)
        too_much = seen.too_much(len(below), times)
        if too_much is not None or not below:
            return too_much
        level = below
    return _too_big(f"mais de {MOST_DEPTH} níveis", f"more than {MOST_DEPTH} levels")


@dataclass(slots=True)
class _Seen:
    """Counted while a document is walked."""

    values: int = 0
    characters: int = 0
    expressions: int = 0
    names: int = 0
    tests: int = 0
    patterns: int = 0
    is_portable: bool = True

    def look_at(self, level: Sequence[Any]) -> list[Any]:
        """Counts these values, and gives those within them."""
        below: list[Any] = []
        self.values += len(level)
        for value in level:
            kind = type(value)  # JSON knows no subclasses; a match statement takes twice as long
            if kind is str:
                self.characters += len(value)
                if "{{" in value or "{%" in value:
                    self.names += value.count("{{")
                    self.expressions += work_in(value)
            elif kind is dict:
                self.characters += sum(map(len, value))
                below.extend(value.values())
                self._look_at_fields(value)
            elif kind is list:
                below.extend(value)
            elif kind is int or kind is float:
                self.is_portable &= -LARGEST_NUMBER <= value <= LARGEST_NUMBER  # false for what is not a number as well
        return below

    def too_much(self, below: int, times: int) -> Finding | None:
        """The limit that is passed; `below` is how many values are still to be looked at."""
        if not self.is_portable:
            return _too_big("um número fora do alcance", "a number out of range")
        limits = (
            (self.values + below, MOST_VALUES, "valores", "values"),
            (self.characters, MOST_CHARACTERS, "caracteres", "characters"),
            (self.expressions, MOST_EXPRESSIONS, "palavras em cálculos", "words of expressions"),
            (self.names, MOST_NAMES, "nomes nos textos", "names in texts"),
            (self.tests, MOST_TESTS, "comparações e grupos em condições", "tests and groups in conditions"),
            (self.patterns, MOST_PATTERNS, "padrões", "patterns"),
        )
        for count, most, portuguese, english in limits:
            if count > most * times:
                return _too_big(f"mais de {most * times} {portuguese}", f"more than {most * times} {english}")
        return None

    def _look_at_fields(self, fields: Mapping[str, Any]) -> None:
        """Those of a test, or of a trigger that waits for patterns; others make no work."""
        if "left" in fields:
            self.tests += 1 + len(_listed(fields.get("right"))) // VALUES_AS_A_TEST
            self.patterns += fields.get("op") == "matches"
        elif "all" in fields or "any" in fields or "not" in fields:
            self.tests += 1
        elif fields.get("match") == "pattern":
            self.patterns += len(_listed(fields.get("terms")))


def _listed(value: Any) -> Sequence[Any]:
    return value if isinstance(value, list) else ()


def _too_big(portuguese: str, english: str) -> Finding:
    return finding("F002", why={"pt-BR": portuguese, "en": english})
