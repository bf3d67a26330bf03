"""How much of what came from outside a run carries along: enough to decide on, never so much that turns grow slow."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

MOST = 16_000  # characters of JSON, about
LONGEST_TEXT = 4_000
DEEPEST = 12


def kept(value: Any) -> Any:
    """The value, cut where it is too long, too deep or too much; what is cut off is left out or null."""
    return _Cutter(MOST).cut(value, DEEPEST)


class _Cutter:
    """Counts down while it walks a value; lives for one."""

    def __init__(self, left: int) -> None:
        self._left = left

    def cut(self, value: Any, levels: int) -> Any:
        self._left -= 2
        match value:
            case str():
                text = value[: max(0, min(LONGEST_TEXT, self._left))]
                self._left -= len(text)
                return text
            case list():
                return self._items(value, levels)
            case Mapping():
                return self._fields(value, levels)
        self._left -= 6
        return value

    def _items(self, items: list[Any], levels: int) -> list[Any] | None:
        if levels == 0:
            return None
        cut = []
        for item in items:
            if self._left <= 0:
                break
            cut.append(self.cut(item, levels - 1))
        return cut

    def _fields(self, fields: Mapping[str, Any], levels: int) -> dict[str, Any] | None:
        if levels == 0:
            return None
        cut = {}
        for name, value in fields.items():
            self._left -= len(name)
            if self._left <= 0:
                break
            cut[name] = self.cut(value, levels - 1)
        return cut
