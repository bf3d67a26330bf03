"""Filters of what identifies people and places: phones, CPF, CNPJ, CEP, written the usual way."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import phonenumbers
from jinja2 import pass_context
from stdnum.br import cnpj, cpf

from flowengine.core.filters.values import digits_of, language_of, text_of

LONGEST_PHONE = 40  # characters


@pass_context
def _phone(context: Any, value: Any) -> str:
    """+5511987654321 → (11) 98765-4321 at home, +55 11 98765-4321 elsewhere."""
    text, home = text_of(value), "BR" if language_of(context) == "pt-BR" else "US"
    if len(text) > LONGEST_PHONE:
        return text
    try:
        number = phonenumbers.parse(text, home)
    except phonenumbers.NumberParseException:
        return text
    here = phonenumbers.region_code_for_number(number) == home
    shape = phonenumbers.PhoneNumberFormat.NATIONAL if here else phonenumbers.PhoneNumberFormat.INTERNATIONAL
    return str(phonenumbers.format_number(number, shape))


def _cpf(value: Any) -> str:
    digits = digits_of(value)
    return str(cpf.format(digits)) if len(digits) == 11 else text_of(value)


def _cnpj(value: Any) -> str:
    bare = "".join(c for c in text_of(value).upper() if c.isascii() and c.isalnum())
    return str(cnpj.format(bare)) if len(bare) == 14 else text_of(value)


def _cep(value: Any) -> str:
    digits = digits_of(value)
    return f"{digits[:5]}-{digits[5:]}" if len(digits) == 8 else text_of(value)


DOCUMENT_FILTERS: Mapping[str, Callable[..., Any]] = {"phone": _phone, "cpf": _cpf, "cnpj": _cnpj, "cep": _cep}
