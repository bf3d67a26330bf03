"""Names, yes and no, ratings: what people say in words."""

from __future__ import annotations

from flowengine.core.answers.numbers import number_in_words
from flowengine.core.text import fold

_NAME_PREFIXES = (
    "meu nome e ",
    "me chamo ",
    "eu sou o ",
    "eu sou a ",
    "eu sou ",
    "sou o ",
    "sou a ",
    "my name is ",
    "i am ",
    "i'm ",
)


def read_name(text: str) -> str | None:
    """A person's name, without “meu nome é”; it has letters and no digits."""
    folded = fold(text)
    for prefix in _NAME_PREFIXES:
        if folded.startswith(prefix):
            text = text[len(prefix) :]
            break
    name = " ".join(text.strip(" .!,;").split())
    letters = sum(character.isalpha() for character in name)
    proper = all(c.isalpha() or c in " '’-." or not c.isascii() and not c.isdigit() for c in name)
    if letters < 2 or not proper or len(name) > 100:
        return None
    return _capitalised(name) if name.isupper() or name.islower() else name


def _capitalised(name: str) -> str:
    first, *others = name.title().split(" ")
    return " ".join([first, *(other.lower() if other.lower() in _PARTICLES else other for other in others)])


_PARTICLES = ("da", "das", "de", "do", "dos", "e")


_YES = {
    *(
        "sim",
        "s",
        "ss",
        "si",
        "claro",
        "claro que sim",
        "isso",
        "isso mesmo",
        "certo",
        "ok",
        "okay",
        "pode",
        "pode ser",
    ),
    *(
        "pode sim",
        "quero",
        "quero sim",
        "aceito",
        "positivo",
        "com certeza",
        "exato",
        "beleza",
        "blz",
        "bora",
        "fechado",
    ),
    *("uhum", "aham", "perfeito", "yes", "y", "yep", "yeah", "yup", "sure", "of course", "true", "1", "👍"),
}
_NO = {
    *(
        "nao",
        "n",
        "nn",
        "nop",
        "nope",
        "negativo",
        "nunca",
        "jamais",
        "nao quero",
        "agora nao",
        "hoje nao",
        "ainda nao",
    ),
    *("de jeito nenhum", "no", "nah", "never", "not now", "not yet", "false", "2", "👎"),
}
_UNSURE = {"sei", "certeza", "entendi", "entendo", "lembro", "ideia", "know", "sure", "understand", "idea", "depende"}


def read_yes_no(text: str) -> bool | None:
    """None for “não sei” and for “sim, mas não hoje”: what can be taken both ways is asked again."""
    said = " ".join(fold(text).split()).strip(" .,;!")
    if said in _YES:
        return True
    if said in _NO:
        return False
    words = said.replace(",", " ").replace(".", " ").replace("!", " ").split()
    if not words or not _UNSURE.isdisjoint(words) or len(words) > 12:
        return None
    yes, no = (not {"sim", "yes"}.isdisjoint(words)), (not {"nao", "no"}.isdisjoint(words))
    if words[0] in ("sim", "yes") and not no:
        return True
    return False if words[0] in ("nao", "no") and not yes else None


def read_rating(text: str, scale: int, *, least: int = 1) -> int | None:
    """A whole number from `least` to the scale: “5”, “nota 5”, “cinco”, “5 estrelas”, “4/5”, “⭐⭐⭐⭐”."""
    stars = text.count("⭐") + text.count("★")
    found = [stars] if stars else _numbers_said(fold(text).replace("/", " ").strip(" .!").split())
    if len(found) == 2 and found[1] == scale:
        found = found[:1]  # 4/5, 4 de 5
    return found[0] if len(found) == 1 and least <= found[0] <= scale else None


def _numbers_said(words: list[str]) -> list[int]:
    """The numbers among a few words; none of a longer text, which says more than a rate, nor of one below zero."""
    found: list[int] = []
    while words and len(words) <= 6:
        word = words[0]
        if word.isascii() and word.isdigit() and len(word) < 4:
            found, words = [*found, int(word)], words[1:]
            continue
        number, rest = number_in_words(words)
        found = found if number is None else [*found, number]
        words = words[1:] if number is None else rest
    return found
