"""Raw bytes to typed values, and a decoder's complaint to an `Invalid` with a JSON pointer."""

from __future__ import annotations

import re
from typing import TypeVar

import msgspec

from flowengine.core.errors import Invalid

T = TypeVar("T")

_AT = re.compile(r" - at `\$(?P<path>.*)`$")
_STEP = re.compile(r"\.(?P<name>[^.\[\]]+)|\[(?P<index>\d+|\.\.\.)\]")
_FIELD = re.compile(r"(?:required|unknown) field `(?P<name>[^`]+)`")


def decode(decoder: msgspec.json.Decoder[T], body: bytes) -> T:
    """The value in `body`; Invalid with `pointer` (RFC 6901) and a code where it is malformed."""
    try:
        return decoder.decode(body)
    except msgspec.ValidationError as error:
        raise _invalid(str(error)) from None
    except (msgspec.DecodeError, RecursionError, UnicodeDecodeError) as error:
        raise invalid("", "malformed", f"not JSON: {error}") from None


def invalid(pointer: str, code: str, words: str) -> Invalid:
    """A refusal that says where: `pointer` is "" for the whole body."""
    return Invalid(words, detail={"pointer": pointer, "errors": [{"pointer": pointer, "code": code, "detail": words}]})


def _invalid(complaint: str) -> Invalid:
    pointer = ""
    words = complaint
    if found := _AT.search(complaint):
        words = complaint[: found.start()]
        pointer = "".join("/" + _escaped(m["name"] or m["index"]) for m in _STEP.finditer(found["path"]))
    if named := _FIELD.search(words):
        pointer += "/" + _escaped(named["name"])
    return invalid(pointer, _code(words), words)


def _code(words: str) -> str:
    if "missing required" in words:
        return "required"
    if "unknown field" in words:
        return "unknown_field"
    if "matching regex" in words:
        return "pattern"
    if "of length" in words:
        return "length"
    return "type" if words.startswith("Expected") else "value"


def _escaped(name: str) -> str:
    return name.replace("~", "~0").replace("/", "~1")
