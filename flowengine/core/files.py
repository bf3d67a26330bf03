"""Files as documents name them: by their content, `file:<sha256>`; what lies elsewhere is named by its address."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

PREFIX = "file:"
KINDS = ("image", "video", "audio", "document")
_NAMED = re.compile(r"\bfile:([0-9a-f]{64})\b")


def named(sha256: str) -> str:
    """How documents and messages name the file of this content."""
    return PREFIX + sha256


def sha256_of(text: str) -> str | None:
    """The content that a text names, and nothing but that; None for an address or a template."""
    found = _NAMED.fullmatch(text.strip())
    return found[1] if found else None


def files_in(value: Any) -> list[str]:
    """The contents that a JSON value names anywhere, each once, in order."""
    return list(dict.fromkeys(found for text in texts_in(value) for found in _NAMED.findall(text)))


def texts_in(value: Any) -> Iterator[str]:
    """Every text in a JSON value."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, Mapping | list):
        for below in value.values() if isinstance(value, Mapping) else value:
            yield from texts_in(below)


def kind_of(mime: str) -> str:
    """As what a file of this media type is sent: what is neither seen nor heard is a document."""
    kind = mime.partition("/")[0]
    return kind if kind in KINDS else "document"
