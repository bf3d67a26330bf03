"""`call_flow`: walks another flow as a sub-flow and comes back."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from flowengine.core.assignments import Assignment, values_of
from flowengine.core.errors import FlowError
from flowengine.core.events import Event, FlowReturned
from flowengine.core.steps import Call, Context, Go, Span, Stay, Step


@dataclass(frozen=True, slots=True)
class Output:
    """The called flow's variable `name` is kept in ours."""

    name: str
    save_to: str


@dataclass(frozen=True, slots=True)
class Params:
    flow: str
    inputs: tuple[Assignment, ...] = ()
    outputs: tuple[Output, ...] = ()


def read(params: Mapping[str, Any]) -> Params:
    outputs = tuple(Output(each["name"], each["save_to"]) for each in params.get("outputs", ()))
    return Params(params["flow"], Assignment.read_all(params.get("inputs", ())), outputs)


def enter(params: Params, context: Context) -> Step:
    return Call(params.flow, values_of(params.inputs, context))


def resume(params: Params, context: Context, event: Event) -> Step:
    match event:
        case FlowReturned(failed=True, error=error) if "failed" in context.wired:
            return Go("failed", why=error)
        case FlowReturned(failed=True, error=error):
            raise FlowError(f"the flow {params.flow!r} failed: {error}")
        case FlowReturned(outcome=outcome, variables=variables):
            sets = {output.save_to: variables.get(output.name) for output in params.outputs}
            return Go("finished", sets=sets, answer=outcome, why=outcome)
    return Stay()


def spans(params: Mapping[str, Any], settings: Mapping[str, Any]) -> Mapping[str, Span]:
    """Whatever the called flow waits for."""
    return {"*": Span(most=None)}
