"""Which option of a menu a contact means."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
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
_PLACES = {word: place for place, words in enumerate(_SPELLED, start=1) for word in words.split()}

Option = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Choice:
    """The option, and how it was recognised: choice, id, title, number, synonym or nearly."""

    option: Option
    how: str


class Menu:
    """The options of a menu; the words that mean each are put together when somebody first answers."""

    def __init__(self, options: Sequence[Option]) -> None:
        self.options = tuple(options)

    def choose(self, *, text: str, choice: str | None = None) -> Choice | None:
        """The option that is meant, or None where none or more than one may be."""
        for option in self.options:
            if choice is not None and option["id"] == choice:
                return Choice(option, "choice")
        said = bare(text)
        if not said:
            return None
        for how in ("id", "title", "number", "synonym"):
            matching = self._numbered(said) if how == "number" else self._by_word[how].get(said, ())
            if matching:
                return Choice(matching[0], how) if len(matching) == 1 else None
        return self._nearly(said)

    @cached_property
    def _by_word(self) -> Mapping[str, Mapping[str, list[Option]]]:
        """The options that a word means: by their ids, by their titles, by their synonyms."""
        meant: dict[str, dict[str, list[Option]]] = {"id": {}, "title": {}, "synonym": {}}
        for option in self.options:
            meant["id"].setdefault(fold(option["id"]), []).append(option)
            meant["title"].setdefault(bare(option["title"]), []).append(option)
            for word in set(_synonyms(option)):
                meant["synonym"].setdefault(word, []).append(option)
        return meant

    def _numbered(self, said: str) -> Sequence[Option]:
        """“2”, “dois”, “segunda”, after an article or “opção” too."""
        for before in _BEFORE_NUMBER:
            place = _place(said[len(before) :]) if said.startswith(before) else None
            if place is not None and place <= len(self.options):
                return self.options[place - 1 : place]
        return ()

    def _nearly(self, said: str) -> Choice | None:
        """The one option within a few typing errors, clearly nearer than any other."""
        if len(said) < SHORTEST_GUESSED or len(said) > 100:
            return None
        allowed = max(1, len(said) // LETTERS_PER_ERROR)
        distances = sorted(
            (min(OSA.distance(said, word, score_cutoff=allowed) for word in _all_words(option)), place)
            for place, option in enumerate(self.options)
        )
        nearest, place = distances[0]
        if nearest > allowed or (len(distances) > 1 and distances[1][0] <= nearest):
            return None
        return Choice(self.options[place], "nearly")


def _place(word: str) -> int | None:
    if word.isascii() and word.isdigit() and len(word) < 4 and word[0] != "0":
        return int(word)
    return _PLACES.get(word)


def bare(text: str) -> str:
    """Folded, without the signs around it: “1)”, “*Vendas*”, “suporte!!”."""
    return " ".join(fold(text).split()).strip(" .,;:!?()[]*_\"'-–#")


def _synonyms(option: Option) -> list[str]:
    return [bare(word) for word in option.get("synonyms", ())]


def _all_words(option: Option) -> list[str]:
    return [bare(option["title"]), *_synonyms(option)]
