"""What runs came to, told slowly and plainly from their rows: what the queries must agree with."""

from collections import Counter, defaultdict
from statistics import median

from flowengine.store.results import SILENT


def runs_of(unit, of):
    """The runs of a cohort, newest first, each with its turns."""
    ids = unit._connection.exec_driver_sql(
        "select id from run where flow_id = %s and started_at >= %s and started_at < %s order by started_at, id",
        (of.flow, of.since, of.until),
    ).scalars()
    found = [unit.runs.get(id) for id in ids]
    return [(run, unit.turns.of_run(run.id)) for run in reversed(found) if of.version in (None, run.version_id)]


def way(turns):
    """[(node, port, when, which turn, whether the goal was met)]"""
    return [
        (step["node"], step["port"], turn.at, turn.number, turn.event["kind"] == "happened" and step["why"] == "goal")
        for turn in turns
        for step in turn.trace
        if not step.get("version")
    ]


def fate(run, turns, now):
    wait = run.state.get("wait") or {}
    steps = way(turns)
    if run.status == "failed":
        return "failed"
    if run.status == "open":
        if "human_finished" in wait.get("until", ()):
            return "handed_off"
        has_gone = "message_received" in wait.get("until", ()) and wait["since"] < (now - SILENT).isoformat()
        return "dropped" if has_gone else "waiting"
    if run.reason in ("handed_off", "human_took_over"):
        return "handed_off"
    if run.reason in ("ended_by_contact", "replaced") or (steps and steps[-1][1] == "no_reply"):
        return "dropped"
    return "ended" if run.status == "ended" and run.reason != "goal" else "completed"


def stands(run, turns):
    frames, wait, steps = run.state.get("frames"), run.state.get("wait"), way(turns)
    if frames:
        return frames[0]["node"]
    return wait["node"] if wait else steps[-1][0] if steps else None


def passed(unit, of):
    """{(node, port): (runs, median seconds of those that waited)}"""
    came, stayed = defaultdict(set), defaultdict(list)
    for run, turns in runs_of(unit, of):
        began = {}
        for node, port, at, number, _ in way(turns):
            came[node, None].add(run.id)
            since, first = began.setdefault(node, (at, number))
            if port is not None:
                came[node, port].add(run.id)
                if first < number:
                    stayed[node, None].append((at - since).total_seconds())
                    stayed[node, port].append((at - since).total_seconds())
                del began[node]
    return {place: (len(runs), median(stayed[place]) if place in stayed else None) for place, runs in came.items()}


def stopped(unit, of):
    """{(node, fate): runs}"""
    counts = Counter((stands(run, turns), fate(run, turns, unit.now)) for run, turns in runs_of(unit, of))
    return {**counts, (None, None): counts.total()}


def along(unit, of, places):
    counts = Counter()
    for run, turns in runs_of(unit, of):
        steps = way(turns)
        reached = tuple(place for place, node in enumerate(places, 1) if any(step[0] == node for step in steps))
        counts[reached, run.reason == "goal" or any(step[4] for step in steps), fate(run, turns, unit.now)] += 1
    return dict(counts)


def variants(unit, of, split, judged):
    """{port: (people, of them reached, under way)}"""
    people = defaultdict(lambda: [False, False])
    for run, turns in runs_of(unit, of):
        steps = way(turns)
        first = next((place for place, step in enumerate(steps) if step[0] == split and step[1] is not None), None)
        if first is None:
            continue
        after = steps[first + 1 :]
        has_reached = {
            "completed": fate(run, turns, unit.now) == "completed",
            "outcome": run.reason == judged.name,
            "step": any(step[0] == judged.name for step in after),
            "goal": run.reason == "goal" or any(step[4] for step in after),
        }[judged.kind]
        person = people[steps[first][1], run.contact_id]
        person[0] |= has_reached
        person[1] |= run.status == "open"
    counts = defaultdict(lambda: [0, 0, 0])
    for (port, _), (has_reached, is_open) in people.items():
        counts[port][0] += 1
        counts[port][1] += has_reached
        counts[port][2] += is_open and not has_reached
    return {port: tuple(count) for port, count in counts.items()}


def listed(unit, of, *, node, port):
    """[(run, fate, where it stands)] of those that left a node by a port, newest first."""
    return [
        (run.id, fate(run, turns, unit.now), stands(run, turns))
        for run, turns in runs_of(unit, of)
        if any(step[:2] == (node, port) for step in way(turns))
    ]
