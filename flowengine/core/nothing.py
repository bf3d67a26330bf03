"""What a template sees where nothing is: empty text, false, and nothing again whatever is asked of it."""

from __future__ import annotations

from typing import Any

from jinja2 import ChainableUndefined


class Nothing(ChainableUndefined):
    """Compares as false with everything, so that `vars.age > 17` is simply not true while the age is unknown."""

    __slots__ = ()

    def __str__(self) -> str:
        return ""

    def _is_false(self, other: Any) -> bool:
        return False

    def _is_other(self, other: Any) -> Any:
        return other

    # Undefined raises here; mypy sees only that.
    __lt__ = __le__ = __gt__ = __ge__ = _is_false  # type: ignore[assignment]
    __add__ = __radd__ = __sub__ = __rsub__ = _is_other

    def __neg__(self) -> Nothing:  # type: ignore[override]
        return self

    def __hash__(self) -> int:
        return hash(Nothing)

    def __eq__(self, other: Any) -> bool:
        return other is None or other == "" or isinstance(other, Nothing)

    def __ne__(self, other: Any) -> bool:
        return not self == other
