"""What a contact's answer means: one reader a type, giving the normal form, or None for what does not fit."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, time
from decimal import Decimal
from typing import Any

import phonenumbers
from email_validator import EmailNotValidError, validate_email
from stdnum.br import cnpj, cpf
from stdnum.exceptions import ValidationError

from flowengine.core.answer_times import read_date, read_time
from flowengine.core.answer_words import read_name, read_rating, read_yes_no

LONGEST = 4_000  # characters of an answer that is kept


@dataclass(frozen=True, slots=True)
class Reading:
    """What a reader goes by: the flow's language, the contact's today (for “amanhã”), the best rating."""

    language: str
    today: date
    scale: int = 5


def read_answer(answer_type: str, text: str, reading: Reading) -> Any:
    """The answer's normal form, a plain JSON value; None when it is not of this type."""
    text = text.strip()[:LONGEST]
    return READERS[answer_type](text, reading) if text else None


def _text(text: str, _: Reading) -> str:
    return text


def _number(text: str, reading: Reading) -> float | int | None:
    number = _decimal(text, reading.language)
    if number is None:
        return None
    return int(number) if number == number.to_integral_value() else float(number)


def _integer(text: str, reading: Reading) -> int | None:
    number = _decimal(text, reading.language)
    return int(number) if number is not None and number == number.to_integral_value() else None


def _decimal(text: str, language: str) -> Decimal | None:
    """1.234,56 in pt-BR, 1,234.56 in en; a sign, R$ or $, and a unit-less rest only."""
    bare = text.replace("R$", "").replace("$", "").replace("\u00a0", "").replace(" ", "")
    group, point = (".", ",") if language == "pt-BR" else (",", ".")
    sign = "-" if bare[:1] in ("-", "−") else ""
    bare = bare.lstrip("+-−")
    whole, _, fraction = bare.partition(point)
    parts = whole.split(group)
    if len(parts) == 2 and not fraction and len(parts[1]) != 3:
        parts, fraction = [parts[0]], parts[1]  # 1.5 typed in pt-BR can only mean one and a half
    grouped = all(len(part) == 3 for part in parts[1:]) and 1 <= len(parts[0]) <= (3 if len(parts) > 1 else 15)
    digits = "".join(parts) + fraction
    if not grouped or not digits.isascii() or not digits.isdigit() or len(digits) > 15:
        return None
    return Decimal(f"{sign}{''.join(parts)}.{fraction or '0'}")


def _date(text: str, reading: Reading) -> str | None:
    found = read_date(text, reading.today, reading.language)
    return found.isoformat() if found else None


def _time(text: str, reading: Reading) -> str | None:
    found: time | None = read_time(text)
    return found.strftime("%H:%M") if found else None


def _email(text: str, _: Reading) -> str | None:
    """The address in the answer, lower case; “meu e-mail é ana@exemplo.com” will do."""
    for word in text.split():
        if "@" in word:
            try:
                found = validate_email(word.strip("<>()[].,;:!\"'"), check_deliverability=False)
            except EmailNotValidError:
                continue
            return str(found.normalized).lower()
    return None


def _phone(text: str, reading: Reading) -> str | None:
    try:
        number = phonenumbers.parse(text[:60], "BR" if reading.language == "pt-BR" else "US")
    except phonenumbers.NumberParseException:
        return None
    if not phonenumbers.is_valid_number(number):
        return None
    return str(phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164))


def _cpf(text: str, _: Reading) -> str | None:
    """Eleven equal digits pass the check sum, but the Receita Federal gives no such number."""
    number = _valid(cpf, text)
    return None if number is None or len(set(number)) == 1 else number


def _cnpj(text: str, _: Reading) -> str | None:
    return _valid(cnpj, text)


def _valid(document: Any, text: str) -> str | None:
    try:
        return str(document.validate(text))
    except ValidationError:
        return None


def _cep(text: str, _: Reading) -> str | None:
    bare = text.upper().removeprefix("CEP").strip(" :").replace("-", "").replace(".", "").replace(" ", "")
    return bare if len(bare) == 8 and bare.isascii() and bare.isdigit() and bare != "00000000" else None


def _url(text: str, _: Reading) -> str | None:
    """An http(s) address with a dotted host; “exemplo.com.br” gets https."""
    if any(character.isspace() for character in text):
        return None
    scheme, separator, rest = text.partition("://")
    if not separator:
        scheme, rest = "https", text
    host = rest.split("/")[0].split("?")[0].split("#")[0]
    labels = host.split(":")[0].split(".")
    proper = len(labels) > 1 and all(label and label.replace("-", "").isalnum() for label in labels)
    if scheme.lower() not in ("http", "https") or not proper or not labels[-1].isalpha() or "@" in host:
        return None
    return f"{scheme.lower()}://{rest}"


READERS: Mapping[str, Callable[[str, Reading], Any]] = {
    "text": _text,
    "number": _number,
    "integer": _integer,
    "date": _date,
    "time": _time,
    "email": _email,
    "phone": _phone,
    "cpf": _cpf,
    "cnpj": _cnpj,
    "cep": _cep,
    "url": _url,
    "name": lambda text, _: read_name(text),
    "yes_no": lambda text, _: read_yes_no(text),
    "rating": lambda text, reading: read_rating(text, reading.scale),
    "any": _text,
}
