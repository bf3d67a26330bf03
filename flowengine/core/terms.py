"""Words that start or steer a flow: whether what a contact wrote is one of them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from flowengine.core.errors import BadCondition
from flowengine.core.patterns import compile_pattern, found_in
from flowengine.core.text import fold


def longest_term(text: str, said: Mapping[str, Any], *, usual: str) -> int | None:
    """The length of the longest of `said["terms"]` that fits `text`, None where none does; `usual` is how they match.

    >>> longest_term("Quero falar com humano!", {"terms": ["humano", "falar com humano"]}, usual="contains")
    16
    """
    match = said.get("match", usual)
    fitting = [len(fold(term)) for term in said.get("terms", ()) if fits(text, term, match)]
    return max(fitting, default=None)


def command_in(text: str, commands: Iterable[Mapping[str, Any]]) -> Mapping[str, Any] | None:
    """The command that a message is: the longest term wins, then the order. The whole message has to be it, unless
    the command says otherwise.
    """
    best, found = -1, None
    for command in commands:
        length = longest_term(text, command, usual="exact")
        if length is not None and length > best:
            best, found = length, command
    return found


def fits(text: str, term: str, match: str) -> bool:
    """Whether `text` is, holds or begins with `term`, word by word, without case and accents, or fits the pattern."""
    if match == "pattern":
        return _fits_pattern(text, term)
    said, term = _words(fold(text)), _words(fold(term))
    if not said or not term:
        return False
    if match == "contains":
        return f" {term} " in f" {said} "
    if match == "starts_with":
        return f"{said} ".startswith(f"{term} ")
    return said == term


def words_of(term: str) -> str:
    """What of a term counts when it is compared; "" for one that nobody can say.

    >>> words_of(" Segunda-via, já! ")
    'segunda via ja'
    """
    return _words(fold(term))


def _fits_pattern(text: str, pattern: str) -> bool:
    """A pattern that cannot be read fits nothing; the checker has told its author."""
    try:
        return found_in(compile_pattern(pattern), text)
    except BadCondition:
        return False


def _words(text: str) -> str:
    """The words alone, one space between: signs around them do not matter."""
    return " ".join("".join(c if c.isalnum() else " " for c in text).split())
