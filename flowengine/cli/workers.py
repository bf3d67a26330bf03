"""`flowengine workers`: all worker processes of a machine, forked from one."""

import os

import click

from flowengine.jobs.fleet import keep
from flowengine.jobs.queue import QueueName
from flowengine.settings import Settings


@click.command()
@click.option("--turns", type=click.IntRange(0, 64), help="Workers that take turns: a core each by default.")
@click.option("--outbox", type=click.IntRange(0, 64), default=1, show_default=True, help="For the outside world.")
@click.option(
    "--long", "long_", type=click.IntRange(0, 8), default=1, show_default=True, help="For what takes minutes."
)
def command(turns: int | None, outbox: int, long_: int) -> None:
    """Run this machine's workers until told to stop."""
    hot = turns if turns is not None else os.cpu_count() or 1
    queues: list[QueueName] = [*["hot"] * hot, *["outbox"] * outbox, *["long"] * long_]  # type: ignore[list-item]
    keep(Settings.read(), queues)
