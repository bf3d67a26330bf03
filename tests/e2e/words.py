"""What the screens say in a language: the texts of the front end's own catalogues."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import Any, Literal

Language = Literal["pt-BR", "en"]
CATALOGUES = Path(__file__).parents[2] / "builder_ui/frontend/src/i18n"


def words(language: Language, key: str, **values: object) -> str:
    """The text at `area:path.to.it`, with what is filled in.

    >>> words("en", "builder:history.version", number=3)
    'Version 3'
    """
    area, _, path = key.partition(":")
    found: Any = _catalogue(language, area)
    for step in path.split("."):
        found = found[step]
    text = str(found)
    for name, value in values.items():
        text = text.replace(f"{{{{{name}}}}}", str(value))
    return text


@cache
def _catalogue(language: Language, area: str) -> Any:
    return json.loads((CATALOGUES / language / f"{area}.json").read_text(encoding="utf-8"))
