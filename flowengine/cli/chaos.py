"""`flowengine chaos`: breaks an installation of its own again and again, and looks whether anybody noticed."""

import signal
import sys
from pathlib import Path

import click

from flowengine.chaos import plan
from flowengine.chaos.run import Result, Wish, run
from flowengine.chaos.site import DidNotStart

MOST_TOLD = 50


@click.command()
@click.option("--seed", type=int, default=1, show_default=True, help="What is drawn from: contacts, words, faults.")
@click.option("--messages", type=click.IntRange(1), default=500, show_default=True, help="To be sent in all.")
@click.option("--flow", "flows", multiple=True, type=click.Choice(sorted(plan.VISITS)), help="Only these flows.")
@click.option("--fault", "kinds", multiple=True, type=click.Choice(plan.FAULTS), help="Only these faults.")
@click.option("--keep", type=click.Path(path_type=Path), help="A folder for the installation, which then stays there.")
def command(seed: int, messages: int, flows: tuple[str, ...], kinds: tuple[str, ...], keep: Path | None) -> None:
    """Let contacts talk to flows while workers, servers and the web are killed, frozen and emptied.

    Starts an installation on two hosts in a temporary folder, and ends it again. Afterwards every conversation is
    compared with a simulation of it. Exits with 1 where anything differs, in words.
    """
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))  # what it has started ends with it
    wish = Wish(seed, messages, flows or tuple(plan.VISITS), kinds or plan.FAULTS, keep)
    click.echo(f"seed {seed}: {messages} messages")
    try:
        result = run(wish, click.echo)
    except DidNotStart as fault:
        raise click.ClickException(f"The installation did not start:\n{fault}") from fault
    click.echo(_told(result))
    sys.exit(1 if result.wrong else 0)


def _told(result: Result) -> str:
    struck = ", ".join(f"{kind} {count}" for kind, count in sorted(result.faults.items())) or "none"
    refused = ", ".join(f"{what} {count}" for what, count in sorted(result.refusals.items())) or "none"
    lines = [
        f"{result.contacts} contacts sent {result.sent} messages and heard {result.heard} in {result.seconds:.0f} s",
        f"{result.pushed} messages were pushed, {result.called} calls made, {result.failed} of them in vain; "
        f"who looks at no keys would have done {result.repeats} things twice; {result.broken_off} requests broke off",
        f"faults: {struck}",
        f"tries that were not taken: {refused}",
    ]
    lines += [f"  {words}" for words in result.wrong[:MOST_TOLD]]
    if len(result.wrong) > MOST_TOLD:
        lines.append(f"  and {len(result.wrong) - MOST_TOLD} more")
    lines.append(f"WRONG: {len(result.wrong)} things" if result.wrong else "everything is as the simulation says")
    return "\n".join(lines)
