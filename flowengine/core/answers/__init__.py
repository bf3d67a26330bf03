"""What a contact's answer means: one reader a type, giving the normal form, or None for what does not fit."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import date, datetime, time
from typing import Any

import phonenumbers
from email_validator import EmailNotValidError, validate_email
from msgspec import Struct
from stdnum.br import cnpj, cpf
from stdnum.exceptions import ValidationError

from flowengine.core.answers.numbers import read_decimal
from flowengine.core.answers.places import read_place
from flowengine.core.answers.times import read_date, read_time
from flowengine.core.answers.words import read_name, read_rating, read_yes_no
from flowengine.core.zones import local

LONGEST = 4_000  # characters of an answer that is kept

_CPF = re.compile(r"(?<!\d)\d{3}[ .]?\d{3}[ .]?\d{3}[ .-]?\d{2}(?!\d)")
_CNPJ = re.compile(r"(?<![0-9A-Z])[0-9A-Z]{2}[ .]?[0-9A-Z]{3}[ .]?[0-9A-Z]{3}[ /]?[0-9A-Z]{4}[ -]?\d{2}(?![0-9A-Z])")
_CEP = re.compile(r"(?<!\d)\d{2}\.?\d{3}[ -]?\d{3}(?!\d)")
_SURELY_LINK = re.compile(r"https?://|www\.|[\w.-]+\.(?:com|net|org|br|app|io)(?:\W|$)", re.IGNORECASE)


class Reading(Struct, frozen=True):
    """What a reader goes by: the flow's language, the contact's clock (for “amanhã”), the worst and the best rating.

    `country` is that of phone numbers without one (ISO 3166); empty: the language's.
    """

    language: str
    now: datetime
    timezone: str
    scale: int = 5
    least: int = 1
    country: str = ""

    @property
    def today(self) -> date:
        return local(self.now, self.timezone).date()


def read_answer(answer_type: str, text: str, reading: Reading) -> Any:
    """The answer's normal form, a plain JSON value; None when it is not of this type."""
    text = text.strip()[:LONGEST]
    return READERS[answer_type](text, reading) if text else None


def _text(text: str, _: Reading) -> str:
    return text


def _number(text: str, reading: Reading) -> float | int | None:
    number = read_decimal(text, reading.language)
    if number is None:
        return None
    return int(number) if number == number.to_integral_value() else float(number)


def _integer(text: str, reading: Reading) -> int | None:
    number = read_decimal(text, reading.language)
    return int(number) if number is not None and number == number.to_integral_value() else None


def _date(text: str, reading: Reading) -> str | None:
    found = read_date(text, reading.today, reading.language)
    return found.isoformat() if found else None


def _time(text: str, reading: Reading) -> str | None:
    found: time | None = read_time(text)
    return found.strftime("%H:%M") if found else None


def _email(text: str, _: Reading) -> str | None:
    """The address in the answer, lower case; “meu e-mail é ana@exemplo.com” will do, as will a blank beside the @."""
    for word in text.replace(" @", "@").replace("@ ", "@").split():
        if "@" in word:
            try:
                found = validate_email(word.strip("<>()[].,;:!\"'"), check_deliverability=False)
            except EmailNotValidError:
                continue
            return str(found.normalized).lower()
    return None


def _phone(text: str, reading: Reading) -> str | None:
    """The one number in the answer: “meu zap é (11) 98765-4321”."""
    country = reading.country or ("BR" if reading.language == "pt-BR" else "US")
    if country not in phonenumbers.SUPPORTED_REGIONS:
        return None
    matches = phonenumbers.PhoneNumberMatcher(text[:200], country)
    numbers = {str(phonenumbers.format_number(m.number, phonenumbers.PhoneNumberFormat.E164)) for m in matches}
    return numbers.pop() if len(numbers) == 1 else None


def _cpf(text: str, _: Reading) -> str | None:
    return _document(cpf, _CPF, text)


def _cnpj(text: str, _: Reading) -> str | None:
    """Letters too: since July 2026 the Receita Federal gives out CNPJs with letters (IN RFB 2.229/2024)."""
    return _document(cnpj, _CNPJ, text.upper())


def _document(kind: Any, pattern: re.Pattern[str], text: str) -> str | None:
    """The one number in the answer that checks out; equal digits throughout do, but nobody is given such a number."""
    found = set()
    for match in pattern.finditer(text):
        try:
            number = str(kind.validate(match[0]))
        except ValidationError:
            continue
        if len(set(number)) > 1:
            found.add(number)
    return found.pop() if len(found) == 1 else None


def _cep(text: str, _: Reading) -> str | None:
    found = {re.sub(r"\D", "", match[0]) for match in _CEP.finditer(text)} - {"00000000"}
    return found.pop() if len(found) == 1 else None


def _url(text: str, _: Reading) -> str | None:
    """An http(s) address with a dotted host; “exemplo.com.br” gets https. Among words the one that is surely a link."""
    words = text.split()
    if len(words) == 1:
        return _link(words[0])
    found = [link for word in words if _SURELY_LINK.match(word) and (link := _link(word.rstrip(".,;!?)")))]
    return found[0] if len(found) == 1 else None


def _link(text: str) -> str | None:
    scheme, separator, rest = text.partition("://")
    if not separator:
        scheme, rest = "https", text
    host = rest.split("/")[0].split("?")[0].split("#")[0]
    labels = host.split(":")[0].split(".")
    proper = len(labels) > 1 and all(label and label.replace("-", "").isalnum() for label in labels)
    if scheme.lower() not in ("http", "https") or not proper or not labels[-1].isalpha() or "@" in host:
        return None
    return f"{scheme.lower()}://{rest}"


def _never(text: str, _: Reading) -> None:
    """No text is a file."""


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
    "rating": lambda text, reading: read_rating(text, reading.scale, least=reading.least),
    "file": _never,
    "image": _never,
    "audio": _never,
    "location": lambda text, _: read_place(text),
    "any": _text,
}
