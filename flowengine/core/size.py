"""F002: whether a document is small enough to be looked at: in values, characters, depth, and work that it makes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from flowengine.core.finding import Finding, finding
from flowengine.core.text import work_in

MOST_DEPTH = 60  # the deepest sound document has a condition of some twenty nested groups
MOST_VALUES = 500_000  # 5,000 nodes of a hundred values each, wires among them
MOST_CHARACTERS = 5_000_000
LARGEST_NUMBER = 2**53  # beyond it a JSON number is not the same in every language

# What takes long to read: some 0.3 s each. The largest flows seen have a tenth of it.
MOST_EXPRESSIONS = 120_000  # characters of templates that compute; of names and filters alone any number
MOST_NAMES = 50_000  # in all templates
MOST_TESTS = 6_000
VALUES_AS_A_TEST = 8  # of a list on the right
MOST_PATTERNS = 200


def too_big(document: Any, *, times: int = 1) -> Finding | None:
    """Looks at every value once, without recursion, and gives up at the first limit that is passed.

    What holds several documents may be so many `times` as big, but no deeper.
    """
    most_values, most_characters = MOST_VALUES * times, MOST_CHARACTERS * times
    values = characters = 0
    work = _Work()
    level: Sequence[Any] = [document]
    for _ in range(MOST_DEPTH):
        below: list[Any] = []
        for value in level:
            match value:
                case str():
                    characters += len(value)
                    work.see_text(value)
                case dict():
                    characters += sum(map(len, value))
                    below.extend(value.values())
                    work.see_fields(value)
                case list():
                    below.extend(value)
                case float() | int() if not _is_portable(value):
                    return _size_finding("um número fora do alcance", "a number out of range")
        values += len(level)
        if values + len(below) > most_values:
            return _size_finding(f"mais de {most_values} valores", f"more than {most_values} values")
        if characters > most_characters:
            return _size_finding(f"mais de {most_characters} caracteres", f"more than {most_characters} characters")
        if not below:
            return work.too_much(times)
        level = below
    return _size_finding(f"mais de {MOST_DEPTH} níveis", f"more than {MOST_DEPTH} levels")


@dataclass(slots=True)
class _Work:
    """Counted while a document is walked."""

    expressions: int = 0
    names: int = 0
    tests: int = 0
    patterns: int = 0

    def see_text(self, text: str) -> None:
        if "{{" in text or "{%" in text:
            self.names += text.count("{{")
            self.expressions += work_in(text)

    def see_fields(self, fields: Mapping[str, Any]) -> None:
        """Those of a test, or of a trigger that waits for patterns; others make no work."""
        if "left" in fields:
            self.tests += 1 + len(_listed(fields.get("right"))) // VALUES_AS_A_TEST
            self.patterns += fields.get("op") == "matches"
        elif fields.get("match") == "pattern":
            self.patterns += len(_listed(fields.get("terms")))

    def too_much(self, times: int) -> Finding | None:
        if self.expressions > MOST_EXPRESSIONS * times:
            return _size_finding("seus textos têm contas demais", "its texts compute too much")
        if (most := MOST_NAMES * times) < self.names:
            return _size_finding(f"mais de {most} nomes nos textos", f"more than {most} names in its texts")
        if (most := MOST_TESTS * times) < self.tests:
            return _size_finding(f"mais de {most} comparações em condições", f"more than {most} tests in conditions")
        if (most := MOST_PATTERNS * times) < self.patterns:
            return _size_finding(f"mais de {most} padrões", f"more than {most} patterns")
        return None


def _listed(value: Any) -> Sequence[Any]:
    return value if isinstance(value, list) else ()


def _is_portable(number: float) -> bool:
    return -LARGEST_NUMBER <= number <= LARGEST_NUMBER  # false for what is not a number as well


def _size_finding(portuguese: str, english: str) -> Finding:
    return finding("F002", why={"pt-BR": portuguese, "en": english})
