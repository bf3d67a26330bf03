"""What of a story did not come true: in words for its author, with what was expected beside what came."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, Literal

from flowengine.core.findings import Words, in_language
from flowengine.core.naming import LANGUAGES
from flowengine.core.stories.texts import STORY_TEXTS

UNITS = {"seconds": "s", "minutes": "min", "hours": "h", "days": "d"}
MOST_COMPARED = 40_000  # pairs of lines; 200 against 200 take a few milliseconds
MOST_SHOWN = 50  # lines of each side where that is too many
LONGEST_QUOTE = 40  # characters of what an exchange begins with

Line = tuple[Literal[" ", "-", "+"], str]  # as expected, expected and missing, came unexpected


@dataclass(frozen=True, slots=True)
class Failure:
    """`code` is a key of STORY_TEXTS, `words` fill it. `diff` is for lists and texts, empty where the words say all.

    `place` is the exchange's number, from 1; 0: nothing in particular. `begins` is what it begins with, by language.
    """

    code: str
    words: Mapping[str, Words] = field(default_factory=dict)
    diff: tuple[Line, ...] = ()
    place: int = 0
    begins: Mapping[str, str] = field(default_factory=dict)

    def at(self, place: int, exchange: Mapping[str, Any]) -> Failure:
        return replace(self, place=place, begins={language: _begins(exchange, language) for language in LANGUAGES})

    def why(self, language: str) -> str:
        return STORY_TEXTS[self.code][language].format(**in_language(self.words, language))

    def message(self, language: str) -> str:
        """A sentence; the diff is not in it."""
        why = self.why(language)
        if not self.place:
            return why
        words = {"place": self.place, "begins": self.begins[language], "why": why}
        return STORY_TEXTS["exchange"][language].format(**words)

    def messages(self) -> dict[str, str]:
        return {language: self.message(language) for language in LANGUAGES}

    def as_data(self) -> dict[str, Any]:
        """As the API and `flowengine test --json` give it."""
        return {
            "code": self.code,
            "exchange": self.place or None,
            "message": self.messages(),
            "diff": [{"is": sign, "text": text} for sign, text in self.diff],
        }


def differing(
    expected: Sequence[str], came: Sequence[str], same: Callable[[str, str], bool] = str.__eq__
) -> tuple[Line, ...]:
    """The two lists beside each other, with as many lines in common as can be.

    `same(came, expected)` says whether a line is as expected.
    """
    if len(expected) * len(came) > MOST_COMPARED:  # of a flow that goes round and round
        return tuple(("-", line) for line in expected[:MOST_SHOWN]) + tuple(("+", line) for line in came[:MOST_SHOWN])
    # The longest common subsequence of every two tails.
    longest = [[0] * (len(came) + 1) for _ in range(len(expected) + 1)]
    for one in range(len(expected) - 1, -1, -1):
        for other in range(len(came) - 1, -1, -1):
            longest[one][other] = (
                longest[one + 1][other + 1] + 1
                if same(came[other], expected[one])
                else max(longest[one + 1][other], longest[one][other + 1])
            )
    lines: list[Line] = []
    one = other = 0
    while one < len(expected) or other < len(came):
        if one < len(expected) and other < len(came) and same(came[other], expected[one]):
            lines.append((" ", came[other]))
            one, other = one + 1, other + 1
        elif other == len(came) or (one < len(expected) and longest[one + 1][other] >= longest[one][other + 1]):
            lines.append(("-", expected[one]))
            one += 1
        else:
            lines.append(("+", came[other]))
            other += 1
    return tuple(lines)


def _begins(exchange: Mapping[str, Any], language: str) -> str:
    """The act of an exchange, as it is quoted."""
    for act in ("says", "sends", "shares", "presses", "waits", "happens", "finished", "refused"):
        if act in exchange:
            return STORY_TEXTS[f"act.{act}"][language].format(it=_quoted(act, exchange[act]))
    return ""


def _quoted(act: str, it: Any) -> str:
    match act:
        case "waits":
            return f"{it['amount']} {UNITS.get(it['unit'], it['unit'])}"
        case "sends":
            it = ", ".join(file.get("name") or file["mime"] for file in it)
    text = str(it)
    return text if len(text) <= LONGEST_QUOTE else text[: LONGEST_QUOTE - 1] + "…"
