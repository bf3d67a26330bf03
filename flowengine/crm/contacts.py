"""Changes of a contact by people and programs: checked, told to the screens, written to the audit log."""

from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

import phonenumbers
from email_validator import EmailNotValidError, validate_email

from flowengine.core.errors import Invalid, NotFound
from flowengine.store.contacts import Contact
from flowengine.store.unit import Unit

LONGEST_NAME = 200
COUNTRY = "BR"  # of a phone number that names none


def change(unit: Unit, contact_id: UUID, *, by: UUID | None, where_done: str = "api", **new: Any) -> Contact:
    """Set `name`, `email`, `phone`, `language` or `timezone`; None clears one. What is as it was is no change.

    Invalid, with a pointer to the field, for what cannot be one.
    """
    plain = {field: _CHECKS[field](value) if value is not None else None for field, value in new.items()}
    changed = unit.contacts.change(contact_id, **plain)
    if changed is not None:
        unit.audit.record(
            by,
            "contact_changed",
            object_kind="contact",
            object_id=contact_id,
            where_done=where_done,
            data={"fields": sorted(plain)},
        )
        unit.live.tell("contact", {"id": str(contact_id), "actor": None if by is None else str(by)})
        return changed
    contact = unit.contacts.get(contact_id)
    if contact is None:
        raise NotFound("there is no such contact")
    return contact


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


_CHECKS = {"name": _name, "email": _email, "phone": _phone, "language": _language, "timezone": _timezone}
