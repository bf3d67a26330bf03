"""A scene of a rehearsed conversation, as the terminal shows it."""

from __future__ import annotations

import click

from flowengine.core.effects import HandOff, SendMessage, TakeBack
from flowengine.core.stories.judge import shown
from flowengine.core.stories.rehearsal import Rehearsal
from flowengine.core.stories.scene import Scene


def show(rehearsal: Rehearsal, scene: Scene, *, trace: bool) -> None:
    """What was said and done, and with `trace` the way through the flow."""
    if trace:
        for step in scene.trace:
            click.echo(f"  ┊ {step.node} → {step.port or '·'}{f' ({step.why})' if step.why else ''}")
    for effect in scene.effects:
        match effect:
            case SendMessage():
                _say(effect)
            case HandOff():
                _hand_off(rehearsal, effect)
            case TakeBack():
                click.echo("  · taken back from the queue")
            case _:
                said = {name: value for name, value in shown(effect).items() if name != "kind"}
                click.echo(f"  · {effect.kind}: {said}")
    run = rehearsal.run
    if rehearsal.state == "finished" and run is not None and run.status != "open":
        click.echo(f"  · end: {run.outcome}")


def _say(message: SendMessage) -> None:
    for file in message.attachments:
        click.echo(f"  [{file.mime}] {file.url}")
    for thing in (message.location, message.contact_card):
        if thing:
            click.echo(f"  {dict(thing)}")
    for line in message.text.splitlines():
        click.echo(f"  {line}")
    for number, option in enumerate(message.options, start=1):
        click.echo(f"    {number}. {option.title}")


def _hand_off(rehearsal: Rehearsal, order: HandOff) -> None:
    to = f"{rehearsal.team}{f', for {order.user}' if order.user else ''}"
    click.echo(f"  · in the queue of {to}, priority {order.priority} ({order.why}); /finish")
    for line in [*order.note.splitlines(), *([order.error] if order.error else [])]:
        click.echo(f"    │ {line}")
