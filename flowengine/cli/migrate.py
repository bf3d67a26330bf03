"""`flowengine migrate`: bring the database to the shape this version expects."""

import click

from flowengine.cli.supervisor.note import reach
from flowengine.store.migrate import upgrade


@click.command()
def command() -> None:
    """Run the migrations that have not run yet, as DATABASE_OWNER_URL."""
    upgrade(reach().database_owner_url)
    click.echo("The database is up to date.")
