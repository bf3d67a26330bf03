"""Tables as CSV that spreadsheets open as they are meant, row by row."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import Any

from flowengine.core.zones import local

BOM = "\ufeff"  # without it Excel reads UTF-8 as the machine's old code page
# What a cell begins with that some spreadsheet computes, also in full width (OWASP, CSV injection).
_FORMULA = ("=", "+", "-", "@", "\uff1d", "\uff0b", "\uff0d", "\uff20")
_BLANK = ("\t", "\r", "\n")
_WORDS = {"pt-BR": {True: "Sim", False: "Não"}, "en": {True: "Yes", False: "No"}}


def separator(language: str) -> str:
    """Where the comma stands in numbers, spreadsheets part columns by semicolons."""
    return ";" if language == "pt-BR" else ","


def line(cells: Iterable[str], language: str) -> str:
    r"""One row, quoted where need be (RFC 4180).

    >>> line(["Ana", 'diz "oi"; sai'], "pt-BR")
    'Ana;"diz ""oi""; sai"\r\n'
    """
    return separator(language).join(_quoted(cell) for cell in cells) + "\r\n"


def cell(value: Any, language: str) -> str:
    """A JSON value as a person reads it; a text that would be computed is kept a text by an apostrophe.

    >>> cell("=1+1", "en"), cell(-2.5, "pt-BR"), cell(True, "pt-BR")
    ("'=1+1", '-2,5', 'Sim')
    """
    match value:
        case None:
            return ""
        case bool():
            return _WORDS[language][value]
        case int() | float():
            return str(value).replace(".", ",") if language == "pt-BR" else str(value)
        case list():
            return _text(", ".join(cell(each, language) for each in value))
        case dict():
            return _text(_place(value) or json.dumps(value, ensure_ascii=False))
    return _text(str(value))


def moment(at: datetime | None, zone: str) -> str:
    """On the account's clock, as spreadsheets of any language read it."""
    return "" if at is None else f"{local(at, zone):%Y-%m-%d %H:%M:%S}"


def table(rows: Iterable[str]) -> Iterator[bytes]:
    """The bytes of a file of these rows."""
    yield BOM.encode()
    for row in rows:
        yield row.encode()


def _text(text: str) -> str:
    clean = text.replace("\x00", "")
    return f"'{clean}" if clean.startswith(_BLANK) or clean.lstrip().startswith(_FORMULA) else clean


def _quoted(text: str) -> str:
    return '"' + text.replace('"', '""') + '"' if any(sign in text for sign in ',;"\r\n\t') else text


def _place(value: dict[str, Any]) -> str:
    if "latitude" not in value:
        return ""
    words = [str(value[name]) for name in ("name", "address") if value.get(name)]
    return ", ".join([*words, f"{value['latitude']} {value['longitude']}"])
