"""What a step is called in each language: its label, or the title of its type where the author gave it none."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

LANGUAGES = ("pt-BR", "en")


def called(label: object, about: Mapping[str, Any], other: str = "") -> dict[str, str]:
    """`about` is the schema of the step's type; `other` is said where that has no title either.

    >>> called("", {"title": "Question", "x-i18n": {"pt-BR": {"title": "Pergunta"}}})
    {'pt-BR': 'Pergunta', 'en': 'Question'}
    """
    if isinstance(label, str) and label:
        return {language: label[:80] for language in LANGUAGES}
    english = about.get("title") or other[:80]
    return {language: about.get("x-i18n", {}).get(language, {}).get("title", english) for language in LANGUAGES}
