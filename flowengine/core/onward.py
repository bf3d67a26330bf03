"""What follows from what a node said: on from node to node, into sub-flows and back, until the run waits or ends."""

from __future__ import annotations

from collections.abc import Callable

from flowengine.core.effects import HandOff, SendMessage
from flowengine.core.errors import FlowError, StepLimit
from flowengine.core.events import FlowReturned
from flowengine.core.run import Wait
from flowengine.core.standing import DEEPEST
from flowengine.core.steps import Call, End, Go, Jump, Pause, Stay, Step
from flowengine.core.turn import Turn
from flowengine.core.value_bounds import can_be_kept
from flowengine.core.walk import Walk

TAKEN = ("handed_off", "left_for_another_flow")
STEP_LIMIT = 500  # nodes between two waits; the longest sound flows seen have a tenth of that

Next = Callable[[], Step]


def go(walk: Walk, first: Next) -> Turn:
    """Take the first step and those that follow from it; a mistake fails the sub-flow it is in, else the run."""
    step = first
    for _ in range(STEP_LIMIT):
        try:
            follows = _take(walk, step())
        except FlowError as mistake:
            if not walk.stands.frames or isinstance(mistake, StepLimit):
                return _fail(walk, mistake)
            follows = _fail_to_caller(walk, mistake)
        if isinstance(follows, Turn):
            return follows
        step = follows
    circle = " → ".join(dict.fromkeys(passed.node for passed in walk.trace[-20:]))
    words = f"step limit reached: {STEP_LIMIT} steps without a wait, last in {circle}"
    return _fail(walk, StepLimit(words, node=walk.stands.at))


def _take(walk: Walk, step: Step) -> Turn | Next:
    match step:
        case Go():
            return _follow(walk, step)
        case Pause():
            return _pause(walk, step)
        case Stay():
            return Turn(walk.before)
        case Jump(node, why):
            walk.leave(None, why=why)
            walk.note_time()
            walk.stands.go_to(node)
            return walk.enter
        case Call():
            return _call(walk, step)
        case End(outcome, effects):
            walk.leave(None, why=outcome)
            walk.order(effects)
            return _end(walk, outcome)


def _follow(walk: Walk, step: Go) -> Turn | Next:
    """Apply what a node decided, and go where its port leads."""
    stands, place = walk.stands, walk.stands.place()
    walk.order(step.effects)
    stands.variables.update(step.sets)
    if step.answer is not None:
        stands.answers[stands.at] = step.answer
    walk.leave(step.port, why=step.why, answer=step.answer)
    walk.note_time()
    target = place.wires.get(step.port)
    if target is not None:
        stands.go_to(target)
        return walk.enter
    port = place.ports.get(step.port)
    if port is None:
        raise FlowError(f"there is no port {step.port!r}", node=stands.at)
    if port.unwired == "end":
        return _end(walk, step.port)
    walk.order((HandOff(why=step.port),))
    return _end(walk, "handed_off")


def _pause(walk: Walk, step: Pause) -> Turn:
    walk.leave(None, why=step.why)
    walk.order(step.effects)
    version, node = walk.stands.version, walk.stands.at
    if not can_be_kept(*walk.stands.known(), step.keep):
        raise FlowError("what the run knows has grown too large to be kept", node=node)
    if "message_received" in step.until:
        walk.memory = walk.memory.waits_for_contact(version, node)
    if any(isinstance(effect, SendMessage) and effect.options for effect in step.effects):
        walk.memory = walk.memory.offered_buttons(walk.turn, version, node)
    return walk.ends("open", wait=Wait(node, step.until, walk.turn, walk.event.at, step.timers, step.keep))


def _call(walk: Walk, step: Call) -> Next:
    """Into the version of the other flow that is live now; it stays for as long as the sub-flow lasts."""
    facts = walk.context().look_up("flow", step.flow)
    if facts is None:
        return _resumed(walk, _failed(walk, f"there is no live flow {step.flow!r} in this account"))
    if walk.stands.is_too_deep():
        return _resumed(walk, _failed(walk, f"flows call each other more than {DEEPEST} deep"))
    walk.leave(None, why=step.flow)
    walk.stands.go_into(facts["version"], step.inputs)
    walk.look_round()
    return walk.enter


def _end(walk: Walk, outcome: str) -> Turn | Next:
    """The flow is over: back to the one that called it, unless people or another flow have the conversation now."""
    if not walk.stands.frames or outcome in TAKEN:
        return walk.ends("completed", outcome=outcome)
    return _back(walk, FlowReturned(walk.event.id, walk.event.at, outcome, walk.stands.outputs()))


def _fail(walk: Walk, mistake: FlowError) -> Turn:
    """What was decided before the mistake stands; then people take over."""
    node = mistake.node or walk.stands.at
    error = {"code": mistake.code, "node": node, "message": mistake.message}
    walk.leave(None, why=f"{mistake.code}: {mistake.message}")
    walk.order((HandOff(why="failed", error=f"{node}: {mistake.message}"),))
    return walk.ends("failed", outcome="failed", error=error)


def _fail_to_caller(walk: Walk, mistake: FlowError) -> Next:
    walk.leave(None, why=f"{mistake.code}: {mistake.message}")
    return _back(walk, _failed(walk, f"{mistake.node or walk.stands.at}: {mistake.message}"))


def _failed(walk: Walk, error: str) -> FlowReturned:
    return FlowReturned(walk.event.id, walk.event.at, "failed", failed=True, error=error)


def _back(walk: Walk, returned: FlowReturned) -> Next:
    walk.stands.go_back()
    walk.look_round()
    return _resumed(walk, returned)


def _resumed(walk: Walk, returned: FlowReturned) -> Next:
    """The node that called hears what came of it."""
    place = walk.stands.place()
    return lambda: place.resume(place.params, walk.context(), returned)
