"""Conditions as data: operands and operators that branches, triggers and segments share.

A condition is a test {"left", "op", "right", "exact"?} or a group {"all": […]}, {"any": […]}, {"not": …}. Text is compared
without case and accents unless `exact`; what is unknown satisfies no test but `is_empty` and the negative ones.
"""

from __future__ import annotations

import functools
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from flowengine.core.comparing import as_moment, as_number, compare, is_known
from flowengine.core.errors import BadCondition
from flowengine.core.operands import Operand, read_operand
from flowengine.core.patterns import compile_pattern
from flowengine.core.steps import Context
from flowengine.core.text import Template, compile_template, fold

Judge = Callable[[Context], bool]
OPERATORS: Mapping[str, tuple[str, ...]] = {
    "equals": ("text", "number", "date", "time", "weekday", "any"),
    "not_equals": ("text", "number", "date", "time", "weekday", "any"),
    "contains": ("text", "any"),
    "not_contains": ("text", "any"),
    "starts_with": ("text", "any"),
    "ends_with": ("text", "any"),
    "matches": ("text", "any"),
    "in": ("text", "number", "weekday", "any"),
    "not_in": ("text", "number", "weekday", "any"),
    "greater": ("number", "any"),
    "greater_or_equal": ("number", "any"),
    "less": ("number", "any"),
    "less_or_equal": ("number", "any"),
    "before": ("date", "time", "any"),
    "after": ("date", "time", "any"),
    "between": ("number", "date", "time", "any"),
    "within_last": ("date", "any"),
    "within_next": ("date", "any"),
    "is_true": ("yes_no", "any"),
    "is_false": ("yes_no", "any"),
    "is_known": ("text", "number", "date", "time", "any"),
    "is_empty": ("text", "number", "date", "time", "any"),
}
