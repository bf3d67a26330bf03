"""Numbers as people write them: 1.234,56, R$ 10, dez, doze mil, 3 pessoas."""

from __future__ import annotations

from decimal import Decimal

from flowengine.core.text import fold

_SMALL = {
    word: number
    for number, words in (
        (0, "zero"), (1, "um uma one"), (2, "dois duas two"), (3, "tres three"), (4, "quatro four"), (5, "cinco five"),
        (6, "seis six"), (7, "sete seven"), (8, "oito eight"), (9, "nove nine"), (10, "dez ten"), (11, "onze eleven"),
        (12, "doze twelve"), (13, "treze thirteen"), (14, "quatorze catorze fourteen"), (15, "quinze fifteen"),
        (16, "dezesseis sixteen"), (17, "dezessete seventeen"), (18, "dezoito eighteen"), (19, "dezenove nineteen"),
        (20, "vinte twenty"), (30, "trinta thirty"), (40, "quarenta forty"), (50, "cinquenta fifty"),
        (60, "sessenta sixty"), (70, "setenta seventy"), (80, "oitenta eighty"), (90, "noventa ninety"),
        (100, "cem cento"), (200, "duzentos duzentas"), (300, "trezentos trezentas"),
        (400, "quatrocentos quatrocentas"), (500, "quinhentos quinhentas"), (600, "seiscentos seiscentas"),
        (700, "setecentos setecentas"), (800, "oitocentos oitocentas"), (900, "novecentos novecentas"),
    )
    for word in words.split()
}  # fmt: skip
_GREAT = {"mil": 1_000, "thousand": 1_000, "milhao": 10**6, "milhoes": 10**6, "million": 10**6}
_JOINERS = ("e", "and")
_BEFORE = ("sao", "somos", "tenho", "uns", "umas", "quero", "com", "seria", "seriam", "about", "i", "am", "we", "are")
_NOT_AFTER = ("ou", "or", "a", "ate", "to", "entre", "between", "menos", "mais", "nao", "not", "e", "and")
MOST_UNITS = 2  # words after the number: 25 anos, 10 por cento


def read_decimal(text: str, language: str) -> Decimal | None:
    """The one number in a short answer, None where there is none, or more than one may be meant."""
    number = _figures(text, language)
    if number is not None:
        return number
    words = fold(text).replace("r$", " ").replace("$", " ").replace("%", " ").strip(" .!").split()
    while words and words[0] in _BEFORE:
        words = words[1:]
    if not words or len(words) > 12:
        return None
    sign = -1 if words[0] in ("menos", "minus") else 1
    words = words[1:] if sign < 0 else words
    number, rest = _leading(words, language)
    return None if number is None or not _are_units(rest) else sign * number


def number_in_words(words: list[str]) -> tuple[int | None, list[str]]:
    """The number that the first of these folded words spell, and the words after it.

    >>> number_in_words("mil duzentos e trinta reais".split())
    (1230, ['reais'])
    """
    whole, part, room, greatest, read = 0, 0, 1_000, 10**9, 0
    for place, word in enumerate(words):
        if word in _JOINERS and read and place == read:
            continue
        if word == "hundred" and 0 < part < 10:
            part, room = part * 100, 100
        elif word in _SMALL and _SMALL[word] < room:
            part, room = part + _SMALL[word], _room_beside(_SMALL[word])
        elif word in _GREAT and _GREAT[word] < greatest and (part or not whole):
            whole, part, room, greatest = whole + (part or 1) * _GREAT[word], 0, 1_000, _GREAT[word]
        else:
            break
        read = place + 1
    return (whole + part, words[read:]) if read else (None, words)


def _room_beside(value: int) -> int:
    """What is smaller may follow: “vinte e cinco”, never “cinco e vinte”."""
    return 100 if value >= 100 else 10 if value >= 20 else 0


def _leading(words: list[str], language: str) -> tuple[Decimal | None, list[str]]:
    figures = _figures(words[0], language) if words else None
    if figures is None:
        spelled, rest = number_in_words(words)
        return (None if spelled is None else Decimal(spelled)), rest
    if len(words) > 1 and words[1] in _GREAT:
        return figures * _GREAT[words[1]], words[2:]
    return figures, words[1:]


def _are_units(words: list[str]) -> bool:
    proper = all(word.isalpha() and word not in _SMALL and word not in _GREAT for word in words)
    return proper and len(words) <= MOST_UNITS and not any(word in _NOT_AFTER for word in words)


def _figures(text: str, language: str) -> Decimal | None:
    """1.234,56 in pt-BR, 1,234.56 in en; a sign, R$ or $ or % and nothing else."""
    bare = text.replace("R$", "").replace("$", "").removesuffix("%").replace("\u00a0", "").replace(" ", "")
    group, point = (".", ",") if language == "pt-BR" else (",", ".")
    sign = "-" if bare[:1] in ("-", "−") else ""
    bare = bare[1:] if bare[:1] in ("-", "−", "+") else bare
    whole, _, fraction = bare.partition(point)
    parts = whole.split(group)
    if len(parts) == 2 and not fraction and len(parts[1]) != 3:
        parts, fraction = [parts[0]], parts[1]  # 1.5 typed in pt-BR can only mean one and a half
    grouped = all(len(part) == 3 for part in parts[1:]) and 1 <= len(parts[0]) <= (3 if len(parts) > 1 else 15)
    digits = "".join(parts) + fraction
    if not grouped or not digits.isascii() or not digits.isdigit() or len(digits) > 15:
        return None
    return Decimal(f"{sign}{''.join(parts)}.{fraction or '0'}")
