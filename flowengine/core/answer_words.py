"""Names, yes and no, ratings: what people say in words."""

from __future__ import annotations

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
    return name.title() if name.isupper() or name.islower() else name


_YES = {
    "sim",
    "s",
    "ss",
    "si",
    "claro",
    "isso",
    "certo",
    "ok",
    "okay",
    "pode",
    "quero",
    "com certeza",
    "yes",
    "y",
    "yep",
    "yeah",
    "sure",
    "true",
    "1",
    "👍",
}
_NO = {"nao", "n", "nn", "nop", "nope", "negativo", "nunca", "no", "false", "nao quero", "agora nao", "not", "2", "👎"}


def read_yes_no(text: str) -> bool | None:
    said = fold(text).strip(" .!,;")
    if said in _YES or said.split(",")[0].split(" ")[0] in ("sim", "yes"):
        return True
    if said in _NO or said.split(",")[0].split(" ")[0] in ("nao", "no"):
        return False
    return None


_WORDS = {
    word: number
    for number, words in enumerate(
        (
            "um one",
            "dois two",
            "tres three",
            "quatro four",
            "cinco five",
            "seis six",
            "sete seven",
            "oito eight",
            "nove nine",
            "dez ten",
        ),
        start=1,
    )
    for word in words.split()
}


def read_rating(text: str, scale: int) -> int | None:
    """A whole number from 1 to the scale: “5”, “nota 5”, “cinco”, “5 estrelas”, “⭐⭐⭐⭐”."""
    stars = text.count("⭐") + text.count("★")
    if stars:
        found = [stars]
    else:
        words = fold(text).replace("/", " ").strip(" .!").split()
        if len(words) > 6:
            return None
        found = [
            _WORDS[w] if w in _WORDS else int(w)
            for w in words
            if w in _WORDS or w.isascii() and w.isdigit() and len(w) < 4
        ]
        if len(found) == 2 and found[1] == scale:
            found = found[:1]  # 4/5, 4 de 5
    return found[0] if len(found) == 1 and 1 <= found[0] <= scale else None
