"""`flowengine work`: one worker process on one queue."""

import click

from flowengine.jobs.queue import QueueName
from flowengine.jobs.worker import work
from flowengine.settings import Settings


@click.command()
@click.option("--queue", "name", type=click.Choice(["hot", "outbox", "long"]), required=True, help="What it takes.")
@click.option("--burst", is_flag=True, help="End when the queue is empty.")
def command(name: QueueName, burst: bool) -> None:
    """Run a worker on one queue until told to stop."""
    work(Settings.read(), name, burst=burst)
