"""What every contact has of its own: name, address, number, language, time zone, score; each in its normal form."""

from collections.abc import Callable, Mapping
from typing import Any
from zoneinfo import ZoneInfo

import phonenumbers
from email_validator import EmailNotValidError, validate_email

from flowengine.core.errors import Invalid

LONGEST_NAME = 200
HIGHEST_SCORE = 1_000_000
COUNTRY = "BR"  # of a phone number that names none


def read_detail(name: str, value: Any) -> Any:
    """The normal form of a detail; None clears it. Invalid, with a pointer, for what cannot be one."""
    if name != "score" and (value is None or value == ""):
        return None
    if name != "score" and not isinstance(value, str):
        value = str(value)
    return DETAILS[name](value)


def _name(value: str) -> str:
    name = " ".join(value.split())
    if not name or len(name) > LONGEST_NAME:
        raise Invalid(f"a name has 1 to {LONGEST_NAME} characters", detail={"pointer": "/name"})
    return name


def _email(value: str) -> str:
    try:
        return validate_email(value.strip(), check_deliverability=False).normalized
    except EmailNotValidError as wrong:
        raise Invalid(f"this is no e-mail address: {wrong}", detail={"pointer": "/email"}) from wrong


def _phone(value: str) -> str:
    try:
        number = phonenumbers.parse(value, COUNTRY)
    except phonenumbers.NumberParseException as wrong:
        raise Invalid("this is no phone number", detail={"pointer": "/phone"}) from wrong
    if not phonenumbers.is_valid_number(number):
        raise Invalid("there is no such phone number", detail={"pointer": "/phone"})
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)


def _language(value: str) -> str:
    if not 2 <= len(value) <= 35 or not value.replace("-", "").isalnum():
        raise Invalid("a language looks like pt-BR", detail={"pointer": "/language"})
    return value


def _timezone(value: str) -> str:
    try:
        return ZoneInfo(value).key
    except (KeyError, ValueError, OSError) as unknown:
        raise Invalid("a time zone looks like America/Sao_Paulo", detail={"pointer": "/timezone"}) from unknown


def _score(value: Any) -> int:
    """Cleared, it is 0."""
    try:
        score = int(value or 0)
    except (TypeError, ValueError, OverflowError) as wrong:
        raise Invalid("a score is a whole number", detail={"pointer": "/score"}) from wrong
    if abs(score) > HIGHEST_SCORE:
        raise Invalid(f"a score is at most {HIGHEST_SCORE}", detail={"pointer": "/score"})
    return score


DETAILS: Mapping[str, Callable[[Any], Any]] = {
    "name": _name,
    "email": _email,
    "phone": _phone,
    "language": _language,
    "timezone": _timezone,
    "score": _score,
}
