"""Conditions as data: what branches, triggers and segments share, compiled to a function of the turn.

A condition is a test {"left", "op", "right", "exact"?} or a group {"all": […]}, {"any": […]}, {"not": …}. Text is
compared without case and accents unless `exact`. What is unknown, on either side, passes no test but `is_empty` and
the negative ones.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from flowengine.core.conditions.comparing import Among, is_unknown, text_of
from flowengine.core.conditions.operands import OPERANDS, Operand, read_operand
from flowengine.core.conditions.operators import OPERATORS, Operator
from flowengine.core.conditions.values import check_right
from flowengine.core.errors import BadCondition
from flowengine.core.patterns import compile_pattern, found_in
from flowengine.core.steps import Context
from flowengine.core.text import compile_template

Judge = Callable[[Context], bool]

DEEPEST = 20  # nested groups
WIDEST = 50  # parts of one group, as the schema has it

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


def _compile(condition: Any, levels: int) -> Judge:
    if levels == 0:
        raise _bad("há grupos demais uns dentro dos outros", "groups are nested too deeply")
    if not isinstance(condition, Mapping):
        raise _bad("uma condição tem o quê, operador e valor", "a condition has an operand, an operator and a value")
    if "all" in condition:
        parts = _compile_group(condition["all"], levels)
        return lambda context: all(part(context) for part in parts)
    if "any" in condition:
        parts = _compile_group(condition["any"], levels)
        return lambda context: any(part(context) for part in parts)
    if "not" in condition:
        negated = _compile(condition["not"], levels - 1)
        return lambda context: not negated(context)
    return _compile_test(condition)


def _compile_group(parts: Any, levels: int) -> list[Judge]:
    if not isinstance(parts, list | tuple) or not 0 < len(parts) <= WIDEST:
        raise _bad(f"um grupo tem de 1 a {WIDEST} condições", f"a group has 1 to {WIDEST} conditions")
    return [_compile(part, levels - 1) for part in parts]


def _compile_test(test: Mapping[str, Any]) -> Judge:
    operand = read_operand(test.get("left"))
    op = test.get("op")
    operator = OPERATORS.get(op) if isinstance(op, str) else None
    if operator is None or operand.type not in operator.types or (operator.of_history and not operand.kind.history):
        shown = str(op)[:40] if isinstance(op, str) else "?"
        raise _bad(
            f"“{operand.name}” não se compara com “{shown}”", f"“{operand.name}” cannot be compared by “{shown}”"
        )
    exact = test.get("exact") is True
    check_right(operand.name, operand.kind, operator, test.get("right"))
    if operator.right == "pattern":
        return _matching(operand, str(test["right"]), exact)
    right = _compile_right(test.get("right")) if operator.right != "none" else None
    if operator.of_history:
        return lambda context: right is not None and right(context) in Among(operand.ever(context), exact)
    return _comparing(operand, operator, right, exact)


def _comparing(operand: Operand, operator: Operator, right: Callable[[Context], Any] | None, exact: bool) -> Judge:
    find, holds, of_unknown = operand.value, operator.holds, operator.of_unknown

    def judge_alone(context: Context) -> bool:
        left = find(context)
        return of_unknown if is_unknown(left) else holds(left, None, context, exact)

    def judge(context: Context) -> bool:
        left = find(context)
        if is_unknown(left):
            return of_unknown
        other = right(context) if right is not None else None
        return of_unknown if is_unknown(other) else holds(left, other, context, exact)

    return judge_alone if right is None else judge


def _matching(operand: Operand, source: str, exact: bool) -> Judge:
    pattern = compile_pattern(source, exact=exact)

    def judge(context: Context) -> bool:
        value = operand.value(context)
        items = value if isinstance(value, list | tuple) else (value,)
        return any(found_in(pattern, text_of(item, exact=True), exact=exact) for item in items if not is_unknown(item))

    return judge


def _compile_right(right: Any) -> Callable[[Context], Any]:
    """The right side: texts may be templates, lists and durations may hold them."""
    if isinstance(right, str) and "{" in right:
        template = compile_template(right)
        return lambda context: template.value(context.names, language=context.language, timezone=context.timezone)
    if isinstance(right, list | tuple) and any(isinstance(part, str) and "{" in part for part in right):
        parts = [_compile_right(part) for part in right]
        return lambda context: [part(context) for part in parts]
    if isinstance(right, Mapping):
        amount, unit = _compile_right(right.get("amount")), right.get("unit")
        return lambda context: {"amount": amount(context), "unit": unit}
    return lambda _: right


def _bad(portuguese: str, english: str) -> BadCondition:
    return BadCondition(english, words={"pt-BR": portuguese, "en": english})
