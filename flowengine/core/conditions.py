"""Conditions as data: what branches, triggers and segments share, compiled to a function of the turn.

A condition is a test {"left", "op", "right", "exact"?} or a group {"all": […]}, {"any": […]}, {"not": …}. Text is
compared without case and accents unless `exact`; what is unknown passes no test but `is_empty` and the negative ones.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from flowengine.core.errors import BadCondition
from flowengine.core.operands import OPERANDS, Operand, read_operand
from flowengine.core.operators import OPERATORS, is_unknown
from flowengine.core.patterns import compile_pattern, found_in
from flowengine.core.steps import Context
from flowengine.core.text import Template, compile_template

Judge = Callable[[Context], bool]

DEEPEST = 20  # nested groups

__all__ = ["OPERANDS", "OPERATORS", "Judge", "compile_condition", "comparisons_in"]


def compile_condition(condition: Mapping[str, Any]) -> Judge:
    """A function that judges the condition in a turn; raises BadCondition or BadTemplate for what cannot be judged."""
    return _compile(condition, DEEPEST)


def comparisons_in(condition: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    """The tests of a condition, groups taken apart; for the checker."""
    if "left" in condition:
        return [condition]
    parts = [condition["not"]] if "not" in condition else [*condition.get("all", ()), *condition.get("any", ())]
    return [test for part in parts for test in comparisons_in(part)]


def _compile(condition: Mapping[str, Any], levels: int) -> Judge:
    if levels == 0:
        raise _bad("há grupos demais uns dentro dos outros", "groups are nested too deeply")
    if "all" in condition:
        parts = [_compile(part, levels - 1) for part in condition["all"]]
        return lambda context: all(part(context) for part in parts)
    if "any" in condition:
        parts = [_compile(part, levels - 1) for part in condition["any"]]
        return lambda context: any(part(context) for part in parts)
    if "not" in condition:
        negated = _compile(condition["not"], levels - 1)
        return lambda context: not negated(context)
    return _compile_test(condition)


def _compile_test(test: Mapping[str, Any]) -> Judge:
    operand = read_operand(test["left"])
    operator = OPERATORS.get(test["op"])
    if operator is None or operand.type not in operator.types:
        shown = str(test["op"])[:40]
        raise _bad(
            f"“{operand.name}” não se compara com “{shown}”", f"“{operand.name}” cannot be compared by “{shown}”"
        )
    exact = bool(test.get("exact"))
    if test["op"] == "matches":
        pattern = compile_pattern(str(test.get("right", "")), exact=exact)
        return lambda context: found_in(pattern, _as_text(operand, context), exact=exact)
    right = _compile_right(test.get("right"))

    def judge(context: Context) -> bool:
        left = operand.value(context)
        if is_unknown(left):
            return operator.of_unknown
        return operator.holds(left, right(context), context, exact)

    return judge


def _compile_right(right: Any) -> Callable[[Context], Any]:
    """The right side: texts may be templates, lists may hold them."""
    if isinstance(right, str) and "{" in right:
        template = compile_template(right)
        return lambda context: _render(template, context)
    if isinstance(right, Sequence) and not isinstance(right, str):
        parts = [_compile_right(part) for part in right]
        return lambda context: [part(context) for part in parts]
    return lambda _: right


def _render(template: Template, context: Context) -> str:
    return template.render(context.names, language=context.language, timezone=context.timezone).strip()


def _as_text(operand: Operand, context: Context) -> str:
    value = operand.value(context)
    return "" if is_unknown(value) else str(value)


def _bad(portuguese: str, english: str) -> BadCondition:
    return BadCondition(english, words={"pt-BR": portuguese, "en": english})
