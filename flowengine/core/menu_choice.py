"""Which option of a menu a contact means."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from rapidfuzz.distance import OSA

from flowengine.core.text import fold

SHORTEST_GUESSED = 4  # letters; shorter words are too near to each other
LETTERS_PER_ERROR = 5  # one wrong letter in five is still a typing error


_BEFORE_NUMBER = ("", "a ", "o ", "the ", "opcao ", "a opcao ", "option ", "numero ", "o numero ", "number ")
_SPELLED = (
    *(
        "um uma primeiro primeira one first",
        "dois duas segundo segunda two second",
        "tres terceiro terceira three third",
    ),
    *("quatro quarto quarta four fourth", "cinco quinto quinta five fifth", "seis sexto sexta six sixth"),
    *("sete setimo setima seven seventh", "oito oitavo oitava eight eighth", "nove nono nona nine ninth"),
    "dez decimo decima ten tenth",
)


@dataclass(frozen=True, slots=True)
class Choice:
    """The option, and how it was recognised: choice, id, title, number, synonym or nearly."""

    option: Mapping[str, Any]
    how: str


def choose(options: Sequence[Mapping[str, Any]], *, text: str, choice: str | None = None) -> Choice | None:
    """The option that is meant, or None where none or more than one may be."""
    for option in options:
        if choice is not None and option["id"] == choice:
            return Choice(option, "choice")
    said = _bare(text)
    if not said:
        return None
    for how, words in (("id", _ids), ("title", _titles), ("number", _numbers), ("synonym", _synonyms)):
        matching = [option for place, option in enumerate(options, start=1) if said in words(option, place)]
        if matching:
            return Choice(matching[0], how) if len(matching) == 1 else None
    return _nearly(options, said)


def _nearly(options: Sequence[Mapping[str, Any]], said: str) -> Choice | None:
    """The one option within a few typing errors, clearly nearer than any other."""
    if len(said) < SHORTEST_GUESSED or len(said) > 100:
        return None
    allowed = max(1, len(said) // LETTERS_PER_ERROR)
    distances = sorted(
        (min(OSA.distance(said, word, score_cutoff=allowed) for word in _all_words(option)), place)
        for place, option in enumerate(options)
    )
    nearest, place = distances[0]
    if nearest > allowed or (len(distances) > 1 and distances[1][0] <= nearest):
        return None
    return Choice(options[place], "nearly")


def _bare(text: str) -> str:
    """Folded, without the signs around it: “1)”, “*Vendas*”, “suporte!!”."""
    return " ".join(fold(text).split()).strip(" .,;:!?()[]*_\"'-–#")


def _ids(option: Mapping[str, Any], _: int) -> list[str]:
    return [fold(option["id"])]


def _titles(option: Mapping[str, Any], _: int) -> list[str]:
    return [_bare(option["title"])]


def _numbers(_: Mapping[str, Any], place: int) -> list[str]:
    """“2”, “dois”, “segunda”, after an article or “opção” too."""
    words = [str(place), *_SPELLED[place - 1].split()] if place <= len(_SPELLED) else [str(place)]
    return [f"{before}{word}" for word in words for before in _BEFORE_NUMBER]


def _synonyms(option: Mapping[str, Any], _: int) -> list[str]:
    return [_bare(word) for word in option.get("synonyms", ())]


def _all_words(option: Mapping[str, Any]) -> list[str]:
    return [_bare(option["title"]), *_synonyms(option, 0)]
