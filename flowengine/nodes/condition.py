"""`condition`: takes the first branch that holds."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from flowengine.core.conditions import Judge, compile_condition
from flowengine.core.events import Event
from flowengine.core.steps import Context, Go, Stay, Step


@dataclass(frozen=True, slots=True)
class Branch:
    id: str
    title: str
    holds: Judge


@dataclass(frozen=True, slots=True)
class Params:
    branches: tuple[Branch, ...]


def read(params: Mapping[str, Any]) -> Params:
    return Params(tuple(Branch(b["id"], b["title"], compile_condition(b["when"])) for b in params["branches"]))


def enter(params: Params, context: Context) -> Step:
    for branch in params.branches:
        if branch.holds(context):
            return Go(branch.id, why=branch.title)
    return Go("else")


def resume(params: Params, context: Context, event: Event) -> Step:
    return Stay()
