"""Trying before a flow runs: a text as a certain contact would read it, and a request sent for real from here."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from urllib.parse import urlsplit
from uuid import UUID, uuid4

from apiflask import APIBlueprint

from builder_ui.api import trial_shapes as shapes
from builder_ui.api.trying import trial_of
from builder_ui.auth import MAY, allowed, me
from builder_ui.limits import limiter
from builder_ui.process import here
from builder_ui.rehearsing import prove
from builder_ui.units import reading, writing
from flowengine.core.effects import CallHttp
from flowengine.core.errors import BadTemplate, FlowError, Invalid, NotAllowed, NotFound
from flowengine.core.events import CallAnswered
from flowengine.core.rendering import render
from flowengine.core.steps import Go, NotLoaded, Pause
from flowengine.core.text import compile_template
from flowengine.core.trial import Trial
from flowengine.effects.call_http import call_of
from flowengine.effects.calls import Answered
from flowengine.effects.http_trial import HttpTrial, send
from flowengine.effects.outcome import Refused as RefusedCall
from flowengine.effects.outside import Outside
from flowengine.effects.sealing import unseal
from flowengine.store.flows import Flow
from flowengine.store.unit import Unit

TRIES = "20 per minute"  # of one person: each is a request to somebody else's system
NO_CALL = "This step calls no address."
PREVIEWS = "240 per minute"  # of one person: some fields at once, while they type

_STORY = {"format": "flowengine/stories", "format_version": 1, "flow": "x"}

trials = APIBlueprint("trials", __name__, tag="Flows")


def _person() -> str:
    return str(me().member.id)


@trials.post("/flows/<uuid:flow_id>/preview")
@limiter.limit(PREVIEWS, key_func=_person)
@allowed("edit flows")
@trials.input(shapes.ToPreview)
@trials.output(shapes.Preview)
def preview(flow_id: UUID, json_data: shapes.ToPreview) -> Any:
    """A text as this contact would read it, by the same hand that writes it in a run. Nothing is sent or kept."""
    with reading(me().account_id) as unit:
        trial = _trial(unit, _found(unit, flow_id), json_data, None)
    context = trial.context()
    try:
        template = compile_template(json_data.text)
        text = render(template, context)
    except BadTemplate as wrong:
        return {"text": None, "wrong": wrong.words}
    return {"text": text, "lacks": list(template.missing(context.names))}


@trials.post("/flows/<uuid:flow_id>/try")
@limiter.limit(TRIES, key_func=_person)
@allowed("edit flows")
@trials.input(shapes.ToTry)
@trials.output(shapes.Came)
def try_it(flow_id: UUID, json_data: shapes.ToTry) -> Any:
    """Send the step's request for real, once, through the guard, and tell what came back and where it would lead."""
    with writing(me().account_id) as unit:
        flow = _found(unit, flow_id)
        trial = _trial(unit, flow, json_data, json_data.step)
        effect = _wanted(trial)
        call = call_of(unit, effect.as_data(), key=str(uuid4()), secret=here().settings.secret, repeatable=False)
        sealed = unit.secrets.sealed(effect.auth) if effect.auth else None
        about = {"step": json_data.step["id"], "method": effect.method, "host": urlsplit(effect.url).hostname or ""}
        unit.audit.record(me().member.id, "http_tried", object_kind="flow", object_id=flow.id, data=about)
    if isinstance(call, RefusedCall):
        came = HttpTrial(Answered(False, reason="refused", error=call.why), 0)
    else:
        hidden = None if sealed is None else unseal(sealed, here().settings.secret)
        with Outside(here().settings.allow_callbacks_to) as outside:
            came = send(outside, call, secret=hidden)
    answered = came.answered
    port, sets = _led(trial, answered)
    return {
        "sent": {
            "method": effect.method,
            "url": effect.url,
            "headers": dict(effect.headers),
            "query": dict(effect.query),
            "body": effect.body,
            "secret": effect.auth,
        },
        "ok": answered.ok,
        "status": answered.status,
        "reason": answered.reason,
        "error": answered.error,
        "headers": came.headers,
        "body": answered.body,
        "size": came.size,
        "cut": came.cut,
        "milliseconds": came.milliseconds,
        "lacks": sorted(_lacking(json_data.step, trial.context().names)),
        "port": port,
        "sets": sets,
    }


def _trial(unit: Unit, flow: Flow, asked: shapes.Tried, step: dict[str, Any] | None) -> Trial:
    contact = asked.example.contact
    if contact is not None and me().member.role not in MAY["see contacts"]:
        raise NotAllowed(f"the role {me().member.role} may not see contacts")
    prove(_STORY | {"stories": [{"name": "x", "world": asked.example.world, "exchanges": [{"says": "x"}]}]})
    return trial_of(
        unit,
        flow,
        step=step,
        language=asked.language,
        variables=asked.variables,
        contact=None if contact is None else UUID(contact),
        made_up=asked.example.world,
        known=asked.example.known,
        answers=asked.example.answers,
    )


def _wanted(trial: Trial) -> CallHttp:
    """The request that the step would order."""
    try:
        step = trial.enter()
    except FlowError as mistake:
        raise Invalid(mistake.message, code="step", detail={"pointer": "/step"}) from mistake
    except NotLoaded as other:
        raise Invalid(NO_CALL, detail={"pointer": "/step"}) from other
    if isinstance(step, Pause):
        for effect in step.effects:
            if isinstance(effect, CallHttp):
                return effect
    raise Invalid(NO_CALL, detail={"pointer": "/step"})


def _lacking(value: Any, names: Mapping[str, Any]) -> set[str]:
    """What the texts within a step name that is not there."""
    match value:
        case str() if "{" in value:
            try:
                return set(compile_template(value).missing(names))
            except BadTemplate:
                return set()
        case dict():
            return set().union(*(_lacking(each, names) for each in value.values()))
        case list():
            return set().union(*(_lacking(each, names) for each in value))
    return set()


def _led(trial: Trial, answered: Answered) -> tuple[str | None, dict[str, Any]]:
    """The port that the step would leave by, and the variables it would set."""
    context = trial.context()
    heard = CallAnswered(
        "trial",
        context.now,
        "trial",
        context.asked_in,
        answered.ok,
        answered.status,
        dict(answered.headers),
        answered.body,
        answered.reason,
        answered.error,
    )
    try:
        step = trial.resume(heard)
    except FlowError:
        return None, {}
    return (step.port, dict(step.sets)) if isinstance(step, Go) else (None, {})


def _found(unit: Unit, flow_id: UUID) -> Flow:
    flow = unit.flows.get(flow_id)
    if flow is None:
        raise NotFound("There is no such flow.")
    return flow
